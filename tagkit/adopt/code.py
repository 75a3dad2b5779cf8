"""The ``fbq`` calls of a Custom HTML tag that surely happen, with what the code gives names to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tagkit.adopt.model import stop
from tagkit.gtm.fbq_calls import CODE, OBJECT, Call, Value, calls_in
from tagkit.gtm.markup import scripts_in
from tagkit.javascript import partners, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.javascript import Piece

OURS = "tagkitQueue"
"""In the code of tagkit's own tags, where an event waits for the pixel."""

_BOTH = r"\b{}\s*=[^;]*\?\s*(?:'track'|\"track\")\s*:\s*(?:'trackCustom'|\"trackCustom\")\s*;"
_BEGINS = ("", ";", "{", "}")
_EVENT_COMMANDS = ("track", "trackCustom", "trackSingle", "trackSingleCustom")
_GATE = re.compile(r'tagkitGates[^\n]*gates\["([a-z_ ]+)"\]')
_SET = re.compile(r"(?<![\w$])([A-Za-z_$][\w$]*)\s*=(?!=)\s*(?=([^;]{1,2000});)")
_ID_SET = re.compile(r"[\w$]\.(?:eventID|event_id)\s*=\s*([^;=]{1,2000});")
_ID = re.compile(r"var properties = [^\n]*, id = ([^\n]+);\n")


def sent_by(html: str) -> tuple[Call, ...]:
    """The calls that send an event. Raises CannotSayError where one may not happen."""
    calls = calls_in(html)
    certain = [True] * len(calls) if OURS in html else list(_certain(html))
    found: list[Call] = []
    for index, call in enumerate(calls):
        event = _with_method(call, html) if not call.command else call
        if event.command not in _EVENT_COMMANDS:
            continue
        if index >= len(certain) or not certain[index]:
            stop("fbq stands behind a condition in its code")
        found.append(_with_options(event, html))
    return tuple(found)


def is_own_base(html: str) -> bool:
    """Whether this is the tag by which tagkit starts the pixel."""
    return OURS in html and "connect.facebook.net" in html


def held_until(html: str) -> frozenset[str]:
    """The consent that an event of tagkit's own waits for beyond the pixel's."""
    gate = _GATE.search(html) if OURS in html else None
    return frozenset(gate[1].split() if gate else ())


def _certain(html: str) -> Iterator[bool]:
    """For each call whether it surely happens, in the order of the code."""
    for code in scripts_in(html):
        if "fbq" in code:
            yield from _Way(list(pieces_of(code))).certain()


