"""An anti-conversion at a place that the funnel does not have.

``at`` says at which step of the funnel the anti-conversion stands in the way. A name that is no
step of this plan says nothing.

Before::

    micro_conversions: [view_item, add_to_cart]
    anti_conversions:
      - {use: coupon_refused, at: checkout}

After::

    micro_conversions: [view_item, add_to_cart, begin_checkout]
    anti_conversions:
      - {use: coupon_refused, at: begin_checkout}

Source: our own rule. The goal itself (a macro-conversion) is the end of the funnel and may be
named. What a catalog entry says by itself is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import nearest
from tagkit.plan.model import Kind
from tagkit.plan.written import in_funnel
from tagkit.words import some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK254",
    "unknown-place",
    Severity.WARNING,
    "an anti-conversion at a place that the funnel does not have",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at ``at``."""
    known = {conversion.id: conversion for conversion in plan.conversions}
    steps = [c.id for c in plan.conversions if in_funnel(c) or c.kind is Kind.MACRO]
    for conversion in plan.conversions:
        if conversion.kind is not Kind.ANTI or "at" not in conversion.said:
            continue
        at = conversion.at or ""
        place = known.get(at)
        if place is None:
            yield Finding(
                RULE,
                (*conversion.route, "at"),
                f"no conversion of this plan has the id '{at}'",
                hint=nearest(at, steps) or f"name a step of the funnel: {some(steps)}"
                if steps
                else "give the conversions that come before it role: funnel and a step",
            )
        elif not in_funnel(place) and place.kind is not Kind.MACRO:
            yield Finding(
                RULE,
                (*conversion.route, "at"),
                f"'{at}' is no step of the funnel",
                hint="name one that is, or give this one role: funnel and a step"
                if place.kind is Kind.MICRO
                else "name the step of the funnel where it happens",
                related=((place.route, f"'{at}' is here"),),
            )
