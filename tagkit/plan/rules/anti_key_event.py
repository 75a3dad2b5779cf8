"""An anti-conversion that GA4 counts as a key event.

A key event is a goal: reports add it up as success, and Google Ads bids for more of it. GA4 marks
events by their name, so an anti-conversion is a key event also when it shares the name of one.

Before::

    anti_conversions:
      - {use: payment_declined, google_analytics: {key_event: true}}

After::

    anti_conversions: [payment_declined]

Source: support.google.com/analytics/answer/9267568 (key events).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Resolved

RULE = Rule(
    "TK233",
    "anti-key-event",
    Severity.WARNING,
    "an anti-conversion that GA4 counts as a key event",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at ``key_event``, or at the name that is another's."""
    goals: dict[str, Conversion] = {}
    for conversion in plan.conversions:
        if conversion.kind is not Kind.ANTI and conversion.ga4 and conversion.ga4.key_event:
            goals.setdefault(conversion.ga4.name, conversion)
    for conversion in plan.conversions:
        ga4 = conversion.ga4
        if conversion.kind is not Kind.ANTI or ga4 is None:
            continue
        if conversion.catalog_kind not in (None, Kind.ANTI):
            continue  # it stands in the wrong list: TK215 says so
        if ga4.key_event:
            yield Finding(
                RULE, (*conversion.route, "google_analytics", "key_event"),
                f"'{conversion.id}' is an anti-conversion, as a key event GA4 counts it as success",
                hint="leave out key_event", at_key=True,
            )  # fmt: skip
        elif ga4.name in goals:
            goal = goals[ga4.name]
            yield Finding(
                RULE, (*conversion.route, "google_analytics", "event"),
                f"'{ga4.name}' is the key event of '{goal.id}', so GA4 counts this "
                "anti-conversion as success",
                hint="give this one an event name of its own",
                related=((goal.route, "the key event is here"),),
            )  # fmt: skip
