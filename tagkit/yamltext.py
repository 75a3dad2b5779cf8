"""YAML text -> data and places, in one pass over the parser's events.

The subset is JSON's: ``null ~ true false`` and JSON numbers are what they say, everything else is
text, so that ``on``, ``NO``, ``2026-01-01``, ``017`` and ``12:30`` stay what the author wrote. The
stack is our own: PyYAML's composer recurses in C and falls over 60 KB of ``[``.
"""

from __future__ import annotations

import re
from itertools import islice
from math import isinf
from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from tagkit import source as rules
from tagkit.diagnostics import Finding
from tagkit.nearest import nearest
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.events import Event

    from tagkit.diagnostics import Findings, Route, Rule, Span
    from tagkit.source import Json, Place

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CONSTANTS: dict[str, Json] = {"": None, "~": None, "null": None, "true": True, "false": False}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_NUMBER_STARTS = frozenset("-0123456789")
# What YAML refuses; the other way round, all that it takes, costs 4 ms to compile.
_CONTROL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_REFERENCE = r"\{\{[^{}\r\n]*\}\}[^\s,\]}#]*"
_TAG = r"!\S*"
_MOST_CONTROLS = 10
_MOST_MISTAKES = 50


class _Dropped:
    """The key of a value that is read but not kept."""


_DROPPED: Final = _Dropped()


class _StopReading(Exception):  # noqa: N818 # no error, the way out
    """There is no sense in going on."""


class _List:
    """A list that is being read; the outermost one is around the document."""

    __slots__ = ("anchor", "height", "items", "places", "size", "start")
    wants_key = False

    def __init__(self, start: int, anchor: str | None) -> None:
        self.start = start
        self.anchor = anchor
        self.items: list[Json] = []
        self.places: list[Place] = []
        self.size = 1  # values in it, aliases written out
        self.height = 1

    @property
    def step(self) -> int:
        return len(self.items)

    def put(self, value: Json, start: int, end: int, places: _Places = None) -> None:
        self.items.append(value)
        self.places.append((start, end, -1, -1, places))

    def drop(self) -> None:
        """Only a mapping has keys."""


class _Mapping:
    """A mapping that is being read: a key, its value, and so on."""

    __slots__ = ("anchor", "height", "items", "key", "key_at", "places", "size", "start")

    def __init__(self, start: int, anchor: str | None) -> None:
        self.start = start
        self.anchor = anchor
        self.items: dict[str, Json] = {}
        self.places: dict[str, Place] = {}
        self.key: str | _Dropped | None = None
        self.key_at = (-1, -1)
        self.size = 1
        self.height = 1

    @property
    def wants_key(self) -> bool:
        return self.key is None

    @property
    def step(self) -> str | None:
        return self.key if isinstance(self.key, str) else None

    def put(self, value: Json, start: int, end: int, places: _Places = None) -> None:
        key = self.key
        if isinstance(key, str):
            self.items[key] = value
            self.places[key] = (start, end, *self.key_at, places)
        self.key = None

    def drop(self) -> None:
        """The key is none, so that its value will not be kept."""
        self.key = _DROPPED


_Places = dict[str, "Place"] | list["Place"] | None
_Open = _List | _Mapping


def build(text: str, found: Findings, span: Callable[[int, int], Span]) -> tuple[Json, Place]:
    """A document's data and where all of it stands; what could be read of it after an error."""
    builder = _Builder(text, found, span)
    try:
        builder.run()
    except _StopReading:
        pass
    except yaml.MarkedYAMLError as error:
        builder.syntax(error)
    return builder.result()


