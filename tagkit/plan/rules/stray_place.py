"""A place in the funnel for something that has none there.

``step`` is the place of a conversion on the way to the goal; a secondary one stands beside the
way, and an anti-conversion says by ``at`` which step it belongs to. ``at`` says nothing elsewhere.

Before::

    anti_conversions:
      - {use: form_error, step: 3}

After::

    anti_conversions:
      - {use: form_error, at: begin_checkout}

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import Kind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK269", "stray-place", Severity.NOTE, "a place in the funnel for something that has none there"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the key."""
    for conversion in plan.conversions:
        anti = conversion.kind is Kind.ANTI
        if "step" in conversion.said and (anti or conversion.role is Role.SECONDARY):
            yield Finding(
                RULE,
                (*conversion.route, "step"),
                f"'{conversion.id}' is an anti-conversion, it has no step of its own"
                if anti
                else f"'{conversion.id}' is secondary, so it is no step of the funnel",
                hint="write at: with the id of the step where it happens"
                if anti
                else "write role: funnel, or leave the step out",
                at_key=True,
            )
        if "at" in conversion.said and not anti:
            yield Finding(
                RULE,
                (*conversion.route, "at"),
                f"'{conversion.id}' is no anti-conversion, so 'at' says nothing",
                hint="write step: for its own place in the funnel",
                at_key=True,
            )
