"""Which conversions an event fires, as far as the data layer decides it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.plan.model import Once, TriggerKind
from tagkit.replay.coercion import text_of
from tagkit.replay.conditions import Verdict, all_hold, holds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.program.model import Action, Firing, Program
    from tagkit.replay.moment import Moment

_BY_EVENT = {
    TriggerKind.PAGE_VIEW: "gtm.js",
    TriggerKind.DOM_READY: "gtm.dom",
    TriggerKind.WINDOW_LOADED: "gtm.load",
    TriggerKind.INITIALIZATION: "gtm.init",
}


_NAMES = 10_000
"""Names of events for which it is kept who asks for them."""


class Fired(NamedTuple):
    """The number of a conversion. ``sure``: no condition asks for more than data."""

    number: int
    sure: bool


class Firings:
    """What fires, event after event; it remembers what a page allows once."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._page = 0
        self._spent: set[int] = set()
        self._missing: dict[tuple[int, int], set[int]] = {}
        self._by_name: dict[str, tuple[int, ...]] = {}

    def at(self, moment: Moment) -> Iterator[Fired]:
        """The conversions that this event fires."""
        if moment.page != self._page:
            self._page = moment.page
            self._spent.clear()
            self._missing.clear()
        for index in self._asking(moment):
            action = self._program.actions[index]
            if index in self._spent:
                continue
            verdict = self._fires(index, action, moment)
            if verdict is False:
                continue
            if action.once is Once.PAGE and verdict:
                self._spent.add(index)
            yield Fired(index, verdict is True)

    def _asking(self, moment: Moment) -> tuple[int, ...]:
        """The conversions with a trigger for an event of this name."""
        name = text_of(moment.name)
        if name not in self._by_name:
            if len(self._by_name) >= _NAMES:
                self._by_name.clear()
            self._by_name[name] = tuple(
                index
                for index, action in enumerate(self._program.actions)
                if (action.ga4 or action.meta)
                and not action.paused
                and any(_is_named(firing, moment) is not False for firing in _flat(action.firings))
            )
        return self._by_name[name]

    def _fires(self, index: int, action: Action, moment: Moment) -> Verdict:
        said = [
            self._group(index, number, firing, moment)
            if firing.kind is TriggerKind.ALL
            else triggers(firing, moment)
            for number, firing in enumerate(action.firings)
        ]
        if not any(one is not False for one in said):
            return False
        blocked = [all_hold(conditions, moment) for conditions in action.exceptions]
        if any(blocked):
            return False
        return True if True in said and None not in blocked else None

    def _group(self, index: int, number: int, group: Firing, moment: Moment) -> Verdict:
        """A group fires once a page, when its last member has fired."""
        missing = self._missing.setdefault((index, number), set(range(len(group.members))))
        if not missing:
            return False
        missing -= {i for i, one in enumerate(group.members) if triggers(one, moment)}
        return not missing and all_hold(group.conditions, moment)


def triggers(firing: Firing, moment: Moment) -> Verdict:
    """Whether a trigger that is no group fires; false for one that the page decides."""
    named = _is_named(firing, moment)
    if named is False:
        return False
    held = all_hold(firing.conditions, moment)
    return held if named else held and None


def _is_named(firing: Firing, moment: Moment) -> Verdict:
    """Whether it waits for an event of this name."""
    if firing.kind is TriggerKind.EVENT and firing.event is not None:
        return holds(firing.event, moment)
    return firing.kind in _BY_EVENT and moment.name == _BY_EVENT[firing.kind]


def on_the_page(action: Action) -> tuple[str, ...]:
    """The kinds of triggers of a conversion that no data layer decides."""
    kinds = [_kind(one) for one in _flat(action.firings) if not _decided(one)]
    return tuple(dict.fromkeys(kinds))


def in_the_data(action: Action) -> bool:
    """Whether a data layer decides one of its triggers."""
    return any(map(_decided, _flat(action.firings)))


def _decided(firing: Firing) -> bool:
    return firing.kind in _BY_EVENT or (firing.kind is TriggerKind.EVENT and not _ours(firing))


def _ours(firing: Firing) -> bool:
    """Whether it waits for the event of a listener in the container."""
    return firing.event is not None and firing.event.value.startswith("tagkit.")


def _kind(firing: Firing) -> str:
    return "a listener" if firing.kind is TriggerKind.EVENT else str(firing.kind)


def _flat(firings: tuple[Firing, ...]) -> Iterator[Firing]:
    for firing in firings:
        if firing.kind is not TriggerKind.ALL:
            yield firing
        yield from _flat(firing.members)
