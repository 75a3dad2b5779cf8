"""JSON text -> data at once, places when they are asked for.

``json.loads`` reads a 4 MB container in 40 ms; the places of it take ten times as long and are
only wanted when there is something to report. ``scan`` finds them, and what ``json.loads`` lets
pass. It is not the YAML reader, which refuses surrogate escapes, long keys and U+007F.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from math import isfinite, isinf
from typing import TYPE_CHECKING, NamedTuple, cast

from tagkit import source as rules
from tagkit.diagnostics import Finding
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagkit.diagnostics import Findings, Route, Rule, Span
    from tagkit.source import Json, Place

_BLANK = r"[ \t\r\n]*+"  # gives nothing back: two of them side by side take square time
_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_VALUE = rf'({_STRING}|[^\s"\[\]{{}},:]+)|([\[{{]))'
_MEMBER = re.compile(rf"{_BLANK},?{_BLANK}({_STRING}){_BLANK}:{_BLANK}(?:{_VALUE}", re.DOTALL)
_ITEM = re.compile(rf"{_BLANK},?{_BLANK}()(?:{_VALUE}", re.DOTALL)
_CLOSE = re.compile(rf"{_BLANK}([\]}}])")
_SCALAR = 2  # the group of a text, number, true, false or null
_MOST_MISTAKES = 50
_FITS = 308  # digits: with more a number may be larger than JavaScript's largest
_SHORT = 40
_WORD = re.compile(r"[\w.+-]+|\S")
_CUT = "perhaps the file was cut off while it was copied or downloaded"
_STARTS = (
    ("<", "this is a web page or XML, not JSON", None),
    ("//", "a comment stands here, and JSON has none", "delete it"),
    ("/*", "a comment stands here, and JSON has none", "delete it"),
    ("#", "a comment stands here, and JSON has none", "delete it"),
    ("'", "keys and text stand in double quotes in JSON", None),
)
_EXPECTED = (
    ("Expecting value", "a value"),
    ("Expecting ',' delimiter", "',' or a closing bracket"),
    ("Expecting ':' delimiter", "':' behind the key"),
    ("Expecting property name", "a key in double quotes"),
)


class Oddity(NamedTuple):
    """What JSON's grammar allows and we do not, or the other way round."""

    rule: Rule
    route: Route
    start: int
    end: int
    first: tuple[int, int] | None = None


def parse(text: str, found: Findings, span: Callable[[int, int], Span]) -> Json:
    """A document's data; None when it is not JSON."""
    if not text.strip():
        found.append(
            rules.mistake(rules.EMPTY, (), "there is nothing in this document", span(0, 0))
        )
        return None
    watch = _Watch()
    before = len(found)
    data: Json = None
    try:
        data = json.loads(
            text,
            object_pairs_hook=watch.pairs,
            parse_float=watch.float,
            parse_int=watch.int,
            parse_constant=watch.constant,
        )
    except RecursionError:
        watch.odd = True
    except json.JSONDecodeError as error:
        found.append(_syntax(error, text, span))
        return None
    if watch.odd or _too_deep(data):
        _say(scan(text)[1], text, found, span)
        if len(found) == before:  # the caller was deep in the stack already
            found.append(rules.mistake(rules.TOO_DEEP, (), "too many levels deep", span(0, 0)))
    return data


class _Watch:
    """Notes that something is odd; where it is, ``scan`` will tell."""

    def __init__(self) -> None:
        self.odd = False

    def pairs(self, pairs: list[tuple[str, Json]]) -> Json:
        members = dict(pairs)
        if len(members) != len(pairs):
            self.odd = True
        return members

    def float(self, text: str) -> Json:
        value = float(text)
        self.odd |= isinf(value)
        return value

    def int(self, text: str) -> Json:
        self.odd |= len(text) > _FITS and isinf(float(text))
        try:
            return int(text)
        except ValueError:  # more digits than Python converts
            return self.constant(text)

    def constant(self, _: str) -> Json:
        self.odd = True
        return None


