"""What a merge or an uninstall did."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.report.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator


class Action(StrEnum):
    """What became of one of our entities."""

    ADD = "add"
    REPLACE = "replace"
    REMOVE = "remove"
    RESTORE = "restore"
    """Something of others is back, in whose place it was."""
    KEEP = "keep"
    """It stays, though the plan has it no more, or it was to be removed."""
    SAME = "same"


_WORDS = (
    (Action.ADD, "added"),
    (Action.REPLACE, "replaced"),
    (Action.REMOVE, "removed"),
    (Action.RESTORE, "restored"),
    (Action.KEEP, "kept"),
    (Action.SAME, "unchanged"),
)


class Change(NamedTuple):
    """One entity; ``taken`` is the id that it would have, were it free."""

    action: Action
    kind: str
    name: str
    id: str = ""
    taken: str = ""


class Merged(NamedTuple):
    """The text of the export afterwards, and what was done. ``others``: entities untouched."""

    text: str
    changes: tuple[Change, ...]
    others: int

    def lines(self) -> Iterator[str]:
        """For people: each change."""
        for change in self.changes:
            if change.action is not Action.SAME:
                yield _line(change)

    def counted(self) -> str:
        """How many of each: "12 added, 1 renumbered; 58 of others untouched"."""
        counts = Counter(change.action for change in self.changes)
        said = [f"{counts[action]} {word}" for action, word in _WORDS if counts[action]]
        if renumbered := sum(1 for change in self.changes if change.taken):
            said.append(f"{renumbered} renumbered")
        return f"{', '.join(said) or 'nothing changed'}; {self.others} of others untouched"

    def shape(self) -> dict[str, object]:
        """For other programs: part of a frozen shape."""
        return {
            "changes": [
                {
                    "action": change.action.value,
                    "kind": change.kind,
                    "name": change.name,
                    "id": change.id or None,
                    "taken_id": change.taken or None,
                }
                for change in self.changes
            ],
            "others": self.others,
        }


def _line(change: Change) -> str:
    kind = vocabulary.KIND_WORDS.get(change.kind, change.kind)
    instead = f" (id {change.id}: {change.taken} is taken)" if change.taken else ""
    return safe(f"{change.action:<9} {kind} '{change.name}'{instead}")
