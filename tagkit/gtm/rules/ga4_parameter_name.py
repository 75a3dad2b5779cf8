"""A parameter or user property has a name that GA4 drops.

The event arrives, what was sent under this name does not: names are letters, digits and
underscores, a letter first, 40 characters (user properties 24), without Google's own beginnings.

Before::

    {"type": "TEMPLATE", "key": "parameter", "value": "Form name"}

After::

    {"type": "TEMPLATE", "key": "parameter", "value": "form_name"}

Source: support.google.com/analytics/answer/9267744; Measurement Protocol reference, reserved names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import (
    PARAMETER_LENGTH,
    USER_PROPERTY_LENGTH,
    in_form,
    parameter_problem,
    user_property_problem,
)
from tagkit.ga4.recommended import KNOWN_PARAMETERS
from tagkit.gtm.google_analytics import analytics_of, is_user_data
from tagkit.words import count, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Row

RULE = Rule("TK470", "ga4-parameter-name", Severity.WARNING, "GA4 drops a parameter by its name")

# Settings of the library are no parameters, and have names of many forms.
_SETTINGS = frozenset({"configSettingsTable", "fieldsToSet"})


def check(container: Container) -> Iterator[Finding]:
    """One finding for each name that is written out."""
    users: dict[tuple[str, bool], list[Row]] = {}
    for row in analytics_of(container).rows:
        if row.table not in _SETTINGS and row.literal_name and not is_user_data(row.literal_name):
            users.setdefault((row.literal_name, row.table == "userProperties"), []).append(row)
    for (name, of_user), rows in users.items():
        problem = user_property_problem(name) if of_user else parameter_problem(name)
        # Of letters of other languages Google's help page says yes, its validator no.
        if not problem or not (name.isascii() or "characters" in problem):
            continue
        kind = "user property" if of_user else "parameter"
        more = f" and in {count(len(rows) - 1, 'other place')}" if len(rows) > 1 else ""
        yield Finding(
            RULE,
            rows[0].name_route,
            f"GA4 drops the {kind} {quoted(name)} (in {rows[0].entity.words}{more}): {problem}",
            hint=_hint(name, of_user=of_user),
        )


def _hint(name: str, *, of_user: bool) -> str:
    offered = in_form(name, USER_PROPERTY_LENGTH if of_user else PARAMETER_LENGTH)
    # What is left without Google's beginning may be a name of Google's, too.
    if user_property_problem(offered) if of_user else offered in KNOWN_PARAMETERS:
        offered = f"site_{offered}"
    return f"write '{offered}'" if offered else "give it another name"
