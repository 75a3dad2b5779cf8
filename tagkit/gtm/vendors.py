"""Whose scripts a tag loads: vendors that follow people and have no consent checks built in.

Google's tags have them, so Google is not here; nor are players and chats, which a visitor asks for.
By the host in the code, by GTM's own tag type ([docs] "restrict tag deployment"), and, for a
template of the gallery, by the hosts in its code.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

META = "Meta Pixel"

_HOSTS: Mapping[str, str] = MappingProxyType(
    {
        "connect.facebook.net": META,
        "static.hotjar.com": "Hotjar",
        "script.hotjar.com": "Hotjar",
        "www.clarity.ms": "Microsoft Clarity",
        "analytics.tiktok.com": "TikTok",
        "snap.licdn.com": "LinkedIn",
        "px.ads.linkedin.com": "LinkedIn",
        "s.pinimg.com/ct": "Pinterest",
        "ct.pinterest.com": "Pinterest",
        "bat.bing.com": "Microsoft Advertising",
        "static.criteo.net": "Criteo",
        "dynamic.criteo.com": "Criteo",
        "sslwidget.criteo.com": "Criteo",
        "sc-static.net": "Snapchat",
        "static.ads-twitter.com": "X (Twitter)",
        "analytics.twitter.com": "X (Twitter)",
        "www.redditstatic.com/ads": "Reddit",
        "a.quora.com": "Quora",
        "cdn.taboola.com": "Taboola",
        "amplify.outbrain.com": "Outbrain",
        "mc.yandex.ru": "Yandex Metrica",
        "js.hs-scripts.com": "HubSpot",
        "cdn.mxpnl.com": "Mixpanel",
        "edge.fullstory.com": "FullStory",
        "cdn.mouseflow.com": "Mouseflow",
        "script.crazyegg.com": "Crazy Egg",
        "s.adroll.com": "AdRoll",
        "static.klaviyo.com": "Klaviyo",
        "www.dwin1.com": "Awin",
        "creativecdn.com": "RTB House",
        "web-sdk.smartlook.com": "Smartlook",
        "rec.smartlook.com": "Smartlook",
        "cdn.luckyorange.com": "Lucky Orange",
        "cdn.heapanalytics.com": "Heap",
    }
)
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "hjtc": "Hotjar",
        "bzi": "LinkedIn",
        "pntr": "Pinterest",
        "baut": "Microsoft Advertising",
        "crto": "Criteo",
        "twitter_website_tag": "X (Twitter)",
        "qpx": "Quora",
        "qca": "Quantcast",
        "cegg": "Crazy Egg",
        "mf": "Mouseflow",
        "asp": "AdRoll",
        "awc": "Awin",
        "awj": "Awin",
    }
)
_HOST = re.compile(
    r"//(?:[a-z0-9-]+\.)?(" + "|".join(re.escape(host) for host in _HOSTS) + r")(?![\w.-])",
    re.IGNORECASE,
)


def vendor_in(code: str) -> str:
    """The first vendor whose address stands in the code; "" when there is none."""
    found = _HOST.search(code)
    return _HOSTS[found[1].lower()] if found else ""


def vendor_of_type(type_code: str) -> str:
    """The vendor of a tag type that GTM has built in; "" when it is none of them."""
    return _TYPES.get(type_code, "")
