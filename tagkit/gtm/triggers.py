"""Firings -> triggers of a container."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.spelling import Entity, condition, flag, text
from tagkit.plan.model import (
    ActionSettings,
    ScrollSettings,
    TimerSettings,
    TriggerKind,
    VideoSettings,
    VisibilitySettings,
)
from tagkit.plan.scope import text_of
from tagkit.program.conditions import escape, is_built_in
from tagkit.values import BuiltIn, Condition, Conditions, Gtm, Op

if TYPE_CHECKING:
    from tagkit.gtm.variables import Variables
    from tagkit.program.model import Firing

ALL_PAGES = "2147479553"
INITIALIZATION = "2147479573"
LATER_ON_THE_PAGE = ("DOM_READY", "WINDOW_LOADED")

TYPES = {
    TriggerKind.EVENT: "CUSTOM_EVENT",
    TriggerKind.PAGE_VIEW: "PAGEVIEW",
    TriggerKind.DOM_READY: "DOM_READY",
    TriggerKind.WINDOW_LOADED: "WINDOW_LOADED",
    TriggerKind.INITIALIZATION: "INIT",
    TriggerKind.CLICK: "CLICK",
    TriggerKind.LINK_CLICK: "LINK_CLICK",
    TriggerKind.FORM_SUBMIT: "FORM_SUBMISSION",
    TriggerKind.ELEMENT_VISIBLE: "ELEMENT_VISIBILITY",
    TriggerKind.SCROLL: "SCROLL_DEPTH",
    TriggerKind.TIMER: "TIMER",
    TriggerKind.HISTORY_CHANGE: "HISTORY_CHANGE",
    TriggerKind.JS_ERROR: "JS_ERROR",
    TriggerKind.YOUTUBE: "YOU_TUBE_VIDEO",
    TriggerKind.ALL: "TRIGGER_GROUP",
}
_CONDITIONS = {
    Op.EQUALS: "EQUALS",
    Op.CONTAINS: "CONTAINS",
    Op.STARTS_WITH: "STARTS_WITH",
    Op.MATCHES: "MATCH_REGEX",
    Op.CSS: "CSS_SELECTOR",
    Op.GREATER: "GREATER",
    Op.GREATER_OR_EQUAL: "GREATER_OR_EQUALS",
    Op.LESS: "LESS",
    Op.LESS_OR_EQUAL: "LESS_OR_EQUALS",
}
_PAGE = ("page_url", "page_hostname", "page_path", "page_referrer")
_ANY_PAGE = Condition(BuiltIn("page_url"), Op.MATCHES, ".*")
_FREQUENCY = {"once": "ONCE", "per_element": "ONCE_PER_ELEMENT", "every": "MANY_PER_ELEMENT"}


def trigger_of(firing: Firing, variables: Variables) -> Entity:
    """The trigger, without name and ids. A group's members are its caller's."""
    entity: Entity = {"type": TYPES[firing.kind]}
    if firing.event is not None:
        event = firing.event._replace(subject=Gtm("{{_event}}"))
        entity["customEventFilter"] = [_condition(event, variables)]
    entity["filter"] = [_condition(c, variables) for c in firing.conditions]
    match firing.settings:
        case ActionSettings() as action if firing.kind is not TriggerKind.CLICK:
            _wait(entity, firing, action, variables)
        case VisibilitySettings() as visibility:
            entity["parameter"] = _visibility(visibility, variables)
        case ScrollSettings() as scroll:
            entity["parameter"] = _scroll(scroll)
        case TimerSettings() as timer:
            entity["autoEventFilter"] = _on_page(firing, variables)
            entity["eventName"] = text("gtm.timer")
            entity["interval"] = text(str(timer.interval))
            entity["limit"] = text(str(timer.limit) if timer.limit else "")
        case VideoSettings() as video:
            entity["parameter"] = _video(video)
    return entity


def exception_of(conditions: Conditions, variables: Variables) -> Entity:
    """A blocking trigger. Only one that matches every event blocks on every event (measured)."""
    return {
        **event_trigger(".*", regex=True),
        "filter": [_condition(c, variables) for c in conditions],
    }


def event_trigger(name: str, *, regex: bool = False) -> Entity:
    """A trigger on a data layer event."""
    kind = "MATCH_REGEX" if regex else "EQUALS"
    return {"type": "CUSTOM_EVENT", "customEventFilter": [condition(kind, "{{_event}}", name)]}


def _condition(held: Condition, variables: Variables) -> Entity:
    kind, value, ignore_case = _CONDITIONS.get(held.op), held.value, held.ignore_case
    if kind is None and held.refers:
        kind = "ENDS_WITH"
    if kind is None:  # no export is known to hold ENDS_WITH
        kind, value = "MATCH_REGEX", f"{escape(value)}$"
    return condition(
        kind,
        variables.reference(held.subject),
        variables.text_of(Gtm(value)) if held.refers else variables.literal_text(value),
        ignore_case=ignore_case,
        negate=held.negate,
    )


def _on_page(firing: Firing, variables: Variables) -> list[Entity]:
    """Where the listener is started: only the page is known by then."""
    page = firing.pages
    if page is None:
        page = tuple(c for c in firing.conditions if is_built_in(c.subject, *_PAGE))
    return [_condition(c, variables) for c in page or (_ANY_PAGE,)]


def _wait(entity: Entity, firing: Firing, action: ActionSettings, variables: Variables) -> None:
    if action.wait_for_tags:
        entity["autoEventFilter"] = _on_page(firing, variables)
    flags = {"waitForTags": bool(action.wait_for_tags), "checkValidation": action.check_validation}
    for name, holds in flags.items():
        entity[name] = flag("", holds)
    entity["waitForTagsTimeout"] = text(str(action.wait_for_tags or 2000))
    entity["uniqueTriggerId"] = text("")


def _visibility(settings: VisibilitySettings, variables: Variables) -> list[Entity]:
    timed = settings.time > 0
    return [
        flag("useOnScreenDuration", timed),
        *([text(str(settings.time), "onScreenDuration")] if timed else []),
        flag("useDomChangeListener", settings.watch_dom),
        text(variables.literal_text(settings.css), "elementSelector"),
        text(_FREQUENCY[settings.repeat], "firingFrequency"),
        text("CSS", "selectorType"),
        text(text_of(settings.percent), "onScreenRatio"),
    ]


def _scroll(settings: ScrollSettings) -> list[Entity]:
    way = "horizontal" if settings.horizontal else "vertical"
    units = "Pixels" if settings.pixels else "Percent"
    thresholds = [
        text(units.upper(), f"{way}ThresholdUnits"),
        text(_listed(settings.thresholds), f"{way}Thresholds{units}"),
    ]
    return [
        *([] if settings.horizontal else thresholds),
        flag("verticalThresholdOn", not settings.horizontal),
        *(thresholds if settings.horizontal else []),
        text("WINDOW_LOAD", "triggerStartOption"),
        flag("horizontalThresholdOn", settings.horizontal),
    ]


def _video(settings: VideoSettings) -> list[Entity]:
    progress: list[Entity] = []
    if settings.percent:
        progress = [text(_listed(settings.percent), "progressThresholdsPercent")]
    elif settings.seconds:
        progress = [text(_listed(settings.seconds), "progressThresholdsTimeInSeconds")]
    by_time = bool(settings.seconds and not settings.percent)
    return [
        *progress,
        flag("captureComplete", settings.complete),
        flag("captureStart", settings.start),
        flag("fixMissingApi", settings.load_api),
        text("DOM_READY", "triggerStartOption"),
        text("TIME_ELAPSED" if by_time else "PERCENTAGE", "radioButtonGroup1"),
        flag("capturePause", settings.pause),
        flag("captureProgress", bool(progress)),
    ]


def _listed(numbers: tuple[float, ...]) -> str:
    return ",".join(text_of(number) for number in sorted(set(numbers)))
