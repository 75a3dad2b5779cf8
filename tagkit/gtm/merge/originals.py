"""What of others was overwritten: remembered as it stood in the file, and put back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple, cast

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.merge.edits import inside
from tagkit.gtm.merge.marks import name_of
from tagkit.gtm.merge.memory import Original

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Data, Entity
    from tagkit.source import Source

_FIRING = ("firingTriggerId", "blockingTriggerId")


class Restored(NamedTuple):
    """An entity as it was; ``text`` is None when ids that it mentions are others now."""

    data: Data
    text: str | None


def originals_of(
    export: Source, target: Container, overwritten: Iterable[Entity]
) -> frozenset[Original]:
    """What is to be remembered of them. The ids in it may be others when it comes back."""
    places, found = None, set[Original]()
    for entity in overwritten:
        places = places or inside(export.places(), target.version_route)
        start, end = inside(places, entity.route[-2:])[:2]
        mentioned: set[tuple[str, str]] = set()

        def note(kind: str, number: str, seen: set[tuple[str, str]] = mentioned) -> str:
            seen.add((kind, number))
            return number

        _renumbered(entity.data, note)
        names = {
            (kind, one.id, one.name)
            for kind in ("trigger", "folder")
            for one in target.of(kind)
            if (kind, one.id) in mentioned
        }
        kept = Original(*name_of(entity), export.text[start:end], tuple(sorted(names)))
        found.add(kept)
    return frozenset(found)


def restored(
    target: Container, originals: Collection[Original], leaving: Collection[Route]
) -> dict[Route, Restored]:
    """What becomes of those of the leaving in whose place something else was."""
    if not originals:
        return {}
    known = {(one.kind, one.name): one for one in sorted(originals)}
    numbers: dict[tuple[str, str], list[str]] = {}
    for entity in target.of("trigger", "folder"):
        numbers.setdefault((entity.kind, entity.name), []).append(entity.id)
    found: dict[Route, Restored] = {}
    for entity in target.of(*{one.kind for one in originals}):
        if entity.route in leaving and (original := known.pop(name_of(entity), None)):
            as_it_was = _as_it_was(original, entity, numbers)
            if as_it_was is not None:
                found[entity.route] = as_it_was
    return found


def without(originals: Iterable[Original], back: Iterable[Entity]) -> frozenset[Original]:
    """What is still to be remembered when these are back."""
    names = set(map(name_of, back))
    return frozenset(one for one in originals if (one.kind, one.name) not in names)


def _as_it_was(
    original: Original, there: Entity, numbers: dict[tuple[str, str], list[str]]
) -> Restored | None:
    try:
        data = json.loads(original.text)
    except (ValueError, RecursionError):  # somebody wrote in it
        return None
    if not isinstance(data, dict):
        return None
    called = {(kind, number): name for kind, number, name in original.mentioned}

    def now(kind: str, number: str) -> str:
        here = numbers.get((kind, called.get((kind, number), "")), [number])
        return number if number in here else here[0]

    new, key = _renumbered(cast("Data", data), now), vocabulary.ID_KEYS[there.kind]
    if there.id and key in new and id_text(new[key]) != there.id:
        new[key] = there.id
    return Restored(new, original.text if new == data else None)


def _renumbered(data: Data, number_of: Callable[[str, str], str]) -> Data:
    """The entity with other ids of triggers and folders; the same where they are the same."""

    def of(kind: str, value: object) -> object:
        number = id_text(value)
        new = number_of(kind, number)
        return value if new == number else new

    new = dict(data)
    if "parentFolderId" in new:
        new["parentFolderId"] = of("folder", new["parentFolderId"])
    for key in _FIRING:
        if isinstance(new.get(key), list):
            new[key] = [of("trigger", one) for one in items(new[key])]
    if isinstance(new.get("parameter"), list):
        new["parameter"] = [_with_members(one, of) for one in items(new["parameter"])]
    return new


def _with_members(parameter: object, of: Callable[[str, object], object]) -> object:
    """A list of triggers, as a trigger group has it."""
    if not isinstance(mapping(parameter).get("list"), list):
        return parameter
    members = [
        {**mapping(one), "value": of("trigger", mapping(one).get("value"))}
        if text(mapping(one).get("type")) == "TRIGGER_REFERENCE"
        else one
        for one in items(mapping(parameter)["list"])
    ]
    return {**mapping(parameter), "list": members}
