"""JavaScript as a row of pieces: words, signs, texts, regular expressions, GTM's references.

Reads pieces, not grammar, and any text: it never raises, and takes time in proportion to the text.
GTM adds ``{{name}}`` to the language, which stands for a value.
"""

from __future__ import annotations

import re
from sys import maxunicode
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKENS = re.compile(
    r"""
    (?P<comment> //[^\n\r\u2028\u2029]* | /\*.*?(?:\*/|\Z) | <!--[^\n\r]*
                 | [ \t]{0,80}[\n\r]\s{0,80}-->[^\n\r]* )
  | (?P<space> \s+ )
  | (?P<text> "(?:[^"\\\n\r]|\\(?:\r\n|.))*+(?P<double>")?
            | '(?:[^'\\\n\r]|\\(?:\r\n|.))*+(?P<single>')? )
  | (?P<number> (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\w* )
  | (?P<word> [A-Za-z_$\u0080-\uffff][\w$]* )
  | (?P<reference> \{\{[^{}\r\n]+\}\} )
  | (?P<sign> => | \.\.\. | \+\+ | -- | \*\* | \?\.(?!\d) | \?\? | && | \|\| | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*+\])++/\w*")
_BEFORE_REGEX = {*"([{,;:?!=+-*/%&|^~<>", "", "=>", "...", "&&", "||", "??", "**"} | {
    *("return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new"),
    "instanceof",
}
PAIRS = {")": "(", "]": "[", "}": "{"}
OPENS = frozenset(PAIRS.values())
_BEFORE_HEAD = {"if", "while", "for", "with"}
_HALF, _HALVES_END = 0xD800, 0xDFFF
_ESCAPE = re.compile(r"\\(?:u\{?([0-9A-Fa-f]{1,6})\}?|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


class Piece(NamedTuple):
    """A word, sign, text, number, regex or ``{{reference}}``; no space and no comment."""

    kind: str
    text: str
    at: int

    @property
    def value(self) -> str:
        """What a text says, what a reference names, else the piece as written."""
        if self.kind == "text":
            inner = self.text[1:-1]
            return _ESCAPE.sub(_unescaped, inner) if "\\" in inner else inner
        return self.text[2:-2] if self.kind == "reference" else self.text


def pieces_of(code: str) -> Iterator[Piece]:
    """The pieces in order. A text that is not closed comes as a sign, its quotation mark."""
    heads: list[bool] = []  # of each open bracket: whether a statement follows its end
    before, last_head, at = "", False, 0
    no_regex_until = 0  # a line on which one is not closed is read once, or it takes square time
    while at < len(code):
        match = None
        if code[at] == "/" and code[at : at + 2] not in ("//", "/*"):
            # A '}' ends a block far more often than it ends what is divided.
            after_head = (before == ")" and last_head) or before == "}"
            if at >= no_regex_until and (before in _BEFORE_REGEX or after_head):
                match = _REGEX.match(code, at)
                if match is None:
                    line_end = code.find("\n", at)
                    no_regex_until = len(code) if line_end < 0 else line_end
        kind = "regex" if match else ""
        match = match or _TOKENS.match(code, at)
        if match is None:  # pragma: no cover # the last alternative takes any character
            return
        kind = kind or str(match.lastgroup)
        text, place, at = match.group(), at, match.end()
        if kind in ("comment", "space"):
            continue
        if kind == "text" and not (match["double"] or match["single"]):
            kind, text = "sign", text[0]
        yield Piece(kind, text, place)
        if kind == "sign":
            if text in OPENS:
                heads.append(before in _BEFORE_HEAD)
            elif text in PAIRS:
                last_head = heads.pop() if heads else False
        before = text if kind in ("sign", "word") else "x"


def partners(pieces: Sequence[Piece]) -> dict[int, int]:
    """The index of each opening bracket that is closed -> the index of what closes it."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind != "sign":
            continue
        if piece.text in OPENS:
            waiting.append(index)
        elif piece.text in PAIRS and waiting:
            opened = waiting.pop()
            if PAIRS[piece.text] == pieces[opened].text:
                found[opened] = index
    return found


def _unescaped(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        number = int(code, 16)
        # Half a character could not be printed.
        whole = number < _HALF or _HALVES_END < number <= maxunicode
        return chr(number) if whole else "\ufffd"
    return _PLAIN.get(escape[3], escape[3])
