r"""Whether a pattern is a JavaScript regular expression: GTM's runtime calls ``new RegExp``.

Python's ``re`` is near enough to try it, once the two languages' differences are taken out.
"""

from __future__ import annotations

import re

_NAMED = re.compile(r"\(\?<([A-Za-z_$][\w$]*)>")
_BACKREFERENCE = re.compile(r"\\k<([A-Za-z_$][\w$]*)>")
_CLASSES = re.compile(r"\[\^?\]|\[(?:\\.|[^\]\\])*\]|\\.|\(\?#|[*+?}]\+", re.DOTALL)
_ONLY_PYTHON = {
    "(?P": "named groups are written (?<name>…) in JavaScript",
    "(?>": "JavaScript has no atomic groups",
    "(?i": "JavaScript has no inline flags; write ignore_case: true",
    "(?m": "JavaScript has no inline flags",
    "(?s": "JavaScript has no inline flags",
    "(?x": "JavaScript has no inline flags",
    "(?a": "JavaScript has no inline flags",
    "(?u": "JavaScript has no inline flags",
    "(?#": "JavaScript has no comments in patterns",
    "(?(": "JavaScript has no conditional groups",
}
_IN_WORDS = {
    "missing ), unterminated subpattern": "a '(' is not closed",
    "unbalanced parenthesis": "a ')' has no '('",
    "unterminated character set": "a '[' is not closed",
    "nothing to repeat": "a '*', '+', '?' or '{' has nothing before it to repeat",
    "multiple repeat": "two repetitions stand side by side",
    "bad escape (end of pattern)": "it ends with a single backslash",
}


def problem_of(pattern: str) -> str | None:
    """Why GTM could not compile the pattern, in words; None when it can."""
    bare = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", pattern, flags=re.DOTALL)
    for start, why in _ONLY_PYTHON.items():
        if start in bare:
            return why
    if re.search(r"[*+?}]\+", bare):
        return "JavaScript has no possessive quantifiers"
    translated = _NAMED.sub(r"(?P<\1>", _BACKREFERENCE.sub(r"(?P=\1)", pattern))
    translated = _CLASSES.sub(_class_in_python, translated)
    try:
        re.compile(translated)
    except (re.error, OverflowError, RecursionError) as error:
        reason = str(error).split(" at position", maxsplit=1)[0]
        if "look-behind requires fixed-width" in reason:  # JavaScript allows any width
            return None
        return _IN_WORDS.get(reason, reason)
    return None


def _class_in_python(match: re.Match[str]) -> str:
    piece = match.group()
    if piece == "[]":
        return r"(?!)"
    if piece == "[^]":
        return r"[\s\S]"
    if piece.startswith("["):
        return "[" + piece[1:].replace("[", r"\[")
    if piece.startswith("\\") and len(piece) > 1:
        # an escape that JavaScript takes as the letter itself, and Python refuses
        known = piece[1] in "dDwWsSbBnrtfv0123456789xu" or not piece[1].isalpha()
        return piece if known and piece[1] not in "xu" else "x"
    return piece
