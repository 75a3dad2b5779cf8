"""What follows from tests: which never hold, which always do, which follow from which.

Only what is certain is said. A browser's paths, addresses and host names are those of the WHATWG
URL standard: lower-case hosts, percent-encoded paths. GTM's Page URL has no fragment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.plan.written import built_in
from tagkit.values import Op, identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Test

ALWAYS_DEFINED = ("page_url", "page_hostname", "page_path", "event")
"""The built-in variables that have a value on every event."""
TEXTUAL = (Op.EQUALS, Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH)
NUMERIC = (Op.GREATER, Op.GREATER_OR_EQUAL, Op.LESS, Op.LESS_OR_EQUAL)

_ANYTHING = frozenset(
    ("", "^", "$", ".*", "^.*", ".*$", "^.*$", "(.*)", "^(.*)", "(.*)$", "^(.*)$", ".*?", "[^]*")
)
_SOMETHING = frozenset((".", "^.", ".$", ".+", "^.+", ".+$", "^.+$", "(.+)", "^(.+)", "^(.+)$"))
_PATH_SLASH = frozenset(("/", "^/", "\\/", "^\\/", "^/.*", "^/.*$", "^\\/.*", "^\\/.*$"))
# patterns are compiled when they are needed: that takes longer than most plans
_NO_SCHEME = r"\.{0,2}/|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/|$)"
_MANY = 10_000
"""Pairs of values that are compared with each other at most."""
_FEW = 50
"""Tests of one subject that are compared with each other at most."""
_PLAIN = r"[\w/ -]+"
"""A regular expression that fits where it stands in the text as it is written."""
_LONGEST = 2_000
"""Characters of a pattern that is looked into."""
_ADDRESS = r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^\0]*)"
_PIECE = r"(?s:\\.|\[(?:\\.|[^\]\\])*\]|.)"
_QUANTIFIER = ("*", "+", "?", "{", "}", r"\b", r"\B")
"""What may stand beside an anchor without contradicting it."""


class Impossible(NamedTuple):
    """Why nothing in a browser is like that, and what to write."""

    why: str
    hint: str


def impossible(test: Test, value: str) -> Impossible | None:
    """Why this value can never satisfy the test; None when it may."""
    name = built_in(test)
    if test.refers:
        return None
    if test.op is Op.MATCHES:
        return impossible_pattern(value, name)
    if test.op in NUMERIC:
        if name not in ("page_path", "page_url"):
            return None
        return Impossible(
            "an address is no number", "compare a number, or test the text with matches"
        )
    if test.op not in TEXTUAL:
        return None
    if name == "page_path":
        return _path(test.op, value)
    if name == "page_url":
        return _page_url(test, value)
    if name == "page_hostname":
        return _host(value, ignore_case=test.ignore_case)
    return _link(test, value) if name in ("click_url", "page_referrer") else None


def _path(op: Op, value: str) -> Impossible | None:
    begins = op in (Op.EQUALS, Op.STARTS_WITH)
    if begins and value.endswith("*"):
        return _wildcard(value)
    if re.match(_ADDRESS, value):
        return Impossible("a path has no host name", "test page_url, or write the path alone")
    for sign, what in (("?", "query"), ("#", "fragment")):
        if sign in value:
            path = value.partition(sign)[0]
            rest = "the query goes under 'query'" if sign == "?" else "GTM's path does not have it"
            return Impossible(f"a path has no {what}", f"write '{path}'; {rest}" if path else rest)
    if begins and not value.startswith("/") and (value or op is Op.EQUALS):
        return Impossible("a path begins with '/'", f"write '/{value}'")
    return _encoded(value)


def _page_url(test: Test, value: str) -> Impossible | None:
    if "#" in value:
        without = value.partition("#")[0]
        return Impossible("GTM's page_url ends before the '#'", f"write '{without}'" if without else
                          "test what comes before the '#'")  # fmt: skip
    if test.op in (Op.EQUALS, Op.STARTS_WITH) and re.match(_NO_SCHEME, value):
        return Impossible(
            "a URL begins with https://", "write all of it, or contains, or test page_path"
        )
    return _address(test, value) or _encoded(value)


def _link(test: Test, value: str) -> Impossible | None:
    if test.op in (Op.EQUALS, Op.STARTS_WITH) and (re.match(_NO_SCHEME, value) or value[:1] == "#"):
        return Impossible(
            "the browser gives the whole address, with https://",
            "write contains or ends_with, or the whole address",
        )
    return _address(test, value)


def _address(test: Test, value: str) -> Impossible | None:
    """Of a whole address: how browsers write what stands before the path."""
    match = re.match(_ADDRESS, value)
    if test.op not in (Op.EQUALS, Op.STARTS_WITH) or match is None:
        return None
    if value.endswith("*"):
        return _wildcard(value)
    scheme, host, rest = match.groups()
    before = f"{scheme}://{host}"
    lower = before.lower()
    if before != lower and not test.ignore_case and "@" not in host:
        return Impossible("browsers write host names in lower case", f"write '{lower}{rest}'")
    if test.op is Op.EQUALS and scheme.startswith("http") and not rest.startswith("/"):
        return Impossible("browsers put a '/' behind the host name", f"write '{before}/{rest}'")
    return None


def _host(value: str, *, ignore_case: bool) -> Impossible | None:
    if match := re.match(_ADDRESS, value):
        return Impossible("it is the host name alone", f"write '{match[2].lower()}'")
    if value.startswith("["):  # IPv6
        return None
    for sign, what in (("/", "path"), (":", "port"), ("?", "query"), ("#", "fragment")):
        if sign in value:
            host = value.partition(sign)[0].lower()
            return Impossible(
                f"a host name has no {what}", f"write '{host}'" if host else "leave it out"
            )
    if "*" in value:
        rest = value.replace("*", "")
        why = "'*' stands for itself, not for any text"
        return Impossible(why, f"write ends_with: {rest}" if rest else "leave the condition out")
    if not value.isascii():
        return Impossible("browsers write such a host name as xn--…", "write it so")
    if value != value.lower() and not ignore_case:
        return Impossible("browsers write host names in lower case", f"write '{value.lower()}'")
    return None


def _wildcard(value: str) -> Impossible:
    rest = value.rstrip("*")
    hint = f"write starts_with: {rest}" if rest else "leave the condition out"
    return Impossible("'*' stands for itself, not for any text", hint)


def _encoded(value: str) -> Impossible | None:
    if value.isascii() and " " not in value:
        return None
    from urllib.parse import quote

    written = quote(value, safe="/?=&%:;,+@!$'()*~")
    return Impossible("the browser writes such letters percent-encoded", f"write '{written}'")


def impossible_pattern(pattern: str, name: str = "") -> Impossible | None:
    """Why it matches nothing that the variable ``name`` can be.

    Alternatives and groups are not looked into.
    """
    if len(pattern) > _LONGEST:
        return None
    pieces = re.findall(_PIECE, pattern)
    if "|" in pieces or "(" in pieces:
        return None
    for index, piece in enumerate(pieces):
        optional = index + 1 < len(pieces) and pieces[index + 1] in ("*", "?", "{")
        if optional:
            continue
        if (
            piece == "^"
            and index
            and pieces[index - 1] not in _QUANTIFIER
            and set(pieces[:index]) != {"^"}
        ):
            return Impossible(
                "something stands before its '^', the beginning", _no_slashes(pattern)
            )
        if index and pieces[index - 1] == "$" and piece != "$" and piece not in _QUANTIFIER:
            return Impossible("something stands behind its '$', the end", _no_slashes(pattern))
        if name == "page_path" and piece in (r"\?", "#", r"\#"):
            return Impossible("a path has neither query nor fragment", "test page_url, or query")
        if name == "page_path" and index == 1 and pieces[0] == "^" and _is_letter(piece):
            return Impossible("a path begins with '/'", f"write '^/{pattern[1:]}'")
        if name == "page_hostname" and piece in ("/", r"\/", "#"):
            return Impossible("it is the host name alone", "leave out what is not the host name")
    return None


def _no_slashes(pattern: str) -> str:
    if match := re.fullmatch(r"/(.+)/[a-z]*", pattern, re.DOTALL):
        return f"write '{match[1]}', without the slashes around it"
    return "leave it out, or escape it with \\ if it is meant as it stands"


def _is_letter(piece: str) -> bool:
    return len(piece) == 1 and (piece.isalnum() or piece in "_-%")


def is_anything(test: Test) -> bool:
    """Whether any text at all satisfies one of the values, that of an undefined value too."""
    if test.op is Op.MATCHES:
        return not _ANYTHING.isdisjoint(test.values)
    return test.op in (Op.CONTAINS, Op.STARTS_WITH, Op.ENDS_WITH) and "" in test.values


def _is_given(test: Test) -> bool:
    """Whether every value that its subject can have satisfies it."""
    name = built_in(test)
    if name not in ALWAYS_DEFINED:
        return False
    if is_anything(test):
        return True
    values = test.values
    if test.op is Op.MATCHES and name != "page_hostname":  # it is empty in a file
        slash = name == "page_path" and not _PATH_SLASH.isdisjoint(values)
        return slash or not _SOMETHING.isdisjoint(values)
    if test.op in (Op.CONTAINS, Op.STARTS_WITH) and name == "page_path":
        return "/" in values
    return test.op is Op.CONTAINS and name == "page_url" and bool({":", "://", "/"} & set(values))


def always(test: Test) -> bool:
    """Whether the test holds whatever happens."""
    if test.negate:
        return all(impossible(test, value) for value in test.values)
    return _is_given(test)


def never(test: Test) -> bool:
    """Whether the test holds in no case."""
    if test.negate:  # what is undefined is tested as the text "undefined"
        return is_anything(test) or _is_given(test)
    return all(impossible(test, value) for value in test.values)


def key(test: Test) -> tuple[object, ...]:
    """Equal for tests that say the same, wherever they stand and in whatever order."""
    return (
        identity(test.subject), test.op, frozenset(test.values), test.negate, test.ignore_case,
        test.itself, test.refers,
    )  # fmt: skip


def follows(test: Test, given: Test) -> bool:
    """Whether ``test`` holds wherever ``given`` does, both on the same subject."""
    if key(test) == key(given):
        return True
    if test.negate:
        return not given.negate and excludes(given, test._replace(negate=False))
    if given.negate or test.ignore_case != given.ignore_case or test.refers or given.refers:
        return False
    if len(test.values) * len(given.values) > _MANY:
        return False
    return all(
        any(_implies(given.op, value, test.op, wanted) for wanted in test.values)
        for value in given.values
    )


def excludes(one: Test, other: Test) -> bool:
    """Whether two tests on the same subject can never hold together."""
    if (one.negate and other.negate) or one.refers or other.refers:
        return False
    if one.negate:
        one, other = other, one
    if other.negate:
        return follows(other._replace(negate=False), one)
    if one.ignore_case or other.ignore_case or len(one.values) * len(other.values) > _MANY:
        return False
    return all(_apart(one.op, a, other.op, b) for a in one.values for b in other.values)


def _implies(op: Op, value: str, then: Op, wanted: str) -> bool:
    if op in NUMERIC and then in NUMERIC:
        return _numbers_imply(op, float(value), then, float(wanted))
    if op is then and value == wanted:
        return True
    if op not in TEXTUAL:
        return False
    match then:
        case Op.CONTAINS:
            return wanted in value
        case Op.MATCHES if re.fullmatch(_PLAIN, wanted):
            return wanted in value
        case Op.STARTS_WITH:
            return op in (Op.EQUALS, Op.STARTS_WITH) and value.startswith(wanted)
        case Op.ENDS_WITH:
            return op in (Op.EQUALS, Op.ENDS_WITH) and value.endswith(wanted)
    return False


def _numbers_imply(op: Op, value: float, then: Op, wanted: float) -> bool:
    up, down = (Op.GREATER, Op.GREATER_OR_EQUAL), (Op.LESS, Op.LESS_OR_EQUAL)
    if not ({op, then} <= set(up) or {op, then} <= set(down)):
        return False
    inside = value > wanted if op in up else value < wanted
    open_ = op in (Op.GREATER, Op.LESS) or then in (Op.GREATER_OR_EQUAL, Op.LESS_OR_EQUAL)
    return inside or (value == wanted and open_)


def _apart(op: Op, value: str, other: Op, wanted: str) -> bool:
    if other is Op.EQUALS and op is not Op.EQUALS:
        return _apart(other, wanted, op, value)
    if op is Op.EQUALS and other in TEXTUAL:
        return not _implies(op, value, other, wanted) and (
            other is not Op.EQUALS or value != wanted
        )
    if op is Op.EQUALS and other in NUMERIC:
        return not _number_passes(value, other, float(wanted))
    if op is other and op is Op.STARTS_WITH:
        return not (value.startswith(wanted) or wanted.startswith(value))
    if op is other and op is Op.ENDS_WITH:
        return not (value.endswith(wanted) or wanted.endswith(value))
    if op in NUMERIC and other in NUMERIC:
        return _ranges_apart(op, float(value), other, float(wanted))
    return False


def _number_passes(text: str, op: Op, limit: float) -> bool:
    try:
        number = float(text.strip() or 0)
    except ValueError:  # or something that JavaScript reads and Python does not: 0x10
        return text.strip()[:2].lower() in ("0x", "0b", "0o")
    return {
        Op.GREATER: number > limit,
        Op.GREATER_OR_EQUAL: number >= limit,
        Op.LESS: number < limit,
        Op.LESS_OR_EQUAL: number <= limit,
    }[op]


def _ranges_apart(op: Op, value: float, other: Op, wanted: float) -> bool:
    if op in (Op.LESS, Op.LESS_OR_EQUAL):
        op, value, other, wanted = other, wanted, op, value
    if op in (Op.LESS, Op.LESS_OR_EQUAL) or other in (Op.GREATER, Op.GREATER_OR_EQUAL):
        return False
    closed = op is Op.GREATER_OR_EQUAL and other is Op.LESS_OR_EQUAL
    return value > wanted or (value == wanted and not closed)


def contradictions(tests: tuple[Test, ...]) -> Iterator[tuple[Test, Test]]:
    """Pairs of tests that cannot hold together."""
    subjects: dict[str, list[Test]] = {}
    for test in tests:
        earlier = subjects.setdefault(identity(test.subject), [])
        yield from ((one, test) for one in earlier if excludes(one, test))
        if len(earlier) < _FEW:
            earlier.append(test)
