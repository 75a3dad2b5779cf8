"""One file through all of tagkit: read, checked, built in memory, reported in every format.

``judged`` raises ``AssertionError`` where what comes out is not sane, and lets pass what must not
be raised at all.
"""

from __future__ import annotations

import json
import re
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET
from zlib import crc32

from tagkit.artefacts import GTM_FILE, Target
from tagkit.diagnostics import Severity
from tagkit.gtm.check import check_container
from tagkit.manual import every_rule
from tagkit.pipeline import build, validate_files
from tagkit.report import github, junit, sarif, text
from tagkit.report import json as json_report
from tagkit.report.report import Report
from tests.report.workflow_commands import read_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagkit.diagnostics import Diagnostic, Span
    from tagkit.files import Files
    from tagkit.source import Source
    from tests.fuzz.inputs import Given

SECONDS = 2.0
"""The longest that one file may take, in CPU time, when the run is measured on its own."""
_HANGS = 30.0
_LONGEST = 700
"""Of a message or hint: some rules list names, and a name is cut by what quotes it."""
_RULES = {rule.code: rule for rule in every_rule()}
_SAMPLE = 8
"""One of so many is read twice."""
_PYTHON = re.compile(
    r"Traceback|<class '|<built-in|object at 0x|[A-Z][a-z]+Error\b|\bself\b\.|\bNoneType\b"
)
_LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "notice": Severity.NOTE}
# A variable that lives in the container is named in a plan, and is in no file that we build.
_OF_THE_AUTHOR = {"dangling-variable"}


class HangError(AssertionError):
    """It took so long that nobody waited for the end."""


class Seen(NamedTuple):
    """What came of a file, and the CPU seconds it took."""

    diagnostics: list[Diagnostic]
    built: bool
    seconds: float


def judged(given: Given, folder: Path) -> Seen:
    """Read the file, check it, build of it, report on it; anything odd is raised."""
    path = folder / f"given{given.suffix}"
    path.write_bytes(given.raw)
    with _no_hang():
        start = time.process_time()
        report = validate_files([path])
        files, of_build = _build(path)
        seconds = time.process_time() - start
        _compare(report, of_build, files)
        for source in report.sources.values():
            for d in report.diagnostics:
                check_diagnostic(d, source)
        check_formats(report)
        if crc32(given.raw) % _SAMPLE == 0:
            assert validate_files([path]).diagnostics == report.diagnostics
            assert _build(path)[0] == files
        if files:
            _check_built(files)
    return Seen(report.diagnostics, files is not None, seconds)


@contextmanager
def _no_hang() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, _HANGS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _build(path: Path) -> tuple[Files | None, Report]:
    report = Report()
    return build(path, list(Target), report), report


def _compare(report: Report, of_build: Report, files: Files | None) -> None:
    """``build`` says what ``validate`` says, but of a container or a very large file."""
    failed = of_build.failed()
    assert failed == (files is None)
    if not any(
        "not a plan" in d.message or "can be read" in d.message for d in of_build.diagnostics
    ):
        assert of_build.diagnostics == report.diagnostics


def _check_built(files: Files) -> None:
    found = check_container(json.loads(files[GTM_FILE]))
    errors = [f for f in found if (f.severity or f.rule.severity) is Severity.ERROR]
    assert [f for f in errors if f.rule.name not in _OF_THE_AUTHOR] == []
    for name, written in files.items():
        if name.endswith(".html"):
            assert len(re.findall("</script", written, re.IGNORECASE)) == 1, name


# --- one finding


def check_diagnostic(d: Diagnostic, source: Source) -> None:
    """Its rule, words, route and places, against the file that it is about."""
    assert _RULES[d.rule.code] == d.rule
    assert isinstance(d.severity, Severity)
    for said in (d.message, d.hint, *(other.word for other in d.related)):
        if said is not None:
            _check_words(said, source)
    what = f"{d.rule.code} {d.message[:150]!r} {d.route} {d.span}"
    assert not d.message.endswith("."), what
    assert all(type(step) in (str, int) for step in d.route), what
    assert _leads_on(source, d), f"no such route: {what}"
    assert d.span or not source.text, f"no place: {what}"
    for span in (d.span, *(other.span for other in d.related)):
        assert span is None or _is_in(span, source), f"{span} is outside the file: {what}"


def _check_words(said: str, source: Source) -> None:
    assert said.strip() == said != "", repr(said)
    assert len(said) <= _LONGEST, (len(said), said[:300])
    assert said.count("\n") < 4, repr(said[:300])
    if _PYTHON.search(said):
        assert _PYTHON.search(source.text), said


def _leads_on(source: Source, d: Diagnostic) -> bool:
    """Whether the route leads to something, or one or two steps past it.

    To what should be there, or to a part that is not written out: the id of an entry that is a
    bare text, the value of a source that is a bare number.
    """
    if d.span is None or source.data is None or d.rule.code.startswith("TK0"):
        return True  # what could not be read is not in the data
    at = source.data
    for number, step in enumerate(d.route):
        rest = len(d.route) - number
        if (isinstance(at, dict) and isinstance(step, str) and step in at) or (
            isinstance(at, list) and isinstance(step, int) and 0 <= step < len(at)
        ):
            at = at[step]
        else:
            return rest == 1 or (rest == 2 and isinstance(at, dict))
    return True


def _is_in(span: Span, source: Source) -> bool:
    lines = re.split(r"\r\n?|\n", source.text)
    if not 1 <= span.line <= span.end_line <= len(lines):
        return False
    if span.line == span.end_line and span.end_column < span.column:
        return False
    # A place at the end of a line may be in the middle of its break.
    return 1 <= span.column <= len(lines[span.line - 1]) + 2 and (
        1 <= span.end_column <= len(lines[span.end_line - 1]) + 2
    )


# --- all formats


def check_formats(report: Report) -> None:
    """What programs read must be read by them."""
    found, sources = report.diagnostics, report.sources
    _encoded(text.report(found, sources))
    printed = text.report(found, sources)
    assert re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", printed) is None
    shape = json.loads(_encoded(json_report.report(found, sources)))
    assert [d["message"] for d in shape["diagnostics"]] == [d.message for d in found]
    (run,) = json.loads(_encoded(sarif.report(found, sources)))["runs"]
    codes = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [codes[r["ruleIndex"]] for r in run["results"]] == [d.rule.code for d in found]
    for strict in (False, True):
        root = ET.fromstring(_encoded(junit.report(found, sources, strict=strict)))  # noqa: S314 - our own
        assert int(root.get("tests", "")) == max(len(found), 1)
        assert (int(root.get("failures", "")) > 0) == report.failed(strict=strict)
    commands, log = read_all(_encoded(github.report(found, sources)).decode())
    assert [_LEVELS[command.name] for command in commands] == [d.severity for d in found]
    assert all(line.startswith("at ") for line in log[: len(found)])


def _encoded(said: str) -> bytes:
    return said.encode(errors="replace")  # as the command line does
