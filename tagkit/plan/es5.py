"""Whether a text is one ES5 function, as far as its pieces tell.

GTM's publish step refuses anything newer, and one script that does not parse silences all others
of the same file. This reads pieces, not grammar: brackets, what is left open, words of ES6.
"""

from __future__ import annotations

import re

_TOKENS = re.compile(
    r"""
    (?P<comment> //[^\n\r\u2028\u2029]* | /\*.*?\*/ )
  | (?P<text> "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<number> (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\w* )
  | (?P<word> [A-Za-z_$\u0080-\uffff][\w$]* )
  | (?P<space> \s+ )
  | (?P<reference> \{\{[^{}\n]*\}\} )
  | (?P<sign> => | \.\.\. | \+\+ | -- | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+/\w*")
_BEFORE_REGEX = {*"([{},;:?!=+-*/%&|^~<>", "=>", "..."} | {
    *("return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new"),
    "instanceof",
}
_PAIRS = {")": "(", "]": "[", "}": "{"}
_NEWER_WORDS = {"let", "const", "class", "async", "await", "yield", "import", "export"}
_OPERATORS = {*"=+-*/%&|^<>,?:!~."}


def problem_of(code: str) -> str | None:
    """Why the text is not one ES5 function, in words; None when nothing speaks against it."""
    open_signs: list[str] = []
    before, at, closed = "", 0, False
    while at < len(code):
        match = None
        if code[at] == "/" and code[at : at + 2] not in ("//", "/*") and before in _BEFORE_REGEX:
            match = _REGEX.match(code, at)
        kind = "text" if match else ""
        match = match or _TOKENS.match(code, at)
        if match is None:  # pragma: no cover # the last alternative takes any character
            return "it cannot be read"
        kind = kind or str(match.lastgroup)
        piece, at = match.group(), match.end()
        if kind in ("comment", "space"):
            continue
        if closed:
            return f"after the function comes '{piece}'; it must be one function and nothing else"
        problem = _newer(kind, piece, before) or _broken(kind, piece, before, open_signs)
        if problem:
            return problem
        closed = kind == "sign" and piece == "}" and not open_signs
        before = piece if kind in ("sign", "word") else "x"
    if open_signs:
        return f"a '{open_signs[-1]}' is not closed"
    if "//" in code.rpartition("}")[2]:
        return "a comment after the function would swallow what GTM puts there"
    return None if closed else "it does not end"


def _newer(kind: str, piece: str, before: str) -> str | None:
    if piece == "`":
        return "template texts (`…`) are newer than ES5, which is all that GTM takes"
    if kind == "sign" and piece in ("=>", "..."):
        return f"'{piece}' is newer than ES5, which is all that GTM takes"
    if kind == "word" and piece in _NEWER_WORDS and before != ".":
        return f"'{piece}' is newer than ES5, which is all that GTM takes"
    return None


def _broken(kind: str, piece: str, before: str, open_signs: list[str]) -> str | None:
    if kind != "sign":
        return None
    if piece in "\"'":
        return f"a {piece} is not closed"
    if piece in "#@\\":
        return f"'{piece}' means nothing in JavaScript"
    if piece in "([{":
        open_signs.append(piece)
    elif piece == ";" and before in _OPERATORS:
        return f"'{before};': something is missing before the ';'"
    elif piece in _PAIRS:
        if not open_signs or open_signs.pop() != _PAIRS[piece]:
            return f"a '{piece}' closes nothing"
        if before in _OPERATORS:
            return f"'{before}{piece}': something is missing before the '{piece}'"
    return None
