"""A word that is not known -> the known one its author probably meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
_OFFER = r"(?s)did you mean '(.*)'\?"


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """A hint that offers the choice nearest to the word; None when none is near."""
    choice = closest(word, choices)
    return f"did you mean '{choice}'?" if choice is not None else None


def offered(hint: str | None) -> str | None:
    """The choice that a hint of ``nearest`` offers."""
    found = re.fullmatch(_OFFER, hint or "")
    return found[1] if found else None


def closest(word: str, choices: Iterable[str]) -> str | None:
    """The choice nearest to the word: equal but for case and separators, else alike in spelling."""
    if len(word) > _LONGEST:
        return None
    known: dict[str, str] = {}
    for choice in choices:
        known.setdefault(bare(choice), choice)
    if (wanted := bare(word)) in known:
        return known[wanted]

    from difflib import get_close_matches

    found = get_close_matches(wanted, known, n=1)
    return known[found[0]] if found else None


def one_slip_apart(word: str, other: str) -> bool:
    """Whether one letter too many, too few, wrong, or two exchanged make one of the other."""
    if len(word) > len(other):
        word, other = other, word
    if len(other) - len(word) > 1 or word == other:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), len(word))
    if len(word) < len(other):
        return word[at:] == other[at + 1 :]
    exchanged = word[at + 1 : at + 2] + word[at] + word[at + 2 :]
    return word[at + 1 :] == other[at + 1 :] or exchanged == other[at:]


def bare(word: str) -> str:
    """``addToCart``, ``add_to_cart`` and ``Add-To Cart`` are one."""
    letters = "".join(c for c in word.casefold() if c not in "_-. ")
    return letters or word
