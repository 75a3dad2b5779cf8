"""Small builders of containers in export spelling, for tests."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Json = dict[str, Any]

ALL_PAGES = "2147479553"
INITIALIZATION = "2147479573"
CONSENT_INITIALIZATION = "2147479572"
CONTAINER_ID = "200000000"
PUBLIC_ID = "GTM-TEST123"
GA4_ID = "G-TEST123456"

BUILT_INS = {
    "PAGE_URL": "Page URL",
    "PAGE_HOSTNAME": "Page Hostname",
    "PAGE_PATH": "Page Path",
    "REFERRER": "Referrer",
    "EVENT": "Event",
    "CLICK_ELEMENT": "Click Element",
    "CLICK_CLASSES": "Click Classes",
    "CLICK_ID": "Click ID",
    "CLICK_TARGET": "Click Target",
    "CLICK_URL": "Click URL",
    "CLICK_TEXT": "Click Text",
    "FORM_ELEMENT": "Form Element",
    "FORM_ID": "Form ID",
    "FORM_URL": "Form URL",
    "FORM_TEXT": "Form Text",
    "ERROR_MESSAGE": "Error Message",
    "ERROR_LINE": "Error Line",
    "NEW_HISTORY_FRAGMENT": "New History Fragment",
    "OLD_HISTORY_FRAGMENT": "Old History Fragment",
    "HISTORY_SOURCE": "History Source",
    "CONTAINER_ID": "Container ID",
    "CONTAINER_VERSION": "Container Version",
    "DEBUG_MODE": "Debug Mode",
    "RANDOM_NUMBER": "Random Number",
    "HTML_ID": "HTML ID",
    "VIDEO_STATUS": "Video Status",
    "SCROLL_DEPTH_THRESHOLD": "Scroll Depth Threshold",
    "SCROLL_DEPTH_UNITS": "Scroll Depth Units",
    "SCROLL_DEPTH_DIRECTION": "Scroll Direction",
    "ELEMENT_VISIBILITY_RATIO": "Percent Visible",
    "ELEMENT_VISIBILITY_TIME": "On-Screen Duration",
}


# ---------------------------------------------------------------------- parameters


def parameter(key: str | None, value: object) -> Json:
    """A parameter object; GTM leaves an empty value out."""
    named = {} if key is None else {"key": key}
    if isinstance(value, bool):
        return {"type": "BOOLEAN", **named, "value": str(value).lower()}
    if isinstance(value, int):
        return {"type": "INTEGER", **named, "value": str(value)}
    if isinstance(value, list):
        return {"type": "LIST", **named, "list": [parameter(None, item) for item in value]}
    if isinstance(value, dict):
        return {"type": "MAP", **named, "map": parameters(value)}
    return {"type": "TEMPLATE", **named, **({"value": value} if value else {})}


def parameters(values: Mapping[str, object]) -> list[Json]:
    return [parameter(key, value) for key, value in values.items()]


def table(values: Mapping[str, object]) -> list[object]:
    """Rows of a settings table of a Google tag."""
    return [{"parameter": key, "parameterValue": value} for key, value in values.items()]


def pairs(values: Mapping[str, object], key: str = "key", value: str = "value") -> list[object]:
    """Rows of a lookup table, or of user properties."""
    return [{key: name, value: content} for name, content in values.items()]


# ---------------------------------------------------------------------- variables


def variable(
    name: str, kind: str, values: Mapping[str, object] | None = None, **more: object
) -> Json:
    given = {"parameter": parameters(values)} if values else {}
    return {"name": name, "type": kind, **given, **more}


def data_layer(
    name: str, path: str, version: int = 2, default: str | None = None, **more: object
) -> Json:
    values: Json = {"dataLayerVersion": version, "setDefaultValue": default is not None}
    if default is not None:
        values["defaultValue"] = default
    return variable(name, "v", {**values, "name": path}, **more)


def constant(name: str, value: str) -> Json:
    return variable(name, "c", {"value": value})


def javascript(name: str, code: str) -> Json:
    return variable(name, "jsm", {"javascript": code})


def event_settings(
    name: str, values: Mapping[str, object], properties: Mapping[str, object] | None = None
) -> Json:
    given: Json = {"eventSettingsTable": table(values)}
    if properties:
        given["userProperties"] = pairs(properties, "name")
    return variable(name, "gtes", given)


# ---------------------------------------------------------------------- triggers


def condition(
    kind: str, left: str, right: str, *, negate: bool = False, ignore_case: bool = False
) -> Json:
    values: Json = {"arg0": left, "arg1": right}
    if ignore_case:
        values["ignore_case"] = True
    if negate:
        values["negate"] = True
    return {"type": kind, "parameter": parameters(values)}


def trigger(identity: str, kind: str, *conditions: Json, **more: object) -> Json:
    filters = {"filter": list(conditions)} if conditions else {}
    return {"triggerId": identity, "name": f"trigger {identity}", "type": kind, **filters, **more}


def custom_event(identity: str, name: str, *conditions: Json, regex: bool = False) -> Json:
    kind = "MATCH_REGEX" if regex else "EQUALS"
    match = [condition(kind, "{{_event}}", name)]
    return trigger(identity, "CUSTOM_EVENT", *conditions, customEventFilter=match)


def waiting(  # noqa: PLR0913
    identity: str,
    kind: str,
    *conditions: Json,
    wait: bool = False,
    check: bool = False,
    page: Iterable[Json] = (),
    timeout: int = 2000,
) -> Json:
    """LINK_CLICK or FORM_SUBMISSION."""
    more: Json = {
        "waitForTags": parameter(None, wait),
        "checkValidation": parameter(None, check),
        "waitForTagsTimeout": parameter(None, str(timeout)),
        "uniqueTriggerId": {"type": "TEMPLATE"},
    }
    if wait:
        more["autoEventFilter"] = list(page)
    return trigger(identity, kind, *conditions, **more)


def visibility(  # noqa: PLR0913
    identity: str,
    css: str,
    ratio: int = 50,
    frequency: str = "ONCE",
    *,
    observe: bool = False,
    duration: int | None = None,
) -> Json:
    values: Json = {
        "useOnScreenDuration": duration is not None,
        "useDomChangeListener": observe,
        "elementSelector": css,
        "firingFrequency": frequency,
        "selectorType": "CSS",
        "onScreenRatio": str(ratio),
    }
    if duration is not None:
        values["onScreenDuration"] = str(duration)
    return trigger(identity, "ELEMENT_VISIBILITY", parameter=parameters(values))


def scroll(identity: str, percents: str, start: str = "WINDOW_LOAD") -> Json:
    values = {
        "verticalThresholdUnits": "PERCENT",
        "verticalThresholdsPercent": percents,
        "verticalThresholdOn": True,
        "triggerStartOption": start,
        "horizontalThresholdOn": False,
    }
    return trigger(identity, "SCROLL_DEPTH", parameter=parameters(values))


def timer(
    identity: str,
    interval: int,
    limit: int | None,
    page: Iterable[Json] = (),
    event: str = "gtm.timer",
) -> Json:
    return trigger(
        identity,
        "TIMER",
        autoEventFilter=list(page),
        eventName=parameter(None, event),
        interval=parameter(None, str(interval)),
        limit=parameter(None, "" if limit is None else str(limit)),
    )


def group(identity: str, *members: str) -> Json:
    references = [{"type": "TRIGGER_REFERENCE", "value": member} for member in members]
    listed = {"type": "LIST", "key": "triggerIds", "list": references}
    return trigger(identity, "TRIGGER_GROUP", parameter=[listed])


# ---------------------------------------------------------------------- tags


def tag(  # noqa: PLR0913
    name: str,
    kind: str,
    values: Mapping[str, object],
    on: str | Iterable[str] = (),
    *,
    unless: Iterable[str] = (),
    once: str = "ONCE_PER_EVENT",
    needs: Iterable[str] | None = None,
    priority: int | None = None,
    setup: str | None = None,
    stop_on_setup_failure: bool = False,
    teardown: str | None = None,
    stop_teardown_on_failure: bool = False,
    paused: bool = False,
) -> Json:
    """A tag; `needs` are the consent types it asks for, None is NOT_NEEDED."""
    entity: Json = {"name": name, "type": kind}
    if priority is not None:
        entity["priority"] = parameter(None, priority)
    entity["parameter"] = parameters(values)
    entity["firingTriggerId"] = [on] if isinstance(on, str) else list(on)
    if unless:
        entity["blockingTriggerId"] = list(unless)
    if setup:
        stop = {"stopOnSetupFailure": True} if stop_on_setup_failure else {}
        entity["setupTag"] = [{"tagName": setup, **stop}]
    if teardown:
        entity["teardownTag"] = [
            {"tagName": teardown, "stopTeardownOnFailure": stop_teardown_on_failure}
        ]
    entity["tagFiringOption"] = once
    if paused:
        entity["paused"] = True
    entity["monitoringMetadata"] = {"type": "MAP"}
    entity["consentSettings"] = {"consentStatus": "NOT_NEEDED"}
    if needs is not None:
        entity["consentSettings"] = {
            "consentStatus": "NEEDED",
            "consentType": parameter(None, list(needs)),
        }
    return entity


def html(name: str, code: str, on: str | Iterable[str] = (), **more: Any) -> Json:
    return tag(name, "html", {"html": code, "supportDocumentWrite": False}, on, **more)


def script(name: str, code: str, on: str | Iterable[str] = (), **more: Any) -> Json:
    """Custom HTML that is one script."""
    return html(name, f"<script>{code}</script>", on, **more)


def mark(name: str, on: str | Iterable[str] = (), value: str = "1", **more: Any) -> Json:
    """Custom HTML that adds [name, value] to window.marks; `value` is code."""
    return script(
        name, f"(window.marks = window.marks || []).push(['{name}', {value}]);", on, **more
    )


def google_tag(
    values: Mapping[str, object] | None = None,
    on: str = INITIALIZATION,
    identity: str = GA4_ID,
    **more: Any,
) -> Json:
    given: Json = {"tagId": identity}
    if values:
        given["configSettingsTable"] = table(values)
    return tag("Google tag", "googtag", given, on, **more)


def ga4(  # noqa: PLR0913
    event: str,
    on: str | Iterable[str],
    values: Mapping[str, object] | None = None,
    *,
    settings: str | None = None,
    ecommerce: bool = False,
    identity: str = GA4_ID,
    properties: Mapping[str, object] | None = None,
    name: str | None = None,
    **more: Any,
) -> Json:
    given: Json = {"sendEcommerceData": ecommerce}
    if ecommerce:
        given["getEcommerceDataFrom"] = "dataLayer"
    if values:
        given["eventSettingsTable"] = table(values)
    if properties:
        given["userProperties"] = pairs(properties, "name")
    given["eventName"] = event
    given["measurementIdOverride"] = identity
    if settings:
        given["eventSettingsVariable"] = settings
    return tag(name or f"GA4 {event}", "gaawe", given, on, **more)


# ---------------------------------------------------------------------- the container


def container(*entities: Json) -> Json:
    """An export of these tags, triggers and variables, with all built-in variables."""
    owner = {"accountId": "6000000000", "containerId": CONTAINER_ID}
    ids = count(1)
    tags, triggers, variables = [], [], []
    for entity in entities:
        if "triggerId" in entity:
            triggers.append({**owner, **entity})
        elif "tagFiringOption" in entity:
            tags.append({**owner, "tagId": str(next(ids)), **entity})
        else:
            variables.append({**owner, "variableId": str(1000 + next(ids)), **entity})
    version: Json = {
        **owner,
        "path": f"accounts/6000000000/containers/{CONTAINER_ID}/versions/0",
        "containerVersionId": "7",
        "container": {**owner, "name": "shop", "publicId": PUBLIC_ID, "usageContext": ["WEB"]},
        "builtInVariable": [
            {**owner, "type": kind, "name": name} for kind, name in BUILT_INS.items()
        ],
    }
    for key, listed in (("tag", tags), ("trigger", triggers), ("variable", variables)):
        if listed:
            version[key] = listed
    return {
        "exportFormatVersion": 2,
        "exportTime": "2026-11-21 00:00:00",
        "containerVersion": version,
    }
