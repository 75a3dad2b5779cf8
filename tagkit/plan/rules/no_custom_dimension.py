"""A parameter of which GA4 lets nobody make a custom dimension.

GA4 takes the parameter, and it is in no report: names of visitors' and clicks' ids (gclid, uid,
session_id …) cannot be registered as custom dimensions.

Before::

    parameters: {gclid: {cookie: _gcl_aw}}

After: leave it out. Google reads its click ids by itself; the id of a signed-in customer goes into
``user_id``::

    google_analytics: {event_parameters: {user_id: {data_layer: customer.id}}}

Source: support.google.com/analytics/answer/13316687 (names that custom dimensions cannot have).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import NO_DIMENSION
from tagkit.plan.leaves import sent_to_ga4

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK235",
    "no-custom-dimension",
    Severity.NOTE,
    "a parameter of which GA4 lets nobody make a custom dimension",
)
_CUSTOMERS = frozenset({"customer_id", "customerid", "uid", "userid"})


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the parameter's key; each name once."""
    said = set()
    for parameter in sent_to_ga4(plan):
        name = parameter.name
        if name in NO_DIMENSION and name not in said:
            said.add(name)
            yield Finding(
                RULE, parameter.route,
                f"GA4 takes '{name}', but lets nobody make a custom dimension of it",
                hint="the id of a signed-in customer goes into 'user_id', in event_parameters"
                if name in _CUSTOMERS
                else "leave it out: GA4 knows sessions and Google's clicks by itself",
                at_key=True,
            )  # fmt: skip
