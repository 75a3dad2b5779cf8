"""``${name}`` in the texts of a plan -> the values of its variables. In data, never in YAML text.

A text that is one variable and nothing else becomes its value, a number stays one; inside other
text the value is inserted. ``$${`` is the literal ``${``. Values come from outside, else from
``vars``, the plan's own before those of its bases.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Finding, Rule, Severity, Spot
from tagkit.nearest import nearest
from tagkit.plan.merged import Filled, Node, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagkit.diagnostics import Findings, Route
    from tagkit.source import Json, Source

_E = Severity.ERROR
UNKNOWN = Rule("TK311", "unknown-var", _E, "a '${name}' or '--set name=…' that 'vars' lacks")
UNUSED = Rule("TK312", "unused-var", Severity.WARNING, "one of 'vars' that no text mentions")
WRONG_TYPE = Rule("TK313", "var-type", _E, "a value of another type than its variable's")
NO_VALUE = Rule("TK314", "var-without-value", _E, "one of 'vars' that has no value anywhere")
MALFORMED = Rule("TK315", "malformed-var", _E, "a '${' that is not followed by a name and '}'")
RULES = (UNKNOWN, UNUSED, WRONG_TYPE, NO_VALUE, MALFORMED)

_SIGN = "${"
_MARK = re.compile(r"\$\$\{|\$\{([^{}]*)(\}?)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_WHOLE = re.compile(r"-?[0-9]{1,15}")  # more are not exact in JavaScript
_WORDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}
_BOOLEANS = {"true": True, "false": False, "prawda": True, "fałsz": False}  # as Excel writes them
_FEW = 3
_OWN = ("extends", "vars")


class Given(NamedTuple):
    """A value from outside the plan, and where it stands if it is in a file.

    ``is_text``: it comes from where all is text (the command line, CSV), and its variable's type
    says what it is. ``with_comma``: it may be a number with a decimal comma.
    """

    data: Json
    spot: Spot | None = None
    is_text: bool = False
    with_comma: bool = False


class _Variable(NamedTuple):
    """A variable: its type and where that is said, where it was last mentioned, its value.

    ``spot`` is the place of the value, None when no file says it; ``is_given``: it comes from
    outside the plan.
    """

    type: str
    declared: Spot
    latest: Spot
    value: Json = None
    spot: Spot | None = None
    is_given: bool = False


def substitute(
    node: Node, sources: Sequence[Source], values: Mapping[str, Given], found: Findings
) -> Node:
    """The plan with values for its variables. ``sources`` are its files, bases first."""
    variables = _declared(sources)
    for name, value in values.items():
        if name in variables:
            data = _read(value, variables[name].type) if value.is_text else value.data
            variables[name] = variables[name]._replace(value=data, spot=value.spot, is_given=True)
        else:
            found.append(_undeclared(name, value, variables, sources[-1]))
    texts = [source for source in sources if _SIGN in source.text]
    uses = _uses(texts)
    for name, variable in variables.items():
        found += _wrong(name, variable, uses.get(name, []))
    filler = _Filler(variables, found)
    if texts:
        node = filler.fill(node)
    if not found.fatal:
        found += _unused(variables, uses)
    return node


def given(pairs: Iterable[str]) -> tuple[dict[str, Given], str | None]:
    """The values in ``name=value`` pairs, of one name the last; and a pair that is none."""
    values: dict[str, Given] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name.strip() and equals):
            return {}, pair
        values[name.strip()] = Given(value, is_text=True)
    return values, None


def _declared(sources: Iterable[Source]) -> dict[str, _Variable]:
    variables: dict[str, _Variable] = {}
    for source in sources:
        said = source.data.get("vars") if isinstance(source.data, dict) else None
        for name, declaration in said.items() if isinstance(said, dict) else ():
            at = Spot(source, ("vars", name))
            words = declaration if isinstance(declaration, dict) else {"default": declaration}
            value = words.get("default")
            known = variables.get(name) or _Variable(_type_of(value), at, at)
            if isinstance(type_ := words.get("type"), str):
                known = known._replace(type=type_, declared=at)
            if value is not None:
                inner = ("default",) if words is declaration else ()
                known = known._replace(value=value, spot=Spot(source, (*at.route, *inner)))
            variables[name] = known._replace(latest=at)
    return variables


def _type_of(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "string"


def _fits(value: Json, type_: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return type_ == "number" or (type_ == "integer" and value == int(value))
    return type_ == {bool: "boolean", str: "string"}.get(type(value))


def _read(given: Given, type_: str) -> Json:
    """A text as the type wants it; the text itself where it cannot be that."""
    text = given.data
    said = text.strip() if isinstance(text, str) else ""
    if given.with_comma and "." not in said:
        said = said.replace(",", ".")
    if type_ == "boolean" and said.lower() in _BOOLEANS:
        return _BOOLEANS[said.lower()]
    if type_ in ("number", "integer") and _WHOLE.fullmatch(said):
        return int(said)
    if type_ in ("number", "integer") and _NUMBER.fullmatch(said):
        return float(said)
    return text


def _undeclared(name: str, given: Given, variables: Iterable[str], source: Source) -> Finding:
    at = given.spot or Spot(source, ("vars",))
    hint = nearest(name, variables) or f"declare it: vars: {{{name}: …}}"
    message = f"a value is given for '{name}', which is none of 'vars'"
    return Finding(UNKNOWN, at.route, message, hint, at_key=True, source=at.source)


def _wrong(name: str, variable: _Variable, uses: Sequence[Spot]) -> Iterator[Finding]:
    """What is wrong with the value of a variable, at the value."""
    value, declared = variable.value, variable.declared
    at = variable.spot or declared
    used = tuple((spot, "used here") for spot in uses[:_FEW])
    if value is None:
        message = f"the variable '{name}' has no value"
        hint = (
            "give it a default, or a value: in the plan that extends this one, in the table of "
            f"clients, or --set {name}=…"
        )
        yield Finding(NO_VALUE, at.route, message, hint, at_key=True, source=at.source)
    elif not _fits(value, variable.type):
        got = f"'{value}' was given" if variable.is_given else f"found {_kind(value)}"
        message = f"expected {_WORDS.get(variable.type)} for the variable '{name}', {got}"
        own = declared.source is at.source and declared.route == at.route[:2]
        other = () if own else ((declared, "declared here"),)
        hint = _other_form(value, variable.type)
        related = (*other, *used)
        yield Finding(WRONG_TYPE, at.route, message, hint, related=related, source=at.source)
    elif isinstance(value, str) and not variable.is_given:
        for part in _parts(value):
            if not isinstance(part, str):
                message = f"the value of '{name}' refers to a variable, which is not done"
                hint = "write it out; for the text itself '$${'"
                yield Finding(MALFORMED, at.route, message, hint, source=at.source)
                return


def _kind(value: Json) -> str:
    if isinstance(value, str):
        return "text"
    return "true or false" if isinstance(value, bool) else "a number"


def _other_form(value: Json, type_: str) -> str:
    if type_ == "string":
        return "put it in quotes"
    if isinstance(value, str) and _fits(_read(Given(value, with_comma=True), type_), type_):
        return f"write {value.strip().replace(',', '.')}" + (", without quotes" if value else "")
    return {
        "boolean": "write true or false",
        "integer": "write it in digits, such as 5",
        "number": "write it in digits, such as 0.50",
    }.get(type_, "")


def _unused(variables: Mapping[str, _Variable], uses: Mapping[str, object]) -> Iterator[Finding]:
    for name, variable in variables.items():
        if name not in uses:
            source, route, _ = variable.latest
            hint = nearest(name, [n for n in variables if n != name])
            yield Finding(
                UNUSED, route, f"no text of the plan has '${{{name}}}'",
                hint or "write it where the value belongs, or delete it here",
                at_key=True, source=source,
            )  # fmt: skip


class _Reference(NamedTuple):
    """What stands between ``${`` and ``}``; ``closed``: there is a ``}``."""

    name: str
    closed: bool


def _parts(text: str) -> Iterator[str | _Reference]:
    """The text in pieces: as it stands, or a reference."""
    end = 0
    for mark in _MARK.finditer(text):
        yield text[end : mark.start()]
        end = mark.end()
        yield _SIGN if mark[1] is None else _Reference(mark[1], closed=bool(mark[2]))
    yield text[end:]


def _uses(sources: Iterable[Source]) -> dict[str, list[Spot]]:
    """Where each variable is named, in texts that another file may have replaced, too."""
    uses: dict[str, list[Spot]] = {}
    for source in sources:
        data = source.data
        waiting: list[tuple[Route, Json]] = [((), data)]
        if isinstance(data, dict):
            waiting = [((key,), data[key]) for key in reversed(data) if key not in _OWN]
        while waiting:
            route, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [((*route, key), value[key]) for key in reversed(value)]
            elif isinstance(value, list):
                waiting += [((*route, i), value[i]) for i in reversed(range(len(value)))]
            elif isinstance(value, str) and _SIGN in value:
                for part in _parts(value):
                    if isinstance(part, _Reference):
                        uses.setdefault(part.name, []).append(Spot(source, route))
    return uses


class _Filler:
    """Puts values in the place of references; what they do not refer to goes to ``found``."""

    def __init__(self, variables: Mapping[str, _Variable], found: Findings) -> None:
        self.variables = variables
        self.found = found

    def fill(self, node: Node) -> Node:
        """The same, with values; the very same where there is nothing to put in."""
        data, origin = node
        if isinstance(data, str):
            return self._text(data, origin) if _SIGN in data else node
        if isinstance(data, dict):
            filled = {k: self.fill(Node(v, origin.member(k))) for k, v in data.items()}
            if all(filled[k].data is v for k, v in data.items()):
                return node
            made: Json = {k: inner.data for k, inner in filled.items()}
            members: dict[str | int, Origin] = {k: n.origin for k, n in filled.items()}
            return Node(made, origin._replace(members=members))
        if isinstance(data, list):
            items = [self.fill(Node(v, origin.member(i))) for i, v in enumerate(data)]
            if all(item.data is v for item, v in zip(items, data, strict=True)):
                return node
            members = {i: item.origin for i, item in enumerate(items)}
            return Node([item.data for item in items], origin._replace(members=members))
        return node

    def _text(self, text: str, origin: Origin) -> Node:
        parts = [part for part in _parts(text) if part != ""]
        values = [
            self._value(part, origin) if isinstance(part, _Reference) else part for part in parts
        ]
        filled = tuple(
            Filled(part.name, self.variables[part.name].spot)
            for part in parts
            if isinstance(part, _Reference) and part.name in self.variables
        )
        if len(parts) == 1:
            whole = isinstance(parts[0], _Reference)
            return Node(values[0], origin._replace(filled=filled, whole=whole))
        joined = "".join(v if isinstance(v, str) else json.dumps(v) for v in values)
        return Node(joined, origin._replace(filled=filled))

    def _value(self, reference: _Reference, origin: Origin) -> Json:
        name, closed = reference
        if closed and name in self.variables:
            value = self.variables[name].value
            if isinstance(value, str) and not self.variables[name].is_given:
                return "".join(part for part in _parts(value) if isinstance(part, str))
            return "" if value is None else value
        source, route = origin[:2]
        if closed and _NAME.fullmatch(name):
            message = f"there is no variable '{name}'"
            declare = f"declare it: vars: {{{name}: …}}; for the text itself write '$${{{name}}}'"
            hint = nearest(name, self.variables) or declare
            self.found.append(Finding(UNKNOWN, route, message, hint, source=source))
        else:
            message = "'${' is not followed by the name of a variable and '}'"
            hint = "write '${name}'; for the text itself '$${'"
            self.found.append(Finding(MALFORMED, route, message, hint, source=source))
        return ""
