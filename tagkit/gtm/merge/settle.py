"""The last step of both ways: what the marks alone would get wrong goes into notes of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.merge.marks import KINDS, marked, name_of, note_on
from tagkit.gtm.merge.memory import remembers, with_memory, without_memory
from tagkit.gtm.notes import made_note
from tagkit.gtm.spelling import ordered

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.merge.edits import Revision
    from tagkit.gtm.merge.memory import Memory, Name


def settle(revision: Revision, ours: Collection[Route], memory: Memory, language: str) -> None:
    """Add to a merge what uninstalling will need. ``ours``: all that is ours afterwards."""
    after = revision.after()
    tags = _names(_without(after.of("tag"), marked(after), ours))
    found = marked(after, sure=tags, by_own_notes=False)  # the same when it is asked again
    for entity in _without(after.of("trigger", "variable"), found, ours):
        _annotate(revision, entity, made_note(language))
    after = revision.after()
    own = tags | _names(_without(after.of("folder"), marked(after, sure=tags), ours))
    wrong = _names(e for route, e in marked(after, sure=own).items() if route not in ours)
    _remember(revision, ours, memory._replace(own=own, not_own=wrong))


def move_memory(revision: Revision, ours: Collection[Route], memory: Memory) -> None:
    """The same when something of ours stays in a container that others of ours leave."""
    there = {name_of(entity) for entity in _all(revision.after())}
    left = memory._replace(
        enabled=frozenset(kind for kind in memory.enabled if ("builtInVariable", kind) in there),
        used=memory.used & there,
        own=memory.own & there,
        not_own=memory.not_own & there,
    )
    _remember(revision, ours, left)


def _remember(revision: Revision, ours: Collection[Route], memory: Memory) -> None:
    """Write it on one of our tags, the one that has it already if there is one, and on no other."""
    tags = [tag for tag in revision.after().of("tag") if tag.route in ours]
    if not tags:
        return
    before = {tag.route for tag in revision.container.of("tag") if remembers(note_on(tag))}
    holder = min(tags, key=lambda tag: (tag.route not in before, tag.name))
    for tag in tags:
        note = note_on(tag)
        said = with_memory(note, memory) if tag is holder else without_memory(note)
        if said != note:
            _annotate(revision, tag, said)


def _annotate(revision: Revision, entity: Entity, note: str) -> None:
    data = {**entity.data, "notes": note}
    known = entity.data.keys() | {"notes"}
    tidy = ordered(entity.kind, data)
    revision.put(entity.route, tidy if tidy.keys() == known else data)


def _without(
    entities: Iterable[Entity], found: Collection[Route], ours: Collection[Route]
) -> list[Entity]:
    """Those of ours that are not found."""
    return [entity for entity in entities if entity.route in ours and entity.route not in found]


def _names(entities: Iterable[Entity]) -> frozenset[Name]:
    return frozenset(map(name_of, entities))


def _all(container: Container) -> list[Entity]:
    return list(container.of(*KINDS, "builtInVariable"))
