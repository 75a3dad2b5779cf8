"""A GA4 event goes to another property than its neighbours, or to one without a Google tag.

A single ID that differs from all others is mostly a slip or the rest of a copied tag. An ID that no
Google tag of the file has, sends its events without page_view and without the Google tag's
settings.

Before::

    nine tags: measurementIdOverride = G-AAAAAAAAAA; one: G-BBBBBBBBBB

After::

    ten tags: measurementIdOverride = {{Measurement ID}}

Source: without a Google tag the event is sent alone: measured on GTM's runtime, 2026-11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.google_analytics import analytics_of
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Event

RULE = Rule(
    "TK496",
    "ga4-other-property",
    Severity.WARNING,
    "a GA4 event goes to another property than the rest",
)

_ID = re.compile(r"G-[A-Z0-9]{4,}")
_MANY = 3


def check(container: Container) -> Iterator[Finding]:
    """Each ID among the event tags that stands alone."""
    analytics = analytics_of(container)
    users: dict[str, list[Event]] = {}
    for event in analytics.events:
        users.setdefault(event.destination, []).append(event)
    homes = {tag.destination for tag in analytics.google_tags}
    # A Google tag of another sort (GT-…, a variable) may send to any property.
    known = all(_ID.fullmatch(home) or home.startswith("AW-") for home in homes)
    if not known or not all(_ID.fullmatch(user) for user in users if user):
        return
    chosen = _in_tables(container)
    for destination, events in users.items():
        if not destination or destination in homes or destination in chosen:
            continue
        main = max(users, key=lambda one: (one in homes, len(users[one])))
        others = len(users[main])
        odd = len(events) == 1 and main != destination and others >= _MANY
        if odd:
            yield Finding(
                RULE,
                events[0].destination_route,
                f"{events[0].tag.words} goes to '{destination}', {others} others go to '{main}'",
                hint=f"write '{main}', or a variable that all tags use",
            )
        elif any(_ID.fullmatch(home) for home in homes):
            tags = f"{events[0].tag.words}" + (
                f" and {count(len(events) - 1, 'other tag')}" if len(events) > 1 else ""
            )
            yield Finding(
                RULE,
                events[0].destination_route,
                f"no Google tag in this file has '{destination}', to which {tags} will send: "
                "without page_view and without a Google tag's settings",
                hint="add a Google tag with this ID, or write the ID of the one you have",
                severity=Severity.NOTE,
            )


def _in_tables(container: Container) -> set[str]:
    """The IDs that a lookup table chooses from: different ones are meant."""
    return {
        found
        for parameter in container.parameters
        if parameter.entity.type in {"smm", "remm", "jsm"}
        for found in _ID.findall(parameter.value)
    }
