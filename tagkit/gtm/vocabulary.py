"""The words of a GTM container export: types, their parameters, enums, key order.

One table per list that Google keeps; everything that reads or writes a container asks here.
Only literals, no I/O. What the tables leave out may still be right: GTM has more vendor tags
than are known here, and every type gets new parameters.

Sources, named at each table:
``[export]``  counted in 178 exports that GTM wrote, 2015 to 2026
``[api]``     Google's discovery document of the Tag Manager API v2, revision 20260826
``[docs]``    developers.google.com, tag and variable dictionary, "restrict tag deployment"
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm.built_ins import AMP, BUILT_INS, MOBILE, SERVER, WEB, BuiltIn
from tagkit.gtm.export_file import (
    CONSENT_TYPES,
    ID_KEYS,
    KEY_ORDER,
    KIND_WORDS,
    KINDS,
    SYSTEM_TRIGGERS,
    WEB_FEATURES,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AMP", "BUILT_INS", "CONSENT_TYPES", "ID_KEYS", "KEY_ORDER", "KINDS", "KIND_WORDS", "MOBILE",
    "SERVER", "SYSTEM_TRIGGERS", "WEB", "WEB_FEATURES", "BuiltIn",
]  # fmt: skip


# --- Enums -----------------------------------------------------------------------------------

# [export]; the API has the same words in camelCase.
PARAMETER_TYPES = (
    "TEMPLATE",
    "BOOLEAN",
    "INTEGER",
    "LIST",
    "MAP",
    "TAG_REFERENCE",
    "TRIGGER_REFERENCE",
)
# Parameter types whose value is one text.
TEXT_TYPES = ("TEMPLATE", "BOOLEAN", "INTEGER", "TAG_REFERENCE")

# [api] Condition.type. ENDS_WITH, GREATER, LESS_OR_EQUALS and URL_MATCHES: not in [export].
CONDITION_TYPES = (
    "EQUALS",
    "CONTAINS",
    "STARTS_WITH",
    "ENDS_WITH",
    "MATCH_REGEX",
    "GREATER",
    "GREATER_OR_EQUALS",
    "LESS",
    "LESS_OR_EQUALS",
    "CSS_SELECTOR",
    "URL_MATCHES",
)
CONDITION_ARGUMENTS = ("arg0", "arg1")
CONDITION_MODIFIERS = ("ignore_case", "negate")

FIRING_OPTIONS = ("UNLIMITED", "ONCE_PER_EVENT", "ONCE_PER_LOAD")  # [api] [export]
CONSENT_STATUSES = ("NOT_SET", "NOT_NEEDED", "NEEDED")  # [api] [export]
CASE_CONVERSIONS = ("NONE", "LOWERCASE", "UPPERCASE")  # [api]

# Google hands out such ids from the top of the 32-bit range downwards.
FIRST_SYSTEM_ID = 2147479000

# The event name, which every container has and none lists. [export] 952 of 952
IMPLICIT_VARIABLES = frozenset({"_event"})


# --- Types and their parameters ---------------------------------------------------------------


class Key(NamedTuple):
    """One parameter of a type.

    ``required``: the type cannot work without it. ``always``: GTM itself always writes it.
    ``row``: the keys of each row, when the value is a LIST of MAPs; ``item``: the type of each
    item, when it is a LIST of plain values. ``values``: the words seen, where it is a choice.
    """

    type: str
    required: bool = False
    always: bool = False
    row: tuple[str, ...] = ()
    item: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the value is a table or a list of values."""
        return self.type == "LIST"


class EntityType(NamedTuple):
    """A tag, variable, client or transformation type; parameters in the order GTM writes them.

    ``either``: sets of parameters of which one must be there.
    """

    title: str
    contexts: tuple[str, ...]
    parameters: Mapping[str, Key]
    either: tuple[tuple[str, ...], ...] = ()
    deprecated: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters it cannot work without."""
        return tuple(name for name, key in self.parameters.items() if key.required)


class TriggerType(NamedTuple):
    """A trigger type; ``fields`` are those beside id, name, notes, folder and ``filter``.

    ``event`` is what the data layer sees, "" where the author names it.
    """

    title: str
    event: str
    contexts: tuple[str, ...]
    fields: tuple[str, ...] = ()
    parameters: Mapping[str, Key] = MappingProxyType({})
    required_fields: tuple[str, ...] = ()
    deprecated: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters it cannot work without."""
        return tuple(name for name, key in self.parameters.items() if key.required)


