"""The panel beside pages on disk and beside running shops."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .conftest import PAGE
from .shops import Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .client import Client
    from .panel import Panel
    from .shops import RunningShop

    Start = Callable[..., Client]
    Open = Callable[..., Panel]


def test_pages_of_a_folder(beside_page: Panel) -> None:
    panel = beside_page
    panel.shop.get_by_role("link", name="More").click()
    panel.at("/more.html")
    panel.shop.get_by_role("button", name="Buy more").click()
    panel.fired("Added to the cart")


def test_a_data_layer_of_another_name(folder: Path, preview: Start, open_panel: Open) -> None:
    snippet = (
        "<script>window.shopLayer = [{event: 'gtm.js'}];</script>"
        "<script async src='https://www.googletagmanager.com/gtm.js?id=GTM-ABC&l=shopLayer'></script>"
    )
    page = PAGE.replace("</head>", f"{snippet}</head>").replace("dataLayer", "shopLayer")
    (folder / "tea.html").write_text(page, "utf-8")
    panel = open_panel(preview(page="tea.html"))
    panel.shop.get_by_role("button", name="Buy").click()
    panel.fired("Added to the cart")
    panel.page.get_by_role("button", name="Deny all").click()
    panel.tab("Data layer")
    expect(panel.event("banner_answered")).to_have_count(1)
    panel.go(f"{panel.client.origin}/tea.html?again")
    expect(panel.page.locator("#switch-ad_storage")).to_contain_text("denied")
    assert panel.page.frame("tagkit-shop").evaluate(  # type: ignore[union-attr]
        "__tagkit.consent.map(({ action, state }) => [action, state.ad_storage])"
    ) == [["update", "denied"]]


@pytest.mark.parametrize("has_gtm", [True, False])
def test_a_running_shop(
    running_shop: RunningShop, preview: Start, open_panel: Open, has_gtm: bool
) -> None:
    """Google's snippet, its own GA4 and pixel, a policy, a cookie, a post without a page."""
    google = (
        "<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':1,event:'gtm.js'});"
        "var j=d.createElement(s);j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i;"
        "d.head.appendChild(j)})(window,document,'script','dataLayer','GTM-ABC')</script>"
    )
    own = (
        "<script async src='https://www.googletagmanager.com/gtag/js?id=G-OTHER'></script>"
        "<script>!function(f,b,e,v){f.fbq=function(){f.fbq.callMethod?f.fbq.callMethod.apply(f.fbq,"
        "arguments):f.fbq.queue.push(arguments)};f.fbq.queue=[];var t=b.createElement(e);t.src=v;"
        "b.head.appendChild(t)}(window,document,'script',"
        "'https://connect.facebook.net/en_US/fbevents.js');fbq('init','999');fbq('track','PageView');"
        "</script><img src='https://www.facebook.com/tr?id=999&noscript=1'>"
    )
    page = PAGE.replace("</head>", f"{google if has_gtm else ''}</head>").replace(
        "<a ", f"{own}<a "
    )
    page = page.replace(
        "</body>",
        "<button id=ajax onclick=\"fetch('/cart/add', {method: 'POST', body: 'id=7'})"
        '.then((r) => r.json()).then((said) => dataLayer.push({event: said.event}))">Later</button>'
        f"<a id=abs href='{running_shop.origin}/next'>Next</a>"
        "<script>if (top !== self) top.location = self.location</script></body>",
    )
    running_shop.pages["/tea"] = Said(
        page,
        headers=[
            ("Content-Security-Policy", "script-src 'none'"),
            ("X-Frame-Options", "DENY"),
            ("Set-Cookie", "basket=7; Secure; Domain=shop.example"),
        ],
    )
    running_shop.pages["/next"] = running_shop.pages["/tea"]
    running_shop.pages["/cart/add"] = Said(
        '{"event": "newsletter_signup"}', content_type="application/json"
    )
    panel = open_panel(preview(url=f"{running_shop.origin}/tea"))
    panel.shop.get_by_role("button", name="Buy").click()
    panel.fired("Added to the cart")
    panel.shop.get_by_role("button", name="Later").click()
    panel.fired("Newsletter joined")
    (posted,) = [heard for heard in running_shop.heard if heard.method == "POST"]
    assert posted.headers["Cookie"] == "basket=7"
    assert posted.headers["Origin"] == running_shop.origin
    panel.shop.get_by_role("link", name="Next").click()
    panel.at("/next")
    panel.shop.get_by_role("button", name="Buy").click()
    panel.fired("Added to the cart", 2)
    frame = panel.page.frame("tagkit-shop")
    assert frame
    assert frame.evaluate("__tagkit.events.filter(({ name }) => name === 'gtm.js').length") == 1
    assert frame.evaluate("__tagkit.meta.some(({ pixel }) => pixel === '999')")
    hosts = {urlsplit(url).netloc for url in panel.requests if url.startswith("http")}
    assert {host for host in hosts if not host.startswith("127.0.0.1")} <= {"www.facebook.com"}
    panel.tab("Problems")
    expect(panel.page.locator("#problem-list")).to_contain_text("https://www.facebook.com")


@pytest.mark.parametrize("button", ["#reload", "#again", "#newcomer"])
def test_a_link_that_leads_out_of_the_shop(
    folder: Path, running_shop: RunningShop, preview: Start, open_panel: Open, button: str
) -> None:
    running_shop.pages["/"] = Said("<h1>Elsewhere</h1>")
    link = f"<a href='{running_shop.origin}/'>Out</a>"
    (folder / "tea.html").write_text(PAGE.replace("<a ", f"{link}<a "), "utf-8")
    panel = open_panel(preview(page="tea.html"))
    panel.shop.get_by_role("link", name="Out").click()
    expect(panel.shop.get_by_role("heading", name="Elsewhere")).to_be_visible()
    panel.page.click(button)
    panel.shop.get_by_role("button", name="Buy").click()
    panel.fired("Added to the cart")


def test_a_shop_that_stops(running_shop: RunningShop, preview: Start, open_panel: Open) -> None:
    running_shop.pages["/"] = running_shop.pages["/bad"] = Said(PAGE, 500)
    panel = open_panel(preview(url=running_shop.origin))
    expect(panel.shop.get_by_role("button", name="Buy")).to_be_visible()
    running_shop.stop()
    panel.page.click("#reload")
    expect(panel.shop.locator("h1")).to_have_text("The shop does not answer")
    running_shop.__init__()  # type: ignore[misc] # the fixture stops one that runs
