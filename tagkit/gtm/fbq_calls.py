"""The ``fbq(...)`` calls in the code of a Custom HTML tag, with what they pass as it is written.

``var p = {value: 1}; fbq('track', 'Lead', p)`` is followed when the name is set once; what is set
in more than one place, or computed, is code: nothing is known of it, and no rule may guess.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm.markup import scripts_in
from tagkit.javascript import OPENS, PAIRS, partners, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.javascript import Piece

# What a value is. TEXT is in quotes and may hold references, REFERENCE is a bare {{name}}.
TEXT, LITERAL, OBJECT, LIST, CODE = "text", "literal", "object", "list", "code"
REFERENCE = "reference"

_NAMED = re.compile(r"\{\{([^{}\r\n]++)\}\}")
_GOES_ON = frozenset("+ - * / % . ? [ ( & | < > = ^".split())


class Value(NamedTuple):
    """An argument or a property.

    ``text``: of TEXT what it says, of REFERENCE the name, of LITERAL the number or word.
    ``entries``: of OBJECT. ``whole``: they are all it can have. ``code``: what is written, of a
    value that is not taken apart.
    """

    kind: str
    text: str = ""
    entries: tuple[tuple[str, Value], ...] = ()
    whole: bool = True
    code: str = ""

    @property
    def plain(self) -> str | None:
        """The text or number, when it holds no reference; else None."""
        if self.kind == LITERAL or (self.kind == TEXT and "{{" not in self.text):
            return self.text
        return None

    @property
    def quoted(self) -> str:
        """The name of the reference that is all that stands in quotes; "" when it is not so."""
        found = _NAMED.fullmatch(self.text) if self.kind == TEXT else None
        return found[1] if found else ""

    @property
    def reference(self) -> str:
        """The name of the one reference it is, in quotes or not; "" when it is something else."""
        return self.text if self.kind == REFERENCE else self.quoted


class Call(NamedTuple):
    """``command`` is "" if it is computed. ``depth``: how many brackets and conditions hold it."""

    command: str
    arguments: tuple[Value, ...]
    depth: int
    script: int


NOTHING = Value(CODE)


@lru_cache(maxsize=2048)
def calls_in(html: str) -> tuple[Call, ...]:
    """All calls, in the order of the code. Kept, as each rule asks for them."""
    if "fbq" not in html:
        return ()
    return tuple(
        call
        for number, code in enumerate(scripts_in(html))
        if "fbq" in code
        for call in _Script(code, number).calls()
    )


class _Script:
    def __init__(self, code: str, number: int) -> None:
        self.code, self.number = code, number
        self.pieces = list(pieces_of(code))
        self.partners = partners(self.pieces)
        self.openers = {closed: opened for opened, closed in self.partners.items()}
        self.named: dict[str, Value] = {}
        self.uses: dict[str, int] = {}
        for piece in self.pieces:
            if piece.kind == "word":
                self.uses[piece.text] = self.uses.get(piece.text, 0) + 1

    def calls(self) -> Iterator[Call]:
        """The calls with literal commands and those without."""
        self._name()
        found = list(self._places())
        passed: dict[str, int] = {}
        for _, _, arguments in found:
            for start, end in arguments:
                if end - start == 1 and self.pieces[start].kind == "word":
                    name = self.pieces[start].text
                    passed[name] = passed.get(name, 0) + 1
        for _, depth, arguments in found:
            values = [self._argument(start, end, passed) for start, end in arguments]
            command = values[0].plain if values and values[0].kind == TEXT else None
            yield Call(command or "", tuple(values[1:]), depth, self.number)

    def _places(self) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
        depth = 0
        for index, piece in enumerate(self.pieces):
            if piece.kind == "sign":
                depth += (piece.text in OPENS) - (piece.text in PAIRS)
            elif piece.text == "fbq" and self._is_mark(index + 1, "("):
                opened = index + 1
                if opened in self.partners and not self._is_word(index - 1, "function"):
                    yield index, depth + self._is_guarded(index), self._parts(opened)

    def _is_guarded(self, index: int) -> bool:
        """Whether a condition stands right before: ``window.fbq && fbq(…)``, ``if (…) fbq(…)``."""
        while self._is_mark(index - 1, "."):
            index -= 2
        if index < 1 or self.pieces[index - 1].kind not in ("sign", "word"):
            return False
        before = self.pieces[index - 1].text
        opened = self.openers.get(index - 1)
        return before in {"&", "&&", "?", "else"} or (
            opened is not None and self._is_word(opened - 1, "if")
        )

    def _parts(self, opened: int) -> list[tuple[int, int]]:
        """The slices between the commas of a bracket."""
        closed = self.partners[opened]
        parts, start, index = [], opened + 1, opened + 1
        while index < closed:
            if self._is_mark(index, ","):
                parts.append((start, index))
                start = index + 1
            index = self.partners.get(index, index) + 1
        if start < closed:
            parts.append((start, closed))
        return parts

    def _argument(self, start: int, end: int, passed: dict[str, int]) -> Value:
        value = self._value(start, end)
        if value.kind != CODE or end - start != 1:
            return value
        name = self.pieces[start].text
        named = self.named.get(name, NOTHING)
        # Set, then passed, and nothing else: what is written is all there is.
        whole = named.whole and self.uses.get(name) == 1 + passed.get(name, 0)
        return named._replace(whole=whole) if named != NOTHING else value

    def _value(self, start: int, end: int) -> Value:
        if end <= start:
            return NOTHING
        piece = self.pieces[start]
        if end - start == 1:
            return _of_piece(piece)
        if end - start == 2 and piece.text in {"-", "+"}:  # noqa: PLR2004 - a sign and a number
            number = self.pieces[start + 1]
            return Value(LITERAL, piece.text + number.text) if number.kind == "number" else NOTHING
        if piece.kind == "sign" and self.partners.get(start) == end - 1:
            if piece.text == "{":
                return self._object(start)
            if piece.text == "[":
                return Value(LIST, self.code[piece.at : self.pieces[end - 1].at + 1])
        return Value(CODE, code=self._written(start, end))

    def _written(self, start: int, end: int) -> str:
        last = self.pieces[end - 1]
        return self.code[self.pieces[start].at : last.at + len(last.text)]

    def _object(self, opened: int) -> Value:
        entries: list[tuple[str, Value]] = []
        whole = True
        for start, end in self._parts(opened):
            key = self.pieces[start] if start < end else None
            if key is None or key.kind in {"sign", "reference"}:
                whole = whole and key is None
            elif self._is_mark(start + 1, ":") and start + 1 < end:
                entries.append((key.value, self._flat(start + 2, end)))
            elif end - start == 1 and key.kind == "word":  # {value}
                entries.append((key.value, NOTHING))
            else:
                whole = False
        return Value(OBJECT, "", tuple(entries), whole)

    def _flat(self, start: int, end: int) -> Value:
        """A value inside an object; an object in it is not taken apart: nobody asks."""
        if start < end and self._is_mark(start, "{") and self.partners.get(start) == end - 1:
            return Value(OBJECT, whole=False, code=self._written(start, end))
        return self._value(start, end)

    def _name(self) -> None:
        """What each name is set to, of those that are set once."""
        seen: set[str] = set()
        for index, piece in enumerate(self.pieces):
            if piece.kind != "word" or not self._is_mark(index + 1, "="):
                continue
            if self._is_mark(index + 2, "=") or self._is_mark(index - 1, "."):
                continue
            if piece.text in seen:
                self.named[piece.text] = NOTHING
                continue
            seen.add(piece.text)
            start = index + 2
            end = self.partners.get(start, start) + 1
            if start < len(self.pieces) and not self._goes_on(end):
                self.named[piece.text] = self._value(start, end)

    def _goes_on(self, index: int) -> bool:
        return index < len(self.pieces) and (
            self.pieces[index].kind == "sign" and self.pieces[index].text[0] in _GOES_ON
        )

    def _is_mark(self, index: int, text: str) -> bool:
        if not 0 <= index < len(self.pieces):
            return False
        piece = self.pieces[index]
        return piece.kind == "sign" and piece.text == text

    def _is_word(self, index: int, text: str) -> bool:
        return index >= 0 and self.pieces[index].kind == "word" and self.pieces[index].text == text


def _of_piece(piece: Piece) -> Value:
    if piece.kind == "text":
        return Value(TEXT, piece.value)
    if piece.kind == REFERENCE:
        return Value(REFERENCE, piece.value)
    if piece.kind == "number" or piece.text in {"true", "false", "null", "undefined"}:
        return Value(LITERAL, piece.text)
    return Value(CODE, code=piece.text)
