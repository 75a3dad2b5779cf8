"""The data layer contract of a conversion, and what is wrong with a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.currencies import ISO_4217
from tagkit.replay.coercion import UNDEFINED, UNKNOWN, amount_of, text_of
from tagkit.replay.model import walk
from tagkit.replay.values import value_of
from tagkit.values import (
    DataLayer,
    Defaulted,
    Ecommerce,
    Formatted,
    Named,
    Pushed,
    Source,
    Typed,
    ValueType,
)
from tagkit.words import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, Parameter
    from tagkit.replay.coercion import Value
    from tagkit.replay.moment import Moment

WANTED = {
    ValueType.STRING: "text",
    ValueType.NUMBER: "a number",
    ValueType.INTEGER: "a whole number",
    ValueType.BOOLEAN: "true or false",
    ValueType.CURRENCY: "a currency code of three capital letters",
    ValueType.ITEMS: "a list of items",
}
_OF_ITEMS = frozenset({"items", "content_ids", "contents", "num_items"})


class Term(NamedTuple):
    """One line of the contract: what a push must have at a path.

    ``falls_back``: there is a value even if nothing is pushed.
    """

    parameter: Parameter
    source: DataLayer | Pushed | Ecommerce
    path: str
    type: ValueType | None
    required: bool
    falls_back: bool


class Break(NamedTuple):
    """What is wrong at a path, the route of it within the value, and what to push instead."""

    path: str
    message: str
    hint: str
    missing: bool = False


def missing(path: str, message: str, hint: str) -> Break:
    """That there is nothing at a path."""
    return Break(path, message, hint, missing=True)


def terms_of(conversion: Conversion) -> tuple[Term, ...]:
    """The contract: every path once, as strict as the strictest parameter that reads it."""
    sent = (
        *(conversion.ga4.parameters if conversion.ga4 else ()),
        *(conversion.meta.properties if conversion.meta else ()),
        *(conversion.ga4.user_properties if conversion.ga4 else ()),
    )
    terms: dict[str, Term] = {}
    for term in filter(None, map(_term, sent)):
        known = terms.get(term.path)
        if known is None:
            terms[term.path] = term
        else:
            terms[term.path] = known._replace(
                type=known.type or term.type, required=known.required or term.required
            )
    return tuple(terms.values())


def _term(parameter: Parameter) -> Term | None:
    source: Source = parameter.source
    kind, falls_back = parameter.type, False
    while isinstance(source, Typed | Defaulted | Formatted | Named):
        if isinstance(source, Typed):
            kind = kind or source.type
        elif isinstance(source, Defaulted):
            falls_back = True
        elif isinstance(source, Formatted):
            falls_back |= source.undefined_as is not None
        source = source.source
    if not isinstance(source, DataLayer | Pushed | Ecommerce) or not (kind or parameter.required):
        return None
    if isinstance(source, Ecommerce):
        if source.of is not None:
            return None
        if source.field in _OF_ITEMS:
            source, kind = Ecommerce("items"), ValueType.ITEMS
        path = f"ecommerce.{source.field}"
    else:
        path = source.key
    return Term(parameter, source, path, kind, parameter.required, falls_back)


def breaks_of(term: Term, at: Moment, *, stale: bool = False) -> Iterator[Break]:
    """What is wrong with the value of one line of the contract; nothing when it is kept.

    ``stale``: the ecommerce object is of an earlier event, which had it already.
    """
    value = _pushed_value(term, at)
    if value is UNKNOWN:
        return
    if stale and isinstance(term.source, Ecommerce) and value not in (UNDEFINED, None):
        if term.required and not term.falls_back:
            said = f"has no '{term.path}' of its own, which the contract requires; "
            hint = "push the event with its own ecommerce object"
            yield missing(term.path, f"{said}the data layer still has an earlier event's", hint)
        return
    nothing = value is UNDEFINED or value is None
    if nothing or value == "" or (term.type is ValueType.ITEMS and value == []):
        made = value_of(term.source, at) if nothing else value  # the value may come of the items
        if term.required and not term.falls_back and made in (UNDEFINED, None, "", []):
            said = "has no" if nothing else "has an empty"
            yield missing(term.path, f"{said} '{term.path}', which the contract requires",
                        _example(term))  # fmt: skip
        elif value == "" and term.type not in (None, ValueType.STRING) and not nothing:
            yield _mistyped(term, term.path, "empty text", WANTED[term.type])
        return
    if term.type is not None:
        yield from wrong_type(term, value)


def _pushed_value(term: Term, at: Moment) -> Value:
    """As it stands in the data layer, before our templates make something of it."""
    if isinstance(term.source, Ecommerce):
        return walk(at.model.get("ecommerce", 1), term.source.field)
    value = value_of(term.source, at)
    # a null half way: GTM's variable says false, and nobody pushed that
    if value is False and isinstance(term.source, DataLayer) and _is_cut(term.source, at):
        return UNDEFINED
    return value


def _is_cut(source: DataLayer, at: Moment) -> bool:
    top, _, rest = source.key.partition(".")
    return bool(rest) and walk(at.model.get(top, 2), rest) is UNDEFINED


def wrong_type(term: Term, value: Value) -> Iterator[Break]:
    """What is wrong with a value that is there."""
    kind = term.type
    if kind is None or kind is ValueType.ITEMS:
        yield from _wrong_items(term, value) if kind else ()
        return
    if is_of(kind, value):
        return
    yield _mistyped(term, term.path, said_of(value), WANTED[kind], better_of(kind, value))


def is_of(kind: ValueType, value: Value) -> bool:
    """Whether a value is of the type as it is."""
    match kind:
        case ValueType.STRING:
            return isinstance(value, str)
        case ValueType.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ValueType.INTEGER:
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return whole and not isinstance(value, bool)
        case ValueType.BOOLEAN:
            return isinstance(value, bool)
    return isinstance(value, str) and value in ISO_4217


def _wrong_items(term: Term, value: Value) -> Iterator[Break]:
    if not isinstance(value, list):
        yield _mistyped(term, term.path, said_of(value), WANTED[ValueType.ITEMS])
        return
    for index, item in enumerate(value):
        path = f"{term.path}.{index}"
        if not isinstance(item, dict):
            yield _mistyped(term, path, said_of(item), "an item, {item_id: …}")
            continue
        if not (item.get("item_id") or item.get("item_name")):
            yield missing(path, f"has an item without item_id and item_name, '{path}'",
                        "GA4 takes an item with at least one of the two")  # fmt: skip
        for key in ("price", "quantity"):
            said = item.get(key)
            if said is None or (isinstance(said, int | float) and not isinstance(said, bool)):
                continue
            if not isinstance(said, str) or amount_of(said) is None or not is_plain(said):
                better = better_of(ValueType.NUMBER, said)
                yield _mistyped(term, f"{path}.{key}", said_of(said), "a number", better)


def is_plain(text: str) -> bool:
    """Whether GA4 takes the text for a number as it is: of items it does."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def _mistyped(term: Term, path: str, said: str, wanted: str, better: str = "") -> Break:
    example = better or _example(term)
    return Break(path, f"has {said} in '{path}', and the contract wants {wanted}", example)


