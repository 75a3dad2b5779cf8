"""A HAR file, entry by entry, in little memory: most of it is bodies of answers, which are skipped.

The file is looked through for brackets and quotes, a chunk at a time. Texts longer than
``LONG`` are left out, what remains of an entry is read as JSON. A mistake in one entry does not
hide the others.

Source: HAR 1.2 (w3c.github.io/web-performance/specs/HAR/Overview.html); exports of Chrome,
Firefox, Charles and Playwright.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 256_000
"""Bytes of a text that is left out: no hit is as long, a page's answer may be."""
MOST = 32_000_000
"""Bytes of an entry without its long texts."""
LIMIT = 2_000_000_000
"""Bytes of a HAR, unpacked: a small archive may hold far more."""

_CHUNK = 1 << 20
_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?[ \t\r\n]*\{[ \t\r\n]*"log"[ \t\r\n]*:[ \t\r\n]*\{')
_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_OUTSIDE = rb'[^"{}\[\]]*+'
_RUN = re.compile(rb"%b(?:%b%b)*+" % (_OUTSIDE, _STRING, _OUTSIDE), re.DOTALL)
_SIGN = rb"([{}\[\]])"
_BRACKET = re.compile(rb"%b(?:%b%b)*+%b" % (_OUTSIDE, _STRING, _OUTSIDE, _SIGN), re.DOTALL)


def _past(inner: bytes) -> bytes:
    """A pattern for texts, and for brackets with their like that hold nothing else than these."""
    return rb"%b(?:(?:%b|\{%b\}|\[%b\])%b)*+" % (_OUTSIDE, _STRING, inner, inner, _OUTSIDE)


# A list of headers is one step: each step costs more than what is in it.
_DEEPER = re.compile(
    _past(_past(rb"%b(?:%b%b)*+" % (_OUTSIDE, _STRING, _OUTSIDE))) + _SIGN, re.DOTALL
)
_REST_OF_STRING = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_GAP = re.compile(rb"[ \t\r\n,]*+")
_BREAK = re.compile(rb"\r\n?|\n")
_CONTINUATION = bytes(range(0x80, 0xC0))
_CUT = "perhaps it was still being written, or cut off while it was copied; export it again"


class Entry(NamedTuple):
    """One request: its number from 1, where it begins, and its JSON without long texts."""

    number: int
    line: int
    column: int
    data: Any


class Damage(NamedTuple):
    """What is wrong with the file at a place. ``too_long``: nothing is wrong but the length."""

    line: int
    column: int
    message: str
    hint: str | None
    too_long: bool = False


def is_har(head: bytes) -> bool:
    """Whether a file that begins so is a HAR."""
    return _HEAD.match(head) is not None


def entries(stream: IO[bytes]) -> Iterator[Entry | Damage]:
    """The entries of a HAR, and what is wrong with it, in the order of the file."""
    text = _Text(stream)
    try:
        yield from _entries(text)
    except (EOFError, OSError, zlib.error) as error:
        what = "is cut off" if isinstance(error, EOFError) else f"cannot be read on: {error}"
        yield Damage(*text.place(), f"the file {what}", _CUT)
    except _TooLongError:
        message = f"the HAR has more than {LIMIT / 1e9:g} GB; the rest is not judged"
        yield Damage(*text.place(), message, "record less at a time", too_long=True)


def _entries(text: _Text) -> Iterator[Entry | Damage]:
    if not _go_to_entries(text):
        message, hint = "this HAR has no 'log.entries'", "export it again, with its content"
        yield Damage(1, 1, message, hint)
        return
    number = 0
    while True:
        text.skip(_GAP)
        sign = text.peek()
        if sign == b"]":
            return
        place = text.place()
        if not sign:
            yield Damage(*place, f"the file ends behind entry {number:,}", _CUT)
            return
        number += 1
        if sign != b"{":
            message = f"entry {number:,} is no object: here stands '{sign.decode('latin-1')}'"
            yield Damage(*place, message, "the entries behind it are not judged")
            return
        raw = _raw_entry(text)
        if raw is None:
            message = f"the file ends in the middle of entry {number:,}"
            yield Damage(*place, message, _CUT)
            return
        if not raw:
            message = f"entry {number:,} has more than {MOST / 1e6:g} MB beside its long texts"
            yield Damage(*place, message, "it is not judged", too_long=True)
            continue
        yield _read(raw, number, place)


def _read(raw: bytes, number: int, place: tuple[int, int]) -> Entry | Damage:
    try:
        return Entry(number, *place, json.loads(raw.decode(errors="replace")))
    except json.JSONDecodeError as error:
        what = error.msg[0].lower() + error.msg[1:]
    except ValueError:  # a number of more digits than Python converts
        what = "a number is too long"
    except RecursionError:
        what = "it is nested too deeply"
    return Damage(*place, f"entry {number:,} is no JSON: {what}", "the others are judged")


def _go_to_entries(text: _Text) -> bool:
    """Whether there is a list ``log.entries``; the text then stands behind its bracket."""
    path: list[bytes] = []
    while True:
        bracket, key = text.next_bracket()
        if not bracket:
            return False
        if bracket in b"{[":
            path.append(key)
            if bracket == b"[" and path == [b"", b"log", b"entries"]:
                return True
        elif len(path) <= 1:
            return False
        else:
            path.pop()


def _raw_entry(text: _Text) -> bytes | None:
    """The bytes of an entry; none when it is too long, None when the file ends in it."""
    depth, taken, too_long = 0, bytearray(), False
    while True:
        bracket = text.to_bracket(taken, _DEEPER if depth else _BRACKET)
        if not bracket:
            return None
        if len(taken) > MOST:
            too_long = True
            taken.clear()
        depth += 1 if bracket in b"{[" else -1
        if depth == 0:
            return b"" if too_long else bytes(taken)


class _TooLongError(Exception):
    """The stream has more than anybody records."""


class _Text:
    """A stream with a place in it: what is behind is forgotten, what is ahead is read when asked.

    Lines and columns are from 1, columns in code points.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._buffer = b""
        self._at = 0
        self._total = 0
        self._line, self._column = 1, 1  # of the buffer's beginning
        self._starts_with_mark = True

    def place(self) -> tuple[int, int]:
        """The line and the column here."""
        self._forget()
        return self._line, self._column

    def peek(self) -> bytes:
        """The next byte; none at the end."""
        if self._at >= len(self._buffer):
            self._more()
        return self._buffer[self._at : self._at + 1]

    def skip(self, pattern: re.Pattern[bytes]) -> None:
        """Go on behind everything that the pattern matches."""
        while True:
            found = pattern.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer) or not self._more():
                return

    def next_bracket(self) -> tuple[bytes, bytes]:
        """Go on behind the next bracket; it, and the key before it."""
        passed = bytearray()
        bracket = self.to_bracket(passed)
        return bracket, _key(bytes(passed[-LONG:-1])) if bracket else b""

    def to_bracket(self, passed: bytearray, pattern: re.Pattern[bytes] = _BRACKET) -> bytes:
        """Go on behind the next bracket outside of texts; what is passed goes to ``passed``."""
        while True:
            found = pattern.match(self._buffer, self._at)
            if not found and pattern is not _BRACKET:  # a text goes on behind what it steps over
                found = _BRACKET.match(self._buffer, self._at)
            if found:
                passed += found[0]
                self._at = found.end()
                return found[1]
            run = _RUN.match(self._buffer, self._at)
            if run:
                passed += run[0]
                self._at = run.end()
            if len(self._buffer) - self._at > LONG:
                passed += b'""'
                if not self._skip_string():
                    return b""
            elif not self._more():
                return b""

    def _skip_string(self) -> bool:
        self._at += 1
        while True:
            found = _REST_OF_STRING.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._buffer[self._at : self._at + 1] == b'"':
                self._at += 1
                return True
            if not self._more():
                return False

    def _more(self) -> bool:
        """Read on; false at the end."""
        chunk = self._stream.read(_CHUNK)
        if self._starts_with_mark:
            chunk, self._starts_with_mark = chunk.removeprefix(b"\xef\xbb\xbf"), False
        self._total += len(chunk)
        if self._total > LIMIT:
            raise _TooLongError
        self._forget()
        self._buffer += chunk
        return bool(chunk)

    def _forget(self) -> None:
        passed = self._buffer[: self._at]
        if not passed:
            return
        breaks = passed.count(b"\n")
        if breaks:
            self._line += breaks
            self._column = 1
            passed = passed[passed.rfind(b"\n") + 1 :]
        self._column += len(passed.translate(None, _CONTINUATION))
        self._buffer = self._buffer[self._at :]
        self._at = 0


def _key(before: bytes) -> bytes:
    """The key that stands right before a bracket; none when there is none."""
    before = before.rstrip(b" \t\r\n")
    if not before.endswith(b":"):
        return b""
    before = before[:-1].rstrip(b" \t\r\n")
    start = before.rfind(b'"', 0, -1)
    return before[start + 1 : -1] if before.endswith(b'"') and start >= 0 else b""
