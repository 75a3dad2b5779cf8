"""A container file as the rules read it: entities, parameters and references with their routes.

Reads any JSON without raising: what is not of the shape GTM writes is left out here and said by
the schema, so that the rules still speak of the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route

Data = dict[str, object]

# No name holds a brace or a line break; code may hold both.
_REFERENCE = re.compile(r"\{\{([^{}\r\n]+)\}\}")


@dataclass(frozen=True, slots=True)
class Entity:
    """One tag, trigger, variable … and where it stands."""

    kind: str
    route: Route
    data: Data

    @property
    def name(self) -> str:
        """Its name, "" if it has none."""
        return text(self.data.get("name"))

    @property
    def type(self) -> str:
        """Its type code, "" if it has none."""
        return text(self.data.get("type"))

    @property
    def id(self) -> str:
        """Its id as text, also where the file has a number; "" if it has none."""
        return id_text(self.data.get(vocabulary.ID_KEYS.get(self.kind, "")))

    @property
    def words(self) -> str:
        """How a message calls it: "tag 'Shop - purchase'"."""
        kind = vocabulary.KIND_WORDS.get(self.kind, self.kind)
        if self.name:
            return f"{kind} '{self.name}'"
        return f"{kind} {self.id}" if self.id else f"a {kind} without a name"

    @property
    def name_route(self) -> Route:
        """Where its name stands, or the entity itself."""
        return (*self.route, "name") if "name" in self.data else self.route

    def parameter(self, key: str) -> Parameter | None:
        """The parameter of its own with this key."""
        for index, item in enumerate(items(self.data.get("parameter"))):
            if isinstance(item, dict) and item.get("key") == key:
                return Parameter(self, (*self.route, "parameter", index), item)
        return None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter object at any depth of an entity."""

    entity: Entity
    route: Route
    data: Data

    @property
    def type(self) -> str:
        """Its type as the file writes it."""
        return text(self.data.get("type"))

    @property
    def value(self) -> str:
        """Its value, "" if it has none or one that is no text."""
        return text(self.data.get("value"))

    @property
    def value_route(self) -> Route:
        """Where its value stands, or the parameter itself."""
        return (*self.route, "value") if "value" in self.data else self.route


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a trigger, and the field it is in."""

    entity: Entity
    field: str
    route: Route
    data: Data


@dataclass(frozen=True, slots=True)
class Reference:
    """``{{name}}`` in a value or in code."""

    entity: Entity
    route: Route
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """Everything the rules ask of a file. ``version`` is what stands at ``version_route``.

    Equal to itself alone, so that what several rules ask for can be kept (``lru_cache``).
    """

    root: object
    version: Data
    version_route: Route
    entities: Mapping[str, tuple[Entity, ...]]
    parameters: tuple[Parameter, ...] = ()
    conditions: tuple[Condition, ...] = ()
    references: tuple[Reference, ...] = ()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    built_ins: frozenset[str] = frozenset()

    @property
    def info(self) -> Data:
        """The block ``container``."""
        return mapping(self.version.get("container"))

    @property
    def contexts(self) -> tuple[str, ...]:
        """WEB, SERVER, AMP …, as the file says."""
        return tuple(text(context).upper() for context in items(self.info.get("usageContext")))

    def of(self, *kinds: str) -> Iterator[Entity]:
        """The entities of these kinds, in the file's order."""
        for kind in kinds:
            yield from self.entities.get(kind, ())


def container_of(data: object) -> Container:
    """The file's entities and how they refer to each other."""
    version, route = _version(data)
    entities = {
        kind: tuple(
            Entity(kind, (*route, kind, index), item)
            for index, item in enumerate(items(version.get(kind)))
            if isinstance(item, dict)
        )
        for kind in vocabulary.KINDS
    }
    parameters: list[Parameter] = []
    conditions: list[Condition] = []
    for kind in vocabulary.KINDS:
        for entity in entities[kind]:
            _collect(entity, parameters, conditions)
    return Container(
        root=data,
        version=version,
        version_route=route,
        entities=MappingProxyType(entities),
        parameters=tuple(parameters),
        conditions=tuple(conditions),
        references=tuple(_references(parameters)),
        ids={kind: frozenset(e.id for e in found) for kind, found in entities.items()},
        names={kind: frozenset(e.name for e in found) for kind, found in entities.items()},
        built_ins=frozenset(_enabled(version, entities["builtInVariable"])),
    )


