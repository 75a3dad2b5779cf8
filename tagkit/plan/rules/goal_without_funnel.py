"""A macro-conversion that no funnel leads to.

Without a step before the goal a plan can say how many visitors reach it, but not where the others
turn back.

Before::

    macro_conversions: [purchase]
    micro_conversions: [newsletter_signup, phone_click]

After::

    macro_conversions: [purchase]
    micro_conversions: [view_item, add_to_cart, begin_checkout, newsletter_signup, phone_click]

One of your own is a step by ``role: funnel`` and ``step``.

Source: our own rule. A plan that is a bare list of ids is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import Kind
from tagkit.plan.written import in_funnel
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK255",
    "goal-without-funnel",
    Severity.NOTE,
    "a macro-conversion that no funnel leads to",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the first macro-conversion."""
    goals = [c for c in plan.conversions if c.kind is Kind.MACRO and isinstance(c.route[0], str)]
    micros = [c for c in plan.conversions if c.kind is Kind.MICRO]
    if not goals or any(map(in_funnel, micros)):
        return
    more = f" and {count(len(goals) - 1, 'other')}" if len(goals) > 1 else ""
    yield Finding(
        RULE,
        goals[0].route,
        f"no step of a funnel leads to '{goals[0].id}'{more}",
        hint="give the micro-conversions that come before it role: funnel and a step, "
        "or add view_item, add_to_cart, begin_checkout",
    )
