"""A user property name that GA4 drops.

At most 24 characters, letters, digits and underscores, none of Google's own names.

Before::

    user_properties: {customer_lifetime_value_band: {data_layer: customer.band}}

After::

    user_properties: {customer_value_band: {data_layer: customer.band}}

Source: support.google.com/analytics/answer/9267744, 13316687.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.rules.ga4_event_name import in_form, shortened
from tagkit.plan.rules.parameter_name import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK211", "user-property-name", Severity.ERROR, "a user property name that GA4 drops")

LENGTH = 24
PREFIXES = ("_", "firebase_", "ga_", "google_")
RESERVED = frozenset(
    {
        "cid", "customer_id", "customerid", "first_open_after_install", "first_open_time",
        "first_visit_time", "last_advertising_id_reset", "last_deep_link_referrer",
        "last_gclid", "lifetime_user_engagement", "non_personalized_ads", "session_id",
        "session_number", "sessionid", "sfmc_id", "sid", "uid", "user_id", "userid",
    }
)  # fmt: skip


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the property's key."""
    for parameter in plan.ga4.user_properties if plan.ga4 else ():
        problem = problem_of(parameter.name, LENGTH, PREFIXES)
        if parameter.name in RESERVED:
            problem = "it is one of Google's own"
        if problem:
            yield Finding(
                RULE, parameter.route, f"GA4 drops the user property '{parameter.name}': {problem}",
                hint=_instead(parameter.name), at_key=True,
            )  # fmt: skip


def _instead(name: str) -> str | None:
    if name in RESERVED:
        return f"choose another, such as '{shortened(f'shop_{name}', LENGTH)}'"
    return f"write '{in_form(name, LENGTH)}'" if in_form(name) else None
