"""What is said of a record, without a browser: the cases that pages seldom make."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tagkit.scenarios.as_text import lines_of
from tagkit.scenarios.journal import Journal
from tagkit.scenarios.judge import before_consent, judge
from tagkit.scenarios.model import (
    Does,
    Expectation,
    Owner,
    Place,
    Scenario,
    Sent,
    Step,
    Subject,
)
from tagkit.scenarios.site import Site, choice
from tagkit.scenarios.trace import events_of, why_not
from tagkit.scenarios.values import differences

AT = Place("plan.yaml")
CONTAINER = {
    "containerVersion": {
        "tag": [{"name": "A", "firingTriggerId": ["1"]}, {"name": "B", "firingTriggerId": ["9"]}],
        "trigger": [{"triggerId": "1", "name": "one"}, {"triggerId": "2", "name": "two"}],
    }
}
SUBJECT = Subject(
    "plan.yaml", CONTAINER, "", {"A": Owner("a", "Meta"), "B": Owner("b", "GA4")},
    consent=("ad_storage",),
)  # fmt: skip
STEPS = range(9)


def journal(*entries: tuple[str, dict[str, Any]]) -> Journal:
    made = Journal()
    for kind, value in entries:
        made.add(kind, value, "1")
    return made


def event(number: int, name: str, *tags: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
    return "event", {"id": number, "name": name, "tags": list(tags), **more}


def failed(**failure: Any) -> dict[str, Any]:
    return {"triggers": [{"id": "1", "name": "one", "matched": False, "failed": failure}]}


TAGS = [
    ({"status": "no consent", "missing": ["ad_storage", "ad_user_data"]},
     "tag 'A' had no consent on event 'x': ad_storage, ad_user_data denied"),
    ({"status": "blocked", "blockedBy": ["2"]}, "tag 'A' was blocked on event 'x' by 'two'"),
    ({"status": "blocked"}, "tag 'A' was blocked on event 'x'"),
    ({"status": "fired"}, "tag 'A' ran on event 'x', and nothing was sent: it waits for consent"),
    ({"status": "already ran"},
     "tag 'A' runs once on a page, and had run when it was due again on event 'x'"),
    ({"status": "paused"}, "tag 'A' is paused on event 'x'"),
    ({"status": "running"}, "tag 'A' has not come to an end on event 'x'"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "line"), TAGS)
def test_what_became_of_a_tag(tag: dict[str, Any], line: str) -> None:
    record = journal(event(1, "x", {"name": "Other", "status": "fired"}, {"name": "A", **tag}))
    assert why_not("a", record, STEPS, SUBJECT)[0] == line


def test_a_tag_that_failed_and_why() -> None:
    error = {"kind": "tag", "name": "A", "message": "no such thing"}
    record = journal(event(1, "x", {"name": "A", "status": "failed"}), ("errors", error))
    assert why_not("a", record, STEPS, SUBJECT)[:2] == (
        "tag 'A' failed on event 'x'",
        "tag 'A': no such thing",
    )


TRIGGERS = [
    ({"variable": "{{Page Path}}", "operator": "CONTAINS", "negate": True, "actual": "/a",
      "wanted": "a"}, "Page Path is '/a', wanted none that contains 'a'"),
    ({"variable": "{{Price}}", "operator": "GREATER", "actual": 3, "wanted": "5"},
     "Price is 3, wanted more than '5'"),
    ({"variable": "{{Price}}", "operator": "LESS", "negate": True, "wanted": "5"},
     "Price is undefined, wanted not less than '5'"),
    ({"variable": "{{_event}}", "operator": "EQUALS", "actual": "add", "wanted": "adds"},
     "Event is 'add', wanted 'adds'"),
]  # fmt: skip


@pytest.mark.parametrize(("failure", "words"), TRIGGERS)
def test_why_a_trigger_did_not_match(failure: dict[str, Any], words: str) -> None:
    lines = why_not("a", journal(event(1, "add", **failed(**failure))), STEPS, SUBJECT)
    assert lines[0] == f"trigger 'one' did not match: {words}"


def test_the_event_that_came_nearest_is_told() -> None:
    """A condition that failed is nearer than another name, a name that is alike nearer than one
    that is not, and GTM's own events are the last.
    """
    by_name = {"variable": "{{_event}}", "operator": "EQUALS", "wanted": "add_to_cart"}
    names = ["gtm.click", "hello", "addToCart"]
    entries = [event(n, name, **failed(**by_name, actual=name)) for n, name in enumerate(names)]
    for count, actual in ((3, "addToCart"), (2, "hello")):
        line = why_not("a", journal(*entries[:count]), STEPS, SUBJECT)[0]
        assert line == f"trigger 'one' did not match: Event is '{actual}', wanted 'add_to_cart'"
    line = why_not("a", journal(entries[0]), STEPS, SUBJECT)[0]
    assert line == "trigger 'one' waits for event 'add_to_cart', and none came"
    path = {"variable": "{{Page Path}}", "operator": "EQUALS", "actual": "/", "wanted": "/a"}
    line = why_not("a", journal(*entries, event(9, "x", **failed(**path))), STEPS, SUBJECT)[0]
    assert line == "trigger 'one' did not match: Page Path is '/', wanted '/a'"


def test_a_trigger_of_another_element() -> None:
    other = {"variable": "gtm.triggers", "operator": "CONTAINS", "actual": "1_7", "wanted": "1_1"}
    line = why_not("a", journal(event(1, "gtm.timer", **failed(**other))), STEPS, SUBJECT)[0]
    assert line == "trigger 'one' did not match: 'gtm.timer' was not one of its own"


def test_a_trigger_that_the_record_does_not_know() -> None:
    """As one of GTM's own: what came and what was sent is told all the same, at each once."""
    record = journal(event(1, "gtm.js"))
    found = judge(Expectation(AT, {"b": 1, "a": 1}), record, STEPS, SUBJECT)
    assert found[0].trace == ()
    assert {failure.seen for failure in found} == {
        ("events: none but those of a page that loads", "sent: GA4 nothing; Meta nothing")
    }
    said = list(lines_of(found))
    assert sum("events:" in line for line in said) == 1