def _choice(*values: str, always: bool = False, required: bool = False) -> Key:
    return Key("TEMPLATE", required=required, always=always or required, values=values)


def _table(*row: str, always: bool = False) -> Key:
    return Key("LIST", always=always, row=row)


_TEXT = Key("TEMPLATE")
_TEXT_ALWAYS = Key("TEMPLATE", always=True)
_NEEDED = Key("TEMPLATE", required=True, always=True)
_FLAG = Key("BOOLEAN")
_FLAG_ALWAYS = Key("BOOLEAN", always=True)
_NUMBER = Key("INTEGER")
_NUMBER_ALWAYS = Key("INTEGER", always=True)
_LIST = Key("LIST")
_SETTINGS = _table("parameter", "parameterValue")
_NAMED = _table("name", "value")
_FIELDS = _table("fieldName", "value")
_DIMENSIONS = _table("index", "dimension")
_LOOKUP = _table("key", "value")


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _type(title: str, context: str = WEB, /, **parameters: Key) -> EntityType:
    return EntityType(title, (context,), MappingProxyType(parameters))


def _shared(title: str, contexts: tuple[str, ...], /, **parameters: Key) -> EntityType:
    return EntityType(title, contexts, MappingProxyType(parameters))


def _gone(title: str, context: str = WEB, /, **parameters: Key) -> EntityType:
    return EntityType(title, (context,), MappingProxyType(parameters), deprecated=True)


