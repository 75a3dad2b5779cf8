"""A GA4 event tag sends what enhanced measurement sends already.

GA4 sends click, scroll, file_download, video_*, form_*, view_search_results by itself as long as
the switch of the data stream is on, and the Google tag sends page_view. A tag of the same name
counts a second time, and its parameters mix with Google's.

Before::

    {"type": "TEMPLATE", "key": "eventName", "value": "scroll"}

After::

    {"type": "TEMPLATE", "key": "eventName", "value": "scroll_depth"}

Source: support.google.com/analytics/answer/9216061 (enhanced measurement), 13316687.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import AUTOMATIC
from tagkit.gtm.google_analytics import analytics_of, firing, stage
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Analytics, Event, GoogleTag

RULE = Rule(
    "TK468",
    "ga4-automatic-event",
    Severity.WARNING,
    "a GA4 tag sends an event that GA4 sends by itself",
)

_WHAT = {
    "click": "outbound links",
    "file_download": "links to files",
    "form_start": "forms",
    "form_submit": "forms",
    "scroll": "90 % of the page",
    "video_start": "YouTube videos",
    "video_progress": "YouTube videos",
    "video_complete": "YouTube videos",
    "view_search_results": "the site's search",
}


def check(container: Container) -> Iterator[Finding]:
    """One finding for each name."""
    analytics = analytics_of(container)
    users: dict[str, list[Event]] = {}
    for event in analytics.events:
        if event.literal_name in _WHAT:
            users.setdefault(event.literal_name, []).append(event)
    types = {trigger.id: trigger.type for trigger in container.of("trigger")}
    for name, events in users.items():
        other = f" and {count(len(events) - 1, 'other tag')}" if len(events) > 1 else ""
        yield Finding(
            RULE,
            events[0].name_route,
            f"GA4 sends '{name}' by itself for {_WHAT[name]}, unless the data stream's enhanced "
            f"measurement is off: with {events[0].tag.words}{other} they count double or mix",
            hint=f"choose another name, such as '{AUTOMATIC[name]}', or switch that one off",
            severity=_severity(name, events, types),
        )
    yield from _page_views(container, analytics)


def _severity(name: str, events: list[Event], types: Mapping[str, str]) -> Severity:
    """A player that is not YouTube's may well use these names: that only mixes."""
    if not name.startswith("video_"):
        return Severity.WARNING
    used = {types.get(one, "") for event in events for one in firing(event.tag)}
    return Severity.WARNING if "YOU_TUBE_VIDEO" in used else Severity.NOTE


def _page_views(container: Container, analytics: Analytics) -> Iterator[Finding]:
    sending: dict[str, GoogleTag] = {}
    for tag in analytics.google_tags:
        if tag.page_view:
            sending.setdefault(tag.destination, tag)
    every_page = stage(container)
    for event in analytics.events:
        google_tag = sending.get(event.destination)
        if event.literal_name != "page_view" or google_tag is None:
            continue
        # Another trigger may send the views that a page without reload makes.
        if any(one in every_page for one in firing(event.tag)):
            yield Finding(
                RULE,
                event.name_route,
                f"{google_tag.tag.words} sends 'page_view' by itself, {event.tag.words} sends it "
                "once more on each page",
                hint="remove this tag, or set send_page_view to false in the Google tag",
            )
