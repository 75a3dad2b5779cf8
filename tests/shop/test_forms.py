"""Forms as people fill them in: wrong, then right, with the Enter key, with a double click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.shop.playing import fired, meta_events, meta_of, opened, play, problems

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

MAIL = "ada@shop.example"
SOON = {"wait": "1200 ms"}
LATER = {"wait": "1800 ms"}
ENTER, TWO_CLICKS = "Enter", "two clicks"
ASKED = {"#contact-email": MAIL, "#contact-message": "When does the harvest come?"}
ORDERED = {"#name": "Ada", "#street": "Lipowa 1", "#postcode": "00-001", "#city": "Warszawa"}
SENDS = {
    "contact": "#contact button",
    "newsletter": "#newsletter button",
    "account": "#sign-up button",
}

# page, steps (a text: on which field or button, and how), what fires
JOURNEYS = {
    "wrong, then right": (
        "shop:/contact",
        [{"click": SENDS["contact"]}, SOON, {"fill": ASKED}, {"click": SENDS["contact"]}, LATER],
        ["form_error", "contact_form"],
    ),
    "wrong twice, then right": (
        "shop:/contact",
        [
            {"click": SENDS["contact"]},
            SOON,
            {"fill": {"#contact-email": "ada"}},
            {"click": SENDS["contact"]},
            SOON,
            {"fill": ASKED},
            {"click": SENDS["contact"]},
            LATER,
        ],
        ["form_error", "form_error", "contact_form"],
    ),
    "a question sent with Enter": (
        "shop:/contact",
        [{"fill": ASKED}, {ENTER: "#contact-email"}, LATER],
        ["contact_form"],
    ),
    "a question sent with two clicks": (
        "shop:/contact",
        [{"fill": ASKED}, {TWO_CLICKS: SENDS["contact"]}, LATER],
        ["contact_form"],
    ),
    "no address for the letters": (
        "shop:/",
        [{"fill": {"#newsletter-email": "ada"}}, {ENTER: "#newsletter-email"}, SOON],
        ["form_error"],
    ),
    "joined with Enter": (
        "shop:/delivery",
        [{"fill": {"#newsletter-email": MAIL}}, {ENTER: "#newsletter-email"}, LATER],
        ["newsletter_signup"],
    ),
    "joined with two clicks": (
        "shop:/delivery",
        [{"fill": {"#newsletter-email": MAIL}}, {TWO_CLICKS: SENDS["newsletter"]}, LATER],
        ["newsletter_signup"],
    ),
    "joined at the checkout": (
        "shop:/checkout?basket=TEA-12x1",
        [{"fill": {"#newsletter-email": MAIL}}, {"click": SENDS["newsletter"]}, LATER],
        ["begin_checkout", "newsletter_signup"],
    ),
    "joined on the page of an account": (
        "shop:/account",
        [{"fill": {"#newsletter-email": MAIL}}, {"click": SENDS["newsletter"]}, LATER],
        ["newsletter_signup"],
    ),
    "joined on the page of a contact form": (
        "shop:/contact",
        [{"fill": {"#newsletter-email": MAIL}}, {"click": SENDS["newsletter"]}, LATER],
        ["newsletter_signup"],
    ),
    "a short password, then a longer one": (
        "shop:/account",
        [
            {"fill": {"#account-email": MAIL}},
            {"type": ("#account-password", "short")},
            {ENTER: "#account-password"},
            SOON,
            {"fill": {"#account-password": "sencha-at-seventy"}},
            {ENTER: "#account-password"},
            LATER,
        ],
        ["form_error", "sign_up"],
    ),
    "a coupon with Enter": (
        "shop:/cart?basket=TEA-12x1",
        [{"fill": {"#coupon-code": "NO"}}, {ENTER: "#coupon-code"}, SOON],
        ["coupon_refused"],
    ),
    "no coupon at all": ("shop:/cart?basket=TEA-12x1", [{"click": "#apply-coupon"}, SOON], []),
    "a good coupon after a bad one": (
        "shop:/cart?basket=TEA-12x1",
        [
            {"fill": {"#coupon-code": "NO"}},
            {"click": "#apply-coupon"},
            SOON,
            {"fill": {"#coupon-code": "TEA10"}},
            {"click": "#apply-coupon"},
            SOON,
        ],
        ["coupon_refused"],
    ),
    "none of it": (
        "shop:/product",
        [{"fill": {"#quantity": "0"}}, {"click": "#add-to-cart"}, SOON],
        ["view_item", "form_error"],
    ),
    "no street": (
        "shop:/checkout?basket=TEA-12x1",
        [{"fill": {**ORDERED, "#street": ""}}, {"click": "#pay"}, SOON],
        ["begin_checkout", "form_error"],
    ),
    "an order with Enter": (
        "shop:/checkout?basket=TEA-12x1",
        [{"fill": ORDERED}, {ENTER: "#city"}, SOON],
        ["begin_checkout", "purchase"],
    ),
    "nothing looked for": ("shop:/", [{"submit": "#search"}, SOON], []),
    "a search with Enter": (
        "shop:/contact",
        [{"fill": {"#search-term": "coffee"}}, {ENTER: "#search-term"}, SOON],
        ["empty_search"],
    ),
    "typed and left": (
        "shop:/contact",
        [{"fill": ASKED}, {"fill": {"#newsletter-email": "ada"}}, {"click": "text=Account"}, SOON],
        [],
    ),
}


@pytest.mark.parametrize("way", ["container", "snippets"])
@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_form(journey: str, way: str, open_page: OpenPage) -> None:
    address, steps, wanted = JOURNEYS[journey]
    page = opened(open_page, address, way)
    for step in steps:
        ((does, what),) = step.items()
        if does == ENTER:
            page.page.press(what, "Enter")
        elif does == TWO_CLICKS:
            page.page.dblclick(what)
        elif does == "type":
            page.page.fill(what[0], "")
            page.page.type(*what)
        else:
            play(page, [step])
    page.settle()
    if way == "container":
        assert fired(page) == sorted(wanted)
    assert meta_events(page) == meta_of(wanted)
    assert problems(page) == []
