"""Where texts refer to variables: ``${name}``, and what in them only looks like it.

Before a brace ``$$`` is the text ``$``: ``$${`` is the text ``${``, and in ``$$${price}`` a dollar
stands before the price.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.diagnostics import Route
    from tagkit.source import Json, Source

SIGN = "${"
_MARK = re.compile(r"(?<!\$)(?P<dollars>(?:\$\$)*)(?:\$\{(?P<name>[^{}]*)(?P<end>\}?)|(?<=\$)\{)")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Reference(NamedTuple):
    """What stands between ``${`` and ``}``; ``closed``: there is a ``}``."""

    name: str
    closed: bool

    @property
    def is_named(self) -> bool:
        """Whether it can be a variable."""
        return self.closed and _NAME.fullmatch(self.name) is not None


def parts_of(text: str) -> list[str | Reference]:
    """The text in pieces, none of them empty: as it is meant, or a reference."""
    parts: list[str | Reference] = []
    end = 0
    for mark in _MARK.finditer(text):
        before = text[end : mark.start()] + "$" * (len(mark["dollars"]) // 2)
        end = mark.end()
        if mark["name"] is None:
            parts.append(before + "{")
        else:
            parts += [before, Reference(mark["name"], closed=bool(mark["end"]))]
    parts.append(text[end:])
    return [part for part in parts if part != ""]


def references_in(value: Json) -> list[Reference]:
    """Those in a text, in order; none in what is no text."""
    if not isinstance(value, str) or SIGN not in value:
        return []
    return [part for part in parts_of(value) if isinstance(part, Reference)]


def uses_in(sources: Iterable[Source]) -> dict[str, list[Spot]]:
    """Where each variable is named, in texts that another file may have replaced, too."""
    uses: dict[str, list[Spot]] = {}
    for source in sources:
        data = source.data
        waiting: list[tuple[Route, Json]] = [((), data)]
        if isinstance(data, dict):
            waiting = [((key,), data[key]) for key in reversed(data) if key != "extends"]
        while waiting:
            route, value = waiting.pop()
            if isinstance(value, dict):
                waiting += [((*route, key), value[key]) for key in reversed(value)]
            elif isinstance(value, list):
                waiting += [((*route, i), value[i]) for i in reversed(range(len(value)))]
            for reference in references_in(value):
                uses.setdefault(reference.name, []).append(Spot(source, route))
    return uses
