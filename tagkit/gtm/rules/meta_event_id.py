"""An event id that Meta never gets, or that all events share.

The id is for de-duplication with the Conversions API. fbq reads ``eventID`` from its last argument;
among the properties it is a property like any other. ``trackSingle`` reads only that spelling. And
an id that is always the same tells no event from another: which one the server sent, too, Meta
cannot know.

Before::

    fbq('track', 'Lead', {eventID: {{Event ID}}});

After::

    fbq('track', 'Lead', {}, {eventID: {{Event ID}}});

Source: recorded behaviour of fbevents.js 2.9.203; diagnostics of Events Manager ("same event ID
received for many event instances").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import EVENT_ID_KEYS, constants, meta_events, said
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK482",
    "meta-event-id",
    Severity.WARNING,
    "an event id that Meta never gets, or that all share",
)


def check(container: Container) -> Iterator[Finding]:
    """Each id in the wrong place, of the wrong spelling, or constant; once per tag."""
    known = constants(container)
    seen: set[tuple[str, str]] = set()
    for event in meta_events(container):
        words = event.tag.words
        lost = [sent for sent in event.properties if sent.name in EVENT_ID_KEYS]
        constant = said(event.event_id, known)
        route = event.route
        if lost and event.event_id is None:
            route = lost[0].name_route
            message = (
                f"{words} passes '{lost[0].name}' among the properties, where Meta does not read it"
            )
            hint = "pass it in an argument of its own after the properties: {eventID: …}"
            if event.template:
                hint = "write it in the template's own field for the event ID"
        elif event.pixel and event.options and "event_id" in event.options:
            if "eventID" in event.options:
                continue
            message = f"{words} passes 'event_id' to {event.command}, which reads only 'eventID'"
            hint = "write eventID"
        elif constant and constant not in {"null", "undefined"}:
            message = f"{words} sends each event with the same event id, {quoted(constant)}"
            hint = "use a variable that is new for each event, such as the server's id of the event"
        else:
            continue
        key = (event.tag.id or event.tag.name, message)
        if key not in seen:
            seen.add(key)
            yield Finding(RULE, route, message, hint=hint)
