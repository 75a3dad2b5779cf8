"""A recommended event of GA4 without what it is about.

GA4 has reports of its own for the events it recommends. Without the parameter that such a report is
made of, the event is counted and the report stays empty. Ecommerce events are not meant: their tags
send the shop's ecommerce object, and value, currency and items with it.

Before::

    - {id: searched, trigger: {event: searched}, google_analytics: {event: search}}

After::

    - id: searched
      trigger: {event: searched}
      parameters: {search_term: {url: query.q}}
      google_analytics: {event: search}

Source: developers.google.com/analytics/devguides/collection/ga4/reference/events (required).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.ga4.recommended import REQUIRED
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK229",
    "required-parameter",
    Severity.WARNING,
    "a recommended event of GA4 without what it is about",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name, or at the conversion it comes from."""
    shared = {p.name for p in plan.ga4.event_parameters} if plan.ga4 else set()
    for conversion in plan.conversions:
        ga4 = conversion.ga4
        if ga4 is None or ga4.name not in REQUIRED or ga4.name in ECOMMERCE_EVENTS:
            continue
        sent = shared | {parameter.name for parameter in ga4.parameters}
        missing = [f"'{name}'" for name in REQUIRED[ga4.name] if name not in sent]
        if missing:
            yield Finding(
                RULE, (*conversion.route, "google_analytics", "event"),
                f"GA4's event '{ga4.name}' is of no use to its reports without {both(missing)}",
                hint=f"add {both(missing)} to 'parameters'",
            )  # fmt: skip
