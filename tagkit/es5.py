"""What speaks against a piece of JavaScript: newer than ES5, or not put together right.

GTM's publish step refuses anything newer, and one script that does not parse silences all others
of the same file. This reads pieces, not grammar: brackets, what is left open, signs and words of
ES6. It would rather miss a rarity than accuse sound code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKENS = re.compile(
    r"""
    (?P<comment> //[^\n\r\u2028\u2029]* | /\*.*?(?:\*/|\Z) | <!--[^\n\r]*
                 | [ \t]{0,80}[\n\r]\s{0,80}-->[^\n\r]* )
  | (?P<space> \s+ )
  | (?P<text> "(?:[^"\\\n\r]|\\(?:\r\n|.))*" | '(?:[^'\\\n\r]|\\(?:\r\n|.))*' )
  | (?P<number> (?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\w* )
  | (?P<word> [A-Za-z_$\u0080-\uffff][\w$]* )
  | (?P<reference> \{\{[^{}\r\n]+\}\} )
  | (?P<sign> => | \.\.\. | \+\+ | -- | \*\* | \?\.(?!\d) | \?\? | && | \|\| | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n\r]++|\\.|\[(?:[^\]\\\n\r]++|\\.)*+\])++/\w*+")
_SHORT_REGEX = re.compile(r"/(?:[^/\\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.){0,99}+\]){1,199}+/\w*+")
_MANY = 20
"""So many '/' may start no regex; then only short ones are looked for, or it takes square time."""
_BEFORE_REGEX = {*"([{,;:?!=+-*/%&|^~<>", "", "=>", "...", "&&", "||", "??", "**"} | {
    *("return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new"),
    "instanceof",
}
_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPERATORS = {*"=+-*/%&|^<>,?:!~.", "&&", "||", "**", "??", "?."}
_BEFORE_HEAD = {"if", "while", "for", "with"}

_NEWER_SIGNS = {"=>", "...", "**", "?.", "??"}
_BEFORE_OBJECT = {*"([,=?!:+", "return", "&&", "||"}
# What no script newer than ES5 is without: a look at it saves reading the others piece by piece.
_SUSPECT = re.compile(
    r"""` | => | \.\.\.(?=[\w$\[({"']) | \*\* (?!/) | \?\.(?!\d) | \?\?
    | \b(?:let|const|class|async|import|export|super)\b | \bfunction\s*\* | \bvar\s*[\[{]
    | \bfor\s*\([^()]{0,200}\bof\b | \bfunction\b[^()]{0,99}\([^()]{0,200}[=\[{]
    | (?<!\{)\{\s*[\w$]+\s*(?:,|\}(?!\})) | ,\s*[\w$]+\s*\}(?!\}) | [{,]\s*\[[^\]]{0,99}\]\s*:
    | [{,]\s*(?!(?:if|for|while|switch|with|function|catch)\b)[A-Za-z_$][\w$]*
      \s*\([^()]{0,99}\)\s*\{
    """,
    re.VERBOSE,
)


class Piece(NamedTuple):
    """A word, sign, text, number, regex or ``{{reference}}``; no space and no comment."""

    kind: str
    text: str
    at: int


class Newer(NamedTuple):
    """What is newer than ES5, as the subject of a sentence, and where."""

    what: str
    at: int


def pieces_of(code: str) -> Iterator[Piece]:
    """The pieces in order. A text that is not closed comes as its quotation mark, a sign."""
    heads: list[bool] = []  # of each open bracket: whether a statement follows its end
    before, last_head, at = "", False, 0
    divided = 0
    while at < len(code):
        match = None
        if code[at] == "/" and code[at : at + 2] not in ("//", "/*"):
            # A '}' ends a block far more often than it ends what is divided.
            after_head = (before == ")" and last_head) or before == "}"
            if before in _BEFORE_REGEX or after_head:
                match = (_REGEX if divided < _MANY else _SHORT_REGEX).match(code, at)
                divided += match is None
        kind = "regex" if match else ""
        match = match or _TOKENS.match(code, at)
        if match is None:  # pragma: no cover # the last alternative takes any character
            return
        kind = kind or str(match.lastgroup)
        text, place, at = match.group(), at, match.end()
        if kind in ("comment", "space"):
            continue
        yield Piece(kind, text, place)
        if kind == "sign":
            if text in "([{":
                heads.append(before in _BEFORE_HEAD)
            elif text in _PAIRS:
                last_head = heads.pop() if heads else False
        before = text if kind in ("sign", "word") else "x"


