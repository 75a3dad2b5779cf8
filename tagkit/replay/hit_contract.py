"""The contract of a conversion, held against what GA4 and Meta were sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.replay.coercion import UNDEFINED
from tagkit.replay.contract import WANTED, Break, better_of, is_of, is_plain, missing, said_of
from tagkit.replay.hits import GA4
from tagkit.values import ValueType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.plan.model import Conversion, Parameter
    from tagkit.replay.coercion import Value


class HitTerm(NamedTuple):
    """One line of the contract as a hit must keep it. ``as_text``: Meta is sent nothing else."""

    parameter: Parameter
    type: ValueType | None
    as_text: bool


def hit_terms(conversion: Conversion, to: str) -> tuple[HitTerm, ...]:
    """What a hit of the conversion must have."""
    if to == GA4:
        sent = conversion.ga4.parameters if conversion.ga4 else ()
    else:
        sent = conversion.meta.properties if conversion.meta else ()
    return tuple(HitTerm(one, one.type, to != GA4) for one in sent if one.type or one.required)


def hit_breaks(term: HitTerm, sent: Mapping[str, Value], event: str) -> Iterator[Break]:
    """What is wrong with a parameter of a hit."""
    name = term.parameter.name
    if name == "items" and event not in ECOMMERCE_EVENTS:
        return  # GA4 is sent items with the events that it knows only
    value = sent.get(name, UNDEFINED)
    if value is UNDEFINED or value == "":
        if term.parameter.required:
            said = "has an empty" if value == "" else "has no"
            yield missing(name, f"{said} '{name}', which the contract requires",
                        "look at what the page pushes: record its data layer")  # fmt: skip
        return
    if term.type is None or term.type is ValueType.ITEMS or _is_sent(term, value):
        return
    message = f"has {said_of(value)} as '{name}', and the contract wants {WANTED[term.type]}"
    yield Break(name, message, _hint(term, value))


def _hint(term: HitTerm, value: Value) -> str:
    if term.type in (ValueType.NUMBER, ValueType.INTEGER) and isinstance(value, str):
        if term.as_text:
            return "Meta takes digits with a point: 49.9"
        return "a number in quotes is text for GA4: it adds nothing to a sum"
    better = better_of(term.type, value) if term.type else ""
    return better or f"look at where '{term.parameter.name}' comes from"


def _is_sent(term: HitTerm, value: Value) -> bool:
    """As it arrives: true and false are text on the way."""
    if term.type is ValueType.BOOLEAN:
        return value in ("true", "false")
    if term.as_text and term.type in (ValueType.NUMBER, ValueType.INTEGER):
        value = float(value) if isinstance(value, str) and is_plain(value) else value
    return is_of(term.type, value) if term.type else True
