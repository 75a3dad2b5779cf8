"""Which entities of a container tagkit made: see the package for what marks them."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from tagkit.gtm.container import id_text, text
from tagkit.gtm.merge.memory import memory_of
from tagkit.gtm.merge.uses import uses_of
from tagkit.gtm.notes import folder_names, is_made

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.merge.memory import Memory, Name

_END_OF_WORD = re.compile(r"\w+$")
_GROUPS = tuple(sorted(folder_names()))
KINDS = ("tag", "trigger", "variable", "folder")
"""The kinds that marks tell of."""


def name_of(entity: Entity) -> Name:
    """By what GTM's import knows an entity again."""
    return (entity.kind, entity.type if entity.kind == "builtInVariable" else entity.name)


def note_on(entity: Entity) -> str:
    """Its notes."""
    return text(entity.data.get("notes"))


def noted_tags(container: Container) -> list[Entity]:
    """The tags with a note of ours, copies of them, too."""
    return [tag for tag in container.of("tag") if is_made(note_on(tag))]


def memory_in(container: Container) -> Memory:
    """What earlier merges wrote down."""
    return memory_of(map(note_on, noted_tags(container)))


def owned(container: Container, names: Collection[Name] = ()) -> set[Route]:
    """The entities that tagkit made. ``names`` are those that a plan gives."""
    memory = memory_in(container)
    found = marked(container, names, memory.own)
    routes = {route for route, entity in found.items() if name_of(entity) not in memory.not_own}
    same: dict[Name, list[Route]] = {(one.kind, one.name): [] for one in memory.was}
    for entity in container.of(*KINDS) if same else ():
        if name_of(entity) in same:
            same[name_of(entity)].append(entity.route)
    for routes_of_name in same.values():
        if len(routes_of_name) > 1:  # the first was overwritten
            routes = routes.difference(routes_of_name) | {routes_of_name[0]}
    return routes


def marked(
    container: Container,
    names: Collection[Name] = (),
    sure: Collection[Name] = (),
    *,
    by_own_notes: bool = True,
) -> dict[Route, Entity]:
    """What the marks tell. ``names`` count like our prefix, ``sure`` are ours in any case.

    ``by_own_notes``: whether the notes of triggers and variables count.
    """
    noted, prefixes = noted_tags(container), _prefixes(container)

    def is_named(entity: Entity) -> bool:
        return entity.name.startswith(prefixes) or name_of(entity) in names

    found = {tag.route: tag for tag in noted if not prefixes or is_named(tag)}
    if by_own_notes:
        found |= {e.route: e for e in container.of("trigger", "variable") if is_made(note_on(e))}
    if sure:
        found |= {e.route: e for e in container.of(*KINDS) if name_of(e) in sure}
    uses = uses_of(container)
    waiting = list(found.values())
    while waiting:
        for used in uses.get(waiting.pop().route, ()):
            if used.kind in {"trigger", "variable"} and used.route not in found and is_named(used):
                found[used.route] = used
                waiting.append(used)
    lying = {id_text(entity.data.get("parentFolderId")) for entity in found.values()}
    for folder in container.of("folder"):
        by_group = folder.name.startswith(prefixes) and folder.name.endswith(_GROUPS)
        if folder.id in lying and (by_group or name_of(folder) in names):
            found[folder.route] = folder
    return found


def lookalikes(container: Container, ours: Collection[Route]) -> list[Entity]:
    """What is not ours for sure: copies of our tags, and unused things with our prefix."""
    prefixes, uses = _prefixes(container), uses_of(container)
    used = {one.route for found in uses.values() for one in found}
    copies = [tag for tag in noted_tags(container) if tag.route not in ours]
    named = (e for e in container.of("trigger", "variable") if e.name.startswith(prefixes))
    return [*copies, *(e for e in named if e.route not in ours and e.route not in used)]


def _prefixes(container: Container) -> tuple[str, ...]:
    return tuple(sorted(set(_common_beginnings(container))))


def _common_beginnings(container: Container) -> Iterator[str]:
    """What the name of a tag and that of its folder begin with, up to the end of a word."""
    folders = {folder.id: folder.name for folder in container.of("folder")}
    for tag in noted_tags(container):
        folder = folders.get(id_text(tag.data.get("parentFolderId")), "")
        if folder.endswith(_GROUPS):
            alike = takewhile(lambda pair: pair[0] == pair[1], zip(tag.name, folder, strict=False))
            prefix = _END_OF_WORD.sub("", "".join(letter for letter, _ in alike))
            if re.search(r"\w", prefix):
                yield prefix
