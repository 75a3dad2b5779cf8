"""Results in each format, containers and clients: one run of each kind, in a browser."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tagkit.scenarios import as_github, as_json, as_junit, as_text
from tagkit.scenarios.command import Asked, Done, try_container
from tests.browser.build import container, custom_event, ga4, google_tag, mark, tag
from tests.scenarios.running import HEAD, OPTIONS, apart, said, tried

PLAN = f"""{HEAD}micro_conversions: [add_to_cart]
tests:
  - name: Good
    open: page.html
    steps: [push: {{event: add_to_cart}}]
    expect: {{fires: [add_to_cart]}}
  - name: "Bad: 100%"
    open: page.html
    steps: [push: {{event: addToCart}}]
    expect: {{fires: [add_to_cart]}}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: object) -> None:
    assert chromium
    monkeypatch.chdir(tmp_path)
    Path("page.html").write_text("<h1>Tea</h1><script>nothing();</script>", "utf-8")


def test_formats() -> None:
    Path("plan.yaml").write_text(PLAN, "utf-8")
    done = tried(Path("plan.yaml"))
    good, bad = json.loads(as_json.report(done))["tests"]
    assert [*good] == (
        "plan name place outcome milliseconds failures notes fired google_analytics meta_pixel "
        "uncovered"
    ).split()
    assert (good["outcome"], good["fired"], good["failures"]) == ("passed", ["add_to_cart"], [])
    assert [hit["event"] for hit in good["google_analytics"]] == ["page_view", "add_to_cart"]
    assert [hit["event"] for hit in good["meta_pixel"]] == ["PageView", "AddToCart"]
    assert good["notes"] == ["a script of the page failed: nothing is not defined"]
    assert bad["place"] == {"file": "plan.yaml", "line": 11, "column": 11}
    (failure,) = bad["failures"]
    assert failure["message"] == "'add_to_cart' did not fire"

    suite = ET.fromstring(as_junit.report(done)).find("testsuite")  # noqa: S314 # our own
    assert suite is not None
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("plan.yaml", "2", "1")
    cases = suite.findall("testcase")
    assert [case.get("line") for case in cases] == ["7", "11"]
    assert "did not match: Event is 'addToCart'" in (cases[1].findtext("failure") or "")

    annotation = as_github.report(done).splitlines()[-1]
    assert annotation.startswith(
        "::error file=plan.yaml,line=14,col=21,endLine=14,endColumn=34,title=Bad%3A 100%25::"
        "'add_to_cart' did not fire%0Atrigger 'TK - add_to_cart - event' did not match"
    )
    assert "\x1b[1;31mFAIL\x1b[0m  Bad" in as_text.report(done, colour=True)


def test_clients_and_several_plans() -> None:
    text = PLAN.replace("tagkit: 1", "tagkit: 1\nvars: {pixel: {type: string}}")
    Path("plan.yaml").write_text(text.replace('"1234567890123456"', '"${pixel}"'), "utf-8")
    Path("clients.csv").write_text(
        "client,pixel\nLipa,1234567890123456\nKlon,1234567890123457\n", "utf-8"
    )
    done = tried(Path("plan.yaml"), clients=Path("clients.csv"), only=["good"])
    assert [line for line in said(done).splitlines() if "note" not in line] == [
        "Lipa:",
        "ok    Good",
        "Klon:",
        "ok    Good",
        "2 scenarios, all passed",
    ]
    assert [result.seen.meta[0]["pixel"] for result in done.results] == [
        "1234567890123456",
        "1234567890123457",
    ]
    Path("clients.csv").write_text("client;pixel\nLipa;1;2\n", "utf-8")
    assert "clients.csv" in said(tried(Path("plan.yaml"), clients=Path("clients.csv")))


EXPORT = container(
    custom_event("1", "buy"),
    custom_event("2", "stop"),
    google_tag(),
    ga4("purchase", "1", {"value": "{{Nothing}}"}, unless="2"),
    mark("Mark", "1"),
    tag("Widget", "cvt_1_2", {"key": "a"}, "1"),
    mark("Throws", "1", value="no.such.thing"),
)
SCENARIOS = """tests:
  - name: A purchase
    open: page.html
    steps: [push: {event: buy}]
    expect: {fires: [Google tag, GA4 purchase, Mark, Throws, Widget], google_analytics: [purchase]}
  - name: Nothing of it
    open: page.html
    steps: [push: {event: by}]
    expect: {fires: [Google tag, Widget]}
"""


def of_container(scenarios: str | None) -> Done:
    Path("export.json").write_text(json.dumps(EXPORT), "utf-8")
    file = None
    if scenarios:
        file = Path("tests.yaml")
        file.write_text(scenarios, "utf-8")
    return apart(lambda: try_container(Path("export.json"), Asked({}, OPTIONS, scenarios=file)))


def test_a_container_with_scenarios() -> None:
    done = of_container(SCENARIOS)
    good, bad = done.results
    assert good.failures == ()
    assert bad.failures[0].message == "'Widget' did not fire"
    assert bad.failures[0].trace[0] == (
        "trigger 'trigger 1' did not match: Event is 'by', wanted 'buy'"
    )
    assert good.notes[1:] == (
        "a script of the page failed: no is not defined",
        "reference 'GA4 purchase' of the container: no variable named Nothing",
        "html 'Throws' of the container: no is not defined",
    )
    assert good.seen.uncovered == ("tag 'Widget' (type cvt_1_2)",)
    assert done.failed


def test_a_container_to_look_at() -> None:
    done = of_container(None)
    assert not done.failed
    lines = [line for line in said(done).splitlines() if "note" not in line]
    assert lines == [
        "ok    the demo shop is opened",
        "fired: 1",
        "  Google tag",
        "sent to GA4: 1",
        "  page_view",
        "sent to Meta: nothing",
        "not simulated: 1",
        "  tag 'Widget' (type cvt_1_2)",
    ]
