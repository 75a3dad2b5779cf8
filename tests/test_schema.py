"""The validate stage: what is said of a document that does not fit its schema."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tagkit import schema as rules
from tagkit import validators
from tagkit.diagnostics import Findings, place
from tagkit.nearest import closest, nearest, offered
from tagkit.schema import SchemaName, check_schemas, explain, validate
from tagkit.source import load

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.source import Json


def said(schema: validators.Schema, text: str) -> list[str]:
    """What is said of a document: "line:column code message | hint"."""
    found = Findings()
    source = load(text, "x", found)
    assert found == []
    found.extend(explain(source.data, validators.thorough_for(schema), source))
    quick = validators.quick_for(schema).is_valid(source.data)
    assert quick == (not found)
    return [
        f"{d.span.line}:{d.span.column} {d.rule.code[2:]} {d.message}"
        + (f" | {d.hint}" if d.hint else "")
        for d in place(found, source)
        if d.span
    ]


def with_key(name: str, schema: Json) -> dict[str, Any]:
    return {"properties": {name: schema}}


CLICK = {
    "x-name": "a click trigger",
    "type": "object",
    "properties": {"type": {"const": "click"}, "selector": {}, "once_per": {}},
    "additionalProperties": False,
}
CLOSED = {"properties": {"name": {}, "url": {}, "no": False}, "additionalProperties": False}
ONE_OF_THREE = {
    "properties": {"a": {}, "b": {}, "c": {}},
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
TAGGED = {
    "type": "object",
    "required": ["type"],
    "properties": {"type": {"enum": ["click", "scroll"]}},
    "if": {"properties": {"type": {"const": "click"}}, "required": ["type"]},
    "then": {
        "required": ["css"],
        "properties": {"css": {"type": "string"}, "percent": False},
        "x-hint": "only a scroll has one",
    },
    "else": {"properties": {"percent": {"type": "integer"}}},
    "unevaluatedProperties": False,
}
TREE = {
    "$ref": "#/$defs/node",
    "$defs": {
        "node": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "not": {"$ref": "#/$defs/node"}},
            "additionalProperties": False,
        }
    },
}
DYNAMIC = {
    "$dynamicAnchor": "node",
    "properties": {"name": {"type": "string"}, "in": {"$dynamicRef": "#node"}},
    "additionalProperties": False,
}
NAMES = [f"name_{letter}" for letter in "abcdefghijklmnopqrst"]

SILENT: list[tuple[validators.Schema, str]] = [
    ({}, "a: 1"),
    (True, "[]"),
    (CLICK, "type: click"),
    (TAGGED, "{type: scroll, percent: 5}"),
    (TREE, "{not: {not: {name: x}}}"),
    (DYNAMIC, "{in: {in: {name: x}}}"),
    ({"pattern": "^[a$]+$"}, "a$a"),
    ({"type": "integer"}, "1.0"),
    ({"uniqueItems": True}, "[1, true, '1', null, [1], [true]]"),
]

LOUD: list[tuple[validators.Schema, str, list[str]]] = [
    # keys
    (CLICK, "type: click\npercent: 3", ["2:1 103 unknown key 'percent' | a click trigger has type, selector, once_per"]),
    (CLICK, "{type: click, Selector: x}", ["1:15 103 unknown key 'Selector' | did you mean 'selector'?"]),
    (CLOSED, "{naem: 1, xyz: 2}", ["1:2 103 unknown key 'naem' | did you mean 'name'?", "1:11 103 unknown key 'xyz' | known here: name, url"]),
    (CLOSED, "no: 1", ["1:1 110 'no' does not belong here"]),
    ({"additionalProperties": False}, "a: 1", ["1:1 103 unknown key 'a' | no key is known here"]),
    (CLOSED | {"x-hint": {"additionalProperties": "see the manual"}}, "q: 1", ["1:1 103 unknown key 'q' | see the manual"]),
    ({"patternProperties": {"^x_": {}}, "additionalProperties": False}, "{x_1: 1, y: 2}", ["1:10 103 unknown key 'y' | no key is known here"]),
    ({"properties": dict.fromkeys(NAMES, True), "additionalProperties": False}, "q: 1", ["1:1 103 unknown key 'q' | known here: " + ", ".join(NAMES[:12]) + " and 8 more"]),
    ({"required": ["a", "b"]}, "{}", ["1:1 101 missing key 'a'", "1:1 101 missing key 'b'"]),
    (with_key("list", {"items": {"required": ["id"]}}), "list:\n  - name: x\n", ["2:5 101 missing key 'id'"]),
    (with_key("in", {"required": ["id"], "properties": {"id": {"description": "Its name."}}}), "in:\n  a: 1\n", ["1:1 101 missing key 'id' in 'in' | its name"]),
    (with_key("in", {"required": ["id"], "properties": {"id": {"x-hint": "write id: x"}}}), "in: {}", ["1:1 101 missing key 'id' in 'in' | write id: x"]),
    (CLOSED | {"required": ["name"]}, "nmae: x", ["1:1 103 unknown key 'nmae' | did you mean 'name'?"]),
    ({"dependentRequired": {"a": ["b", "c"]}}, "{a: 1, c: 2}", ["1:2 101 'a' needs 'b' beside it"]),
    ({"dependentSchemas": {"a": {"required": ["b"]}}}, "a: 1", ["1:1 101 missing key 'b'"]),
    ({"propertyNames": {"pattern": "^[a-z]+$", "x-pattern": "small letters"}}, "{a: 1, B: 2}", ["1:8 112 the key 'B' cannot be used: expected small letters"]),
    ({"propertyNames": {"maxLength": 3}}, "long: 1", ["1:1 112 the key 'long' cannot be used: expected at most 3 characters"]),
    ({"propertyNames": False}, "a: 1", ["1:1 112 the key 'a' cannot be used: 'a' does not belong here"]),
    (ONE_OF_THREE, "{a: 1, b: 2}", ["1:1 108 expected exactly one key, found 2: 'a' and 'b' | one of a, b, c"]),
    (with_key("t", ONE_OF_THREE), "t: {}", ["1:1 108 expected exactly one key, found none | one of a, b, c"]),
    ({"minProperties": 1}, "{}", ["1:1 108 this mapping is empty"]),
    ({"minProperties": 2}, "a: 1", ["1:1 108 expected at least 2 keys, found 1"]),
    ({"maxProperties": 1}, "{a: 1, b: 1}", ["1:1 108 expected at most 1 key, found 2"]),
    # types
    ({"type": "string"}, "1.10", ['1:1 102 expected text, found a number | quote it: "1.10"']),
    ({"type": "string"}, "true", ['1:1 102 expected text, found true | quote it: "true"']),
    (with_key("a", {"type": "string"}), "a:", ["1:1 102 expected text, found nothing"]),
    ({"type": "string", "description": "ISO 4217: PLN."}, "[1]", ["1:1 102 expected text, found a list | ISO 4217: PLN"]),
    ({"type": "boolean"}, "yes", ["1:1 102 expected true or false, found text | write true"]),
    ({"type": "boolean"}, "Off", ["1:1 102 expected true or false, found text | write false"]),
    ({"type": "boolean"}, '""', ["1:1 102 expected true or false, found empty text"]),
    ({"type": ["number", "null"]}, "'1.50'", ["1:1 102 expected a number or nothing, found text | write it without quotes: 1.50"]),
    ({"type": "number"}, "x", ["1:1 102 expected a number, found text"]),
    ({"type": "integer"}, "1.5", ["1:1 102 expected a whole number, found 1.5"]),
    ({"type": "object"}, "- a: 1", ["1:3 102 expected a mapping, found a list | a mapping is written 'key: value', without dashes"]),
    ({"type": ["array", "object"]}, "word", ["1:1 102 expected a list or a mapping, found text | write a list: [word]"]),
    ({"type": "array"}, "{a: 1}", ["1:1 102 expected a list, found a mapping"]),
    ({"type": ["string", "array", "object"]}, "false", ['1:1 102 expected text, a list or a mapping, found false | quote it: "false"']),
    ({"type": "object", "enum": [1], "required": ["a"]}, "x", ["1:1 102 expected a mapping, found text"]),
    # values
    ({"enum": ["click", "scroll", 5, None, True]}, "clik", ["1:1 104 expected 'click', 'scroll', 5, nothing or true, found 'clik' | did you mean 'click'?"]),
    ({"enum": ["a", "b"], "description": "A: one; b: two."}, "[]", ["1:1 104 expected 'a' or 'b', found a list | a: one; b: two"]),
    ({"enum": NAMES}, "name_A", ["1:1 104 'name_A' is not known here | did you mean 'name_a'?"]),
    ({"enum": NAMES}, "q", ["1:1 104 'q' is not known here | known here: " + ", ".join(NAMES[:12]) + " and 8 more"]),
    ({"enum": ["404", "500"]}, "404", ["1:1 104 expected '404' or '500', found 404 | quote it: \"404\""]),
    ({"enum": ["a"]}, "1", ["1:1 104 expected 'a', found 1"]),
    ({"const": 1, "x-hint": "write tagkit: 1"}, "2", ["1:1 104 expected 1, found 2 | write tagkit: 1"]),
    ({"const": "x" * 70}, "a", [f"1:1 104 expected '{'x' * 59}…', found 'a'"]),
    ({"const": {"a": 1}}, "[]", ["1:1 104 expected a mapping, found a list"]),
    ({"pattern": "^G-", "x-pattern": "an ID that starts with G-"}, "UA-1", ["1:1 105 expected an ID that starts with G-, found 'UA-1'"]),
    ({"pattern": "^G-", "title": "a measurement ID"}, "UA-1", ["1:1 105 expected a measurement ID, found 'UA-1'"]),
    ({"pattern": "^G-", "examples": ["G-1"]}, "UA-1", ["1:1 105 'UA-1' has the wrong form | for example 'G-1'"]),
    ({"pattern": "^a$"}, '"a\\n"', ["1:1 105 'a\n' has the wrong form"]),
    ({"pattern": "^\\d+$"}, "٣", ["1:1 105 '٣' has the wrong form"]),
    ({"minimum": 1}, "0", ["1:1 106 expected at least 1, found 0"]),
    ({"maximum": 1}, "1.5", ["1:1 106 expected at most 1, found 1.5"]),
    ({"exclusiveMinimum": 0}, "0", ["1:1 106 expected more than 0, found 0"]),
    ({"exclusiveMaximum": 0}, "0", ["1:1 106 expected less than 0, found 0"]),
    ({"multipleOf": 5}, "7", ["1:1 106 expected a multiple of 5, found 7"]),
    ({"minLength": 1}, '""', ["1:1 107 this text is empty"]),
    ({"minLength": 1, "pattern": "x"}, '""', ["1:1 107 this text is empty"]),
    ({"minLength": 3}, "ab", ["1:1 107 expected at least 3 characters, found 2"]),
    ({"maxLength": 1}, "🍵b", ["1:1 107 expected at most 1 character, found 2"]),
    # lists
    ({"minItems": 1}, "[]", ["1:1 108 this list is empty"]),
    ({"minItems": 2}, "[1]", ["1:1 108 expected at least 2 items, found 1"]),
    ({"maxItems": 1}, "[1, 2]", ["1:1 108 expected at most 1 item, found 2"]),
    ({"prefixItems": [{}], "items": False}, "[1, 2]", ["1:1 108 expected at most 1 item, found 2"]),
    ({"uniqueItems": True}, "[a, b, a, 1, 1.0]", ["1:8 109 'a' stands in this list a second time", "1:14 109 the same item stands in this list a second time"]),
    ({"uniqueItems": True}, "[{a: 1, b: [2]}, {b: [2.0], a: 1}]", ["1:18 109 the same item stands in this list a second time"]),
    ({"contains": {"const": "purchase"}}, "[a]", ["1:1 111 this list lacks 'purchase'"]),
    ({"contains": {"title": "a parameter 'arg0'", "required": ["key"]}}, "[{}]", ["1:1 111 this list lacks a parameter 'arg0'"]),
    ({"contains": {"type": "string", "x-hint": "add one"}}, "[]", ["1:1 111 this list lacks an item of a certain kind | add one"]),
    ({"contains": {"const": 1}, "maxContains": 1}, "[1, 1]", ["1:1 108 expected at most 1 of these: 1"]),
    ({"contains": {"const": 1}, "minContains": 2}, "[1]", ["1:1 108 expected at least 2 of these: 1"]),
    # what excludes what
    ({"not": {"required": ["a", "b"]}}, "{a: 1, b: 2}", ["1:8 110 'b' does not belong here beside 'a'"]),
    ({"not": {"required": ["a"]}, "x-hint": "use b"}, "a: 1", ["1:1 110 'a' does not belong here | use b"]),
    ({"not": {"const": "x"}}, "x", ["1:1 110 'x' is not allowed here"]),
    (with_key("a", {"not": {}, "x-hint": "leave it out"}), "a: 1", ["1:1 110 'a' does not belong here | leave it out"]),
    ({"items": False}, "[1]", ["1:1 108 expected at most 0 items, found 1"]),
    (False, "1", ["1:1 110 1 does not belong here"]),
    (TAGGED, "{type: click, percent: 1, css: a}", ["1:15 110 'percent' does not belong here | only a scroll has one"]),
    (TAGGED, "{type: click}", ["1:1 101 missing key 'css' | only a scroll has one"]),
    (TAGGED, "{type: scroll, css: 1}", ["1:16 103 unknown key 'css' | known here: type, percent"]),
    (TAGGED, "{type: scroll, percent: x}", ["1:25 102 expected a whole number, found text"]),
    (TAGGED, "{percent: 5}", ["1:1 101 missing key 'type' | only a scroll has one"][:0] + ["1:1 101 missing key 'type'"]),
    # references
    (TREE, "{not: {not: {nmae: x}}}", ["1:14 103 unknown key 'nmae' | did you mean 'name'?"]),
    (DYNAMIC, "{in: {in: {name: 1}}}", ['1:18 102 expected text, found a number | quote it: "1"']),
    # alternatives
    ({"anyOf": [{"type": "string"}, {"type": "array"}]}, "1", ["1:1 102 expected text or a list, found a number"]),
    ({"anyOf": [{"type": ["string", "null"]}, {"enum": [1, 2]}, {"const": 3}]}, "4", ["1:1 104 expected text, nothing, 1, 2 or 3, found 4"]),
    ({"anyOf": [{"type": "string"}, {"items": {"type": "string"}, "type": "array"}]}, "[1]", ['1:2 102 expected text, found a number | quote it: "1"']),
    ({"anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "{}", ["1:1 101 missing key 'a' or 'b'"]),
    ({"oneOf": [with_key("t", {"const": 1}), {"properties": {"t": {"const": 2}, "x": {"minimum": 1}}}]}, "{t: 2, x: 0}", ["1:11 106 expected at least 1, found 0"]),
    ({"oneOf": [{}, {}]}, "1", ["1:1 113 this can be understood in more than one way"]),
    # the schema's own words
    ({"minimum": 1, "x-message": "{value} is too early"}, "0", ["1:1 106 0 is too early"]),
    ({"required": ["a"], "x-message": "bad"}, "{}", ["1:1 101 missing key 'a'"]),
    ({"required": ["a"], "x-message": {"required": "say a"}}, "{}", ["1:1 101 say a"]),
    ({"type": "string", "minLength": 1, "x-hint": {"type": "T", "minLength": "L"}}, "1", ["1:1 102 expected text, found a number | T"]),
    # the rest
    ({"unevaluatedItems": False}, "[1]", ["1:1 113 a list does not fit here"]),
    ({"unevaluatedProperties": {"type": "string"}}, "a: 1", ["1:1 103 unknown key 'a' | no key is known here"]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "text"), SILENT)
def test_silent(schema: validators.Schema, text: str) -> None:
    assert said(schema, text) == []


@pytest.mark.parametrize(("schema", "text", "wanted"), LOUD)
def test_loud(schema: validators.Schema, text: str, wanted: list[str]) -> None:
    assert said(schema, text) == wanted
