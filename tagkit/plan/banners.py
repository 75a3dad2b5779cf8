"""Cookie banners by name -> the events with which they tell of a visitor's choice.

Only events that the vendors' own documents or code name.
"""

from __future__ import annotations

IN_DATA_LAYER: dict[str, tuple[str, ...]] = {
    # support.axeptio.eu/en/articles/348263: on every update of consent
    "axeptio": ("axeptio_update",),
    # complianz.io/configuring-categories-for-tag-manager, and the plugin's settings page
    "complianz": ("cmplz_event_statistics", "cmplz_event_marketing"),
    # README of cybotcorp/gtm-templates-cookiebot-cmp: one event for each category agreed to;
    # orbitmedia.com/process/cookiebot-post-deployment: one for any choice
    "cookiebot": (
        "cookie_consent_update",
        "cookie_consent_preferences",
        "cookie_consent_statistics",
        "cookie_consent_marketing",
    ),
    # developers.didomi.io, web SDK, Google Tag Manager
    "didomi": ("didomi-consent",),
    # developer.onetrust.com/onetrust/docs/google-tag-manager
    "onetrust": ("OneTrustGroupsUpdated",),
    # usercentrics.com docs, web CMP v2, events; the data layer event is named in its settings
    "usercentrics": ("consent_status",),
}
ON_PAGE: dict[str, tuple[str, ...]] = {
    # support.cookiefirst.com, public API: on window, when consent is given or changed
    "cookiefirst": ("cf_consent",),
    # cookieyes.com/documentation, events: on document, when the banner is answered
    "cookieyes": ("cookieyes_consent_update",),
}
"""JavaScript events: these two name none for the data layer."""

BANNERS = tuple(sorted({**IN_DATA_LAYER, **ON_PAGE}))
