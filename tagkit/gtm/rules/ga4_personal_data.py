"""A GA4 tag sends what tells who a visitor is.

Google forbids data that identifies a person in events, user properties and page addresses, hashed
or not, and may delete the data of the property. User-provided data has a way of its own.

Before::

    {"type": "TEMPLATE", "key": "parameter", "value": "customer_email"}

After::

    no such row; "Include user-provided data" and a User-Provided Data variable, where it is needed

Source: support.google.com/analytics/answer/6366371 (avoid sending personal data), 14077171.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.google_analytics import analytics_of, is_user_data
from tagkit.gtm.visitors import is_of_the_site
from tagkit.personal_data import address_in, looks_like
from tagkit.words import count, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.google_analytics import Row

RULE = Rule("TK499", "ga4-personal-data", Severity.WARNING, "a GA4 tag sends personal data")

_VARIABLE = re.compile(r"\{\{([^{}\r\n]+)\}\}")
_OF_A_LINK = frozenset({"an e-mail address", "a phone number"})
_CLICKED = re.compile(r"click|call|tap|klik", re.IGNORECASE)
_NAMED_BY = {"v": "name", "k": "name", "j": "name", "u": "queryKey", "d": "elementSelector"}
_FIELD = re.compile(r"type=['\"]?(email|tel|password)\b")
_ATTRIBUTE = re.compile(r"(?:name|id)[*^$~|]?=['\"]?([\w-]+)|[#]([\w-]+)")
# The address of a business, not of a visitor.
_OFFICE = re.compile(
    r"(?:info|office|contact|kontakt|biuro|hello|sales|support|shop|sklep|noreply|no-reply)@",
    re.IGNORECASE,
)


def check(container: Container) -> Iterator[Finding]:
    """One finding for each tag or settings variable, those that send the same together."""
    variables = {variable.name: variable for variable in container.of("variable")}
    analytics = analytics_of(container)
    found: dict[Route, list[tuple[Row, str]]] = {}
    for row in analytics.rows:
        if not is_user_data(row.name) and (what := _what(row, variables)):
            found.setdefault(row.entity.route, []).append((row, what))
    alike: dict[tuple[str, ...], list[Row]] = {}
    for sent in found.values():
        parts = tuple(f"'{row.name}' is {what}" for row, what in sent)
        alike.setdefault(parts, []).append(sent[0][0])
    for parts, rows in alike.items():
        more = f" and {count(len(rows) - 1, 'other')}" if len(rows) > 1 else ""
        yield Finding(
            RULE,
            rows[0].name_route,
            f"{rows[0].entity.words}{more} {'send' if more else 'sends'} what looks like personal "
            f"data, Google forbids it: {some(parts)}",
            hint="remove it; a User-Provided Data variable is Google's way for it",
            severity=Severity.NOTE if analytics.by_server else None,
        )


def _what(row: Row, variables: Mapping[str, Entity]) -> str:
    """What a row sends of a person, and how one sees it; empty when nothing."""
    address = address_in(row.value)
    if address and not _OFFICE.match(address):
        return f"an e-mail address ('{address}')"
    references = _VARIABLE.findall(row.value)
    for reference in references:
        variable = variables.get(reference)
        if variable is not None and (what := _source(variable)):
            return f"{what} (from {variable.words})"
    # A literal is the same for all visitors, and tells of none of them.
    if all(is_of_the_site(one, variables.get(one)) for one in references):
        return ""
    what = looks_like(row.literal_name)
    if what in _OF_A_LINK and _CLICKED.search(_event_name(row.entity)):
        return ""
    return what


def _event_name(tag: Entity) -> str:
    found = tag.parameter("eventName")
    return found.value if found else ""


def _source(variable: Entity) -> str:
    """What a variable reads of a person, by the name of what it reads."""
    key = _NAMED_BY.get(variable.type)
    parameter = variable.parameter(key) if key else None
    if parameter is None or "{{" in parameter.value:
        return ""
    if variable.type != "d":
        return looks_like(parameter.value)
    if field := _FIELD.search(parameter.value):
        return looks_like(field[1])
    if "input" not in parameter.value:
        return ""
    named = _ATTRIBUTE.search(parameter.value)
    return looks_like(named[1] or named[2]) if named else ""
