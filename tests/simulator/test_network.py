"""Nothing leaves for Google or Meta, and the page does not notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.build import container
from tests.browser.harness import GOOGLE_HOSTS, META_HOSTS

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

GA = "https://region1.google-analytics.com/g/collect?v=2"
TR = "https://www.facebook.com/tr/?id=1&ev=PageView"


@pytest.mark.parametrize(
    ("code", "url", "by"),
    [
        (f"new Image().src = '{TR}'", TR, "img"),
        (f"document.createElement('img').setAttribute('src', '{TR}')", TR, "img"),
        (f"document.body.innerHTML = '<p><img src=\"{TR}\"></p>'", TR, "img"),
        (f"document.body.insertAdjacentHTML('beforeend', '<img src=\"{TR}\">')", TR, "img"),
        (f"document.createElement('iframe').src = '{GA}'", GA, "iframe"),
        (f"fetch('{GA}', {{method: 'POST'}})", GA, "fetch"),
        (f"navigator.sendBeacon('{GA}', 'x')", GA, "beacon"),
        (f"var x = new XMLHttpRequest(); x.open('GET', '{GA}'); x.send()", GA, "xhr"),
        (
            (
                f"var f = document.createElement('form'); f.action = '{TR}'; f.method = 'post';"
                "document.body.appendChild(f); f.submit()"
            ),
            TR,
            "form",
        ),
        (
            (
                "var s = document.createElement('script');"
                "s.src = 'https://www.googletagmanager.com/gtag/js?id=G-1';"
                "document.head.appendChild(s)"
            ),
            "https://www.googletagmanager.com/gtag/js?id=G-1",
            "script",
        ),
        ("new Image().src = 'https://www.google.pl/pagead/1p-user-list/1/'",
         "https://www.google.pl/pagead/1p-user-list/1/", "img"),
        ("new Image().src = '//stats.g.doubleclick.net/j'", "https://stats.g.doubleclick.net/j", "img"),
    ],
)  # fmt: skip
def test_kept_from_leaving(open_page: OpenPage, code: str, url: str, by: str) -> None:
    page = open_page(container())
    before = list(page.urls)
    page.js(code)
    page.settle()
    assert [(entry["url"], entry["by"]) for entry in page.records["network"]] == [(url, by)]
    assert page.urls == before


def test_others_are_let_through(open_page: OpenPage) -> None:
    page = open_page(container())
    for url in ("https://other.example/a.gif", "https://www.google.com/maps/a.png"):
        page.js(f"new Image().src = '{url}'")
    page.settle()
    assert page.requests("other.example", "www.google.com") == [
        "https://other.example/a.gif", "https://www.google.com/maps/a.png",
    ]  # fmt: skip
    assert page.records.get("network") is None


def test_all_can_be_kept(open_page: OpenPage) -> None:
    page = open_page(container(), options={"block": "all"})
    page.js("new Image().src = 'https://other.example/a.gif'; new Image().src = '/own.gif'")
    page.settle()
    assert page.requests("other.example") == []
    assert page.requests("shop.example")[-1] == "https://shop.example/own.gif"


def test_the_page_does_not_notice(open_page: OpenPage) -> None:
    page = open_page(container())
    page.js(
        "window.seen = [];"
        "var i = new Image(); i.onload = function () { seen.push('img'); };"
        f"i.src = '{TR}'; seen.push(i.src === '{TR}', i.getAttribute('src') === '{TR}');"
        "var s = document.createElement('script'); s.onload = function () { seen.push('script'); };"
        "s.src = 'https://www.googletagmanager.com/gtag/js'; document.head.appendChild(s);"
        f"fetch('{GA}').then(function (r) {{ seen.push(r.status); }});"
        f"var x = new XMLHttpRequest(); x.open('GET', '{GA}');"
        "x.onload = function () { seen.push(x.status, x.readyState); }; x.send();"
        f"seen.push(navigator.sendBeacon('{GA}'));"
    )
    page.settle()
    page.wait_for("seen.length === 8")
    assert page.js("seen.slice(0, 3)") == [True, True, True]
    assert sorted(map(str, page.js("seen.slice(3)"))) == ["204", "204", "4", "img", "script"]


def test_a_script_asks_when_it_enters_the_page(open_page: OpenPage) -> None:
    page = open_page(container())
    page.js(
        "window.s = document.createElement('script'); s.src = 'https://www.google-analytics.com/a.js'"
    )
    page.settle()
    assert page.records.get("network") is None
    page.js("document.head.appendChild(s)")
    page.settle()
    assert len(page.records["network"]) == 1
    assert page.requests(*META_HOSTS, *GOOGLE_HOSTS) == page.requests("www.googletagmanager.com")
