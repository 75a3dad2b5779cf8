from __future__ import annotations

import subprocess
import sys
from itertools import chain

import pytest

from tagkit.gtm import vocabulary
from tagkit.gtm.vocabulary import BUILT_INS, KEY_ORDER, TAG_TYPES, TRIGGER_TYPES, VARIABLE_TYPES

ENTITY_TYPES = {
    **TAG_TYPES,
    **VARIABLE_TYPES,
    **vocabulary.CLIENT_TYPES,
    **vocabulary.TRANSFORMATION_TYPES,
}
PARAMETERS = [
    pytest.param(key, id=f"{name}.{word}")
    for name, one in chain(ENTITY_TYPES.items(), TRIGGER_TYPES.items())
    for word, key in one.parameters.items()
]


@pytest.mark.parametrize(
    ("type_code", "key", "row"),
    [
        ("gaawe", "eventSettingsTable", ("parameter", "parameterValue")),
        ("gaawe", "userProperties", ("name", "value")),
        ("gaawe", "eventParameters", ("name", "value")),
        ("gaawc", "fieldsToSet", ("name", "value")),
        ("googtag", "configSettingsTable", ("parameter", "parameterValue")),
        ("gtes", "eventSettingsTable", ("parameter", "parameterValue")),
        ("smm", "map", ("key", "value")),
        ("remm", "map", ("key", "value")),
        ("ua", "fieldsToSet", ("fieldName", "value")),
        ("fs", "queriesSimpleTable", ("queryKey", "queryOperator", "queryValue")),
    ],
)
def test_rows(type_code: str, key: str, row: tuple[str, ...]) -> None:
    assert ENTITY_TYPES[type_code].parameters[key].row == row


@pytest.mark.parametrize("key", PARAMETERS)
def test_a_parameter_is_of_a_type_and_only_a_list_has_rows(key: vocabulary.Key) -> None:
    assert key.type in vocabulary.PARAMETER_TYPES
    assert key.is_list or not (key.row or key.item)


def test_what_is_required_is_always_written() -> None:
    required = [p.values[0] for p in PARAMETERS if p.values[0].required]
    assert all(key.always for key in required)


def test_required_parameters() -> None:
    assert TAG_TYPES["gaawe"].required == ("eventName",)
    assert TAG_TYPES["gaawe"].either == (("measurementIdOverride", "measurementId"),)
    assert TRIGGER_TYPES["TRIGGER_GROUP"].required == ("triggerIds",)


def test_what_either_names_is_known() -> None:
    for one in ENTITY_TYPES.values():
        assert all(key in one.parameters for keys in one.either for key in keys)


def test_a_web_container_offers_47_built_in_variables() -> None:
    assert sum(vocabulary.WEB in built_in.contexts for built_in in BUILT_INS.values()) == 47


@pytest.mark.parametrize(
    ("type_word", "name"),
    [
        ("PAGE_URL", "Page URL"),
        ("CLICK_ID", "Click ID"),
        ("CONTAINER_ID", "Container ID"),
        ("HTML_ID", "HTML ID"),
        ("SCROLL_DEPTH_DIRECTION", "Scroll Direction"),
        ("ELEMENT_VISIBILITY_RATIO", "Percent Visible"),
        ("ELEMENT_VISIBILITY_TIME", "On-Screen Duration"),
        ("ANALYTICS_SESSION_NUMBER", "Analytics Session Number"),
        ("AMP_CLIENT_ID", "Page Client ID"),
        ("CLIENT_NAME", "Client Name"),
    ],
)
def test_names_of_built_in_variables(type_word: str, name: str) -> None:
    assert BUILT_INS[type_word].name == name


def test_the_api_order_of_built_in_variables() -> None:
    order = list(BUILT_INS)
    some = ["PAGE_URL", "REFERRER", "EVENT", "CLICK_TEXT", "FORM_ELEMENT", "CONTAINER_VERSION"]
    some += ["HTML_ID", "EVENT_NAME", "VIDEO_PROVIDER", "SCROLL_DEPTH_UNITS", "CLIENT_NAME"]
    assert sorted(some, key=order.index) == some


def test_key_order_has_each_key_once() -> None:
    assert all(len(set(keys)) == len(keys) for keys in KEY_ORDER.values())
    assert set(vocabulary.ID_KEYS) | {"builtInVariable"} == set(vocabulary.KINDS)


def test_features_of_a_web_container() -> None:
    off = [name for name, on in vocabulary.WEB_FEATURES.items() if not on]
    assert off == ["supportGtagConfigs", "supportClients", "supportTransformations"]


def test_trigger_fields_are_known() -> None:
    known = {*vocabulary.TRIGGER_FIELDS, *vocabulary.CONDITION_FIELDS}
    for one in TRIGGER_TYPES.values():
        assert known.issuperset(one.fields)
        assert set(one.fields).issuperset(one.required_fields)


def test_it_loads_nothing_heavy() -> None:
    code = (
        "import sys, tagkit.gtm.vocabulary\n"
        "print(sorted({'json', 'yaml', 'jsonschema', 'dataclasses'} & set(sys.modules)))"
    )
    out = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert out.strip() == "[]"
