"""Results as JUnit XML: a suite for each plan, a case for each scenario; see ``report.junit``.

What is wrong with a plan so that nothing is run is a case that failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from tagkit.report import junit
from tagkit.scenarios.as_text import lines_of

if TYPE_CHECKING:
    from tagkit.scenarios.command import Done
    from tagkit.scenarios.model import Result


def report(done: Done) -> str:
    """One document."""
    if done.report.failed():
        return junit.report(done.report.diagnostics, done.report.sources)
    root = Element("testsuites", name="tagkit", time=f"{done.seconds:.3f}")
    suites: dict[str, Element] = {}
    names: dict[tuple[str, str], int] = {}
    for result in done.results:
        suite = suites.get(result.subject)
        if suite is None:
            suite = SubElement(root, "testsuite", name=junit.xml(result.subject))
            suites[result.subject] = suite
        key = (result.subject, result.scenario.name)
        names[key] = names.get(key, 0) + 1
        _case(suite, result, names[key])
    for suite in suites.values():
        junit.count(suite)
    return junit.written(root)


def _case(suite: Element, result: Result, number: int) -> None:
    place = result.scenario.place
    name = result.scenario.name + (f" ({number})" if number > 1 else "")
    case = SubElement(
        suite,
        "testcase",
        name=junit.xml(name),
        classname=junit.xml(result.subject),
        file=junit.xml(place.file),
        time=f"{result.milliseconds / 1000:.3f}",
    )
    if place.span:
        case.set("line", str(place.span.line))
    if result.failures:
        failure = SubElement(case, "failure", type="error")
        failure.set("message", junit.xml(result.failures[0].message))
        failure.text = junit.xml("\n".join(lines_of(result.failures)))
    if result.notes:
        SubElement(case, "system-out").text = junit.xml("\n".join(result.notes))
