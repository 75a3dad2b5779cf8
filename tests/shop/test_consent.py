"""What reaches Google and Meta before and after the visitor's choice on the shop's banner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop.playing import (
    DENIED,
    VISITORS,
    fired,
    meta_events,
    meta_of,
    opened,
    play,
    url_of,
)

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

each = pytest.mark.parametrize("name", VISITORS)
ACCEPT = '[data-consent="all"]'
LEAVES = {
    "more_info_click"
}  # the click leads to another page, and what waited is gone with its own


@each
@pytest.mark.parametrize("mode", ["advanced", "basic"])
def test_nothing_before_the_choice_all_after_it(mode: str, name: str, open_page: OpenPage) -> None:
    visitor = VISITORS[name]
    wanted = [name, *visitor.get("also", [])]
    page = opened(open_page, visitor["open"], default=DENIED, plan={"mode": mode})
    play(page, visitor["steps"])
    assert page.meta(page_views=True) == []
    assert page.requests() == []
    early = page.ga4()
    if mode == "basic":
        assert page.ga4(page_views=True) == []
    else:  # Google's tags adapt by themselves: hits without cookies, marked as denied
        assert fired(page) == sorted(wanted)
        assert {hit["consent"]["analytics_storage"] for hit in early} == {"denied"}

    here = [hit["tag"] for hit in early if hit["url"] == page.page.url]
    page.click(ACCEPT)
    assert page.meta(page_views=True)[0]["event"] == "PageView"
    if mode == "advanced":
        assert meta_events(page) == meta_of([tag.removeprefix("TK - GA4 - ") for tag in here])
    (event,) = meta_of([name])  # what happened on this page is not lost for Meta
    assert meta_events(page).count(event) == (0 if name in LEAVES else 1)
    assert fired(page) == sorted(wanted if mode == "advanced" else [])

    if mode == "advanced":
        return
    page.js("sessionStorage.clear(); localStorage.removeItem('last-order')")
    before = len(page.meta())
    page.goto(url_of(visitor["open"]))  # the choice is remembered
    play(page, visitor["steps"])
    assert fired(page) == sorted(wanted)
    assert len(page.meta()) == before + len(wanted)
    assert {hit["consent"]["analytics_storage"] for hit in page.ga4()} == {"granted"}


@each
def test_the_snippets_wait_too(name: str, open_page: OpenPage) -> None:
    visitor = VISITORS[name]
    page = opened(open_page, visitor["open"], "snippets", default=DENIED)
    play(page, visitor["steps"])
    assert page.meta(page_views=True) == []
    assert page.requests() == []
    page.click(ACCEPT)
    assert page.meta(page_views=True)[0]["event"] == "PageView"
    (event,) = meta_of([name])
    assert meta_events(page).count(event) == (0 if name in LEAVES else 1)
