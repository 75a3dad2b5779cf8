"""Whether the files in ``schemas/`` are sound: both validators take them, nothing dangles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, SchemaError

from tagkit import validators
from tagkit.validators import SUFFIX, bundle, parts, quick_for, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def check_schemas() -> list[str]:
    """What is wrong with the files; nothing, as a test says."""
    paths = sorted(validators.SCHEMAS.glob(f"*{SUFFIX}"))
    return [f"{path.name}: {problem}" for path in paths for problem in problems(path)]


def problems(path: Path) -> list[str]:
    """What either validator has against a schema file, in its own words."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(raw)
        schema = bundle(path.name.removesuffix(SUFFIX))
    except (ValueError, OSError, SchemaError) as error:
        return [str(error).partition("\n")[0]]
    return [*_bad_references(schema), *_quick_says(schema)]


def _bad_references(schema: dict[str, Any]) -> Iterator[str]:
    for part in parts(schema):
        try:
            resolve(part if "$ref" in part else True, schema)
        except (KeyError, TypeError, IndexError):
            yield f"nothing is at {part['$ref']}"


def _quick_says(schema: dict[str, Any]) -> Iterator[str]:
    try:
        quick_for(schema)
    except ImportError:
        return
    except ValueError as error:
        yield str(error).partition("\n")[0]
