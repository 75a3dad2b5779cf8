"""A table of GA4 parameters has one name twice, and only the last is sent.

Before::

    method = email, method = {{Form ID}}

After::

    method = email, form_id = {{Form ID}}

Source: the GA4 event tag of GTM makes one object of its rows, later ones win (measured, 2026-11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.google_analytics import analytics_of
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Row

RULE = Rule("TK473", "ga4-parameter-twice", Severity.WARNING, "a GA4 parameter is given twice")


def check(container: Container) -> Iterator[Finding]:
    """Each row whose name stood in its table before; the same value again is a note."""
    seen: dict[tuple[Route, str, str], Row] = {}
    for row in analytics_of(container).rows:
        if not row.literal_name:
            continue
        first = seen.setdefault((row.entity.route, row.table, row.literal_name), row)
        if first is row:
            continue
        same = first.value == row.value
        yield Finding(
            RULE,
            row.name_route,
            f"{row.entity.words} gives '{row.literal_name}' twice"
            + ("" if same else f": {quoted(row.value)} is sent, {quoted(first.value)} is not"),
            hint="remove one of the two" if same else "remove one, or give it another name",
            related=((first.name_route, "the first"),),
            severity=Severity.NOTE if same else None,
        )
