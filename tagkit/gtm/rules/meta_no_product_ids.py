"""A product event says no product.

Catalogue ads show people what they looked at or left in the cart: they match ``content_ids`` (or
the ids in ``contents``) with the catalogue. Without them ViewContent, AddToCart and Purchase count,
but no product is known. A site without a catalogue can leave it so: this speaks only where another
event of the container does say its products.

Before::

    fbq('track', 'ViewContent', {content_ids: {{Ids}}, content_type: 'product'});
    fbq('track', 'AddToCart', {value: {{Value}}, currency: 'EUR'});

After::

    fbq('track', 'ViewContent', {content_ids: {{Ids}}, content_type: 'product'});
    fbq('track', 'AddToCart', {content_ids: {{Ids}}, content_type: 'product',
                               value: {{Value}}, currency: 'EUR'});

Source: Meta, Advantage+ catalogue ads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import constants, meta_events, said
from tagkit.words import both, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.meta_tags import MetaEvent

RULE = Rule("TK493", "meta-no-product-ids", Severity.NOTE, "a product event says no product")

_EVENTS = ("ViewContent", "AddToCart", "Purchase")


def check(container: Container) -> Iterator[Finding]:
    """Once, at the first of them."""
    known = constants(container)
    events = list(meta_events(container))
    found = [
        event
        for event in events
        if said(event.name, known) in _EVENTS and not event.has("content_ids", "contents")
    ]
    if not found or not any(_says_products(event) for event in events):
        return
    names = {said(event.name, known) for event in found}
    tags = {event.tag.id or event.tag.name for event in found}
    others = f" and {count(len(tags) - 1, 'other tag')}" if len(tags) > 1 else ""
    send = "send" if others else "sends"
    yield Finding(
        RULE,
        found[0].route,
        f"{found[0].tag.words}{others} {send} {both([name for name in _EVENTS if name in names])} "
        "without content_ids or contents: catalogue ads cannot use that",
        hint="add content_ids, the ids of your catalogue, as another event has them",
    )


def _says_products(event: MetaEvent) -> bool:
    return any(sent.name in ("content_ids", "contents") for sent in event.properties)
