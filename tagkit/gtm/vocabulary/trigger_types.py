"""The trigger types, their fields and parameters."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from tagkit.gtm.built_ins import AMP, MOBILE, SERVER, WEB
from tagkit.gtm.vocabulary.shapes import FLAG_ALWAYS, TEXT, TEXT_ALWAYS, Key, TriggerType, choice

if TYPE_CHECKING:
    from collections.abc import Mapping

CONDITION_FIELDS = ("customEventFilter", "filter", "autoEventFilter")

# The fields of a trigger that are one parameter without a key, and its type. [export] [api]
TRIGGER_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "waitForTags": "BOOLEAN",
        "checkValidation": "BOOLEAN",
        "waitForTagsTimeout": "TEMPLATE",
        "uniqueTriggerId": "TEMPLATE",
        "eventName": "TEMPLATE",
        "interval": "TEMPLATE",
        "limit": "TEMPLATE",
        "selector": "TEMPLATE",
        "intervalSeconds": "TEMPLATE",
        "maxTimerLengthSeconds": "TEMPLATE",
        "verticalScrollPercentageList": "LIST",
        "horizontalScrollPercentageList": "LIST",
        "visibilitySelector": "TEMPLATE",
        "visiblePercentageMin": "TEMPLATE",
        "visiblePercentageMax": "TEMPLATE",
        "continuousTimeMinMilliseconds": "TEMPLATE",
        "totalTimeMinMilliseconds": "TEMPLATE",
    }
)

_WAITING = (
    "autoEventFilter",
    "waitForTags",
    "checkValidation",
    "waitForTagsTimeout",
    "uniqueTriggerId",
)
_START = choice("CONTAINER_LOAD", "DOM_READY", "WINDOW_LOAD")


def _keys(**parameters: Key) -> Mapping[str, Key]:
    return MappingProxyType(parameters)


# [export] section 6 of the grammar; without numbers there: [api].
TRIGGER_TYPES: Mapping[str, TriggerType] = MappingProxyType(
    {
        "PAGEVIEW": TriggerType("Page View", "gtm.js", (WEB, AMP)),
        "DOM_READY": TriggerType("DOM Ready", "gtm.dom", (WEB,)),
        "WINDOW_LOADED": TriggerType("Window Loaded", "gtm.load", (WEB,)),
        "CUSTOM_EVENT": TriggerType(
            "Custom Event",
            "",
            (WEB, SERVER),
            ("customEventFilter",),
            required_fields=("customEventFilter",),
        ),
        "TRIGGER_GROUP": TriggerType(
            "Trigger Group",
            "gtm.triggerGroup",
            (WEB,),
            (),
            _keys(triggerIds=Key("LIST", required=True, always=True, item="TRIGGER_REFERENCE")),
        ),
        "INIT": TriggerType("Initialization", "gtm.init", (WEB,)),
        "CONSENT_INIT": TriggerType("Consent Initialization", "gtm.init_consent", (WEB,)),
        "SERVER_PAGEVIEW": TriggerType("Page View (server)", "page_view", (SERVER,)),
        "ALWAYS": TriggerType("Custom (every request)", "", (SERVER,)),
        "FORM_SUBMISSION": TriggerType("Form Submission", "gtm.formSubmit", (WEB,), _WAITING),
        "CLICK": TriggerType("Click - All Elements", "gtm.click", (WEB,)),
        "LINK_CLICK": TriggerType("Click - Just Links", "gtm.linkClick", (WEB,), _WAITING),
        "JS_ERROR": TriggerType("JavaScript Error", "gtm.pageError", (WEB,)),
        "HISTORY_CHANGE": TriggerType("History Change", "gtm.historyChange", (WEB,)),
        "TIMER": TriggerType(
            "Timer",
            "gtm.timer",
            (WEB,),
            ("autoEventFilter", "eventName", "interval", "limit"),
            required_fields=("interval",),
        ),
        "SCROLL_DEPTH": TriggerType(
            "Scroll Depth",
            "gtm.scrollDepth",
            (WEB,),
            (),
            _keys(
                verticalThresholdUnits=choice("PERCENT", "PIXELS"),
                verticalThresholdsPercent=TEXT,
                verticalThresholdsPixels=TEXT,
                verticalThresholdOn=FLAG_ALWAYS,
                horizontalThresholdUnits=choice("PERCENT", "PIXELS"),
                horizontalThresholdsPercent=TEXT,
                horizontalThresholdsPixels=TEXT,
                triggerStartOption=_START._replace(always=True),
                horizontalThresholdOn=FLAG_ALWAYS,
            ),
        ),
        "ELEMENT_VISIBILITY": TriggerType(
            "Element Visibility",
            "gtm.elementVisibility",
            (WEB,),
            (),
            _keys(
                useOnScreenDuration=FLAG_ALWAYS,
                onScreenDuration=TEXT,
                useDomChangeListener=FLAG_ALWAYS,
                elementSelector=TEXT,
                elementId=TEXT,
                firingFrequency=choice("ONCE", "ONCE_PER_ELEMENT", "MANY_PER_ELEMENT", always=True),
                selectorType=choice("CSS", "ID", always=True),
                onScreenRatio=TEXT_ALWAYS,
            ),
        ),
        "YOU_TUBE_VIDEO": TriggerType(
            "YouTube Video",
            "gtm.video",
            (WEB,),
            (),
            _keys(
                progressThresholdsPercent=TEXT,
                progressThresholdsTimeInSeconds=TEXT,
                captureComplete=FLAG_ALWAYS,
                captureStart=FLAG_ALWAYS,
                fixMissingApi=FLAG_ALWAYS,
                triggerStartOption=_START,
                radioButtonGroup1=choice("PERCENTAGE", "TIME_ELAPSED"),
                capturePause=FLAG_ALWAYS,
                captureProgress=FLAG_ALWAYS,
            ),
        ),
        "AMP_CLICK": TriggerType("Click (AMP)", "", (AMP,), ("selector",)),
        "AMP_TIMER": TriggerType(
            "Timer (AMP)", "", (AMP,), ("intervalSeconds", "maxTimerLengthSeconds")
        ),
        "AMP_SCROLL": TriggerType(
            "Scroll (AMP)",
            "",
            (AMP,),
            ("verticalScrollPercentageList", "horizontalScrollPercentageList"),
        ),
        "AMP_VISIBILITY": TriggerType(
            "Visibility (AMP)",
            "",
            (AMP,),
            (
                "visibilitySelector",
                "visiblePercentageMin",
                "visiblePercentageMax",
                "continuousTimeMinMilliseconds",
                "totalTimeMinMilliseconds",
            ),
        ),
        # Version 1 of the API had it; none in [export].
        "AJAX_SUBMISSION": TriggerType("Ajax Submission", "", (WEB,), deprecated=True),
        **{
            f"FIREBASE_{event}": TriggerType(event.replace("_", " ").title(), "", (MOBILE,))
            for event in (
                "APP_EXCEPTION",
                "APP_UPDATE",
                "CAMPAIGN",
                "FIRST_OPEN",
                "IN_APP_PURCHASE",
                "NOTIFICATION_DISMISS",
                "NOTIFICATION_FOREGROUND",
                "NOTIFICATION_OPEN",
                "NOTIFICATION_RECEIVE",
                "OS_UPDATE",
                "SESSION_START",
                "USER_ENGAGEMENT",
            )
        },
    }
)
