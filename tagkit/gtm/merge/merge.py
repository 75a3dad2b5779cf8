"""A plan into an export: what GTM's import makes of it with "Merge", "Overwrite conflicting"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.gtm.container import container_of, text
from tagkit.gtm.merge import conflicts
from tagkit.gtm.merge.changes import Action, Change, Merged
from tagkit.gtm.merge.drawn import drawn, id_of, ids_in, meaning, renumbered
from tagkit.gtm.merge.edits import Revision, blanks_of_empty
from tagkit.gtm.merge.marks import KINDS, memory_in, name_of, owned
from tagkit.gtm.merge.originals import originals_of, restored, without
from tagkit.gtm.merge.removal import needed
from tagkit.gtm.merge.settle import settle
from tagkit.gtm.merge.uses import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Findings, Route
    from tagkit.gtm.container import Container, Data, Entity
    from tagkit.gtm.merge.drawn import Drawn
    from tagkit.gtm.merge.memory import Memory, Name
    from tagkit.program.model import Program
    from tagkit.source import Source


def merge(
    program: Program,
    export: Source,
    found: Findings,
    *,
    epoch: int | None = None,
    prune: bool = False,
) -> Merged | None:
    """The export with our entities in it; None when it cannot take them.

    ``prune`` goes further than GTM's import: what an earlier plan left there is removed.
    """
    target = container_of(export.data)
    if not conflicts.fits(target, found):
        return None
    made = drawn(program, target, epoch)
    if not conflicts.has_room(target, made, found):
        return None
    work = _Merge(target, made, owned(target, made.entities), memory_in(target))
    work.place_entities()
    work.remember_overwritten(export)
    work.place_built_ins()
    work.remember_arrays(blanks_of_empty(export, target))
    work.look_for_left_over(program.naming.prefix)
    if prune:
        work.prune()
    settle(work.revision, work.ours, work.memory, program.business.language)
    work.leave_the_same()
    found += conflicts.check(target, work.ours, work.overwritten, program)
    found += conflicts.lacking(target, work.revision.after(), work.made_routes())
    found += conflicts.left_over(work.left_over)
    merged = Merged(work.revision.text(export), tuple(work.changes()), work.others())
    return merged if conflicts.is_importable(merged.text, found) else None


# By name; triggers are mentioned by id, and ours get ids that nobody mentions.
_AS = {"tag": "tag", "variable": "variable", "builtInVariable": "variable"}


class _Merge:
    """``mine``: what is ours in the target; ``ours``: what is ours afterwards."""

    def __init__(self, target: Container, made: Drawn, mine: set[Route], memory: Memory) -> None:
        self.revision = Revision(target, empty=dict(memory.empty))
        self.ours = set(mine)
        self.memory = memory
        self.overwritten: list[tuple[Entity, Data]] = []
        self.left_over: list[Entity] = []
        self._target = target
        self._made = made
        self._mine = mine
        self._there: dict[Name, Entity] = {}
        self._placed: dict[Name, tuple[Route, str]] = {}
        self._added: list[Name] = []
        self._pruned: list[Entity] = []
        self._restored: list[Entity] = []

    def place_entities(self) -> None:
        """Ours by name where they are, the others at the end in the order of their ids."""
        self._there = self._known()
        ids = ids_in(self._target, self._made.entities, self._there)
        new = {name: renumbered(name, data, ids) for name, data in self._made.entities.items()}
        for name in sorted(new, key=lambda name: _by_number(id_of(name, new[name]))):
            self._place(name, new[name])

    def place_built_ins(self) -> None:
        """Switch on what is not on. A variable of that name is theirs, and is used instead."""
        there = self._target.built_ins | self._target.names["variable"]
        for data in self._made.built_ins:
            if data["name"] not in there:
                name = ("builtInVariable", text(data["type"]))
                self._placed[name] = (self.revision.add("builtInVariable", data), "")
                self._added.append(name)

    def remember_overwritten(self, export: Source) -> None:
        """What was in the place of ours, for it to come back."""
        there = [entity for entity, _ in self.overwritten]
        was = originals_of(export, self._target, there)
        self.memory = self.memory._replace(was=self.memory.was | was)

    def remember_arrays(self, empty: dict[str, str]) -> None:
        """What was added to an empty array, to what others mention, and to the built-ins."""
        mentioned = {
            (kind, key)
            for user, kind, key in mentions(self._target)
            if user.route not in self._mine
        }
        used = [
            (kind, name)
            for kind, name in self._added
            if (_AS.get(kind), self._called(kind, name)) in mentioned
        ]
        on = {name for kind, name in self._added if kind == "builtInVariable"}
        blanks = {(kind, empty[kind]) for kind, _ in self._added if kind in empty}
        self.memory = self.memory._replace(
            enabled=self.memory.enabled | on,
            empty=self.memory.empty | blanks,
            used=self.memory.used | set(used),
        )

    def look_for_left_over(self, prefix: str) -> None:
        """Ours, with the plan's prefix, and not in the plan."""
        begins = re.compile(rf"{re.escape(prefix)}(?!\w)")
        found = [
            entity
            for entity in self._target.of(*KINDS)
            if entity.route in self._mine
            and name_of(entity) not in self._made.entities
            and begins.match(entity.name)
        ]
        self.left_over = sorted(found, key=lambda entity: entity.name)

    def prune(self) -> None:
        """Remove what is left over, and the built-ins that were for it."""
        after, old = self.revision.after(), {entity.route for entity in self.left_over}
        wanted = {data["type"] for data in self._made.built_ins}
        on = [e for e in after.of("builtInVariable") if e.type in self.memory.enabled - wanted]
        back = restored(self._target, self.memory.was, old)
        self.revision.restore(back)
        leaving = (old | {entity.route for entity in on}) - back.keys()
        staying = needed(self.revision.after(), leaving, self.memory.used)
        gone = leaving - staying.keys()
        self.revision.dropped.update(gone)
        done = gone | back.keys()
        self.ours -= done
        self._restored = [e for e in self.left_over if e.route in back]
        self._pruned = [e for e in (*self.left_over, *on) if e.route in gone]
        self.left_over = [entity for entity in self.left_over if entity.route not in done]
        off = {entity.type for entity in on if entity.route in gone}
        was = without(self.memory.was, self._restored)
        self.memory = self.memory._replace(enabled=self.memory.enabled - off, was=was)

    def leave_the_same(self) -> None:
        """What means the same keeps its bytes."""
        for entity in self._target.of(*KINDS):
            new = self.revision.replaced.get(entity.route)
            if entity.route in self.revision.verbatim:
                continue
            if new is not None and meaning(new) == meaning(entity.data):
                del self.revision.replaced[entity.route]

    def made_routes(self) -> set[Route]:
        """Where the plan's entities are."""
        return {route for route, _ in self._placed.values()}

    def changes(self) -> Iterator[Change]:
        """One for each entity of ours, by kind and name."""
        done = []
        for (kind, name), (route, number) in self._placed.items():
            if (kind, name) in self._added:
                action = Action.ADD
            else:
                action = Action.REPLACE if route in self.revision.replaced else Action.SAME
            wanted = id_of((kind, name), self._made.entities[kind, name]) if number else ""
            taken = wanted if action is Action.ADD and wanted != number else ""
            done.append(Change(action, kind, self._called(kind, name), number, taken))
        done += [Change(Action.KEEP, e.kind, e.name, e.id) for e in self.left_over]
        done += [Change(Action.RESTORE, e.kind, e.name, e.id) for e in self._restored]
        done += [Change(Action.REMOVE, e.kind, e.name, e.id) for e in self._pruned]
        order = [*KINDS, "builtInVariable"]
        yield from sorted(done, key=lambda change: (order.index(change.kind), change.name))

    def others(self) -> int:
        """How many entities of the target are not ours and stay as they are."""
        ours = self.ours | self.revision.dropped
        return sum(
            entity.route not in ours
            and not (kind == "builtInVariable" and entity.type in self.memory.enabled)
            for kind in self._target.entities
            for entity in self._target.of(kind)
        )

    def _place(self, name: Name, data: Data) -> None:
        there = self._there.get(name)
        if there is None:
            route = self.revision.add(name[0], data)
            self._added.append(name)
        else:
            route = there.route
        self._placed[name] = (route, id_of(name, data))
        if there is not None and (_is_folder(there) or self._is_theirs_alike(there, data)):
            return
        if there is not None:
            if route not in self._mine:
                self.overwritten.append((there, data))
            self.revision.put(route, data)
        self.ours.add(route)

    def _is_theirs_alike(self, there: Entity, data: Data) -> bool:
        if there.route in self._mine or there.kind == "tag":
            return False
        unnoted = {key: value for key, value in there.data.items() if key != "notes"}
        return meaning(unnoted) == meaning(data)

    def _called(self, kind: str, name: str) -> str:
        """The name by which it is referenced: of a built-in variable not its type."""
        if kind != "builtInVariable":
            return name
        return next(text(d["name"]) for d in self._made.built_ins if d["type"] == name)

    def _known(self) -> dict[Name, Entity]:
        """The entities by name; of two with one name the one that is ours, else the first."""
        found: dict[Name, Entity] = {}
        for entity in self._target.of(*KINDS):
            before = found.get(name_of(entity))
            if before is None or (entity.route in self._mine and before.route not in self._mine):
                found[name_of(entity)] = entity
        return found


def _is_folder(entity: Entity) -> bool:
    """Whether it is a folder as it is to be: it is nothing but its name, and an id to lie in."""
    return entity.kind == "folder" and entity.id != ""


def _by_number(number: str) -> tuple[int, str]:
    return len(number), number