def test_meta_hears_later_than_google() -> None:
    """A conversion counts where GA4's tag ran; that Meta hears of it later is said."""
    subject = SUBJECT._replace(
        owners={"A": Owner("a", "Meta", "Lead"), "B": Owner("a", "GA4", "lead")}
    )
    record = journal(event(1, "sold", {"name": "B", "status": "fired"}))
    record.step = 1
    record.add("meta", {"event": "Lead", "tag": "A", "eventId": 1}, "1")
    (failure,) = judge(Expectation(AT, {"a": 1}), record, range(1, 2), subject)
    assert failure.trace == (
        "it had fired before, on event 'sold', and counts there; Meta heard of it now",
    )


def test_an_event_that_was_not_sent() -> None:
    """Why its conversion's tag did not send it is told, as with one that did not fire."""
    subject = SUBJECT._replace(owners={"A": Owner("a", "Meta", "Lead")})
    record = journal(event(1, "x", **failed(event="x", wanted="lead")))
    expected = Expectation(AT, meta=(Sent("Lead", {}, AT), Sent("PageView", {}, AT)))
    lead, page_view = judge(expected, record, STEPS, subject)
    assert lead.trace == ("trigger 'one' did not match: Event is 'x', wanted 'lead'",)
    assert page_view.trace == ()


def test_very_many_events_are_cut() -> None:
    lines = events_of(journal(*(event(n, f"e{n}") for n in range(15))), STEPS)
    assert lines[0].endswith("e10, e11 and 3 more")


def test_twice_was_expected() -> None:
    found = judge(Expectation(AT, {"a": 2}), journal(), STEPS, SUBJECT)
    assert found[0].message == "'a' did not fire; 2 times were expected"


def test_meta_before_consent() -> None:
    """What counts is the consent when Meta heard of it, and only what the container sent."""
    denied, granted = ({"state": {"ad_storage": word}} for word in ("denied", "granted"))
    hit = {"event": "AddToCart", "tag": "A"}
    record = journal(
        ("meta", hit), ("consent", denied), ("meta", {**hit, "tag": None}), ("consent", granted),
        ("meta", hit),
    )  # fmt: skip
    scenario = Scenario("s", (Step(Does.OPEN, "shop:/", AT),), AT, Path())
    assert before_consent(record, scenario, SUBJECT) == []
    record.add("event", {"id": 1, "consent": {"ad_storage": "denied"}}, "1")
    record.add("meta", hit, "1")
    assert before_consent(record, scenario, SUBJECT) == [], "an event told anew"
    record.add("event", {"id": 1, "consent": {"ad_storage": "denied"}}, "2")
    record.add("meta", hit, "2")
    (failure,) = before_consent(record, scenario, SUBJECT)
    assert failure.message == "Meta got 'AddToCart' before consent: ad_storage denied"


