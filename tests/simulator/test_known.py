"""What no test of the measured behaviour covers: schedules, live-only tags, late tags, gtag('set')."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.build import (
    container,
    custom_event,
    ga4,
    google_tag,
    javascript,
    mark,
    trigger,
    waiting,
)
from tests.simulator.pages import EVERY_EVENT, GO, mark_names, marks

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

LONG_AGO, FAR_AWAY = "946684800000", "4102444800000"


@pytest.mark.parametrize(
    ("schedule", "runs"),
    [
        ({"scheduleStartMs": LONG_AGO}, True),
        ({"scheduleStartMs": FAR_AWAY}, False),
        ({"scheduleEndMs": FAR_AWAY}, True),
        ({"scheduleEndMs": LONG_AGO}, False),
        ({"scheduleStartMs": LONG_AGO, "scheduleEndMs": FAR_AWAY}, True),
    ],
)
def test_a_schedule(open_page: OpenPage, schedule: dict[str, str], runs: bool) -> None:
    page = open_page(container(GO, {**mark("tag", "1"), **schedule}))
    page.push({"event": "go"})
    (entry,) = page.event("go")["tags"]
    assert entry["status"] == ("fired" if runs else "blocked")
    assert entry.get("blockedBy") == (None if runs else ["schedule"])
    assert mark_names(page) == (["tag"] if runs else [])


@pytest.mark.parametrize("debug", [False, True])
def test_a_live_only_tag_does_not_run_in_debug_mode(open_page: OpenPage, debug: bool) -> None:
    page = open_page(
        container(GO, {**mark("tag", "1"), "liveOnly": True}), options={"debug": debug}
    )
    page.push({"event": "go"})
    assert mark_names(page) == ([] if debug else ["tag"])


def test_a_tag_that_waited_for_its_setup_tag_reads_its_own_event(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, ga4("setup", [], name="setup"), mark("main", "1", "{{Event}}", setup="setup"))
    )
    page.js("dataLayer.push({event: 'go'}, {event: 'other'})")
    page.settle()
    assert marks(page) == [["main", "go"]]


def test_an_event_pushed_by_a_late_tag_has_its_own_name(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, custom_event("3", "inner"), EVERY_EVENT,
            ga4("setup", [], name="setup"),
            mark("main", "1", "(dataLayer.push({event: 'inner'}), {{Event}})", setup="setup"),
            mark("inner", "3", "{{Event}}"),
        )
    )  # fmt: skip
    page.push({"event": "go"})
    page.settle()
    assert sorted(marks(page)) == [["inner", "inner"], ["main", "go"]]


@pytest.mark.parametrize("region", ["pl", ["pl-22"], "PL-22"])
def test_regions_are_read_in_any_case_and_without_a_list(
    open_page: OpenPage, region: object
) -> None:
    page = open_page(
        container(GO, mark("tag", "1", needs=["ad_storage"])), options={"region": "pl-22"}
    )
    page.gtag("consent", "default", {"ad_storage": "denied", "region": region})
    page.push({"event": "go"})
    assert mark_names(page) == []
    page = open_page(
        container(GO, mark("tag", "1", needs=["ad_storage"])), options={"region": "DE"}
    )
    page.gtag("consent", "default", {"ad_storage": "denied", "region": region})
    page.push({"event": "go"})
    assert mark_names(page) == ["tag"]


def test_gtag_set_of_the_page_goes_along_with_every_later_hit(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, google_tag({"send_page_view": "false", "b": "config"}),
            ga4("first", "1", {"a": "event"}, properties={"p": "event"}),
        )
    )  # fmt: skip
    page.gtag("set", {"a": "set", "b": "set", "c": "set", "send_to": "x"})
    page.gtag("set", "developer_id.dXyz", True).gtag("set", "user_data", {"email": "a@b.example"})
    page.gtag("set", "user_properties", {"p": "set", "q": "set"})
    page.push({"event": "go"})
    (hit,) = page.ga4()
    assert hit["parameters"] == {"a": "event", "b": "config", "c": "set"}
    assert hit["userProperties"] == {"p": "event", "q": "set"}


URLS = {
    "a form without an action": (
        "<form><button id=b>b</button></form>", ["", "https://shop.example/path?x"]
    ),
    "a field named action": (
        "<form action=/x><input name=action><button id=b>b</button></form>",
        ["", "https://shop.example/x"],
    ),
    "a button with an address of its own": (
        "<form action=/x><button id=b formaction=/y>b</button></form>",
        ["https://shop.example/y", "https://shop.example/x"],
    ),
    "an image": ("<img id=b src=/i.png>", ["https://shop.example/i.png"]),
    "a link to the page itself": (
        "<a id=b href='' onclick='return false'>b</a>", ["https://shop.example/path?x"]
    ),
    "an address that is none": (
        "<a id=b href='http://' onclick='return false'>b</a>", ["http://"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", URLS)
def test_click_url(open_page: OpenPage, case: str) -> None:
    html, expected = URLS[case]
    page = open_page(
        container(
            trigger("3", "CLICK"), waiting("4", "FORM_SUBMISSION"),
            mark("url", ["3", "4"], "{{Click URL}}"),
        ),
        html,
    )  # fmt: skip
    page.js("addEventListener('submit', function (e) { e.preventDefault(); })")
    page.js("document.getElementById('b').click()")
    assert [url for _, url in marks(page)] == expected


def test_click_text_keeps_a_tab_between_words(open_page: OpenPage) -> None:
    page = open_page(
        container(trigger("3", "CLICK"), mark("text", "3", "{{Click Text}}")),
        "<pre id=b> a\tb  c\nd&nbsp;&nbsp;e </pre>",
    )
    page.js("document.getElementById('b').click()")
    assert marks(page) == [["text", "a\tb c d e"]]


def test_code_that_is_no_function_is_undefined(open_page: OpenPage) -> None:
    page = open_page(container(GO, javascript("js", "5"), mark("tag", "1", "typeof {{js}}")))
    page.push({"event": "go"})
    assert marks(page) == [["tag", "undefined"]]
    assert page.errors() == ["variable: js: the code is no function"]


def test_an_unknown_condition_is_said(open_page: OpenPage) -> None:
    unknown = {"type": "toString", "parameter": []}
    page = open_page(container(custom_event("3", "go", unknown), mark("tag", "3")))
    page.push({"event": "go"})
    assert mark_names(page) == []
    assert page.errors() == ["condition: toString: there is no condition of the type 'toString'"]
