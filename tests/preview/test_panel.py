"""The panel beside the demo shop and beside others, used as a person uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from .conftest import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .client import Client
    from .panel import Panel

    Start = Callable[..., Client]
    Open = Callable[..., Panel]


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
    for _ in range(50):  # what the browser asks is told a little later
        if asked:
            break
        panel.page.wait_for_timeout(100)
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