# --- Newer than ES5 -------------------------------------------------------------------------------


def newer_than_es5(code: str) -> Newer | None:
    """The first thing in the code that ES5 does not have; None when nothing is sure to be."""
    if not _SUSPECT.search(code):
        return None
    pieces = [Piece("start", "", 0), *_until_open(code), Piece("end", "", len(code))]
    roles: list[str] = []
    for index in range(1, len(pieces) - 1):
        piece = pieces[index]
        if piece.kind == "sign" and piece.text in "\"'":
            return None  # not closed: what follows is read wrongly
        role = roles[-1] if roles else ""
        before, after = pieces[index - 1], pieces[index + 1]
        what = _newer(piece, before, after) or _newer_in(role, piece, before, after)
        if what:
            return Newer(what, piece.at)
        if piece.kind != "sign":
            continue
        if piece.text in ("(", "[", "{"):
            roles.append(_role(pieces, index, role))
        elif piece.text in _PAIRS and roles:
            roles.pop()
    return None


def _until_open(code: str) -> Iterator[Piece]:
    """The pieces up to a text that is not closed: what follows is read wrongly, and slowly."""
    for piece in pieces_of(code):
        yield piece
        if piece.kind == "sign" and piece.text in "\"'":
            return


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


def broken(code: str) -> str | None:
    """Why no browser could parse the script, in words; None when nothing speaks against it."""
    open_signs: list[str] = []
    before = ""
    for piece in pieces_of(code):
        if problem := _broken(piece.kind, piece.text, before, open_signs):
            return problem
        before = piece.text if piece.kind in ("sign", "word") else "x"
    return f"a '{open_signs[-1]}' is not closed" if open_signs else None


def problem_of(code: str) -> str | None:
    """Why the text is not one ES5 function, in words; None when nothing speaks against it."""
    newer = newer_than_es5(code)
    open_signs: list[str] = []
    before, closed = "", False
    for piece in pieces_of(code):
        if closed:
            return (
                f"after the function comes '{piece.text}'; it must be one function and nothing else"
            )
        if newer and piece.at >= newer.at:
            return f"{newer.what} is newer than ES5, which is all that GTM takes"
        if problem := _broken(piece.kind, piece.text, before, open_signs):
            return problem
        closed = piece.kind == "sign" and piece.text == "}" and not open_signs
        before = piece.text if piece.kind in ("sign", "word") else "x"
    if open_signs:
        return f"a '{open_signs[-1]}' is not closed"
    if "//" in code.rpartition("}")[2]:
        return "a comment after the function would swallow what GTM puts there"
    return None if closed else "it does not end"


def _broken(kind: str, piece: str, before: str, open_signs: list[str]) -> str | None:
    if kind != "sign":
        return None
    if piece in "\"'":
        return f"a {piece} is not closed"
    if piece in "#@\\":
        return f"'{piece}' means nothing in JavaScript"
    if piece in "([{":
        open_signs.append(piece)
    elif piece == ";" and before in _OPERATORS and before != ":":
        return f"'{before};': something is missing before the ';'"
    elif piece in _PAIRS:
        if not open_signs or open_signs.pop() != _PAIRS[piece]:
            return f"a '{piece}' closes nothing"
        # ES5: a comma before the end of a list or an object, a case without statements.
        if before in _OPERATORS and before + piece not in (",]", ",}", ":}"):
            return f"'{before}{piece}': something is missing before the '{piece}'"
    return None
