"""A way of the catalog against the facts of a page, where the cases have no page for it."""

from __future__ import annotations

from typing import Any

import pytest

from tagkit.catalog import Catalog
from tagkit.doctor.facts import Asked, Entry, Facts, Link, Page
from tagkit.doctor.ways import Verdict, asked_of, best, first_of, judge
from tests.doctor.examining import Few

EMPTY = Facts(
    url="", canonical="", title="", body_id="", body_classes=(), elements=9, letters=9, frames=0,
    is_frameset=False, css={}, globals={}, links={}, attributes={}, scripts=(), addresses=(),
    noscript=(), layers={}, pixels=(), ids=(), classes=(), tags=(), named=(),
)  # fmt: skip

SELECTORS = [
    ("body#a", "body#a"),
    ("body#a, body#b", "body#a"),
    (":is(.a, .b) .c, .d", ":is(.a, .b) .c"),
    ("[title='a, b'], .c", "[title='a, b']"),
    ('[title="a, (b"], .c', '[title="a, (b"]'),
    (r".a\,b, .c", r".a\,b"),
]


@pytest.mark.parametrize(("css", "first"), SELECTORS)
def test_the_first_of_several_selectors(css: str, first: str) -> None:
    assert first_of(css) == first


def verdict(way: dict[str, Any], pushed: dict[str, str] | None = None, **facts: Any) -> Verdict:
    """A way, judged by what is said to be there; all else is not."""
    way = {"sure": "high", "trigger": {"event": "tagkit.a"}, "listener": "generic/a", **way}
    wanted = asked_of([way])
    there = set(facts.pop("there", ()))
    seen = EMPTY._replace(
        css={css: int(css in there) for css in wanted.css},
        globals={name: "" if name in there else None for name in wanted.globals},
        links={link: int(link.pattern in there) for link in wanted.links},
    )
    (said,) = judge([way], Page("p", seen, **facts), pushed or {}, "en")
    return said


RELIES = {"page": "body#product, body#category", "relies_on": [{"css": ".buy"}]}
CASES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    ("a listener anywhere", {}, {}, "detectable", ""),
    ("the page is another", RELIES, {}, "another page", "happens on body#product, body#category"),
    (
        "the surest page lacks it",
        RELIES,
        {"there": ["body#product, body#category", "body#product"]},
        "cannot",
        "the theme has no '.buy'",
    ),
    (
        "a page that may lack it",
        RELIES,
        {"there": ["body#product, body#category"]},
        "another page",
        "no .buy here",
    ),
    ("any page may lack it", {"relies_on": [{"css": ".buy"}]}, {}, "another page", "no .buy here"),
    ("it is there", {"relies_on": [{"css": ".buy"}]}, {"there": [".buy"]}, "detectable", ""),
    (
        "a global is missing",
        {"relies_on": [{"global": "shop.on"}]},
        {},
        "cannot",
        "the page has no 'shop.on'",
    ),
    (
        "a saved page has no such global",
        {"relies_on": [{"global": "shop.on"}]},
        {"is_file": True, "blocked": 2},
        "detectable",
        "",
    ),
    (
        "a saved page without other scripts",
        {"relies_on": [{"global": "shop.on"}]},
        {"is_file": True},
        "cannot",
        "the page has no 'shop.on'",
    ),
    ("what the platform lacks", {"absent": {"en": "No."}}, {}, "not there", ""),
    (
        "what Shopify's pixel hears",
        {"customer_event": {"name": "x"}},
        {},
        "another page",
        "the checkout, where shopify-pixel.js hears it",
    ),
    ("what only the shop knows", {"needs": "Push it."}, {}, "needs a push", ""),
]


@pytest.mark.parametrize(("way", "facts", "state", "why"), [case[1:] for case in CASES])
def test_a_verdict(way: dict[str, Any], facts: dict[str, Any], state: str, why: str) -> None:
    said = verdict(way, **facts)
    assert (said.state, said.why) == (state, why)


def test_what_a_saved_page_cannot_have_is_said() -> None:
    said = verdict({"relies_on": [{"global": "shop.on"}]}, is_file=True, blocked=1)
    assert said.unseen == ("shop.on",)


PUSHES: list[tuple[dict[str, Any], str]] = [
    ({"event": "buy"}, "detectable (high)"),
    ({"event": ["sold", "buy"]}, "detectable (high)"),
    (
        {"event": "buy", "where": {"pushed": {"to": {"not": {"matches": "^G"}}}}},
        "detectable (high)",
    ),
    ({"event": "buy", "where": {"page_path": {"not": {"contains": "x"}}}}, "detectable (high)"),
    ({"event": "buy", "where": {"pushed": {"stock": "out"}}}, "needs a push"),
    ({"event": "buy", "where": {"pushed": {"stock": {"matches": "out"}}}}, "needs a push"),
    ({"event": "sold"}, "needs a push"),
    ({"event": {"matches": "buy"}}, "detectable (high)"),
]


@pytest.mark.parametrize(("trigger", "shown"), PUSHES)
def test_a_push(trigger: dict[str, Any], shown: str) -> None:
    way = {"sure": "high", "trigger": trigger}
    seen = EMPTY._replace(layers={"dataLayer": (Entry("buy"),)})
    (said,) = judge([way], Page("p", seen), {"buy": "the shop"}, "en")
    assert said.shown == shown


CLICKS: list[tuple[Any, Asked]] = [
    ({"click": ".a"}, Asked(css=(".a",))),
    ({"link_click": {"css": ".a", "where": {"click_url": {"matches": "x"}}}}, Asked(css=(".a",))),
    (
        {"link_click": {"where": {"click_url": {"matches": "x", "ignore_case": True}}}},
        Asked(links=(Link("x", ignore_case=True),)),
    ),
    ([{"click": ".a"}, {"form_submit": {"css": ".b"}}], Asked(css=(".a", ".b"))),
    ({"element_visible": {"css": ".later"}}, Asked()),
    ({"link_click": {"where": {"click_url": {"starts_with": "x"}}}}, Asked()),
    ("page_view", Asked()),
]


@pytest.mark.parametrize(("trigger", "wanted"), CLICKS)
def test_what_has_to_be_there_for_a_click(trigger: Any, wanted: Asked) -> None:
    assert asked_of([{"trigger": trigger}]) == wanted


def test_the_best_of_some() -> None:
    states = [
        ("cannot", "high"),
        ("detectable", "low"),
        ("pushed", "medium"),
        ("needs a push", "high"),
    ]
    verdicts = [Verdict(state, sure) for state, sure in states]
    assert best(verdicts) == Verdict("pushed", "medium")
    assert best([Verdict("needs a push"), Verdict("another page", "low")]).state == "another page"


def test_everything_the_catalog_asks_can_be_judged() -> None:
    """A new kind of way in the catalog must not break the doctor."""
    for catalog in (Catalog(), Few()):
        for name in catalog.ids:
            for ways in catalog.entry(name)["detect"].values():
                for way in ways:
                    assert verdict(way).state
