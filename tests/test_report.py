"""What is printed of diagnostics."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagkit.diagnostics import (
    Diagnostic,
    Finding,
    Findings,
    Rule,
    Severity,
    Span,
    place,
)
from tagkit.report import text as text_report
from tagkit.report.json import report as as_json
from tagkit.report.text import excerpt, safe
from tagkit.report.text import report as as_text
from tagkit.source import Source, load

settings.register_profile("tagkit", deadline=None)  # machines are busy
settings.load_profile("tagkit")

RULE = Rule("TK302", "unknown-event-name", Severity.ERROR, "…")
ADVICE = Rule("TK204", "no-value", Severity.WARNING, "…")
REMARK = Rule("TK999", "remark", Severity.NOTE, "…")

PLAN = """\
events:
  - id: add
    trigger: click
    sends: {meta: AddToKart}
  - id: see
    trigger: click
    sends: {meta: ViewContent}
    where: 1
    once: page
    x: 1
    y: 2
    z:
      percent: 3
"""


def printed(*findings: Finding, text: str = PLAN, colour: bool = False) -> str:
    source = load(text, "plan.yaml", Findings())
    return text_report.report(place(findings, source), {"plan.yaml": source}, colour=colour)


META = ("events", 0, "sends", "meta")
PERCENT = ("events", 1, "z", "percent")
TWO = (
    Finding(RULE, PERCENT, "unknown key 'percent'", "a click has css, id", at_key=True),
    Finding(RULE, META, "Meta has no event 'AddToKart'", "did you mean 'AddToCart'?"),
)


def test_the_shape() -> None:
    assert (
        printed(*TWO)
        == """\
plan.yaml:4:19: error[TK302]: Meta has no event 'AddToKart'
  |
4 |     sends: {meta: AddToKart}
  |                   ^^^^^^^^^
  = hint: did you mean 'AddToCart'?
plan.yaml:13:7: error[TK302]: unknown key 'percent'
   |
13 |       percent: 3
   |       ^^^^^^^
   = hint: a click has css, id
2 errors in plan.yaml
"""
    )


def test_related_places_and_long_hints() -> None:
    finding = Finding(
        ADVICE,
        ("events", 1, "id"),
        "this id is taken",
        "write another one,\nsuch as 'see_2'",
        related=((("events", 0, "id"), "here"), (Span(1, 1, 1, 7), "and here")),
    )
    assert (
        printed(finding)
        == """\
plan.yaml:5:9: warning[TK204]: this id is taken
  |
5 |   - id: see
  |         ^^^
  = see plan.yaml:2:9: here
  = see plan.yaml:1:1: and here
  = hint: write another one,
          such as 'see_2'
