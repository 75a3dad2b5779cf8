"""A script cannot be parsed, or a Custom JavaScript variable is not one function.

GTM calls the text of a Custom JavaScript variable as ``(function() { … })()``. What is no
function, or does not end, is refused in preview and on publish; a function without ``return``
gives ``undefined`` for ever.

Before::

    function() { var total = {{Price}} * 2; }

After::

    function() { return {{Price}} * 2; }

Source: compiled containers; all 96 Custom JavaScript variables of real exports are one function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.firing import is_web, running_tags
from tagkit.gtm.markup import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK453", "script-does-not-parse", Severity.WARNING, "a script cannot work as it is written"
)

_ONE_FUNCTION = "write one function and nothing else: function() { return …; }"


def check(container: Container) -> Iterator[Finding]:
    """Each variable that is not one function, each script that no browser can parse."""
    from tagkit import es5

    if not is_web(container):
        return
    for variable in container.of("variable"):
        code = variable.parameter("javascript") if variable.type == "jsm" else None
        problem = _not_a_function(code.value) if code and code.value.strip() else None
        if code and problem:
            yield Finding(RULE, code.value_route, f"{variable.words} {problem[0]}", hint=problem[1])
    for tag in running_tags(container):
        html = tag.parameter("html") if tag.type == "html" else None
        if html is None:
            continue
        for block in blocks_of(html.value):
            # What is left open altogether is another rule's.
            code_of_block = block.content if block.is_javascript and not block.problem else ""
            if not _looks_broken(code_of_block) or es5.newer_than_es5(code_of_block):
                continue
            if broken := es5.broken(code_of_block):
                yield Finding(
                    RULE,
                    html.value_route,
                    f"a script of {tag.words} cannot be parsed: {broken.why}",
                    hint="mend the code; GTM does not publish a script that does not parse",
                )
                break


def _looks_broken(code: str) -> bool:
    """A quick look, so that sound code is not read piece by piece; it may be wrong both ways."""
    if not code:
        return False
    pairs = (("(", ")"), ("[", "]"), ("{", "}"))
    return any(code.count(one) != code.count(other) for one, other in pairs) or any(
        code.count(mark) % 2 for mark in "\"'"
    )


def _not_a_function(code: str) -> tuple[str, str] | None:
    from tagkit import es5
    from tagkit.javascript import pieces_of

    pieces = pieces_of(code)
    first = next(pieces, None)
    if first is None:
        return "holds nothing but comments", _ONE_FUNCTION
    if first.kind == "reference" and first.text == code.strip():
        return None  # GTM puts a value there that is not known here
    if first.text == "<":
        return "begins with markup: it takes JavaScript without <script>", _ONE_FUNCTION
    if es5.newer_than_es5(code):
        return None  # said by newer-than-es5
    if first.text != "function":
        # A function in brackets is one, too.
        if first.text in ("(", "!"):
            return None
        return f"is no function: it begins with '{first.text}'", _ONE_FUNCTION
    problem = es5.problem_of(code.rstrip("; \t\r\n"))
    # Whether GTM has a line break behind such a comment is not known.
    if problem and "comment" not in problem:
        return f"is not one function: {problem}", _ONE_FUNCTION
    if not any(piece.text in ("return", "throw") for piece in pieces if piece.kind == "word"):
        return "returns nothing, its value is always undefined", "add 'return …;'"
    return None
