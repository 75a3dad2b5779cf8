"""The JSON schema of a container export, made from the vocabulary.

``python -m tagkit.gtm.schema`` prints ``schemas/gtm-container.schema.json``; a test compares.

It refuses what GTM's importer refuses and what can never work, and nothing else: unknown types,
unknown parameters and unknown keys pass, so that an export of next year passes too. What needs
two places of the file to judge is a rule (``tagkit.gtm.rules``). ``x-…`` is read by
``tagkit.schema``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.type_schemas import cases, contains, definitions, key_in, when_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Schema = dict[str, object]

_STRING: Schema = {"type": "string"}
_BOOLEAN: Schema = {"type": "boolean"}


def schema() -> Schema:
    """The schema as data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:tagkit:schema:gtm-container",
        "title": "GTM container export",
        "description": "What GTM's Import Container accepts: a web, server or AMP container. "
        "Made by tagkit.gtm.schema; do not edit.",
        "type": "object",
        "required": ["exportFormatVersion", "containerVersion"],
        "properties": {
            "exportFormatVersion": {"title": "export format version", "type": "number"},
            "exportTime": {"title": "export time", "type": "string"},
            "containerVersion": _ref("container version"),
        },
        "$defs": {
            **_envelope(),
            **_entities(),
            **_parts(),
            **definitions(),
        },
    }


