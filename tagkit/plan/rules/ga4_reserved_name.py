"""A GA4 event name that is Google's own.

Some names GA4 keeps for itself and drops when they are sent (session_start, first_visit, error …).
Others it sends by itself, by "enhanced measurement": a tag of the same name counts double
(file_download, form_submit, scroll, click, video_*, view_search_results, page_view).

Before::

    - {id: pdf, trigger: {link_click: "a[href$='.pdf']"}, google_analytics: {event: file_download}}

After::

    - {id: pdf, trigger: {link_click: "a[href$='.pdf']"}, google_analytics: {event: download_click}}

Source: support.google.com/analytics/answer/13316687, 9216061 (enhanced measurement events).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import AUTOMATIC, EVENT_PREFIXES, NEVER, in_form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK207", "ga4-reserved-name", Severity.ERROR, "a GA4 event name that is Google's own")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name, or at the conversion it comes from."""
    for conversion in plan.conversions:
        if conversion.ga4 is None:
            continue
        name, route = conversion.ga4.name, (*conversion.route, "google_analytics", "event")
        if name in NEVER:
            yield Finding(
                RULE, route, f"GA4 keeps the event name '{name}' for itself and drops ours",
                hint=f"choose another, such as 'site_{name}'",
            )  # fmt: skip
        elif name in AUTOMATIC and not (
            name == "page_view" and plan.ga4 is not None and not plan.ga4.send_page_view
        ):
            yield Finding(
                RULE, route, f"GA4 sends '{name}' by itself, this one would count double",
                hint=f"choose another name, such as '{AUTOMATIC[name]}'",
            )  # fmt: skip
        elif name.startswith(EVENT_PREFIXES):
            prefix = next(prefix for prefix in EVENT_PREFIXES if name.startswith(prefix))
            yield Finding(
                RULE, route, f"GA4 keeps event names that start with '{prefix}' for itself",
                hint=f"write '{in_form(name) or 'my_event'}'",
            )  # fmt: skip
