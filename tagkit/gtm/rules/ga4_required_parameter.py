"""A recommended GA4 event goes without the parameters its reports are made of.

A purchase without items or transaction_id is counted, but not in the reports of products, and
twice when the page is loaded again; a search without search_term tells nothing.

Before::

    eventName = purchase, sendEcommerceData = false

After::

    eventName = purchase, sendEcommerceData = true, getEcommerceDataFrom = dataLayer

Source: developers.google.com/analytics/devguides/collection/ga4/reference/events; Google's
validator of events (ga-dev-tools).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.ga4.recommended import REQUIRED
from tagkit.gtm.google_analytics import analytics_of
from tagkit.words import both, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Analytics, Event

RULE = Rule(
    "TK476",
    "ga4-required-parameter",
    Severity.WARNING,
    "a recommended GA4 event without a parameter it needs",
)

# Expected, not required: without a value the event counts, and its money does not.
_EXPECTED = frozenset({"value", "currency"})


def check(container: Container) -> Iterator[Finding]:
    """One finding for each tag that lacks what is required; what is expected once for the file."""
    poor: list[Event] = []
    for event, missing in _incomplete(analytics_of(container)):
        needed = [key for key in missing if key not in _EXPECTED]
        if not needed:
            poor.append(event)
            continue
        yield Finding(
            RULE,
            event.name_route,
            f"{event.tag.words} sends '{event.name}' without "
            + both([f"'{key}'" for key in needed]),
            hint=_hint(event, needed),
        )
    if poor:
        more = f" and {count(len(poor) - 1, 'other ecommerce tag')}" if len(poor) > 1 else ""
        yield Finding(
            RULE,
            poor[0].name_route,
            f"{poor[0].tag.words}{more} {'send' if more else 'sends'} no value and no currency",
            hint=_hint(poor[0], ["value", "currency"]),
            severity=Severity.NOTE,
        )


def _incomplete(analytics: Analytics) -> Iterator[tuple[Event, list[str]]]:
    """The events that lack something, and nothing else can bring it."""
    if any(tag.open for tag in analytics.google_tags):
        return
    everywhere = {row.name for tag in analytics.google_tags for row in tag.rows}
    for event in analytics.events:
        name = event.literal_name
        if event.open or name not in REQUIRED or (event.ecommerce and name in ECOMMERCE_EVENTS):
            continue
        rows = (*event.shared, *event.own)
        if any("{{" in row.name for row in rows):
            continue
        named = everywhere | {row.name for row in rows}
        missing = [key for key in REQUIRED[name] if key not in named]
        # A value without currency, and the reverse, are said by another rule.
        if missing and not (_EXPECTED.issuperset(missing) and named & _EXPECTED):
            yield event, missing


def _hint(event: Event, missing: list[str]) -> str:
    rows = f"the row{'' if len(missing) == 1 else 's'} " + both([f"'{key}'" for key in missing])
    if event.name in ECOMMERCE_EVENTS:
        return f"set sendEcommerceData to true, or add {rows}"
    return f"add {rows}"
