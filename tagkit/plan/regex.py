r"""Whether a pattern is a JavaScript regular expression: GTM's runtime calls ``new RegExp``.

Python's ``re`` is near enough to try it, once the two languages' differences are taken out.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from math import inf

_NAMED = re.compile(r"\(\?<([A-Za-z_$][\w$]*)>")
_BACKREFERENCE = re.compile(r"\\k<([A-Za-z_$][\w$]*)>")
# A class that is not closed goes to the end: to look for its end from each '[' takes square time.
_IN_CLASS = r"(?:\\.|[^\]\\])*+(?:\]|\\?\Z)"
_CLASSES = re.compile(rf"\[\^?\]|\[{_IN_CLASS}|\\.", re.DOTALL)
_CLASS_OR_ESCAPE = re.compile(rf"\\.|\[{_IN_CLASS}", re.DOTALL)
_POSSESSIVE = re.compile(r"[*+?]\+|\{\d+(?:,\d*)?\}\+")
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
# Escapes of letters and digits, groups that are more than (…) or (?:…), sets within sets.
_READ_OTHERWISE = re.compile(
    r"\\[^dDwWsSbtnr\W]|\(\?[^:]|\[\^?\]|\[[^\]]*\[|&&|\|\||--|~~|[^\x00-\x7f]"
)
_END = re.compile(rf"\\.|\[{_IN_CLASS}|\$", re.DOTALL)
_STEP = re.compile(r"\((?:\?(?:<?[=!]|:))?|[*+?]\??|\{\d+(?:,\d*)?\}\??|.", re.DOTALL)
_MOST_STEPS = 1e7
# Look-behinds of any width; a number without its group is the code of a character there.
_FINE_IN_JAVASCRIPT = (
    "look-behind requires fixed-width",
    "invalid group reference",
    "cannot refer to an open group",
    "octal escape value",
    "the repetition number is too large",
)
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
    bare = _CLASS_OR_ESCAPE.sub("", pattern)
    for start, why in _ONLY_PYTHON.items():
        if start in bare:
            return why
    if _POSSESSIVE.search(bare):
        return "JavaScript has no possessive quantifiers"
    plain = _BACKREFERENCE.sub(lambda m: f"(?P={_group(m[1])})", pattern)
    translated = _NAMED.sub(lambda m: f"(?P<{_group(m[1])}>", plain)
    translated = _CLASSES.sub(_class_in_python, translated)
    try:
        with warnings.catch_warnings():  # of what a later Python will read otherwise: [a&&b]
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(translated)
    except (re.error, OverflowError, RecursionError) as error:
        reason = str(error).split(" at position", maxsplit=1)[0]
        if any(words in reason for words in _FINE_IN_JAVASCRIPT):
            return None
        return _IN_WORDS.get(reason, reason)
    return None


@lru_cache(256)
def in_python(pattern: str, *, ignore_case: bool) -> re.Pattern[str] | None:
    """The pattern compiled, where Python certainly reads it as JavaScript does; else None."""
    if problem_of(pattern) or _READ_OTHERWISE.search(pattern):
        return None
    # JavaScript's $ is the very end; its \w and \d know ASCII only.
    translated = _END.sub(lambda m: r"\Z" if m.group() == "$" else m.group(), pattern)
    flags = re.ASCII | (re.IGNORECASE if ignore_case else 0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return re.compile(translated, flags)
    except (re.error, OverflowError, RecursionError):
        return None


def found_in(pattern: str, text: str, *, ignore_case: bool) -> bool | None:
    """Whether JavaScript finds the pattern in the text; None where nobody can tell, or soon."""
    if _steps(pattern, len(text)) > _MOST_STEPS:
        return None
    compiled = in_python(pattern, ignore_case=ignore_case)
    return bool(compiled.search(text)) if compiled else None


def may_be_found_in(pattern: str, text: str, *, ignore_case: bool) -> bool:
    """Whether it is found, as far as Python can tell; true where it cannot."""
    if _steps(pattern, len(text)) > _MOST_STEPS:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return bool(re.search(pattern, text, re.IGNORECASE if ignore_case else 0))
    except (re.error, OverflowError, RecursionError):  # valid in JavaScript only
        return True


def _steps(pattern: str, length: int) -> float:
    """How many it takes at most to find nothing; infinite where choices are repeated: (a+)+."""
    # Of each open group: the branches before, and the one that is being read.
    ways = [(0.0, 1.0)]
    last = 1.0
    for match in _STEP.finditer(_CLASS_OR_ESCAPE.sub("x", pattern)):
        piece, (before, here) = match[0], ways[-1]
        if piece[0] in "*+" or (piece[0] == "{" and piece != "{"):
            if last > 1:
                return inf
            ways[-1] = (before, here * (length + 1))
        elif piece[0] == "?":
            ways[-1] = (before, here * 2)
        elif piece[0] == "(":
            ways.append((0.0, 1.0))
        elif piece == "|":
            ways[-1] = (before + here, 1.0)
        last = 1.0
        if piece == ")" and len(ways) > 1:
            last = sum(ways.pop())
            ways[-1] = (ways[-1][0], ways[-1][1] * last)
    starts = 1 if pattern.startswith("^") and ways[0][0] == 0 else length + 1
    return starts * sum(sum(way) for way in ways)


def _group(name: str) -> str:
    return name.replace("$", "_dollar_")


def _class_in_python(match: re.Match[str]) -> str:
    piece = match.group()
    if piece == "[]":
        return r"(?!)"
    if piece == "[^]":
        return r"[\s\S]"
    if piece.startswith("["):
        return "[" + _in_class(piece[1:])
    # an escape that JavaScript takes as the letter itself, and Python refuses
    known = piece[1] in "dDwWsSbBnrtfv0123456789" or not piece[1].isalpha()
    return piece if known else "x"


def _in_class(members: str) -> str:
    """The members of a character class: in JavaScript a dash beside a class is a dash."""
    members = members.replace("[", r"\[")
    members = re.sub(r"\\([A-Za-z])", _member, members)
    members = re.sub(r"(\\[dDwWsS])-", r"\1\\-", members)
    return re.sub(r"-(\\[dDwWsS])", r"\\-\1", members)


def _member(match: re.Match[str]) -> str:
    return match.group() if match[1] in "dDwWsSbnrtfv" else match[1]
