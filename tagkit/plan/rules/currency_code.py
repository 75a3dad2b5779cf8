"""A currency that is no currency code.

GA4 and Meta convert amounts by the code of ISO 4217. A value with another one is counted as no
money at all, or as an amount of money that nobody can add up.

Before::

    business: {name: Tea House, currency: PNL}

After::

    business: {name: Tea House, currency: PLN}

Source: ISO 4217; Google's event builder (currency: three capital letters).
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tagkit.currencies import ISO_4217
from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.leaves import leaves, sent_to_ga4
from tagkit.plan.scope import text_of
from tagkit.values import Literal, ValueType
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Parameter, Resolved

RULE = Rule("TK230", "currency-code", Severity.WARNING, "a currency that is no currency code")

_OTHER_NAMES = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "DEM": "EUR", "FRF": "EUR", "HRK": "EUR",
    "LTL": "EUR", "SKK": "EUR", "£": "GBP", "STG": "GBP", "ZŁ": "PLN", "ZL": "PLN", "PLZ": "PLN",
    "ZŁOTY": "PLN", "ZLOTY": "PLN", "$": "USD", "US$": "USD", "KČ": "CZK", "RMB": "CNY",
    "CNH": "CNY", "RUR": "RUB", "BYR": "BYN", "ROL": "RON", "TRL": "TRY", "VEF": "VES",
}  # fmt: skip


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the code."""
    business = plan.business.currency
    if business and business not in ISO_4217:
        yield _finding(business, ("business", "currency"))
    to_meta = (c.meta.properties for c in plan.conversions if c.meta)
    for parameter in chain(sent_to_ga4(plan), chain.from_iterable(to_meta)):
        yield from _in(parameter, business)


def _in(parameter: Parameter, business: str) -> Iterator[Finding]:
    for leaf in leaves(parameter):
        made = leaf.type or parameter.type
        if parameter.name != "currency" and made is not ValueType.CURRENCY:
            continue
        if not isinstance(leaf.source, Literal) or leaf.source.value == (business or None):
            continue
        code = text_of(leaf.source.value)
        sent = "".join(code.split()).upper() if leaf.type is ValueType.CURRENCY else code
        if sent not in ISO_4217:
            yield _finding(code, leaf.route)


def _finding(code: str, route: Route) -> Finding:
    meant = _meant(code.strip().upper())
    hint = f"write '{meant}'" if meant else "write a code of ISO 4217, such as PLN or EUR"
    return Finding(RULE, route, f"{quoted(code)} is no currency code", hint=hint)


def _meant(code: str) -> str:
    """The code that was probably meant; empty when it could be many."""
    if code in ISO_4217:
        return code
    letters = sorted(code)
    twisted = [known for known in sorted(ISO_4217) if sorted(known) == letters]
    return _OTHER_NAMES.get(code) or (twisted[0] if len(twisted) == 1 else "")
