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
    from collections.abc import Iterator
    from pathlib import Path

    from jsonschema.protocols import Validator

    from tagkit.source import Json

Schema = dict[str, Any] | bool
"""A JSON Schema, or a part of one."""

SUFFIX = ".schema.json"
_REFERENCES = ("$ref", "$dynamicRef")
_PLAIN = ("const", "enum", "default", "examples")  # what is in them is no schema
_NAMED = ("properties", "patternProperties", "$defs", "dependentSchemas")
_UNIT = re.compile(r"\\.|\[\^?\]?|\]|\$|.", re.DOTALL)


class Quick(Protocol):
    """Says whether a document fits, in a moment."""

    def is_valid(self, instance: Json) -> bool:
        """Whether it fits."""


@cache
def bundle(name: str) -> dict[str, Any]:
    """A schema with the other files it refers to built in."""
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
        home = "#" if file == name else f"#/$defs/{file}{SUFFIX}"
        for part in parts(schema):
            for keyword in _REFERENCES:
                if keyword in part:
                    part[keyword], other = _local(part[keyword], home)
                    waiting.extend(other)
    schema = built.pop(name)
    for file, other_schema in built.items():
        other_schema.pop("$schema", None)
        schema.setdefault("$defs", {})[f"{file}{SUFFIX}"] = other_schema
    return dict(schema)


def _local(reference: str, home: str) -> tuple[str, list[str]]:
    """A reference within the bundle, and the file it needs."""
    address, _, pointer = reference.partition("#")
    if not address:
        return (home + pointer if pointer[:1] in ("", "/") else reference), []
    file = address.rsplit("/", 1)[-1].rsplit(":", 1)[-1].removesuffix(SUFFIX)
    return f"#/$defs/{file}{SUFFIX}{pointer}", [file]


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

    copy = json.loads(json.dumps(schema))
    for part in parts(copy):
        if isinstance(part.get("pattern"), str):
            part["pattern"] = python_pattern(part["pattern"])
        if isinstance(named := part.get("patternProperties"), dict):
            part["patternProperties"] = {python_pattern(k): v for k, v in named.items()}
        for key, value in part.get("properties", {}).items():
            if value is False:  # the hint for what does not belong here stands around it
                part["properties"][key] = {"not": {}, "x-hint": part.get("x-hint")}
    return Draft202012Validator(copy)


def python_pattern(pattern: str) -> str:
    r"""ECMAScript's meaning in Python: ``$`` is the very end, ``\d`` and ``\w`` are ASCII."""
    inside = False
    units = []
    for unit in _UNIT.findall(pattern):
        if unit.startswith("["):
            inside = True
        elif unit == "]":
            inside = False
        units.append(r"\Z" if unit == "$" and not inside else unit)
    return "(?a)" + "".join(units)


def problems(path: Path) -> list[str]:
    """What either validator has against a schema file, in its own words: for us, not for users."""
    from jsonschema import Draft202012Validator, SchemaError

    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(raw)
        schema = bundle(path.name.removesuffix(SUFFIX))
    except (ValueError, OSError, SchemaError) as error:
        return [str(error).partition("\n")[0]]
    return [*_bad_references(schema), *_bad_patterns(schema), *_quick_says(schema)]


def _bad_references(schema: dict[str, Any]) -> Iterator[str]:
    for part in parts(schema):
        try:
            resolve(part if "$ref" in part else True, schema)
        except (KeyError, TypeError, IndexError):
            yield f"nothing is at {part['$ref']}"


def _bad_patterns(schema: dict[str, Any]) -> Iterator[str]:
    for part in parts(schema):
        for pattern in (*part.get("patternProperties", ()), part.get("pattern", "")):
            try:
                re.compile(python_pattern(pattern))
            except re.error as error:
                yield f"the pattern {pattern} is not understood: {error}"


def _quick_says(schema: dict[str, Any]) -> Iterator[str]:
    try:
        quick_for(schema)
    except ImportError:
        return
    except ValueError as error:
        yield str(error).partition("\n")[0]
