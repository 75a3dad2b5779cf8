"""JavaScript as a row of pieces: words, signs, texts, regular expressions, GTM's references.

Reads pieces, not grammar, and any text: it never raises, and takes time in proportion to the text.
GTM adds ``{{name}}`` to the language, which stands for a value.
"""

from __future__ import annotations

import re
from itertools import starmap
from sys import maxunicode
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE = re.compile(
    r"""
  (?> //[^\n\r\u2028\u2029]* | /\*.*?(?:\*/|\Z) | <!--[^\n\r]*
    | [ \t]{0,80}[\n\r]\s{0,80}-->[^\n\r]* | \s+ )*+  # comments and blanks: no pieces
  (?:
    (?P<text> "(?:[^"\\\n\r]|\\(?:\r\n|.))*+(?P<double>")?
            | '(?:[^'\\\n\r]|\\(?:\r\n|.))*+(?P<single>')? )
  | (?P<number> (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\w* )
  | (?P<word> [\w$]+ )
  | (?P<reference> \{\{[^{}\r\n]+\}\} )
  | (?P<sign> => | \.\.\. | \+\+ | -- | \*\* | \?\.(?!\d) | \?\? | && | \|\| | . )
  | (?P<end> \Z )
  )
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
    return starmap(Piece, read_pieces(code))


def read_pieces(code: str) -> Iterator[tuple[str, str, int]]:
    """The pieces as plain tuples, which are made in half the time."""
    heads: list[bool] = []  # of each open bracket: whether a statement follows its end
    before, last_head, at = "", False, 0
    no_regex_until = 0  # a line on which one is not closed is read once, or it takes square time
    while match := _PIECE.match(code, at):
        kind = match.lastgroup
        if kind is None or kind == "end":
            return
        text, place, at = match[kind], match.start(kind), match.end()
        if text == "/" and place >= no_regex_until:
            # A '}' ends a block far more often than it ends what is divided.
            after_head = (before == ")" and last_head) or before == "}"
            if before in _BEFORE_REGEX or after_head:
                if regex := _REGEX.match(code, place):
                    kind, text, at = "regex", regex[0], regex.end()
                else:
                    line_end = code.find("\n", place)
                    no_regex_until = len(code) if line_end < 0 else line_end
        elif kind == "text" and not (match["double"] or match["single"]):
            kind, text = "sign", text[0]
        yield kind, text, place
        if kind == "sign":
            if text in OPENS:
                heads.append(before in _BEFORE_HEAD)
            elif text in PAIRS:
                last_head = heads.pop() if heads else False
            before = text
        else:
            before = text if kind == "word" else "x"


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
