"""Schema files -> the two validators: one that is quick to say yes, one that can say why not.

A schema that refers to another file (``plan.schema.json#/$defs/id``) gets it built in under
``$defs``, so that each is one document whose references are all local.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from tagkit.resources import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema.protocols import Validator

    from tagkit.source import Json

Schema = dict[str, Any] | bool
"""A JSON Schema, or a part of one."""

SUFFIX = ".schema.json"
_REFERENCES = ("$ref", "$dynamicRef")
_PLAIN = ("const", "enum", "default", "examples")  # what is in them is no schema
_NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("contains", "else", "if", "propertyNames", "then")
# patterns of what few runs need: compiled when first met, not at every start
_FILE = r"(?:(?:[^#]*[/:])?([^#/:]+?)(?:\.schema\.json)?)?(?:#(.*))?"
_LONG = 20
"""Items from which on a list is long enough for the quick validator to help the thorough one."""
_UNIT = r"(?s)\\.|\[\^?\]?|\]|\$|."


class Quick(Protocol):
    """Says whether a document fits, in a moment."""

    def is_valid(self, instance: Json) -> bool:
        """Whether it fits."""


@cache
def bundle(name: str) -> dict[str, Any]:
    """A schema with the other files it refers to built in."""
    text = (SCHEMAS / f"{name}{SUFFIX}").read_text(encoding="utf-8")
    if SUFFIX not in text:
        alone: dict[str, Any] = json.loads(text)
        alone.pop("$id", None)
        return alone
    built: dict[str, Any] = {}
    waiting = [name]
    while waiting:
        file = waiting.pop()
        if file in built:
            continue
        text = (SCHEMAS / f"{file}{SUFFIX}").read_text(encoding="utf-8")
        schema = json.loads(text)
        schema.pop("$id", None)
        built[file] = schema
        for part in parts(schema):
            for keyword in _REFERENCES:
                if keyword in part:
                    to = re.fullmatch(_FILE, part[keyword])
                    other, pointer = (to[1] or file, to[2] or "") if to else (file, "")
                    waiting.append(other)
                    home = "#" if other == name else f"#/$defs/{other}{SUFFIX}"
                    if pointer[:1] in ("", "/"):  # else an anchor
                        part[keyword] = home + pointer
    schema = built.pop(name)
    for file, other_schema in built.items():
        other_schema.pop("$schema", None)
        schema.setdefault("$defs", {})[f"{file}{SUFFIX}"] = other_schema
    return dict(schema)


def parts(schema: Schema | list[Any]) -> Iterator[dict[str, Any]]:
    """A schema and every schema in it."""
    if isinstance(schema, list):
        for item in schema:
            yield from parts(item)
    elif isinstance(schema, dict):
        yield schema
        for keyword, value in schema.items():
            if keyword in _NAMED and isinstance(value, dict):
                for part in value.values():
                    yield from parts(part)
            elif keyword not in _PLAIN and isinstance(value, dict | list):
                yield from parts(value)


def resolve(schema: Schema, root: dict[str, Any]) -> Schema:
    """What a schema that only refers stands for."""
    seen: set[str] = set()
    while isinstance(schema, dict) and (reference := schema.get("$ref", "")) not in seen | {""}:
        seen.add(reference)
        target: Any = root
        for step in reference.removeprefix("#").split("/")[1:]:
            target = target[step.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema


@cache
def quick(name: str) -> Quick | None:
    """The quick validator; None where it is not installed."""
    try:
        return quick_for(bundle(name))
    except ImportError:
        return None


def quick_for(schema: Schema) -> Quick:
    """The quick validator of a schema."""
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(schema, validate_formats=False)


@cache
def thorough(name: str) -> Validator:
    """The validator that says why not."""
    return thorough_for(bundle(name))


def thorough_for(schema: Schema) -> Validator:
    """The thorough validator of a schema; of the same mind as the quick one."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    copy = json.loads(json.dumps(schema))
    items = _items_that_do_not_fit(schema, copy)
    for part in parts(copy):
        if isinstance(part.get("pattern"), str):
            part["pattern"] = python_pattern(part["pattern"])
        if isinstance(named := part.get("patternProperties"), dict):
            part["patternProperties"] = {python_pattern(k): v for k, v in named.items()}
        _spell_out_false(part)
    kind: type[Draft202012Validator]
    kind = extend(Draft202012Validator, {"items": items})  # type: ignore[no-untyped-call]
    return kind(copy)


def _items_that_do_not_fit(schema: Schema, copy: Schema) -> Callable[..., Iterator[Any]]:
    """The keyword ``items`` that looks only into those of a long list the quick one does not take.

    ``copy`` is what the thorough validator reads, part by part as ``schema``.
    """
    from jsonschema import Draft202012Validator

    of_all = Draft202012Validator.VALIDATORS["items"]
    definitions = schema.get("$defs", {}) if isinstance(schema, dict) else {}
    references = (part[word] for part in parts(schema) for word in _REFERENCES if word in part)
    alone = all(reference.startswith("#/$defs/") for reference in references)
    originals = {
        id(part["items"]): original["items"]
        for part, original in zip(parts(copy), parts(schema), strict=True)
        if alone and isinstance(part.get("items"), dict)
    }

    @cache
    def quick_of(identity: int) -> Quick | None:
        try:
            return quick_for({**originals[identity], "$defs": definitions})
        except ImportError:
            return None

    def items(validator: Any, wanted: Any, value: Any, part: Any) -> Iterator[Any]:  # noqa: ANN401
        is_long = isinstance(value, list) and len(value) >= _LONG and id(wanted) in originals
        quick = quick_of(id(wanted)) if is_long else None
        if quick is None or "prefixItems" in part:
            yield from of_all(validator, wanted, value, part)
            return
        for index, item in enumerate(value):
            if not _takes(quick, item):
                yield from validator.descend(item, wanted, path=index)

    return items


def _takes(quick: Quick, item: Json) -> bool:
    try:
        return quick.is_valid(item)
    except (ValueError, RecursionError):  # half a surrogate pair, a very deep document
        return False


def _spell_out_false(part: dict[str, Any]) -> None:
    """What does not belong here gets a place in the schema, and the hint that stands around it."""
    nothing: dict[str, Any] = {"not": {}, "x-hint": part.get("x-hint")}
    for keyword in (*_NAMED, *_LISTS, *_SINGLE):
        match part.get(keyword):
            case dict() as named if keyword in _NAMED:
                part[keyword] = {k: nothing if v is False else v for k, v in named.items()}
            case list() as listed:
                part[keyword] = [nothing if v is False else v for v in listed]
            case False:
                part[keyword] = nothing


def python_pattern(pattern: str) -> str:
    r"""ECMAScript's meaning in Python: ``$`` is the very end, ``\d`` and ``\w`` are ASCII."""
    inside = False
    units = []
    for unit in re.findall(_UNIT, pattern):
        if unit.startswith("["):
            inside = True
        elif unit == "]":
            inside = False
        units.append(r"\Z" if unit == "$" and not inside else unit)
    return f"(?a:{''.join(units)})"
