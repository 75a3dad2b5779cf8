"""A standard event that Meta does not have.

``track`` with an unknown name is sent as a custom event: nothing warns, and campaigns that
optimise for the standard event never see it. GA4's names are not Meta's.

Before::

    meta_pixel: {event: AddToKart}

After::

    meta_pixel: {event: AddToCart}     # or custom: MyOwnName

Source: Meta Pixel reference; fbevents.js: "You are sending a non-standard event".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import nearest
from tagkit.pixel.standard_events import STANDARD_EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK302", "unknown-standard-event", Severity.ERROR, "a standard event that Meta does not have"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name."""
    for conversion in plan.conversions:
        meta = conversion.meta
        if meta is None or meta.named_by is not None:
            continue
        if meta.standard and meta.name not in STANDARD_EVENTS:
            close = nearest(meta.name, STANDARD_EVENTS)
            own = f"for an event of your own write custom: {meta.name}"
            yield Finding(
                RULE, (*conversion.route, "meta_pixel", "event"),
                f"Meta has no standard event '{meta.name}'",
                hint=f"{close} {own}" if close else own,
            )  # fmt: skip
