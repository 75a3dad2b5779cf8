"""A property whose name is almost one of Meta's.

Properties of your own are allowed, so nothing complains of ``content_id``: it is kept as such, and
catalogue ads and value optimisation find nothing under the name they read.

Before::

    fbq('track', 'ViewContent', {content_id: ['A1'], contentType: 'product'});

After::

    fbq('track', 'ViewContent', {content_ids: ['A1'], content_type: 'product'});

Source: Meta Pixel reference, object properties; Meta's guide to GTM for GA4's names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import EVENT_ID_KEYS, constants, meta_events, said
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.words import both, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.container import Container
    from tagkit.gtm.meta_tags import MetaEvent

RULE = Rule(
    "TK485", "meta-property-name", Severity.WARNING, "a property whose name is almost one of Meta's"
)

_NAMES = frozenset(name for names in STANDARD_EVENTS.values() for name in names)
# These make sense with any event: a name for it, and its value for campaigns that optimise for it.
_ANYWHERE = frozenset({"value", "currency", "content_name", "content_category"})
_PRODUCTS = ("content_ids", "contents")
_GA4 = {"items": "contents", "transaction_id": "order_id", "search_term": "search_string"}
_ALIKE = 0.9
_SHORTEST = 5


def check(container: Container) -> Iterator[Finding]:
    """Each name that is near one of Meta's, once per tag; the rest in one note."""
    known = constants(container)
    seen: set[tuple[str, str]] = set()
    elsewhere: dict[str, tuple[MetaEvent, list[str]]] = {}
    for event in meta_events(container):
        own = {sent.name for sent in event.properties}
        for sent in event.properties:
            key = (event.tag.id or event.tag.name, sent.name)
            if key in seen or sent.name in EVENT_ID_KEYS:
                continue
            seen.add(key)
            meant = _meant(sent.name)
            if meant and meant not in own:
                yield Finding(
                    RULE,
                    sent.name_route,
                    f"{event.tag.words} sends the property {quoted(sent.name)}, "
                    f"which Meta takes for one of your own; its name for that is '{meant}'",
                    hint=f"write {meant}",
                    severity=Severity.NOTE if sent.name in _GA4 or event.custom else None,
                )
        name = said(event.name, known)
        if name in STANDARD_EVENTS and name not in elsewhere and not event.custom:
            odd = sorted(own & _unread(name))
            if odd:
                elsewhere[name] = (event, odd)
    yield from _elsewhere(elsewhere)


def _elsewhere(found: Mapping[str, tuple[MetaEvent, list[str]]]) -> Iterator[Finding]:
    if not found:
        return
    said_of = both([f"{both(odd)} with {name}" for name, (_, odd) in found.items()])
    event = next(iter(found.values()))[0]
    yield Finding(
        RULE,
        event.route,
        f"{event.tag.words} and the other Meta tags send {said_of}"
        if len(found) > 1
        else f"{event.tag.words} sends {said_of}",
        hint="Meta lists such properties for other events only; leave them if you use them",
        severity=Severity.NOTE,
    )


def _unread(name: str) -> frozenset[str]:
    listed = STANDARD_EVENTS[name]
    about_products = {"content_type"} if any(key in listed for key in _PRODUCTS) else set()
    return _NAMES - _ANYWHERE - set(listed) - about_products


@lru_cache(maxsize=512)
def _meant(name: str) -> str:
    if name in _NAMES:
        return ""
    if name in _GA4:
        return _GA4[name]
    bare = _bare(name)
    for known in sorted(_NAMES):
        if _bare(known) == bare:
            return known
    if len(name) < _SHORTEST or name[-1].isdecimal() or name == "content":
        return ""

    from difflib import SequenceMatcher

    for known in sorted(_NAMES):
        if SequenceMatcher(None, name.lower(), known).ratio() >= _ALIKE:
            return known
    return ""


def _bare(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
