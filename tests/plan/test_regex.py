"""Which patterns JavaScript compiles; Python's opinion of them is not asked."""

from __future__ import annotations

import pytest

from tagkit.plan.regex import in_python, problem_of

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
