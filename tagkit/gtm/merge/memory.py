"""What uninstalling must know and the entities do not say: a line in the notes of one of our tags.

The notes come back from GTM as they were, whatever it does to ids and order.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm.container import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterable

Name = tuple[str, str]
"""A kind and a name, or the type of a built-in variable: by what GTM knows an entity again."""

_START = "For 'tagkit merge --uninstall': "
_NAMES = ("used", "own", "not_own")


class Original(NamedTuple):
    """Something of others that was overwritten: its text, and the names of ids it mentions."""

    kind: str
    name: str
    text: str
    mentioned: tuple[tuple[str, str, str], ...] = ()


class Memory(NamedTuple):
    """What a merge found and did.

    ``enabled``: types of built-in variables that it switched on. ``empty``: arrays that were there
    and empty, and the blanks in them. ``used``: kinds and names that others mentioned before they
    were there. ``own`` and ``not_own``: where the marks alone would be wrong. ``was``: what stood
    in the place of what is ours now.
    """

    enabled: frozenset[str] = frozenset()
    empty: frozenset[Name] = frozenset()
    used: frozenset[Name] = frozenset()
    own: frozenset[Name] = frozenset()
    not_own: frozenset[Name] = frozenset()
    was: frozenset[Original] = frozenset()

    def line(self) -> str:
        """As it stands in a note; "" when there is nothing to remember."""
        said: dict[str, list[object]] = {
            key: sorted(value) for key, value in self._asdict().items() if value
        }
        if not said:
            return ""
        written = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        # of braces GTM would make references
        inner = written[1:-1].replace("{", "\\u007b").replace("}", "\\u007d")
        return f"{_START}{{{inner}}}"


def memory_of(notes: Iterable[str]) -> Memory:
    """What some notes remember, together."""
    found: dict[str, set[object]] = {}
    for note in notes:
        for line in note.split("\n"):
            if line.startswith(_START):
                _read(line.removeprefix(_START), found)
    return Memory(**{key: frozenset(value) for key, value in found.items()})  # type: ignore[arg-type]


def without_memory(note: str) -> str:
    """The note without such lines."""
    return "\n".join(line for line in note.split("\n") if not line.startswith(_START))


def with_memory(note: str, memory: Memory) -> str:
    """The note with this and no other."""
    return "\n".join(filter(None, [without_memory(note), memory.line()]))


def remembers(note: str) -> bool:
    """Whether a note has such a line."""
    return any(line.startswith(_START) for line in note.split("\n"))


def _read(written: str, found: dict[str, set[object]]) -> None:
    try:
        said = mapping(json.loads(written))
    except (ValueError, RecursionError):  # somebody wrote in it
        return
    found.setdefault("enabled", set()).update(map(text, items(said.get("enabled"))))
    for key in ("empty", *_NAMES):
        for item in items(said.get(key)):
            match item:
                case [str() as kind, str() as name]:
                    found.setdefault(key, set()).add((kind, name))
    for item in items(said.get("was")):
        match item:
            case [str() as kind, str() as name, str() as was, list() as mentioned]:
                ids = (tuple(one) for one in mentioned if _is_id(one))
                found.setdefault("was", set()).add(Original(kind, name, was, tuple(ids)))


def _is_id(value: object) -> bool:
    return isinstance(value, list) and list(map(type, value)) == [str, str, str]
