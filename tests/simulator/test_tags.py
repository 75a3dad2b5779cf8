"""Tags: sequences, firing options, what each type records, what the page forbids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.build import (
    ALL_PAGES,
    GA4_ID,
    condition,
    container,
    custom_event,
    data_layer,
    ga4,
    javascript,
    mark,
    pairs,
    tag,
)
from tests.browser.harness import consent_default
from tests.simulator.pages import EVERY_EVENT, GO, mark_names

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage


def failing(name: str, **more: Any) -> dict[str, Any]:
    """A tag that fails: its measurement ID is none."""
    return ga4("ev", (), name=name, identity="X-1", **more)


def test_a_once_only_tag_that_failed_fails_whoever_waits_for_it(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            failing("setup", once="ONCE_PER_LOAD"),
            mark("first", "1", setup="setup", stop_on_setup_failure=True),
            mark("second", "1", setup="setup"),
        )
    )
    page.push({"event": "go"}, {"event": "go"})
    assert mark_names(page) == ["second", "second"]
    statuses = [
        (entry["name"], entry["role"], entry["status"]) for entry in page.event("go")["tags"]
    ]
    assert ("setup", "setup", "already ran") in statuses
    assert ("first", "main", "setup failed") in statuses


def test_the_setup_tag_runs_though_the_main_tag_is_spent(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, mark("setup"), mark("main", "1", once="ONCE_PER_LOAD", setup="setup"))
    )
    page.push({"event": "go"}, {"event": "go"})
    assert mark_names(page) == ["setup", "main", "setup"]


def test_a_google_setup_tag_ends_a_moment_later(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            ga4("setup", ()),
            mark("main", "1", setup="GA4 setup", priority=5),
            mark("other", "1"),
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["other", "main"]


def test_a_setup_tag_has_its_own_setup_and_teardown(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, mark("inner"), mark("after"), mark("last"),
            mark("setup", setup="inner", teardown="after"), mark("main", "1", setup="setup", teardown="last"),
        )
    )  # fmt: skip
    page.push({"event": "go"})
    assert mark_names(page) == ["inner", "setup", "after", "main", "last"]


def test_a_sequence_in_a_circle_is_an_error(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, mark("a", "1", setup="b"), mark("b", setup="a"), mark("self", "1", setup="self")
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["self"]
    assert page.errors() == ["sequence: a: the tag comes up in its own sequence"]


def test_one_tag_as_setup_of_two_in_one_event(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            ga4("setup", ()),
            mark("a", "1", setup="GA4 setup"),
            mark("b", "1", setup="GA4 setup"),
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["a", "b"]
    assert len(page.ga4()) == 1


def test_teardown_that_must_not_run_after_a_failure(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            mark("down"),
            {
                **failing("main", teardown="down", stop_teardown_on_failure=True),
                "firingTriggerId": ["1"],
            },
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == []


def test_custom_image(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            tag("plain", "img", {"url": "//other.example/a.gif?x", "useCacheBuster": False}, "1"),
            tag("busted", "img", {"url": "/a.gif", "useCacheBuster": True}, "1"),
            tag(
                "named",
                "img",
                {"url": "/a.gif?b", "useCacheBuster": True, "cacheBusterQueryParam": "cb"},
                "1",
            ),
            tag("joined", "img", {"url": "/a.gif?", "useCacheBuster": True}, "1"),
            tag("bad", "img", {"url": "http://"}, "1"),
        )
    )
    page.push({"event": "go"})
    images = page.records_of("images")
    urls = [image["url"] for image in images]
    assert urls[0] == "https://other.example/a.gif?x"
    assert urls[1].startswith("https://shop.example/a.gif?gtmcb=")
    assert urls[2].startswith("https://shop.example/a.gif?b&cb=")
    assert urls[3].startswith("https://shop.example/a.gif?gtmcb=")
    assert urls[4] == "http://"
    assert (images[0]["tag"], images[0]["eventId"]) == ("plain", page.event("go")["id"])
    assert page.requests("other.example") == []


def test_configuration_tag(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            tag("config", "gaawc", {
                "measurementId": GA4_ID, "sendPageView": False,
                "fieldsToSet": pairs({"site": "pl"}, "name"),
                "userProperties": pairs({"tier": "gold"}, "name"),
                "enableSendToServerContainer": True, "serverContainerUrl": "https://s.example",
            }, ALL_PAGES),
            tag("event", "gaawe", {"eventName": "ev", "measurementId": "config"}, "1"),
        )
    )  # fmt: skip
    page.push({"event": "go"})
    (hit,) = page.ga4(page_views=True)
    assert (hit["measurementId"], hit["parameters"], hit["userProperties"], hit["server"]) == (
        GA4_ID, {"site": "pl"}, {"tier": "gold"}, "https://s.example",
    )  # fmt: skip


def test_ecommerce_of_a_variable(open_page: OpenPage) -> None:
    entity = ga4("purchase", "1", ecommerce=True)
    for parameter in entity["parameter"]:
        if parameter["key"] == "getEcommerceDataFrom":
            parameter["value"] = "customObject"
    entity["parameter"].append(
        {"type": "TEMPLATE", "key": "ecommerceMacroData", "value": "{{shop}}"}
    )
    page = open_page(container(GO, data_layer("shop", "shop"), entity))
    page.push({"event": "go", "shop": {"value": 5}, "ecommerce": {"value": 1}})
    assert page.ga4()[0]["parameters"] == {"value": 5}


def test_tags_of_others_show_what_they_would_be_given(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, tag("ads", "awct", {"conversionId": "1", "conversionValue": "{{v}}"}, "1"),
            data_layer("v", "v"),
        )
    )  # fmt: skip
    page.push({"event": "go", "v": 5})
    (entry,) = page.event("go")["tags"]
    assert (entry["status"], entry["parameters"]) == (
        "would fire", {"conversionId": "1", "conversionValue": 5},
    )  # fmt: skip
    assert page.records_of("uncovered") == []


def test_a_runner_that_throws_is_a_failed_tag(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, ga4("ev", "1"), javascript("x", "function() { return {toString: 5}; }"))
    )
    page.js(
        "Object.getPrototypeOf(__tagkit.runtime.google).send = function () { throw new Error('no'); }"
    )
    page.push({"event": "go"})
    assert page.status("GA4 ev", "go") == "failed"
    assert page.errors() == ["tag: GA4 ev: no"]


# ---------------------------------------------------------------------- conditions and consent

ADDRESSES = {
    ("https://shop.example/a/", "http://www.shop.example/A"): True,
    ("https://shop.example/a?x", "https://shop.example/a#y"): True,
    ("https://shop.example:8080/a", "https://shop.example/a"): False,
    ("ftp://shop.example/a", "https://shop.example/a"): False,
    ("https://shop.example/a", "https://shop.example/b"): False,
    ("http://", "http://"): False,
}


@pytest.mark.parametrize("pair", ADDRESSES, ids=str)
def test_url_matches(open_page: OpenPage, pair: tuple[str, str]) -> None:
    page = open_page(
        container(
            custom_event("3", "go", condition("URL_MATCHES", "{{url}}", pair[1])),
            data_layer("url", "url"), mark("tag", "3"),
        )
    )  # fmt: skip
    page.push({"event": "go", "url": pair[0]})
    assert (mark_names(page) == ["tag"]) is ADDRESSES[pair]


def test_what_must_hold_is_asked_before_what_must_not(open_page: OpenPage) -> None:
    broken = javascript("no text", "function() { return Object.create(null); }")
    page = open_page(
        container(
            GO,
            broken,
            custom_event(
                "3",
                "go",
                condition("EQUALS", "{{no text}}", "x", negate=True),
                condition("EQUALS", "a", "b"),
            ),
            mark("not blocked", "1", unless=["3"]),
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["not blocked"]


def test_a_pattern_of_undefined_matches_all(open_page: OpenPage) -> None:
    page = open_page(
        container(
            custom_event("3", "go", condition("MATCH_REGEX", "a", "{{none}}")), data_layer("none", "none"),
            mark("tag", "3"),
        )
    )  # fmt: skip
    page.push({"event": "go"})
    assert mark_names(page) == ["tag"]


def test_any_word_but_granted_is_denied(open_page: OpenPage) -> None:
    page = open_page(
        container(
            EVERY_EVENT, GO, mark("tag", "1", needs=["ad_storage"]), mark("free", "1", needs=["x"])
        ),
        head_before_gtm=consent_default({"ad_storage": "allow"}),
    )
    page.js("(function () { dataLayer.push(arguments); })('consent', 'update', {x: undefined})")
    page.js("(function () { dataLayer.push(arguments); })('consent', 'declare', {x: 'denied'})")
    page.js("(function () { dataLayer.push(arguments); })('consent', 'update')")
    page.push({"event": "go"})
    assert mark_names(page) == ["free"]
    assert page.event("go")["consent"] == {"ad_storage": "denied"}
