"""One keyword of a schema that a value does not meet, and what its author noted beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tagkit import schema as rules
from tagkit.diagnostics import Finding
from tagkit.validators import Schema, resolve
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    from tagkit.diagnostics import Document, Route, Rule
    from tagkit.source import Json


@dataclass(frozen=True, slots=True)
class Mistake:
    """One keyword of a schema that a value does not meet."""

    keyword: str
    wanted: Any
    value: Any
    route: Route
    schema: dict[str, Any]
    validator: Validator
    branches: tuple[ValidationError, ...] = ()
    key: str | None = None
    source: Document | None = None

    def say(  # noqa: PLR0913 # a finding has that many parts
        self,
        rule: Rule,
        message: str,
        hint: str | None = None,
        *,
        step: str | int | None = None,
        at_key: bool = False,
        related: tuple[tuple[Route, str], ...] = (),
    ) -> Finding:
        """A finding about the value, or about a part of it."""
        route = self.route if step is None else (*self.route, step)
        if self.key is not None:
            rule, route, at_key = rules.KEY_NAME, (*route, self.key), True
            message = f"the key {quoted(self.key)} cannot be used: {message}"
        return Finding(rule, route, message, hint, at_key=at_key, related=related)

    def expected(self, wanted: str, found: str) -> str:
        """What should be here, and what is; of a key it is known already what it is."""
        return f"expected {wanted}" + (f", found {found}" if self.key is None else "")

    def note(self, name: str) -> str | None:
        """What the author of the schema says: ``x-hint``, ``x-message``."""
        return noted(self.schema, name, self.keyword)

    def hint(self, *, own: str | None = None, last: str | None = None) -> str | None:
        """The schema's hint, or ours, or the schema's description, or the last that can be said."""
        return self.note("x-hint") or own or description(self.schema) or last

    @property
    def root(self) -> dict[str, Any]:
        """The schema that references start from."""
        return _root(self.validator)


def _root(validator: Validator) -> dict[str, Any]:
    return validator.schema if isinstance(validator.schema, dict) else {}


def applied(
    schema: Schema, value: Json, validator: Validator, seen: frozenset[int] = frozenset()
) -> Iterator[dict[str, Any]]:
    """The schemas that have a say about the keys of this mapping."""
    if not isinstance(schema, dict) or id(schema) in seen:
        return
    seen |= {id(schema)}
    yield schema
    inner: list[Schema] = [*schema.get("allOf", ()), *schema.get("anyOf", ())]
    inner += schema.get("oneOf", ())
    if "$ref" in schema:
        inner.append(resolve({"$ref": schema["$ref"]}, _root(validator)))
    if "if" in schema:
        holds = validator.evolve(schema=schema["if"]).is_valid(value)
        inner.append(schema["if"] if holds else True)
        inner.append(schema.get("then" if holds else "else", True))
    for key, part in schema.get("dependentSchemas", {}).items():
        inner.append(part if isinstance(value, dict) and key in value else True)
    for part in inner:
        yield from applied(part, value, validator, seen)


def allowed(schemas: list[dict[str, Any]]) -> list[str]:
    """The keys that these schemas know."""
    known = {k: v for schema in schemas for k, v in schema.get("properties", {}).items()}
    return [key for key, part in known.items() if not forbids(part)]


def is_known(key: str, schemas: list[dict[str, Any]]) -> bool:
    """Whether one of these schemas says something about the key."""
    return any(
        key in schema.get("properties", {})
        or any(re.search(pattern, key) for pattern in schema.get("patternProperties", {}))
        or schema.get("additionalProperties", False) is not False
        for schema in schemas
    )


def forbids(schema: Schema) -> bool:
    """Whether nothing fits this schema: ``false``, or ``{"not": {}}``."""
    return schema is False or (isinstance(schema, dict) and schema.get("not") in ({}, True))


def noted(schema: Schema, name: str, keyword: str) -> str | None:
    """A note beside a keyword: one text for all keywords of a schema, or one for each."""
    said = schema.get(name) if isinstance(schema, dict) else None
    said = said.get(keyword) if isinstance(said, dict) else said
    return said if isinstance(said, str) else None


def description(schema: Schema) -> str | None:
    """A schema's description as a hint: lower case, no full stop."""
    text = schema.get("description") if isinstance(schema, dict) else None
    if not isinstance(text, str) or not text:
        return None
    start = text[0] if text[1:2].isupper() else text[0].lower()
    return (start + text[1:]).removesuffix(".")
