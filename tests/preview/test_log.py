"""The data layer log of the panel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from .client import Client
    from .panel import Panel

    Start = Callable[..., Client]
    Open = Callable[..., Panel]


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


def test_a_session_of_many_events(panel: Panel) -> None:
    """The oldest go, but for those of a conversion; what stays can be searched."""
    panel.tab("Data layer")
    events = panel.page.locator("#events .event")
    frame = panel.page.frames[1]
    frame.evaluate("dataLayer.push({event: 'newsletter_signup'})")
    panel.fired("Newsletter joined")
    frame.evaluate("for (let i = 0; i < 1200; i += 1) dataLayer.push({event: 'tick', i})")
    frame.evaluate("dataLayer.push({event: 'last'})")
    expect(events.last).to_contain_text("last", timeout=20000)
    expect(panel.page.locator("#tab-log .count")).to_have_text("1000+")
    expect(events).to_have_count(1000)
    expect(events.first).to_contain_text("newsletter_signup")
    panel.fired("Newsletter joined")
    panel.go("/cart")
    frame.evaluate("for (let i = 0; i < 1200; i += 1) dataLayer.push({event: 'tock', i})")
    expect(events.nth(1)).to_contain_text("tock", timeout=20000)
    expect(panel.page.locator("#events .page")).to_have_text(["/", "/cart"])
    panel.page.click("#again")
    expect(panel.page.locator("#tab-log .count")).not_to_contain_text("+")


def test_a_message_of_megabytes(panel: Panel) -> None:
    panel.tab("Data layer")
    panel.page.frames[1].evaluate("dataLayer.push({event: 'large', text: 'x'.repeat(3e6)})")
    row = panel.event("large")
    row.locator("summary").first.click()
    expect(row.locator("pre")).to_contain_text(re.compile(r"x\n\u2026 \+29\d{5}$"))
