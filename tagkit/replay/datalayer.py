"""A recorded data layer: JSON lines, one push each, or the array as a console gives it.

A push is an object, or a gtag call: ``["event", "add_to_cart", {…}]``, or what ``JSON.stringify``
makes of the arguments that gtag pushes, ``{"0": "event", "1": "add_to_cart", "2": {…}}``. A line
may wrap it: ``{"push": {…}, "time": …, "url": …, "page": …}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tagkit import jsontext
from tagkit.diagnostics import Finding, Findings, Severity, Span
from tagkit.replay.moment import Push
from tagkit.replay.rules import BAD_LINE, NO_PUSH, NO_RECORDING
from tagkit.source import NOWHERE, TOO_DEEP, Source
from tagkit.words import kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.source import Json

LIMIT = 50_000_000
"""Bytes of a recorded data layer: some 50,000 pages of it."""

_COMMANDS = frozenset("event config js set consent get".split())
_WRAPPED = frozenset({"push", "time", "url", "page"})
_LINE = re.compile(r"[^\r\n]+")
_MOST_BAD = 50
_LOOKED_AT = 20
_RECORD = "copy(JSON.stringify(dataLayer)) in the console gives one"


@dataclass(frozen=True, eq=False)
class Lines(Source):
    """JSON lines: a route's first step is the number of a line; each is looked into on demand."""

    pieces: tuple[tuple[int, int], ...] = field(default=(), repr=False)

    def locate(self, route: Route, *, key: bool = False) -> Span:
        """The place of a value of a line."""
        if not route or not isinstance(route[0], int) or route[0] >= len(self.pieces):
            return self.span(0, 0)
        start, end = self.pieces[route[0]]
        inner = _piece(self.name, self.text[start:end])
        found = inner.locate(route[1:], key=key)
        return self.span(start + found.column - 1, start + found.end_column - 1)


@lru_cache(maxsize=8)
def _piece(name: str, text: str) -> Source:
    place = jsontext.scan(text)[0]
    return Source(name, text, None, lambda: place, is_json=True)


class DataLayerRecording(NamedTuple):
    """A data layer. ``pushes`` are read as they are taken, once, and what is wrong is said then.

    ``one_page``: all are of one page load.
    """

    source: Source
    pushes: Iterator[Push]
    one_page: bool


def read_data_layer(text: str, name: str, found: Findings) -> DataLayerRecording:
    """The pushes in a text. What is wrong with a line is said, the others are read."""
    text = text.removeprefix("\ufeff")
    pieces = tuple(match.span() for match in _LINE.finditer(text) if match[0].strip())
    lines = Lines(name, text, None, lambda: NOWHERE, is_json=True, pieces=pieces)
    if _is_lines(text, pieces):
        return DataLayerRecording(lines, _read_lines(lines, found), one_page=False)
    whole = Source(name, text, None, lambda: jsontext.scan(text)[0], is_json=True)
    return DataLayerRecording(whole, _read_whole(lines, found), one_page=True)


def _is_lines(text: str, pieces: tuple[tuple[int, int], ...]) -> bool:
    """Whether lines are documents of their own; in a document over several lines, one may be."""
    if len(pieces) <= 1:
        return False
    first = [_is_document(text[start:end]) for start, end in pieces[:_LOOKED_AT]]
    if text.lstrip()[:1] not in ("[", "{"):
        return any(first)
    return first[0] or sum(first) * 2 > len(first)


def _is_document(line: str) -> bool:
    silent = Findings()
    data = jsontext.parse(line, silent, _no_span) if line.strip()[0] in "[{" else None
    return isinstance(data, list | dict)


def _no_span(start: int, end: int) -> Span:
    return Span(1, start + 1, 1, end + 1)