# [export] section 7 of the grammar; img: [docs].
TAG_TYPES: Mapping[str, EntityType] = MappingProxyType(
    {
        "googtag": _type(
            "Google tag",
            tagId=_NEEDED,
            configSettingsVariable=_TEXT,
            eventSettingsTable=_SETTINGS,
            configSettingsTable=_SETTINGS,
            eventSettingsVariable=_TEXT,
        ),
        "gaawe": _type(
            "Google Analytics: GA4 Event",
            userDataVariable=_TEXT,
            sendEcommerceData=_FLAG,
            getEcommerceDataFrom=_choice("dataLayer", "customObject"),
            enhancedUserId=_FLAG,
            eventSettingsTable=_SETTINGS,
            userProperties=_NAMED,
            eventName=_NEEDED,
            eventParameters=_NAMED,
            measurementIdOverride=_TEXT,
            eventSettingsVariable=_TEXT,
            measurementId=Key("TAG_REFERENCE"),
        )._replace(either=(("measurementIdOverride", "measurementId"),)),
        "gaawc": _gone(
            "Google Analytics: GA4 Configuration",
            serverContainerUrl=_TEXT,
            userProperties=_NAMED,
            userDataVariable=_TEXT,
            fieldsToSet=_NAMED,
            enhancedUserId=_FLAG,
            sendPageView=_FLAG_ALWAYS,
            enableSendToServerContainer=_FLAG,
            measurementId=_NEEDED,
        ),
        "html": _type("Custom HTML", html=_NEEDED, supportDocumentWrite=_FLAG_ALWAYS),
        "img": _type(
            "Custom Image", useCacheBuster=_FLAG, url=_NEEDED, cacheBusterQueryParam=_TEXT
        ),
        "awct": _type(
            "Google Ads Conversion Tracking",
            productReportingDataSource=_TEXT,
            awFeedCountry=_TEXT,
            newCustomerReportingDataSource=_TEXT,
            orderId=_TEXT,
            enableNewCustomerReporting=_FLAG,
            discount=_TEXT,
            enableProductReporting=_FLAG,
            cssProvidedEnhancedConversionValue=_TEXT,
            enableConversionLinker=_FLAG,
            enableEnhancedConversion=_FLAG,
            awFeedLanguage=_TEXT,
            estimatedDeliveryDate=_TEXT,
            enableShippingData=_FLAG,
            shippingFee=_TEXT,
            conversionValue=_TEXT,
            conversionCookiePrefix=_TEXT,
            deliveryPostalCode=_TEXT,
            deliveryCountry=_TEXT,
            conversionId=_NEEDED,
            eventSettingsVariable=_TEXT,
            currencyCode=_TEXT,
            items=_TEXT,
            awMerchantId=_TEXT,
            conversionLabel=_NEEDED,
            rdp=_FLAG,
        ),
        "awud": _type(
            "Google Ads User-provided Data Event",
            userDataVariable=_NEEDED,
            enableConversionLinker=_FLAG_ALWAYS,
            conversionCookiePrefix=_TEXT,
            conversionId=_NEEDED,
        ),
        "gclidw": _type(
            "Conversion Linker",
            enableCrossDomain=_FLAG_ALWAYS,
            enableUrlPassthrough=_FLAG,
            enableCookieOverrides=_FLAG,
            linkerDomains=_TEXT,
        ),
        "sp": _type(
            "Google Ads Remarketing",
            eventItems=_TEXT,
            enableConversionLinker=_FLAG,
            eventValue=_TEXT,
            enableDynamicRemarketing=_FLAG,
            eventName=_TEXT,
            conversionCookiePrefix=_TEXT,
            conversionId=_NEEDED,
            customParamsFormat=_TEXT_ALWAYS,
            conversionLabel=_TEXT,
            rdp=_FLAG,
        ),
        "fls": _type(
            "Floodlight Sales",
            userDataVariable=_TEXT,
            revenue=_TEXT,
            enableConversionLinker=_FLAG,
            countingMethod=_TEXT,
            enhancedUserData=_FLAG,
            orderId=_TEXT,
            enableProductReporting=_FLAG,
            groupTag=_TEXT,
            useImageTag=_FLAG,
            activityTag=_TEXT,
            conversionCookiePrefix=_TEXT,
            advertiserId=_TEXT,
        ),
        "hjtc": _type("Hotjar Tracking Code", hotjar_site_id=_NEEDED),
        "awc": _type(
            "Awin Conversion",
            orderRef=_TEXT,
            discountCode=_TEXT,
            merchantId=_NEEDED,
            testMode=_FLAG,
            channel=_TEXT,
            currency=_TEXT,
            orderValue=_TEXT,
            group=_TEXT,
        ),
        "awj": _type("Awin Journey", merchantId=_NEEDED),
        "ua": _gone(
            "Universal Analytics",
            nonInteraction=_FLAG,
            overrideGaSettings=_FLAG,
            doubleClick=_FLAG,
            useDebugVersion=_FLAG,
            page=_TEXT,
            eventValue=_TEXT,
            ecommerceMacroData=_TEXT,
            setTrackerName=_FLAG,
            useHashAutoLink=_FLAG,
            useEcommerceDataLayer=_FLAG,
            eventCategory=_TEXT,
            trackType=_TEXT_ALWAYS,
            socialAction=_TEXT,
            fieldsToSet=_FIELDS,
            decorateFormsAutoLink=_FLAG,
            gaSettings=_TEXT,
            documentTitle=_TEXT,
            enableLinkId=_FLAG,
            socialActionTarget=_TEXT,
            socialNetwork=_TEXT,
            enableEcommerce=_FLAG,
            useGA4SchemaForEcommerce=_FLAG,
            eventAction=_TEXT,
            eventLabel=_TEXT,
            dimension=_DIMENSIONS,
            trackingId=_TEXT,
            allowLinker=_FLAG,
            anonymizeIp=_FLAG,
        ),
        "ga": _gone(
            "Classic Google Analytics",
            detectTitle=_FLAG,
            ignoredRef=_LIST,
            useDebugVersion=_FLAG,
            eventCategory=_TEXT,
            allowLinker=_FLAG,
            trackType=_TEXT,
            cookiePathCopy=_LIST,
            clientInfo=_FLAG,
            campaignTrack=_FLAG,
            eventAction=_TEXT,
            anonymizeIp=_FLAG,
            eventLabel=_TEXT,
            webPropertyId=_TEXT,
            allowAnchor=_FLAG,
            allowHash=_FLAG,
            doubleClick=_FLAG,
            setTrackerName=_FLAG,
            eventValue=_TEXT,
            sendHitsToGoogle=_FLAG,
            enableInPageLinkId=_FLAG,
            forceSsl=_FLAG,
            ignoredOrganic=_LIST,
            detectFlash=_FLAG,
        ),
        "lcl": _gone("Link Click Listener", checkValidation=_FLAG, waitForTags=_FLAG),
        "fsl": _gone("Form Submit Listener", checkValidation=_FLAG, waitForTags=_FLAG),
        "ua_amp": _gone(
            "Universal Analytics (AMP)",
            AMP,
            trackType=_TEXT_ALWAYS,
            nonInteraction=_FLAG,
            eventCategory=_TEXT,
            eventAction=_TEXT,
            eventLabel=_TEXT,
            customDimensions=_DIMENSIONS,
            trackingId=_TEXT_ALWAYS,
        ),
        "gclidw_amp": _type(
            "Conversion Linker (AMP)",
            AMP,
            enableCrossDomain=_FLAG,
            autoLinkDomains=_TEXT,
            linkGaClientId=_FLAG,
        ),
        "sgtmgaaw": _type(
            "Google Analytics: GA4 (server)",
            SERVER,
            redactVisitorIp=_FLAG_ALWAYS,
            epToIncludeDropdown=_TEXT_ALWAYS,
            upToIncludeDropdown=_TEXT_ALWAYS,
            enableEuid=_FLAG,
            measurementId=_TEXT,
        ),
        "sgtmadsct": _type(
            "Google Ads Conversion Tracking (server)",
            SERVER,
            productReportingDataSource=_TEXT,
            enableNewCustomerReporting=_FLAG_ALWAYS,
            enableConversionLinker=_FLAG_ALWAYS,
            enableProductReporting=_FLAG_ALWAYS,
            conversionValue=_TEXT,
            enableEnhancedMatch=_FLAG,
            newCustomerDataSource=_TEXT,
            conversionId=_NEEDED,
            currencyCode=_TEXT,
            conversionLabel=_NEEDED,
            rdp=_FLAG_ALWAYS,
        ),
        "sgtmadscl": _type(
            "Conversion Linker (server)",
            SERVER,
            enableLinkerParams=_FLAG,
            enableCookieOverrides=_FLAG_ALWAYS,
        ),
        "sgtmadsremarket": _type(
            "Google Ads Remarketing (server)",
            SERVER,
            enableConversionLinker=_FLAG_ALWAYS,
            enableDynamicRemarketing=_FLAG_ALWAYS,
            enableCustomParams=_FLAG_ALWAYS,
            remarketingEventDataSource=_TEXT_ALWAYS,
            enableUserId=_FLAG_ALWAYS,
            conversionId=_NEEDED,
            customParamsFormat=_TEXT,
            rdp=_FLAG_ALWAYS,
        ),
        "sgtmawud": _type(
            "Google Ads User-provided Data Event (server)", SERVER, conversionId=_NEEDED
        ),
        "sgtmfls": _type(
            "Floodlight Sales (server)",
            SERVER,
            enableConversionLinker=_FLAG,
            enableProductReporting=_FLAG,
            groupTag=_TEXT,
            uniqueParamsDataSource=_TEXT,
            activityTag=_TEXT,
            ordinalType=_TEXT,
            enableEnhancedMatch=_FLAG,
            advertiserId=_TEXT,
        ),
        "http_request": _type(
            "HTTP Request",
            SERVER,
            headers=_LOOKUP,
            requestBody=_TEXT,
            httpMethod=_TEXT,
            url=_NEEDED,
        ),
    }
)

