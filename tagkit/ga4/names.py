"""Names of GA4: which of them Google drops, keeps for itself, or sends already.

Source: support.google.com/analytics/answer/13316687 (naming), 9267744 (limits), 9216061 (enhanced
measurement); the Measurement Protocol reference; Google's own validator (ga-dev-tools).
"""

from __future__ import annotations

import re

EVENT_LENGTH = 40
PARAMETER_LENGTH = 40
USER_PROPERTY_LENGTH = 24

EVENT_PREFIXES = ("_", "firebase_", "ga_", "google_", "gtag.", "query_id")
PARAMETER_PREFIXES = ("_", "firebase_", "ga_", "google_", "gtag.")
USER_PROPERTY_PREFIXES = ("_", "firebase_", "ga_", "google_")

NEVER = frozenset(
    {
        "ad_activeview", "ad_click", "ad_exposure", "ad_impression", "ad_query", "ad_reward",
        "adunit_exposure", "app_clear_data", "app_exception", "app_install", "app_remove",
        "app_store_refund", "app_store_subscription_cancel", "app_store_subscription_renew",
        "app_update", "app_upgrade", "dynamic_link_app_open", "dynamic_link_app_update",
        "dynamic_link_first_open", "error", "firebase_campaign",
        "firebase_in_app_message_action", "firebase_in_app_message_dismiss",
        "firebase_in_app_message_impression", "first_open", "first_visit", "in_app_purchase",
        "notification_dismiss", "notification_foreground", "notification_open",
        "notification_receive", "notification_send", "os_update", "screen_view",
        "session_start", "user_engagement", "view_complete",
    }
)  # fmt: skip
"""Event names that GA4 drops."""

AUTOMATIC = {
    "click": "link_click",
    "file_download": "download_click",
    "form_start": "form_begin",
    "form_submit": "form_sent",
    "page_view": "content_view",
    "scroll": "scroll_depth",
    "video_start": "video_begin",
    "video_progress": "video_watched",
    "video_complete": "video_finished",
    "view_search_results": "site_search",
}
"""What GA4 sends by itself (enhanced measurement), with a name that is free."""

USER_PROPERTIES = frozenset(
    {
        "cid", "customer_id", "customerid", "first_open_after_install", "first_open_time",
        "first_visit_time", "last_advertising_id_reset", "last_deep_link_referrer",
        "last_gclid", "lifetime_user_engagement", "non_personalized_ads", "session_id",
        "session_number", "sessionid", "sfmc_id", "sid", "uid", "user_id", "userid",
    }
)  # fmt: skip
"""User property names that GA4 drops."""

NO_DIMENSION = frozenset(
    {
        "cid", "customer_id", "customerid", "dclid", "gclid", "session_id", "sessionid",
        "sfmc_id", "sid", "srsltid", "uid", "userid",
    }
)  # fmt: skip
"""Parameters of which GA4 lets nobody make a custom dimension, without those it reports itself."""

FORM = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)
"""Of names of events, parameters and user properties."""
_BEFORE = r"^([0-9_]|firebase_|ga_|google_|gtag_|query_id)+"


def parameter_problem(
    name: str,
    length: int = PARAMETER_LENGTH,
    prefixes: tuple[str, ...] = PARAMETER_PREFIXES,
) -> str:
    """Why GA4 drops a parameter or user property of that name; empty when it does not."""
    if len(name) > length:
        return f"its name has {len(name)} characters, {length} are allowed"
    if name.startswith(prefixes):
        return "Google keeps names with this beginning for itself"
    if not FORM.fullmatch(name):
        return "names are letters, digits and underscores, a letter first"
    return ""


def user_property_problem(name: str) -> str:
    """Why GA4 drops a user property of that name; empty when it does not."""
    if name in USER_PROPERTIES:
        return "it is one of Google's own"
    return parameter_problem(name, USER_PROPERTY_LENGTH, USER_PROPERTY_PREFIXES)


def shortened(name: str, length: int) -> str:
    """The name cut between words."""
    cut = name[:length]
    return cut if name[length : length + 1] in ("", "_") else cut.rsplit("_", 1)[0]


def in_form(name: str, length: int = EVENT_LENGTH) -> str:
    """The nearest name that GA4 takes; empty when nothing is left of it."""
    from unicodedata import combining, normalize

    letters = "".join(c for c in normalize("NFKD", name.replace("ł", "l")) if not combining(c))
    plain = re.sub(r"[^A-Za-z0-9]+", "_", letters).strip("_").lower()
    return shortened(re.sub(_BEFORE, "", plain), length)
