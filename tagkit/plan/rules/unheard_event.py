"""A trigger waits for an event of ours that nothing in the plan pushes.

Events that begin with ``tagkit.`` are pushed by the listeners that come with entries of the
catalog. A trigger of your own replaces the entry's detection, and its listener with it.

Before::

    - {use: newsletter_signup, trigger: {event: tagkit.newsletter_signup}}

After: ``- newsletter_signup``, or a trigger for something that the site does itself.

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.catalog import Catalog
from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import closest
from tagkit.plan.written import all_triggers, event_names, written_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Resolved

RULE = Rule(
    "TK256",
    "unheard-event",
    Severity.WARNING,
    "a trigger waits for what nothing in the plan pushes",
)
_OURS = "tagkit."


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event."""
    pushed = {
        name
        for conversion in plan.conversions
        if conversion.listeners
        for trigger in all_triggers(conversion.triggers)
        for name in event_names(trigger)
    }
    for conversion in plan.conversions:
        for trigger in written_triggers(conversion):
            for name in event_names(trigger):
                if not name.startswith(_OURS) or name in pushed:
                    continue
                yield Finding(
                    RULE,
                    (*trigger.route, "event"),
                    f"nothing in this plan pushes '{name}', so this trigger never fires",
                    hint=_hint(conversion, name.removeprefix(_OURS)),
                )


def _hint(conversion: Conversion, entry: str) -> str:
    if conversion.catalog_id:
        return "leave the trigger out to take the catalog's detection"
    known = closest(entry, Catalog().ids)
    catalog = f"add the conversion '{known}' of the catalog, or " if known else ""
    return f"{catalog}name an event that the site pushes"
