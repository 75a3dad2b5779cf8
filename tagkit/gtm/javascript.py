"""The scripts of a Custom HTML tag, and their tokens.

A tolerant reader: it never raises, takes time in proportion to the text, and knows what GTM adds to
JavaScript: ``{{name}}`` stands for a value. What is commented out is not read, nor ``noscript``,
which does nothing in a tag that a script inserts.
"""

from __future__ import annotations

import re
from sys import maxunicode
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STRING, NUMBER, WORD, REFERENCE, MARK = "string", "number", "word", "reference", "mark"

OPEN = {"(": ")", "[": "]", "{": "}"}

# Each alternative takes all that can be its own and never gives back: no text takes square time.
_BLOCK = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<noscript\b.*?(?:</noscript\s*+>|\Z)"
    r"|<script\b(?P<attributes>[^<>]*+)>(?P<code>.*?)(?:</script\s*+>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TYPE = re.compile(r"""(?:^|\s)type\s*+=\s*+["']?([^\s"'>]*+)""", re.IGNORECASE)
_SCRIPT_TYPES = re.compile(
    r"(?:text|application)/(?:x-)?(?:java|ecma|j)script|module", re.IGNORECASE
)
_TOKEN = re.compile(
    r"""(?>\s+|//[^\r\n]*|<!--[^\r\n]*|/\*.*?(?:\*/|\Z))*+"""  # no tokens
    r"""(?:(?P<reference>\{\{[^{}\r\n]++\}\})"""
    r"""|(?P<string>'(?:\\.|\{\{[^{}\r\n]++\}\}|[^'\\\r\n])*+'?"""
    r"""|"(?:\\.|\{\{[^{}\r\n]++\}\}|[^"\\\r\n])*+"?|`(?:\\.|[^`\\])*+`?)"""
    r"""|(?P<number>\.?\d[\w.]*+)"""
    r"""|(?P<word>[^\W\d][\w$]*+|\$[\w$]*+)"""
    r"""|(?P<mark>.)|(?P<end>\Z))""",
    re.DOTALL,
)
# Bounded, as a division would be read to the end of the line each time.
_PATTERN = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\r\n]){0,100}+\]|[^/\\\[\r\n]){1,200}+/\w*+")
_HALF, _HALVES_END = 0xD800, 0xDFFF
_BEFORE_PATTERN = frozenset("return typeof case in of delete void throw new else do".split())
_ESCAPE = re.compile(r"\\(?:u\{?([0-9A-Fa-f]{1,6})\}?|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


class Token(NamedTuple):
    """A word of the code; ``text`` is as written."""

    kind: str
    text: str
    start: int

    @property
    def value(self) -> str:
        """What a string says, what a reference names, else the text."""
        if self.kind == STRING:
            quote = self.text[0]
            inner = self.text[1:].removesuffix(quote)
            return _ESCAPE.sub(_unescaped, inner) if "\\" in inner else inner
        return self.text[2:-2] if self.kind == REFERENCE else self.text


def scripts_in(html: str) -> Iterator[str]:
    """The code of each script that a browser would run."""
    for block in _BLOCK.finditer(html):
        if block["code"] is not None:
            said = _TYPE.search(block["attributes"])
            if said is None or not said[1] or _SCRIPT_TYPES.match(said[1]):
                yield block["code"]


def without_comments(html: str) -> str:
    """The text that does something: no comments, no ``noscript``, no scripts of other types."""
    return _BLOCK.sub(_kept, html)


def tokens_in(code: str) -> list[Token]:
    """All tokens but spaces and comments."""
    found: list[Token] = []
    position = 0
    while match := _TOKEN.match(code, position):
        kind = match.lastgroup
        if kind is None or kind == "end":
            break
        text, start, position = match[kind], match.start(kind), match.end()
        if text == "/" and _may_be_pattern(found) and (pattern := _PATTERN.match(code, start)):
            text, position = pattern[0], pattern.end()
        found.append(Token(kind, text, start))
    return found


def partners(tokens: Sequence[Token]) -> dict[int, int]:
    """The index of each opening bracket that is closed -> the index of what closes it."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind != MARK:
            continue
        if token.text in OPEN:
            waiting.append(index)
        elif token.text in ")]}" and waiting:
            opened = waiting.pop()
            if OPEN[tokens[opened].text] == token.text:
                found[opened] = index
    return found


def _may_be_pattern(before: list[Token]) -> bool:
    """Whether ``/`` begins a regular expression here, and does not divide."""
    if not before:
        return True
    last = before[-1]
    if last.kind == WORD:
        return last.text in _BEFORE_PATTERN
    return last.kind == MARK and last.text not in {")", "]", "}"}


def _unescaped(escape: re.Match[str]) -> str:
    if code := escape[1] or escape[2]:
        number = int(code, 16)
        # Half a character could not be printed.
        whole = number < _HALF or _HALVES_END < number <= maxunicode
        return chr(number) if whole else "\ufffd"
    return _PLAIN.get(escape[3], escape[3])


def _kept(block: re.Match[str]) -> str:
    if block["code"] is None:
        return " "
    said = _TYPE.search(block["attributes"])
    runs = said is None or not said[1] or _SCRIPT_TYPES.match(said[1])
    return block[0] if runs else " "
