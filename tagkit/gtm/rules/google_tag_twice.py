"""Two Google tags with one ID fire on every page, so every page view counts twice.

Before::

    "Google tag" and "GA4 configuration", both G-AAAAAAAAAA, on all pages

After::

    one of them, or send_page_view = false in the other

Source: each configuration command of an ID sends page_view unless send_page_view is false
(developers.google.com/analytics/devguides/collection/ga4/views).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.content import repeats
from tagkit.gtm.google_analytics import analytics_of, firing, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.google_analytics import GoogleTag

RULE = Rule(
    "TK497", "google-tag-twice", Severity.WARNING, "two Google tags send page_view for one ID"
)


def check(container: Container) -> Iterator[Finding]:
    """Each Google tag after the first with its ID that fires on every page."""
    analytics = analytics_of(container)
    every_page = stage(container)
    of_events = {event.destination for event in analytics.events}
    first: dict[str, GoogleTag] = {}
    again: list[tuple[GoogleTag, GoogleTag]] = []
    for google_tag in analytics.google_tags:
        destination = google_tag.destination
        if not destination.startswith(("G-", "GT-")) and destination not in of_events:
            continue
        if not google_tag.page_view or not _on_every_page(google_tag, every_page):
            continue
        other = first.setdefault(destination, google_tag)
        if other is not google_tag:
            again.append((google_tag, other))
    copies = repeats(container) if again else frozenset()
    for google_tag, other in again:
        if google_tag.tag.route not in copies:
            yield Finding(
                RULE,
                _id_route(google_tag.tag),
                f"{google_tag.tag.words} and {other.tag.words} both send page_view to "
                f"'{google_tag.destination}' on every page",
                hint="keep one of them",
                related=((_id_route(other.tag), "the other one"),),
            )


def _id_route(tag: Entity) -> Route:
    """Where the tag names its ID, though a constant may hold it."""
    parameter = tag.parameter("tagId") or tag.parameter("measurementId")
    return parameter.value_route if parameter else tag.name_route


def _on_every_page(google_tag: GoogleTag, every_page: Mapping[str, int]) -> bool:
    if google_tag.tag.data.get("blockingTriggerId"):
        return False
    if any(row.name == "update" for row in google_tag.rows):
        return False
    return any(one in every_page for one in firing(google_tag.tag))