def _too_deep(data: Json) -> bool:
    level = [data]
    for _ in range(rules.DEPTH_LIMIT):
        level = [
            inner
            for value in level
            if isinstance(value, list | dict)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return any(isinstance(value, list | dict) for value in level)


class _Open:
    """A list or mapping that is being scanned; the outermost is a list around the document."""

    __slots__ = ("key", "key_end", "key_start", "places", "start")

    def __init__(self, start: int, *, mapping: bool) -> None:
        self.start = start
        self.places: dict[str, Place] | list[Place] = {} if mapping else []
        self.key = ""
        self.key_start = self.key_end = -1

    def put(self, start: int, end: int, places: dict[str, Place] | list[Place] | None) -> None:
        place = (start, end, self.key_start, self.key_end, places)
        if isinstance(self.places, dict):
            self.places[self.key] = place
        else:
            self.places.append(place)

    @property
    def step(self) -> str | int:
        return self.key if isinstance(self.places, dict) else len(self.places)


def scan(text: str) -> tuple[Place, list[Oddity]]:
    """Where everything stands, and what is odd. The text is JSON, or a beginning of JSON."""
    here = _Open(0, mapping=False)
    stack = [here]
    odd: list[Oddity] = []
    at = 0
    while True:
        mapping = isinstance(here.places, dict)
        found = (_MEMBER if mapping else _ITEM).match(text, at)
        if found is None:
            found = _CLOSE.match(text, at)
            if found is None or len(stack) == 1:
                break
            at = found.end()
            inner = stack.pop()
            here = stack[-1]
            here.put(inner.start, at, inner.places)
            continue
        if mapping:
            here.key_start, here.key_end = found.span(1)
            here.key = _unquoted(found[1])
            if here.key in here.places:
                _, _, *first, _ = cast("dict[str, Place]", here.places)[here.key]
                odd.append(_oddity(rules.DUPLICATE, stack, found.span(1), (first[0], first[1])))
        at = found.end()
        if found.lastindex == _SCALAR:
            if found[2][0] in "-0123456789NI" and not _fits(found[2]):
                odd.append(_oddity(rules.NUMBER, stack, found.span(2)))
            here.put(*found.span(2), None)
        else:
            if len(stack) == rules.DEPTH_LIMIT + 1:
                odd.append(_oddity(rules.TOO_DEEP, stack, found.span(3)))
                break
            here = _Open(at - 1, mapping=found[3] == "{")
            stack.append(here)
    while len(stack) > 1:
        inner = stack.pop()
        stack[-1].put(inner.start, at, inner.places)
    root = stack[0].places
    return (root[0] if isinstance(root, list) and root else rules.NOWHERE), odd


def _unquoted(key: str) -> str:
    if "\\" in key:
        with suppress(ValueError):  # the text is no JSON further on, either
            return str(json.loads(key, strict=False))
    return key[1:-1]


def _fits(number: str) -> bool:
    try:
        return isfinite(float(number))
    except ValueError:
        return False


def _oddity(
    rule: Rule, stack: list[_Open], at: tuple[int, int], first: tuple[int, int] | None = None
) -> Oddity:
    return Oddity(rule, tuple(open_.step for open_ in stack[1:]), *at, first)


def _say(odd: list[Oddity], text: str, found: Findings, span: Callable[[int, int], Span]) -> None:
    for count, (rule, route, start, end, first) in enumerate(odd):
        place = span(start, end)
        if count == _MOST_MISTAKES:
            message = f"and {len(odd) - count} more of such mistakes"
            found.append(rules.mistake(rules.STOPPED, route, message, place))
            return
        written = text[start:end]
        related: tuple[tuple[Span, str], ...] = ()
        hint = "keep one of the two" if first else None
        if first:
            message = f"the key {quoted(_unquoted(written))} stands here a second time"
            related = ((span(*first), "the one before"),)
        elif rule is rules.NUMBER:
            short = len(written) <= _SHORT
            message = f"the number {written} is too large" if short else "this number is too large"
            message = message if written[-1].isdigit() else f"{written} is no number in JSON"
        else:
            message = f"more than {rules.DEPTH_LIMIT} levels deep"
        found.append(Finding(rule, route, message, hint, related=related, span=place))


def _syntax(error: json.JSONDecodeError, text: str, span: Callable[[int, int], Span]) -> Finding:
    start, message, hint = _complaint(error, text)
    word = _WORD.match(text, start)
    end = word.end() if word else start
    return rules.mistake(rules.SYNTAX, (), message, span(start, end), hint)


def _complaint(error: json.JSONDecodeError, text: str) -> tuple[int, str, str | None]:
    """Where it is, what the author did, and what to write."""
    at, before, rest = error.pos, text[: error.pos].rstrip(), text[error.pos :]
    char = rest[:1]
    if not rest.strip():
        return at, "the text ends in the middle", _CUT
    if error.msg.startswith("Unterminated"):
        return at, 'this " is never closed', _CUT
    if error.msg.startswith("Illegal trailing comma"):  # from Python 3.13 on
        return at, "a comma stands before the closing bracket", "delete the comma"
    if before.endswith(",") and char in "]}":
        return len(before) - 1, "a comma stands before the closing bracket", "delete the comma"
    if error.msg.startswith("Invalid"):
        return _in_text(text, at)
    for start, message, hint in _STARTS:
        if rest.startswith(start):
            return at, message, hint
    word = _WORD.match(text, at)
    found = quoted(word[0] if word else char)
    for kind, expected in _EXPECTED:
        if error.msg.startswith(kind):
            return at, f"expected {expected}, found {found}", None
    return at, "the document has ended already, yet text follows", None


def _in_text(text: str, at: int) -> tuple[int, str, str | None]:
    char = text[at]
    if char in "\r\n":
        return at, "a line break stands in this text", r"write \n, or close the quote"
    if char < " ":
        hint = r"write \t for a tab"
        return at, f"a control character, U+{ord(char):04X}, stands in this text", hint
    at = text.rfind("\\", 0, at + 1)
    return at, "this backslash starts nothing that JSON knows", r"write \\ for a backslash"
