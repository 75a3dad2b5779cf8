"""On the demo shop each conversion of the catalog fires exactly once, says the right things, and nothing else fires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop.playing import (
    VISITORS,
    fired,
    meta_events,
    meta_of,
    meta_sent,
    opened,
    parameters_of,
    play,
    problems,
)

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

each = pytest.mark.parametrize("name", VISITORS)
both_ways = pytest.mark.parametrize("way", ["container", "snippets"])


@each
@both_ways
def test_it_fires_once_and_nothing_else_does(way: str, name: str, open_page: OpenPage) -> None:
    visitor = VISITORS[name]
    page = opened(open_page, visitor["open"], way)
    play(page, visitor["steps"])
    wanted = [name, *visitor.get("also", [])]
    assert meta_events(page) == meta_of(wanted)
    for one in visitor["expect"]["meta_pixel"]:
        assert meta_sent(page, one["event"]) == [one["properties"]]
    if way == "container":
        assert fired(page) == sorted(wanted)
        for one in visitor["expect"]["google_analytics"]:
            assert [parameters_of(hit) for hit in page.ga4(event=one["event"])] == [
                one["parameters"]
            ]
    assert problems(page) == []


@each
@both_ways
def test_it_does_not_fire_without_the_action(way: str, name: str, open_page: OpenPage) -> None:
    visitor = VISITORS[name]
    without = visitor["without"]
    page = opened(open_page, without.get("open", visitor["open"]), way)
    play(page, without.get("steps", []))
    wanted = without.get("also", visitor.get("also", []))
    assert meta_events(page) == meta_of(wanted)
    assert fired(page) == (sorted(wanted) if way == "container" else [])
    assert problems(page) == []


def test_the_catalog_says_what_else_happens() -> None:
    for name, visitor in VISITORS.items():
        others = [*visitor.get("also", []), *visitor["without"].get("also", [])]
        assert set(others) <= VISITORS.keys() - {name}
