"""A value or a currency, written as it is, that Meta's tools complain about.

The value of an event is a number: of "from 50 zł" Meta takes nothing.
fbevents.js knows 49 currencies and warns in the console of a Purchase in any other, although Meta's
servers take all of ISO 4217.

Before::

    meta_pixel: {event: Lead, properties: {value: from 50 zł}}

After::

    meta_pixel: {event: Lead, properties: {value: 50}}

Source: Meta, Events Manager diagnostics (invalid value); fbevents.js 2.9.203, its currencies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.currencies import FBEVENTS, ISO_4217
from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.meta_events import literal_of, meta_events
from tagkit.values import Defaulted, Typed, ValueType
from tagkit.words import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, MetaEvent, Parameter, Resolved

RULE = Rule(
    "TK243", "meta-money", Severity.NOTE, "a value or currency that Meta's tools complain about"
)

_NUMBER = r"[+-]?[0-9]+(\.[0-9]+)?"  # fbevents.js asks this of a Purchase; few write one as text


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the value, or at the currency: the shop's once for all."""
    said = set()
    for conversion, meta in meta_events(plan):
        sent = conversion.ga4.parameters if conversion.ga4 else ()
        for parameter in meta.properties:
            if parameter.name == "value" and parameter not in sent:  # of the others, TK231 speaks
                yield from _worth(parameter)
        code, at = _unknown_currency(conversion, meta, plan.business.currency)
        if code and at not in said:
            said.add(at)
            yield Finding(
                RULE, at, f"fbevents.js does not know {code} and warns of it in the console",
                hint="leave it: a Purchase counts all the same, Meta's servers take the code",
            )  # fmt: skip


def _worth(parameter: Parameter) -> Iterator[Finding]:
    value = literal_of(parameter)
    if value is None:
        return
    if isinstance(value, bool) or not _is_number(value, parameter):
        yield Finding(
            RULE, parameter.route,
            f"the value {show(value)} is not a number, Meta takes none of it",
            hint="write a number, such as 12.5, and the currency beside it",
            severity=Severity.WARNING,
        )  # fmt: skip


def _is_number(value: object, parameter: Parameter) -> bool:
    if not isinstance(value, str):
        return True
    source = parameter.source
    if isinstance(source, Typed) and source.type in (ValueType.NUMBER, ValueType.INTEGER):
        return any(c.isdecimal() for c in value)  # made a number on the page
    return re.fullmatch(_NUMBER, value) is not None


def _unknown_currency(conversion: Conversion, meta: MetaEvent, shops: str) -> tuple[str, Route]:
    """The code that a Purchase is sent with, when fbevents.js has it not, and where it is said."""
    if not meta.standard or meta.name != "Purchase":
        return "", ()
    for parameter in meta.properties:
        if parameter.name == "currency":
            source = parameter.source
            inner = source.source if isinstance(source, Typed) else source
            default = isinstance(inner, Defaulted)
            code = inner.default if isinstance(inner, Defaulted) else literal_of(parameter)
            if not isinstance(code, str) or code not in ISO_4217 or code in FBEVENTS:
                return "", ()
            if code == shops and (default or not parameter.route):
                return code, ("business", "currency")
            return code, parameter.route or (*conversion.route, "currency")
    return "", ()
