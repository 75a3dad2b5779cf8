"""The parser's complaints about YAML syntax -> what the author did, in plain words.

libyaml and PyYAML's own parser say the same in different words, and stop at slightly different
characters. What matters is mostly the text around the place, so that is what is looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml

_QUOTE_IT = "put the whole text in quotes"
_CLOSE = "close it where it ends"
_VARIABLE = 'where braces are around it, a variable needs quotes: "${name}"'
_REFERENCE = 'text with {{ needs quotes: "{{Page Path}}"'
_UNQUOTED = re.compile(r"[^'\"]+")
_WORD = re.compile(r"(?:^|[\s\[{,])[^\s#]")
_COLON = re.compile(r":\s")


class Complaint(NamedTuple):
    """What to say about a piece of the text; ``opened`` is where the thing around it starts."""

    start: int
    end: int
    message: str
    hint: str | None = None
    opened: int | None = None


def explain(error: yaml.MarkedYAMLError, text: str, bracket: int) -> Complaint:
    """What the author did; ``bracket`` is where the collection that was being read starts."""
    problem = error.problem or ""
    context = error.context or ""
    at = error.problem_mark.index if error.problem_mark else 0
    if not text[at:].strip() and text[bracket : bracket + 1] in ("[", "{") and "flow" in context:
        return Complaint(bracket, bracket + 1, f"this '{text[bracket]}' is never closed", _CLOSE)
    opened = error.context_mark.index if error.context_mark else at
    for kind, words in _KINDS:
        if kind in f"{context}: {problem}":
            return words(text, min(at, len(text)), opened)
    return Complaint(at, at, f"this is not YAML: {problem}")


def _mapping(text: str, at: int, _: int) -> Complaint:
    before = _before(text, at)
    if _has_key(before):
        hint = f"{_QUOTE_IT} if the colon belongs to it"
        return Complaint(at, at + 1, "a second ': ' in one line", hint)
    start = at - len(before.lstrip())
    hint = "the line above has a value already, or the indentation is wrong"
    return Complaint(start, at, "a key cannot stand here", hint)


def _has_key(before: str) -> bool:
    """Whether a key with its colon stands there; not by one pattern, which takes square time."""
    for run in _UNQUOTED.finditer(before):
        word = _WORD.search(before, *run.span())
        if word and _COLON.search(before, word.end(), run.end()):
            return True
    return False


def _block(text: str, at: int, opened: int) -> Complaint:
    before, char = _before(text, at), text[at : at + 1]
    if "{{" in before:
        return Complaint(at, at, "the text goes on after '}}'", _REFERENCE)
    if char in ("]", "}"):
        return Complaint(at, at + 1, f"no bracket is open that this '{char}' could close")
    if before.rstrip().endswith(('"', "'")):
        hint = f"{_QUOTE_IT}; inside single quotes ' is written twice"
        return Complaint(at, at, "the text goes on after the closing quote", hint)
    if before.strip():
        return Complaint(at, at, "the text goes on after its end", _QUOTE_IT)
    if text[opened : opened + 1] == "-":
        hint = "in a list each item starts with '-', all in the same column"
        return Complaint(at, at, "this line is no item of the list above", hint, opened)
    if char == "-":
        hint = "a list stands under a key of its own"
        return Complaint(at, at + 1, "a list item cannot stand among keys", hint, opened)
    hint = "keys of one mapping start in the same column"
    return Complaint(at, at, "this line does not line up with those above", hint, opened)


def _flow(text: str, at: int, opened: int) -> Complaint:
    bracket = text[opened : opened + 1]
    closing = "]" if bracket == "[" else "}"
    if "{{" in _before(text, at):
        return Complaint(at, at, "the text goes on after '}}'", _REFERENCE)
    if text[at - 1 : at + 1] == "${" or text[at - 2 : at] == "${":
        return Complaint(at, at, "this '${' stands in braces without quotes", _VARIABLE)
    message = f"expected ',' or '{closing}' here"
    hint = f"text with a ':', '{{' or '[' in it needs quotes, and each '{bracket}' a '{closing}'"
    return Complaint(at, at, message, hint, opened)


def _quote(text: str, _: int, opened: int) -> Complaint:
    return Complaint(
        opened, opened + 1, f"this {text[opened : opened + 1]} is never closed", _CLOSE
    )


def _escape(text: str, at: int, _: int) -> Complaint:
    at = text.rfind("\\", 0, at + 1)
    escape = text[at : at + 2]
    hint = f"write '\\{escape}' for a backslash, or use single quotes"
    return Complaint(at, at + 2, f"'{escape}' means nothing inside double quotes", hint)


def _code(text: str, at: int, _: int) -> Complaint:
    at = text.rfind("\\", 0, at + 1)
    hint = r"write \xe9, \u20ac or \U0001f375: two, four or eight digits 0-9 a-f"
    return Complaint(at, at + 2, f"'{text[at : at + 2]}' does not name a character", hint)


def _colon(text: str, _: int, opened: int) -> Complaint:
    end = re.compile(r"[^\r\n]*").match(text, opened)
    hint = "a line is 'key: value' or '- item'"
    return Complaint(opened, end.end() if end else opened, "this line has no ': '", hint)


def _tab(text: str, at: int, _: int) -> Complaint:
    at = text.find("\t", at)
    return Complaint(at, at + 1, "a tab cannot indent a line", "use spaces")


def _start(text: str, at: int, opened: int) -> Complaint:
    char = text[at : at + 1]
    if char == "\t":
        return _tab(text, at, opened)
    return Complaint(at, at + 1, f"text cannot start with '{char}'", _QUOTE_IT)


def _name(text: str, at: int, opened: int) -> Complaint:
    char = text[opened : opened + 1]
    return Complaint(opened, max(at, opened + 1), f"no name follows this '{char}'", _QUOTE_IT)


def _entry(_: str, at: int, __: int) -> Complaint:
    return Complaint(
        at, at + 1, "a list cannot start behind its key", "start it on a line of its own"
    )


def _content(text: str, at: int, _: int) -> Complaint:
    return Complaint(at, at + 1, f"expected a value, found '{text[at : at + 1]}'")


def _after(_: str, at: int, __: int) -> Complaint:
    return Complaint(at, at, "the document has ended already, yet text follows")


def _version(_: str, at: int, __: int) -> Complaint:
    return Complaint(at, at + 5, "this version of YAML is not read", "delete the line")


def _directive(text: str, at: int, _: int) -> Complaint:
    at -= len(_before(text, at))
    return Complaint(at, at + 1, "a line cannot start with '%'", _QUOTE_IT)


def _question(_: str, at: int, __: int) -> Complaint:
    return Complaint(at, at + 1, "'? ' has no meaning here", _QUOTE_IT)


def _handle(text: str, at: int, _: int) -> Complaint:
    end = at + len(text[at:].split(maxsplit=1)[0])
    return Complaint(at, end, f"the tag '{text[at:end]}' is not read", "leave it out")


def _literal(_: str, at: int, opened: int) -> Complaint:
    hint = "write only '|', '>', '|-' or '>-' here and the text below, indented"
    return Complaint(opened, at + 1, "this text starts on the wrong line", hint)


def _before(text: str, at: int) -> str:
    """The line up to a place."""
    return text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]


_KINDS = (  # the first that is found in "context: problem"
    ("incompatible YAML", _version),
    ("undefined tag handle", _handle),
    ("directive", _directive),
    ("unexpected non-alphabetical", _directive),
    ("mapping keys are not allowed", _question),
    ("mapping values are not allowed", _mapping),
    ("sequence entries are not allowed", _entry),
    ("quoted scalar: found unexpected end", _quote),
    ("quoted scalar: found unexpected document", _quote),
    ("unknown escape", _escape),
    ("hexadecimal number", _code),
    ("hexdecimal number", _code),  # so in libyaml
    ("invalid Unicode character escape", _code),
    ("could not find expected ':'", _colon),
    ("tab character", _tab),
    ("cannot start any token", _start),
    ("expected alphabetic or numeric", _name),
    ("block scalar: ", _literal),
    ("while parsing a block node", _content),
    ("while parsing a flow node", _content),
    ("while parsing a flow", _flow),
    ("while parsing a block", _block),
    ("<document start>", _after),
)
