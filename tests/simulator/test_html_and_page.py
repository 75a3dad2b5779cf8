"""Custom HTML; gtag() of the page, and what the page forbids its container."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.build import (
    ALL_PAGES,
    GA4_ID,
    constant,
    container,
    data_layer,
    ga4,
    google_tag,
    html,
    javascript,
    script,
    tag,
    variable,
)
from tests.simulator.pages import GO

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

# ---------------------------------------------------------------------- Custom HTML


def test_markup_and_scripts_go_in_in_order(open_page: OpenPage) -> None:
    page = open_page(
        container(
            html(
                "h",
                "<div id=a><p><script>window.at = document.currentScript.parentNode.nodeName;</script></p>"
                "</div><script type='text/template' id=t>{{nothing}}<b></script>"
                "<script type='application/ld+json'>{\"a\": 1}</script>"
                "<noscript><img src='https://www.facebook.com/tr?id=1'></noscript>"
                "<img id=i src='https://www.facebook.com/tr?id=2'>",
                ALL_PAGES,
            )
        )
    )
    assert page.js("at") == "P"
    assert page.js("document.getElementById('t').text") == "{{nothing}}<b>"
    assert [entry["url"] for entry in page.records_of("network")] == [
        "https://www.facebook.com/tr?id=2"
    ]
    assert page.js("document.querySelector('noscript').children.length") == 0
    assert page.js("document.getElementById('i').src") == "https://www.facebook.com/tr?id=2"


def test_document_write_of_a_tag_that_supports_it(open_page: OpenPage) -> None:
    code = "<script>document.write('<i id=w>w', '</i>'); document.writeln('x');</script>"
    page = open_page(
        container(tag("h", "html", {"html": code, "supportDocumentWrite": True}, ALL_PAGES))
    )
    assert page.js("document.getElementById('w').textContent") == "w"
    assert page.js("document.querySelectorAll('h1').length") == 1
    assert page.js("document.write === Document.prototype.write")


def test_references_in_markup(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            data_layer("v", "v"),
            html(
                "h",
                "<i id=t title='{{v}}'>{{v}}</i><a id=q href='/a?b={{v}}&c={{v}}'>q</a>"
                '<a id=p href="/{{v}}">p</a><a id=n href={{v}}>n</a>',
                "1",
            ),
        )
    )
    value = "a b&<'(x)?"
    page.push({"event": "go", "v": value})
    assert page.js("document.getElementById('t').title") == value
    assert page.js("document.getElementById('t').textContent") == value
    hrefs = page.js("['q', 'p', 'n'].map((id) => document.getElementById(id).getAttribute('href'))")
    encoded = "a%20b%26%3C%27%28x%29%3F"
    assert hrefs == [f"/a?b={encoded}&c={encoded}", "/a%20b&%3C%27%28x%29?", "a%20b&%3C%27%28x%29?"]


def test_a_script_in_html_keeps_its_attributes(open_page: OpenPage) -> None:
    page = open_page(
        container(
            html(
                "h",
                "<script id=s data-a=1>window.a = document.currentScript.dataset.a</script>",
                ALL_PAGES,
            )
        )
    )
    assert page.js("a") == "1"


# ---------------------------------------------------------------------- gtag of the page


def test_gtag_config_and_event_of_the_page(open_page: OpenPage) -> None:
    page = open_page(
        container(),
        html="""<script async src="https://www.googletagmanager.com/gtag/js?id=G-PAGE"></script>
          <script>window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }
          gtag('js', new Date()); gtag('config', 'G-PAGE', {site: 'pl'});
          gtag('config', 'AW-1'); gtag('get', 'G-PAGE', 'client_id');
          gtag('event', 'sign_up', {method: 'x', user_properties: {tier: 1}, send_to: 'G-PAGE'});
          gtag('event', 'elsewhere', {send_to: ['G-NONE']});
          gtag('event', 'plain');</script>""",
    )
    hits = [
        (hit["event"], hit["measurementId"], hit["parameters"], hit["tag"])
        for hit in page.ga4(page_views=True)
    ]
    assert hits == [
        ("page_view", "G-PAGE", {"site": "pl"}, None),
        ("sign_up", "G-PAGE", {"site": "pl", "method": "x"}, None),
        ("plain", "G-PAGE", {"site": "pl"}, None),
    ]
    assert page.ga4()[0]["userProperties"] == {"tier": 1}
    assert page.ga4()[0]["eventId"] == page.event("sign_up")["id"]
    assert [command[0] for command in page.records_of("gtag")] == [
        "config", "config", "get", "event", "event", "event",
    ]  # fmt: skip


def test_a_google_tag_of_the_container_does_not_hear_gtag_events(open_page: OpenPage) -> None:
    page = open_page(container(google_tag()))
    page.gtag("event", "sign_up", {})
    assert page.ga4() == []
    page.gtag("event", "sign_up", {"send_to": GA4_ID})
    assert page.ga4_events() == ["sign_up"]


# ---------------------------------------------------------------------- what the page forbids

FORBIDDEN = {
    "html": ({"gtm.blocklist": ["html"]}, ["image", "ga4"]),
    "class": ({"gtm.blocklist": ["customScripts"]}, ["image", "ga4"]),
    "pixels forbid what could make them": ({"gtm.blocklist": ["nonGooglePixels"]}, ["ga4"]),
    "old name": ({"gtm.blacklist": ["google"]}, []),
    "allowed": ({"gtm.allowlist": ["google", "customPixels"]}, ["image", "ga4"]),
    "allowed html allows pixels": ({"gtm.allowlist": ["google", "html"]}, ["html", "image", "ga4"]),
    "both": ({"gtm.allowlist": ["google", "html"], "gtm.blocklist": ["gaawe"]}, ["html", "image"]),
    "no list": ({"gtm.blocklist": "html"}, ["html", "image", "ga4"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FORBIDDEN)
def test_lists_of_the_page(open_page: OpenPage, case: str) -> None:
    message, expected = FORBIDDEN[case]
    page = open_page(
        container(
            GO, script("html", "1", "1"), tag("image", "img", {"url": "/a"}, "1"), ga4("ev", "1", name="ga4"),
        )
    )  # fmt: skip
    page.push({**message}, {"event": "go"})
    fired = [entry["name"] for entry in page.event("go")["tags"] if entry["status"] == "fired"]
    assert sorted(fired) == sorted(expected)


def test_a_forbidden_setup_tag_takes_its_main_tag_with_it(open_page: OpenPage) -> None:
    page = open_page(container(GO, script("setup", "1"), ga4("ev", "1", setup="setup")))
    page.push({"gtm.blocklist": ["html"]}, {"event": "go"})
    (entry,) = page.event("go")["tags"]
    assert (entry["status"], entry["blockedBy"]) == ("blocked", ["gtm.blocklist"])


def test_forbidden_variables_are_undefined(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, javascript("js", "function() { return 1; }"), variable("t", "cvt_1_2"),
            ga4("ev", "1", {"a": "{{js}}", "b": "{{c}}"}), constant("c", "x"),
        )
    )  # fmt: skip
    page.push({"gtm.blocklist": ["customScripts"]}, {"event": "go"})
    assert page.ga4()[0]["parameters"] == {"b": "x"}
