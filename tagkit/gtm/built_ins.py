"""GTM's built-in variables: their types in the file, their names in references."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

WEB, SERVER, AMP, MOBILE = "WEB", "SERVER", "AMP", "MOBILE"


class BuiltIn(NamedTuple):
    """A built-in variable: its type in the file and the name by which it is referenced."""

    type: str
    name: str
    contexts: tuple[str, ...]


_SMALL = {"Id": "ID", "Url": "URL", "Os": "OS", "Sdk": "SDK", "Html": "HTML"}


def _words(name: str) -> str:
    return " ".join(_SMALL.get(word, word) for word in name.replace("_", " ").title().split())


def _built_ins(contexts: tuple[str, ...], types: str, prefix: str = "") -> tuple[BuiltIn, ...]:
    return tuple(BuiltIn(prefix + name, _words(name), contexts) for name in types.split())


# [api] BuiltInVariable.type, in the API's order, which is the order of every export that lists
# any (86 of 86). Names: [export] where seen, else the words of the type.
BUILT_INS: Mapping[str, BuiltIn] = MappingProxyType(
    {
        built_in.type: built_in
        for built_in in (
            *_built_ins((WEB, AMP), "PAGE_URL PAGE_HOSTNAME PAGE_PATH"),
            *_built_ins(
                (WEB,),
                "REFERRER EVENT CLICK_ELEMENT CLICK_CLASSES CLICK_ID CLICK_TARGET CLICK_URL "
                "CLICK_TEXT",
            ),
            *_built_ins((), "FIRST_PARTY_SERVING_URL"),
            *_built_ins(
                (WEB,),
                "FORM_ELEMENT FORM_CLASSES FORM_ID FORM_TARGET FORM_URL FORM_TEXT "
                "ERROR_MESSAGE ERROR_URL ERROR_LINE",
            ),
            *_built_ins((), "NEW_HISTORY_URL OLD_HISTORY_URL"),
            *_built_ins(
                (WEB,),
                "NEW_HISTORY_FRAGMENT OLD_HISTORY_FRAGMENT NEW_HISTORY_STATE OLD_HISTORY_STATE "
                "HISTORY_SOURCE",
            ),
            *_built_ins(
                (WEB, SERVER, AMP, MOBILE),
                "CONTAINER_VERSION DEBUG_MODE RANDOM_NUMBER CONTAINER_ID",
            ),
            *_built_ins(
                (MOBILE,),
                "APP_ID APP_NAME APP_VERSION_CODE APP_VERSION_NAME LANGUAGE OS_VERSION PLATFORM "
                "SDK_VERSION DEVICE_NAME RESOLUTION ADVERTISER_ID ADVERTISING_TRACKING_ENABLED",
            ),
            *_built_ins((WEB,), "HTML_ID ENVIRONMENT_NAME"),
            *_built_ins(
                (AMP,), "BROWSER_LANGUAGE CANONICAL_PATH CANONICAL_URL CANONICAL_HOST", "AMP_"
            ),
            BuiltIn("AMP_REFERRER", "Document Referrer", (AMP,)),
            *_built_ins((AMP,), "TITLE", "AMP_"),
            BuiltIn("AMP_CLIENT_ID", "Page Client ID", (AMP,)),
            *_built_ins(
                (AMP,),
                "CLIENT_TIMEZONE CLIENT_TIMESTAMP CLIENT_SCREEN_WIDTH CLIENT_SCREEN_HEIGHT "
                "CLIENT_SCROLL_X CLIENT_SCROLL_Y CLIENT_MAX_SCROLL_X CLIENT_MAX_SCROLL_Y "
                "TOTAL_ENGAGED_TIME PAGE_VIEW_ID PAGE_LOAD_TIME PAGE_DOWNLOAD_TIME GTM_EVENT",
                "AMP_",
            ),
            *_built_ins((SERVER, MOBILE), "EVENT_NAME"),
            *_built_ins(
                (MOBILE,),
                "CAMPAIGN CAMPAIGN_ACLID CAMPAIGN_ANID CAMPAIGN_CLICK_TIMESTAMP CAMPAIGN_CONTENT "
                "CAMPAIGN_CP1 CAMPAIGN_GCLID CAMPAIGN_SOURCE CAMPAIGN_TERM CURRENCY "
                "DYNAMIC_LINK_ACCEPT_TIME DYNAMIC_LINK_LINKID NOTIFICATION_MESSAGE_DEVICE_TIME "
                "NOTIFICATION_MESSAGE_ID NOTIFICATION_MESSAGE_NAME NOTIFICATION_MESSAGE_TIME "
                "NOTIFICATION_TOPIC PREVIOUS_APP_VERSION PREVIOUS_OS_VERSION PRICE PRODUCT_ID "
                "QUANTITY VALUE",
                "FIREBASE_EVENT_PARAMETER_",
            ),
            *_built_ins(
                (WEB,),
                "VIDEO_PROVIDER VIDEO_URL VIDEO_TITLE VIDEO_DURATION VIDEO_PERCENT VIDEO_VISIBLE "
                "VIDEO_STATUS VIDEO_CURRENT_TIME SCROLL_DEPTH_THRESHOLD SCROLL_DEPTH_UNITS",
            ),
            BuiltIn("SCROLL_DEPTH_DIRECTION", "Scroll Direction", (WEB,)),
            BuiltIn("ELEMENT_VISIBILITY_RATIO", "Percent Visible", (WEB,)),
            BuiltIn("ELEMENT_VISIBILITY_TIME", "On-Screen Duration", (WEB,)),
            *_built_ins((), "ELEMENT_VISIBILITY_FIRST_TIME ELEMENT_VISIBILITY_RECENT_TIME"),
            *_built_ins((SERVER,), "REQUEST_PATH REQUEST_METHOD CLIENT_NAME QUERY_STRING"),
            *_built_ins((SERVER,), "PAGE_LOCATION_URL", "SERVER_"),
            *_built_ins((SERVER,), "PAGE_LOCATION_PATH", "SERVER_"),
            *_built_ins((SERVER,), "PAGE_LOCATION_HOSTNAME", "SERVER_"),
            *_built_ins((SERVER,), "VISITOR_REGION"),
            *_built_ins(
                (WEB,), "ANALYTICS_CLIENT_ID ANALYTICS_SESSION_ID ANALYTICS_SESSION_NUMBER"
            ),
        )
    }
)
