"""The data layer as GTM keeps it: version 2 is the merged tree, version 1 what was last pushed.

How it merges was measured on Google's runtime: objects into objects and arrays into arrays, index
by index; everything else overwrites. A null half way gives false.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.replay.coercion import UNDEFINED

if TYPE_CHECKING:
    from tagkit.replay.coercion import Value
    from tagkit.source import Json

_DEEP = 100


class Model:
    """What all pushes of a page have left."""

    def __init__(self) -> None:
        self._tree: dict[str, Value] = {}
        self._flat: dict[str, Value] = {}

    def set(self, key: str, value: Value) -> None:
        """As a push of one key does: dots in it make a tree."""
        self._flat[key] = value
        *before, last = key.split(".")
        if len(before) > _DEEP:
            return
        tree: Value = value
        for part in reversed([*before, last]):
            tree = {part: tree}  # type: ignore[dict-item]
        _merge(tree, self._tree, 0)

    def forget(self, key: str) -> None:
        """Not even a remainder stays: ``eventModel`` is deleted before every message."""
        self._flat.pop(key, None)
        self._tree.pop(key, None)

    def get(self, name: str, version: int) -> Value:
        """What a data layer variable of that version gives."""
        if version == 1:
            return self._flat.get(name.replace("\\.", "."), UNDEFINED)
        value: Value = self._tree  # type: ignore[assignment]
        for part in _parts(name):
            if value is None:
                return False
            if value is UNDEFINED:
                return UNDEFINED
            value = member(value, part)
        return value


def member(value: Value, key: str) -> Value:
    """``value[key]`` of what is neither null nor undefined."""
    match value:
        case dict():
            return value.get(key, UNDEFINED)
        case list() | str():
            if key == "length":
                return len(value)
            index = int(key) if key.isascii() and key.isdigit() and len(key) < 10 else -1  # noqa: PLR2004
            plain = str(index) == key and index < len(value)
            return value[index] if plain else UNDEFINED
    return UNDEFINED


def walk(value: Value, path: str) -> Value:
    """``value.a.b``; undefined as soon as there is nothing, or null, to look into."""
    for part in path.split("."):
        if value is None or value is UNDEFINED:
            return UNDEFINED
        value = member(value, part)
    return value


def _parts(name: str) -> list[str]:
    r"""``a.b\.c`` is ``a`` and ``b.c``."""
    return [part.replace("\0", ".") for part in name.replace("\\.", "\0").split(".")]


def _merge(value: Value, into: dict[str, Value] | list[Json], depth: int) -> None:
    if depth > 2 * _DEEP:
        return
    for key, inner in _members(value):
        if isinstance(inner, list | dict):
            there = _at(into, key)
            if type(there) is not type(inner):
                there = [] if isinstance(inner, list) else {}
                _put(into, key, there)
            _merge(inner, there, depth + 1)  # type: ignore[arg-type]
        else:
            _put(into, key, inner)


def _members(value: Value) -> list[tuple[str | int, Value]]:
    return list(value.items()) if isinstance(value, dict) else list(enumerate(value))  # type: ignore[arg-type]


def _at(into: dict[str, Value] | list[Json], key: str | int) -> Value:
    if isinstance(into, dict):
        return into.get(key, UNDEFINED)  # type: ignore[arg-type]
    return into[key] if key < len(into) else UNDEFINED  # type: ignore[operator,index]


def _put(into: dict[str, Value] | list[Json], key: str | int, value: Value) -> None:
    if isinstance(into, dict):
        into[key] = value  # type: ignore[index]
    elif key < len(into):  # type: ignore[operator]
        into[key] = value  # type: ignore[index,assignment]
    else:
        into.append(value)  # type: ignore[arg-type]
