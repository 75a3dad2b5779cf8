"""``${name}`` in the texts of a plan -> the values of its variables. In data, never in YAML text.

A text that is one variable and nothing else becomes its value, a number stays one; inside other
text the value is inserted. Values come from outside, else from ``vars``, the plan's own before
those of its bases; there they may refer to other variables. Those from outside are not looked into.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit import textfile
from tagkit.diagnostics import Finding, Rule, Severity, Spot, with_remarks
from tagkit.nearest import nearest
from tagkit.plan.merged import Filled, Node, Origin
from tagkit.plan.references import SIGN, Reference, parts_of, references_in, uses_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagkit.diagnostics import Findings
    from tagkit.source import Json, Source

_E = Severity.ERROR
UNKNOWN = Rule("TK311", "unknown-var", _E, "a '${name}' or '--set name=…' that 'vars' lacks")
UNUSED = Rule("TK312", "unused-var", Severity.WARNING, "one of 'vars' that no text mentions")
WRONG_TYPE = Rule("TK313", "var-type", _E, "a value of another type than its variable's")
NO_VALUE = Rule("TK314", "var-without-value", _E, "one of 'vars' that has no value anywhere")
MALFORMED = Rule("TK315", "malformed-var", _E, "a '${' without a name and '}', or a circle")
RULES = (UNKNOWN, UNUSED, WRONG_TYPE, NO_VALUE, MALFORMED)

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
_WHOLE = re.compile(r"-?[0-9]{1,15}")  # more are not exact in JavaScript
_WORDS = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}
_BOOLEANS = {"true": True, "false": False, "prawda": True, "fałsz": False}  # as Excel writes them
_FEW, _SEVERAL = 3, 8
_MOST = 10_000_000
"""Letters in all texts with variables: a few that repeat each other would fill any memory."""


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

    ``like``: the one whose type it has. ``spot`` is the place of the value, None when no file says
    it; ``given`` is the value that comes from outside the plan.
    """

    type: str
    declared: Spot
    latest: Spot
    like: str | None = None
    value: Json = None
    spot: Spot | None = None
    given: Given | None = None


def substitute(
    node: Node, sources: Sequence[Source], values: Mapping[str, Given], found: Findings
) -> Node:
    """The plan with values for its variables. ``sources`` are its files, bases first."""
    variables = _declared(sources)
    for name, value in values.items():
        if name in variables:
            variables[name] = _with_given(variables[name], value)
        else:
            found.append(_undeclared(name, value, variables, sources))
    texts = [source for source in sources if SIGN in source.text]
    uses = uses_in(texts)
    filler = _Filler(variables, found)
    for name in _in_order(variables, filler.broken, found):
        filler.settle(name, uses.get(name, []))
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
            known = variables.get(name) or _Variable(_type_of(value), at, at, _alone_in(value))
            if isinstance(type_ := words.get("type"), str):
                known = known._replace(type=type_, declared=at, like=None)
            if value is not None:
                inner = ("default",) if words is declaration else ()
                known = known._replace(value=value, spot=Spot(source, (*at.route, *inner)))
            variables[name] = known._replace(latest=at)
    _share_types(variables)
    return variables


