"""The validate stage: what is said of a document that does not fit its schema."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tagkit import schema as rules
from tagkit import validators
from tagkit.diagnostics import Findings, place
from tagkit.nearest import closest, nearest, offered
from tagkit.resources import SCHEMAS
from tagkit.schema import SchemaName, explain, validate
from tagkit.source import load
from tests.schema_soundness import check_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.source import Json


settings.register_profile("tagkit", deadline=None)  # machines are busy
settings.load_profile("tagkit")


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


CASES = yaml.safe_load((Path(__file__).parent / "load" / "wording.yaml").read_text("utf-8"))


def schema_of(case: dict[str, Any]) -> validators.Schema:
    """The schema of a case, which may be the name of one."""
    schema: Any = case["schema"]
    if isinstance(schema, str):
        schema = CASES["schemas"][schema]
    found: validators.Schema = schema
    return found


@pytest.mark.parametrize("case", CASES["silent"])
def test_silent(case: dict[str, Any]) -> None:
    assert said(schema_of(case), case["text"]) == []


@pytest.mark.parametrize("case", CASES["loud"])
def test_loud(case: dict[str, Any]) -> None:
    assert said(schema_of(case), case["text"]) == case["said"]


# --- the stage --------------------------------------------------------------------------------


@pytest.fixture
def schema_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A plan schema of our own in place of the real one."""
    caches = (validators.bundle, validators.quick, validators.thorough)
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr(validators, "SCHEMAS", tmp_path)
    yield tmp_path / "plan.schema.json"
    for cached in caches:
        cached.cache_clear()


def messages(data: Json) -> tuple[bool, list[str]]:
    found = Findings()
    fits = validate(data, SchemaName.PLAN, found)
    return fits, [f.message for f in found]


def test_the_quick_yes(schema_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema_file.write_text('{"type": "string"}')
    monkeypatch.setattr(validators, "thorough", None)
    assert messages("x") == (True, [])


def test_the_worded_no(schema_file: Path) -> None:
    schema_file.write_text('{"type": "string"}')
    assert messages(1.5) == (False, ["expected text, found a number"])


def test_without_the_quick_one(schema_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema_file.write_text('{"type": "string"}')
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    assert (messages("x"), messages(1)[0], check_schemas()) == ((True, []), False, [])


def test_half_a_surrogate_pair_is_text(schema_file: Path) -> None:
    schema_file.write_text('{"type": "string", "maxLength": 1}')
    assert messages("\ud800") == (True, [])


def test_a_no_without_words(schema_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema_file.write_text('{"type": "string"}')
    monkeypatch.setattr(validators, "thorough", lambda _: validators.thorough_for({}))
    assert messages(1) == (False, ["this document does not fit its schema"])


def test_very_deep(schema_file: Path) -> None:
    schema_file.write_text('{"items": {"$ref": "#"}, "type": "array"}')
    deep: list[Json] = []
    for _ in range(2000):
        deep = [deep]
    assert messages(["x", deep])[0] is False


def test_a_hundred_levels(schema_file: Path) -> None:
    schema_file.write_text(
        json.dumps({"if": {"type": "array"}, "then": {"allOf": [{"items": {"$ref": "#"}}]}})[:-1]
        + ', "else": {"type": "string"}}'
    )
    deep: Json = 1
    for _ in range(100):
        deep = [deep]
    assert messages(deep) == (False, ["expected text, found a number"])


def test_fifty_and_more(schema_file: Path) -> None:
    schema_file.write_text('{"items": {"type": "string"}}')
    found = Findings()
    source = load("\n".join(f"- {n}" for n in range(181)), "x", found)
    validate(source.data, SchemaName.PLAN, found, source=source)
    last = place(found, source)[-1]
    assert (len(found), last.rule.code, last.message) == (51, "TK199", "and 131 more from here on")


def test_very_many(schema_file: Path) -> None:
    schema_file.write_text('{"items": {"type": "string"}}')
    assert messages([1] * 6000)[1][-1] == "and many more from here on"


def test_in_the_order_of_the_document(schema_file: Path) -> None:
    schema_file.write_text(
        '{"properties": {"b": {"type": "string"}, "a": {"items": {"type": "string"}}}}'
    )
    found = Findings()
    validate({"a": [1, 2], "b": 3}, SchemaName.PLAN, found)
    assert [f.route for f in found] == [("a", 0), ("a", 1), ("b",)]


def test_other_files_are_built_in(schema_file: Path) -> None:
    schema_file.write_text(
        '{"$id": "urn:x:plan", "type": "array", "items": {"$ref": "word.schema.json#/$defs/word"}}'
    )
    schema_file.with_name("word.schema.json").write_text(
        '{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": {'
        '"word": {"anyOf": [{"$ref": "#/$defs/text"}, {"$ref": "plan.schema.json"}]},'
        '"text": {"type": "string"}}}'
    )
    assert (messages(["a", ["b"]])[0], messages(["a", [1]])[0]) == (True, False)


# --- the schemas ------------------------------------------------------------------------------


def test_our_schemas_are_sound() -> None:
    assert check_schemas() == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"additionalProperties": {"pattern": "^a{,3}$"}}', "is not a"),
        ("{", "Expecting property name"),
        ('{"type": "text"}', "'text' is not valid under any of the given schemas"),
        ('{"$ref": "#/$defs/no"}', "nothing is at #/$defs/no"),
        ('{"$ref": "no.schema.json"}', "[Errno 2] No such file or directory"),
        ('{"pattern": "("}', "'(' is not a 'regex'"),
        ('{"not": {"enum": [1], "x-hint": "fine"}, "const": {"pattern": "("}}', ""),
    ],
)
def test_an_unsound_schema(schema_file: Path, text: str, problem: str) -> None:
    schema_file.write_text(text)
    problems = check_schemas()
    assert all(p.startswith("plan.schema.json: ") for p in problems)
    assert any(problem in p for p in problems) == bool(problem)


