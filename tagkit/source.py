"""Text -> ``Source``: a document's data with the place of every key and value.

``load`` reads a plan (YAML), ``load_json`` a container export; neither raises for what an author
did: each mistake is a ``Finding`` with a place, and reading goes on where it can. After an error
the data is what could be read, and nothing more is promised of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity, Span, Spot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tagkit.diagnostics import Findings, Route

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What a document is made of, in YAML and in JSON."""

Place = tuple[int, int, int, int, "dict[str, Place] | list[Place] | None"]
"""Where a value is: offsets of its start and end, of its key's start and end (-1 without a key),
and the places of what it holds. A block collection has no width: its end is its start."""

NOWHERE: Place = (0, 0, -1, -1, None)
DEPTH_LIMIT = 100
NODE_LIMIT = 500_000
_E = Severity.ERROR
EMPTY = Rule(
    "TK007", "empty-document", _E, "The file has no content, or nothing but blanks and comments."
)
SYNTAX = Rule(
    "TK010",
    "syntax",
    _E,
    "The text is not YAML (a plan) or not JSON (a container export). Nothing after this place was "
    "read, so there may be more to say once it is mended.",
)
CONTROL = Rule(
    "TK011",
    "control-character",
    _E,
    "YAML allows no control characters but tab and line breaks. They often come with text pasted "
    "from a PDF or a terminal, and cannot be seen. Inside double quotes \\x07 writes one.",
)
DUPLICATE = Rule(
    "TK012",
    "duplicate-key",
    _E,
    "The same key stands twice in one mapping. Other readers silently take the last one, so half "
    "of what was written would have no effect.",
)
KEY_NOT_TEXT = Rule(
    "TK013",
    "key-not-text",
    _E,
    "A key is a number, true, false, nothing, a list or a mapping. Keys are text: write quotes "
    'around it, "404": not_found. A reference to a GTM variable, {{Page Path}}, needs them too.',
)
TAG = Rule(
    "TK014",
    "tag",
    _E,
    "A YAML tag (!!str, !secret) changes what a value is. Plans have none: text in quotes is text, "
    "a number without quotes is a number.",
)
SECOND_DOCUMENT = Rule(
    "TK015",
    "second-document",
    _E,
    "A line of three dashes starts a second document in the file. One file is one plan.",
)
TOO_DEEP = Rule(
    "TK016", "too-deep", _E, f"Lists and mappings are nested more than {DEPTH_LIMIT} levels deep."
)
NO_ANCHOR = Rule(
    "TK017",
    "unknown-alias",
    _E,
    "An alias (*name) repeats a value that was marked with an anchor (&name) further up. There is "
    "no such anchor above. Text that starts with an asterisk needs quotes.",
)
SELF_ALIAS = Rule(
    "TK018", "alias-to-itself", _E, "An alias stands inside the very value it repeats."
)
TOO_MANY = Rule(
    "TK019",
    "too-many-values",
    _E,
    f"With its aliases written out, the document has more than {NODE_LIMIT:,} values.",
)
MERGE = Rule(
    "TK020",
    "merge-key",
    _E,
    "The merge key (<<) is no part of the plan language, since what wins in it surprises. Write "
    "the keys out; a single alias (*name) is fine.",
)
NUMBER = Rule(
    "TK021",
    "number-out-of-range",
    _E,
    "The number is too large for JSON and JavaScript, or is none (NaN, Infinity).",
)
STOPPED = Rule(
    "TK022",
    "reading-stopped",
    Severity.NOTE,
    "A document with very many mistakes is not read to its end. Mend the first ones.",
)
RULES = (
    EMPTY, SYNTAX, CONTROL, DUPLICATE, KEY_NOT_TEXT, TAG, SECOND_DOCUMENT, TOO_DEEP, NO_ANCHOR,
    SELF_ALIAS, TOO_MANY, MERGE, NUMBER, STOPPED,
)  # fmt: skip

_BREAK = re.compile(r"\r\n?|\n")


def _nowhere() -> Place:
    return NOWHERE


