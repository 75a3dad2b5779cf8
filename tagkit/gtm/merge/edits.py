"""Changes of an export: as data, and as pieces of its text with every other byte as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.gtm.container import container_of, items
from tagkit.gtm.merge.layout import indent_at, layout_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Data
    from tagkit.gtm.merge.layout import Layout
    from tagkit.gtm.merge.originals import Restored
    from tagkit.source import Place, Source

_ORDER = vocabulary.KEY_ORDER["containerVersion"]
_HALF = re.compile("[\ud800-\udfff]")


class Edit(NamedTuple):
    """A piece of text and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What becomes of a container: entities replaced and dropped by route, others added by kind.

    ``verbatim`` is the text of some that are replaced, where it is known. ``empty`` are arrays that
    stay when nothing is left in them, with the blanks they then hold.
    """

    container: Container
    replaced: dict[Route, Data] = field(default_factory=dict)
    dropped: set[Route] = field(default_factory=set)
    added: dict[str, list[Data]] = field(default_factory=dict)
    empty: dict[str, str] = field(default_factory=dict)
    verbatim: dict[Route, str] = field(default_factory=dict)

    def add(self, kind: str, data: Data) -> Route:
        """Add an entity; its route, which nothing changes afterwards."""
        self.added.setdefault(kind, []).append(data)
        return (*self.container.version_route, kind, self._size(kind) + len(self.added[kind]) - 1)

    def put(self, route: Route, data: Data) -> None:
        """Write an entity anew, one that was there or one that was added."""
        kind, index = route[-2:]
        behind = int(index) - self._size(str(kind))
        if behind >= 0:
            self.added[str(kind)][behind] = data
        else:
            self.replaced[route] = data

    def restore(self, back: Mapping[Route, Restored]) -> None:
        """Put others' entities back."""
        for route, entity in back.items():
            self.replaced[route] = entity.data
            if entity.text is not None:
                self.verbatim[route] = entity.text

    def after(self) -> Container:
        """The container afterwards. The place of what is dropped is empty, so that routes stay."""
        old, version = self.container, dict(self.container.version)
        for kind in vocabulary.KINDS:
            if kind in self.added or isinstance(version.get(kind), list):
                home = (*old.version_route, kind)
                version[kind] = [
                    None
                    if (*home, index) in self.dropped
                    else self.replaced.get((*home, index), item)
                    for index, item in enumerate(items(version.get(kind)))
                ] + self.added.get(kind, [])
        return container_of({"containerVersion": version} if old.version_route else version)

    def text(self, source: Source) -> str:
        """The text afterwards."""
        route = self.container.version_route
        edits = list(_edits(self, source.text, inside(source.places(), route), route))
        return _applied(source.text, edits) if edits else source.text

    def _size(self, kind: str) -> int:
        return len(items(self.container.version.get(kind)))


def blanks_of_empty(source: Source, container: Container) -> dict[str, str]:
    """The arrays of entities that are there and empty, with the blanks between their brackets."""
    empty = [kind for kind in vocabulary.KINDS if container.version.get(kind) == []]
    if not empty:
        return {}
    members = inside(source.places(), container.version_route)[4]
    assert isinstance(members, dict)  # noqa: S101 # it has the members that the data has
    return {kind: source.text[members[kind][0] + 1 : members[kind][1] - 1] for kind in empty}


