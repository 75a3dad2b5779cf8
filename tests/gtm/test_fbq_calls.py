"""The reader of ``fbq(...)`` calls, on code of all kinds."""

from __future__ import annotations

import random
from typing import Any

import pytest
from gtm_samples import condition, custom_event, html, row, table, tag, text, variable
from meta_examples import LOUD
from meta_samples import META_TEMPLATE, meta, tags

from tagkit.diagnostics import Finding
from tagkit.gtm.check import check_container
from tagkit.gtm.fbq_calls import CODE, LIST, LITERAL, OBJECT, TEXT, Call, Value, calls_in


def calls(code: str) -> tuple[Call, ...]:
    return calls_in(f"<script>{code}</script>")


def properties(code: str) -> dict[str, Value]:
    [call] = calls(code)
    return dict(call.arguments[1].entries)


@pytest.mark.parametrize(
    ("code", "commands"),
    [
        ("fbq('init','1');fbq(\"track\", 'Lead')", ["init", "track"]),
        ("window.fbq('track'); w . fbq ('track')", ["track", "track"]),
        ("f.fbq=function(){}; if(f.fbq)return; fbq.push(1)", []),
        ("fbq(a ? 'track' : 'trackCustom', b)", [""]),
        ("/* fbq('a') */ // fbq('b')\nfbq('c')", ["c"]),
        ("var u = 'it\\'s fbq(1)'; var r = /[/'\"]fbq(/g; fbq('c')", ["c"]),
        ("a = b / c; d = 'x / y'; fbq('c')", ["c"]),
        ("<!-- fbq('a')\nfbq('c')", ["c"]),
        ("fbq('track', {a: function() { fbq('track'); }})", ["track", "track"]),
        ("fbq('track', 'Lead'", []),
        ("fbq('track', ['a')", []),
    ],
)
def test_commands(code: str, commands: list[str]) -> None:
    assert [call.command for call in calls(code)] == commands


def test_a_property_is_what_is_written() -> None:
    found = properties(
        "fbq('track', 'Lead', {value: '{{it\\'s}}', \"b\": {{Bare ref}}, c: -1.5, d: ['x', {{y}}],"
        " e: f(1, 2), 'g': {h: 1}, i: true, j: 'a' + k, l, m: 'caf\\u00e9 \\ud83d', 2: 'n',})"
    )
    assert {name: value.kind for name, value in found.items()} == {
        "value": TEXT, "b": "reference", "c": LITERAL, "d": LIST, "e": CODE, "g": OBJECT,
        "i": LITERAL, "j": CODE, "l": CODE, "m": TEXT, "2": TEXT,
    }  # fmt: skip
    assert found["b"].reference == "Bare ref"
    assert found["b"].quoted == ""
    assert found["c"].plain == "-1.5"
    assert found["m"].plain == "café \ufffd"


@pytest.mark.parametrize(
    ("code", "whole"),
    [
        ("fbq('track', 'Lead', {a: 1})", True),
        ("fbq('track', 'Lead', {a: 1, ...more})", False),
        ("fbq('track', 'Lead', {[a]: 1})", False),
        ("var p = {a: 1}; fbq('track', 'Lead', p)", True),
        ("var p = {a: 1}, q = 2; fbq('track', 'Lead', p); fbq('track', 'Lead', p)", True),
        ("var p = {a: 1}; p.b = 2; fbq('track', 'Lead', p)", False),
        ("var p = {a: 1}; fill(p); fbq('track', 'Lead', p)", False),
    ],
)
def test_whether_all_properties_are_seen(code: str, *, whole: bool) -> None:
    for call in calls(code):
        assert call.arguments[1].kind == OBJECT
        assert call.arguments[1].whole is whole


@pytest.mark.parametrize(
    "code",
    ["p = {}; p = {a: 1}; fbq(1, 1, p)", "p = {a: 1}.b; fbq(1, 1, p)", "o.p = {}; fbq(1, 1, p)"],
)
def test_a_name_that_is_set_elsewhere_is_not_followed(code: str) -> None:
    assert calls(code)[0].arguments[1].kind == CODE


@pytest.mark.parametrize(
    "piece",
    [
        "'",
        "'\\",
        '"{{',
        "{{",
        "fbq(",
        "fbq({",
        "/*",
        "<script",
        "<!--",
        "`\\",
        "/[",
        "a=",
        "{a:",
        "<noscript>",
    ],
)
def test_long_odd_text_is_read_to_its_end(piece: str) -> None:
    """Square time would take minutes here."""
    assert len(list(calls_in(f"<script>fbq {piece * 80_000}"))) <= 80_000


ODD = [None, True, 7, "", "x", "{{x}}", "fbq('track'", [], {}, [[]], [{}], {"type": "LIST"}, ["20"]]
CONTAINERS = [data for cases in LOUD.values() for data, _, _ in cases]


@pytest.mark.parametrize("seed", range(100))
def test_any_shape_is_read(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    data = tags(
        html("<script>fbq('init', '1'); fbq('track', 'Purchase', {value: '{{V}}'})</script>"),
        meta("Purchase", row(name="value", value="1"), setupTag=[{"tagName": "A"}]),
        tag("cvt_KFNBV", text("pixelIds", "1,2"), table("objectPropertiesList", row(name="a"))),
        customTemplate=[META_TEMPLATE],
        trigger=[custom_event(filter=[condition("EQUALS", "{{A}}", "b")])],
        variable=[variable("v", text("name", "V"), name="V")],
    )
    places = list(every_place(data))
    for holder, key in chance.sample(places, 12):
        holder[key] = chance.choice(ODD)
    assert all(isinstance(finding, Finding) for finding in check_container(data))


def every_place(data: Any) -> Any:
    keys = data.keys() if isinstance(data, dict) else range(len(data))
    for key in list(keys):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from every_place(data[key])


@pytest.mark.parametrize("data", CONTAINERS)
def test_every_finding_has_a_hint(data: dict[str, Any]) -> None:
    said = [f for f in check_container(data) if "TK478" <= f.rule.code <= "TK495"]
    assert said
    assert all(finding.hint for finding in said)
