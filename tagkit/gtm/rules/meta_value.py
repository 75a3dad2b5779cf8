"""A value that is no number, or a currency that is none.

Meta wants a plain number with a decimal point, 0 or more, and a currency of ISO 4217. The browser
sends the rest all the same, and Meta does not count it.

Before::

    fbq('track', 'Purchase', {value: '12,50 zł', currency: 'zł'});

After::

    fbq('track', 'Purchase', {value: 12.5, currency: 'PLN'});

Source: fbevents.js 2.9.203 (the pattern of numbers, its list of currencies, messages INVALID_PARAM
and NEGATIVE_EVENT_PARAM); diagnostics of Events Manager; ISO 4217.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.currencies import FBEVENTS, ISO_4217
from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.fbq_calls import LITERAL
from tagkit.gtm.meta_tags import constants, meta_events, said
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.meta_tags import MetaEvent, Property

RULE = Rule(
    "TK481", "meta-value", Severity.WARNING, "a value that is no number, or a currency that is none"
)

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")  # that of fbevents.js
_WORDS = ("true", "false", "null", "undefined", "NaN")


def check(container: Container) -> Iterator[Finding]:
    """Each literal value and currency of an event."""
    known = constants(container)
    seen: set[tuple[str, str, str]] = set()
    for event in meta_events(container):
        for sent in event.properties:
            text = said(sent.value, known)
            key = (event.tag.id or event.tag.name, sent.name, text or "")
            if text is None or key in seen:
                continue
            seen.add(key)
            if sent.name == "value" and not event.custom:
                yield from _value(event, sent, text)
            elif sent.name == "currency" and text not in _WORDS:
                yield from _currency(event, sent, text, said(event.name, known) == "Purchase")


def _value(event: MetaEvent, sent: Property, text: str) -> Iterator[Finding]:
    if text.startswith("-") and _NUMBER.fullmatch(text):
        yield Finding(
            RULE,
            sent.value_route,
            f"{event.tag.words} sends the negative value {text}",
            hint="Meta counts values of 0 and more",
        )
        return
    if sent.value.kind == LITERAL and text not in _WORDS:
        return  # a number as JavaScript writes it
    if not _NUMBER.fullmatch(text):
        yield Finding(
            RULE,
            sent.value_route,
            f"{event.tag.words} sends the value {quoted(text)}, which is no number",
            hint="write a number with a point and without a currency, such as 12.5",
        )


def _currency(event: MetaEvent, sent: Property, text: str, purchase: bool) -> Iterator[Finding]:  # noqa: FBT001
    code = text.upper()
    if code not in ISO_4217 | FBEVENTS:
        yield Finding(
            RULE,
            sent.value_route,
            f"{event.tag.words} sends the currency {quoted(text)}, which is no code of ISO 4217",
            hint="write three letters, such as 'EUR'",
        )
    elif purchase and code not in FBEVENTS:
        yield Finding(
            RULE,
            sent.value_route,
            f"{event.tag.words} sends '{code}': the browser library warns of this currency, "
            "Meta's servers take it",
            hint="nothing to do; it explains the warning in the console",
            severity=Severity.NOTE,
        )
