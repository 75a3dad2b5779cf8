"""Two conversions at the same place of the funnel.

Whoever reads the funnel cannot tell which of the two comes first, and a report over it counts one
step twice. An entry of the catalog has a place of its own unless you give it another
(``tagkit catalog add_to_cart`` says which).

Before::

    micro_conversions:
      - add_to_cart                     # the catalog: step 2
      - {id: size_guide, role: funnel, step: 2, trigger: {click: .size-guide}}

After::

    micro_conversions:
      - {use: add_to_cart, step: 3}
      - {id: size_guide, role: funnel, step: 2, trigger: {click: .size-guide}}

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.written import in_funnel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Resolved

RULE = Rule(
    "TK252", "same-step", Severity.WARNING, "two conversions at the same place of the funnel"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at a ``step`` that the author wrote; the other conversion is related."""
    first: dict[int, Conversion] = {}
    for conversion in filter(in_funnel, plan.conversions):
        if conversion.step is None:
            continue
        other = first.setdefault(conversion.step, conversion)
        here, there = conversion, other
        if "step" not in here.said:
            here, there = there, here
        if other is conversion or "step" not in here.said:
            continue
        yield Finding(
            RULE,
            (*here.route, "step"),
            f"'{there.id}' is step {here.step} of the funnel already",
            hint="give each step a number of its own; 'step' changes that of a catalog entry too",
            related=((there.route, f"'{there.id}' is here"),),
        )
