"""A GA4 event has more parameters than GA4 takes, or the file more than a property can report.

GA4 takes 25 parameters with an event and drops the rest, and takes 25 user properties. A property
has 50 custom dimensions for events: what is sent beyond them cannot be seen in its reports.

Before::

    26 rows in the event settings table of one tag

After::

    25 rows

Source: support.google.com/analytics/answer/9267744 (collection limits), 12229021 (dimensions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import parameter_problem, user_property_problem
from tagkit.ga4.recommended import (
    CUSTOM_DIMENSIONS,
    KNOWN_PARAMETERS,
    PARAMETERS_PER_EVENT,
    USER_DIMENSIONS,
)
from tagkit.gtm.google_analytics import analytics_of, is_user_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Analytics, Row

RULE = Rule("TK472", "ga4-limits", Severity.WARNING, "more parameters than GA4 takes")

# Some say that GA4 does not count these: to be sure, they are not counted here.
_UNCOUNTED = frozenset(
    {"page_location", "page_title", "page_referrer", "items", "transaction_id", "value",
     "currency", "send_to", "debug_mode", "user_id"}
)  # fmt: skip
_SETTINGS = frozenset({"configSettingsTable", "fieldsToSet"})


def check(container: Container) -> Iterator[Finding]:
    """Each event with too many, and the file as a whole."""
    analytics = analytics_of(container)
    for event in analytics.events:
        rows = (*event.shared, *event.own)
        names = {row.literal_name for row in rows if not is_user_data(row.literal_name)}
        counted = names - _UNCOUNTED - {""}
        if len(counted) > PARAMETERS_PER_EVENT:
            last = (event.own or event.shared)[-1]
            yield Finding(
                RULE,
                last.name_route,
                f"{event.tag.words} sends {len(counted)} parameters, GA4 takes "
                f"{PARAMETERS_PER_EVENT} with an event",
                hint=f"remove {len(counted) - PARAMETERS_PER_EVENT} of them",
            )
    yield from _of_the_property(analytics)


def _of_the_property(analytics: Analytics) -> Iterator[Finding]:
    own: dict[str, Row] = {}
    of_user: dict[str, Row] = {}
    for row in analytics.rows:
        name = row.literal_name
        if not name or row.table in _SETTINGS or is_user_data(name):
            continue
        if row.table == "userProperties":
            if not user_property_problem(name):
                of_user.setdefault(name, row)
        elif name not in KNOWN_PARAMETERS and not parameter_problem(name):
            own.setdefault(name, row)
    if len(own) > CUSTOM_DIMENSIONS:
        yield Finding(
            RULE,
            list(own.values())[CUSTOM_DIMENSIONS].name_route,
            f"the tags send {len(own)} different parameters of your own, a GA4 property has "
            f"{CUSTOM_DIMENSIONS} custom dimensions for events",
            hint="give one name to what is the same, and drop what no report needs",
            severity=Severity.NOTE,
        )
    if len(of_user) > USER_DIMENSIONS:
        yield Finding(
            RULE,
            list(of_user.values())[USER_DIMENSIONS].name_route,
            f"the tags send {len(of_user)} different user properties, GA4 takes {USER_DIMENSIONS}",
            hint=f"remove {len(of_user) - USER_DIMENSIONS} of them",
        )
