"""A GA4 event is to carry ecommerce data, and its name does not let it.

"Send Ecommerce data" works for the 14 ecommerce events only; on any other name the tag sends
nothing of it. An ``items`` parameter is left out of other events, too.

Before::

    eventName = order_complete, sendEcommerceData = true

After::

    eventName = purchase, sendEcommerceData = true

Source: the GA4 event tag of GTM, and what it sends: measured on its runtime, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.gtm.google_analytics import analytics_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

_BARE = {name.replace("_", ""): name for name in ECOMMERCE_EVENTS}

RULE = Rule(
    "TK477",
    "ga4-ecommerce-not-sent",
    Severity.WARNING,
    "ecommerce data on a GA4 event that takes none",
)


def check(container: Container) -> Iterator[Finding]:
    """Each tag with a name that is written out."""
    for event in analytics_of(container).events:
        name = event.literal_name
        if not name or name in ECOMMERCE_EVENTS:
            continue
        offer = _BARE.get(name.replace("_", "").lower())
        hint = (
            f"write '{offer}'"
            if offer
            else "choose an ecommerce event, or send single values as parameters"
        )
        ecommerce = event.tag.parameter("sendEcommerceData")
        if ecommerce is not None and ecommerce.value == "true":
            yield Finding(
                RULE,
                ecommerce.value_route,
                f"{event.tag.words} sends no ecommerce data: '{name}' is no ecommerce event",
                hint=hint,
            )
            continue
        items = next((row for row in event.own if row.name == "items"), None)
        # A misspelt name is said by another rule.
        if items is not None and not offer:
            yield Finding(
                RULE,
                items.name_route,
                f"{event.tag.words} does not send 'items': '{name}' is no ecommerce event",
                hint=hint,
            )
