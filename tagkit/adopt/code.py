"""The ``fbq`` calls of a Custom HTML tag that surely happen, with what the code gives names to."""

from __future__ import annotations

import re
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
_EVENT_COMMANDS = ("track", "trackCustom", "trackSingle", "trackSingleCustom")
_GATE = re.compile(r'tagkitGates[^\n]*gates\["([a-z_ ]+)"\]')
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
        if "fbq" not in code:
            continue
        pieces = list(pieces_of(code))
        pairs = partners(pieces)
        for index, piece in enumerate(pieces):
            called = piece.text == "fbq" and piece.kind == "word" and index + 1 in pairs
            if called and pieces[index + 1].text == "(" and _text(pieces, index - 1) != "function":
                yield _happens(pieces, pairs, index)


def _happens(pieces: Sequence[Piece], pairs: Mapping[int, int], index: int) -> bool:
    """Whether nothing around or before the call may keep it from happening."""
    start = index
    while _text(pieces, start - 1) == ".":
        start -= 2
    before = _text(pieces, start - 1)
    if before not in ("", ";", "{", "}", ")") or _is_condition(pieces, pairs, start - 1):
        return False
    around = [(o, c) for o, c in pairs.items() if o < index < c]
    for opened, closed in around:
        if pieces[opened].text == "{" and not _runs(pieces, pairs, opened, closed):
            return False
        if pieces[opened].text == "(" and _text(pieces, opened - 1) not in ("", ";", "}", "!", "{"):
            return False
    returned = {n for n, piece in enumerate(pieces[:index]) if piece.text in ("return", "throw")}
    inside = {
        n for opened, closed in pairs.items()
        if pieces[opened].text == "{" and closed < index and _is_function(pieces, pairs, opened)
        for n in returned if opened < n < closed
    }  # fmt: skip
    return returned <= inside


def _runs(pieces: Sequence[Piece], pairs: Mapping[int, int], opened: int, closed: int) -> bool:
    """Whether a block is run where it stands: of ``try``, or of a function called at once."""
    if _text(pieces, opened - 1) == "try":
        return True
    if not _is_function(pieces, pairs, opened):
        return False
    after = [_text(pieces, closed + 1), _text(pieces, closed + 2)]
    return after[0] == "(" or after == [")", "("]


def _is_function(pieces: Sequence[Piece], pairs: Mapping[int, int], opened: int) -> bool:
    if _text(pieces, opened - 1) != ")":
        return False
    arguments = next((o for o, c in pairs.items() if c == opened - 1), -1)
    return "function" in (_text(pieces, arguments - 1), _text(pieces, arguments - 2))


def _is_condition(pieces: Sequence[Piece], pairs: Mapping[int, int], at: int) -> bool:
    """Whether the bracket that closes here is that of ``if (…)``, ``for (…)`` or ``while (…)``."""
    if _text(pieces, at) != ")":
        return False
    opened = next((o for o, c in pairs.items() if c == at), -1)
    return _text(pieces, opened - 1) in ("if", "for", "while")


def _text(pieces: Sequence[Piece], index: int) -> str:
    return pieces[index].text if 0 <= index < len(pieces) else ""


def _with_method(call: Call, html: str) -> Call:
    """``fbq(method, …)`` where ``method`` is track for Meta's own names and trackCustom else.

    Meta takes a name of one's own with ``track``, too.
    """
    for code in scripts_in(html):
        for match in re.finditer(r"\bfbq\s*\(\s*([A-Za-z_$][\w$]*)\s*,", code):
            if re.search(_BOTH.format(re.escape(match[1])), code):
                return call._replace(command="track")
    return stop("its code chooses by itself what fbq is told")


def _with_options(call: Call, html: str) -> Call:
    """The call with the event ID that the code puts into the options beforehand."""
    place = 3 if call.command.startswith("trackSingle") else 2
    if len(call.arguments) <= place:
        return call
    options = call.arguments[place]
    entries = tuple((key, _named(value, html)) for key, value in options.entries)
    options = options._replace(entries=entries)
    if options.kind == OBJECT and not options.whole and not entries:
        given = re.findall(r"\b([A-Za-z_$][\w$]*)\.(?:eventID|event_id)\s*=\s*([^;=]+);", html)
        if len(given) == 1:
            value = _named(_expression(given[0][1].strip()), html)
            options = Value(OBJECT, entries=(("eventID", value),))
    return call._replace(arguments=(*call.arguments[:place], options, *call.arguments[place + 1 :]))


def _named(value: Value, html: str) -> Value:
    """A value that the code gave a name: ``var id = {{Event ID}}``."""
    if value.kind != CODE or not re.fullmatch(r"[A-Za-z_$][\w$]*", value.code):
        return value
    own = _ID.search(html) if value.code == "id" and OURS in html else None
    if own:
        return _expression(own[1])
    set_to = re.findall(rf"\b{re.escape(value.code)}\s*=(?!=)\s*([^;]+);", html)
    return _expression(set_to[0].strip()) if len(set_to) == 1 else value


def _expression(code: str) -> Value:
    """The value of an expression, as an argument of a call would be read."""
    calls = calls_in(f"<script>fbq('track', {code})</script>")
    arguments = calls[0].arguments if calls else ()
    return arguments[0] if len(arguments) == 1 else Value(CODE, code=code)
