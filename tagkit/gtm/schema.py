"""The JSON schema of a container export, made from the vocabulary.

``python -m tagkit.gtm.schema`` prints ``schemas/gtm-container.schema.json``; a test compares.

It refuses what GTM's importer refuses and what can never work, and nothing else: unknown types,
unknown parameters and unknown keys pass, so that an export of next year passes too. What needs
two places of the file to judge is a rule (``tagkit.gtm.rules``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tagkit.gtm.vocabulary import EntityType, Key, TriggerType

Schema = dict[str, object]

_STRING: Schema = {"type": "string"}
_BOOLEAN: Schema = {"type": "boolean"}


def schema() -> Schema:
    """The schema as data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://tagkit.invalid/schemas/gtm-container.schema.json",
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
            **_tables(),
            **_types("tag", vocabulary.TAG_TYPES),
            **_types("variable", vocabulary.VARIABLE_TYPES),
            **_types("client", vocabulary.CLIENT_TYPES),
            **_types("transformation", vocabulary.TRANSFORMATION_TYPES),
            **_trigger_types(),
        },
    }


def text() -> str:
    """The schema as the file has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _name(title: str) -> str:
    return title.replace(" ", "_")


def _ref(title: str) -> Schema:
    return {"$ref": f"#/$defs/{_name(title)}"}


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


def _when_type(value: str, then: Schema) -> Schema:
    return {
        "if": {"properties": {"type": {"const": value}}, "required": ["type"]},
        "then": then,
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
    types = _KINDS_WITH_TYPES.get(kind)
    more: Schema = {}
    if types is not None:
        cases = [
            _when_type(name, _ref(f"{kind} {name}"))
            for name, entity_type in types.items()
            if _checks(entity_type.parameters)
        ]
        more = {"allOf": cases} if cases else {}
    return {
        _name(title): _object(
            title,
            (id_key, *required),
            {id_key: _ref("id"), **_COMMON, **properties},
            **more,
        )
    }


_KINDS_WITH_TYPES: Mapping[str, Mapping[str, EntityType]] = {
    "tag": vocabulary.TAG_TYPES,
    "variable": vocabulary.VARIABLE_TYPES,
    "client": vocabulary.CLIENT_TYPES,
    "transformation": vocabulary.TRANSFORMATION_TYPES,
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
            tagFiringOption={"title": "firing option", "enum": list(vocabulary.FIRING_OPTIONS)},
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
            "built-in variable", ("type",), {**_pick("accountId", "containerId", "name")}
        )
        | {
            "properties": {
                **_pick("accountId", "containerId", "name"),
                "type": {"title": "built-in variable type", "type": "string"},
            }
        },
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


def _pick(*keys: str) -> Schema:
    return {key: _COMMON[key] for key in keys}


def _trigger() -> Schema:
    conditions = {field: _list_of(_ref("condition")) for field in vocabulary.CONDITION_FIELDS}
    fields = {field: _ref("parameter") for field in vocabulary.TRIGGER_FIELDS}
    cases = [
        _when_type(name, _ref(f"trigger {name}"))
        for name, trigger_type in vocabulary.TRIGGER_TYPES.items()
        if _trigger_checks(trigger_type)
    ]
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
        allOf=cases,
    )


# --- The parts of an entity ---------------------------------------------------------------------


def _parts() -> Schema:
    needed = {"properties": {"consentStatus": {"const": "NEEDED"}}, "required": ["consentStatus"]}
    return {
        "id": {"title": "id", "type": "string", "pattern": "^[0-9]+$"},
        # That it is a number is said by a rule, once for the file and not at each entity.
        "account_id": {"title": "account or container id", "type": "string"},
        "type_code": {
            "title": "type",
            "description": "lower-case code (gaawe, v), or cvt_… for a custom template",
            "type": "string",
            "pattern": "^([a-z][A-Za-z0-9_]*|cvt_.+)$",
        },
        "parameter": {
            "title": "parameter",
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
                _when_type("BOOLEAN", _value("'true', 'false' or a variable", _TRUE_FALSE)),
                _when_type("INTEGER", _value("digits or a variable", _DIGITS)),
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
                            "if": _key_in(["arg0"]),
                            "then": _value("one variable, {{…}}", _VARIABLE),
                        }
                    ),
                    "allOf": [_contains((key,)) for key in vocabulary.CONDITION_ARGUMENTS],
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


def _contains(keys: tuple[str, ...]) -> Schema:
    """A list of parameters that has one of the keys; the title goes on after 'needs'."""
    match: Schema = {"const": keys[0]} if len(keys) == 1 else {"enum": list(keys)}
    return {
        "contains": {
            "title": f"a parameter '{keys[0]}'",
            "properties": {"key": match},
            "required": ["key"],
        }
    }


# --- What each type says of its parameters ------------------------------------------------------


def _tables() -> Schema:
    """One definition per shape of row. A row that has all its keys may have more."""
    rows = {
        key.row
        for types in _KINDS_WITH_TYPES.values()
        for entity_type in types.values()
        for key in entity_type.parameters.values()
        if key.row
    }
    return {
        "text_value": _not_of(
            _all_but(*vocabulary.TEXT_TYPES), "one text", {"enum": list(vocabulary.TEXT_TYPES)}
        ),
        "list_value": _not_of(_all_but("LIST"), "a list", {"const": "LIST"}),
        "row": _not_of(_all_but("MAP"), "a row", {"const": "MAP"}),
        **{_table_name(row): _table(row) for row in sorted(rows)},
        **{
            f"list_of_{item}": {
                "allOf": [{"$ref": "#/$defs/list_value"}],
                "properties": {
                    "list": {"items": _not_of(_all_but(item), "an item", {"const": item})}
                },
            }
            for item in ("TRIGGER_REFERENCE",)
        },
    }


def _table_name(row: tuple[str, ...]) -> str:
    return "table_" + "_".join(row)


def _table(row: tuple[str, ...]) -> Schema:
    complete: Schema = {"allOf": [_contains((key,)) for key in row]}
    known: Schema = {"properties": {"key": {"title": "row key", "enum": list(row)}}}
    return {
        "title": "table with rows of " + " and ".join(f"'{key}'" for key in row),
        "allOf": [{"$ref": "#/$defs/list_value"}],
        "properties": {
            "list": {
                "items": {
                    "allOf": [{"$ref": "#/$defs/row"}],
                    "properties": {
                        "map": {"if": {"not": complete}, "then": {"items": known}},
                    },
                }
            }
        },
    }


def _all_but(*types: str) -> list[str]:
    return [name for name in vocabulary.PARAMETER_TYPES if name not in types]


def _types(kind: str, types: Mapping[str, EntityType]) -> Schema:
    return {
        _name(f"{kind} {name}"): _parameters(
            f"{kind} of type {name}", entity_type.parameters, entity_type.either
        )
        for name, entity_type in types.items()
        if _checks(entity_type.parameters)
    }


def _checks(parameters: Mapping[str, Key]) -> bool:
    return bool(parameters)


def _parameters(
    title: str, parameters: Mapping[str, Key], either: Iterable[tuple[str, ...]] = ()
) -> Schema:
    needed = [(name,) for name, key in parameters.items() if key.required]
    needed += list(either)
    found: Schema = {"items": {"allOf": _shapes(parameters)}}
    if needed:
        found["allOf"] = [_contains(keys) for keys in needed]
    of_type: Schema = {"title": title, "properties": {"parameter": found}}
    if needed:
        of_type["required"] = ["parameter"]
    return of_type


def _shapes(parameters: Mapping[str, Key]) -> list[Schema]:
    """What the value of each known key looks like: one text, a list, or a table."""
    definitions: dict[str, list[str]] = {}
    for name, key in parameters.items():
        definitions.setdefault(_shape_of(key), []).append(name)
    return [
        {"if": _key_in(names), "then": {"$ref": f"#/$defs/{definition}"}}
        for definition, names in definitions.items()
    ]


def _shape_of(key: Key) -> str:
    if key.row:
        return _table_name(key.row)
    if key.item:
        return f"list_of_{key.item}"
    return "list_value" if key.is_list else "text_value"


def _key_in(names: list[str]) -> Schema:
    match: Schema = {"const": names[0]} if len(names) == 1 else {"enum": names}
    return {"properties": {"key": match}, "required": ["key"]}


def _not_of(types: Iterable[str], title: str, instead: Schema) -> Schema:
    """A parameter of none of these types; a word that is no type at all is said elsewhere."""
    return {
        "if": {"properties": {"type": {"enum": list(types)}}, "required": ["type"]},
        "then": {"properties": {"type": {"title": title, **instead}}},
    }


def _trigger_types() -> Schema:
    return {
        _name(f"trigger {name}"): _trigger_type(name, trigger_type)
        for name, trigger_type in vocabulary.TRIGGER_TYPES.items()
        if _trigger_checks(trigger_type)
    }


def _trigger_checks(trigger_type: TriggerType) -> bool:
    return bool(trigger_type.parameters or trigger_type.required_fields)


def _trigger_type(name: str, trigger_type: TriggerType) -> Schema:
    of_type: Schema = {"title": f"trigger of type {name}"}
    if trigger_type.parameters:
        of_type = _parameters(f"trigger of type {name}", trigger_type.parameters)
    if trigger_type.required_fields:
        of_type["required"] = list(trigger_type.required_fields)
    if "customEventFilter" in trigger_type.required_fields:
        of_type["properties"] = {
            "customEventFilter": {
                "title": "exactly one condition on the event's name",
                "minItems": 1,
                "maxItems": 1,
            }
        }
    return of_type


if __name__ == "__main__":
    import sys

    sys.stdout.write(text())
