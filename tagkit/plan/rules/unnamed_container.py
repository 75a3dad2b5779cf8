"""A Shopify shop whose custom pixel does not know which container to load.

GTM in a theme does not run in Shopify's checkout. ``shopify-pixel.js`` loads the same container
there, by its public ID. Without one in the plan the file has a placeholder, the checkout loads
nothing, and no order is counted.

Before::

    business: {name: Tea, platform: shopify}
    macro_conversions: [purchase]

After::

    business: {name: Tea, platform: shopify}
    container: {public_id: GTM-ABC1234}
    macro_conversions: [purchase]

Source: our own rule; how the file works: ``docs/shopify-checkout.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import ContainerIds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK316",
    "unnamed-container",
    Severity.WARNING,
    "a Shopify shop whose custom pixel does not know which container to load",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the platform, once."""
    heard = [c.id for c in plan.conversions if c.customer_events and not c.paused]
    if heard and plan.container.public_id == ContainerIds().public_id:
        yield Finding(
            RULE,
            ("business", "platform"),
            f"'shopify-pixel.js' does not know the container, so '{heard[0]}' is not counted",
            hint="write 'container: {public_id: GTM-…}', the ID that stands in the GTM snippet",
        )
