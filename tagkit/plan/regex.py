r"""Whether a pattern is a JavaScript regular expression: GTM's runtime calls ``new RegExp``.

Python's ``re`` is near enough to try it, once the two languages' differences are taken out.
"""

from __future__ import annotations

import re
import warnings

_NAMED = re.compile(r"\(\?<([A-Za-z_$][\w$]*)>")
_BACKREFERENCE = re.compile(r"\\k<([A-Za-z_$][\w$]*)>")
_CLASSES = re.compile(r"\[\^?\]|\[(?:\\.|[^\]\\])*\]|\\.", re.DOTALL)
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
    plain = _BACKREFERENCE.sub(lambda m: f"(?P={_group(m[1])})", pattern)
    translated = _NAMED.sub(lambda m: f"(?P<{_group(m[1])}>", plain)
    translated = _CLASSES.sub(_class_in_python, translated)
    try:
        with warnings.catch_warnings():  # of what a later Python will read otherwise: [a&&b]
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(translated)
    except (re.error, OverflowError, RecursionError) as error:
        reason = str(error).split(" at position", maxsplit=1)[0]
        if "look-behind requires fixed-width" in reason:  # JavaScript allows any width
            return None
        return _IN_WORDS.get(reason, reason)
    return None


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