# [docs] Further tag types, of which only the code is known here.
OTHER_TAG_TYPES = _codes(
    "abtGeneric adm asp baut bb bsa bzi cegg cl crto csm cts dstag ela evl flc fxm gcs hl infinity "
    "jel k50Init ljs ll m6d messagemate mf mpm mpr ms ndcr nudge okt omc opt pa pc pijs "
    "placedPixel pntr qca qcm qpx sca scjs scp sdl sfc sfl sfr shareaholic svw ta tc tdc tdlc tdsc "
    "tl tpdpx ts twitter_website_tag uslt uspt vdc vei veip xpsh yieldify ytl zone"
)

# [export] section 8 of the grammar; vis, ctv, dbg, hid: [docs].
VARIABLE_TYPES: Mapping[str, EntityType] = MappingProxyType(
    {
        "v": _type(
            "Data Layer Variable",
            dataLayerVersion=_NUMBER_ALWAYS,
            setDefaultValue=_FLAG,
            defaultValue=_TEXT,
            name=_NEEDED,
        ),
        "jsm": _type("Custom JavaScript", javascript=_NEEDED),
        "c": _shared("Constant", (WEB, SERVER, AMP), value=_NEEDED),
        "u": _type(
            "URL",
            stripWww=_FLAG,
            component=_choice(
                "URL",
                "PROTOCOL",
                "HOST",
                "PORT",
                "PATH",
                "QUERY",
                "FRAGMENT",
                "EXTENSION",
                always=True,
            ),
            defaultPages=_LIST,
            queryKey=_TEXT,
            customUrlSource=_TEXT,
        ),
        "f": _type("HTTP Referrer", stripWww=_FLAG, component=_TEXT, queryKey=_TEXT),
        "k": _type("1st-Party Cookie", decodeCookie=_FLAG_ALWAYS, name=_NEEDED),
        "j": _type("JavaScript Variable", name=_NEEDED),
        "d": _type(
            "DOM Element",
            elementSelector=_TEXT,
            elementId=_TEXT,
            attributeName=_TEXT,
            selectorType=_choice("CSS", "ID", always=True),
        ),
        "vis": _type(
            "Element Visibility",
            elementSelector=_TEXT,
            elementId=_TEXT,
            outputMethod=_TEXT,
            onScreenRatio=_TEXT,
            selectorType=_choice("CSS", "ID"),
        ),
        "aev": _type(
            "Auto-Event Variable",
            setDefaultValue=_FLAG,
            defaultValue=_TEXT,
            stripWww=_FLAG,
            varType=_choice(
                "ELEMENT",
                "CLASSES",
                "ID",
                "TARGET",
                "TEXT",
                "URL",
                "ATTRIBUTE",
                "HISTORY_NEW_URL_FRAGMENT",
                "HISTORY_OLD_URL_FRAGMENT",
                "HISTORY_NEW_STATE",
                "HISTORY_OLD_STATE",
                "HISTORY_CHANGE_SOURCE",
                required=True,
            ),
            component=_TEXT,
            attribute=_TEXT,
            defaultPages=_LIST,
        ),
        "smm": _shared(
            "Lookup Table",
            (WEB, SERVER, AMP),
            setDefaultValue=_FLAG_ALWAYS,
            input=_NEEDED,
            defaultValue=_TEXT,
            map=_LOOKUP,
        ),
        "remm": _shared(
            "RegEx Table",
            (WEB, SERVER, AMP),
            setDefaultValue=_FLAG_ALWAYS,
            input=_NEEDED,
            fullMatch=_FLAG_ALWAYS,
            replaceAfterMatch=_FLAG_ALWAYS,
            defaultValue=_TEXT,
            ignoreCase=_FLAG_ALWAYS,
            map=_LOOKUP._replace(always=True),
        ),
        "gtcs": _type("Google tag: Configuration settings", configSettingsTable=_SETTINGS),
        "gtes": _type(
            "Google tag: Event settings", eventSettingsTable=_SETTINGS, userProperties=_NAMED
        ),
        "awec": _type(
            "User-Provided Data",
            mode=_choice("MANUAL", "AUTO", "CODE", always=True),
            country=_TEXT,
            city=_TEXT,
            street=_TEXT,
            last_name=_TEXT,
            phone_number=_TEXT,
            region=_TEXT,
            postal_code=_TEXT,
            first_name=_TEXT,
            dataSource=_TEXT,
            email=_TEXT,
            enableElementBlocking=_FLAG,
        ),
        "analytics_storage": _type(
            "Analytics storage", dataField=_choice("client_id", "session_id", required=True)
        ),
        "gas": _gone(
            "Google Analytics Settings",
            cookieDomain=_TEXT_ALWAYS,
            useEcommerceDataLayer=_FLAG,
            doubleClick=_FLAG,
            setTrackerName=_FLAG,
            useDebugVersion=_FLAG,
            fieldsToSet=_FIELDS,
            useGA4SchemaForEcommerce=_FLAG,
            useHashAutoLink=_FLAG,
            decorateFormsAutoLink=_FLAG,
            autoLinkDomains=_TEXT,
            enableLinkId=_FLAG,
            dimension=_DIMENSIONS,
            enableEcommerce=_FLAG,
            trackingId=_TEXT_ALWAYS,
        ),
        "uv": _type("Undefined Value"),
        "r": _shared("Random Number", (WEB, SERVER)),
        "cid": _shared("Container ID", (WEB, SERVER)),
        "ctv": _shared("Container Version Number", (WEB, SERVER)),
        "dbg": _shared("Debug Mode", (WEB, SERVER)),
        "e": _type("Custom Event"),
        "ev": _type("Environment Name"),
        "hid": _type("HTML ID"),
        "ampv": _type("AMP Variable", AMP, name=_NEEDED),
        "ed": _type(
            "Event Data",
            SERVER,
            setDefaultValue=_FLAG_ALWAYS,
            defaultValue=_TEXT,
            keyPath=_TEXT_ALWAYS,
        ),
        "rh": _type("Request Header", SERVER, headerName=_NEEDED),
        "qp": _type("Query Parameter", SERVER, queryParamName=_NEEDED),
        "sgtmk": _type("Cookie Value", SERVER, decodeCookie=_FLAG_ALWAYS, name=_NEEDED),
        "fs": _type(
            "Firestore Lookup",
            SERVER,
            collectionPath=_TEXT,
            queriesSimpleTable=_table("queryKey", "queryOperator", "queryValue"),
            keyPath=_TEXT,
            setProjectId=_FLAG,
            operation=_TEXT,
            documentPath=_TEXT,
            projectId=_TEXT,
        ),
    }
)

