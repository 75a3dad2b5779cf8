"""Which IDs a page has, who put them there, and how often: pieces of markup, and what they tell."""

from __future__ import annotations

from typing import Any

import pytest

from tagkit.doctor.facts import Entry, Page, Script
from tagkit.doctor.measuring import destinations
from tests.doctor.test_ways import EMPTY

SNIPPET = (
    "<script>w[l].push({'gtm.start':1});j.src='//x/gtm.js?id='+i;})(window,'GTM-AAA111');</script>"
)
TAG = "https://www.googletagmanager.com/gtag/js?id="

# the page's own text -> (id, how often, by the page itself)
OWN: list[tuple[str, list[tuple[str, int, bool]]]] = [
    ("", []),
    (SNIPPET, [("GTM-AAA111", 1, True)]),
    (SNIPPET * 2, [("GTM-AAA111", 2, True)]),
    ('<script src="//x/gtm.js?id=GTM-AAA111"></script>' + SNIPPET, [("GTM-AAA111", 1, True)]),
    ('<script src="https://load.shop.example/gtm.js?id=GTM-AAA111&amp;l=layer"></script>',
     [("GTM-AAA111", 1, True)]),
    ('<noscript><iframe src="//x/ns.html?id=GTM-AAA111"></iframe></noscript>',
     [("GTM-AAA111", 1, True)]),
    (f"<!-- {SNIPPET} -->", []),
    (f"<template>{SNIPPET}</template>", []),
    ("<script>// GTM-AAA111 is our container</script>", []),
    (f'<script async src="{TAG}G-OWN0000001"></script><script>gtag("config", \'G-OWN0000001\')</script>',
     [("G-OWN0000001", 1, True)]),
    ("<script>gtag(\n 'config',\n 'G-OWN0000001', {})</script>", [("G-OWN0000001", 1, True)]),
    ("<script>gtag('config','AW-1');gtag('config','UA-12-1');gtag('config','G-OWN0000001')</script>",
     [("G-OWN0000001", 1, True), ("AW-1", 1, True), ("UA-12-1", 1, True)]),
    (f'<script src="{TAG}G-LATER00001&amp;cx=c&amp;gtm=4e5"></script>', []),
    ("<script type=\"text/gtmscript\">fbq('init', '1234567890123456')</script>", []),
    ("<script type=\"text/plain\">fbq('init', '1234567890123456')</script>", []),
    ("<script>fbq('init', '1234567890123456'); fbq( \"init\" , 9876543210987654 )</script>",
     [("1234567890123456", 1, True), ("9876543210987654", 1, True)]),
    ("<script>fbq('init', '1234567890123456'); fbq('init', '1234567890123456')</script>",
     [("1234567890123456", 2, True)]),
    ('<script>x=[{"config":"{\\"google_tag_ids\\":[\\"G-APP0000001\\",\\"GT-APP1\\"]}"}]</script>',
     [("G-APP0000001", 1, True), ("GT-APP1", 1, True)]),
]  # fmt: skip
# what only the document, the data layer or a hit has
LATER: list[tuple[dict[str, Any], list[tuple[str, int, bool]]]] = [
    ({"scripts": [Script("//x/gtm.js?id=GTM-AAA111", "", "")]}, [("GTM-AAA111", 0, False)]),
    ({"scripts": [Script(f"{TAG}G-LATER00001&cx=c", "", "")]}, [("G-LATER00001", 0, False)]),
    ({"scripts": [Script("", "", "fbq('init','1234567890123456')")]},
     [("1234567890123456", 0, False)]),
    ({"scripts": [Script("https://connect.facebook.net/signals/config/1234567890123456?v=2", "", "")]},
     [("1234567890123456", 0, False)]),
    ({"pixels": ["1234567890123456"]}, [("1234567890123456", 0, False)]),
    ({"layers": {"dataLayer": (Entry(command="config", name="G-PUSHED0001"),) * 2}},
     [("G-PUSHED0001", 2, True)]),
    ({"layers": {"dataLayer": (Entry(command="config", name="not-an-id"),)}}, []),
    ({"requests": ["https://x/g/collect?v=2&tid=G-HIT0000001&en=a\n"]},
     [("G-HIT0000001", 0, False)]),
    ({"requests": ["https://www.facebook.com/tr/?id=1234567890123456&ev=PageView\n"]},
     [("1234567890123456", 0, False)]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), OWN)
def test_what_the_page_itself_sets_up(raw: str, expected: list[tuple[str, int, bool]]) -> None:
    found = destinations(Page("p", EMPTY._replace(raw=raw)))
    assert [(one.id, one.times, one.own) for one in found] == expected


@pytest.mark.parametrize(("seen", "expected"), LATER)
def test_what_a_script_put_there(
    seen: dict[str, Any], expected: list[tuple[str, int, bool]]
) -> None:
    requests = tuple(seen.pop("requests", ()))
    found = destinations(Page("p", EMPTY._replace(**seen), requests=requests))
    assert [(one.id, one.times, one.own) for one in found] == expected


def test_what_is_there_and_was_sent_is_one() -> None:
    raw = "<script>gtag('config', 'G-OWN0000001')</script>"
    requests = ("https://x/g/collect?tid=G-OWN0000001\n",)
    (one,) = destinations(Page("p", EMPTY._replace(raw=raw), requests=requests))
    assert (one.id, one.times, one.own) == ("G-OWN0000001", 1, True)