def text() -> str:
    """The schema as the file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _ref(title: str) -> Schema:
    return {"$ref": f"#/$defs/{_name(title)}"}


def _name(title: str) -> str:
    return title.replace(" ", "_")


def _list_of(items: Schema, **more: object) -> Schema:
    return {"type": "array", "items": items, **more}


def _object(
    title: str, required: Iterable[str], properties: Mapping[str, object], **more: object
) -> Schema:
    return {
        "title": title,
        "type": "object",
        "required": list(required),
        "properties": dict(properties),
        **more,
    }


# --- The file and its entities ------------------------------------------------------------------


def _envelope() -> Schema:
    kinds = {kind: _list_of(_ref(_WORDS.get(kind, kind))) for kind in vocabulary.KINDS}
    return {
        "container_version": _object(
            "container version",
            ("accountId", "containerId", "container"),
            {
                "path": _STRING,
                "accountId": _ref("account id"),
                "containerId": _ref("account id"),
                "containerVersionId": _STRING,
                "name": _STRING,
                "description": _STRING,
                "notes": _STRING,
                "container": _ref("container"),
                **kinds,
                "fingerprint": _STRING,
                "tagManagerUrl": _STRING,
                "deleted": _BOOLEAN,
            },
        ),
        "container": _object(
            "container",
            (),
            {
                "path": _STRING,
                "accountId": _ref("account id"),
                "containerId": _ref("account id"),
                "name": _STRING,
                "publicId": _STRING,
                "notes": _STRING,
                "usageContext": _list_of(
                    {"title": "usage context", "type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"}
                ),
                "fingerprint": _STRING,
                "tagManagerUrl": _STRING,
                "features": {"type": "object", "additionalProperties": _BOOLEAN},
                "tagIds": _list_of(_STRING),
                "taggingServerUrls": _list_of(_STRING),
                "enabledBuiltInVariable": _list_of(_STRING),
                "domainName": _list_of(_STRING),
            },
        ),
    }


# Titles of the definitions; a kind without an entry is called as its key.
_WORDS = {
    "builtInVariable": "built-in variable",
    "customTemplate": "custom template",
    "gtagConfig": "Google tag configuration",
}
_COMMON: Schema = {
    "accountId": {"$ref": "#/$defs/account_id"},
    "containerId": {"$ref": "#/$defs/account_id"},
    "name": {"title": "name", "type": "string", "minLength": 1},
    "notes": _STRING,
    "fingerprint": _STRING,
    "parentFolderId": {"$ref": "#/$defs/id"},
    "parameter": {"type": "array", "items": {"$ref": "#/$defs/named_parameter"}},
}


def _entity(kind: str, required: Iterable[str] = (), **properties: object) -> Schema:
    title = _WORDS.get(kind, kind)
    id_key = vocabulary.ID_KEYS[kind]
    of_types = cases(kind)
    more: Schema = {"allOf": of_types} if of_types else {}
    return {
        _name(title): _object(
            title,
            (id_key, *required),
            {id_key: _ref("id"), **_COMMON, **properties},
            **more,
        )
    }


def _entities() -> Schema:
    named = ("name",)
    typed = ("name", "type")
    return {
        **_entity(
            "tag",
            typed,
            type=_ref("type code"),
            firingTriggerId=_list_of(_ref("id")),
            blockingTriggerId=_list_of(_ref("id")),
            tagFiringOption={
                "title": "firing option",
                "enum": list(vocabulary.FIRING_OPTIONS),
                "x-hint": "once per page is 'ONCE_PER_LOAD', once per event 'ONCE_PER_EVENT'",
            },
            setupTag=_list_of(_ref("setup tag")),
            teardownTag=_list_of(_ref("teardown tag")),
            priority=_ref("parameter"),
            paused=_BOOLEAN,
            liveOnly=_BOOLEAN,
            scheduleStartMs=_STRING,
            scheduleEndMs=_STRING,
            monitoringMetadata=_ref("parameter"),
            monitoringMetadataTagNameKey=_STRING,
            consentSettings=_ref("consent settings"),
        ),
        "setup_tag": _object(
            "setup tag", ("tagName",), {"tagName": _STRING, "stopOnSetupFailure": _BOOLEAN}
        ),
        "teardown_tag": _object(
            "teardown tag", ("tagName",), {"tagName": _STRING, "stopTeardownOnFailure": _BOOLEAN}
        ),
        "trigger": _trigger(),
        **_entity(
            "variable",
            typed,
            type=_ref("type code"),
            formatValue=_ref("format value"),
            enablingTriggerId=_list_of(_ref("id")),
            disablingTriggerId=_list_of(_ref("id")),
            scheduleStartMs=_STRING,
            scheduleEndMs=_STRING,
        ),
        **_entity("folder", named),
        "built-in_variable": _object(
            "built-in variable",
            ("type",),
            {
                **{key: _COMMON[key] for key in ("accountId", "containerId", "name")},
                "type": {"title": "built-in variable type", "type": "string"},
            },
        ),
        **_entity(
            "customTemplate",
            ("name", "templateData"),
            templateData=_STRING,
            galleryReference=_ref("gallery reference"),
        ),
        "gallery_reference": _object(
            "gallery reference",
            (),
            {
                "host": _STRING,
                "owner": _STRING,
                "repository": _STRING,
                "version": _STRING,
                "isModified": _BOOLEAN,
                "signature": _STRING,
                "galleryTemplateId": _STRING,
            },
        ),
        **_entity("client", typed, type=_ref("type code"), priority={"type": "number"}),
        **_entity("transformation", typed, type=_ref("type code")),
        **_entity("zone", named),
        **_entity("gtagConfig", ("type",), type=_ref("type code")),
    }


def _trigger() -> Schema:
    conditions = {field: _list_of(_ref("condition")) for field in vocabulary.CONDITION_FIELDS}
    fields = {field: _ref("parameter") for field in vocabulary.TRIGGER_FIELDS}
    return _object(
        "trigger",
        ("triggerId", "name", "type"),
        {
            "triggerId": _ref("id"),
            **_COMMON,
            "type": {"title": "trigger type", "enum": list(vocabulary.TRIGGER_TYPES)},
            **conditions,
            **fields,
        },
        allOf=cases("trigger"),
    )


# --- The parts of an entity ---------------------------------------------------------------------


def _parts() -> Schema:
    needed = {"properties": {"consentStatus": {"const": "NEEDED"}}, "required": ["consentStatus"]}
    return {
        "id": {
            "title": "id",
            "type": "string",
            "pattern": "^[0-9]+$",
            "x-pattern": "an id of digits only",
        },
        # That it is a number is said by a rule, once for the file and not at each entity.
        "account_id": {"title": "account or container id", "type": "string"},
        "type_code": {
            "title": "type",
            "x-pattern": "a type code as GTM has them, in lower case",
            "description": "lower-case code (gaawe, v), or cvt_… for a custom template",
            "type": "string",
            "pattern": "^([a-z][A-Za-z0-9_]*|cvt_.+)$",
        },
        "parameter": {
            "title": "parameter",
            "x-name": "a parameter",
            "x-hint": {"type": 'for instance {"type": "TEMPLATE", "value": "…"}'},
            "type": "object",
            "required": ["type"],
            "properties": {
                "type": {"title": "parameter type", "enum": list(vocabulary.PARAMETER_TYPES)},
                "key": {"title": "parameter key", "type": "string"},
                "value": {"title": "parameter value", "type": "string"},
                "list": _list_of(_ref("parameter")),
                "map": _list_of(_ref("named parameter")),
                "isWeakReference": _BOOLEAN,
            },
            "allOf": [
                when_type("BOOLEAN", _value("'true', 'false' or a variable", _TRUE_FALSE)),
                when_type("INTEGER", _value("digits or a variable", _DIGITS)),
            ],
        },
        "named_parameter": {
            "title": "parameter with a key",
            "allOf": [_ref("parameter")],
            "required": ["key"],
        },
        "condition": _object(
            "condition",
            ("type", "parameter"),
            {
                "type": {"title": "condition type", "enum": list(vocabulary.CONDITION_TYPES)},
                "parameter": {
                    **_list_of(
                        {
                            "allOf": [_ref("named parameter")],
                            "if": key_in(["arg0"]),
                            "then": _value("one variable, {{…}}", _VARIABLE),
                        }
                    ),
                    "allOf": [contains((key,)) for key in vocabulary.CONDITION_ARGUMENTS],
                },
            },
        ),
        "consent_settings": _object(
            "consent settings",
            ("consentStatus",),
            {
                "consentStatus": {
                    "title": "consent status",
                    "enum": list(vocabulary.CONSENT_STATUSES),
                },
                "consentType": _ref("parameter"),
            },
            **{"if": needed, "then": {"required": ["consentType"]}},
        ),
        "format_value": _object(
            "format value",
            (),
            {
                "caseConversionType": {
                    "title": "case conversion",
                    "enum": list(vocabulary.CASE_CONVERSIONS),
                },
                "convertNullToValue": _ref("parameter"),
                "convertUndefinedToValue": _ref("parameter"),
                "convertTrueToValue": _ref("parameter"),
                "convertFalseToValue": _ref("parameter"),
            },
        ),
    }


_TRUE_FALSE = r"^(true|false)$|\{\{"
_VARIABLE = r"^\{\{.+\}\}$"
_DIGITS = r"^-?[0-9]*$|\{\{"


def _value(title: str, pattern: str) -> Schema:
    return {"properties": {"value": {"title": title, "pattern": pattern}}}


if __name__ == "__main__":
    import sys

    sys.stdout.write(text())
