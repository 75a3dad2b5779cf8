"""More of something than a GA4 property has room for.

A property has 50 custom dimensions for event parameters (and 50 custom metrics for those that are
numbers), takes 25 user properties and marks 30 events as key events. A parameter without a
dimension is in no report; a user property over the limit is not logged.

Before: a plan in which 60 parameters each serve one conversion.

After: conversions share parameters (``link_name``, ``form_id``), or use those that GA4 knows
by itself (``content_type``, ``method``, ``link_text``).

Source: support.google.com/analytics/answer/9267744 (user properties), 12229021 (custom dimensions
and metrics), 9267568 (key events); standard properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.recommended import (
    CUSTOM_DIMENSIONS,
    CUSTOM_METRICS,
    KEY_EVENTS,
    KNOWN_PARAMETERS,
    USER_DIMENSIONS,
)
from tagkit.plan.leaves import sent_to_ga4
from tagkit.values import Literal, ValueType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Parameter, Resolved

RULE = Rule(
    "TK232",
    "ga4-quota",
    Severity.WARNING,
    "more of something than a GA4 property has room for",
)
_SHARE = "let conversions share parameters, or use GA4's own (content_type, method, link_text)"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the first that is too many; one finding of each sort."""
    if plan.ga4 is None:
        return
    words: dict[str, Route] = {}
    numbers: dict[str, Route] = {}
    for parameter in sent_to_ga4(plan):
        if parameter.name not in KNOWN_PARAMETERS:
            kind = numbers if _is_number(parameter) else words
            kind.setdefault(parameter.name, parameter.route)
    numbers = {name: route for name, route in numbers.items() if name not in words}
    properties = {p.name: p.route for p in plan.ga4.user_properties}
    key_events: dict[str, Route] = {}
    for conversion in plan.conversions:
        if conversion.ga4 and conversion.ga4.key_event:
            place = (*conversion.route, "google_analytics", "key_event")
            key_events.setdefault(conversion.ga4.name, place)
    for routes, most, things, room, hint in (
        (words, CUSTOM_DIMENSIONS, "parameters of its own", " custom dimensions", _SHARE),
        (numbers, CUSTOM_METRICS, "numbers of its own", " custom metrics", _SHARE),
        (properties, USER_DIMENSIONS, "user_properties", "",
         "keep those that you compare visitors by"),
        (key_events, KEY_EVENTS, "key events", "",
         "keep key_event for the goals; every event is counted without it"),
    ):  # fmt: skip
        if len(routes) > most:
            yield Finding(
                RULE, list(routes.values())[most],
                f"the plan has {len(routes)} {things}, GA4 has room for {most}{room}",
                hint=hint, at_key=True,
            )  # fmt: skip


def _is_number(parameter: Parameter) -> bool:
    if parameter.type in (ValueType.NUMBER, ValueType.INTEGER):
        return True
    source = parameter.source
    said = source.value if isinstance(source, Literal) else None
    return isinstance(said, (int, float)) and not isinstance(said, bool)