def test_what_is_no_report_is_left() -> None:
    record = journal()
    record.add("event", "text", "1")
    assert record.entries == []


VALUES = [
    ({"a": 0.1 + 0.2}, {"a": 0.3}, []),
    ({"a": {"b": 1, "c": 2}}, {"a": {"b": 2}}, ["a.b is 1, wanted 2"]),
    ({"a": True}, {"a": 1}, ["a: true is true or false, wanted the number 1"]),
    ({"a": None}, {"a": "x"}, ["a: null is nothing, wanted the text 'x'"]),
    ({"a": [1]}, {"a": "x"}, ["a: [1] is a list, wanted the text 'x'"]),
    ({}, {"a": None}, []),
]


@pytest.mark.parametrize(("parameters", "wanted", "lines"), VALUES)
def test_values(parameters: dict[str, Any], wanted: dict[str, Any], lines: list[str]) -> None:
    assert differences({"parameters": parameters}, Sent("e", wanted, AT)) == lines


def test_an_event_id() -> None:
    wanted = Sent("e", {}, AT, event_id=True)
    assert differences({"cd": {}}, wanted) == ["it has no eventID"]
    assert differences({"cd": {}, "eid": "7"}, wanted) == []
    assert differences({"cd": {}, "eid": "7"}, wanted._replace(event_id=False)) == [
        "it has an eventID, '7'"
    ]


# --- what stands at an address ----------------------------------------------------------------


def site(folder: Path, page: str, **more: Any) -> Site:
    return Site(Scenario("s", (Step(Does.OPEN, page, AT),), AT, folder, **more), SUBJECT)


def test_files_of_the_folder_and_no_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "a b.html").write_text("<p>x", "utf-8")
    (home / "data").write_text("x", "utf-8")
    (tmp_path / "other.html").write_text("<p>y", "utf-8")
    tea = site(home, "a b.html#top")
    assert tea.url("a b.html#top") == "https://shop.example/a%20b.html#top"

    def answer(url: str) -> tuple[int, str]:
        given = tea.answer(url)
        assert given is not None
        return given.status, given.content_type

    assert answer("https://shop.example/a%20b.html") == (200, "text/html; charset=utf-8")
    assert answer("https://shop.example/data") == (200, "application/octet-stream")
    for path in ("no.html", "../other.html", "%2e%2e/other.html", "/etc/passwd", "a%00b"):
        assert answer(f"https://shop.example/{path}") == (404, "text/plain"), path
    assert answer("https://elsewhere.example/x.js")[0] == 503
    outside = site(home, "../other.html")
    assert outside.url("../other.html") == "https://shop.example/other.html"
    given = outside.answer("https://shop.example/other.html")
    assert given is not None
    assert given.status == 200


MEASURING = [
    ("https://www.googletagmanager.com/gtm.js?id=GTM-1", "text/javascript; charset=utf-8"),
    ("https://www.googletagmanager.com/gtag/js?id=G-1", "text/javascript; charset=utf-8"),
    ("https://connect.facebook.net/en_US/fbevents.js", "text/javascript; charset=utf-8"),
    ("https://www.facebook.com/tr?id=1", "image/gif"),
    ("https://region1.google-analytics.com/g/collect", "image/gif"),
]


@pytest.mark.parametrize(("url", "kind"), MEASURING)
def test_no_host_of_google_or_meta_is_reached(url: str, kind: str) -> None:
    """Not by a running shop either, whose other requests go through."""
    given = site(Path(), "https://www.example/").answer(url)
    assert given is not None
    assert given.content_type == kind
    assert site(Path(), "https://www.example/").answer("https://cdn.example/a.js") is None


def test_where_the_container_gets_in() -> None:
    tea = site(Path(), "a.html", consent="none")
    for html in ("<!doctype html><p>x", "<html lang=en><p>x", "<html><HEAD class=a><p>x", "<p>x"):
        made = tea.with_container(html)
        assert made.count("googletagmanager.com/gtm.js") == 1
        assert made.startswith(html.partition("<p>")[0])
    own = "<script src='https://www.googletagmanager.com/gtm.js?id=GTM-1'></script>"
    assert tea.with_container(own) == own


def test_consent_in_words() -> None:
    assert choice("none") is None
    assert choice({"ad_storage": "denied"}) == {"ad_storage": "denied"}
    assert set((choice("granted") or {}).values()) == {"granted"}
