"""Patterns that are lists of words, as ``any_of`` writes them: the letters of every language.

``tagkit.plan.regex`` answers for ASCII only, where Python's and JavaScript's case surely agree.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tagkit.plan.regex import found_in

_PIECE = re.compile(r"\\.|.", re.DOTALL)
_SPECIAL = frozenset("^$.|?*+()[]{}\\")


class Words(NamedTuple):
    """Any of some words: at the beginning, at the end, or anywhere."""

    words: tuple[str, ...]
    at_start: bool
    at_end: bool

    def are_in(self, text: str, *, ignore_case: bool) -> bool:
        """Whether one of them is there."""
        words = self.words
        if ignore_case:
            text, words = text.lower(), tuple(word.lower() for word in words)
        if self.at_start and self.at_end:
            return text in words
        if self.at_start:
            return text.startswith(words)
        return text.endswith(words) if self.at_end else any(word in text for word in words)


def matches(pattern: str, text: str, *, ignore_case: bool) -> bool | None:
    """Whether JavaScript finds the pattern in the text; None where nobody can tell."""
    words = words_of(pattern)
    if words and not (ignore_case and pattern.isascii()):
        return words.are_in(text, ignore_case=ignore_case)
    return found_in(pattern, text, ignore_case=ignore_case)


@lru_cache(256)
def words_of(pattern: str) -> Words | None:
    """The words of a pattern that is made of nothing else; None of any other."""
    pieces = _PIECE.findall(pattern)
    at_start, at_end = pieces[:1] == ["^"], pieces[-1:] == ["$"]
    pieces = pieces[at_start : len(pieces) - at_end]
    grouped = pieces[:1] == ["("] and pieces[-1:] == [")"]
    words = [""]
    for piece in pieces[1:-1] if grouped else pieces:
        if piece == "|" and grouped:
            words.append("")
        elif piece in _SPECIAL or (len(piece) > 1 and piece[1].isalnum()):
            return None
        else:
            words[-1] += piece[-1]
    return Words(tuple(words), at_start, at_end)