def is_container(data: object) -> bool:
    """Whether this is meant as a container (an export, or what the API returns), not a plan."""
    if not isinstance(data, dict) or "tagkit" in data:
        return False
    if "exportFormatVersion" in data or isinstance(data.get("containerVersion"), dict):
        return True
    return _is_version(data)


def holds_version(data: object) -> bool:
    """Whether there is anything in it: a version, or the kinds that one has."""
    root = mapping(data)
    if "containerVersion" in root:
        return isinstance(root["containerVersion"], dict)
    return _is_version(root) or any(kind in root for kind in vocabulary.KINDS)


def _is_version(data: Data) -> bool:
    if "containerVersionId" in data:
        return True
    return any(
        isinstance(item, dict) and vocabulary.ID_KEYS[kind] in item
        for kind in ("tag", "trigger", "variable")
        for item in items(data.get(kind))
    )


def _version(data: object) -> tuple[Data, Route]:
    root = mapping(data)
    if "containerVersion" in root:
        return mapping(root["containerVersion"]), ("containerVersion",)
    return (root, ()) if _is_version(root) else ({}, ())


# --- Odd shapes -----------------------------------------------------------------------------------


def text(value: object) -> str:
    """The text, or "" for anything else."""
    return value if isinstance(value, str) else ""


def id_text(value: object) -> str:
    """The id as text; 10 is taken for "10", which the schema says."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return text(value)


def items(value: object) -> list[object]:
    """The list, or an empty one for anything else."""
    return value if isinstance(value, list) else []


def mapping(value: object) -> Data:
    """The mapping, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


# --- What stands inside an entity -----------------------------------------------------------------


def _collect(entity: Entity, parameters: list[Parameter], conditions: list[Condition]) -> None:
    for key, value in entity.data.items():
        route = (*entity.route, key)
        if key == "parameter":
            _walk(entity, route, value, parameters)
        elif key in vocabulary.CONDITION_FIELDS:
            _collect_conditions(entity, key, route, value, parameters, conditions)
        elif key in vocabulary.TRIGGER_FIELDS or key in {"priority", "monitoringMetadata"}:
            _walk(entity, route, [value], parameters, single=True)
        elif key in {"consentSettings", "formatValue"}:
            for name, inner in mapping(value).items():
                _walk(entity, (*route, name), [inner], parameters, single=True)
        elif key == "boundary":
            inner_route = (*route, "condition")
            inner = mapping(value).get("condition")
            _collect_conditions(entity, key, inner_route, inner, parameters, conditions)


def _collect_conditions(  # noqa: PLR0913 - two results and the way to them
    entity: Entity,
    field_name: str,
    route: Route,
    value: object,
    parameters: list[Parameter],
    conditions: list[Condition],
) -> None:
    for index, item in enumerate(items(value)):
        if isinstance(item, dict):
            inner = (*route, index)
            conditions.append(Condition(entity, field_name, inner, item))
            _walk(entity, (*inner, "parameter"), item.get("parameter"), parameters)


def _walk(
    entity: Entity,
    route: Route,
    value: object,
    found: list[Parameter],
    *,
    single: bool = False,
) -> None:
    """Adds the parameters of a list and all in them; not by recursion, a file may be deep."""
    waiting: list[tuple[Route, object]] = [
        (route if single else (*route, index), item) for index, item in enumerate(items(value))
    ]
    waiting.reverse()
    while waiting:
        place, item = waiting.pop()
        if not isinstance(item, dict):
            continue
        found.append(Parameter(entity, place, item))
        for key in ("map", "list"):
            if key in item:
                inner = reversed(tuple(enumerate(items(item[key]))))
                waiting.extend(((*place, key, index), value) for index, value in inner)


def _references(parameters: list[Parameter]) -> Iterator[Reference]:
    for parameter in parameters:
        value = parameter.value
        # The value of a TAG_REFERENCE is the name of a tag.
        if "{{" in value and parameter.type != "TAG_REFERENCE":
            for name in _REFERENCE.findall(value):
                yield Reference(parameter.entity, parameter.value_route, name)


def _enabled(version: Data, listed: tuple[Entity, ...]) -> Iterator[str]:
    """The names by which enabled built-in variables are referenced."""
    types = [entity.type for entity in listed]
    # Exports of 2015 and 2016 list them in the container block.
    types += [
        text(name)
        for name in items(mapping(version.get("container")).get("enabledBuiltInVariable"))
    ]
    for name in types:
        if name in vocabulary.BUILT_INS:
            yield vocabulary.BUILT_INS[name].name
    for entity in listed:
        if entity.name:
            yield entity.name
