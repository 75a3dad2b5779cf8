"""A number is missing between the steps of the funnel.

A step that is not there is either forgotten, or its number is a slip.

Before::

    micro_conversions:
      - {id: offer_seen, step: 1, trigger: {element_visible: "#offer"}}
      - {id: offer_asked, step: 3, trigger: {form_submit: "#offer form"}}

After: ``step: 2``, or the conversion between them.

Source: our own rule. Between two entries of the catalog that keep their own places nothing is
missing: not every shop measures every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.written import in_funnel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK253", "funnel-gap", Severity.NOTE, "a number is missing between the funnel's steps")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the step behind the gap, or before it where only that one was written."""
    steps = {c.step: c for c in filter(in_funnel, plan.conversions) if c.step is not None}
    written = {
        c.step: c for c in filter(in_funnel, plan.conversions) if c.step and "step" in c.said
    }
    if len(steps) < 2:  # noqa: PLR2004 - one step is no funnel
        return
    before = 0
    for step in sorted(steps):
        place = written.get(step) or written.get(before)
        if step > before + 1 and place is not None:
            first, last = before + 1, step - 1
            gap = f"step {first}" if first == last else f"steps {first} to {last}"
            yield Finding(
                RULE,
                (*place.route, "step"),
                f"the funnel has a step {step}, but no {gap}",
                hint="count the steps from 1 without a gap",
            )
        before = step
