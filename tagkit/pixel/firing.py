"""Firings -> JavaScript: the listeners a snippet needs, and when its conversion counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.names import digest
from tagkit.plan.model import (
    ActionSettings,
    ScrollSettings,
    TimerSettings,
    TriggerKind,
    VideoSettings,
    VisibilitySettings,
)
from tagkit.rendering import js

if TYPE_CHECKING:
    from tagkit.pixel.expressions import Expressions
    from tagkit.program.model import Action, Firing

EVENTS = {
    TriggerKind.PAGE_VIEW: "gtm.js",
    TriggerKind.DOM_READY: "gtm.dom",
    TriggerKind.WINDOW_LOADED: "gtm.load",
    TriggerKind.INITIALIZATION: "gtm.init",
    TriggerKind.CLICK: "gtm.click",
    TriggerKind.LINK_CLICK: "gtm.linkClick",
    TriggerKind.FORM_SUBMIT: "gtm.formSubmit",
    TriggerKind.ELEMENT_VISIBLE: "gtm.elementVisibility",
    TriggerKind.SCROLL: "gtm.scrollDepth",
    TriggerKind.TIMER: "gtm.timer",
    TriggerKind.HISTORY_CHANGE: "gtm.historyChange",
    TriggerKind.JS_ERROR: "gtm.pageError",
    TriggerKind.YOUTUBE: "gtm.video",
}
_PARTS = {
    TriggerKind.CLICK: "click",
    TriggerKind.LINK_CLICK: "link_click",
    TriggerKind.FORM_SUBMIT: "form_submit",
    TriggerKind.ELEMENT_VISIBLE: "element_visible",
    TriggerKind.SCROLL: "scroll",
    TriggerKind.TIMER: "timer",
    TriggerKind.HISTORY_CHANGE: "history_change",
    TriggerKind.JS_ERROR: "js_error",
    TriggerKind.YOUTUBE: "youtube",
}


class When:
    """When a conversion counts, as JavaScript.

    ``tests``: expressions, any of which counts. ``starts``: calls that set up listeners.
    ``parts``: of the runtime. ``groups``: the members of each trigger group.
    """

    def __init__(self) -> None:
        self.tests: list[str] = []
        self.starts: list[str] = []
        self.parts: set[str] = set()
        self.groups: list[list[str]] = []


def when_of(action: Action, expressions: Expressions) -> When:
    """When the action counts."""
    when = When()
    for index, firing in enumerate(action.firings):
        test = _test(firing, f"{action.id}.{index}", expressions, when)
        when.tests.append(test)
    return when


def _test(firing: Firing, place: str, expressions: Expressions, when: When) -> str:
    key = digest(place)[:8]
    if firing.kind is TriggerKind.ALL:
        members = [
            _test(member, f"{place}.{index}", expressions, when)
            for index, member in enumerate(firing.members)
        ]
        when.groups.append(members)
        return " && ".join(
            [f"all({len(when.groups) - 1}, event)", *map(expressions.holds, firing.conditions)]
        )
    if part := _PARTS.get(firing.kind):
        when.parts.add(part)
    tests = []
    if firing.event is not None:
        tests.append(expressions.holds(firing.event))
    else:
        tests.append(f"event.name === {js(EVENTS[firing.kind])}")
    if start := _start(firing, key):
        when.starts.append(start)
        tests.append(f"event.key === {js(key)}")
    if isinstance(firing.settings, ActionSettings) and firing.settings.check_validation:
        tests.append("!event.auto.prevented")
    tests += map(expressions.holds, firing.conditions)
    if isinstance(firing.settings, ActionSettings) and firing.settings.wait_for_tags:
        tests.append(f"(event.wait = {firing.settings.wait_for_tags})")
    return " && ".join(tests)


def _start(firing: Firing, key: str) -> str:
    match firing.settings:
        case VisibilitySettings() as seen:
            settings = [seen.css, seen.percent, seen.time, seen.repeat, seen.watch_dom]
            return f"tk.visible({js(key)}, {', '.join(map(js, settings))});"
        case ScrollSettings() as scroll:
            settings = [sorted(set(scroll.thresholds)), scroll.pixels, scroll.horizontal]
            return f"tk.scroll({js(key)}, {', '.join(map(js, settings))});"
        case TimerSettings(interval=interval, limit=limit):
            return f"tk.timer({js(key)}, {interval}, {limit});"
        case VideoSettings() as video:
            wants = {
                "start": video.start,
                "complete": video.complete,
                "pause": video.pause,
                "percent": sorted(set(video.percent)),
                "seconds": sorted(set(video.seconds)),
                "api": video.load_api,
            }
            return f"tk.videos({js(key)}, {js(wants)});"
    return ""
