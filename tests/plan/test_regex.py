"""Which patterns JavaScript compiles; Python's opinion of them is not asked."""

from __future__ import annotations

import pytest

from tagkit.plan.regex import found_in, in_python, may_be_found_in, problem_of

GOOD = [
    "", "a|b", "^/p/\\d+$", "(?<year>\\d{4})-\\k<year>", "(?<=a+)b", "(?<!ab|c)d", "[]", "[^]", "[[a]",
    "[a-z&&b]", "\\u0041", "\\xe9", "\\/", "\\-", "\\p", "\\q", "a{2}", "a{2,}", "a{,2}", "(?:a)(?=b)(?!c)", "x*?",
    "[\\]]", "\\[", "a\\+\\+", "[*+]+", "ż🍵", "\\cJ", "$^", "(a)\\1", "\\1", "(a)\\2", "a}+", "\\8",
]  # fmt: skip
BAD = {
    "a(": "a '(' is not closed",
    "a)": "a ')' has no '('",
    "a[": "a '[' is not closed",
    "*a": "a '*', '+', '?' or '{' has nothing before it to repeat",
    "a**": "two repetitions stand side by side",
    "a\\": "it ends with a single backslash",
    "[z-a]": "bad character range z-a",
    "a{3,2}": "min repeat greater than max repeat",
    "(?i)a": "JavaScript has no inline flags; write ignore_case: true",
    "(?P<x>a)": "named groups are written (?<name>…) in JavaScript",
    "(?>a)": "JavaScript has no atomic groups",
    "(?#tea)a": "JavaScript has no comments in patterns",
    "(a)?(?(1)b|c)": "JavaScript has no conditional groups",
    "a++": "JavaScript has no possessive quantifiers",
    "a{2}+": "JavaScript has no possessive quantifiers",
}


@pytest.mark.parametrize("pattern", GOOD)
def test_good(pattern: str) -> None:
    assert problem_of(pattern) is None


@pytest.mark.parametrize("pattern", BAD)
def test_bad(pattern: str) -> None:
    assert problem_of(pattern) == BAD[pattern]


def test_very_deep() -> None:
    assert problem_of("(" * 5_000 + ")" * 5_000) is not None


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("^a$", "a", True),
        ("^a$", "a\n", False),
        ("a|b", "xb", True),
        ("\\w", "ż", False),
        ("[$]", "$", True),
        ("A", "a", False),
    ],
)
def test_what_python_reads_alike(pattern: str, text: str, *, matches: bool) -> None:
    compiled = in_python(pattern, ignore_case=False)
    assert compiled
    assert bool(compiled.search(text)) is matches


@pytest.mark.parametrize("pattern", ["a(", "\\1", "\\u0041", "(?=a)", "[^]", "[a&&b]", "ż"])
def test_what_python_may_read_otherwise(pattern: str) -> None:
    assert in_python(pattern, ignore_case=True) is None


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ("^/p/a+$", True),
        ("^/p/b", False),
        ("^/p|a{2,3}x", True),
        ("(?:/p)?/(p|q)/.*a.*$", True),
        ("^/(p|(q|r)s)/a", True),
        # Choices that are repeated may take until the end of the world.
        ("(a+)+!", None),
        ("(a|aa)*!", None),
        ("((/[^/]*)*)*!", None),
        ("(.*)(.*)(.*)(.*)(.*)(.*)!", None),
        ("ż", None),
    ],
)
def test_found_in(pattern: str, answer: bool | None) -> None:
    assert found_in(pattern, "/p/" + "a" * 28, ignore_case=False) is answer


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ("^undef", True),
        ("tea", False),
        ("UNDEFINED", True),
        ("(((((u?n?d?e?f?i?n?e?d?)*)*)*)*)*!", True),  # nobody waits for the answer
        ("a{99999999999}", True),  # Python cannot tell
        ("(?<x>tea)", True),
    ],
)
def test_may_be_found_in(pattern: str, answer: bool) -> None:
    assert may_be_found_in(pattern, "undefined", ignore_case=True) is answer


def test_a_class_that_is_not_closed() -> None:
    assert problem_of("[" * 50_000) == "a '[' is not closed"  # at once
    assert problem_of("a[(?i)") == "a '[' is not closed"
    assert problem_of("a[b\\") == "it ends with a single backslash"
