"""What an entity does, apart from its name, id and place: equal contents do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.container import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity

Content = tuple[object, ...]

# Of these it depends how, not what is done. uniqueTriggerId is GTM's own.
_LEFT_OUT = frozenset({"priority", "monitoringMetadata", "uniqueTriggerId"})


def contents(container: Container, *kinds: str) -> dict[Route, Content]:
    """The contents of the entities of these kinds, by route."""
    pieces: dict[Route, list[str]] = {entity.route: [] for entity in container.of(*kinds)}
    for condition in container.conditions:
        if condition.entity.route in pieces:
            inner = condition.route[len(condition.entity.route) :]
            kind = _plain(condition.data.get("type"))
            pieces[condition.entity.route].append(f"{inner} {kind}")
    for parameter in container.parameters:
        entity = parameter.entity
        inner = parameter.route[len(entity.route) :]
        if entity.route in pieces and inner[0] not in _LEFT_OUT:
            place = _without_order(entity, inner)
            said = (_plain(parameter.data.get(key)) for key in ("type", "key", "value"))
            pieces[entity.route].append(f"{place} {' '.join(said)}")
    return {
        entity.route: (
            entity.kind,
            entity.type,
            tuple(sorted(pieces[entity.route])),
            *_beside(entity),
        )
        for entity in container.of(*kinds)
    }


def groups(entities: Iterable[Entity], found: dict[Route, Content]) -> Iterator[list[Entity]]:
    """The entities with one content, two or more of them."""
    same: dict[Content, list[Entity]] = {}
    for entity in entities:
        same.setdefault(found[entity.route], []).append(entity)
    return (group for group in same.values() if len(group) > 1)


def _without_order(entity: Entity, inner: Route) -> Route:
    """The place in the entity, where it can be with the key of the parameter for its number."""
    if inner[0] != "parameter":
        return inner
    index = inner[1]
    listed = items(entity.data.get("parameter"))
    key = text(mapping(listed[index]).get("key")) if isinstance(index, int) else ""
    return (inner[0], key or index, *inner[2:])


def _beside(entity: Entity) -> Iterator[str]:
    """What is no parameter."""
    yield _plain(mapping(entity.data.get("consentSettings")).get("consentStatus", "NOT_SET"))
    yield _plain(mapping(entity.data.get("formatValue")).get("caseConversionType", "NONE"))
    for key in ("scheduleStartMs", "scheduleEndMs", "liveOnly", "enablingTriggerId"):
        yield _plain(entity.data.get(key))


def _plain(value: object) -> str:
    # What is of no shape that GTM writes is equal to nothing else.
    plain = value is None or isinstance(value, str | int | float)
    return repr(value) if plain else f"odd {id(value)}"