def _type_of(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "string"


def _alone_in(value: Json) -> str | None:
    """The variable that is all of a text."""
    references = references_in(value)
    return references[0].name if references and len(parts_of(str(value))) == 1 else None


def _share_types(variables: dict[str, _Variable]) -> None:
    for name, variable in variables.items():
        path, last = {name: variable}, variable
        while (like := last.like) is not None and like in variables and like not in path:
            last = path[like] = variables[like]
        for of, one in path.items():
            variables[of] = one._replace(type=last.type, like=None)


def _with_given(variable: _Variable, given: Given) -> _Variable:
    value = given.data
    if given.is_text and isinstance(value, str):
        read = parse(value, variable.type, with_comma=given.with_comma)
        value = value if read is None else read
    return variable._replace(value=value, spot=given.spot, given=given)


def parse(text: str, type_: str, *, with_comma: bool = False) -> str | float | bool | None:
    """A text as the type wants it; None where it cannot be that."""
    said = text.strip()
    if with_comma and "." not in said:
        said = said.replace(",", ".")
    if type_ == "boolean":
        return _BOOLEANS.get(said.lower())
    if type_ in ("number", "integer"):
        if _WHOLE.fullmatch(said):
            return int(said)
        number = float(said) if _NUMBER.fullmatch(said) else None
        return number if number is None or _fits(number, type_) else None
    return text


def _fits(value: Json, type_: str) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return type_ == "number" or (type_ == "integer" and value == int(value))
    return type_ == {bool: "boolean", str: "string"}.get(type(value))


def _undeclared(
    name: str, given: Given, variables: Mapping[str, object], sources: Sequence[Source]
) -> Finding:
    """A value for no variable, where variables are declared: in a batch that is one place."""
    homes = (s for s in sources if isinstance(s.data, dict) and "vars" in s.data)
    at = given.spot or Spot(next(homes, sources[-1]), ("vars",))
    some = ", ".join([*variables][:_SEVERAL]) + (", …" if len(variables) > _SEVERAL else "")
    known = f"the plan's variables are {some}" if variables else f"declare it: vars: {{{name}: …}}"
    by = "a value is given" if given.spot else "--set gives a value"
    message = f"{by} for '{name}', which is none of 'vars'"
    hint = nearest(name, variables) or known
    return Finding(UNKNOWN, at.route, message, hint, at_key=True, source=at.source)


def _wrong(name: str, variable: _Variable, uses: Sequence[Spot]) -> Iterator[Finding]:
    """What is wrong with the value of a variable, at the value."""
    value, declared = variable.value, variable.declared
    at = variable.spot or declared
    if value is None:
        message = f"the variable '{name}' has no value"
        hint = (
            "give it a default, or a value: in the plan that extends this one, in the table of "
            f"clients, or --set {name}=…"
        )
        yield Finding(NO_VALUE, at.route, message, hint, at_key=True, source=at.source)
    elif not _fits(value, variable.type):
        message = f"expected {_WORDS.get(variable.type)} for the variable '{name}', "
        message = with_remarks(message + _shown(variable), at)
        own = declared.source is at.source and declared.route == at.route[:2]
        other = () if own else ((declared, "declared here"),)
        used = tuple((spot, "used here") for spot in uses[:_FEW])
        related = tuple(dict.fromkeys((*other, *at.related, *used)))
        hint = _other_form(variable)
        yield Finding(WRONG_TYPE, at.route, message, hint, related=related, source=at.source)


def _shown(variable: _Variable) -> str:
    if variable.given:
        said = f"'{variable.value}'"
        return f"{said} was given" if variable.spot else f"--set gives {said}"
    if isinstance(variable.value, str):
        return "found text"
    return "found true or false" if isinstance(variable.value, bool) else "found a number"


def _other_form(variable: _Variable) -> str:
    value, type_ = variable.value, variable.type
    if type_ == "string":
        return "put it in quotes"
    read = parse(value, type_, with_comma=True) if isinstance(value, str) else None
    if read is None:
        return {
            "boolean": "write true or false",
            "integer": "write it in digits, such as 5",
        }.get(type_, "write it in digits, such as 0.50")
    at = None if variable.given and variable.given.is_text else variable.spot
    is_quoted = at is not None and at.source.written(at.route)[:1] in ("'", '"')
    return f"write {json.dumps(read)}" + (", without quotes" if is_quoted else "")


def _in_order(
    variables: Mapping[str, _Variable], broken: set[str], found: Findings
) -> Iterator[str]:
    """The names, each after those that its value refers to; a circle makes them ``broken``."""
    done: set[str] = set()
    for first in variables:
        path = {} if first in done else {first: _referred(variables[first])}
        while path:
            name, others = next(reversed(path.items()))
            other = next(others, None)
            if other is None:
                done.add(name)
                del path[name]
                yield name
            elif other in path and not {other, name} & broken:
                chain = [*path][[*path].index(other) :]
                broken.update(chain)
                found.append(_circle(variables[name], [*chain, other]))
            elif other in variables and other not in done and other not in path:
                path[other] = _referred(variables[other])


def _referred(variable: _Variable) -> Iterator[str]:
    references = [] if variable.given else references_in(variable.value)
    return iter(dict.fromkeys(reference.name for reference in references))


def _circle(variable: _Variable, chain: list[str]) -> Finding:
    source, route, *_ = variable.spot or variable.declared
    message = f"the value of '{chain[0]}' refers to itself: {' > '.join(chain)}"
    return Finding(MALFORMED, route, message, "write one of them out", source=source)


def _unused(variables: Mapping[str, _Variable], uses: Mapping[str, object]) -> Iterator[Finding]:
    for name, variable in variables.items():
        if name not in uses:
            source, route, *_ = variable.latest
            hint = nearest(name, [n for n in variables if n != name])
            yield Finding(
                UNUSED, route, f"no text of the plan has '${{{name}}}'",
                hint or "write it where the value belongs, or delete it here",
                at_key=True, source=source,
            )  # fmt: skip


class _Filler:
    """Puts values in the place of references; what they do not refer to goes to ``found``.

    ``broken`` are variables of whose values something was said, or of those they refer to.
    """

    def __init__(self, variables: dict[str, _Variable], found: Findings) -> None:
        self.variables = variables
        self.found = found
        self.broken: set[str] = set()
        self.room = _MOST

    def settle(self, name: str, uses: Sequence[Spot]) -> None:
        """Give a variable its value, when those that it refers to have theirs."""
        variable, before = self.variables[name], len(self.found)
        if variable.spot and not variable.given:
            data, origin = self.fill(Node(variable.value, Origin(*variable.spot[:2])))
            variable = variable._replace(value=data, spot=origin.of_value)
            if any(filled.name in self.broken for filled in origin.filled):
                self.broken.add(name)
            self.variables[name] = variable
        if name not in self.broken and len(self.found) == before:
            self.found += _wrong(name, variable, uses)
        if len(self.found) > before:
            self.broken.add(name)

    def fill(self, node: Node) -> Node:
        """The same, with values; the very same where there is nothing to put in."""
        data, origin = node
        if isinstance(data, str):
            return self._text(data, origin) if SIGN in data else node
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
        parts = parts_of(text)
        values = [
            self._value(part, origin) if isinstance(part, Reference) else part for part in parts
        ]
        filled = tuple(
            Filled(part.name, self.variables[part.name].spot, self._remarks(part.name))
            for part in parts
            if isinstance(part, Reference) and part.name in self.variables
        )
        texts = [value if isinstance(value, str) else json.dumps(value) for value in values]
        if not self._has_room(sum(map(len, texts)), origin):
            return Node("", origin)
        if len(parts) == 1:
            whole = isinstance(parts[0], Reference)
            return Node(values[0], origin._replace(filled=filled, whole=whole))
        return Node("".join(texts), origin._replace(filled=filled))

    def _remarks(self, name: str) -> tuple[str, ...]:
        given = self.variables[name].given
        return (f"given by --set {name}={given.data}",) if given and not given.spot else ()

    def _has_room(self, length: int, origin: Origin) -> bool:
        had, self.room = self.room, self.room - length
        if self.room < 0 <= had:
            message = f"with its variables filled in, the plan has more than {_MOST:,} letters"
            hint = "shorten the values, or use them less often"
            source, route = origin[:2]
            self.found.append(Finding(textfile.TOO_LARGE, route, message, hint, source=source))
        return self.room >= 0

    def _value(self, reference: Reference, origin: Origin) -> Json:
        name = reference.name
        if reference.closed and name in self.variables:
            value = self.variables[name].value
            return "" if value is None else value
        source, route = origin[:2]
        if reference.is_named:
            message = f"there is no variable '{name}'"
            declare = f"declare it: vars: {{{name}: …}}; for the text itself write '$${{{name}}}'"
            hint = nearest(name, self.variables) or declare
            self.found.append(Finding(UNKNOWN, route, message, hint, source=source))
        else:
            message = "'${' is not followed by the name of a variable and '}'"
            hint = "write '${name}'; for the text itself '$${'"
            self.found.append(Finding(MALFORMED, route, message, hint, source=source))
        return ""
