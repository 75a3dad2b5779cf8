"""A text that is too long for GA4.

The value of a parameter has at most 100 characters (page_title 300, page_referrer 420,
page_location 1,000), that of a user property 36. A longer one does not arrive as it was written.

Before::

    parameters: {consent_text: "I have read and agree to the terms of …"}     # 140 characters

After::

    parameters: {consent_text: terms_2026}

Source: support.google.com/analytics/answer/9267744 (event collection limits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.recommended import (
    PARAMETER_VALUE_LENGTH,
    USER_PROPERTY_VALUE_LENGTH,
    VALUE_LENGTH,
)
from tagkit.plan.leaves import leaves, sent_to_ga4
from tagkit.values import Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Parameter, Resolved

RULE = Rule("TK239", "value-length", Severity.WARNING, "a text that is too long for GA4")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the text."""
    for parameter in sent_to_ga4(plan):
        most = VALUE_LENGTH.get(parameter.name, PARAMETER_VALUE_LENGTH)
        yield from _too_long(parameter, most)
    for parameter in plan.ga4.user_properties if plan.ga4 else ():
        yield from _too_long(parameter, USER_PROPERTY_VALUE_LENGTH)


def _too_long(parameter: Parameter, most: int) -> Iterator[Finding]:
    for leaf in leaves(parameter):
        said = leaf.source.value if isinstance(leaf.source, Literal) else None
        if isinstance(said, str) and len(said) > most:
            yield Finding(
                RULE, leaf.route,
                f"this text for '{parameter.name}' has {len(said)} characters, GA4 takes {most}",
                hint="send a short word for it",
            )  # fmt: skip
