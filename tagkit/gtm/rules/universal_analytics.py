"""Tags of Universal Analytics are left: Google no longer takes their hits.

They still run on every page and cost time; nobody receives what they send.

Before::

    {"name": "UA - Page view", "type": "ua", …}

After::

    the tag removed, or a Google tag and GA4 event tags in its place

Source: Google stopped Universal Analytics in July 2023, for 360 customers in July 2024
(support.google.com/analytics/answer/11583528).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK498", "universal-analytics", Severity.WARNING, "tags of Universal Analytics are left"
)

_TAGS = frozenset({"ua", "ga", "ua_amp"})


def check(container: Container) -> Iterator[Finding]:
    """One finding for the file: at the first tag, or the first settings variable."""
    tags = [
        tag
        for tag in container.of("tag")
        if tag.type in _TAGS and tag.data.get("paused") is not True
    ]
    settings = [variable for variable in container.of("variable") if variable.type == "gas"]
    if not tags and not settings:
        return
    first = (tags or settings)[0]
    more = (
        f" and {count(len(tags) - 1, 'other tag')}"
        if len(tags) > 1
        else f" and {count(len(settings) - 1, 'other variable')}"
        if not tags and len(settings) > 1
        else ""
    )
    what = "sends" if not more else "send"
    yield Finding(
        RULE,
        (*first.route, "type"),
        f"{first.words}{more} {what} to Universal Analytics, which Google ended in July 2024"
        if tags
        else f"{first.words}{more} is of Universal Analytics, which Google ended in July 2024",
        hint="remove what is left of it; a Google tag and GA4 event tags take its place",
        severity=None if tags else Severity.NOTE,
    )