def test_names_and_files() -> None:
    files = {p.name.removesuffix(validators.SUFFIX) for p in SCHEMAS.iterdir()}
    assert files <= set(SchemaName)


def test_codes_are_in_order() -> None:
    codes = [rule.code for rule in rules.RULES]
    assert (codes, len(set(codes))) == (sorted(codes), len(codes))


# --- both validators are of one mind ----------------------------------------------------------

SCALARS = st.sampled_from(["", "a", "ab", "a\n", "A", "1", 0, 1, 1.0, 1.5, -1, True, False, None])
KEYS = st.sampled_from(["a", "b", "ab", "c1"])
DOCUMENTS: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
PATTERNS = st.sampled_from(["^a", "b$", "^[a-z]+$", "^\\d$", "^\\w+$", "^$", "[$]", "a|^b"])
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "array", "object", "null"])


def schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    named = st.dictionaries(KEYS, inner, max_size=2)
    some = st.lists(inner, min_size=1, max_size=2)
    number = st.integers(0, 2)
    keys = st.lists(KEYS, max_size=2, unique=True)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
            "enum": st.lists(DOCUMENTS, min_size=1, max_size=3),
            "const": DOCUMENTS,
            "pattern": PATTERNS,
            "minLength": number,
            "maxLength": number,
            "minimum": number,
            "exclusiveMaximum": number,
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "minItems": number,
            "maxItems": number,
            "uniqueItems": st.booleans(),
            "contains": inner,
            "maxContains": number,
            "minContains": number,
            "prefixItems": some,
            "items": inner,
            "unevaluatedItems": inner,
            "properties": named,
            "patternProperties": st.dictionaries(PATTERNS, inner, max_size=2),
            "additionalProperties": inner,
            "unevaluatedProperties": inner,
            "propertyNames": inner,
            "required": keys,
            "dependentRequired": st.dictionaries(KEYS, keys, max_size=2),
            "dependentSchemas": named,
            "minProperties": number,
            "maxProperties": number,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "allOf": some,
            "anyOf": some,
            "oneOf": some,
            "$ref": st.sampled_from(["#/$defs/one", "#/$defs/two"]),
            "x-hint": st.just("a hint"),
            "title": st.just("a title"),
        },
    )


