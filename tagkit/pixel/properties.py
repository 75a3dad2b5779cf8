"""The names under which Meta reads what travels with an event, and what is mistaken for them.

Source: Meta Pixel reference and Advantage+ catalogue ads (2026-09); Meta's own mapping of GA4
parameters (Conversions API tag for GTM, 2025-08); recorded behaviour of fbevents.js 2.9.203.
"""

from __future__ import annotations

from tagkit.pixel.standard_events import STANDARD_EVENTS

ANYWHERE = ("value", "currency", "content_name", "content_category")
"""Of use with every event: its worth (value optimisation), and what it is about."""
OF_CUSTOM = (*ANYWHERE, "content_ids", "content_type", "contents")
"""What a custom event can have of them."""
KNOWN = frozenset(name for names in STANDARD_EVENTS.values() for name in names)
PARTICULAR = frozenset(
    ("num_items", "predicted_ltv", "search_string", "order_id", "delivery_category")
)
"""Those that mean something with one or two events only."""
OTHER_NAMES = {
    "content_id": "content_ids",
    "item_ids": "content_ids",
    "product_ids": "content_ids",
    "items": "contents",
    "products": "contents",
    "search_term": "search_string",
    "search_query": "search_string",
    "transaction_id": "order_id",
}
"""GA4's names, and what people write in their place."""

OF_CATALOGUE = ("ViewContent", "AddToCart", "Purchase")
"""The events that catalogue ads are shown by."""
CONTENT_TYPES = (
    "product", "product_group", "hotel", "flight", "destination", "home_listing", "vehicle",
)  # fmt: skip

MATCHING_KEYS = ("em", "ph", "fn", "ln", "db", "ge", "ct", "st", "zp", "external_id")
"""Of advanced matching: fbevents.js hashes them in ``init``, among properties it does not."""