class _Way:
    """A script, walked once, with what stands around each place."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces
        self._pairs = partners(pieces)
        self._openers = {closed: opened for opened, closed in self._pairs.items()}

    def certain(self) -> Iterator[bool]:
        """For each call of fbq whether nothing around or before it may keep it from happening."""
        around: list[tuple[bool, bool]] = []  # of each open bracket: it is run; it is a function
        returned = [False]  # of each function that is open, whether it may have ended
        for index, piece in enumerate(self._pieces):
            if index in self._pairs:
                is_function = piece.text == "{" and self._is_function(index)
                runs = not around or around[-1][0]
                around.append((runs and self._runs(index), is_function))
                if is_function:
                    returned.append(False)
            elif index in self._openers:
                if around.pop()[1]:
                    returned.pop()
            elif piece.kind != "word":
                continue
            elif piece.text in ("return", "throw"):
                returned[-1] = True
            elif piece.text == "fbq" and self._is_called(index):
                runs = not around or around[-1][0]
                yield runs and not any(returned) and self._is_bare(index)

    def _is_called(self, index: int) -> bool:
        opened = index + 1
        called = opened in self._pairs and self._pieces[opened].text == "("
        return called and self._text(index - 1) != "function"

    def _is_bare(self, index: int) -> bool:
        """Whether the call begins a statement, and not one of a condition."""
        while self._text(index - 1) == ".":
            index -= 2
        before = self._text(index - 1)
        if before in _BEGINS or (before == ")" and not self._is_condition(index - 1)):
            return True
        return self._asks_for_fbq(index - 1) or self._and_fbq(index - 1)

    def _asks_for_fbq(self, closed: int) -> bool:
        """Whether ``if (window.fbq)`` ends here: where there is no fbq, nothing could be sent."""
        opened = self._openers.get(closed, -1)
        if self._text(opened - 1) != "if" or self._text(opened - 2) not in _BEGINS:
            return False
        asked = "".join(piece.text for piece in self._pieces[opened + 1 : closed])
        return asked in ("fbq", "window.fbq")

    def _and_fbq(self, at: int) -> bool:
        """Whether ``window.fbq &&`` is all of the statement before."""
        if self._text(at) not in ("&", "&&"):
            return False
        at -= 2 if self._text(at - 1) == "&" else 1
        if self._text(at) != "fbq":
            return False
        if (self._text(at - 1), self._text(at - 2)) == (".", "window"):
            at -= 2
        return self._text(at - 1) in _BEGINS

    def _runs(self, opened: int) -> bool:
        """Whether what is in the bracket is run where it stands.

        That is a block of ``try``, or of a function called at once.
        """
        before = self._text(opened - 1)
        if self._pieces[opened].text == "(":
            return before in ("", ";", "}", "!", "{")
        if self._pieces[opened].text == "[" or before == "try" or self._asks_for_fbq(opened - 1):
            return True
        if not self._is_function(opened):
            return False
        closed = self._pairs[opened]
        after = (self._text(closed + 1), self._text(closed + 2))
        return after[0] == "(" or after == (")", "(")

    def _is_function(self, opened: int) -> bool:
        arguments = self._openers.get(opened - 1, -1)
        return "function" in (self._text(arguments - 1), self._text(arguments - 2))

    def _is_condition(self, at: int) -> bool:
        """Whether the bracket that closes here is that of ``if``, ``for`` or ``while``."""
        opened = self._openers.get(at, -1)
        return self._text(at) == ")" and self._text(opened - 1) in ("if", "for", "while")

    def _text(self, index: int) -> str:
        return self._pieces[index].text if 0 <= index < len(self._pieces) else ""


def _with_method(call: Call, html: str) -> Call:
    """``fbq(method, …)`` where ``method`` is track for Meta's own names and trackCustom else.

    Meta takes a name of one's own with ``track``, too.
    """
    if not _chooses(html):
        stop("its code chooses by itself what fbq is told")
    return call._replace(command="track")


@lru_cache(maxsize=16)
def _chooses(html: str) -> bool:
    """Whether a call has a method that is one of the two by the event's name."""
    return any(
        re.search(_BOTH.format(re.escape(name)), code)
        for code in scripts_in(html)
        for name in set(re.findall(r"\bfbq\s*\(\s*([A-Za-z_$][\w$]*)\s*,", code))
    )


@lru_cache(maxsize=16)
def _set_to(html: str) -> Mapping[str, list[str]]:
    """What the code sets each name to."""
    found: dict[str, list[str]] = {}
    for name, code in _SET.findall(html):
        found.setdefault(name, []).append(code.strip())
    return found


@lru_cache(maxsize=16)
def _ids_set(html: str) -> list[str]:
    return [code.strip() for code in _ID_SET.findall(html)]


def _with_options(call: Call, html: str) -> Call:
    """The call with the event ID that the code puts into the options beforehand."""
    place = 3 if call.command.startswith("trackSingle") else 2
    if len(call.arguments) <= place:
        return call
    options = call.arguments[place]
    entries = tuple((key, _named(value, html)) for key, value in options.entries)
    options = options._replace(entries=entries)
    if options.kind == OBJECT and not options.whole and not entries:
        given = _ids_set(html)
        if len(given) == 1:
            value = _named(_expression(given[0]), html)
            options = Value(OBJECT, entries=(("eventID", value),))
    return call._replace(arguments=(*call.arguments[:place], options, *call.arguments[place + 1 :]))


def _named(value: Value, html: str) -> Value:
    """A value that the code gave a name: ``var id = {{Event ID}}``."""
    if value.kind != CODE or not re.fullmatch(r"[A-Za-z_$][\w$]*", value.code):
        return value
    own = _ID.search(html) if value.code == "id" and OURS in html else None
    if own:
        return _expression(own[1])
    set_to = _set_to(html).get(value.code, ())
    return _expression(set_to[0]) if len(set_to) == 1 else value


def _expression(code: str) -> Value:
    """The value of an expression, as an argument of a call would be read."""
    calls = calls_in(f"<script>fbq('track', {code})</script>")
    arguments = calls[0].arguments if calls else ()
    return arguments[0] if len(arguments) == 1 else Value(CODE, code=code)
