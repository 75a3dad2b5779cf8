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
from itertools import chain
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.leaves import leaves, sent_to_ga4
from tagkit.values import BuiltIn, Clicked, Cookie, Element, Literal, Url, ValueType
from tagkit.words import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.leaves import Leaf
    from tagkit.plan.model import Parameter, Resolved

RULE = Rule(
    "TK231",
    "value-kind",
    Severity.WARNING,
    "a number, items or a currency of another kind than GA4 takes",
)

_AMOUNTS = ("value", "tax", "shipping")
_NUMBERS = (*_AMOUNTS, "quantity", "price", "discount")
"""Of an event. Elsewhere a name such as score or level can be a word."""
_NUMERIC = (ValueType.NUMBER, ValueType.INTEGER)
_LIKE_NUMBER = re.compile(r"\s*-?\d[\d .,\u00a0]*\s*")
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
    for parameter in sent_to_ga4(plan):
        yield from _first(_of_kind(parameter))
    to_meta = (c.meta.properties for c in plan.conversions if c.meta)
    for parameter in chain(sent_to_ga4(plan), chain.from_iterable(to_meta)):
        yield from _first(_below_zero(parameter))


def _first(found: Iterator[Finding]) -> Iterator[Finding]:
    for finding in found:
        yield finding
        return


def _of_kind(parameter: Parameter) -> Iterator[Finding]:
    name = parameter.name
    if name not in (*_NUMBERS, "items", "currency"):
        return
    for leaf in leaves(parameter):
        if name == "items":
            problem = _no_items(leaf)
        elif name == "currency":
            made = leaf.type not in (None, ValueType.STRING, ValueType.CURRENCY)
            problem = _made(leaf, "a currency code", "currency") if made else None
        else:
            problem = _no_number(name, leaf)
        if problem:
            said, hint = problem
            at = parameter.route if said.startswith("made into") else leaf.route
            yield Finding(RULE, at, f"'{name}' is {said}", hint=hint)


def _no_number(name: str, leaf: Leaf) -> tuple[str, str] | None:
    match leaf.source:
        case Literal(value=str() as text):
            if _LIKE_NUMBER.fullmatch(text) and leaf.type in (None, ValueType.STRING):
                hint = "write it without quotes" if leaf.type is None else "write type: number"
                return f"the text {show(text)}, GA4 takes a number", hint
            wordy = leaf.type in (None, *_NUMERIC) and not any(map(str.isdigit, text))
            if name == "value" and wordy and text:
                return f"{show(text)}, GA4 takes a number", "write a number, such as 12.5"
            return None
        case Literal(value=bool() as flag) if name == "value":
            return f"{show(flag)}, GA4 takes a number", "write a number, such as 12.5"
        case Literal():
            return None
    if leaf.type in _NUMERIC:
        return None
    if leaf.type is not None:
        return _made(leaf, "a number", "number") if name in _AMOUNTS else None
    if _is_text(leaf):
        return "text here, GA4 takes a number", "add type: number"
    return None


def _no_items(leaf: Leaf) -> tuple[str, str] | None:
    if leaf.type is ValueType.ITEMS:
        return None
    if leaf.type is not None:
        return _made(leaf, "a list of items", "items")
    if isinstance(leaf.source, Literal) or _is_text(leaf):
        return (
            "a single value here, GA4 takes a list of items",
            "read the list from the data layer: items: {ecommerce: items, type: items}",
        )
    return None


def _made(leaf: Leaf, wanted: str, kind: str) -> tuple[str, str]:
    assert leaf.type is not None  # noqa: S101 # its callers ask for a type
    return f"made into {_MADE[leaf.type]}, GA4 takes {wanted}", f"write type: {kind}"


def _is_text(leaf: Leaf) -> bool:
    if isinstance(leaf.source, BuiltIn):
        return leaf.source.name not in _NUMERIC_BUILT_INS
    return isinstance(leaf.source, (Element, Cookie, Url, Clicked))


def _below_zero(parameter: Parameter) -> Iterator[Finding]:
    if parameter.name not in _NUMBERS:
        return
    for leaf in leaves(parameter):
        said = leaf.source.value if isinstance(leaf.source, Literal) else None
        if isinstance(said, (int, float)) and said < 0:
            yield Finding(
                RULE, leaf.route,
                f"'{parameter.name}' is below zero, which lowers what the others add up to",
                hint="write 0 or more; a conversion that is worth nothing needs no value",
            )  # fmt: skip
