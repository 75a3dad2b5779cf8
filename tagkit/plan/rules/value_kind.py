"""A number that GA4 gets as text, or below zero; items or a currency that are something else.

What is read from a page, a cookie or an address is text. GA4 keeps it as text: "12.50" is no value,
adds nothing to a sum and to no key event's worth. ``type: number`` makes it a number, also
"1 234,50 zł". A negative amount lowers the sums of the others, and Meta's pixel objects to it.

Before::

    parameters: {value: {css: .total}}

After::

    parameters: {value: {css: .total, type: number}}

Source: measured on Google's runtime, 2026-11 (a numeric text is sent as text); Google's event
builder (fields that are numbers); fbevents.js 2.9.203 (NEGATIVE_EVENT_PARAM).
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.leaves import leaves
from tagkit.values import BuiltIn, Clicked, Cookie, Element, Literal, Url, ValueType
from tagkit.words import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.leaves import Leaf
    from tagkit.plan.model import Parameter, Parameters, Resolved
    from tagkit.values import Scalar

RULE = Rule(
    "TK231",
    "value-kind",
    Severity.WARNING,
    "a number, items or a currency of another kind than GA4 takes",
)

_NUMBERS = ("value", "tax", "quantity", "price")
_NUMBERS_OF = {
    "purchase": ("shipping",),
    "refund": ("shipping",),
    "post_score": ("score", "level"),
    "level_up": ("level",),
}
"""Of some events; elsewhere the name can be a word's: shipping: express."""
_ALSO_WORDS = ("quantity", "price")
"""Of these a text can be meant, where it is asked for."""
_NUMERIC = (ValueType.NUMBER, ValueType.INTEGER)
_LIKE_NUMBER = r"\s*-?\d[\d\s.,]*+"
_NUMERIC_BUILT_INS = frozenset(
    {
        "error_line", "scroll_depth_threshold", "percent_visible", "on_screen_duration",
        "video_duration", "video_percent", "video_current_time", "container_version",
        "random_number",
    }
)  # fmt: skip
_MADE = {
    ValueType.STRING: "text",
    ValueType.NUMBER: "a number",
    ValueType.INTEGER: "a number",
    ValueType.BOOLEAN: "true or false",
    ValueType.CURRENCY: "a currency code",
    ValueType.ITEMS: "a list of items",
}


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the value; one finding per parameter."""
    if plan.ga4:
        yield from _of_all(plan.ga4.event_parameters, _NUMBERS)
    for conversion in plan.conversions:
        if ga4 := conversion.ga4:
            yield from _of_all(ga4.parameters, (*_NUMBERS, *_NUMBERS_OF.get(ga4.name, ())))
        for parameter in conversion.meta.properties if conversion.meta else ():
            if parameter.name in _NUMBERS:
                yield from islice(_below_zero(parameter), 1)


def _of_all(parameters: Parameters, numbers: tuple[str, ...]) -> Iterator[Finding]:
    for parameter in parameters:
        if parameter.name in numbers:
            yield from islice(chain(_below_zero(parameter), _no_number(parameter)), 1)
        elif parameter.name == "items":
            yield from islice(_no_items(parameter), 1)
        elif parameter.name == "currency":
            yield from islice(_no_currency(parameter), 1)


def _no_number(parameter: Parameter) -> Iterator[Finding]:
    name = parameter.name
    for leaf in leaves(parameter):
        if isinstance(leaf.source, Literal):
            yield from _no_number_written(name, leaf.source.value, leaf)
        elif leaf.type is None and _is_text(leaf):
            yield Finding(
                RULE, leaf.route, f"'{name}' is text here, GA4 adds up numbers only",
                hint="add type: number",
            )  # fmt: skip
        elif leaf.type not in (None, *_NUMERIC) and not (
            leaf.type is ValueType.STRING and name in _ALSO_WORDS
        ):
            yield _made(parameter, leaf, "a number", "number")


def _no_number_written(name: str, said: Scalar, leaf: Leaf) -> Iterator[Finding]:
    if isinstance(said, str) and re.fullmatch(_LIKE_NUMBER, said):
        if leaf.type not in _NUMERIC:
            message = f"'{name}' is the text {show(said)}, GA4 adds up numbers only"
            plain = "".join(said.split()).replace(",", ".")
            number = plain if plain.count(".") <= 1 else "a number, such as 12.5"
            yield Finding(RULE, leaf.route, message, hint=f"write {number}, without quotes")
    elif name == "value" and (isinstance(said, bool) or (isinstance(said, str) and said)):
        message = f"'{name}' is {show(said)}, GA4 takes a number"
        yield Finding(RULE, leaf.route, message, hint="write a number, such as 12.5")


def _no_items(parameter: Parameter) -> Iterator[Finding]:
    for leaf in leaves(parameter):
        if leaf.type not in (None, ValueType.ITEMS):
            yield _made(parameter, leaf, "a list of items", "items")
        elif leaf.type is None and (isinstance(leaf.source, Literal) or _is_text(leaf)):
            yield Finding(
                RULE, leaf.route, "'items' is a single value here, GA4 takes a list of items",
                hint="read the list from the data layer: items: {ecommerce: items, type: items}",
            )  # fmt: skip


def _no_currency(parameter: Parameter) -> Iterator[Finding]:
    for leaf in leaves(parameter):
        if leaf.type not in (None, ValueType.STRING, ValueType.CURRENCY):
            yield _made(parameter, leaf, "a currency code", "currency")


def _made(parameter: Parameter, leaf: Leaf, wanted: str, kind: str) -> Finding:
    assert leaf.type is not None  # noqa: S101 # its callers ask for a type
    return Finding(
        RULE, (*parameter.route, "type"),
        f"'{parameter.name}' is made into {_MADE[leaf.type]}, GA4 takes {wanted}",
        hint=f"write type: {kind}",
    )  # fmt: skip


def _is_text(leaf: Leaf) -> bool:
    if isinstance(leaf.source, BuiltIn):
        return leaf.source.name not in _NUMERIC_BUILT_INS
    return isinstance(leaf.source, (Element, Cookie, Url, Clicked))


def _below_zero(parameter: Parameter) -> Iterator[Finding]:
    for leaf in leaves(parameter):
        said = leaf.source.value if isinstance(leaf.source, Literal) else None
        if isinstance(said, (int, float)) and said < 0:
            yield Finding(
                RULE, leaf.route,
                f"'{parameter.name}' is below zero, which lowers what the others add up to",
                hint="write 0 or more; a conversion that is worth nothing needs no value",
            )  # fmt: skip
