"""A Purchase without its value.

``value`` and ``currency`` are the only things that Meta requires of any event: a Purchase without
them counts, but has no revenue, no return on ad spend, and cannot be optimised for.

Before::

    - {id: order, trigger: {event: order}, meta_pixel: {event: Purchase}}

After::

    - id: order
      trigger: {event: order}
      parameters:
        value: {ecommerce: value, type: number}
        currency: {ecommerce: currency, type: currency}
      meta_pixel: {event: Purchase}

Source: Meta Pixel reference, Purchase; fbevents.js 2.9.203: "Required parameter 'value' is missing
for event 'Purchase'".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.meta_events import meta_events, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK242", "purchase-without-value", Severity.WARNING, "a Purchase without its value")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name. A value without a currency is said of any event."""
    for conversion, meta in meta_events(plan):
        if not meta.standard or meta.name != "Purchase":
            continue
        names = {parameter.name for parameter in meta.properties}
        if "value" in names:
            continue
        wanted = ["value: {ecommerce: value, type: number}"]
        if "currency" not in names:
            wanted.append("currency: {ecommerce: currency, type: currency}")
        mine = conversion.catalog_id == "purchase"
        catalog = "leave 'properties' out" if mine else "write use: purchase"
        yield Finding(
            RULE, place_of(conversion, meta),
            f"'{conversion.id}' sends Purchase without a value, which Meta requires",
            hint=f"add {' and '.join(wanted)} to what it sends, or {catalog}",
        )  # fmt: skip
