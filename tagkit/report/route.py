"""A route as people read it: ``micro_conversions[add_to_cart].value``.

An item of a list goes by its own name rather than its number, so that the text stays the same when
something else is put above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.source import Json

_NAMES = ("id", "use", "name", "key")  # of a conversion, a changed one, a tag, a parameter
_LONGEST = 80  # a whole script may be an item, too


def named(route: Route, data: Json) -> str:
    """The route into the data, with names for numbers where there are any; "" for the root."""
    text, at = "", data
    for step in route:
        at = _inner(at, step)
        if isinstance(step, int):
            text += f"[{_name(at) or step}]"
        else:
            text += f".{step}" if text else step
    return text


def _inner(data: Json, step: str | int) -> Json:
    match data:
        case dict() if isinstance(step, str):
            return data.get(step)
        case list() if isinstance(step, int) and 0 <= step < len(data):
            return data[step]
    return None


def _name(item: Json) -> str:
    said = [item.get(key) for key in _NAMES] if isinstance(item, dict) else [item]
    return next((name for name in said if isinstance(name, str) and 0 < len(name) <= _LONGEST), "")