def _read_lines(source: Lines, found: Findings) -> Iterator[Push]:
    any_push = False
    bad: list[Finding] = []
    odd: list[Finding] = []
    for number, (start, end) in enumerate(source.pieces):
        said = Findings()

        def span(first: int, last: int, start: int = start) -> Span:
            return source.span(start + first, start + last)

        data = jsontext.parse(source.text[start:end], said, span)
        bad += [one._replace(rule=BAD_LINE, route=(number, *one.route)) for one in said]
        if data is None and said:
            continue
        if any(one.rule is TOO_DEEP for one in said):
            continue
        for push in _of_line(data, number, odd):
            any_push = True
            yield push
    if not any_push and bad:
        found += _is_none(source, bad)
    else:
        found += _first(bad, "lines that are no JSON")
        found += _first(odd, "lines that are no push")


def _of_line(data: Json, number: int, odd: list[Finding]) -> Iterator[Push]:
    """The push of a line; of a line that is a data layer of its own, those of that page."""
    if not isinstance(data, list) or (data and isinstance(data[0], str)):
        yield from _pushes(data, (number,), odd)
        return
    for index, one in enumerate(data):
        for push in _pushes(one, (number, index), odd):
            yield push if push.page is not None else push._replace(page=f"line {number}")


def _read_whole(source: Lines, found: Findings) -> Iterator[Push]:
    said = Findings()
    data = jsontext.parse(source.text, said, source.span)
    pushes: list[Push] = []
    odd: list[Finding] = []
    if said.fatal and (data is None or any(one.rule is TOO_DEEP for one in said)):
        found += _is_none(source, said)
    elif isinstance(data, list) and not (data and isinstance(data[0], str)):
        for index, one in enumerate(data):
            pushes += _pushes(one, (index,), odd)
    elif isinstance(data, list | dict):
        pushes += _pushes(data, (), odd)
    else:
        found += _is_none(source, [])
    if pushes:
        found += [one._replace(rule=BAD_LINE) for one in said]
    found += _first(odd, "entries that are no push")
    if not (pushes or found):
        found.say(NO_RECORDING, (), "there is no push in this recording", hint=_RECORD)
    yield from pushes


def _is_none(source: Source, said: list[Finding]) -> Iterator[Finding]:
    """That it is no recording: what it is instead, or the mistake in its JSON."""
    from tagkit.foreign import foreign

    start = source.text.lstrip()[:1]
    if start in ("{", "[") and said:
        yield said[0]._replace(rule=BAD_LINE, hint=said[0].hint or _RECORD)
        return
    instead = foreign(source.text, None)
    what = instead.what if instead and start == "<" else "neither a recorded data layer nor a HAR"
    yield Finding(NO_RECORDING, (), f"this is {what}", _RECORD)


def _first(said: list[Finding], what: str) -> Iterator[Finding]:
    yield from said[:_MOST_BAD]
    if len(said) > _MOST_BAD:
        message = f"and {len(said) - _MOST_BAD:,} more {what}"
        yield said[_MOST_BAD]._replace(message=message, hint=None, severity=Severity.NOTE)


def _pushes(data: Json, route: Route, odd: list[Finding]) -> Iterator[Push]:
    """One entry, unwrapped; what JSON has made of a function is null, and no push."""
    url, page = "", None
    if isinstance(data, dict) and _is_wrapped(data):
        url, page = _text(data.get("url")), data.get("page")
        data, route = data["push"], (*route, "push")
    if data is None:
        return
    if not isinstance(data, list | dict):
        message = f"a push is an object, and this is {kind(data)}"
        odd.append(Finding(NO_PUSH, route, message, "record what is given to dataLayer.push"))
        return
    yield Push(route, data, _command(data), url=url, page=page)


def _is_wrapped(data: dict[str, Json]) -> bool:
    if "push" not in data:
        return False
    own_words = "event" not in data and isinstance(data["push"], list | dict)
    return own_words or data.keys() <= _WRAPPED


def _command(data: list[Json] | dict[str, Json]) -> tuple[Json, ...]:
    """The arguments of a gtag call; () when it is none."""
    if isinstance(data, dict):
        if "0" not in data:
            return ()
        data = [data[str(i)] for i in range(len(data)) if str(i) in data]
    first = data[0] if data else None
    return tuple(data) if isinstance(first, str) and first in _COMMANDS else ()


def _text(value: Json) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
