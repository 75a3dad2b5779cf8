"""What the simulator reported while a scenario went on, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.scenarios.model import Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.scenarios.model import Subject

FIRED = ("fired", "would fire")


class Entry(NamedTuple):
    """A record: its kind (event, ga4, meta, errors …), the page load and the step it came in."""

    kind: str
    value: dict[str, Any]
    page: str
    step: int


class Event(NamedTuple):
    """An event of the data layer, as last reported. ``step`` is when it first was."""

    page: str
    step: int
    value: dict[str, Any]

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.value.get("name"))


class Firing(NamedTuple):
    """That something of ours fired: its name, in which step, for which event of which page."""

    name: str
    step: int
    page: str
    event: Any


class Journal:
    """The records of one scenario."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.step = 0
        self.notes: list[str] = []

    def add(self, kind: str, value: Any, page: str) -> None:  # noqa: ANN401
        """Take a report of the page; what is none is left."""
        if isinstance(value, dict):
            self.entries.append(Entry(kind, value, page, self.step))

    def note(self, text: str) -> None:
        """Something to tell that is no failure, once."""
        if text not in self.notes:
            self.notes.append(text)

    def of(self, kind: str, steps: range) -> list[dict[str, Any]]:
        """The values of a kind that came in these steps."""
        return [e.value for e in self.entries if e.kind == kind and e.step in steps]

    def events(self, steps: range | None = None) -> list[Event]:
        """The events that came first in these steps, as they were in the end."""
        latest: dict[tuple[str, Any], Event] = {}
        for entry in self.entries:
            if entry.kind == "event":
                key = (entry.page, entry.value.get("id"))
                step = latest[key].step if key in latest else entry.step
                latest[key] = Event(entry.page, step, entry.value)
        return [event for event in latest.values() if steps is None or event.step in steps]

    def firings(self, subject: Subject, steps: range) -> list[Firing]:
        """What fired in these steps, each once for an event of the data layer.

        A tag of GA4 fires when it runs. What Meta's tags say may be held until the visitor agrees:
        they fire when Meta would hear of it.
        """
        first: dict[tuple[str, str, Any], Firing] = {}
        for name, entry, event in self._fired(subject):
            first.setdefault((name, entry.page, event), Firing(name, entry.step, entry.page, event))
        return [firing for firing in first.values() if firing.step in steps]

    def all_notes(self) -> tuple[str, ...]:
        """What is to be told, each once; of what the container's own code did wrong, by which."""
        own = {f": {e.value.get('message')}" for e in self.entries if e.kind == "errors"}
        notes = [note for note in self.notes if not note.endswith(tuple(own))]
        return (*notes, *self._problems())

    def _problems(self) -> list[str]:
        lines = [
            f"{e.value.get('kind')} '{e.value.get('name')}' of the container: "
            f"{e.value.get('message')}"
            for e in self.entries
            if e.kind == "errors"
        ]
        return list(dict.fromkeys(lines))

    def seen(self, subject: Subject) -> Seen:
        """What happened, in all steps."""
        steps = range(self.step + 1)
        missing = (
            f"{value.get('kind')} '{value.get('name')}' (type {value.get('type')})"
            for value in self.of("uncovered", steps)
        )
        return Seen(
            tuple(firing.name for firing in self.firings(subject, steps)),
            tuple(self.of("ga4", steps)),
            tuple(hit for hit in self.of("meta", steps) if hit.get("event")),
            tuple(dict.fromkeys(missing)),
        )

    def _fired(self, subject: Subject) -> Iterator[tuple[str, Entry, Any]]:
        for entry in self.entries:
            if entry.kind == "event":
                for tag in entry.value.get("tags", ()):
                    owner = subject.owners.get(tag.get("name"))
                    waits = subject.is_plan and owner and owner.platform == "Meta"
                    if owner and tag.get("status") in FIRED and not waits:
                        yield owner.name, entry, entry.value.get("id")
            elif entry.kind == "meta" and subject.is_plan:
                owner = subject.owners.get(entry.value.get("tag", ""))
                if owner:
                    yield owner.name, entry, entry.value.get("eventId")
