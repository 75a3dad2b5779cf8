"""On the demo shop each conversion of the catalog fires exactly once, says the right things, and nothing else fires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop.playing import VISITORS, fired, ga4_hits, meta_hits, opened, play

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

each = pytest.mark.parametrize("name", VISITORS)


@each
def test_it_fires_once_and_nothing_else_does(name: str, open_page: OpenPage) -> None:
    visitor = VISITORS[name]
    page = opened(open_page, visitor["open"])
    play(page, visitor["steps"])
    assert fired(page) == sorted([name, *visitor.get("also", [])])
    assert len(page.meta()) == len(fired(page))
    for wanted in visitor["expect"]["google_analytics"]:
        (hit,) = ga4_hits(page, wanted["event"])
        assert hit.items() >= wanted["parameters"].items()
    for wanted in visitor["expect"]["meta_pixel"]:
        (sent,) = meta_hits(page, wanted["event"])
        assert sent == wanted["properties"]
    assert [e for e in page.errors() if "404" not in e] == []


@each
def test_it_does_not_fire_without_the_action(name: str, open_page: OpenPage) -> None:
    visitor = VISITORS[name]
    without = visitor["without"]
    page = opened(open_page, without.get("open", visitor["open"]))
    play(page, without.get("steps", []))
    expected = without.get("also", visitor.get("also", []))
    assert fired(page) == sorted(expected)
    assert len(page.meta()) == len(expected)
    assert page.errors() == []
