"""Items on an event that GA4 takes no items from.

GA4's tag sends ``items`` with its own ecommerce events only; on any other event they are dropped
without a word.

Before::

    - {id: quote, trigger: {event: quote}, parameters: {items: {data_layer: lines, type: items}}}

After: name one of GA4's events (``google_analytics: {event: add_to_wishlist}``), or send what you
need of the items as parameters of their own.

Source: measured on Google's runtime, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.values import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK223", "items-not-sent", Severity.WARNING, "items on an event that GA4 takes no items from"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the parameter's key."""
    for conversion in plan.conversions:
        ga4 = conversion.ga4
        if ga4 is None or ga4.name in ECOMMERCE_EVENTS:
            continue
        for parameter in ga4.parameters:
            if parameter.type is ValueType.ITEMS:
                yield Finding(
                    RULE,
                    parameter.route,
                    f"GA4 takes no items with '{ga4.name}', so it drops '{parameter.name}'",
                    hint="items go with GA4's own ecommerce events, such as add_to_wishlist",
                    at_key=True,
                )
