"""Conversions that no page of the plan's platform shows surely: the shop has to push them.

The catalog knows how PrestaShop, WooCommerce, Magento and Shopify show most conversions. For a few
there is no honest way: Shopify has no wish list of its own, say, and each app's is another. The
shop then pushes the data layer event that ``tagkit catalog ID`` prints; until it does, little or
nothing is counted.

Before::

    business: {name: Tea, platform: shopify}
    micro_conversions: [add_to_wishlist]

After: push the event in the shop, or write a trigger of your own.

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK306",
    "platform-unknown",
    Severity.NOTE,
    "conversions that no page of the plan's platform shows surely: the shop has to push them",
)
_SHOWN = 6


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the platform, once."""
    platform = plan.business.platform
    ids = [c.id for c in plan.conversions if c.needs_push]
    if ids and platform != "generic":
        shown = ", ".join(ids[:_SHOWN]) + (f" and {len(ids) - _SHOWN} more" if ids[_SHOWN:] else "")
        yield Finding(
            RULE,
            ("business", "platform"),
            f"on {platform}, no page shows these surely, the shop has to push them: {shown}",
            hint="'tagkit catalog ID' prints what to push and when",
        )
