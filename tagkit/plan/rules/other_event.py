"""A value that belongs to another kind of event.

GTM's click, form, scroll and video variables keep what the last such event said. On a trigger of
another kind they are empty, or tell of something that happened before and elsewhere.

Before::

    - id: half_a_minute
      trigger: {timer: {interval: 30000, limit: 1}}
      parameters: {button: {click: text}}

After: a trigger that has the value, or a source that is always there::

    - id: half_a_minute
      trigger: {timer: {interval: 30000, limit: 1}}
      parameters: {page: {url: path}}

Source: GTM's runtime, measured 2026-11 (built-in variables read the last event's gtm.* keys).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import EventSettings, TriggerKind
from tagkit.plan.written import (
    GTM_EVENTS,
    all_triggers,
    built_in,
    event_names,
    parts,
    written_parameters,
    written_tests,
)
from tagkit.values import BuiltIn, Clicked
from tagkit.words import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, Resolved

RULE = Rule(
    "TK267", "other-event", Severity.WARNING, "a value that belongs to another kind of event"
)

_CLICKS = (TriggerKind.CLICK, TriggerKind.LINK_CLICK)
_KINDS = {
    # a form's and a visible element's own events fill GTM's click variables, too
    "click_": (*_CLICKS, TriggerKind.FORM_SUBMIT, TriggerKind.ELEMENT_VISIBLE),
    "form_": (TriggerKind.FORM_SUBMIT,),
    "error_": (TriggerKind.JS_ERROR,),
    "new_history_": (TriggerKind.HISTORY_CHANGE,),
    "old_history_": (TriggerKind.HISTORY_CHANGE,),
    "history_": (TriggerKind.HISTORY_CHANGE,),
    "scroll_": (TriggerKind.SCROLL,),
    "percent_visible": (TriggerKind.ELEMENT_VISIBLE,),
    "on_screen_": (TriggerKind.ELEMENT_VISIBLE,),
    "video_": (TriggerKind.YOUTUBE,),
}
"""By the beginning of a built-in variable's name, the triggers whose event fills it."""
_EARLY = frozenset({TriggerKind.INITIALIZATION, TriggerKind.PAGE_VIEW})


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the test or parameter, the first of its kind in a conversion."""
    for conversion in plan.conversions:
        kinds = _kinds(conversion)
        if not kinds:
            continue
        said: set[str] = set()
        for name, route, at_key in _read(conversion):
            family = next((start for start in _KINDS if name.startswith(start)), "")
            if not family or family in said or not kinds.isdisjoint(_KINDS[family]):
                continue
            said.add(family)
            yield Finding(
                RULE,
                route,
                f"'{name}' is empty when this is triggered"
                if kinds <= _EARLY
                else f"'{name}' is not about what triggers this, it is left from an event before, "
                "if any",
                hint=f"use it on a trigger of the kind {either(_KINDS[family][:2])}",
                at_key=at_key,
            )


def _kinds(conversion: Conversion) -> set[TriggerKind]:
    """The kinds of events that make it happen; empty when the plan does not tell."""
    kinds: set[TriggerKind] = set()
    for trigger in all_triggers(conversion.triggers):
        kinds.add(trigger.kind)
        if not isinstance(trigger.settings, EventSettings):
            continue
        names = event_names(trigger)
        if not names or any(name.startswith(("gtm.", "tagkit.")) for name in names):
            known = {GTM_EVENTS[name] for name in names if name in GTM_EVENTS}
            if not known:
                return set()
            kinds |= known
    return kinds


def _read(conversion: Conversion) -> Iterator[tuple[str, Route, bool]]:
    """The built-in variables that the author's tests and parameters read."""
    for test in written_tests(conversion):
        if name := built_in(test):
            yield name, test.route, False
    for parameter in written_parameters(conversion):
        for part in parts(parameter.source, set()):
            if isinstance(part, BuiltIn | Clicked):
                name = part.name if isinstance(part, BuiltIn) else f"click_{part.field}"
                yield name, parameter.route, True
