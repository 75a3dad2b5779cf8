"""Conversions that the catalog cannot detect on the plan's platform yet.

They are detected as on any site: by links, forms, titles and the data layer events that GA4
recommends. What the platform does in a way of its own (PrestaShop's cart, say) is not seen; for
those the shop pushes the data layer event that ``tagkit catalog ID`` prints.

Before::

    business: {name: Tea, platform: magento}
    micro_conversions: [add_to_cart]

After: push the event in the shop's theme, or write a trigger of your own.

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
    "conversions that the catalog cannot detect on the plan's platform yet",
)
_SHOWN = 6


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the platform, once."""
    platform = plan.business.platform
    ids = [c.id for c in plan.conversions if c.detected_on not in ("", platform)]
    if ids:
        shown = ", ".join(ids[:_SHOWN]) + (f" and {len(ids) - _SHOWN} more" if ids[_SHOWN:] else "")
        yield Finding(
            RULE,
            ("business", "platform"),
            f"on {platform}, these are detected as on any site so far: {shown}",
            hint="'tagkit catalog ID' prints what the shop can push",
        )
