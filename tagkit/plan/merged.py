"""A plan made of several files: one document, of which each value knows the file it stands in."""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.diagnostics import Route
    from tagkit.source import Json, Source

_FEW = 3
_NONE: Mapping[str | int, Origin] = MappingProxyType({})


class Filled(NamedTuple):
    """A variable in a text: its name, and where its value stands.

    When no file says it, ``spot`` is None and ``remarks`` tell who does.
    """

    name: str
    spot: Spot | None
    remarks: tuple[str, ...] = ()


class Origin(NamedTuple):
    """Where a value was written. What ``members`` lacks stands below it, in the same file.

    ``filled`` are the variables in a text, ``whole``: the text is one variable and nothing else.
    """

    source: Source
    route: Route
    members: Mapping[str | int, Origin] = _NONE
    filled: tuple[Filled, ...] = ()
    whole: bool = False

    def member(self, step: str | int) -> Origin:
        """That of a value in this one."""
        return self.members.get(step) or Origin(self.source, (*self.route, step))

    @property
    def spot(self) -> Spot:
        """Its own place, whatever a variable put there."""
        return Spot(self.source, self.route)

    @property
    def of_value(self) -> Spot:
        """The place of the value.

        What a variable put there is the variable's: its value has the mistake, and the place
        where it is used is told beside it.
        """
        if not self.filled:
            return self.spot
        first = self.filled[0].spot
        if self.whole and first:
            related = (*first.related, (self.spot, "used here"))[-_FEW:]
            return first._replace(related=related)
        related = tuple(
            (f.spot._replace(related=()), f"the value of '{f.name}'") for f in self.filled if f.spot
        )
        remarks = chain.from_iterable(f.spot.remarks if f.spot else f.remarks for f in self.filled)
        return self.spot._replace(
            related=tuple(dict.fromkeys(related)), remarks=tuple(dict.fromkeys(remarks))
        )


class Layer(NamedTuple):
    """One file of a plan, and the places that led to it, the nearest first."""

    source: Source
    through: tuple[Spot, ...] = ()


class Node(NamedTuple):
    """A value, and where it was written."""

    data: Json
    origin: Origin


class Merged:
    """The document that ``inherit`` gives in place of a ``Source``."""

    def __init__(self, layers: tuple[Layer, ...], node: Node) -> None:
        self.sources = tuple(layer.source for layer in layers)
        self.data = node.data
        self._root = node.origin
        self._through = {layer.source.name: layer.through for layer in layers}

    @property
    def name(self) -> str:
        """The file that was asked for; it comes last, since it has the last word."""
        return self.sources[-1].name

    def spot(self, route: Route, *, key: bool = False) -> Spot:
        """Where a value of the document, or its key, was written."""
        at = self._root
        for depth, step in enumerate(route):
            if at.filled:  # a text: what seems to lie below it is the text itself
                key = False
                break
            inner = at.members.get(step)
            if inner is None:
                return Spot(at.source, (*at.route, *route[depth:]))
            at = inner
        return at.spot if key else at.of_value

    def through(self, source: Source) -> tuple[Spot, ...]:
        """The places that led to a file, the nearest first."""
        return self._through.get(source.name, ())

    def written(self, route: Route) -> str:
        """The very text of a value."""
        spot = self.spot(route)
        return spot.source.written(spot.route)
