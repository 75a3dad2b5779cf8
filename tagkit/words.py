"""Values and lists of them, as an author would say them. Never a Python or JSON Schema word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagkit.source import Json

_LONGEST = 60
_MOST = 12


def show(value: Json) -> str:
    """A value in a sentence: ``'text'``, ``1.5``, ``nothing``, ``a list``."""
    match value:
        case None:
            return "nothing"
        case str():
            return quoted(value)
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return shortened(json.dumps(value))


def kind(value: Json) -> str:
    """What sort of value it is: ``text``, ``a number``, ``true``, ``a list``."""
    match value:
        case "":
            return "empty text"
        case str():
            return "text"
        case bool() | None | list() | dict():
            return show(value)
        case _:
            return "a number"


def quoted(text: str) -> str:
    """A text in quotes, cut when it is long."""
    return f"'{shortened(text)}'"


def shortened(text: str) -> str:
    """A text of at most some 60 characters."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def either(words: Sequence[str]) -> str:
    """``a, b or c``."""
    return _joined(words, "or")


def both(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return _joined(words, "and")


def some(words: Iterable[str]) -> str:
    """``a, b, c``, and how many more there are when there are many."""
    listed = list(words)
    if len(listed) <= _MOST + 1:
        return ", ".join(listed)
    return f"{', '.join(listed[:_MOST])} and {len(listed) - _MOST} more"


def count(number: int, thing: str) -> str:
    """``1 item``, ``2 items``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _joined(words: Sequence[str], word: str) -> str:
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {word} {words[-1]}"
