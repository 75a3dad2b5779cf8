"""A page that is served from one origin and published at another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.build import ALL_PAGES, container, data_layer, mark, trigger, variable
from tests.simulator.pages import marks, reading, values

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

TEA = {"origin": "https://tea.example"}


@pytest.mark.parametrize("given", [TEA, {"origin": "https://tea.example/shop?x"}])
def test_what_reads_addresses_reads_the_published_one(
    open_page: OpenPage, given: dict[str, Any]
) -> None:
    page = reading(
        open_page,
        variable("url", "u", {"component": "URL"}),
        variable("host", "u", {"component": "HOST"}),
        variable("port", "u", {"component": "PORT"}),
        variable("query", "u", {"component": "QUERY"}),
        variable("from", "f", {"component": "HOST"}),
        variable("relative", "u", {"component": "URL", "customUrlSource": "/cart"}),
        data_layer("told", "link"),
        variable("global", "j", {"name": "location.href"}),
        variable("link", "d", {"selectorType": "ID", "elementId": "a", "attributeName": "href"}),
        html='<a id=a href="https://shop.example/cart">a</a>',
        options=given,
    )
    page.js("location.href = '/next?y=1'")
    page.wait_for("location.pathname === '/next'")
    page.settle()
    assert values(page, {"link": "https://shop.example/a#b"}) == {
        "url": "https://tea.example/next?y=1",
        "host": "tea.example",
        "port": "443",
        "query": "y=1",
        "from": "tea.example",
        "relative": "https://tea.example/cart",
        "told": "https://tea.example/a#b",
        "global": "https://tea.example/next?y=1",
        "link": "https://tea.example/cart",
    }
    assert {event["url"] for event in page.events()} == {"https://tea.example/next?y=1"}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("https://shop.example", "https://tea.example"),
        ("https://shop.example.pl/a", "https://shop.example.pl/a"),
        ("https://shop.example:81/a", "https://shop.example:81/a"),
        ("at https://shop.example/a", "at https://shop.example/a"),
        (7, 7),
    ],
)
def test_other_addresses_stay(open_page: OpenPage, said: object, read: object) -> None:
    page = reading(open_page, data_layer("told", "told"), options=TEA)
    assert values(page, {"told": said}) == {"told": read}


@pytest.mark.parametrize("origin", [None, "", "http://", 7, "https://shop.example"])
def test_no_origin_is_the_page_s_own(open_page: OpenPage, origin: object) -> None:
    page = reading(
        open_page, variable("url", "u", {"component": "URL"}), options={"origin": origin}
    )
    assert values(page) == {"url": "https://shop.example/path?x"}


def test_clicks_history_and_errors(open_page: OpenPage) -> None:
    outbound = variable("out", "aev", {"varType": "URL", "component": "IS_OUTBOUND"})
    attribute = variable("href", "aev", {"varType": "ATTRIBUTE", "attribute": "href"})
    page = open_page(
        container(
            outbound,
            attribute,
            data_layer("old", "gtm.oldUrl", 1),
            data_layer("new", "gtm.newUrl", 1),
            data_layer("error", "gtm.errorUrl", 1),
            trigger("3", "CLICK"),
            trigger("4", "HISTORY_CHANGE"),
            trigger("5", "JS_ERROR"),
            mark("click", "3", "[{{Click URL}}, {{out}}, {{href}}]"),
            mark("history", "4", "[{{old}}, {{new}}]"),
            mark("error", "5", "{{error}}"),
        ),
        '<a id=a href="https://shop.example/cart#x" onclick="event.preventDefault()">a</a>',
        options=TEA,
    )
    page.click("#a")
    page.js("history.pushState({}, '', '/b')")
    page.js("window.onerror('no', 'https://shop.example/x.js', 1)")
    page.settle()
    seen = dict(marks(page))
    assert seen["click"] == ["https://tea.example/cart#x", False, "https://tea.example/cart#x"]
    assert seen["history"] == ["https://tea.example/path?x", "https://tea.example/b"]
    assert seen["error"] == "https://tea.example/x.js"


def test_a_link_is_still_followed_where_the_page_is(open_page: OpenPage) -> None:
    link = trigger("3", "LINK_CLICK", waitForTags={"type": "BOOLEAN", "value": "true"})
    page = open_page(
        container(link, mark("link", "3", "{{Click URL}}"), mark("page", ALL_PAGES, "1")),
        '<a id=a href="/next">a</a>',
        options=TEA,
    )
    page.click("#a")
    page.wait_for("location.pathname === '/next'")
    assert page.js("location.origin") == "https://shop.example"
