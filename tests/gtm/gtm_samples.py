"""Small containers of our own, as data, for the tests of schema and rules."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Data = dict[str, Any]
IDS = {"accountId": "6000000001", "containerId": "200000001"}


def text(key: str, value: str) -> Data:
    return {"type": "TEMPLATE", "key": key, "value": value}


def flag(key: str, value: str = "true") -> Data:
    return {"type": "BOOLEAN", "key": key, "value": value}


def row(**cells: str) -> Data:
    return {"type": "MAP", "map": [text(key, value) for key, value in cells.items()]}


def table(key: str, *rows: Data) -> Data:
    return {"type": "LIST", "key": key, "list": list(rows)}


def tag(type_code: str, *parameters: Data, name: str = "Tag", **more: object) -> Data:
    return {
        **IDS,
        "tagId": "10",
        "name": name,
        "type": type_code,
        "parameter": list(parameters),
        "firingTriggerId": ["2147479553"],
        "tagFiringOption": "ONCE_PER_EVENT",
        "consentSettings": {"consentStatus": "NOT_SET"},
        **more,
    }


def html(code: str = "<p></p>", **more: object) -> Data:
    return tag("html", text("html", code), flag("supportDocumentWrite", "false"), **more)


def event(*parameters: Data, event_name: str = "sign_up", **more: object) -> Data:
    return tag(
        "gaawe",
        text("eventName", event_name),
        text("measurementIdOverride", "G-AAAAAAAAAA"),
        *parameters,
        **more,
    )


def condition(type_word: str, left: str, right: str, *more: Data) -> Data:
    return {"type": type_word, "parameter": [text("arg0", left), text("arg1", right), *more]}


def trigger(type_word: str, name: str = "Trigger", **more: object) -> Data:
    return {**IDS, "triggerId": "20", "name": name, "type": type_word, **more}


def custom_event(event_name: str = "sign_up", **more: object) -> Data:
    filters = [condition("EQUALS", "{{_event}}", event_name)]
    return trigger("CUSTOM_EVENT", **{"customEventFilter": filters, **more})


def variable(type_code: str, *parameters: Data, name: str = "Variable", **more: object) -> Data:
    return {
        **IDS,
        "variableId": "30",
        "name": name,
        "type": type_code,
        "parameter": list(parameters),
        "formatValue": {},
        **more,
    }


def built_in(type_word: str, name: str) -> Data:
    return {**IDS, "type": type_word, "name": name}


def folder(**more: object) -> Data:
    return {**IDS, "folderId": "1", "name": "Folder", **more}


def container(context: str = "WEB", /, **kinds: object) -> Data:
    """An export that holds these entities."""
    home = "accounts/6000000001/containers/200000001"
    return deepcopy(
        {
            "exportFormatVersion": 2,
            "exportTime": "2026-01-15 10:00:00",
            "containerVersion": {
                "path": f"{home}/versions/0",
                **IDS,
                "containerVersionId": "0",
                "container": {
                    "path": home,
                    **IDS,
                    "name": "Shop",
                    "publicId": "GTM-ABCDEF1",
                    "usageContext": [context],
                    "fingerprint": "1760000000000",
                },
                **kinds,
                "fingerprint": "1760000000000",
            },
        }
    )


def without(data: Data, *keys: str) -> Data:
    return {key: value for key, value in data.items() if key not in keys}
