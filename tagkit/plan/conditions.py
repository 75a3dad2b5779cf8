"""Read conditions: what is tested, how, against what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Rule, Severity
from tagkit.plan.model import Test
from tagkit.plan.scope import regex_problem, text_of
from tagkit.plan.selectors import check_selector
from tagkit.plan.sources import BAD_REGEX, REGEX_HINT, variable
from tagkit.values import BuiltIn, Cookie, DataLayer, Gtm, Op, Pushed, Source, Url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.plan.scope import Scope

CSS_ON_TEXT = Rule(
    "TK218",
    "css-on-text",
    Severity.ERROR,
    "a CSS selector is tested on something that is no element",
)
SEVERAL_IN_NOT = Rule(
    "TK219", "several-in-not", Severity.ERROR, "'not' holds more than one operator"
)
NO_OPERATOR = Rule(
    "TK221", "no-operator", Severity.ERROR, "a condition that does not say what is compared"
)
RULES = (
    CSS_ON_TEXT,
    SEVERAL_IN_NOT,
    NO_OPERATOR,
)

_GROUPS = ("data_layer", "pushed", "cookie", "query", "variable", "gtm")
_OPERATORS = {op.value: op for op in Op}


def tests_of(data: Any, scope: Scope, route: Route) -> tuple[Test, ...]:  # noqa: ANN401
    """The tests of a ``where``: a mapping, or a list of them; all must hold."""
    if isinstance(data, list):
        return tuple(
            test
            for index, mapping in enumerate(data)
            for test in _tests(mapping, scope, (*route, index))
        )
    return tuple(_tests(data, scope, route))


def exceptions_of(data: Any, scope: Scope, route: Route) -> tuple[tuple[Test, ...], ...]:  # noqa: ANN401
    """The exceptions of an ``unless``: of a list, any one is enough."""
    if isinstance(data, list):
        return tuple(
            tuple(_tests(mapping, scope, (*route, index))) for index, mapping in enumerate(data)
        )
    return (tuple(_tests(data, scope, route)),)


def _tests(data: Mapping[str, Any], scope: Scope, route: Route) -> Iterator[Test]:
    for subject, said in data.items():
        if subject in _GROUPS:
            for name, test in said.items():
                source = _member(subject, name, scope, (*route, subject, name))
                yield from _test(source, test, scope, (*route, subject, name))
        else:
            yield from _test(BuiltIn(subject), said, scope, (*route, subject))


def _member(group: str, name: str, scope: Scope, route: Route) -> Source:
    match group:
        case "data_layer":
            return DataLayer(name)
        case "pushed":
            return Pushed(name)
        case "cookie":
            return Cookie(name)
        case "query":
            return Url("query", name)
        case "variable":
            return variable(name, scope, route)
    return Gtm(name)


def _test(
    subject: Source,
    said: Any,  # noqa: ANN401
    scope: Scope,
    route: Route,
    *,
    negate: bool = False,
) -> Iterator[Test]:
    if not isinstance(said, dict):
        yield Test(subject, Op.EQUALS, _values(said), negate, route=route)
        return
    ignore_case, itself = said.get("ignore_case", False), said.get("itself", False)
    operators = [name for name in said if name in _OPERATORS or name == "not"]
    if not operators:
        scope.found.say(
            NO_OPERATOR, route, "this condition compares with nothing, so it always holds",
            hint="add equals, contains, starts_with, ends_with or matches",
        )  # fmt: skip
    if negate and len(operators) > 1:
        scope.found.say(
            SEVERAL_IN_NOT, (*route, operators[1]), "'not' holds one operator, this one has more",
            hint="write one 'not' per operator, in a list of conditions", at_key=True,
        )  # fmt: skip
    for name in operators:
        if name == "not":
            yield from _test(subject, said["not"], scope, (*route, "not"), negate=not negate)
            continue
        op = _OPERATORS[name]
        if isinstance(said[name], dict):
            value, place = (said[name]["gtm"],), (*route, name, "gtm")
            yield Test(subject, op, value, negate, ignore_case, place, itself, refers=True)
            continue
        values = _values(said[name])
        _check(subject, op, values, scope, (*route, name), listed=isinstance(said[name], list))
        word = said.get("undefined", False)
        place = (*route, name)
        yield Test(subject, op, values, negate, ignore_case, place, itself, undefined=word)


def _check(  # noqa: PLR0913
    subject: Source, op: Op, values: tuple[str, ...], scope: Scope, route: Route, *, listed: bool
) -> None:
    if op is Op.MATCHES:
        for index, pattern in enumerate(values):
            if problem := regex_problem(pattern):
                scope.found.say(
                    BAD_REGEX, (*route, index) if listed else route,
                    f"'{pattern}' is not a regular expression: {problem}", hint=REGEX_HINT,
                )  # fmt: skip
    if op is Op.CSS:
        for index, selector in enumerate(values):
            check_selector(selector, scope, (*route, index) if listed else route)
    elements = (BuiltIn("click_element"), BuiltIn("form_element"))
    if op is Op.CSS and isinstance(subject, BuiltIn) and subject not in elements:
        scope.found.say(
            CSS_ON_TEXT, route, f"'{subject.name}' is text, a selector needs an element",
            hint="test click_element or form_element", at_key=True,
        )  # fmt: skip


def _values(said: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(text_of(value) for value in (said if isinstance(said, list) else [said]))
