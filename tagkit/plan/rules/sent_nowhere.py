"""A conversion that is sent nowhere.

Before::

    - {use: share, google_analytics: false, meta_pixel: false}

After: leave it out, or leave out one of the two.

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK224", "sent-nowhere", Severity.WARNING, "a conversion that is sent nowhere")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the entry."""
    for conversion in plan.conversions:
        if conversion.ga4 is None and conversion.meta is None:
            yield Finding(
                RULE,
                conversion.route,
                f"'{conversion.id}' is sent nowhere, so nothing is built for it",
                hint="leave it out, or send it to GA4 or Meta",
            )
