"""A product event of a shop that does not say which product.

Catalogue ads (Advantage+) show people the products that they looked at, put in the cart or bought.
They know them by ``content_ids`` or ``contents``; without, the event counts, but no ad can use it.

Before::

    - {id: product, trigger: {event: product}, meta_pixel: {event: ViewContent}}

After::

    - id: product
      trigger: {event: product}
      meta_pixel: {event: ViewContent, properties: {content_ids: {ecommerce: content_ids}}}

Source: Meta, Advantage+ catalogue ads ("required: content_ids or contents").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import bare
from tagkit.pixel.properties import OF_CATALOGUE, OTHER_NAMES
from tagkit.plan.meta_events import meta_events, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK248", "meta-without-content", Severity.NOTE, "a product event that names no product")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name. ViewContent alone may be any page, of a dentist's site, too."""
    sent = [(c, m) for c, m in meta_events(plan) if m.standard and m.name in OF_CATALOGUE]
    if len({meta.name for _, meta in sent}) == 1 and sent[0][1].name != "AddToCart":
        return
    for conversion, meta in sent:
        # a product under another name is said where it is written
        names = {OTHER_NAMES.get(p.name) or bare(p.name) for p in meta.properties}
        if names.isdisjoint(("content_ids", "contentids", "contents")):
            yield Finding(
                RULE, place_of(conversion, meta),
                f"'{conversion.id}' sends {meta.name} without content_ids or contents, "
                "catalogue ads cannot use it",
                hint="add content_ids: {ecommerce: content_ids}, contents: {ecommerce: contents}",
            )  # fmt: skip
