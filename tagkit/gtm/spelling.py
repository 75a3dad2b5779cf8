"""The small shapes of a container file: parameters, rows, conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.gtm.export_file import KEY_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable

Entity = dict[str, Any]
"""A JSON object of a container file, its keys in GTM's order."""


def text(value: str, key: str = "") -> Entity:
    """A TEMPLATE parameter. GTM leaves out the value when it is empty."""
    return _parameter("TEMPLATE", key, value)


def flag(key: str, value: bool) -> Entity:  # noqa: FBT001
    """A BOOLEAN parameter."""
    return _parameter("BOOLEAN", key, "true" if value else "false")


def integer(value: int, key: str = "") -> Entity:
    """An INTEGER parameter."""
    return _parameter("INTEGER", key, str(value))


def table(key: str, columns: tuple[str, str], rows: Iterable[tuple[str, str]]) -> Entity:
    """A LIST parameter with a MAP per row."""
    left, right = columns
    maps = [{"type": "MAP", "map": [text(a, left), text(b, right)]} for a, b in rows]
    return {"type": "LIST", "key": key, "list": maps}


def condition(kind: str, left: str, right: str, **modifiers: bool) -> Entity:
    """A condition. Modifiers are written only when they hold."""
    parameters = [text(left, "arg0"), text(right, "arg1")]
    parameters += [flag(name, value=True) for name, holds in modifiers.items() if holds]
    return {"type": kind, "parameter": parameters}


def ordered(kind: str, entity: Entity) -> Entity:
    """The object with its keys as GTM orders them, without those that are None or empty lists."""
    return {
        key: entity[key]
        for key in KEY_ORDER[kind]
        if key in entity and entity[key] is not None and entity[key] != []
    }


def _parameter(kind: str, key: str, value: str) -> Entity:
    parameter: Entity = {"type": kind}
    if key:
        parameter["key"] = key
    if value:
        parameter["value"] = value
    return parameter
