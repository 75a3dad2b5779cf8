"""A GA4 event has a value without a currency or the reverse, or one that GA4 cannot read.

GA4 counts money only where it knows the currency, a code of ISO 4217 in capitals. A value is a
number with a point: "12,50" is a text.

Before::

    value = 12,50, currency = zł

After::

    value = 12.50, currency = PLN

Source: Google's validator of events (ga-dev-tools: "value present: currency required", the form of
currency, numbers); texts stay texts: measured on GTM's runtime, 2026-11.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.currencies import ISO_4217
from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.recommended import REQUIRED
from tagkit.gtm.google_analytics import analytics_of
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container
    from tagkit.gtm.google_analytics import Analytics, Event, Row

RULE = Rule("TK474", "ga4-value-currency", Severity.WARNING, "value and currency of a GA4 event")

_NUMBER = re.compile(r"\s*-?[0-9]+(?:\.[0-9]+)?\s*")
_COMMA = re.compile(r"-?[0-9]+,[0-9]{1,2}")
_AMOUNT = re.compile(r"\W*+(?:[A-Za-z]{3}\s*+|zł\s*+)?\W*+[0-9]")
_NUMBERS = frozenset({"value", "tax", "shipping"})
_MONEY = frozenset({"generate_lead", *(n for n, keys in REQUIRED.items() if "currency" in keys)})


def check(container: Container) -> Iterator[Finding]:
    """What is written out and cannot be read, then each event that has one of the two."""
    analytics = analytics_of(container)
    said: set[Route] = set()
    for row in analytics.rows:
        value, route = analytics.written(row.value, row.value_route)
        if row.table == "userProperties" or not value.strip() or route in said:
            continue
        if problem := _unreadable(row.literal_name, value):
            said.add(route)
            yield Finding(
                RULE,
                route,
                f"'{row.literal_name}' of {row.entity.words} is {quoted(value)}, {problem[0]}",
                hint=problem[1],
                # Some call a word of their own "value"; that may be meant.
                severity=Severity.NOTE
                if row.literal_name == "value" and not _money(value)
                else None,
            )
    yield from _one_of_two(analytics)


def _unreadable(name: str, value: str) -> tuple[str, str] | None:
    if name == "currency" and value.strip() not in ISO_4217:
        code = value.strip().upper()
        hint = f"write '{code}'" if code in ISO_4217 else "write the code, such as 'EUR'"
        return "no currency code of ISO 4217", hint
    if name in _NUMBERS and not _NUMBER.fullmatch(value) and (name == "value" or _money(value)):
        number = value.strip().replace(",", ".")
        good = _COMMA.fullmatch(value.strip())
        return "no number", f"write '{number}'" if good else "write a number, such as '12.50'"
    return None


def _money(text: str) -> bool:
    """Whether it begins as an amount does: "12,50", "zł 12", "1 200"."""
    return _AMOUNT.match(text) is not None


def _one_of_two(analytics: Analytics) -> Iterator[Finding]:
    everywhere = {row.name for tag in analytics.google_tags for row in tag.rows}
    unknown = any(tag.open for tag in analytics.google_tags)
    for event in analytics.events:
        if event.open or event.ecommerce or not event.literal_name:
            continue
        rows: dict[str, Row] = {row.name: row for row in (*event.shared, *event.own)}
        named = rows.keys() | everywhere
        if "value" in rows and "currency" not in named and not unknown:
            yield _finding(event, rows["value"])
        elif "currency" in rows and "value" not in named and event.literal_name in _MONEY:
            yield Finding(
                RULE,
                rows["currency"].name_route,
                f"{event.tag.words} sends a currency without a value",
                hint="add a row 'value', or take the currency out",
                severity=Severity.NOTE,
            )


def _finding(event: Event, row: Row) -> Finding:
    money = event.literal_name in _MONEY
    return Finding(
        RULE,
        row.name_route,
        f"{event.tag.words} sends a value without a currency"
        + (", GA4 counts no money for it" if money else ": if it is money, GA4 does not count it"),
        hint="add a row 'currency'" if money else "add a row 'currency', or choose another name",
        severity=None if money else Severity.NOTE,
    )