# [export] section 10 of the grammar.
CLIENT_TYPES: Mapping[str, EntityType] = MappingProxyType(
    {
        "gaaw_client": _type(
            "Google Analytics: GA4",
            SERVER,
            cookieDomain=_TEXT_ALWAYS,
            cookieSamesite=_TEXT,
            cookieMaxAgeInSec=_TEXT_ALWAYS,
            activateGtagSupport=_FLAG,
            activateDefaultPaths=_FLAG_ALWAYS,
            cookiePath=_TEXT_ALWAYS,
            migrateFromJsClientId=_FLAG,
            cookieManagement=_TEXT_ALWAYS,
            cookieName=_TEXT_ALWAYS,
        ),
        "gtm_client": _type(
            "Google Tag Manager: Web Container",
            SERVER,
            activateResponseCompression=_FLAG,
            activateGeoResolution=_FLAG,
            activateDependencyServing=_FLAG,
            allowedContainerIds=_table("containerId"),
        ),
        "ua_client": _gone(
            "Universal Analytics",
            SERVER,
            activateDefaultPaths=_FLAG,
            cookieManagement=_TEXT,
            cookieName=_TEXT,
            cookieDomain=_TEXT,
            cookiePath=_TEXT,
            cookieMaxAgeInSec=_TEXT,
        ),
    }
)

