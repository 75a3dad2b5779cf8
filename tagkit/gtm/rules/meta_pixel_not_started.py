"""Meta events of a pixel that nothing in the container starts.

An event that is sent before ``fbq('init', …)`` is lost, and fbq itself is missing until the base
code has run. The base code may stand in the page itself, so no base tag at all is only a note;
``trackSingle`` to a pixel that is not among those which are started, and a base tag that fires
after its event tags, are worse.

Before::

    fbq('init', '1111111111111111');
    fbq('trackSingle', '2222222222222222', 'Lead');

After::

    fbq('init', '1111111111111111');
    fbq('init', '2222222222222222');
    fbq('trackSingle', '2222222222222222', 'Lead');

Source: recorded behaviour of fbevents.js 2.9.203 ("Pixel … not found"; an event before any init is
lost); the order of GTM's page events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.meta_tags import constants, meta_events, pixel_starts, said
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.meta_tags import MetaEvent, Start

RULE = Rule(
    "TK489",
    "meta-pixel-not-started",
    Severity.WARNING,
    "Meta events of a pixel that nothing in the container starts",
)

# GTM's page events in their order.
_MOMENTS = {"CONSENT_INIT": 0, "INIT": 1, "PAGEVIEW": 2, "DOM_READY": 3, "WINDOW_LOADED": 4}
_SYSTEM = {"2147479572": 0, "2147479573": 1, "2147479553": 2}


def check(container: Container) -> Iterator[Finding]:
    """Events without any start, events of a pixel without one, events before it."""
    events = [event for event in meta_events(container) if not event.template]
    if not events:
        return
    starts = list(pixel_starts(container))
    if not starts:
        events = [event for event in events if event.sure]  # window.fbq && fbq(…) knows of it
        if not events:
            return
        tags = {event.tag.id or event.tag.name for event in events}
        others = f", and so {_do(len(tags) - 1)}" if len(tags) > 1 else ""
        yield Finding(
            RULE,
            events[0].route,
            f"{events[0].tag.words} sends Meta events{others}, but no tag of this container starts "
            "the pixel",
            hint="add the base tag (fbq('init', …)), unless the page itself holds Meta's base code",
            severity=Severity.NOTE,
        )
        return
    yield from _unknown(container, events, starts)
    yield from _early(container, events, starts)


def _do(number: int) -> str:
    return f"{'does' if number == 1 else 'do'} {count(number, 'other tag')}"


def _unknown(
    container: Container, events: list[MetaEvent], starts: list[Start]
) -> Iterator[Finding]:
    known = constants(container)
    started = {said(start.pixel, known) for start in starts}
    if None in started:
        return
    seen: set[tuple[str, str]] = set()
    for event in events:
        pixel = said(event.pixel, known)
        key = (event.tag.id or event.tag.name, pixel or "")
        if pixel is None or pixel in started or key in seen:
            continue
        seen.add(key)
        yield Finding(
            RULE,
            event.route,
            f"{event.tag.words} sends to pixel {pixel}, which no tag of this container starts",
            hint=f"add fbq('init', '{pixel}') to the base tag",
        )


def _early(container: Container, events: list[MetaEvent], starts: list[Start]) -> Iterator[Finding]:
    moments = _moments(container)
    first: list[int] = []
    for start in starts:
        fires = _fires(start.tag, moments)
        if not fires or None in fires:
            return
        first.append(min(moment for moment in fires if moment is not None))
    names = {start.tag.name for start in starts}
    seen: set[str] = set()
    for event in events:
        fires = _fires(event.tag, moments)
        setup = {text(mapping(one).get("tagName")) for one in items(event.tag.data.get("setupTag"))}
        key = event.tag.id or event.tag.name
        if not event.sure or key in seen or setup & names or event.tag.name in names:
            continue
        if not fires or None in fires:
            continue
        if max(moment for moment in fires if moment is not None) < min(first):
            seen.add(key)
            yield Finding(
                RULE,
                event.route,
                f"{event.tag.words} fires before {starts[0].tag.words}, which starts the pixel",
                hint="let the base tag fire on All Pages, or as a setup tag of the event tag",
            )


def _moments(container: Container) -> Mapping[str, int | None]:
    """The page event of each trigger that fires on one; None for those of other kinds."""
    found: dict[str, int | None] = dict(_SYSTEM)
    for trigger in container.of("trigger"):
        found[trigger.id] = _MOMENTS.get(trigger.type)
    return found


def _fires(tag: Entity, moments: Mapping[str, int | None]) -> list[int | None]:
    return [moments.get(id_text(trigger)) for trigger in items(tag.data.get("firingTriggerId"))]
