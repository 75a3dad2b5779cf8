"""What is true of every container that GTM takes, asked without tagkit's own checks.

``problems`` knows only ``tagkit.gtm.vocabulary``, a table of words; ``unseen`` compares with the
grammar mined from real exports.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from tagkit.gtm import vocabulary as words

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = Any
_REFERENCE = re.compile(r"\{\{(.*?)\}\}")
_TYPES = {"tag": words.TAG_TYPES, "variable": words.VARIABLE_TYPES}


def problems(text: str) -> Iterator[str]:
    """What is wrong with a container file."""
    export = json.loads(text)
    if text != json.dumps(export, indent=4, ensure_ascii=False):
        yield "layout: not as GTM writes it"
    version = export["containerVersion"]
    yield from _empty(version, "containerVersion")
    yield from _orders(export)
    yield from _ids(version)
    yield from _references(version)
    for kind in ("tag", "trigger", "variable"):
        for entity in version.get(kind, ()):
            yield from (f"{kind} {entity['name']}: {said}" for said in _entity(kind, entity))


def _empty(value: Json, where: str) -> Iterator[str]:
    if isinstance(value, list) and not value:
        yield f"{where}: an empty array"
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        if isinstance(inner, dict | list):
            yield from _empty(inner, f"{where}.{key}")


def _orders(export: Json) -> Iterator[str]:
    version = export["containerVersion"]
    objects = [("root", export), ("containerVersion", version), ("container", version["container"])]
    objects.append(("features", version["container"]["features"]))
    for kind in words.KINDS:
        objects += [(kind, entity) for entity in version.get(kind, ())]
    for kind, entity in list(objects):
        if kind == "tag":
            objects.append(("consentSettings", entity["consentSettings"]))
        objects += [("parameter", p) for p in _parameters(entity.get("parameter", ()))]
        for field in words.CONDITION_FIELDS:
            objects += [("condition", condition) for condition in entity.get(field, ())]
    for kind, entity in objects:
        order = words.KEY_ORDER[kind]
        if unknown := [key for key in entity if key not in order]:
            yield f"{kind} {entity.get('name')}: unknown keys {unknown}"
        elif list(entity) != [key for key in order if key in entity]:
            yield f"{kind} {entity.get('name')}: keys out of order: {list(entity)}"


def _parameters(parameters: Json) -> Iterator[Json]:
    for parameter in parameters:
        yield parameter
        yield from _parameters(parameter.get("list", ()))
        yield from _parameters(parameter.get("map", ()))


def _ids(version: Json) -> Iterator[str]:
    used: Counter[str] = Counter()
    for kind, key in words.ID_KEYS.items():
        entities = version.get(kind, [])
        ids = [entity[key] for entity in entities]
        used.update(ids)
        if ids != sorted(ids, key=int):
            yield f"{kind}: not sorted by id"
        yield from (f"{kind}: id {i}" for i in ids if not re.fullmatch("[1-9][0-9]{0,5}", i))
        names = Counter(entity["name"] for entity in entities)
        yield from (f"{kind}: name {name} twice" for name, number in names.items() if number > 1)
        if kind != "folder":
            folders = {folder["folderId"] for folder in version["folder"]}
            for entity in entities:
                if entity["parentFolderId"] not in folders:
                    yield f"{kind} {entity['name']}: no such folder"
        for entity in entities:
            if not re.fullmatch("[0-9]{1,13}", entity["fingerprint"]):
                yield f"{kind} {entity['name']}: fingerprint {entity['fingerprint']}"
    yield from (f"id {i} is used {number} times" for i, number in used.items() if number > 1)
    folders_used = {e["parentFolderId"] for k in ("tag", "trigger", "variable") for e in version[k]
                    } if {"tag", "trigger", "variable"} <= version.keys() else set()  # fmt: skip
    if folders_used and folders_used != {folder["folderId"] for folder in version["folder"]}:
        yield "a folder is empty"


def _references(version: Json) -> Iterator[str]:
    triggers = {trigger["triggerId"] for trigger in version.get("trigger", ())}
    fired = set()
    for tag in version.get("tag", ()):
        for key in ("firingTriggerId", "blockingTriggerId"):
            ids = tag.get(key, [])
            fired |= {*ids}
            if ids != sorted(set(ids), key=int):
                yield f"tag {tag['name']}: {key} is not sorted, or has one twice"
            for i in set(ids) - triggers - words.SYSTEM_TRIGGERS.keys():
                yield f"tag {tag['name']}: no trigger {i}"
    for trigger in version.get("trigger", ()):
        if trigger["type"] == "TRIGGER_GROUP":
            members = {item["value"] for item in trigger["parameter"][0]["list"]}
            fired |= members
            yield from (f"trigger {trigger['name']}: no member {i}" for i in members - triggers)
    yield from (f"trigger {i} is used by nothing" for i in triggers - fired)

    variables = {variable["name"] for variable in version.get("variable", ())}
    enabled = {b["name"]: b["type"] for b in version.get("builtInVariable", ())}
    for name, kind in enabled.items():
        if words.BUILT_INS[kind].name != name:
            yield f"built-in {kind} is called {name}"
    order = list(words.BUILT_INS)
    if [*enabled.values()] != sorted(enabled.values(), key=order.index):
        yield "built-ins are not in Google's order"
    said = {name for kind in ("tag", "trigger", "variable") for entity in version.get(kind, ())
            for name in _names_in(entity)}  # fmt: skip
    if said & variables != variables:
        yield f"variables used by nothing: {sorted(variables - said)}"
    if enabled.keys() - said:
        yield f"built-ins used by nothing: {sorted(enabled.keys() - said)}"
    for name in said - variables - enabled.keys() - words.IMPLICIT_VARIABLES - THEIRS:
        yield f"nothing is called {{{{{name}}}}}"


THEIRS = {"X", "Y", "Author", "Date", "Their variable", "Page URL"}
"""Variables that plans of the tests expect in the container they are imported into."""


def _names_in(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield from _REFERENCE.findall(value)
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _names_in(inner)


def _entity(kind: str, entity: Json) -> Iterator[str]:
    known = words.TRIGGER_TYPES if kind == "trigger" else _TYPES[kind]
    if entity["type"] not in known:
        yield f"unknown type {entity['type']}"
        return
    entity_type = known[entity["type"]]
    if words.WEB not in entity_type.contexts or entity_type.deprecated:
        yield f"type {entity['type']} is not for a web container of today"
    keys = [parameter["key"] for parameter in entity.get("parameter", ())]
    if len(keys) != len(set(keys)):
        yield f"a parameter twice: {keys}"
    if keys != [key for key in entity_type.parameters if key in keys]:
        yield f"parameters out of order, or unknown: {keys}"
    for name, wanted in entity_type.parameters.items():
        if (wanted.required or wanted.always) and name not in keys:
            yield f"lacks {name}"
    for parameter in entity.get("parameter", ()):
        if parameter["key"] in entity_type.parameters:
            wanted = entity_type.parameters[parameter["key"]]
            yield from _parameter(parameter, wanted)
    if kind == "trigger":
        yield from _trigger(entity, entity_type)
    if kind == "tag":
        if entity["tagFiringOption"] not in words.FIRING_OPTIONS:
            yield f"tagFiringOption {entity['tagFiringOption']}"
        consent = entity["consentSettings"]
        types = [item["value"] for item in consent.get("consentType", {}).get("list", ())]
        if (consent["consentStatus"] == "NEEDED") != bool(types) or len(types) != len(set(types)):
            yield f"consent {consent}"
        if not entity.get("firingTriggerId"):
            yield "fires on nothing"
    if kind == "variable" and entity.get("formatValue"):
        names = {"caseConversionType", "convertNullToValue", "convertUndefinedToValue"}
        names |= {"convertTrueToValue", "convertFalseToValue"}
        if entity["formatValue"].keys() - names:
            yield f"formatValue {entity['formatValue']}"


def _parameter(parameter: Json, wanted: words.Key) -> Iterator[str]:
    if parameter["type"] != wanted.type:
        yield f"{parameter['key']} is {parameter['type']}, not {wanted.type}"
    elif wanted.row:
        for row in parameter["list"]:
            if row["type"] != "MAP" or tuple(c["key"] for c in row["map"]) != wanted.row:
                yield f"{parameter['key']} has a row {row}"
            elif any(cell["type"] != "TEMPLATE" for cell in row["map"]):
                yield f"{parameter['key']} has a cell that is no text: {row}"
    elif wanted.item:
        if any(item["type"] != wanted.item for item in parameter["list"]):
            yield f"{parameter['key']} has an item that is no {wanted.item}"
    elif (wanted.type == "BOOLEAN" and parameter["value"] not in ("true", "false")) or (
        wanted.values and parameter["value"] not in wanted.values
    ):
        yield f"{parameter['key']} is {parameter['value']}"
    elif wanted.required and not parameter.get("value"):
        yield f"{parameter['key']} is empty"


_SHARED = {"accountId", "containerId", "triggerId", "name", "type", "notes", "fingerprint"} | {
    "parentFolderId",
    "parameter",
    "filter",
}


def _trigger(trigger: Json, trigger_type: words.TriggerType) -> Iterator[str]:
    fields = trigger.keys() - _SHARED
    if fields - set(trigger_type.fields):
        yield f"has {sorted(fields - set(trigger_type.fields))}"
    for field in trigger_type.required_fields:
        if field not in trigger:
            yield f"lacks {field}"
    for field in fields & words.TRIGGER_FIELDS.keys():
        if trigger[field]["type"] != words.TRIGGER_FIELDS[field] or "key" in trigger[field]:
            yield f"{field} is {trigger[field]}"
    for field in words.CONDITION_FIELDS:
        for condition in trigger.get(field, ()):
            shape = [(p["type"], p["key"]) for p in condition["parameter"]]
            arguments = [("TEMPLATE", key) for key in words.CONDITION_ARGUMENTS]
            modifiers = [("BOOLEAN", key) for key in words.CONDITION_MODIFIERS]
            if condition["type"] not in words.CONDITION_TYPES:
                yield f"condition {condition['type']}"
            if shape[:2] != arguments or shape[2:] != [m for m in modifiers if m in shape]:
                yield f"condition of the shape {shape}"
            if any(p["value"] != "true" for p in condition["parameter"][2:]):
                yield f"a modifier that does not hold: {condition}"
            if not re.fullmatch(r"\{\{[^{}]+\}\}", condition["parameter"][0]["value"]):
                yield f"a condition on {condition['parameter'][0]['value']}"


# --- against the grammar of real exports

MAY = {
    "condition GREATER", "condition LESS_OR_EQUALS",
    "ELEMENT_VISIBILITY.onScreenDuration", "YOU_TUBE_VIDEO.progressThresholdsTimeInSeconds",
    "SCROLL_DEPTH.verticalThresholdsPixels", "SCROLL_DEPTH.horizontalThresholdUnits",
    "SCROLL_DEPTH.horizontalThresholdsPercent", "SCROLL_DEPTH.horizontalThresholdsPixels",
}  # fmt: skip
"""Not in those exports, and right all the same: [api] in the vocabulary."""


def unseen(version: Json, grammar: Json) -> set[str]:
    """What no real export has: types, parameters, their types, rows, fields, conditions."""
    return set(_unseen(version, grammar)) - MAY


def _unseen(version: Json, grammar: Json) -> Iterator[str]:
    for kind in ("tag", "trigger", "variable"):
        known = grammar[f"{kind}_types"]
        for entity in version.get(kind, ()):
            if entity["type"] not in known:
                yield entity["type"]
                continue
            entity_type = known[entity["type"]]
            for parameter in entity.get("parameter", ()):
                name = f"{entity['type']}.{parameter['key']}"
                seen = entity_type["parameters"].get(parameter["key"])
                if not seen:
                    yield name
                    continue
                if parameter["type"] not in seen["types"]:
                    yield f"{name}: {parameter['type']}"
                for row in parameter.get("list", ()):
                    shape = "+".join(f"{c['key']}:{c['type']}" for c in row.get("map", ()))
                    if shape and shape not in seen["row_shapes"]:
                        yield f"{name}: {shape}"
            yield from (
                f"{kind} key {key}"
                for key in entity
                if key not in grammar["entity_keys"][kind] and key not in entity_type["fields"]
            )
            for field in words.CONDITION_FIELDS:
                for condition in entity.get(field, ()):
                    seen = grammar["conditions"].get(condition["type"])
                    if not seen:
                        yield f"condition {condition['type']}"
                        continue
    yield from (
        f"built-in {b['type']}"
        for b in version.get("builtInVariable", ())
        if b["type"] not in grammar["builtInVariables"]
    )
