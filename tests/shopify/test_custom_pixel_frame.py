"""The custom pixel in a frame as Shopify makes it: without an origin, on a page without GTM."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import harness
from tests.browser.harness import SHOP, Answer
from tests.platforms.sites import sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Frame

pytestmark = pytest.mark.browser
SITE = next(site for site in sites() if site.platform == "shopify")
ORDER = "happen('checkout_completed', {checkout: checkout({order: {id: '5123', customer: null}})})"


@pytest.fixture(params=["/custom/sandbox", "/custom/sandbox?denied"])
def page(request: pytest.FixtureRequest, chromium: harness.Tabs) -> Iterator[harness.Page]:
    frame = f'<iframe sandbox="allow-scripts allow-forms" src="{request.param}"></iframe>'
    routes = {**SITE.routes, "/checkouts/cn/1": Answer(f"<p>Kasa</p>{frame}", bare=True)}
    page = harness.open_page(chromium, SITE.container, url=f"{SHOP}checkouts/cn/1", routes=routes)
    yield page
    page.close()


def frame_of(page: harness.Page) -> Frame:
    return page.page.frames[1]


def ordered(page: harness.Page) -> harness.Page:
    frame = frame_of(page)
    frame.evaluate(ORDER)
    frame.wait_for_function(
        "window.__tagkit && window.__tagkit.ga4.some((h) => h.event === 'purchase')"
    )
    return page.settle()


def test_nothing_is_loaded_before_something_happens(page: harness.Page) -> None:
    assert frame_of(page).evaluate("self.origin") == "null"
    assert page.requests(*harness.GOOGLE_HOSTS) == []


def test_the_order_leaves_the_frame_as_the_visitor_allows(page: harness.Page) -> None:
    allowed = "denied" not in frame_of(page).url
    ordered(page)
    (hit,) = page.ga4(event="purchase")

    assert (hit["gcs"], "client_id" in hit["parameters"]) == (
        ("G111", True) if allowed else ("G100", False)
    )
    assert page.meta_events() == (["Purchase"] if allowed else [])
    assert page.errors() == []


@pytest.mark.parametrize("page", ["/custom/sandbox"], indirect=True)
def test_a_choice_is_passed_on_and_who_sells_no_data_advertises_nothing(page: harness.Page) -> None:
    frame = frame_of(page)
    frame.evaluate("choose(allowing(true, false))")
    ordered(page)
    (hit,) = page.ga4(event="purchase")

    assert hit["gcs"] == "G101"
    assert page.meta_events() == []