class _Builder:
    def __init__(self, text: str, found: Findings, span: Callable[[int, int], Span]) -> None:
        self.text = text
        self.found = found
        self.span = span
        self.most = len(found) + _MOST_MISTAKES
        self.document = _List(0, None)
        self.stack: list[_Open] = [self.document]
        self.anchors: dict[str, tuple[Json, int, int] | None] = {}  # None while it is open
        self.documents = 0
        self.reference_line = 0

    def run(self) -> None:
        """Take the events one by one; nine of ten are scalars."""
        get = _Loader(self.cleaned()).get_event
        here: _Open = self.document
        while True:
            event = get()
            if type(event) is ScalarEvent:
                self.scalar(here, event)
            elif isinstance(event, CollectionStartEvent):
                here = self.open(here, event)
            elif isinstance(event, CollectionEndEvent):
                here = self.close(event)
            elif type(event) is AliasEvent:
                self.alias(here, event)
            elif type(event) is DocumentStartEvent:
                self.start(event)
            elif type(event) is StreamEndEvent:
                return self.end()

    def cleaned(self) -> str:
        """The text with a blank for each character that YAML refuses."""
        if not _CONTROL.search(self.text):
            return self.text
        for bad in islice(_CONTROL.finditer(self.text), _MOST_CONTROLS):
            message = f"a control character, U+{ord(bad[0]):04X}, stands here"
            self.say(rules.CONTROL, bad.start(), bad.end(), message, "delete it")
        return _CONTROL.sub(" ", self.text)

    # the events

    def scalar(self, here: _Open, event: ScalarEvent) -> None:
        text: str = event.value
        value: Json = text
        marked: Any = event  # the stubs say that a mark may be None; a call costs 8 ms in all
        start, end = marked.start_mark.index, marked.end_mark.index
        if event.tag is not None:
            self.tag(event.tag, start)
        if not event.style:
            if text in _CONSTANTS:
                value = _CONSTANTS[text]
            elif text[0] in _NUMBER_STARTS and (parts := _NUMBER.fullmatch(text)) is not None:
                value = self.number(text, start, end, whole=parts.lastindex is None)
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, 1, 0)
        if isinstance(here, _Mapping) and here.key is None:
            here.key_at = (start, end)
            here.key = text
            if value is not text:
                self.scalar_key(text, start, end)
            if text in here.items:
                self.duplicate(here, text)
            elif text == "<<" and not event.style:
                self.merge(here)
        else:
            here.size += 1
            here.put(value, start, end)

    def open(self, here: _Open, event: CollectionStartEvent) -> _Open:
        start, _ = _offsets(event)
        if event.tag is not None:
            self.tag(event.tag, start)
        if here.wants_key:
            self.collection_key(event)
        inner: _Open
        inner = (_Mapping if type(event) is MappingStartEvent else _List)(start, event.anchor)
        if event.anchor is not None:
            self.anchors[event.anchor] = None
        if len(self.stack) > rules.DEPTH_LIMIT:
            self.too_deep(start)
        self.stack.append(inner)
        return inner

    def close(self, event: CollectionEndEvent | None = None) -> _Open:
        """The collection around the one that ends; without an event, because reading stopped."""
        inner = self.stack.pop()
        here = self.stack[-1]
        if inner.anchor is not None:
            self.anchors[inner.anchor] = (inner.items, inner.size, inner.height)
        if here.wants_key:
            here.drop()
            return here
        start = end = inner.start
        if event and (at := _offsets(event))[0] < at[1]:
            end = at[1]  # behind the bracket; the end of a block collection has no width
        here.put(inner.items, start, end, inner.places)
        here.height = max(here.height, inner.height + 1)
        here.size += inner.size
        if event and here.size > rules.NODE_LIMIT:
            self.too_many(start)
        return here

    def alias(self, here: _Open, event: AliasEvent) -> None:
        start, end = _offsets(event)
        name = event.anchor or ""
        if here.wants_key:
            message = f"the alias '*{name}' cannot be a key"
            self.say(rules.KEY_NOT_TEXT, start, end, message, "write the key out")
            here.drop()
            return
        value: Json = None
        size, height = 1, 0
        if name not in self.anchors:
            hint = nearest(name, self.anchors) or "text that starts with '*' needs quotes"
            self.say(rules.NO_ANCHOR, start, end, f"there is no anchor '&{name}' above", hint)
        elif (anchored := self.anchors[name]) is None:
            message = f"the value of '&{name}' holds itself"
            self.say(rules.SELF_ALIAS, start, end, message)
        else:
            value, size, height = anchored
        here.put(value, start, end)
        here.height = max(here.height, height + 1)
        here.size += size
        if len(self.stack) - 1 + height > rules.DEPTH_LIMIT:
            self.too_deep(start, end)
        if here.size > rules.NODE_LIMIT:
            self.too_many(start, end)

    def start(self, event: DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            start, end = _offsets(event)
            hint = "put it into a file of its own"
            self.say(rules.SECOND_DOCUMENT, start, end, "a second document starts here", hint)
            raise _StopReading

    def end(self) -> None:
        places = self.document.places
        if not places or (places[0][0] == places[0][1] and self.document.items[0] is None):
            self.say(rules.EMPTY, 0, 0, "there is nothing in this document")

    def result(self) -> tuple[Json, Place]:
        while len(self.stack) > 1:
            self.close()
        if not self.document.items:
            return None, rules.NOWHERE
        return self.document.items[0], self.document.places[0]

    # the mistakes

    def say(self, rule: Rule, start: int, end: int, message: str, hint: str | None = None) -> None:
        self.add(Finding(rule, self.route(), message, hint, span=self.span(start, end)))

    def add(self, finding: Finding) -> None:
        if len(self.found) >= self.most:
            message = f"reading stopped here, after {_MOST_MISTAKES} mistakes"
            self.found.append(Finding(rules.STOPPED, (), message, span=finding.span))
            raise _StopReading
        self.found.append(finding)

    def route(self) -> Route:
        """The way to the value that comes next, as far as its keys are text."""
        steps: list[str | int] = []
        for inner in self.stack[1:]:
            if inner.step is None:
                break
            steps.append(inner.step)
        return tuple(steps)

    def syntax(self, error: yaml.MarkedYAMLError) -> None:
        from tagkit.yamlsyntax import explain

        said = explain(error, self.text, self.stack[-1].start)
        span = self.span(said.start, said.end)
        if self.reference_line == span.line:
            return  # {{x}}/y: that it needs quotes is said
        related: tuple[tuple[Span, str], ...] = ()
        if said.opened is not None and self.span(said.opened, said.opened).line != span.line:
            related = ((self.span(said.opened, said.opened + 1), "what it belongs to starts here"),)
        self.found.append(
            Finding(rules.SYNTAX, self.route(), said.message, said.hint, related=related, span=span)
        )

    def number(self, text: str, start: int, end: int, *, whole: bool) -> Json:
        try:
            value = int(text) if whole else float(text)
            too_large = isinf(value)
        except (ValueError, OverflowError):  # more digits than Python, or JavaScript, converts
            too_large = True
        if too_large:
            hint = "put it in quotes if it is a name"
            self.say(rules.NUMBER, start, end, "this number is too large", hint)
            return text
        return value

    def tag(self, tag: str, start: int) -> None:
        written = re.compile(_TAG).search(self.text, start)
        first, last = written.span() if written else (start, start)
        short = self.text[first:last] or tag
        hint = "leave it out; text that looks like a number is put in quotes"
        self.say(rules.TAG, first, last, f"the tag '{short}' is not read", hint)

    def scalar_key(self, text: str, start: int, end: int) -> None:
        if not text:
            self.say(rules.KEY_NOT_TEXT, start, end, "no key stands before this ':'")
            return
        message = f"the key {text} is not text" if text in _CONSTANTS else "this key is a number"
        self.say(rules.KEY_NOT_TEXT, start, end, message, f'quote it: "{text}"')

    def collection_key(self, event: CollectionStartEvent) -> None:
        start, opened = _offsets(event)
        text = self.text
        if text[max(start - 1, 0) : start + 1] == "{{":
            written = re.compile(_REFERENCE).match(text, start - 1)
            end = written.end() if written else start + 1
            hint = f'write "{written[0]}"' if written else None
            message = "text with a reference to a GTM variable needs quotes"
            self.say(rules.KEY_NOT_TEXT, start - 1, end, message, hint)
            self.reference_line = self.span(end, end).line
        else:
            kind = "mapping" if type(event) is MappingStartEvent else "list"
            end = max(opened, start + 1)
            self.say(rules.KEY_NOT_TEXT, start, end, f"a {kind} cannot be a key")

    def duplicate(self, here: _Mapping, text: str) -> None:
        _, _, start, end, _ = here.places[text]
        related = ((self.span(start, end), "the first one"),)
        message = f"the key {quoted(text)} stands here a second time"
        span = self.span(*here.key_at)
        route = self.route()
        here.key = _DROPPED
        self.add(
            Finding(
                rules.DUPLICATE, route, message, "keep one of the two", related=related, span=span
            )
        )

    def merge(self, here: _Mapping) -> None:
        here.key = _DROPPED
        hint = "write the keys out here, too"
        self.say(rules.MERGE, *here.key_at, "the merge key '<<' is not read", hint)

    def too_deep(self, start: int, end: int | None = None) -> None:
        message = f"more than {rules.DEPTH_LIMIT} levels deep"
        self.say(rules.TOO_DEEP, start, end or start + 1, message)
        raise _StopReading

    def too_many(self, start: int, end: int | None = None) -> None:
        message = f"more than {rules.NODE_LIMIT:,} values, with the aliases written out"
        self.say(rules.TOO_MANY, start, end or start + 1, message)
        raise _StopReading


def _offsets(event: Event) -> tuple[int, int]:
    start, end = event.start_mark, event.end_mark
    return (start.index, end.index) if start and end else (0, 0)
