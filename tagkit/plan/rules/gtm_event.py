"""An event that GTM pushes by itself, written as a data layer event.

The plan language has a trigger for each. GTM pushes ``gtm.click`` and its like only while some
trigger of that kind listens, so this one alone never fires; the trigger itself does, knows the
clicked element, and takes conditions about it.

Before::

    trigger: {event: gtm.linkClick, where: {click_url: {starts_with: "tel:"}}}

After::

    trigger: {link_click: {where: {click_url: {starts_with: "tel:"}}}}

Source: GTM's runtime, measured 2026-11 (listeners are compiled from triggers).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import TriggerKind
from tagkit.plan.written import GTM_EVENTS, all_triggers, event_names, written_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK264", "gtm-event", Severity.NOTE, "an event that GTM pushes by itself, as a data layer event"
)
_PUSHED_ALWAYS = frozenset(
    {
        TriggerKind.PAGE_VIEW, TriggerKind.DOM_READY, TriggerKind.WINDOW_LOADED,
        TriggerKind.INITIALIZATION,
    }
)  # fmt: skip


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event."""
    listening = {
        trigger.kind
        for conversion in plan.conversions
        for trigger in all_triggers(conversion.triggers)
    }
    for conversion in plan.conversions:
        for trigger in written_triggers(conversion):
            for name in event_names(trigger):
                kind = GTM_EVENTS.get(name)
                if kind is None:
                    continue
                heard = kind in _PUSHED_ALWAYS or kind in listening
                yield Finding(
                    RULE,
                    (*trigger.route, "event"),
                    f"GTM pushes '{name}' by itself"
                    if heard
                    else f"GTM pushes '{name}' only while a '{kind}' trigger listens, "
                    "and this plan has none",
                    hint=f"write the trigger '{kind}' in place of the event",
                    severity=None if heard else Severity.WARNING,
                )
