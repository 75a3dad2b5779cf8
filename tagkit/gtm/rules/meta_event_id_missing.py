"""Some Meta events pass an event id, others do not.

Where a server sends the same events, Meta keeps one of two by the id they share. An event without
one is counted twice when the server sends it, too.

Before::

    fbq('track', 'Lead', {}, {eventID: {{Event ID}}});
    fbq('track', 'Purchase', {value: {{Value}}, currency: 'EUR'});

After::

    fbq('track', 'Purchase', {value: {{Value}}, currency: 'EUR'}, {eventID: {{Event ID}}});

Source: Meta, deduplicate pixel and server events. That most tags of the container pass an id is
taken as a sign that the rest was forgotten; a few of many may be the ones the server sends, which
is only a note. PageView is left out: few servers send it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import EVENT_ID_KEYS, constants, meta_events, said
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.meta_tags import MetaEvent

RULE = Rule(
    "TK483",
    "meta-event-id-missing",
    Severity.WARNING,
    "some Meta events pass an event id, others do not",
)

_SEVERAL = 2


def check(container: Container) -> Iterator[Finding]:
    """The first tag without an id, and how many there are; a warning when they are the fewer."""
    known = constants(container)
    with_id: set[str] = set()
    without: dict[str, MetaEvent] = {}
    names: set[str] = set()
    for event in meta_events(container):
        tag, name = event.tag.id or event.tag.name, said(event.name, known)
        if name == "PageView":
            continue
        if event.event_id is not None:
            with_id.add(tag)
            names |= {name} if name else set()
        elif not any(sent.name in EVENT_ID_KEYS for sent in event.properties):  # TK482 says that
            without.setdefault(tag, event)
    # A branch for when there is no id is no tag without one.
    forgotten = [event for tag, event in without.items() if tag not in with_id]
    if not forgotten or not with_id:
        return
    first = forgotten[0]
    more = len(forgotten) - 1
    others = f", as {'does' if more == 1 else 'do'} {count(more, 'other tag')}" if more else ""
    same = any(said(event.name, known) in names for event in forgotten)
    most = len(with_id) >= _SEVERAL and len(with_id) > len(forgotten)
    name = said(first.name, known)
    sends = f"'{name}'" if name else "events"
    yield Finding(
        RULE,
        first.route,
        f"{first.tag.words} sends {sends} without an event id{others}, "
        f"while {count(len(with_id), 'tag')} of this container "
        f"{'passes' if len(with_id) == 1 else 'pass'} one",
        hint="pass {eventID: …} after the properties wherever your server sends the event, too",
        severity=Severity.WARNING if same or most else Severity.NOTE,
    )
