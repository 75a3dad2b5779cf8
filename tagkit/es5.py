"""What speaks against a piece of JavaScript: newer than ES5, or not put together right.

GTM's publish step refuses anything newer, and one script that does not parse silences all others
of the same file. This reads pieces, not grammar: brackets, what is left open, signs and words of
ES6. It would rather miss a rarity than accuse sound code.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tagkit.javascript import PAIRS, Piece, pieces_of, read_pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPERATORS = {*"=+-*/%&|^<>,?:!~.", "&&", "||", "**", "??", "?."}

_NEWER_SIGNS = {"=>", "...", "**", "?.", "??"}
_BEFORE_OBJECT = {*"([,=?!:+", "return", "&&", "||"}
# What no script newer than ES5 is without: a look at it saves reading the others piece by piece.
_SUSPECT_SIGNS = {
    "`": r"`",
    "=>": r"=>",
    "...": r"""\.\.\.[\w$\[({"']""",
    "**": r"\*\*(?!/)",
    "?.": r"\?\.(?!\d)",
    "??": r"\?\?",
    "{": r"\{(?<!\{\{)\s*(?!\d)[\w$]+\s*(?:,|\}(?!\}))|,\s*(?!\d)[\w$]+\s*\}(?!\})"
    r"|[{,]\s*\[[^\]]{0,99}\]\s*:"
    r"|[{,]\s*(?!(?:if|for|while|switch|with|function|catch)\b)[A-Za-z_$][\w$]*"
    r"\s*\([^()]{0,99}\)\s*\{",
}
# How they go on where they are meant.
_SUSPECT_WORDS = {
    "let": r"\s*[\w$\[{/]",
    "const": r"\s*[\w$\[{/]",
    "class": r"\s*[\w${/]",
    "async": r"\s*function",
    "super": r"\s*[(.]",
    "import": r"""\s*[\w$"'{*(/]""",
    "export": r"\s*[\w${*/]",
    "var": r"\s*[\[{]",
    "for": r"\s*\([^()]{0,200}\bof\b",
    "function": r"(?:\s*\*|[^()]{0,99}\([^()]{0,200}[=\[{])",
}
# A pattern that begins with plain letters is found ten times faster: \b comes behind them.
_SUSPECT = {sign: re.compile(pattern) for sign, pattern in _SUSPECT_SIGNS.items()} | {
    word: re.compile(rf"{word}(?<=\b{word})\b{rest}") for word, rest in _SUSPECT_WORDS.items()
}


class Newer(NamedTuple):
    """What is newer than ES5, as the subject of a sentence, and where."""

    what: str
    at: int


class Broken(NamedTuple):
    """Why a script cannot be parsed, in words, and where."""

    why: str
    at: int


# --- Newer than ES5 -------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def newer_than_es5(code: str) -> Newer | None:
    """The first thing in the code that ES5 does not have; None when nothing is sure to be.

    Kept, as more than one rule asks.
    """
    if not any(sign in code and pattern.search(code) for sign, pattern in _SUSPECT.items()):
        return None
    pieces = [Piece("start", "", 0)]
    roles: list[str] = []
    for after in chain(pieces_of(code), [Piece("end", "", len(code))]):
        pieces.append(after)
        index = len(pieces) - 2
        before, piece = pieces[index - 1], pieces[index]
        if piece.kind == "start":
            continue
        if piece.kind == "sign" and piece.text in "\"'":
            return None  # not closed: what follows is read wrongly
        role = roles[-1] if roles else ""
        what = _newer(piece, before, after) or _newer_in(role, piece, before, after)
        if what:
            return Newer(what, piece.at)
        if piece.kind != "sign":
            continue
        if piece.text in ("(", "[", "{"):
            roles.append(_role(pieces, index, role))
        elif piece.text in PAIRS and roles:
            roles.pop()
    return None


def _newer(piece: Piece, before: Piece, after: Piece) -> str | None:
    if piece.kind == "sign":
        if piece.text == "`":
            return "a text in `…`"
        return f"'{piece.text}'" if piece.text in _NEWER_SIGNS else None
    if piece.kind != "word" or before.text == "." or after.text == ":":
        return None
    word, then = piece.text, after.text
    named = after.kind == "word" and then not in ("in", "instanceof", "of")
    opens = named or (after.kind == "sign" and then in ("[", "{"))
    found = {
        "let": opens and not (then == "[" and before.text not in ("", ";", "{", "}", "(")),
        "const": opens,
        "class": named or then == "{",
        "super": then in ("(", "."),
        "async": then == "function",
        "function": then == "*",
        "var": then in ("[", "{"),
        "import": after.kind in ("word", "text") or then in ("{", "*", "("),
        "export": after.kind == "word" or then in ("{", "*"),
    }.get(word, False)
    if not found:
        return None
    return f"'{word} {then}'" if word in ("async", "function", "var") else f"'{word}'"


def _newer_in(role: str, piece: Piece, before: Piece, after: Piece) -> str | None:
    """What is newer only where it stands."""
    if role == "for" and piece.text == "of" and before.kind == "word":
        value = after.kind in ("word", "text", "reference") or after.text in ("[", "(")
        return "'for (… of …)'" if value and before.text not in ("var", "in") else None
    if role == "parameters":
        if piece.kind == "sign" and piece.text in ("=", "{", "["):
            return f"'{piece.text}' among the parameters of a function"
        return None
    if role != "object" or before.kind != "sign" or before.text not in ("{", ","):
        return None
    if piece.kind == "sign" and piece.text == "[":
        return "'{[name]: …}'"
    if piece.kind == "word" and after.kind == "sign":
        if after.text in (",", "}"):
            return f"'{{{piece.text}}}'"
        if after.text == "(":
            return f"'{{{piece.text}() …}}'"
    return None


def _role(pieces: Sequence[Piece], index: int, outer: str) -> str:
    before = pieces[index - 1]
    if pieces[index].text == "(":
        if before.text == "for":
            return "for"
        named = before.kind == "word" and before.text != "function"
        function = max(index - 2 if named else index - 1, 1)
        if pieces[function].text == "function" and pieces[function - 1].text != ".":
            return "parameters"
    if pieces[index].text == "{" and before.kind in ("sign", "word"):
        if before.text == ":" and outer != "object":
            return ""  # of a label or a case
        return "object" if before.text in _BEFORE_OBJECT else ""
    return ""


# --- Put together wrongly -------------------------------------------------------------------------


def broken(code: str) -> Broken | None:
    """Why no browser could parse the script; None when nothing speaks against it."""
    open_signs: list[str] = []
    opened: list[int] = []
    before = ""
    for kind, text, at in read_pieces(code):
        if kind == "sign":
            if problem := _broken(text, before, open_signs):
                return Broken(problem, at)
            opened.append(at)
            del opened[len(open_signs) :]
        before = text if kind in ("sign", "word") else "x"
    return Broken(f"a '{open_signs[-1]}' is not closed", opened[-1]) if open_signs else None


def problem_of(code: str) -> str | None:
    """Why the text is not one ES5 function, in words; None when nothing speaks against it."""
    newer = newer_than_es5(code)
    open_signs: list[str] = []
    before, closed = "", False
    for kind, text, at in read_pieces(code):
        if closed:
            return f"after the function comes '{text}'; it must be one function and nothing else"
        if newer and at >= newer.at:
            return f"{newer.what} is newer than ES5, which is all that GTM takes"
        if kind == "sign" and (problem := _broken(text, before, open_signs)):
            return problem
        closed = kind == "sign" and text == "}" and not open_signs
        before = text if kind in ("sign", "word") else "x"
    if open_signs:
        return f"a '{open_signs[-1]}' is not closed"
    if "//" in code.rpartition("}")[2]:
        return "a comment after the function would swallow what GTM puts there"
    return None if closed else "it does not end"


def _broken(piece: str, before: str, open_signs: list[str]) -> str | None:
    """What is wrong with a sign behind what stands before it, the brackets open so far."""
    if piece in "\"'":
        return f"a {piece} is not closed"
    if piece in "#@\\":
        return f"'{piece}' means nothing in JavaScript"
    if piece in "([{":
        open_signs.append(piece)
    elif piece == ";" and before in _OPERATORS and before != ":":
        return f"'{before};': something is missing before the ';'"
    elif piece in PAIRS:
        if not open_signs or open_signs.pop() != PAIRS[piece]:
            return f"a '{piece}' closes nothing"
        # ES5: a comma before the end of a list or an object, a case without statements.
        if before in _OPERATORS and before + piece not in (",]", ",}", ":}"):
            return f"'{before}{piece}': something is missing before the '{piece}'"
    return None
