"""Our own ES5 -> the same in fewer bytes: no needless blanks, short names for what it declares.

A name gets one short name everywhere, in whatever scopes it is declared, so that scopes need not
be known. What is not declared in the code (``document``), properties and keys keep theirs. Made
for closures without ``eval``, ``with``, labels and getters; lines stay, for whoever reads an error.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import count, product
from string import ascii_letters
from typing import TYPE_CHECKING

from tagkit.javascript import OPENS, PAIRS, Piece, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORDS = frozenset(
    "arguments break case catch continue debugger default delete do else false finally for "
    "function if in instanceof new null return switch this throw true try typeof undefined var "
    "void while with".split()
)
_IN_WORD = re.compile(r"[\w$]")
_APART = {"++", "--", "//", "{{", "}}"}
"""Signs that would be another one, or a reference of GTM's, if nothing stood between them."""


@lru_cache(maxsize=16)
def packed(code: str) -> str:
    """The code in fewer bytes. Kept: the clients of a batch have the same."""
    pieces = list(pieces_of(code))
    names = _short_names(pieces)
    packed: list[str] = []
    last = ""
    at = 0
    for index, (_, text, place) in enumerate(pieces):
        gap = code[at:place]
        at = place + len(text)
        short = names.get(text, text) if _is_name(pieces, index) else text
        if last and "\n" in gap:
            packed.append("\n")
        elif last and _apart(last, short):
            packed.append(" ")
        packed.append(short)
        last = short
    return "".join(packed)


def _apart(last: str, following: str) -> bool:
    between = last[-1] + following[0]
    return between in _APART or bool(_IN_WORD.match(last[-1]) and _IN_WORD.match(following))


def _is_name(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece is a variable's name: no keyword, no property, no key of an object."""
    kind, text, _ = pieces[index]
    if kind != "word" or text in _WORDS:
        return False
    before = pieces[index - 1].text if index else ""
    after = pieces[index + 1].text if index + 1 < len(pieces) else ""
    return before != "." and not (after == ":" and before in {"{", ","})


def _short_names(pieces: Sequence[Piece]) -> dict[str, str]:
    declared = set(_declared(pieces))
    used = Counter(p.text for i, p in enumerate(pieces) if _is_name(pieces, i))
    taken = _WORDS | {name for name in used if name not in declared or len(name) == 1}
    free = (name for name in _names() if name not in taken)
    often = sorted(declared - taken, key=lambda name: (-used[name], name))
    return dict(zip(often, free, strict=False))


def _names() -> Iterator[str]:
    for length in count(1):
        for letters in product(ascii_letters, repeat=length):
            yield "".join(letters)


def _declared(pieces: Sequence[Piece]) -> Iterator[str]:
    """The names of functions, parameters, caught errors and variables."""
    for index, piece in enumerate(pieces):
        if piece.kind != "word" or (index and pieces[index - 1].text == "."):
            continue
        if piece.text in {"function", "catch"}:
            yield from _head(pieces, index + 1)
        elif piece.text == "var":
            yield from _variables(pieces, index + 1)


def _head(pieces: Sequence[Piece], index: int) -> Iterator[str]:
    while pieces[index].text != ")":
        if pieces[index].kind == "word":
            yield pieces[index].text
        index += 1


def _variables(pieces: Sequence[Piece], index: int) -> Iterator[str]:
    """``var a = f(b, c), d;`` declares a and d."""
    depth = 0
    begins = True
    for kind, text, _ in pieces[index:]:
        if begins:
            yield text
        begins = depth == 0 and text == ","
        if kind == "word" and text == "in" and depth == 0:
            return
        if kind != "sign":
            continue
        depth += (text in OPENS) - (text in PAIRS)
        if depth < 0 or (depth == 0 and text == ";"):
            return
