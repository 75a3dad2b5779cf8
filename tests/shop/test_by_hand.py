"""The shop used as people use it: again and again, back and forth, with the keyboard, in a narrow window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tagkit import shop
from tests.shop.playing import (
    DENIED,
    fired,
    meta_sent,
    opened,
    parameters_of,
    play,
    problems,
    url_of,
)

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

CART = "shop:/cart?basket=TEA-12x2,POT-03x1"
PAGES = [path for path in shop.PATHS if "." not in path]


def ga4(page, event):
    return [parameters_of(hit) for hit in page.ga4(event=event)]


@pytest.mark.parametrize(
    ("address", "steps", "wanted"),
    [
        ("shop:/product", [{"click": "#add-to-cart"}], ["add_to_cart", "view_item"]),
        ("shop:/", [{"click": "#phone"}], ["phone_click"]),
        ("shop:/", [{"click": "#email"}], ["email_click"]),
        ("shop:/", [{"click": "#guide"}], ["file_download"]),
        ("shop:/product", [{"click": "#share-email"}], ["share", "view_item"]),
        ("shop:/product", [{"click": "#share-copy"}], ["share", "view_item"]),
        ("shop:/", [{"click": "#chat-open"}, {"click": "#chat-close"}], ["chat_click"]),
        (CART, [{"fill": {"#coupon-code": "NO"}}, {"click": "#apply-coupon"}], ["coupon_refused"]),
        ("shop:/contact", [{"click": "#contact button"}, {"wait": "1200 ms"}], ["form_error"]),
        (
            "shop:/",
            [
                {"fill": {"#newsletter-email": "ada@shop.example"}},
                {"submit": "#newsletter"},
                {"wait": "2200 ms"},
            ],
            ["newsletter_signup"],
        ),
    ],
)
def test_twice_is_twice(address, steps, wanted, open_page: OpenPage) -> None:
    page = opened(open_page, address)
    play(page, [*steps, *steps])
    once = [name for name in wanted if name == "view_item"]
    assert fired(page) == sorted([*once, *2 * [name for name in wanted if name not in once]])
    assert len(page.meta()) == len(fired(page))
    assert problems(page) == []


def test_from_the_list_to_the_thanks(open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/")
    play(
        page,
        [{"click": "text=Darjeeling"}, {"fill": {"#quantity": "3"}}, {"click": "#add-to-cart"}],
    )
    play(
        page,
        [{"click": "#added a"}, {"fill": {"#coupon-code": "tea10"}}, {"click": "#apply-coupon"}],
    )
    assert page.page.inner_text("#coupon-good") == "Ten per cent off."
    play(
        page, [{"click": "#to-checkout"}, {"click": "#pay"}, {"wait": "1 s"}]
    )  # nothing is filled in
    address = {"#name": "Ada", "#street": "Lipowa 1", "#postcode": "00-001", "#city": "Warszawa"}
    play(page, [{"fill": address}, {"click": "#pay-declined"}, {"click": "#pay"}])
    assert "did not go through" in page.page.inner_text("[role=alert]")
    play(page, [{"fill": address}, {"click": "#pay"}])
    assert page.page.inner_text("#order-number") == "10042"
    assert fired(page) == [
        "add_to_cart",
        "begin_checkout",
        "form_error",
        "payment_declined",
        "purchase",
        "view_item",
    ]
    (begun,) = ga4(page, "begin_checkout")
    assert begun == {
        "value": 174.15,
        "currency": "PLN",
        "coupon": "TEA10",
        "items": [{"item_id": "TEA-21", "item_name": "Darjeeling", "price": 64.5, "quantity": 3}],
    }
    (bought,) = ga4(page, "purchase")
    order = {"transaction_id": "10042", "value": 186.14, "tax": 34.81, "shipping": 11.99}
    assert bought == {**begun, **order}
    page.goto(page.page.url)  # an order is told once
    page.goto(url_of("shop:/thank-you?again"))
    assert fired(page).count("purchase") == 1
    assert page.page.inner_text("#cart-count") == "0"
    page.goto(url_of("shop:/checkout"))
    assert "Nothing is in the cart yet" in page.page.inner_text("main")
    assert fired(page).count("begin_checkout") == 1
    assert problems(page) == []


def test_the_next_order_has_the_next_number(open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/thank-you")
    assert "There is no order here" in page.page.inner_text("main")
    address = {"#name": "Ada", "#street": "Lipowa 1", "#postcode": "00-001", "#city": "Warszawa"}
    for _ in range(2):
        page.goto(url_of("shop:/checkout?basket=POT-03x1"))
        play(page, [{"fill": address}, {"click": "#pay"}])
    assert [hit["transaction_id"] for hit in ga4(page, "purchase")] == ["10042", "10043"]


@pytest.mark.parametrize(
    ("basket", "count"),
    [
        ("TEA-12x2,POT-03x1", "3"),
        ("TEA-30x1", "0"),  # sold out
        ("NOx1,TEA-12x0,TEA-12x-1,x,TEA-12x100,,toStringx1", "0"),
        ("", "0"),
    ],
)
def test_a_basket_in_a_link(basket: str, count: str, open_page: OpenPage) -> None:
    page = opened(open_page, f"shop:/cart?basket={basket}")
    assert page.page.inner_text("#cart-count") == count
    assert page.page.is_visible("#coupon") == (count != "0")
    assert fired(page) == []
    assert problems(page) == []


def test_kept_and_not_kept_any_more(open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/product")
    play(page, [{"click": "#add-to-wishlist"}, {"click": "#add-to-wishlist"}])
    assert fired(page) == ["add_to_wishlist", "view_item"]


def test_the_browsers_own_share_sheet(open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/")
    page.page.add_init_script("navigator.share = () => Promise.resolve()")
    page.goto(url_of("shop:/product"))
    play(page, [{"click": "#share-native"}, {"wait": "1 s"}])
    assert [hit["method"] for hit in ga4(page, "share")] == ["native"]
    assert fired(page) == ["share", "view_item"]


@pytest.mark.parametrize(
    ("choice", "granted"),
    [
        ("all", {"ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"}),
        ("statistics", {"analytics_storage"}),
        ("none", set()),
    ],
)
def test_the_banner(choice: str, granted: set[str], open_page: OpenPage) -> None:
    page = opened(
        open_page,
        "shop:/product",
        default=DENIED,
        plan={"update_event": "cookie_choice"},
        update_event="cookie_choice",
    )
    page.click(f'[data-consent="{choice}"]')
    pushed = page.js("dataLayer.filter((e) => e[1] === 'update').map((e) => ({...e[2]}))")
    assert pushed == [{kind: "granted" if kind in granted else "denied" for kind in DENIED}]
    assert page.event_names().count("cookie_choice") == 1
    assert len(page.meta()) == (1 if choice == "all" else 0)
    assert page.page.evaluate("document.activeElement.id") == "main"

    page.goto(url_of("shop:/product"))  # it is remembered, and not asked for again
    assert not page.page.is_visible("#cookies")
    assert len(page.meta()) == (2 if choice == "all" else 0)
    page.click("#cookies-open")
    assert page.page.is_visible("#cookies")
    page.click("#cookies p")  # a click beside the buttons chooses nothing
    assert page.page.is_visible("#cookies")
    page.click('[data-consent="none"]')
    page.click("#phone" if page.page.is_visible("#phone") else "body")
    assert len(page.meta()) == (2 if choice == "all" else 0)
    assert problems(page) == []


def test_with_the_keyboard_alone(open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/product", default=DENIED)
    keys = page.page.keyboard

    def focused() -> str:
        return str(
            page.page.evaluate(
                "document.activeElement.id || document.activeElement.dataset.consent || ''"
            )
        )

    def reach(wanted: str) -> None:
        for _ in range(40):
            if focused() == wanted:
                return
            keys.press("Tab")
        raise AssertionError(wanted)

    keys.press("Tab")
    assert page.page.evaluate("document.activeElement.className") == "skip"
    reach("all")
    keys.press("Enter")
    assert focused() == "main"
    reach("add-to-cart")
    keys.press("Space")
    reach("add-to-wishlist")
    keys.press("Enter")
    reach("chat-open")
    keys.press("Enter")
    assert focused() == "chat-close"
    keys.press("Enter")
    assert focused() == "chat-open"
    page.settle()
    assert fired(page) == ["add_to_cart", "add_to_wishlist", "chat_click", "view_item"]
    assert len(page.meta()) == 4


@pytest.mark.parametrize("language", shop.LANGUAGES)
def test_it_fits_a_narrow_window(language: str, open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/", "bare", language=language)
    page.page.set_viewport_size({"width": 320, "height": 640})
    for path in PAGES:
        page.goto(
            url_of(
                f"shop:{path}?basket=TEA-12x2&q=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            )
        )
        assert page.js("document.documentElement.scrollWidth") <= 320, path
    assert problems(page) == []
    page.page.set_viewport_size({"width": 1280, "height": 720})


def test_in_polish_the_same_is_measured(open_page: OpenPage) -> None:
    page = opened(open_page, "shop:/product", language="pl")
    play(page, [{"click": "#add-to-cart"}, {"click": "#more-info"}])
    assert fired(page) == ["add_to_cart", "more_info_click", "view_item"]
    assert meta_sent(page, "MoreInfoClick") == [{"link_text": "Więcej informacji"}]
    assert meta_sent(page, "AddToCart")[0]["value"] == 49.9
    assert problems(page) == []