1 warning in plan.yaml
"""
    )


def test_colour() -> None:
    assert printed(TWO[1], colour=True) == (
        "\x1b[1;39mplan.yaml:4:19\x1b[0m: \x1b[1;31merror[TK302]\x1b[0m: "
        "\x1b[1;39mMeta has no event 'AddToKart'\x1b[0m\n"
        "  \x1b[1;34m|\x1b[0m\n"
        "\x1b[1;34m4\x1b[0m \x1b[1;34m|\x1b[0m     sends: {meta: AddToKart}\n"
        "  \x1b[1;34m|\x1b[0m                   \x1b[1;31m^^^^^^^^^\x1b[0m\n"
        "  \x1b[1;34m=\x1b[0m hint: did you mean 'AddToCart'?\n"
        "1 error in plan.yaml\n"
    )


def whole(file: str, rule: Rule = RULE, hint: str | None = None) -> Diagnostic:
    return Diagnostic(rule, rule.severity, file, None, (), "the file is empty", hint)


def test_a_file_as_a_whole() -> None:
    assert as_text([whole("a.yaml", hint="write a plan")], {}) == (
        "a.yaml: error[TK302]: the file is empty\n  = hint: write a plan\n1 error in a.yaml\n"
    )


def test_several_files() -> None:
    several = [whole("b"), whole("a"), whole("a", ADVICE), whole("c", REMARK), whole("c", REMARK)]
    assert as_text(several, {}).splitlines()[-1] == "2 errors, 1 warning, 2 notes in 3 files"


def test_nothing() -> None:
    assert as_text([], {}) == ""


def test_a_source_that_is_not_given() -> None:
    source = load(PLAN, "plan.yaml", Findings())
    assert as_text(place([TWO[1]], source), {}).splitlines()[1:2] == [
        "  = hint: did you mean 'AddToCart'?"
    ]


LONG = "a" * 150 + "HERE" + "b" * 150


@pytest.mark.parametrize(
    ("line", "span", "shown", "carets"),
    [
        ("abc", (2, 3), "abc", " ^"),
        ("abc", (2, 2), "abc", " ^"),
        ("abc", (4, 4), "abc", "   ^"),
        ("abc", (9, 12), "abc", "   ^"),
        ("", (1, 1), "", "^"),
        ("\tx: 1\t2", (2, 3), "    x: 1    2", "    ^"),
        ("a\x1b[31mb\x00", (2, 3), "a␛[31mb␀", " ^"),
        ("a\u202eb\ud800\u200b\x9bc", (7, 8), "a\ufffdb\ufffd\ufffd\ufffdc", "      ^"),
        ("緑茶: x", (4, 5), "緑茶: x", "     ^"),
        ("緑茶: x", (1, 3), "緑茶: x", "^^^^"),
        ("z\u0307: x", (1, 3), "z\u0307: x", "^"),
        ("żółw: x", (7, 8), "żółw: x", "      ^"),
        (LONG, (151, 155), f"…{'a' * 48}HERE{'b' * 48}…", " " * 49 + "^^^^"),
        (LONG, (1, 5), "a" * 100 + "…", "^^^^"),
        (LONG, (304, 305), "…" + "b" * 100, " " * 100 + "^"),
        (LONG, (1, 305), "a" * 100 + "…", "^" * 100),
        (LONG, (51, 305), "…" + "a" * 100 + "…", " " * 31 + "^" * 70),
        ("x" * 1000, (500, 501), f"…{'x' * 100}…", " " * 50 + "^"),
    ],
)
def test_excerpt(line: str, span: tuple[int, int], shown: str, carets: str) -> None:
    start, end = span
    assert excerpt(line, Span(1, start, 1, end)) == (shown, carets)


def test_excerpt_of_several_lines() -> None:
    assert excerpt("text: |", Span(1, 7, 3, 4)) == ("text: |", "      ^")


@given(st.text(max_size=300), st.integers(1, 310), st.integers(0, 310))
def test_excerpts_are_short_and_safe(line: str, column: int, length: int) -> None:
    shown, carets = excerpt(line, Span(1, column, 1, column + length))
    assert "^" in carets
    assert len(carets) <= 103
    assert safe(shown) == shown


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain 'text' … żółć 緑茶 🍵", "plain 'text' … żółć 緑茶 🍵"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b\u202e\u2028\ud800", "\\x9b\\u202e\\u2028\\ud800"),
        ("soft\xadhyphen", "soft\\xadhyphen"),
    ],
)
def test_safe(raw: str, shown: str) -> None:
    assert safe(raw) == shown


@given(st.text())
def test_safe_text_cannot_be_seen_wrongly(raw: str) -> None:
    assert not {unicodedata.category(char) for char in safe(raw)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_messages_are_made_safe() -> None:
    found = Finding(RULE, META, "no \x1b[31m", "write \x07")
    lines = printed(found).splitlines()
    assert (lines[0][-8:], lines[4]) == ("no \\x1b[31m"[-8:], "  = hint: write \\x07")


def test_json() -> None:
    source = load(PLAN, "plan.yaml", Findings())
    text = as_json([*place([TWO[1]], source), whole("b.yaml", ADVICE)], {})
    assert json.loads(text) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "TK302",
                "name": "unknown-event-name",
                "severity": "error",
                "file": "plan.yaml",
                "span": {"line": 4, "column": 19, "end_line": 4, "end_column": 28},
                "path": ["events", 0, "sends", "meta"],
                "message": "Meta has no event 'AddToKart'",
                "hint": "did you mean 'AddToCart'?",
            },
            {
                "code": "TK204",
                "name": "no-value",
                "severity": "warning",
                "file": "b.yaml",
                "span": None,
                "path": [],
                "message": "the file is empty",
                "hint": None,
            },
        ],
    }


def test_json_of_nothing() -> None:
    assert json.loads(as_json([], {})) == {"version": 1, "diagnostics": []}


def test_json_can_be_written_in_utf_8() -> None:
    odd = Diagnostic(RULE, Severity.ERROR, "ż", None, ("\ud800",), "\ud83d", None)
    text = as_json([odd], {}).encode().decode()
    assert ("ż" in text, json.loads(text)["diagnostics"][0]["path"]) == (True, ["\ud800"])


def test_equal_findings_are_placed_once() -> None:
    source = load(PLAN, "plan.yaml", Findings())
    assert len(place([*TWO, *TWO], source)) == 2


def test_what_an_author_wrote_does_not_flood_a_message() -> None:
    name = "a\r\nb\n" + "x" * 10_000
    [d] = place(
        [Finding(RULE, (), f"no '{name}'", f" write '{name}'\n\n\n ")], load("a", "p", Findings())
    )
    assert d.message.startswith(r"no 'a\r\nb\nxxx")
    assert len(d.message) < 600 > len(d.hint or "")
    assert d.message.endswith("xxx'")
    assert d.hint is not None
    assert d.hint.startswith("write 'a\r\nb")


def test_order() -> None:
    source = load(PLAN, "plan.yaml", Findings())
    advice = Finding(ADVICE, META, "x", severity=Severity.NOTE)
    placed = place([*TWO, advice], source)
    assert [(d.span.line, d.severity) for d in placed if d.span] == [
        (4, "note"),
        (4, "error"),
        (13, "error"),
    ]


def test_no_places_in_what_was_not_read() -> None:
    found = Findings()
    found.say(RULE, ("a",), "x")
    (diagnostic,) = place(found, Source("x", "", None))
    assert (diagnostic.span, found.fatal) == (None, True)