_MATCHING = _table("variableName", "variableReference", "expressionType", "expressionValue")
_TAGS = _table("tagReference")
_TAG_TYPES = _table("tagType", "tagTypeExceptions")

# [export] section 10 of the grammar. Cells are TEMPLATE but tagReference (TAG_REFERENCE) and
# tagTypeExceptions (LIST).
TRANSFORMATION_TYPES: Mapping[str, EntityType] = MappingProxyType(
    {
        "tf_augment_event": _type(
            "Augment event",
            SERVER,
            matchingConditionsEnabled=_FLAG,
            allTagsExcept=_FLAG,
            booleanExpressionString=_TEXT,
            augmentEventTable=_table("paramName", "paramValue"),
            affectedTags=_TAGS,
            affectedTagTypes=_TAG_TYPES,
            matchingConditionsTable=_MATCHING,
            priority=_TEXT,
        ),
        "tf_allow_params": _type(
            "Allow parameters",
            SERVER,
            matchingConditionsEnabled=_FLAG,
            allowedParamsTable=_table("allowedParams"),
            allTagsExcept=_FLAG,
            booleanExpressionString=_TEXT,
            affectedTags=_TAGS,
            affectedTagTypes=_TAG_TYPES,
            matchingConditionsTable=_MATCHING,
            priority=_TEXT,
        ),
        "tf_exclude_params": _type(
            "Exclude parameters",
            SERVER,
            excludedParamsTable=_table("excludedParams"),
            matchingConditionsEnabled=_FLAG,
            allTagsExcept=_FLAG,
            booleanExpressionString=_TEXT,
            affectedTags=_TAGS,
            affectedTagTypes=_TAG_TYPES,
            matchingConditionsTable=_MATCHING,
            priority=_TEXT,
        ),
    }
)

