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
from tagkit.ga4.names import (
    USER_PROPERTIES,
    USER_PROPERTY_LENGTH,
    in_form,
    shortened,
    user_property_problem,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK211", "user-property-name", Severity.ERROR, "a user property name that GA4 drops")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the property's key."""
    for parameter in plan.ga4.user_properties if plan.ga4 else ():
        if problem := user_property_problem(parameter.name):
            yield Finding(
                RULE, parameter.route, f"GA4 drops the user property '{parameter.name}': {problem}",
                hint=_instead(parameter.name), at_key=True,
            )  # fmt: skip


def _instead(name: str) -> str:
    if name in USER_PROPERTIES:
        return f"choose another, such as '{shortened(f'shop_{name}', USER_PROPERTY_LENGTH)}'"
    named = in_form(name, USER_PROPERTY_LENGTH)
    return f"write '{named}'" if named else "choose another name"
