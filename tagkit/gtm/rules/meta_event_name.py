"""An event name that Meta does not take for what it is meant to be.

``track`` is for Meta's standard events. Any other name is sent as a custom event, which no
campaign that optimises for the standard one ever sees; GA4's names are not Meta's. A custom event
has a name, of at most 50 characters; one that is called like a standard event is counted as that.

Before::

    fbq('track', 'add_to_cart');

After::

    fbq('track', 'AddToCart');

Source: Meta Pixel reference; fbevents.js: "You are sending a non-standard event"; Meta, conversion
tracking (50 characters); recorded behaviour of fbevents.js 2.9.203.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import constants, meta_events, said
from tagkit.nearest import closest
from tagkit.pixel.standard_events import CUSTOM_NAME_LENGTH, STANDARD_EVENTS
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.meta_tags import MetaEvent

RULE = Rule(
    "TK479",
    "meta-event-name",
    Severity.WARNING,
    "an event name that Meta does not take for what it is meant to be",
)

# Names that fbevents.js takes with track, although they are no events of a site.
_LEGACY = ("CustomEvent", "PixelInitialized")
# Meta's guide to GTM: GA4's name -> Meta's, where spelling does not tell.
_GA4 = {
    "begin_checkout": "InitiateCheckout",
    "generate_lead": "Lead",
    "view_item": "ViewContent",
    "sign_up": "CompleteRegistration",
}


def check(container: Container) -> Iterator[Finding]:
    """Each literal name, once per tag."""
    known = constants(container)
    seen: set[tuple[str, str, str]] = set()
    for event in meta_events(container):
        name = said(event.name, known)
        key = (event.tag.id or event.tag.name, event.command, name or "")
        if name is None or key in seen:
            continue
        seen.add(key)
        yield from _custom(event, name) if event.custom else _standard(event, name)


def _standard(event: MetaEvent, name: str) -> Iterator[Finding]:
    if name in STANDARD_EVENTS or name in _LEGACY:
        return
    if not name.strip():
        yield _nameless(event)
        return
    close = _GA4.get(name) or closest(name, STANDARD_EVENTS)
    custom = "trackSingleCustom" if event.pixel else "trackCustom"
    own = f"an event of your own is sent with '{custom}'"
    yield Finding(
        RULE,
        event.route,
        f"{event.tag.words} sends {quoted(name)} as a standard event, but Meta has none of that "
        "name: it arrives as a custom event",
        hint=f"did you mean '{close}'? {own}" if close else own,
    )


def _custom(event: MetaEvent, name: str) -> Iterator[Finding]:
    if not name.strip():
        yield _nameless(event)
    elif len(name) > CUSTOM_NAME_LENGTH:
        yield Finding(
            RULE,
            event.route,
            f"the custom event {quoted(name)} of {event.tag.words} has {len(name)} characters, "
            f"Meta takes {CUSTOM_NAME_LENGTH}",
            hint=f"shorten it, for instance '{name[:CUSTOM_NAME_LENGTH]}'",
        )
    elif name in STANDARD_EVENTS and not event.template:  # the templates see that themselves
        yield Finding(
            RULE,
            event.route,
            f"{event.tag.words} sends '{name}' as a custom event: it is counted as the standard "
            "event, but not checked as one",
            hint=f"write '{event.command.removesuffix('Custom')}' for '{event.command}'",
            severity=Severity.NOTE,
        )


def _nameless(event: MetaEvent) -> Finding:
    return Finding(
        RULE,
        event.route,
        f"{event.tag.words} sends an event without a name",
        hint="name one of Meta's standard events, or one of your own with 'trackCustom'",
    )
