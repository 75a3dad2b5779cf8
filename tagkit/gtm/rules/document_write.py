"""A Custom HTML tag uses document.write without GTM's support for it.

GTM's tags run after the page was parsed. There ``document.write`` is ignored, or it wipes the page.
With *Support document.write* GTM replaces it by a function of its own.

Before::

    {"key": "html", "value": "<script>document.write('<img src=…>')</script>"},
    {"key": "supportDocumentWrite", "value": "false"}

After::

    {"key": "supportDocumentWrite", "value": "true"}

Source: GTM's help, "Custom HTML tag"; the HTML standard, "document.write()".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.firing import is_web, running_tags
from tagkit.gtm.markup import blocks_of, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK455", "document-write", Severity.WARNING, "document.write is used and not supported")


def check(container: Container) -> Iterator[Finding]:
    """Each tag that runs, calls it on the page's own document, and has the support off."""
    if not is_web(container):
        return
    for tag in running_tags(container):
        html = tag.parameter("html") if tag.type == "html" else None
        if html is None or "document" not in html.value or "write" not in html.value:
            continue
        support = tag.parameter("supportDocumentWrite")
        # Left out, or a variable: not known.
        if support is None or support.value.lower() != "false":
            continue
        for block in blocks_of(html.value):
            at = _written_at(block.content) if block.is_javascript else None
            if at is not None:
                line = line_of(html.value, block.inside + at)
                yield Finding(
                    RULE,
                    html.value_route,
                    f"{tag.words} calls document.write in line {line}, which the browser ignores "
                    "there, or which wipes the page",
                    hint="set 'supportDocumentWrite' to 'true', or append an element instead",
                )
                break


def _written_at(code: str) -> int | None:
    """Where the code calls it; None if nowhere, or if 'document' is a name of its own."""
    from tagkit.javascript import pieces_of

    words = [""] * 5
    found = None
    for piece in pieces_of(code):
        words = [*words[-4:], piece.text]
        if piece.text == "document" and words[-2] in ("var", "function"):
            return None
        # That of a frame or a window it opened is another matter.
        outside = words[-4] != "." or words[-5] == "window"
        if outside and words[-3:-1] == ["document", "."] and piece.text in ("write", "writeln"):
            found = piece.at if found is None else found
    return found
