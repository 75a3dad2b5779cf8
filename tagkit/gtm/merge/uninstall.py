"""The export without what tagkit owns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.gtm.container import container_of, text
from tagkit.gtm.merge import conflicts
from tagkit.gtm.merge.changes import Action, Change, Merged
from tagkit.gtm.merge.drawn import drawn
from tagkit.gtm.merge.edits import Revision
from tagkit.gtm.merge.marks import KINDS, lookalikes, memory_in, name_of, owned
from tagkit.gtm.merge.originals import restored, without
from tagkit.gtm.merge.removal import needed
from tagkit.gtm.merge.settle import move_memory

if TYPE_CHECKING:
    from collections.abc import Collection

    from tagkit.diagnostics import Findings, Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.merge.memory import Memory
    from tagkit.program.model import Program
    from tagkit.source import Source


def uninstall(export: Source, found: Findings, program: Program | None = None) -> Merged | None:
    """Without all that tagkit made; with a plan, without what is that plan's.

    What others have come to use stays, with what it needs.
    """
    target = container_of(export.data)
    if not conflicts.is_export(target, found):
        return None
    memory, mine = memory_in(target), owned(target)
    leaving = _of_plan(target, program, memory) if program else mine
    on = {e.route for e in target.of("builtInVariable") if e.type in memory.enabled}
    revision = Revision(target, empty=dict(memory.empty))
    back = restored(target, memory.was, leaving)
    revision.restore(back)
    going = (leaving | on) - back.keys()
    staying = needed(revision.after() if back else target, going, memory.used)
    gone = going - staying.keys()
    revision.dropped.update(gone)
    left = memory._replace(was=without(memory.was, _entities(target, back.keys()).values()))
    move_memory(revision, (mine | leaving) - gone - back.keys(), left)
    found += conflicts.still_needed(_entities(target, leaving), staying)
    found += conflicts.look_like_ours(lookalikes(target, mine | leaving))
    if not leaving:
        found += conflicts.nothing_of_ours(program is not None)
    changes = tuple(
        Change(_action(route, gone, back), entity.kind, entity.name, entity.id)
        for route, entity in _entities(target, leaving | gone).items()
    )
    every = sum(1 for kind in target.entities for _ in target.of(kind))
    return Merged(revision.text(export), changes, every - len(changes))


def _action(route: Route, gone: Collection[Route], back: Collection[Route]) -> Action:
    if route in back:
        return Action.RESTORE
    return Action.REMOVE if route in gone else Action.KEEP


def _entities(target: Container, routes: Collection[Route]) -> dict[Route, Entity]:
    kinds = (*KINDS, "builtInVariable")
    found = [entity for entity in target.of(*kinds) if entity.route in routes]
    found.sort(key=lambda entity: (kinds.index(entity.kind), entity.name))
    return {entity.route: entity for entity in found}


def _of_plan(target: Container, program: Program, memory: Memory) -> set[Route]:
    """What the marks tell, by the plan's names and prefix; and what has its name and type."""
    made = drawn(program, target, epoch=0).entities
    by_marks = owned(target, made)
    known = {name_of(entity) for entity in _entities(target, by_marks).values()}
    begins = re.compile(rf"{re.escape(program.naming.prefix)}(?!\w)")

    def is_of_plan(entity: Entity) -> bool:
        name = name_of(entity)
        if entity.route in by_marks:
            return name in made or begins.match(entity.name) is not None
        if name not in made or name in memory.not_own or name in known:
            return False
        return entity.type == text(made[name].get("type"))

    return {entity.route for entity in target.of(*KINDS) if is_of_plan(entity)}
