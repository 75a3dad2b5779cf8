"""A schema as an editor wants it: what can be written at a place stands there, explained.

``schemas/`` says what is valid. To offer words, yaml-language-server, which most editors speak
with, looks at a place's own schema and its alternatives, not at ``then`` and ``else``; it
explains a word by ``defaultSnippets`` in a list, by ``enumDescriptions`` when pointed at. All of
that is computed here, from the schema and the catalog, so that nothing is written twice.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tagkit.validators import bundle, parts, resolve

_VARIABLE = r"\$\{[^{}]+\}"

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.catalog import Catalog
    from tagkit.validators import Schema


def editor_schema(name: str) -> dict[str, Any]:
    """The schema of that name, with all that it refers to and all that an editor can offer."""
    schema = deepcopy(bundle(name))
    for part in list(parts(schema)):
        for branch in ("then", "else"):
            if "type" in part.get("if", ()) and (words := _words(part.get(branch), schema, {})):
                _offer(words, part, part)
    if name == "plan":
        from tagkit.catalog import Catalog

        _offer_catalog(schema, Catalog())
        _allow_inheritance(schema)
    return schema


def _allow_inheritance(schema: dict[str, Any]) -> None:
    """What is checked when bases and variables are worked in, and an editor sees one file alone.

    A plan that extends another needs nothing of its own, and ``${name}`` may stand where a number
    or a text of a certain form is wanted.
    """
    for part in list(parts(schema)):
        if part.get("type") in ("number", "integer", "boolean"):
            part["type"] = [part["type"], "string"]
            part |= {"if": {"type": "string"}, "then": {"pattern": _VARIABLE}}
        elif "pattern" in part and "type" in part:
            part["pattern"] = f"(?:{part['pattern']})|{_VARIABLE}"
    plan = schema["$defs"]["plan"]
    extending = {key: value for key, value in plan.items() if key != "required"}
    schema["$defs"]["extending_plan"] = extending
    schema["then"] = {
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/extending_plan"},
        "else": {"$ref": "#/$defs/plan"},
    }


def _offer_catalog(schema: dict[str, Any], catalog: Catalog) -> None:
    """The ids of the catalog, where one can be written: in each list those that belong there."""
    entries = [catalog.entry(name) for name in catalog.ids]
    told = {entry["id"]: entry["description"]["en"] for entry in entries}
    anti = {entry["id"]: told[entry["id"]] for entry in entries if entry["kind"] == "anti"}
    others = {name: text for name, text in told.items() if name not in anti}
    conversion = schema["$defs"]["conversion"]
    lists = schema["$defs"]["plan"]["properties"]
    _offer(told, schema["items"], conversion)
    _offer(others, lists["macro_conversions"]["items"], conversion)
    _offer(others, lists["micro_conversions"]["items"], conversion)
    _offer(anti, lists["anti_conversions"]["items"], conversion)
    ids = {"enum": list(told), "enumDescriptions": list(told.values())}
    conversion |= {"if": {"type": "string"}, "then": ids}
    conversion["properties"]["use"] |= ids


def _words(schema: Schema | None, root: dict[str, Any], about: Mapping[str, Any]) -> dict[str, str]:
    """The words that a branch knows, each with what the key of that name means."""
    schema = resolve(schema or True, root)
    if not isinstance(schema, dict):
        return {}
    about = schema.get("properties", about)
    if "enum" not in schema:
        return _words(schema.get("then"), root, about)
    words = [word for word in schema["enum"] if isinstance(word, str)]
    return {word: about.get(word, {}).get("description", "") for word in words}


def _offer(words: Mapping[str, str], place: dict[str, Any], like: dict[str, Any]) -> None:
    """Words for a place where a text may stand, but not for the keys of a mapping there."""
    snippets = [{"label": word, "description": text, "body": word} for word, text in words.items()]
    anything = {"title": like["title"], "type": like["type"]}
    place["anyOf"] = [anything, {"type": "string", "defaultSnippets": snippets}]