def _edits(revision: Revision, text: str, version: Place, route: Route) -> Iterator[Edit]:
    members = version[4]
    assert isinstance(members, dict)  # noqa: S101 # a version is a mapping
    layout = layout_of(text, version)
    gone: set[int] = set()
    for number, (kind, place) in enumerate(members.items()):
        listed = place[4]
        if kind not in vocabulary.KINDS or not isinstance(listed, list):
            continue
        home = (*route, kind)
        dropped = {index for index in range(len(listed)) if (*home, index) in revision.dropped}
        added = revision.added.get(kind, [])
        if dropped and len(dropped) == len(listed) and not added:
            if kind in revision.empty:
                yield Edit(place[0] + 1, place[1] - 1, revision.empty[kind])
            else:
                gone.add(number)
            continue
        yield from _cuts([at[:2] for at in listed], dropped, place[0] + 1)
        for index, at in enumerate(listed):
            if data := revision.replaced.get((*home, index)):
                written = revision.verbatim.get((*home, index))
                new = written or _entity(layout, data, indent_at(text, at[0]))
                yield Edit(at[0], at[1], new)
        if added:
            yield _appended(text, place, dropped, added, layout)
    spans = [(at[2], at[1]) for at in members.values()]
    yield from _cuts(spans, gone, version[0] + 1)
    left = {kind: m for number, (kind, m) in enumerate(members.items()) if number not in gone}
    yield from _new_members(revision, left, version[0] + 1, layout)


def _cuts(spans: list[tuple[int, int]], dropped: Collection[int], start: int) -> Iterator[Edit]:
    """Runs of what is dropped, each with one comma; ``start`` is behind the opening bracket."""
    index = 0
    while index < len(spans):
        if index not in dropped:
            index += 1
            continue
        first = index
        while index < len(spans) and index in dropped:
            index += 1
        if first:
            yield Edit(spans[first - 1][1], spans[index - 1][1], "")
        elif index < len(spans):
            yield Edit(spans[0][0], spans[index][0], "")
        else:
            yield Edit(start, spans[-1][1], "")


def _appended(
    text: str, place: Place, dropped: Collection[int], added: list[Data], layout: Layout
) -> Edit:
    found = place[4]
    assert isinstance(found, list)  # noqa: S101 # its caller has looked
    if not found:
        return Edit(place[0], place[1], _well_formed(layout.array(added)))
    gap = text[place[0] + 1 : found[0][0]]
    if len(found) > 1:
        gap = text[found[-2][1] : found[-1][0]].partition(",")[2]
    elif not gap.strip(" \t"):
        gap = layout.gap
    last = re.split("[\r\n]", gap)[-1]
    indent = last if last != gap else None
    written = f",{gap}".join(_entity(layout, data, indent) for data in added)
    start = gap if len(dropped) == len(found) else f",{gap}"
    return Edit(found[-1][1], found[-1][1], start + written)


def _new_members(
    revision: Revision, members: dict[str, Place], start: int, layout: Layout
) -> Iterator[Edit]:
    """Arrays that are not there yet, each behind what GTM writes before it."""
    behind: dict[int, list[str]] = {}
    for kind in vocabulary.KINDS:
        if kind in members or not revision.added.get(kind):
            continue
        before = [key for key in _ORDER[: _ORDER.index(kind)] if key in members]
        anchor = (
            members[before[-1]][1]
            if before
            else max((m[1] for m in members.values()), default=start)
        )
        array = _well_formed(layout.array(revision.added[kind]))
        behind.setdefault(anchor, []).append(f'"{kind}"{layout.colon}{array}')
    for anchor, written in behind.items():
        comma = f",{layout.version_gap}"
        first = layout.version_gap if anchor == start else comma
        yield Edit(anchor, anchor, first + comma.join(written))


def _entity(layout: Layout, data: Data, indent: str | None) -> str:
    return _well_formed(layout.entity(data, indent))


def _well_formed(text: str) -> str:
    """Half characters, which the data of an export may hold, as JSON can write them."""
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _applied(text: str, edits: list[Edit]) -> str:
    pieces, at = [], 0
    for start, end, instead in sorted(edits):
        pieces += [text[at:start], instead]
        at = end
    return "".join([*pieces, text[at:]])


def inside(place: Place, route: Route) -> Place:
    """Where something is, from the place of what it is in."""
    for step in route:
        place = place[4][step]  # type: ignore[index] # the data has the same steps
    return place
