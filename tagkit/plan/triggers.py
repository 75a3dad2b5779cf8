"""Read triggers: when something happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Rule, Severity
from tagkit.plan.conditions import tests_of
from tagkit.plan.model import (
    ActionSettings,
    EventSettings,
    ScrollSettings,
    Settings,
    TimerSettings,
    Trigger,
    TriggerKind,
    VideoSettings,
    VisibilitySettings,
)
from tagkit.plan.scope import regex_problem
from tagkit.plan.selectors import check_selector
from tagkit.plan.sources import BAD_REGEX, REGEX_HINT
from tagkit.values import Op

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Test
    from tagkit.plan.scope import Scope

INCOMPLETE_TRIGGER = Rule(
    "TK220", "incomplete-trigger", Severity.ERROR, "a trigger that does not say enough to fire"
)
RULES = (INCOMPLETE_TRIGGER,)

KINDS = tuple(kind.value for kind in TriggerKind)
WAIT = 2000
"""Milliseconds GTM waits for tags unless told otherwise."""


def triggers_of(data: Any, scope: Scope, route: Route) -> tuple[Trigger, ...]:  # noqa: ANN401
    """The triggers of a ``trigger``: one, or a list of them; any is enough."""
    if isinstance(data, list):
        return tuple(
            trigger
            for index, one in enumerate(data)
            for trigger in _triggers(one, scope, (*route, index))
        )
    return tuple(_triggers(data, scope, route))


def _triggers(data: Any, scope: Scope, route: Route) -> Iterator[Trigger]:  # noqa: ANN401
    if isinstance(data, str):
        data = {data: None}
    name = scope.kind_of(data, KINDS, "a trigger", route)
    if not name:
        return
    kind, said, here = TriggerKind(name), data[name], (*route, name)
    where = tests_of(data["where"], scope, (*route, "where")) if "where" in data else ()
    if isinstance(said, dict) and "where" in said:
        where += tests_of(said["where"], scope, (*here, "where"))
    if kind is TriggerKind.ALL:
        members = tuple(
            member
            for index, one in enumerate(said)
            for member in _triggers(one, scope, (*here, index))
        )
        yield Trigger(kind, None, where, members, route)
        return
    for settings in _settings(kind, said, scope, here):
        yield Trigger(kind, settings, where, route=route)


def _settings(kind: TriggerKind, said: Any, scope: Scope, route: Route) -> Iterator[Settings]:  # noqa: ANN401
    match kind:
        case TriggerKind.EVENT:
            yield _event(said, scope, route)
        case TriggerKind.CLICK | TriggerKind.LINK_CLICK | TriggerKind.FORM_SUBMIT:
            yield _action(said, scope, route)
        case TriggerKind.ELEMENT_VISIBLE:
            yield _visibility(said, scope, route)
        case TriggerKind.SCROLL:
            yield from _scroll(said, scope, route)
        case TriggerKind.TIMER:
            yield TimerSettings(said["interval"], said.get("limit", 0), _pages(said, scope, route))
        case TriggerKind.YOUTUBE:
            yield from _videos(said or {})
        case _:
            yield None


def _event(said: Any, scope: Scope, route: Route) -> EventSettings:  # noqa: ANN401
    if isinstance(said, str):
        return EventSettings((said,), Op.EQUALS)
    if isinstance(said, list):
        return EventSettings(tuple(said), Op.EQUALS)
    operator, value = next(iter(said.items()))
    values = tuple(value) if isinstance(value, list) else (value,)
    if operator == "matches" and (problem := regex_problem(value)):
        scope.found.say(
            BAD_REGEX, (*route, "matches"),
            f"'{value}' is not a regular expression: {problem}", hint=REGEX_HINT,
        )  # fmt: skip
    return EventSettings(tuple(str(value) for value in values), Op(operator))


def _action(said: Any, scope: Scope, route: Route) -> ActionSettings:  # noqa: ANN401
    css = _selector(said, scope, route)
    if not isinstance(said, dict):
        return ActionSettings(css)
    wait = said.get("wait_for_tags", False)
    return ActionSettings(
        css=css,
        wait_for_tags=WAIT if wait is True else int(wait),
        check_validation=said.get("check_validation", False),
        pages=_pages(said, scope, route),
    )


def _pages(said: Mapping[str, Any], scope: Scope, route: Route) -> tuple[Test, ...] | None:
    """Where GTM listens at all; None leaves it to the conditions."""
    return tests_of(said["pages"], scope, (*route, "pages")) if "pages" in said else None


def _visibility(said: Any, scope: Scope, route: Route) -> VisibilitySettings:  # noqa: ANN401
    css = _selector(said, scope, route)
    if isinstance(said, str):
        return VisibilitySettings(css=css)
    if "css" not in said and "id" not in said:
        scope.found.say(
            INCOMPLETE_TRIGGER, route, "element_visible does not say which element",
            hint="add css: or id:", at_key=True,
        )  # fmt: skip
    return VisibilitySettings(
        css=css,
        percent=said.get("percent", 50),
        time=said.get("time", 0),
        repeat=said.get("repeat", "once"),
        watch_dom=said.get("watch_dom", True),
    )


def _scroll(said: Mapping[str, Any], scope: Scope, route: Route) -> Iterator[ScrollSettings]:
    horizontal = said.get("direction") == "horizontal"
    if "percent" not in said and "pixels" not in said:
        scope.found.say(
            INCOMPLETE_TRIGGER, route, "scroll does not say how far",
            hint="add percent: [50, 90] or pixels: [800]", at_key=True,
        )  # fmt: skip
    if "percent" in said:
        yield ScrollSettings(_numbers(said["percent"]), pixels=False, horizontal=horizontal)
    if "pixels" in said:
        yield ScrollSettings(_numbers(said["pixels"]), pixels=True, horizontal=horizontal)


def _videos(said: Mapping[str, Any]) -> Iterator[VideoSettings]:
    """GTM's trigger knows percent or seconds; both make two triggers, the rest in the first."""
    parts = {"start", "complete", "pause", "percent", "seconds"}
    load_api = said.get("load_api", True)
    both = "percent" in said and "seconds" in said
    yield VideoSettings(
        start=said.get("start", not parts & said.keys()),
        complete=said.get("complete", False),
        pause=said.get("pause", False),
        percent=_numbers(said.get("percent", [])),
        seconds=() if both else _numbers(said.get("seconds", [])),
        load_api=load_api,
    )
    if both:
        yield VideoSettings(seconds=_numbers(said["seconds"]), load_api=load_api)


def _numbers(said: Any) -> tuple[float, ...]:  # noqa: ANN401
    return tuple(said) if isinstance(said, list) else (said,)


def _selector(said: Any, scope: Scope, route: Route) -> str:  # noqa: ANN401
    """The selector of the element that a trigger names: by itself, or by ``css`` and ``id``."""
    if not isinstance(said, dict):
        return _checked(said, scope, route) if said else ""
    css = _checked(said["css"], scope, (*route, "css")) if "css" in said else ""
    if "id" not in said:
        return css
    quoted = said["id"].replace("\\", "\\\\").replace('"', '\\"')
    by_id = f'[id="{quoted}"]'
    return f"{by_id}:is({css})" if css else by_id


def _checked(css: str, scope: Scope, route: Route) -> str:
    check_selector(css, scope, route)
    return css