@dataclass(frozen=True, eq=False)
class Source:
    """A document as read: its text, its data, and where each value of the data stands.

    ``Source(name, "", None)`` stands for a file that could not be read: it has no places.
    """

    name: str
    text: str = field(repr=False)
    data: Json = field(repr=False)
    places: Callable[[], Place] = field(default=_nowhere, repr=False)
    is_json: bool = False

    def locate(self, route: Route, *, key: bool = False) -> Span:
        """The place of a value, or of its key; of the nearest ancestor if it is not there.

        What has no width of its own (a block collection, an empty value) and a collection over
        several lines are found at their key.
        """
        at = self._root
        for step in route:
            match at[4]:
                case dict() as members if isinstance(step, str) and step in members:
                    at = members[step]
                case list() as items if isinstance(step, int) and 0 <= step < len(items):
                    at = items[step]
                case _:
                    break
        return self.span(*self._grip(at, key=key))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files that this document is made of: itself."""
        return (self,)

    def spot(self, route: Route, *, key: bool = False) -> Spot:  # noqa: ARG002
        """In which file a value was written, and where: here."""
        return Spot(self, route)

    def through(self, source: Source) -> tuple[Spot, ...]:  # noqa: ARG002
        """What led to the file: nothing did, it was asked for."""
        return ()

    def written(self, route: Route) -> str:
        """The very text of a value: ``1.10`` where the data has 1.1."""
        span = self.locate(route)
        start = self._starts[span.line - 1] + span.column - 1
        return self.text[start : self._starts[span.end_line - 1] + span.end_column - 1]

    def line(self, number: int) -> str:
        """The text of a line, from 1, without its break; "" when there is no such line."""
        if not 1 <= number <= len(self._starts):
            return ""
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[self._starts[number - 1] : end].rstrip("\r\n")

    def span(self, start: int, end: int) -> Span:
        """Offsets as lines and columns."""
        line = bisect_right(self._starts, start)
        end_line = bisect_right(self._starts, end)
        return Span(
            line,
            start - self._starts[line - 1] + 1,
            end_line,
            end - self._starts[end_line - 1] + 1,
        )

    def is_in_value(self, offset: int) -> bool:
        """Whether a character of the text is part of a key or of a scalar, and no comment."""
        index = bisect_right(self._taken, (offset, len(self.text))) - 1
        return index >= 0 and offset < self._taken[index][1]

    @cached_property
    def _taken(self) -> list[tuple[int, int]]:
        """From where to where each key and each scalar stands, in order."""
        found = []
        for start, end, key_start, key_end, children in self._all():
            if key_end > key_start:
                found.append((key_start, key_end))
            if children is None:
                found.append((self._content(start), end))
        return sorted(found)

    def _all(self) -> Iterator[Place]:
        """The places, the outermost first."""
        waiting = deque([self._root])
        while waiting:
            at = waiting.popleft()
            yield at
            waiting.extend(at[4].values() if isinstance(at[4], dict) else at[4] or ())

    def _content(self, start: int) -> int:
        """Where a scalar's own text begins: a block's, behind the line of its ``|`` or ``>``."""
        if self.text[start : start + 1] not in ("|", ">"):
            return start
        return self.text.find("\n", start) + 1 or len(self.text)

    def last_line(self, number: int) -> int:
        """The line on which ends what begins on a line: a list item, or a key and its value.

        Of several that begin there, the largest; the line itself when nothing does.
        """
        return self._last_lines.get(number, number)

    @cached_property
    def _last_lines(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for at in self._all():
            begin = at[2] if at[2] >= 0 else self._begin(at)
            line = bisect_right(self._starts, begin)
            before = self.text[self._starts[line - 1] : begin]
            if line not in found and at is not self._root and not before.strip(" \t-"):
                found[line] = bisect_right(self._starts, max(self._end(at) - 1, begin))
        return found

    def _begin(self, at: Place) -> int:
        """Where the first thing in it stands; a block collection has no place of its own."""
        while at[4] and at[0] == at[1]:
            at = at[4][0] if isinstance(at[4], list) else next(iter(at[4].values()))
            if at[2] >= 0:
                return at[2]
        return at[0]

    def _end(self, at: Place) -> int:
        while at[4] and at[0] == at[1]:
            at = at[4][-1] if isinstance(at[4], list) else next(reversed(at[4].values()))
        return at[1]

    @cached_property
    def _root(self) -> Place:
        return self.places()

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in _BREAK.finditer(self.text))]

    def _grip(self, at: Place, *, key: bool = False) -> tuple[int, int]:
        """What to hold a value by."""
        start, end, key_start, key_end, children = at
        if key_start >= 0 and (key or end == start or (children and self._breaks(start, end))):
            return key_start, key_end
        if end > start:
            if isinstance(children, dict) and "name" in children and self._breaks(start, end):
                return self._grip(children["name"])
            return start, start + len(self.text[start:end].rstrip(" \t\r\n"))
        if not children:  # an item that is empty: its dash
            return max(start - (self.text[start - 1 : start] == "-"), 0), end
        first = children[0] if isinstance(children, list) else next(iter(children.values()))
        if first[2] < 0:
            return self._grip(first)
        whole = first[1] > first[0] and not self._breaks(first[2], first[1])
        return first[2], first[1] if whole else first[3]

    def _breaks(self, start: int, end: int) -> bool:
        return bisect_right(self._starts, start) != bisect_right(self._starts, end)


def load(text: str, name: str, found: Findings) -> Source:
    """A plan, or any other YAML document of ours."""
    from tagkit import yamltext

    text = text.removeprefix("\ufeff")
    data, root = yamltext.build(text, found, Source(name, text, None).span)
    return Source(name, text, data, lambda: root)


def load_json(text: str, name: str, found: Findings) -> Source:
    """A container export. Places are worked out when the first is asked for."""
    from tagkit import jsontext

    text = text.removeprefix("\ufeff")
    data = jsontext.parse(text, found, Source(name, text, None).span)
    return Source(name, text, data, lambda: jsontext.scan(text)[0], is_json=True)


def mistake(rule: Rule, route: Route, message: str, span: Span, hint: str | None = None) -> Finding:
    """What only the text tells, and so has a place of its own."""
    return Finding(rule, route, message, hint, span=span)
