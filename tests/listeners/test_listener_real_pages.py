"""On saved pages of real shops nothing is said that is not so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from listener_stage import LISTENERS, ROOT, Scene

if TYPE_CHECKING:
    from pathlib import Path

    from listener_stage import Stage

pytestmark = pytest.mark.browser

PAGES = ROOT.parent / "shared" / "pages"
KINDS = (
    "404",
    "cart-coupon-error",
    "category",
    "checkout",
    "checkout-payment-declined",
    "contact-error",
    "contact-success",
    "home",
    "newsletter-error",
    "product",
    "product-out-of-stock",
    "product-variable",
    "registration-error",
    "search-empty",
    "search-empty-blog",
)
# What each kind of page says of itself, unless the shop's own data layer does. Failed payments,
# refused coupons and errors that were there before the visitor did anything say nothing.
SAYS = {
    "404": {"page_not_found"},
    "product": {"view_item"},
    "product-variable": {"view_item"},
    "product-out-of-stock": {"view_item", "out_of_stock"},
    "search-empty": {"empty_search"},
    "search-empty-blog": {"empty_search"},
}
# What the shop says itself: gtm4wp plainly (not for variants). What ps_googleanalytics says by gtag, it says to its own property.
SHOP_SAYS = {
    ("woocommerce-classic-gtm4wp", "product"): {"view_item"},
    ("woocommerce-classic-gtm4wp", "product-out-of-stock"): {"view_item"},
}
FILES = [
    pytest.param(path, id=f"{path.parent.name}/{path.stem}")
    for path in sorted(PAGES.glob("*/*.html"))
    if path.stem in KINDS
]


def scene(path: Path) -> Scene:
    html = path.read_text(encoding="utf-8")
    canonical = re.search(r'<link rel="canonical" href="https?://[^/]+([^"]*)"', html)
    address = f"/{path.stem.split('-')[0]}"
    if path.stem.startswith("search"):
        address = "/search?s=qqqzzz"
    elif path.stem.startswith("product") and canonical:
        address = canonical[1]
    return Scene(path.stem, [], html=html, path=address)


@pytest.mark.skipif(not FILES, reason="no saved shop pages: ../shared/pages is not there")
@pytest.mark.parametrize("path", FILES)
def test_real_page(stage: Stage, path: Path) -> None:
    said = {
        push["event"].removeprefix("tagkit.") for push in stage.play(scene(path), *LISTENERS).ours
    }

    assert said == SAYS.get(path.stem, set()) - SHOP_SAYS.get((path.parent.name, path.stem), set())
