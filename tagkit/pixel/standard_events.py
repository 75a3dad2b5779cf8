"""Meta's standard events and the properties each of them knows.

Source: Meta Pixel reference (developers.facebook.com/documentation/meta-pixel/reference, 2026-09)
and the list of names in fbevents.js 2.9.203; both have the same 18 names.
"""

from __future__ import annotations

_ANY = ("content_category", "content_name")

STANDARD_EVENTS: dict[str, tuple[str, ...]] = {
    "PageView": (),
    "AddPaymentInfo": ("content_ids", "contents", "currency", "value", *_ANY),
    "AddToCart": ("content_ids", "content_type", "contents", "currency", "value", *_ANY),
    "AddToWishlist": ("content_ids", "contents", "currency", "value", *_ANY),
    "CompleteRegistration": ("currency", "value", "status", *_ANY),
    "Contact": (),
    "CustomizeProduct": (),
    "Donate": (),
    "FindLocation": (),
    "InitiateCheckout": ("content_ids", "contents", "currency", "num_items", "value", *_ANY),
    "Lead": ("currency", "value", *_ANY),
    "Purchase": (
        "content_ids", "content_type", "contents", "currency", "num_items", "value",
        "order_id", "delivery_category", *_ANY,
    ),
    "Schedule": (),
    "Search": (
        "content_ids", "content_type", "contents", "currency", "search_string", "value", *_ANY,
    ),
    "StartTrial": ("currency", "predicted_ltv", "value"),
    "SubmitApplication": (),
    "Subscribe": ("currency", "predicted_ltv", "value"),
    "ViewContent": ("content_ids", "content_type", "contents", "currency", "value", *_ANY),
}  # fmt: skip

CUSTOM_NAME_LENGTH = 50
"""Characters of a custom event's name (Meta: conversion tracking)."""
