"""A GA4 event name is written in another way than the one GA4 knows, or than its sister.

GA4 takes ``Purchase``, ``add_To_Cart`` and ``purchase`` for three events: only the recommended name
in its own spelling fills the reports, and a name in two spellings is counted as two.

Before::

    {"type": "TEMPLATE", "key": "eventName", "value": "Purchase"}

After::

    {"type": "TEMPLATE", "key": "eventName", "value": "purchase"}

Source: support.google.com/analytics/answer/13316687 ("event names are case sensitive").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import AUTOMATIC, EVENT_LENGTH, FORM, NEVER
from tagkit.ga4.recommended import OTHER, REQUIRED
from tagkit.gtm.google_analytics import analytics_of
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Event

RULE = Rule("TK469", "ga4-event-case", Severity.WARNING, "a GA4 event name in another spelling")

_KNOWN = {
    name.replace("_", ""): name
    for name in (*REQUIRED, *OTHER)
    # No name to write: GA4 sends these itself, or drops them.
    if name not in AUTOMATIC and name not in NEVER
}


def check(container: Container) -> Iterator[Finding]:
    """Spellings of recommended names and of each other; the other capitals once for the file."""
    capitals: dict[str, Event] = {}
    spellings: dict[str, Event] = {}
    for event in analytics_of(container).events:
        name = event.literal_name.strip()
        if not FORM.fullmatch(name) or len(name) > EVENT_LENGTH:
            continue
        known = _KNOWN.get(name.replace("_", "").lower(), name)
        first = spellings.setdefault(name.lower(), event)
        if known != name:
            yield Finding(
                RULE,
                event.name_route,
                f"GA4 does not know '{name}' as its event '{known}': {event.tag.words} makes an "
                "event of its own",
                hint=f"write '{known}'",
                severity=Severity.WARNING if known in REQUIRED else Severity.NOTE,
            )
        elif first.literal_name.strip() != name:
            yield Finding(
                RULE,
                event.name_route,
                f"'{name}' and '{first.literal_name.strip()}' are two events for GA4",
                hint=f"write '{name.lower()}' in both",
                related=((first.name_route, "the other spelling"),),
            )
        elif name != name.lower():
            capitals.setdefault(name, event)
    if capitals:
        name, event = next(iter(capitals.items()))
        more = f" and {count(len(capitals) - 1, 'other name')}" if len(capitals) > 1 else ""
        yield Finding(
            RULE,
            event.name_route,
            f"the event '{name}'{more} has capitals; GA4 takes another spelling for another event",
            hint="write event names in small letters with underscores",
            severity=Severity.NOTE,
        )
