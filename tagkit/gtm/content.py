"""What an entity does, apart from its name, id and place: equal contents do the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.container import items, mapping, text
from tagkit.gtm.links import trigger_ids

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


def repeated(container: Container, found: dict[Route, Content]) -> Iterator[tuple[Entity, Entity]]:
    """Each tag that does again what an earlier one does on the same event, and that one."""
    one_of: dict[str, str] = {}
    for group in groups(container.of("trigger"), found):
        one_of |= {trigger.id: group[0].id for trigger in group if trigger.id}
    active = (tag for tag in container.of("tag") if not tag.data.get("paused") and tag.type)
    for group in groups(active, found):
        first: dict[tuple[str, frozenset[str]], Entity] = {}
        for tag in group:
            blocking = frozenset(one_of.get(i, i) for i in trigger_ids(tag, "blockingTriggerId"))
            keys = [(one_of.get(i, i), blocking) for i in trigger_ids(tag, "firingTriggerId")]
            earlier = next((first[key] for key in keys if key in first), None)
            if earlier:
                yield tag, earlier
            for key in keys:
                first.setdefault(key, tag)


def repeats(container: Container) -> frozenset[Route]:
    """The tags that as a whole do again what another does, which is said as such."""
    found = contents(container, "tag", "trigger")
    return frozenset(tag.route for tag, _ in repeated(container, found))


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
