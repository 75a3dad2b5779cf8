"""The value of a source at a moment; UNKNOWN where only the page could tell.

As the container has it: our templates (``templates/values``) and GTM's own variables.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from tagkit.program.bodies import ECOMMERCE
from tagkit.replay.coercion import UNDEFINED, UNKNOWN, Absent, amount_of, text_of
from tagkit.replay.model import member, walk
from tagkit.replay.urls import part_of
from tagkit.values import (
    BuiltIn,
    DataLayer,
    Defaulted,
    Ecommerce,
    Formatted,
    Literal,
    Lookup,
    Named,
    Pushed,
    Source,
    Typed,
    Url,
    ValueType,
)

if TYPE_CHECKING:
    from tagkit.replay.coercion import Value
    from tagkit.replay.moment import Moment
    from tagkit.source import Json

_PAGE = {"page_url": "full", "page_hostname": "host", "page_path": "path"}
_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
_CURRENCY = re.compile(r"[A-Z]{3}")


def value_of(source: Source, at: Moment) -> Value:
    """What the container would see."""
    match source:
        case Literal(value=value):
            return value
        case Named(source=inner):
            return value_of(inner, at)
        case BuiltIn(name="event"):
            return at.name
        case BuiltIn(name=name) if name in _PAGE:
            return part_of(at.url, _PAGE[name], "")
        case DataLayer() | Pushed():
            return _layer(source, at)
        case Ecommerce(field=field, of=of):
            return ecommerce(field, _whole(of, at))
        case Url(part=part, key=key, of=of):
            url = at.url if of is None else value_of(of, at)
            return UNKNOWN if url is UNKNOWN else part_of(text_of(url), part, key)
        case Lookup():
            return _looked_up(source, at)
        case Defaulted(source=inner, default=default):
            there = value_of(inner, at)
            return default if there is UNDEFINED else there
        case Formatted():
            return _formatted(source, value_of(source.source, at))
        case Typed(source=inner, type=kind):
            typed = value_of(inner, at)
            return UNKNOWN if typed is UNKNOWN else made_into(kind, typed)
    return UNKNOWN


def _whole(of: Source | None, at: Moment) -> Value:
    """The ecommerce object, or one made of another source's items."""
    if of is None:
        return at.model.get(ECOMMERCE.key, 1)
    items = value_of(of, at)
    return items if isinstance(items, Absent) else {"items": items}


def _layer(source: DataLayer | Pushed, at: Moment) -> Value:
    if isinstance(source, Pushed):
        push = at.push
        if push is None or push.is_command:  # its push is not found: what the data layer knows
            return at.model.get(source.key, 2)
        return walk(push.data, source.key)
    top, _, rest = source.key.partition(".")
    if top == "ecommerce" and rest and source.version == 2 and not source.said:  # noqa: PLR2004
        return walk(at.model.get(top, 2), rest)
    return at.model.get(source.key, source.version)


def ecommerce(field: str, whole: Value) -> Value:
    """A field of an ecommerce object, or what our templates make of its items."""
    if not whole or isinstance(whole, Absent):
        return UNKNOWN if whole is UNKNOWN else UNDEFINED
    items = member(whole, "items")
    listed = items if isinstance(items, list) else []
    match field:
        case "value":
            said = member(whole, "value")
            if said is not UNDEFINED and said is not None and said != "":
                return said
            return _sum(listed)
        case "currency":
            first = listed[0] if listed else None
            said = member(first, "currency") if isinstance(first, dict) else UNDEFINED
            return member(whole, "currency") or said or UNDEFINED
        case "content_ids":
            ids: list[Json] = [text_of(one) for one in map(_id_of, listed) if one]
            return ids or UNDEFINED
        case "contents":
            return [{"id": text_of(_id_of(item))} for item in listed if _id_of(item)] or UNDEFINED
        case "num_items":
            if isinstance(items, str):  # its letters are counted as the items of a list are
                return len(items) or UNDEFINED
            return sum(_quantity(item) for item in listed) if listed else UNDEFINED
    said = member(whole, field)
    return UNDEFINED if said is None else said


def _sum(items: list[Json]) -> Value:
    total = 0.0
    for item in items:
        price = amount_of(member(item, "price")) if isinstance(item, dict) else None
        if price is None:
            return UNDEFINED
        total += price * (amount_of(member(item, "quantity")) or 1)
    return round(total, 2) if items else UNDEFINED


def _id_of(item: Value) -> Value:
    if not isinstance(item, dict):
        return None
    return item.get("item_id") or item.get("item_name")


def _quantity(item: Value) -> int:
    said = text_of(item.get("quantity", 1)) if isinstance(item, dict) else ""
    found = re.match(r"\s*([+-]?\d{1,15})", said)
    return (int(found[1]) if found else 1) or 1


def made_into(kind: ValueType, value: Value) -> Value:
    """What is sent of a value with that ``type``; undefined when it cannot be made into it."""
    match kind:
        case ValueType.NUMBER:
            number = amount_of(value)
            return UNDEFINED if number is None else number
        case ValueType.INTEGER:
            number = amount_of(value)
            return UNDEFINED if number is None else math.floor(number + 0.5)
        case ValueType.STRING:
            nothing = value is UNDEFINED or value is None or isinstance(value, list | dict)
            return UNDEFINED if nothing else text_of(value)
        case ValueType.BOOLEAN:
            if isinstance(value, bool):
                return value
            said = text_of(value) if isinstance(value, str | int | float) else ""
            return said in _TRUE if said in (*_TRUE, *_FALSE) else UNDEFINED
        case ValueType.CURRENCY:
            code = re.sub(r"\s", "", value).upper() if isinstance(value, str) else ""
            return code if _CURRENCY.fullmatch(code) else UNDEFINED
    return value if isinstance(value, list) and value else UNDEFINED


def _formatted(source: Formatted, value: Value) -> Value:
    if value is UNKNOWN:
        return UNKNOWN
    if isinstance(value, str) and source.case:
        value = value.lower() if source.case == "lower" else value.upper()
    for seen, said in (
        (None, source.null_as),
        (UNDEFINED, source.undefined_as),
        (True, source.true_as),
        (False, source.false_as),
    ):
        if said is not None and value is seen:
            return said
    return value


def _looked_up(lookup: Lookup, at: Moment) -> Value:
    seen = value_of(lookup.source, at)
    if seen is UNKNOWN:
        return UNKNOWN
    text = text_of(seen)
    for key, row in lookup.rows:
        fits = _fits(key, text, lookup)
        if fits is None:
            return UNKNOWN
        if fits:
            return UNKNOWN if lookup.regex and lookup.replace else value_of(row, at)
    return value_of(lookup.default, at) if lookup.default else UNDEFINED


def _fits(key: str, text: str, lookup: Lookup) -> bool | None:
    if not lookup.regex:
        return key == text
    from tagkit.replay.literals import matches

    pattern = f"^(?:{key})$" if lookup.full_match else key
    return matches(pattern, text, ignore_case=lookup.ignore_case)
