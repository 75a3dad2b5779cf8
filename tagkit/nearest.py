"""A word that is not known -> the known one its author probably meant."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
_FEW = 12
"""Choices that difflib looks at, at most: each takes it 20 us, a container may have hundreds."""
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
    listed = tuple(choices)
    known = _by_letters(listed)
    if (wanted := bare(word)) in known:
        return known[wanted]

    from difflib import get_close_matches

    found = get_close_matches(wanted, _most_alike(wanted, listed), n=1)
    return known[found[0]] if found else None


@lru_cache(maxsize=16)
def _by_letters(choices: tuple[str, ...]) -> dict[str, str]:
    """The choices by their letters; of some that have the same the first. Kept, as the next."""
    known: dict[str, str] = {}
    for choice in choices:
        known.setdefault(bare(choice), choice)
    return known


@lru_cache(maxsize=16)
def _by_pair(choices: tuple[str, ...]) -> dict[str, list[str]]:
    """The letters of the choices, by each pair of neighbours in them."""
    found: dict[str, list[str]] = {}
    for letters in _by_letters(choices):
        for pair in _pairs(letters):
            found.setdefault(pair, []).append(letters)
    return found


def _most_alike(letters: str, choices: tuple[str, ...]) -> Iterable[str]:
    """The letters of those choices that have the most pairs in common with these."""
    if len(choices) <= _FEW:
        return _by_letters(choices)
    by_pair = _by_pair(choices)
    shared = Counter(chain.from_iterable(by_pair.get(pair, ()) for pair in _pairs(letters)))
    return nlargest(_FEW, shared, key=lambda choice: shared[choice] / (len(choice) + len(letters)))


def _pairs(letters: str) -> dict[str, None]:
    """Each letter with the next one, and the first and the last one with nothing; in order."""
    edged = f" {letters} "
    return dict.fromkeys(edged[at : at + 2] for at in range(len(edged) - 1))


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
