"""A property name that audience and custom conversion rules cannot name.

Meta takes any text as the name of a parameter of your own, but one with a space cannot be used in
the rules of an audience. Other signs than letters, digits, '_', '-' and '.' Meta does not document.

Before::

    meta_pixel: {custom: GuideOpened, properties: {guide name: {click: text}}}

After::

    meta_pixel: {custom: GuideOpened, properties: {guide_name: {click: text}}}

Source: Meta, conversion tracking ("Custom properties": keys without spaces).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.meta_events import for_meta_alone, meta_events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK241", "meta-property-key", Severity.WARNING, "a property name that Meta's rules cannot name"
)

_ODD = r"[^\w.-]+"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the property's key."""
    for conversion, meta in meta_events(plan):
        for parameter in meta.properties:
            odd = re.search(_ODD, parameter.name)
            # of what GA4 gets, too, it is said that GA4 drops it
            if not odd or (plan.ga4 and conversion.ga4 and not for_meta_alone(parameter)):
                continue
            plain = re.sub(_ODD, "_", parameter.name.strip()).strip("_")
            yield Finding(
                RULE, parameter.route,
                f"the name '{parameter.name}' has a space, Meta's audience rules cannot use it"
                if " " in odd[0]
                else f"the name '{parameter.name}' has '{odd[0][0]}', which Meta does not document",
                hint=f"write '{plain}'" if plain else "use letters, digits and '_'",
                at_key=True,
                severity=None if " " in odd[0] else Severity.NOTE,
            )  # fmt: skip
