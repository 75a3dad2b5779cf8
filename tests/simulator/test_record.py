"""The record: window.__tagkit and what is reported, as docs/simulator.md promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.build import (
    ALL_PAGES,
    GA4_ID,
    condition,
    container,
    custom_event,
    ga4,
    google_tag,
    html,
    mark,
    script,
    tag,
)
from tests.browser.harness import consent_default

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

GO = custom_event("1", "go")
PIXEL = "1234567890123456"
BASE = f"""<script>!function(f,b,e,v,n,t,s){{if(f.fbq)return;n=f.fbq=function(){{n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)}};if(!f._fbq)f._fbq=n;n.push=n;
n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;
s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}}(window,document,'script',
'https://connect.facebook.net/en_US/fbevents.js');fbq('init','{PIXEL}');fbq('track','PageView');
</script>"""
LISTS = {
    "events", "ga4", "meta", "googleTags", "images", "network", "gtag", "errors", "uncovered",
    "consent",
}  # fmt: skip


def test_the_lists(open_page: OpenPage) -> None:
    page = open_page(container())
    assert set(page.js("Object.keys(__tagkit)")) == LISTS


def test_an_event(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            custom_event("2", "other", condition("EQUALS", "{{Page Path}}", "/cart")),
            mark("fires", ["1", "2"]),
            mark("blocked", "1", unless=["1"]),
            mark("no consent", "1", needs=["ad_storage"]),
            tag("template", "cvt_1_2", {"a": "{{Event}}"}, "1"),
        ),
        head_before_gtm=consent_default({"ad_storage": "denied"}),
    )
    page.push({"event": "go"})
    event = page.event("go")
    assert isinstance(event["id"], int)
    assert isinstance(event["time"], int)
    assert event["url"] == page.page.url
    assert event["message"]["event"] == "go"
    assert event["consent"] == {"ad_storage": "denied"}
    assert event["triggers"] == [
        {"id": "1", "name": "trigger 1", "type": "CUSTOM_EVENT", "matched": True, "failed": None},
        {
            "id": "2",
            "name": "trigger 2",
            "type": "CUSTOM_EVENT",
            "matched": False,
            "failed": {
                "variable": "{{_event}}",
                "operator": "EQUALS",
                "negate": False,
                "ignoreCase": False,
                "actual": "go",
                "wanted": "other",
            },
        },
    ]
    assert {entry["name"]: entry["status"] for entry in event["tags"]} == {
        "fires": "fired",
        "blocked": "blocked",
        "no consent": "no consent",
        "template": "would fire",
    }
    by_name = {entry["name"]: entry for entry in event["tags"]}
    assert by_name["fires"]["by"] == ["1"]
    assert by_name["blocked"]["blockedBy"] == ["1"]
    assert by_name["no consent"]["missing"] == ["ad_storage"]
    assert by_name["template"]["parameters"] == {"a": "go"}


def test_another_event_is_said(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("all", ALL_PAGES)))
    page.push({"event": "go"})
    assert page.event("go")["triggers"][0]["failed"] == {"event": "go", "wanted": "gtm.js"}


def test_which_condition_failed(open_page: OpenPage) -> None:
    pattern = custom_event("3", "^a", regex=True)
    page = open_page(
        container(
            custom_event("2", "go", condition("EQUALS", "{{Page Path}}", "/cart")),
            pattern,
            mark("m", ["2", "3"]),
        )
    )
    page.push({"event": "go"})
    assert [result["failed"] for result in page.event("go")["triggers"]] == [
        {
            "variable": "{{Page Path}}", "operator": "EQUALS", "negate": False,
            "ignoreCase": False, "actual": "/path", "wanted": "/cart",
        },
        {
            "variable": "{{_event}}", "operator": "MATCH_REGEX", "negate": False,
            "ignoreCase": False, "actual": "go", "wanted": "^a",
        },
    ]  # fmt: skip


def test_an_event_is_reported_at_once_and_when_a_status_changes(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, html("slow", '<script src="https://other.example/a.js"></script>', "1"))
    )
    page.push({"event": "go"})
    told = [event for event in page.records["event"] if event["name"] == "go"]
    assert [event["tags"][0]["status"] for event in told] == ["running", "fired"]
    assert len({event["id"] for event in told}) == 1


def test_what_ga4_would_get(open_page: OpenPage) -> None:
    page = open_page(
        container(google_tag(), GO, ga4("sign_up", "1", {"a": "{{Event}}"})),
        head_before_gtm=consent_default({"analytics_storage": "denied"}),
    )
    hit = page.push({"event": "go"}).ga4()[0]
    assert (hit["event"], hit["measurementId"], hit["tag"]) == ("sign_up", GA4_ID, "GA4 sign_up")
    assert hit["eventId"] == page.event("go")["id"]
    assert hit["parameters"] == {"a": "go"}
    assert hit["consent"] == {"analytics_storage": "denied"}
    assert isinstance(hit["time"], int)


def test_what_meta_would_get_and_from_which_tag(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            html("base", BASE, ALL_PAGES),
            script("lead", "fbq('track', 'Lead', {value: 1.5}, {eventID: 'e'});", "1"),
        )
    )
    page.push({"event": "go"})
    view, lead = page.meta(page_views=True)
    assert (view["event"], view["tag"], view["eventId"]) == (
        "PageView", "base", page.event("gtm.js")["id"],
    )  # fmt: skip
    assert (lead["pixel"], lead["event"], lead["cd"], lead["eid"]) == (
        PIXEL, "Lead", {"value": 1.5}, "e",
    )  # fmt: skip
    assert (lead["tag"], lead["eventId"]) == ("lead", page.event("go")["id"])
    assert isinstance(lead["time"], int)


def test_a_queued_call_remembers_its_tag(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            html("base", BASE, ALL_PAGES, priority=1),
            script("early", "fbq('track', 'Lead');", ALL_PAGES),
        )
    )
    assert [(hit["event"], hit["tag"]) for hit in page.meta(page_views=True)] == [
        ("PageView", "base"), ("Lead", "early"),
    ]  # fmt: skip


def test_consent_is_kept(open_page: OpenPage) -> None:
    page = open_page(container(), head_before_gtm=consent_default({"ad_storage": "denied"}))
    page.consent("update", {"ad_storage": "granted"})
    kept = page.js("__tagkit.consent")
    assert [(entry["action"], entry["state"]) for entry in kept] == [
        ("default", {"ad_storage": "denied"}),
        ("update", {"ad_storage": "granted"}),
    ]
