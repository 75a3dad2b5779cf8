"""Which GA4 events carry the ecommerce object."""

from __future__ import annotations

ECOMMERCE_EVENTS = frozenset(
    # the events whose tags may send the ecommerce object (GTM's GA4 event tag, measured 2026-11)
    {
        "add_payment_info", "add_shipping_info", "add_to_cart", "remove_from_cart", "view_cart",
        "begin_checkout", "select_item", "view_item_list", "select_promotion", "view_promotion",
        "purchase", "refund", "view_item", "add_to_wishlist",
    }
)  # fmt: skip
