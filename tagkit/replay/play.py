"""Pushes -> the events of the page, in order, with what the data layer held at each.

As Google's runtime does it (measured): the first event brings ``gtm.init_consent`` and ``gtm.init``
before itself, ``gtm.js`` counts once a page, ``eventModel`` is forgotten before every message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.replay.coercion import UNDEFINED
from tagkit.replay.consent import Consent
from tagkit.replay.model import Model
from tagkit.replay.moment import Moment, Push

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagkit.replay.coercion import Value
    from tagkit.source import Json

_INIT = ("gtm.init_consent", "gtm.init")
_EVENTS = frozenset({"event", "config", "js", "get"})


def play(pushes: Iterable[Push], *, one_page: bool) -> Iterator[Moment]:
    """The events. A moment's data layer goes on changing: look at it before the next one."""
    page = _Page(0, None)
    held: list[Push] = []
    above_snippet = False
    for push in pushes:
        if not one_page and push.page is None and not _is_event(push):
            above_snippet |= push.command[:2] == ("consent", "default")
            if push.command[:2] == ("consent", "update") and not above_snippet:
                yield from page.take(push)  # the visitor chose on this page
            else:
                held.append(push)  # what stands above a page's snippet comes before its gtm.js
            continue
        if not one_page and page.is_over(push):
            page = _Page(page.number + 1, push)
        for one in (*held, push):
            yield from page.take(one)
        held.clear()
        above_snippet = False
    for push in held:
        yield from page.take(push)


class _Page:
    """One page load."""

    def __init__(self, number: int, first: Push | None) -> None:
        self.number = number
        self._model = Model()
        self._consent = Consent()
        self._key = first.page if first else None
        self._url = ""
        self._initialized = self._started = False
        self._event_id = 0.0

    def is_over(self, push: Push) -> bool:
        """Whether the push is one of the next page.

        Its own word counts; without it the second gtm.js, unless GTM's numbering goes on: a page
        may have several containers.
        """
        if push.page is not None:
            if self._key is None:
                self._key = push.page
            return push.page != self._key
        if not self._started or not isinstance(push.data, dict):
            return False
        if push.data.get("event") != "gtm.js":
            return False
        number = push.data.get("gtm.uniqueEventId")
        return not (isinstance(number, int | float) and number > self._event_id)

    def take(self, push: Push) -> Iterator[Moment]:
        self._url = push.url or self._url
        if not self._initialized and _is_event(push):
            self._initialized = True
            for name in _INIT:
                self._model.set("event", name)
                yield self._moment(name, None)
        self._model.forget("eventModel")
        if push.is_command:
            yield from self._command(push)
        elif isinstance(push.data, list):
            self._method(push.data)
        elif isinstance(push.data, dict):
            yield from self._message(push.data, push)

    def _command(self, push: Push) -> Iterator[Moment]:
        command, *arguments = push.command
        first: Json = arguments[0] if arguments else None
        second: Json = arguments[1] if len(arguments) > 1 else None
        if command == "event" and first:
            message: dict[str, Json] = {"event": first}
            if second:
                message["eventModel"] = second
            yield from self._message(message, push)
        elif command == "js":
            yield from self._message({"event": "gtm.js"}, push)
        elif command == "consent":
            self._consent.take(first, second)
        elif command == "set":
            said = first if isinstance(first, dict) else {str(first): second}
            for key, value in said.items():
                self._model.set(key, UNDEFINED)
                self._model.set(key, value)

    def _method(self, call: list[Json]) -> None:
        """``["cart.push", item]`` calls a method of what is there: push only."""
        path = call[0] if call else None
        if not isinstance(path, str):
            return
        name, _, method = path.rpartition(".")
        target = self._model.get(name, 2) if name else UNDEFINED
        if method == "push" and isinstance(target, list):
            target.extend(call[1:])

    def _message(self, message: Mapping[str, Json], push: Push) -> Iterator[Moment]:
        clears = bool(message.get("_clear"))
        for key, value in message.items():
            if key == "_clear":
                continue
            if clears:
                self._model.set(key, UNDEFINED)
            self._model.set(key, value)
        name = message.get("event")
        if not name or (name in _INIT if isinstance(name, str) else False):
            return
        number = message.get("gtm.uniqueEventId")
        if isinstance(number, int | float):
            self._event_id = max(self._event_id, number)
        if name == "gtm.js":
            if self._started:
                return
            self._started = True
        yield self._moment(name, push)

    def _moment(self, name: Json, push: Push | None) -> Moment:
        return Moment(name, self._model, push, self._consent, self._url, self.number)


def _is_event(push: Push) -> bool:
    if push.is_command:
        return push.command[0] in _EVENTS
    return isinstance(push.data, dict) and bool(_known(push.data.get("event", UNDEFINED)))


def _known(value: Value) -> Value:
    return False if value is UNDEFINED else value
