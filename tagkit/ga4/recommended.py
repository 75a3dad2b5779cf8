"""GA4's recommended events: what each needs, and which parameters GA4 knows by itself.

Source: developers.google.com/analytics/devguides/collection/ga4/reference/events, and the required
fields of Google's validator (ga-dev-tools). ``value`` is expected where its absence makes reports
empty; ``currency`` is required wherever there is a value.
"""

from __future__ import annotations

_MONEY = ("value", "currency")

REQUIRED: dict[str, tuple[str, ...]] = {
    "add_payment_info": (*_MONEY, "items"),
    "add_shipping_info": (*_MONEY, "items"),
    "add_to_cart": (*_MONEY, "items"),
    "add_to_wishlist": (*_MONEY, "items"),
    "begin_checkout": (*_MONEY, "items"),
    "post_score": ("score",),
    "purchase": ("transaction_id", *_MONEY, "items"),
    "refund": ("transaction_id", *_MONEY),
    "remove_from_cart": (*_MONEY, "items"),
    "search": ("search_term",),
    "select_item": ("items",),
    "spend_virtual_currency": ("value", "virtual_currency_name"),
    "unlock_achievement": ("achievement_id",),
    "view_cart": (*_MONEY, "items"),
    "view_item": (*_MONEY, "items"),
    "view_item_list": ("items",),
    "view_promotion": ("items",),
}
"""Per event, the parameters without which its reports stay empty."""

OTHER = frozenset(
    {
        "ad_impression", "campaign_details", "close_convert_lead", "close_unconvert_lead",
        "disqualify_lead", "earn_virtual_currency", "generate_lead", "join_group", "level_end",
        "level_start", "level_up", "login", "page_view", "qualify_lead", "screen_view",
        "select_content", "select_promotion", "share", "sign_up", "tutorial_begin",
        "tutorial_complete", "view_search_results", "working_lead",
    }
)  # fmt: skip
"""The recommended events without a required parameter."""

KNOWN_PARAMETERS = frozenset(
    {
        "achievement_id", "affiliation", "campaign", "campaign_id", "character", "content",
        "content_group", "content_id", "content_type", "coupon", "creative_name", "creative_slot",
        "currency", "customer_type", "debug_mode", "disqualified_lead_reason",
        "engagement_time_msec", "file_extension", "file_name", "group_id", "ignore_referrer",
        "item_id", "item_list_id", "item_list_name", "item_name", "items", "language",
        "lead_source", "lead_status", "level", "level_name", "link_classes", "link_domain",
        "link_id", "link_text", "link_url", "location_id", "medium", "method", "outbound",
        "page_location", "page_referrer",
        "page_title", "payment_type", "percent_scrolled", "promotion_id", "promotion_name",
        "score", "screen_class", "screen_name", "search_term", "send_to", "session_id",
        "shipping", "shipping_tier", "source", "success", "tax", "term", "transaction_id",
        "traffic_type", "transport_type", "unconvert_lead_reason", "user_data", "user_id",
        "value", "video_provider", "video_title", "video_url", "virtual_currency_name", "visible",
    }
)  # fmt: skip
"""Parameters that GA4 reports without a custom dimension of ours."""

PARAMETERS_PER_EVENT = 25
CUSTOM_DIMENSIONS = 50
CUSTOM_METRICS = 50
USER_DIMENSIONS = 25
KEY_EVENTS = 30
"""Per property, standard edition (support.google.com/analytics/answer/9267744, 12229021)."""
VALUE_LENGTH = {"page_title": 300, "page_referrer": 420, "page_location": 1000}
"""Characters of a parameter's value where it is not 100."""
PARAMETER_VALUE_LENGTH = 100
USER_PROPERTY_VALUE_LENGTH = 36