def said_of(value: Value) -> str:
    """What there is, in a sentence: "the text '49,90'"."""
    match value:
        case str():
            return f"the text {show(value)}"
        case bool():
            return show(value)
        case int() | float():
            return f"the number {text_of(value)}"
        case list():
            return "a list"
        case dict():
            return "an object"
    return "nothing"


def better_of(kind: ValueType, value: Value) -> str:
    """What to push instead of this very value."""
    match kind:
        case ValueType.NUMBER | ValueType.INTEGER:
            number = amount_of(value)
            if number is None:
                return ""
            if kind is ValueType.INTEGER and not number.is_integer():
                return ""
            return f"push {text_of(number)}, a number without quotes"
        case ValueType.STRING:
            if isinstance(value, int | float):
                return f'push "{text_of(value)}", with quotes'
        case ValueType.CURRENCY:
            code = value.strip().upper() if isinstance(value, str) else ""
            return f'push "{code}"' if code in ISO_4217 else "write it as ISO 4217 does: PLN, EUR"
        case ValueType.BOOLEAN:
            if isinstance(value, str) and value.lower() in ("true", "false"):
                return f"push {value.lower()} without quotes"
    return ""


_EXAMPLES = {
    ValueType.STRING: '"…"',
    ValueType.NUMBER: "49.9",
    ValueType.INTEGER: "2",
    ValueType.BOOLEAN: "true",
    ValueType.CURRENCY: '"PLN"',
    ValueType.ITEMS: '[{item_id: "…", price: 49.9, quantity: 1}]',
}


def _example(term: Term) -> str:
    """What a push of it looks like."""
    import json

    example = term.parameter.example
    key = term.path.rpartition(".")[2]
    if example is not None:
        shown = json.dumps(example, ensure_ascii=False, default=str)
    elif term.type is not None:
        shown = _EXAMPLES[term.type]
    else:
        return f"push '{term.path}' with the event"
    inner = f"{key}: {shown}"
    for part in reversed(term.path.split(".")[:-1]):
        inner = f"{part}: {{{inner}}}"
    return f"push {{{inner}}} with the event"


def route_to(path: str, data: object) -> tuple[Route, bool]:
    """The way along a path into a push, as far as it goes; whether it goes to the end.

    A key with dots in it is a path, too.
    """
    if isinstance(data, dict) and path in data:
        return (path,), True
    route: list[str | int] = []
    for part in path.split("."):
        if isinstance(data, dict) and part in data:
            data = data[part]
            route.append(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
            route.append(int(part))
        else:
            return tuple(route), False
    return tuple(route), True
