"""More parameters on an event than GA4 takes.

An event has at most 25 parameters; what is over is not logged, and nothing says which they were.
Those that go with every event count, value and currency too; items do not.

Before: 20 ``event_parameters`` and 10 of the conversion's own.

After: what only some conversions need goes to their own ``parameters``, and what Meta alone needs
to ``meta_pixel: {properties: …}``.

Source: support.google.com/analytics/answer/9267744 (event collection limits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.recommended import PARAMETERS_PER_EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK228",
    "too-many-parameters",
    Severity.WARNING,
    "more parameters on an event than GA4 takes",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the shared parameters when they are too many already, else at each conversion's."""
    if plan.ga4 is None:
        return
    shared = {parameter.name for parameter in plan.ga4.event_parameters}
    if len(shared) > PARAMETERS_PER_EVENT:
        yield Finding(
            RULE, ("google_analytics", "event_parameters"),
            f"every event gets {len(shared)} parameters, GA4 takes {PARAMETERS_PER_EVENT} "
            "and drops the rest",
            hint="give those that not every event needs to the conversions that do", at_key=True,
        )  # fmt: skip
        return
    for conversion in plan.conversions:
        if conversion.ga4 is None:
            continue
        sent = (shared | {p.name for p in conversion.ga4.parameters}) - {"items"}
        if len(sent) > PARAMETERS_PER_EVENT:
            with_all = f" ({len(shared)} of them go with every event)" if shared else ""
            yield Finding(
                RULE, (*conversion.route, "parameters"),
                f"'{conversion.id}' sends {len(sent)} parameters{with_all}, "
                f"GA4 takes {PARAMETERS_PER_EVENT} and drops the rest",
                hint="leave some out; what only Meta needs goes to meta_pixel: {properties: …}",
                at_key=True,
            )  # fmt: skip
