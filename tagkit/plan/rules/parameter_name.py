"""An event parameter name that GA4 drops.

GA4 drops a parameter, not the event, when its name has more than 40 characters, other characters
than letters, digits and underscores, or a beginning that Google keeps for itself.

Before::

    parameters: {"Guide name": {click: text}}

After::

    parameters: {guide_name: {click: text}}

Source: support.google.com/analytics/answer/9267744; Measurement Protocol reference, reserved names.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import in_form, parameter_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK210", "parameter-name", Severity.ERROR, "an event parameter name that GA4 drops")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the parameter's key."""
    if plan.ga4 is None:
        return
    own = [c.ga4.parameters for c in plan.conversions if c.ga4]
    for parameter in chain(plan.ga4.event_parameters, *own):
        if problem := parameter_problem(parameter.name):
            name = in_form(parameter.name)
            yield Finding(
                RULE, parameter.route, f"GA4 drops the parameter '{parameter.name}': {problem}",
                hint=f"write '{name}'" if name else "choose another name", at_key=True,
            )  # fmt: skip
