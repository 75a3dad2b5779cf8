"""How a JSON file is laid out, so that what is added to it looks like the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tagkit.rendering import piece

if TYPE_CHECKING:
    from tagkit.gtm.container import Data
    from tagkit.source import Place

_STEP = "    "  # GTM's own


class Layout(NamedTuple):
    """``step`` is one level of indentation, ``indent`` that of what stands in the version.

    ``indent`` is None when all stands in one line; then ``gap`` follows each comma.
    """

    newline: str
    step: str
    indent: str | None
    gap: str
    colon: str
    entities_in_lines: bool

    @property
    def version_gap(self) -> str:
        """What stands between the members of the version, after the comma."""
        return self.gap if self.indent is None else self.newline + self.indent

    def entity(self, data: Data, indent: str | None) -> str:
        """The text of an entity at this indentation; None is in the middle of a line."""
        if indent is None or not self.entities_in_lines:
            separators = (f",{self.gap}", self.colon)
            return json.dumps(data, ensure_ascii=False, separators=separators)
        end = self.newline + indent
        if self.colon == ": ":
            return piece(data, self.step, end)
        written = json.dumps(
            data, ensure_ascii=False, indent=self.step, separators=(",", self.colon)
        )
        return written.replace("\n", end)

    def array(self, entities: list[Data]) -> str:
        """The text of an array that is a member of the version."""
        if self.indent is None:
            return f"[{f',{self.gap}'.join(self.entity(data, None) for data in entities)}]"
        start = self.newline + self.indent + self.step
        written = (self.entity(data, self.indent + self.step) for data in entities)
        return f"[{start}{f',{start}'.join(written)}{self.newline}{self.indent}]"


def layout_of(text: str, version: Place) -> Layout:
    """The layout of an export; ``version`` is the place of its ``containerVersion``."""
    start, _, key_start, key_end, members = version
    places = list(members.values()) if isinstance(members, dict) else []
    colon = text[key_end:start]
    gap = " " if colon.endswith(" ") else ""
    outer = indent_at(text, key_start)
    indent = indent_at(text, places[0][2]) if places else None
    if not places and outer is not None:
        indent = outer + (outer or _STEP)
    step = (indent or "").removeprefix(outer or "") or _STEP
    siblings = [p for place in places if isinstance(place[4], list) for p in place[4] if p[4]]
    in_lines = [_breaks(text, sibling) for sibling in siblings[:1]]
    return Layout(
        newline="\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r",
        step=step,
        indent=indent,
        gap=gap,
        colon=colon,
        entities_in_lines=all(in_lines),
    )


def indent_at(text: str, start: int) -> str | None:
    """The blanks between the start of the line and this place; None when there is more."""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = text[line:start]
    return None if line == 0 or before.strip(" \t") else before


def _breaks(text: str, place: Place) -> bool:
    return any(text.find(sign, place[0], place[1]) >= 0 for sign in "\r\n")
