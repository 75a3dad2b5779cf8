"""The panel beside the demo shop and beside others, used as a person uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from .shops import Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .client import Client
    from .panel import Panel
    from .shops import RunningShop

    Start = Callable[..., Client]
    Open = Callable[..., Panel]

ITEM = {"item_id": "T1", "item_name": "Sencha", "price": 49.9, "quantity": 1}
PAGE = """<!doctype html><html lang="en"><head><title>Tea</title></head><body>
<button id="buy" onclick='dataLayer.push({event: "add_to_cart", ecommerce: {currency: "PLN",
value: 49.9, items: [{item_id: "T1", item_name: "Sencha", price: 49.9, quantity: 1}]}})'>Buy</button>
<button id="typo" onclick='dataLayer.push({event: "addToCart"})'>Typo</button>
<a href="more.html">More</a></body></html>"""


@pytest.fixture
def panel(preview: Start, open_panel: Open) -> Panel:
    """Beside the demo shop."""
    return open_panel(preview())


@pytest.fixture
def beside_page(folder: Path, preview: Start, open_panel: Open) -> Panel:
    (folder / "tea.html").write_text(PAGE, "utf-8")
    (folder / "more.html").write_text(PAGE.replace("Buy", "Buy more"), "utf-8")
    return open_panel(preview(page="tea.html"))


# --- conversions light up


def test_a_conversion_lights_up(panel: Panel) -> None:
    panel.not_fired("Product viewed", "Added to the cart", "Purchase")
    panel.go("/product")
    panel.fired("Product viewed")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart")
    row = panel.conversion("Added to the cart")
    expect(row.locator(".mark")).to_have_text("\u2713")
    expect(row.locator(".place.sent")).to_have_count(2)
    expect(panel.page.locator("#said")).to_contain_text("Added to the cart fired")
    row.locator("summary").click()
    body = row.locator(".body")
    expect(body).to_contain_text("TK - add_to_cart - event")
    expect(body.locator(".hit").nth(0)).to_contain_text("GA4 add_to_cart to G-1A2B3C4D5E")
    expect(body.locator(".hit").nth(0)).to_contain_text('currency"PLN"')
    expect(body.locator(".hit").nth(0)).to_contain_text("value49.9")
    expect(body.locator(".hit").nth(1)).to_contain_text("Meta AddToCart to 1234567890123456")
    panel.not_fired("Purchase", "Form error")
    expect(panel.page.locator("#tab-conversions .count")).to_have_text("2/6")


def test_the_record_outlives_the_page(panel: Panel) -> None:
    panel.go("/product")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart")
    panel.shop.locator("a[href='/cart']").first.click()
    panel.at("/cart")
    panel.page.click("#reload")
    panel.at("/cart")
    panel.fired("Added to the cart")
    panel.go("/product")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart", 2)
    expect(panel.page.locator("#said")).to_contain_text("Added to the cart fired, 2 times")


def test_a_tab_of_its_own_reports_too(panel: Panel) -> None:
    panel.go("/product")
    panel.fired("Product viewed")
    with panel.context.expect_page() as opened:
        panel.page.click("#own")
    tab = opened.value
    tab.wait_for_load_state()
    assert urlsplit(tab.url).path == "/product"
    panel.fired("Product viewed", 2)
    tab.click("#add-to-cart")
    panel.fired("Added to the cart")


def test_start_over_and_new_visitor(panel: Panel) -> None:
    panel.go("/product")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart")
    panel.page.click("#again")
    panel.not_fired("Added to the cart")
    panel.fired("Product viewed")
    panel.at("/product")
    panel.page.get_by_role("button", name="Deny all").click()
    panel.page.evaluate("document.cookie = 'seen=1; path=/'")
    panel.page.click("#newcomer")
    panel.at("/")
    panel.not_fired("Product viewed")
    expect(panel.page.get_by_role("switch", name="ad_storage")).to_contain_text("not set")
    assert panel.page.evaluate("document.cookie") == ""


def test_nothing_leaves_for_google_or_meta(panel: Panel) -> None:
    panel.go("/product")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart")
    hosts = {urlsplit(url).netloc for url in panel.requests if url.startswith("http")}
    assert hosts == {urlsplit(panel.client.origin).netloc}
    panel.tab("Problems")
    expect(panel.page.locator("#no-problems")).to_be_visible()
    panel.page.click("#kept summary")
    expect(panel.page.locator("#kept-list")).to_contain_text("connect.facebook.net")


# --- consent


def test_consent_holds_back_and_lets_go(panel: Panel) -> None:
    panel.page.get_by_role("button", name="Deny all").click()
    panel.go("/product")
    row = panel.conversion("Product viewed")
    expect(row.locator(".place").nth(1)).to_contain_text("waits for consent")
    row.locator("summary").click()
    expect(row.locator(".body")).to_contain_text("kept until the visitor agrees")
    panel.page.get_by_role("switch", name="ad_storage").click()
    panel.page.get_by_role("switch", name="ad_user_data").click()
    expect(panel.page.get_by_role("switch", name="ad_storage")).to_be_checked()
    expect(row.locator(".place").nth(1)).to_contain_text("sent")
    expect(panel.page.get_by_role("switch", name="analytics_storage")).not_to_be_checked()
    panel.tab("Data layer")
    expect(panel.event("banner_answered")).to_have_count(3)


def test_the_choice_is_that_of_the_next_page_too(panel: Panel) -> None:
    switch = panel.page.get_by_role("switch", name="analytics_storage")
    expect(switch).to_contain_text("not set")
    switch.click()
    expect(switch).to_contain_text("denied")
    panel.go("/product")
    panel.fired("Product viewed")
    expect(switch).not_to_be_checked()
    assert panel.page.frame("tagkit-shop").evaluate(  # type: ignore[union-attr]
        "__tagkit.consent.map(({ action, state }) => [action, state.analytics_storage]).pop()"
    ) == ["update", "denied"]


def test_the_shop_s_banner_moves_the_switches(panel: Panel) -> None:
    switch = panel.page.get_by_role("switch", name="ad_storage")
    panel.page.get_by_role("button", name="Grant all").click()
    panel.shop.get_by_role("button", name="Only what is necessary").click()
    expect(switch).not_to_be_checked()
    expect(switch).to_contain_text("denied")
    panel.go("/product")
    panel.fired("Product viewed")
    expect(switch).not_to_be_checked()


# --- the data layer


def test_why_a_trigger_did_not_match(beside_page: Panel) -> None:
    panel = beside_page
    panel.shop.get_by_role("button", name="Typo").click()
    panel.tab("Data layer")
    row = panel.event("addToCart")
    row.locator("summary").first.click()
    expect(row).to_contain_text(
        'TK - add_to_cart - event Event is "addToCart", wanted: equals "add_to_cart"'
    )
    expect(row).to_contain_text("No tag ran.")
    expect(row.locator(".elsewhere summary")).to_contain_text("wait for other events")
    panel.shop.get_by_role("button", name="Buy").click()
    panel.tab("Data layer")
    row = panel.event("add_to_cart")
    expect(row.locator("summary .count").first).to_have_text("\u2713 Added to the cart")
    row.locator("summary").first.click()
    expect(row.locator(".tag")).to_have_text(
        ["TK - GA4 - add_to_cart fired", "TK - Meta - add_to_cart fired"]
    )
    expect(row.locator("pre")).to_contain_text('"item_id": "T1"')


def test_search(beside_page: Panel) -> None:
    panel = beside_page
    panel.shop.get_by_role("button", name="Buy").click()
    panel.fired("Added to the cart")
    panel.tab("Data layer")
    visible = panel.page.locator("#events .event:visible summary code:first-child")
    panel.page.fill("#search", "sencha ADD_to")
    expect(visible).to_have_text(["add_to_cart"])
    expect(panel.page.locator("#found")).to_have_text(re.compile(r"^1 of \d+$"))
    panel.page.fill("#search", "no such thing")
    expect(visible).to_have_count(0)
    expect(panel.page.locator("#events .page:visible")).to_have_count(0)
    panel.page.press("#search", "Escape")
    expect(panel.page.locator("#search")).to_have_value("")
    expect(panel.page.locator("#events .page:visible")).to_have_text(["/tea.html"])


def test_a_push_by_hand(beside_page: Panel) -> None:
    panel = beside_page
    panel.tab("Data layer")
    note = panel.page.locator("#push-note")
    for wrong, said in (("{event", "not JSON"), ("[1]", "A push is an object"), ("null", "object")):
        panel.page.fill("#message", wrong)
        panel.page.get_by_role("button", name="Push").click()
        expect(note).to_contain_text(said)
    panel.page.fill("#message", '{"event": "newsletter_signup"}')
    panel.page.get_by_role("button", name="Push").click()
    expect(note).to_have_text("Pushed.")
    panel.fired("Newsletter joined")


# --- other sources


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


# --- the plan


def test_the_plan_s_errors_are_shown(beside_page: Panel, folder: Path) -> None:
    panel, plan = beside_page, folder / "plan.yaml"
    good = plan.read_text("utf-8")
    plan.write_text(good.replace("add_to_cart", "add_to_kart"), "utf-8")
    alert = panel.page.get_by_role("alert")
    expect(alert).to_contain_text("plan.yaml:7:32")
    expect(alert).to_contain_text("did you mean 'add_to_cart'?")
    expect(panel.conversion("Added to the cart")).to_be_visible()
    plan.write_text(good.replace("add_to_cart", "share"), "utf-8")
    expect(alert).to_be_hidden()
    expect(panel.conversion("Added to the cart")).to_have_count(0)
    expect(panel.page.locator("#said")).to_contain_text("The plan has changed")
    expect(panel.page.locator("#events .page")).to_have_count(2)


def test_a_host_that_turns_up_late(beside_page: Panel, folder: Path) -> None:
    """It is refused once; one that measures is refused each time."""
    panel = beside_page
    asked: list[str] = []
    panel.context.route(
        "https://*/**", lambda route: (asked.append(route.request.url), route.abort())
    )
    for name in ("pixel.example.com", "www.facebook.com"):
        (folder / f"{name}.html").write_text(
            f"<head></head><script>new Image().src = 'https' + '://' + {name.split('.')} .join('.') + '/x'"
            "</script>", "utf-8",
        )  # fmt: skip
    panel.go("/pixel.example.com.html")
    panel.tab("Problems")
    problems = panel.page.locator("#problem-list")
    expect(problems).to_contain_text("https://pixel.example.com \u2013 its pages did not name")
    panel.page.click("#reload")
    panel.page.wait_for_function("() => frames['tagkit-shop'].document.readyState === 'complete'")
    panel.go("/www.facebook.com.html")
    expect(problems).to_contain_text("https://www.facebook.com \u2013 it measures")
    panel.page.click("#reload")
    expect(problems.locator("li", has_text="facebook")).to_contain_text("2\u00d7")
    assert asked == ["https://pixel.example.com/x"]
    panel.complaints.clear()


def test_a_page_whose_gtm_waits(folder: Path, preview: Start, open_panel: Open) -> None:
    """For the cookie banner, say."""
    (folder / "tea.html").write_text(PAGE, "utf-8")
    (folder / "late.html").write_text(
        "<head></head><button onclick=\"var s = document.createElement('script');"
        "s.src = 'https://www.googletagmanager.com/gtm.js'; (window.dataLayer = window.dataLayer || [])"
        ".push({event: 'gtm.js'}); document.head.append(s)\">Accept</button>",
        "utf-8",
    )
    panel = open_panel(preview(page="tea.html"))
    panel.go("/late.html")
    panel.tab("Problems")
    problems = panel.page.locator("#problem-list")
    expect(problems).to_contain_text("GTM has not started")
    panel.shop.get_by_role("button", name="Accept").click()
    expect(problems).to_be_empty()


def test_a_preview_that_has_stopped(panel: Panel) -> None:
    panel.page.route("**/state.json", lambda route: route.abort())
    expect(panel.page.locator("#said.gone")).to_contain_text("The preview has stopped")
    panel.page.unroute("**/state.json")
    expect(panel.page.locator("#said.gone")).to_have_count(0)
    panel.complaints = [said for said in panel.complaints if "ERR_FAILED" not in said]


# --- language and keyboard


def test_polish(panel: Panel) -> None:
    panel.page.get_by_role("button", name="PL", exact=True).click()
    assert panel.page.evaluate("document.documentElement.lang") == "pl"
    expect(panel.page.locator("#tab-log")).to_contain_text("Warstwa danych")
    panel.go("/product")
    expect(panel.conversion("Product viewed").locator(".state")).to_contain_text("zadziałała")
    panel.page.reload()
    expect(panel.page.locator("#copy")).to_have_text("Kopiuj scenariusz")
    panel.page.get_by_role("button", name="EN", exact=True).click()
    expect(panel.page.locator("#copy")).to_have_text("Copy as scenario")


def test_the_plan_s_language_is_the_first(folder: Path, preview: Start, open_panel: Open) -> None:
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("currency: PLN", "language: pl"), "utf-8")
    panel = open_panel(preview())
    expect(panel.page.locator("#again")).to_have_text("Od nowa")
    expect(panel.shop.locator("html")).to_have_attribute("lang", "pl")


def test_both_languages_say_the_same_things(panel: Panel) -> None:
    assert panel.page.evaluate(
        """async () => {
          const { TEXTS } = await import('/__tagkit__/texts.js');
          const keys = (texts) => Object.entries(texts).flatMap(([key, held]) =>
            [`${key} ${typeof held}`, ...(typeof held === 'object' ? keys(held) : [])]);
          return JSON.stringify(keys(TEXTS.en)) === JSON.stringify(keys(TEXTS.pl));
        }"""
    )


def test_by_keyboard_alone(beside_page: Panel) -> None:
    """Tab goes through all in the order of the page; what has the focus is seen to have it."""
    page = beside_page.page
    order = []
    for _ in range(24):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                """() => { const { activeElement: at } = document;
                  const { outlineStyle, outlineWidth } = getComputedStyle(at);
                  return [at.id || at.textContent.trim().slice(0, 20),
                    at.id === 'frame' || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2)];
                }"""
            )
        )
        if order[-1][0] == "conversions":
            break
    names = [name for name, _ in order]
    assert names == [
        "Skip to the shop", "address", "Go", "reload", "again", "newcomer", "own", "copy", "EN",
        "PL", "grant", "deny", "switch-analytics_storage", "switch-ad_storage", "switch-ad_user_data",
        "switch-ad_personalization", "tab-conversions", "conversions",
    ]  # fmt: skip
    assert [name for name, seen in order if not seen] == []


def test_keys_do_what_they_do_elsewhere(beside_page: Panel) -> None:
    panel, page = beside_page, beside_page.page
    page.focus("#switch-ad_storage")
    page.keyboard.press("Space")
    expect(page.locator("#switch-ad_storage")).to_have_attribute("aria-checked", "false")
    page.keyboard.press("Enter")
    expect(page.locator("#switch-ad_storage")).to_have_attribute("aria-checked", "true")
    page.focus("#tab-conversions")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-log")).to_be_focused()
    expect(page.locator("#log")).to_be_visible()
    page.keyboard.press("End")
    expect(page.locator("#problems")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#conversions")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    page.keyboard.press("x")
    expect(page.locator("#tab-conversions")).to_be_focused()
    summary = panel.conversion("Purchase").locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(panel.conversion("Purchase").locator(".body")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel.conversion("Purchase").locator(".body")).to_be_hidden()
    expect(summary).to_be_focused()
    page.focus("#copy")
    page.keyboard.press("Enter")
    expect(page.locator("#scenario")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#scenario")).to_be_hidden()
    expect(page.locator("#copy")).to_be_focused()
    page.focus("a.skip")
    page.keyboard.press("Enter")
    expect(page.locator("#shop")).to_be_focused()
