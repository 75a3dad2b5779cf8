"""JUnit XML, for the test views of GitLab, Jenkins and Azure DevOps.

A suite per file, a case per diagnostic; a file without any is one case that passes. A ``failure``
is what makes the command fail: an error, with ``--strict`` a warning, too. The rest is ``skipped``:
of a case that passes GitLab and Azure show no text, and a failure would turn a build red (in
Jenkins unstable) of which the exit code says that nothing is wrong. GitLab shows the text inside
the element only, not its ``message``, and of cases with one name the first, so names are unique.

Source: docs.gitlab.com/ci/testing/unit_test_reports, and GitLab's ``parsers/test/junit.rb``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tagkit.diagnostics import Severity
from tagkit.report.route import named
from tagkit.report.text import lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagkit.diagnostics import Diagnostic
    from tagkit.source import Source

_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, Source], *, strict: bool = False
) -> str:
    """One document with a suite for every file that was checked."""
    found: dict[str, list[Diagnostic]] = {file: [] for file in sources}
    for diagnostic in diagnostics:
        found.setdefault(diagnostic.file, []).append(diagnostic)
    root = Element("testsuites", name="tagkit")
    for file, said in found.items():
        _suite(root, file, said, sources.get(file), strict=strict)
    return written(root)


def written(root: Element) -> str:
    """The document with its totals, as text."""
    count(root)
    indent(root)
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(
    root: Element, file: str, found: list[Diagnostic], source: Source | None, *, strict: bool
) -> None:
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    suite = SubElement(root, "testsuite", name=xml(file))
    if not found:
        _case(suite, "nothing found", file)
    names: dict[str, int] = {}
    for d in found:
        route = named(d.route, source.data if source else None)
        name = f"{d.rule.code} {d.rule.name}" + (f": {route}" if route else "")
        names[name] = names.get(name, 0) + 1
        case = _case(suite, f"{name} ({names[name]})" if names[name] > 1 else name, file)
        if d.span:
            case.set("line", str(d.span.line))
        outcome = SubElement(case, "failure" if d.severity in fatal else "skipped")
        outcome.set("type", d.severity.value)
        outcome.set("message", xml(d.message))
        outcome.text = xml("\n".join(lines(d, source)))
    count(suite)


def _case(suite: Element, name: str, file: str) -> Element:
    return SubElement(suite, "testcase", name=xml(name), classname=xml(file), file=xml(file))


def count(element: Element) -> None:
    """Say how many cases are in it, and of which kind."""
    kinds = {"tests": "testcase", "failures": "failure", "skipped": "skipped"}
    for key, tag in kinds.items():
        element.set(key, str(sum(1 for _ in element.iter(tag))))
    element.set("errors", "0")


def xml(text: str) -> str:
    """Without the characters that XML 1.0 forbids, even escaped."""
    return _NO_XML.sub("\ufffd", text)
