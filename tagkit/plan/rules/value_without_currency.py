"""A value without a currency.

GA4 and Meta ignore a value whose currency they do not know.

Before::

    business: {name: Tea House}
    micro_conversions:
      - {use: newsletter_signup, value: 2}

After::

    business: {name: Tea House, currency: PLN}

Source: Google's event builder ("value present: currency required"); Meta, standard events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK213", "value-without-currency", Severity.WARNING, "a value without a currency")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the value."""
    for conversion in plan.conversions:
        to_ga4 = conversion.ga4.parameters if conversion.ga4 else ()
        to_meta = conversion.meta.properties if conversion.meta else ()
        for sent in (to_ga4, to_meta):
            named = {parameter.name: parameter for parameter in sent}
            if "value" in named and "currency" not in named:
                yield Finding(
                    RULE, named["value"].route,
                    f"'{conversion.id}' sends a value without a currency, GA4 and Meta ignore it",
                    hint="add currency: PLN (or another) under 'business', or beside the value",
                )  # fmt: skip
                break