ANY_SCHEMA = st.recursive(st.booleans() | schemas(st.booleans()), schemas, max_leaves=6)
NO_REFERENCE = {"type": ["string", "object", "array"], "minLength": 1}


@pytest.mark.parametrize("long", [1, 20])
@settings(max_examples=300)
@given(schema=ANY_SCHEMA, data=DOCUMENTS)
def test_one_mind(schema: validators.Schema, data: Json, long: int) -> None:
    if isinstance(schema, dict):
        items = {"items": {"$ref": "#/$defs/one"}, "properties": {"a": {"$ref": "#/$defs/two"}}}
        schema = schema | {"$defs": {"one": NO_REFERENCE, "two": items}}
    quick = validators.quick_for(schema).is_valid(data)
    with patch.object(validators, "_LONG", long):
        findings = explain(data, validators.thorough_for(schema), None)
        assert quick == validators.thorough_for(schema).is_valid(data)
    assert quick == (not findings)


def test_of_a_long_list_all_is_said_that_is_said_of_a_short_one() -> None:
    schema = {
        "type": "array",
        "items": {"$ref": "#/$defs/one"},
        "$defs": {"one": {"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}},
    }
    data: Json = [{"a": 1}, {"a": 2}, {}, 3, {"a": 1}] * 5
    found = {}
    for long in (1, 100):
        with patch.object(validators, "_LONG", long):
            found[long] = explain(data, validators.thorough_for(schema), None)
    assert found[1] == found[100]
    assert {finding.route[0] for finding in found[1]} == {
        i for i in range(25) if i % 5 in (1, 2, 3)
    }


JSON_SCHEMA_SPEAK = ("under any of", "schema", "property", "regex", "instance", "None", "True")


@settings(max_examples=300)
@given(ANY_SCHEMA, DOCUMENTS)
def test_no_foreign_words(schema: validators.Schema, data: Json) -> None:
    if isinstance(schema, dict):
        schema = schema | {"$defs": {"one": NO_REFERENCE, "two": NO_REFERENCE}}
    for finding in explain(data, validators.thorough_for(schema), None):
        assert not any(word in finding.message for word in JSON_SCHEMA_SPEAK)


# --- hints ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "choice"),
    [
        ("addToCart", "add_to_cart"),
        ("Add-To-Cart", "add_to_cart"),
        ("ADD TO CART", "add_to_cart"),
        ("add_to_crat", "add_to_cart"),
        ("Serach", "search"),
        ("purchase", None),
        ("", None),
        ("_", "__"),
        ("x" * 200, None),
    ],
)
def test_closest(word: str, choice: str | None) -> None:
    assert closest(word, ["add_to_cart", "search", "__", "AddToCart"]) == choice


@pytest.mark.parametrize(
    ("word", "choice"),
    [("Variabel 312", "Variable 312"), ("variable-7", "Variable 7"), ("Order totl", "Order Total"),
     ("Oder Total", "Order Total"), ("something else", None)],
)  # fmt: skip
def test_closest_of_very_many(word: str, choice: str | None) -> None:
    assert closest(word, [*(f"Variable {i}" for i in range(3000)), "Order Total"]) == choice


def test_nearest() -> None:
    hint = nearest("AddToKart", ["AddToCart"])
    assert (hint, offered(hint)) == ("did you mean 'AddToCart'?", "AddToCart")


def test_nothing_is_near() -> None:
    assert (nearest("x", []), offered(None), offered("quote it")) == (None, None, None)


# --- start-up ---------------------------------------------------------------------------------


def test_a_yes_imports_little() -> None:
    code = (
        "import sys; from tagkit.schema import *; from tagkit.diagnostics import Findings\n"
        "assert not {'yaml', 'jsonschema', 'jsonschema_rs', 'difflib'} & set(sys.modules)\n"
        "validate([], SchemaName.PLAN, Findings()) if 0 else None\n"
        "from tagkit.validators import quick_for; quick_for({}).is_valid([])\n"
        "print(sorted({'yaml', 'jsonschema', 'difflib'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_the_quick_one_is_there() -> None:
    assert isinstance(validators.quick("plan"), jsonschema_rs.Draft202012Validator)