# [export] The type of a custom template: cvt_<containerId>_<templateId>, or
# cvt_<galleryTemplateId>.
TEMPLATE_TYPE_PREFIX = "cvt_"


# --- Triggers ----------------------------------------------------------------------------------

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
_START = _choice("CONTAINER_LOAD", "DOM_READY", "WINDOW_LOAD")


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
                verticalThresholdUnits=_choice("PERCENT", "PIXELS"),
                verticalThresholdsPercent=_TEXT,
                verticalThresholdsPixels=_TEXT,
                verticalThresholdOn=_FLAG_ALWAYS,
                horizontalThresholdUnits=_choice("PERCENT", "PIXELS"),
                horizontalThresholdsPercent=_TEXT,
                horizontalThresholdsPixels=_TEXT,
                triggerStartOption=_START._replace(always=True),
                horizontalThresholdOn=_FLAG_ALWAYS,
            ),
        ),
        "ELEMENT_VISIBILITY": TriggerType(
            "Element Visibility",
            "gtm.elementVisibility",
            (WEB,),
            (),
            _keys(
                useOnScreenDuration=_FLAG_ALWAYS,
                onScreenDuration=_TEXT,
                useDomChangeListener=_FLAG_ALWAYS,
                elementSelector=_TEXT,
                elementId=_TEXT,
                firingFrequency=_choice(
                    "ONCE", "ONCE_PER_ELEMENT", "MANY_PER_ELEMENT", always=True
                ),
                selectorType=_choice("CSS", "ID", always=True),
                onScreenRatio=_TEXT_ALWAYS,
            ),
        ),
        "YOU_TUBE_VIDEO": TriggerType(
            "YouTube Video",
            "gtm.video",
            (WEB,),
            (),
            _keys(
                progressThresholdsPercent=_TEXT,
                progressThresholdsTimeInSeconds=_TEXT,
                captureComplete=_FLAG_ALWAYS,
                captureStart=_FLAG_ALWAYS,
                fixMissingApi=_FLAG_ALWAYS,
                triggerStartOption=_START,
                radioButtonGroup1=_choice("PERCENTAGE", "TIME_ELAPSED"),
                capturePause=_FLAG_ALWAYS,
                captureProgress=_FLAG_ALWAYS,
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
