"""A GA4 event name that Google drops.

An event whose name is longer than 40 characters, or holds other characters than letters, digits
and underscores, is not collected, and nothing says so.

Before::

    google_analytics: {event: clicked the big blue button}

After::

    google_analytics: {event: blue_button_click}

Source: support.google.com/analytics/answer/13316687 (event naming rules), 9267744 (limits).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import EVENT_LENGTH, EVENT_PREFIXES, FORM, in_form, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK206", "ga4-event-name", Severity.ERROR, "a GA4 event name that Google drops")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name, or at the conversion it comes from."""
    for conversion in plan.conversions:
        if conversion.ga4 is None or conversion.ga4.named_by is not None:
            continue
        name, route = conversion.ga4.name, (*conversion.route, "google_analytics", "event")
        if len(name) > EVENT_LENGTH:
            yield Finding(
                RULE, route,
                f"the GA4 event name '{name}' has {len(name)} characters, GA4 takes {EVENT_LENGTH}",
                hint=f"shorten it, for instance '{shortened(name, EVENT_LENGTH)}'",
            )  # fmt: skip
        elif not FORM.fullmatch(name) and not name.startswith(EVENT_PREFIXES):
            yield Finding(
                RULE, route,
                f"'{name}' is no GA4 event name: letters, digits and underscores, a letter first",
                hint=f"write '{in_form(name)}'" if in_form(name) else "choose another name",
            )  # fmt: skip
