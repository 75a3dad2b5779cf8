"""When tags run: the event that each trigger listens for, and whether two can be one event."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.gtm.comparisons import comparisons_of, holds, readings_of
from tagkit.gtm.container import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container, Entity

_SYSTEM_EVENTS = {
    "2147479553": "gtm.js",
    "2147479572": "gtm.init_consent",
    "2147479573": "gtm.init",
}
# What the runtime pushes beside what the vocabulary says.
_MORE_NAMES = {"HISTORY_CHANGE": ("gtm.historyChange-v2",)}
PAGE_LOAD_EVENTS = frozenset({"gtm.js", "gtm.init", "gtm.init_consent", "gtm.dom", "gtm.load"})


class Events(NamedTuple):
    """The events a trigger listens for: these names, or any that passes all the tests."""

    names: tuple[str, ...] = ()
    tests: tuple[Comparison, ...] = ()

    def may_be(self, name: str) -> bool:
        """Whether an event of this name could be one of them."""
        if self.names:
            return name in self.names
        return all(holds(test, name) is not False for test in self.tests)


def may_be_one(one: Events, other: Events) -> bool:
    """Whether one event could be of both; only what is sure is denied."""
    for known, asked in ((one, other), (other, one)):
        names = known.names or tuple(
            test.right
            for test in known.tests
            if test.type == "EQUALS" and not test.negate and test.is_literal
        )
        if names:
            return any(known.may_be(name) and asked.may_be(name) for name in names)
    return True


def events_by_trigger(container: Container) -> Mapping[str, Events | None]:
    """For each trigger's id what it listens for, None where that is not known."""
    found: dict[str, Events | None] = {
        number: Events((name,)) for number, name in _SYSTEM_EVENTS.items()
    }
    readings = readings_of(container)
    tests: dict[int, list[Comparison]] = {}
    for comparison in comparisons_of(container):
        if comparison.field in ("customEventFilter", "filter") and (
            readings.get(comparison.variable) == "EVENT"
        ):
            tests.setdefault(id(comparison.trigger.data), []).append(comparison)
    for trigger in container.of("trigger"):
        found[trigger.id] = _events(trigger, tests.get(id(trigger.data), []))
    return MappingProxyType(found)


def _events(trigger: Entity, tests: list[Comparison]) -> Events | None:
    if trigger.type == "CUSTOM_EVENT":
        return Events(tests=tuple(tests))
    if trigger.type == "TIMER":
        name = text(mapping(trigger.data.get("eventName")).get("value")) or "gtm.timer"
        return None if "{{" in name else Events((name,))
    known = vocabulary.TRIGGER_TYPES.get(trigger.type)
    if known is None or not known.event.startswith("gtm."):
        return None
    return Events((known.event, *_MORE_NAMES.get(trigger.type, ())))


def is_web(container: Container) -> bool:
    """Whether its tags run in a browser; a file that does not say is taken for one that is."""
    return not container.contexts or "WEB" in container.contexts


def running_tags(container: Container) -> Iterator[Entity]:
    """The tags that are not paused."""
    return (tag for tag in container.of("tag") if tag.data.get("paused") is not True)
