"""Read where values come from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.diagnostics import Rule, Severity
from tagkit.nearest import nearest
from tagkit.plan.model import Parameter
from tagkit.plan.scope import regex_problem
from tagkit.plan.selectors import check_selector
from tagkit.values import (
    BuiltIn,
    Clicked,
    Cookie,
    DataLayer,
    Defaulted,
    Ecommerce,
    Element,
    Formatted,
    Global,
    Gtm,
    JavaScript,
    Literal,
    Lookup,
    Named,
    Pushed,
    Source,
    Typed,
    Url,
    ValueType,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.diagnostics import Route
    from tagkit.plan.scope import Scope

UNKNOWN_VARIABLE = Rule(
    "TK303", "unknown-variable", Severity.ERROR, "a variable that is not declared under 'variables'"
)
VARIABLE_CYCLE = Rule("TK204", "variable-cycle", Severity.ERROR, "a variable that refers to itself")
BAD_REGEX = Rule(
    "TK205", "bad-regex", Severity.ERROR, "a regular expression that JavaScript cannot compile"
)
BAD_JAVASCRIPT = Rule(
    "TK225", "bad-javascript", Severity.ERROR, "JavaScript that GTM or a browser cannot run"
)
OPTION_WITHOUT_KIND = Rule(
    "TK217", "stray-option", Severity.ERROR, "an option that belongs to another kind of source"
)
RULES = (
    UNKNOWN_VARIABLE,
    VARIABLE_CYCLE,
    BAD_REGEX,
    BAD_JAVASCRIPT,
    OPTION_WITHOUT_KIND,
)

REGEX_HINT = "a character that is meant as itself takes a backslash, as in \\. or \\("
KINDS = (
    "value", "data_layer", "pushed", "ecommerce", "url", "cookie", "css", "click", "form",
    "built_in", "javascript", "global", "lookup", "regex_lookup", "variable", "gtm",
)  # fmt: skip
_OPTIONS = {"version": "data_layer", "of": "url", "decode": "cookie", "attribute": "css"}


class Value(NamedTuple):
    """A source with the data layer contract that was written next to it."""

    source: Source
    type: ValueType | None = None
    required: bool = False
    description: str = ""
    example: object = None


NOTHING = Value(Literal(""))


def parameters_of(data: Mapping[str, Any], scope: Scope, route: Route) -> tuple[Parameter, ...]:
    """The parameters of a mapping from names to sources, in the order written."""
    parameters = []
    for name, written in data.items():
        place = (*route, name)
        parameters.append(Parameter(name, *value_of(written, scope, place), route=place))
    return tuple(parameters)


def source_of(data: Any, scope: Scope, route: Route) -> Source:  # noqa: ANN401
    """Where the value comes from."""
    return value_of(data, scope, route).source


def value_of(data: Any, scope: Scope, route: Route) -> Value:  # noqa: ANN401
    """Where the value comes from, with its contract. What is unclear is said to ``scope``."""
    if not isinstance(data, dict):
        return Value(Literal(data))
    kind = scope.kind_of(data, KINDS, "a source", route)
    if not kind:
        return NOTHING
    for option, owner in _OPTIONS.items():
        if option in data and owner != kind:
            scope.found.say(
                OPTION_WITHOUT_KIND, (*route, option),
                f"'{option}' goes with '{owner}', not with '{kind}'",
                hint=f"delete '{option}', or write a source of the kind '{owner}'", at_key=True,
            )  # fmt: skip
    source = _base(kind, data, scope, route)
    if "default" in data:
        source = Defaulted(source, data["default"])
    if "format" in data:
        source = Formatted(source, **data["format"])
    value_type = ValueType(data["type"]) if "type" in data else None
    if value_type is not None:
        source = Typed(source, value_type)
    return Value(
        source=source,
        type=value_type,
        required=data.get("required", False),
        description=scope.words(data.get("description")),
        example=data.get("example"),
    )


def _base(kind: str, data: Mapping[str, Any], scope: Scope, route: Route) -> Source:
    said = data[kind]
    match kind:
        case "value":
            return Literal(said)
        case "data_layer":
            return DataLayer(said, data.get("version", 2), "version" in data)
        case "pushed":
            return Pushed(said)
        case "ecommerce":
            return Ecommerce(said)
        case "url":
            part, _, key = said.partition(".")
            of = source_of(data["of"], scope, (*route, "of")) if "of" in data else None
            return Url(part, key, of)
        case "cookie":
            return Cookie(said, data.get("decode", False))
        case "css":
            check_selector(said, scope, (*route, kind))
            return Element(said, data.get("attribute", ""))
        case "click":
            return Clicked(said)
        case "form":
            return BuiltIn(f"form_{said}")
        case "built_in":
            return BuiltIn(said)
        case "javascript":
            from tagkit import es5

            if problem := es5.problem_of(said):
                scope.found.say(
                    BAD_JAVASCRIPT, (*route, kind), f"this is not one ES5 function: {problem}",
                    hint="write function() { … return …; }, with var and without =>, let or `",
                )  # fmt: skip
            return JavaScript(said)
        case "global":
            return Global(said)
        case "lookup" | "regex_lookup":
            return _lookup(said, scope, (*route, kind), regex=kind == "regex_lookup")
        case "variable":
            return variable(said, scope, (*route, kind))
    return Gtm(said)


def _lookup(data: Mapping[str, Any], scope: Scope, route: Route, *, regex: bool) -> Lookup:
    rows = []
    for key, written in data["table"].items():
        if regex and (problem := regex_problem(key)):
            scope.found.say(
                BAD_REGEX, (*route, "table", key),
                f"'{key}' is not a regular expression: {problem}", hint=REGEX_HINT, at_key=True,
            )  # fmt: skip
        rows.append((key, source_of(written, scope, (*route, "table", key))))
    default = None
    if "default" in data:
        default = source_of(data["default"], scope, (*route, "default"))
    return Lookup(
        source=source_of(data["input"], scope, (*route, "input")),
        rows=tuple(rows),
        default=default,
        regex=regex,
        full_match=data.get("full_match", True),
        ignore_case=data.get("ignore_case", True),
        replace=data.get("replace", False),
    )


def variable(name: str, scope: Scope, route: Route) -> Source:
    """The declared variable of that name; each is read once, whatever the order."""
    if name in scope.read:
        return scope.read[name]
    if name not in scope.declared:
        scope.found.say(
            UNKNOWN_VARIABLE, route, f"no variable '{name}' is declared",
            hint=nearest(name, scope.declared) or "declare it under 'variables'",
        )  # fmt: skip
        return Literal("")
    if name in scope.reading:
        chain = " -> ".join([*scope.reading[scope.reading.index(name) :], name])
        scope.found.say(
            VARIABLE_CYCLE, route, f"variable '{name}' refers to itself ({chain})",
            hint="a variable needs a source of its own",
        )  # fmt: skip
        return Literal("")
    scope.reading.append(name)
    source = Named(name, source_of(scope.declared[name], scope, ("variables", name)))
    scope.reading.pop()
    scope.read[name] = source
    return source
