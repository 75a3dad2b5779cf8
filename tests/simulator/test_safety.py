"""Whatever the container is or does, the page and the rest of the container go on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.build import (
    ALL_PAGES,
    container,
    data_layer,
    html,
    javascript,
    mark,
    script,
    variable,
)
from tests.simulator.pages import GO, mark_names, marks

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

FAST = {"timeLimit": 30}

ENDLESS = {
    "while": "while (true) {}",
    "while without braces": "while (1);",
    "for": "for (;;) {}",
    "for with a condition": "for (var i = 0; i >= 0; i--) { i = 5; }",
    "do": "do { var a = 1 } while (a)",
    "comma": "while (a = 1, true) {}",
    "comment": "while (true // (\n) {}",
    "caught inside": "while (true) { try { x() } catch (e) {} }",
    "nested": "for (var i = 0; i < 2; i++) { while (i < 5) {} }",
    "label": "outer: while (true) { continue outer }",
    "after a regular expression": "if (1) /while \\(/.test('a'); while (true) {}",
    "in a function in a condition": "for (; (function () { while (true) {} })();) {}",
}


@pytest.mark.parametrize("code", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_loop_ends(open_page: OpenPage, code: str) -> None:
    page = open_page(
        container(
            GO,
            script("endless", code, "1", priority=1),
            javascript("variable", f"function() {{ {code} }}"),
            mark("other", "1", "typeof {{variable}}"),
        ),
        options=FAST,
    )
    page.push({"event": "go"})
    assert marks(page) == [["other", "undefined"]]
    said = [error for error in page.errors() if not error.startswith("uncaught")]
    limit = "tagkit: a loop ran longer than 30 ms"
    assert sorted(said) == [f"html: endless: {limit}", f"variable: variable: {limit}"]


def test_a_function_that_the_page_calls_later_is_limited_too(open_page: OpenPage) -> None:
    page = open_page(
        container(script("listener", "window.loop = function () { while (true) {} };", ALL_PAGES)),
        options=FAST,
    )
    for _ in range(2):
        assert "ran longer" in page.js("try { loop(); } catch (error) { error.message }")
        page.settle()


SOUND = {
    "for in": "for (var k in {a: 1, b: 2}) seen.push(k);",
    "strings": "seen.push('while (', \"for (;;)\");",
    "regular expression": "seen.push('a while (b'.replace(/while \\(/, 'x'));",
    "division": "var a = 8, g = 2; seen.push(a / g / 2);",
    "property": "var o = {while: 1, for: function () { return 2 }}; seen.push(o.while, o.for());",
    "condition in brackets": "for (var i = 0; (i < 2); i++) seen.push(i);",
    "condition with in": "for (var i = 0, o = {a: 1}; 'a' in o; delete o.a) seen.push(i);",
    "empty condition": "for (var i = 0;; i++) { if (i > 1) break; seen.push(i); }",
    "do": "var i = 0; do seen.push(i); while (++i < 2); seen.push('end');",
    "comments": "/* while (1) {} */ // for (;;) {}\nseen.push(1);",
    "comment at the end": "var i = 0; while (i < 1 /* ( */) { i++; } seen.push(i);",
    "html comment": "<!-- while (\nseen.push(1);\n//-->",
    "slash after a block": "{}/while(1)/.test('') || seen.push(1);",
    "semicolons in a function": "for (var f = function () { for (;;) { return 1; } }, i = 0; i < f(); i++) seen.push(i);",
    "asi": "var i = 0\nwhile (i < 1)\ni++\nseen.push(i)",
    "template": "seen.push(`${'x'.replace(/x/, function () { for (;;) { return 'y'; } })}`);",
}
EXPECTED: dict[str, list[Any]] = {
    "for in": ["a", "b"],
    "strings": ["while (", "for (;;)"],
    "regular expression": ["a xb"],
    "division": [2],
    "property": [1, 2],
    "condition in brackets": [0, 1],
    "condition with in": [0],
    "empty condition": [0, 1],
    "do": [0, 1, "end"],
    "comments": [1],
    "comment at the end": [1],
    "html comment": [1],
    "slash after a block": [1],
    "semicolons in a function": [0],
    "asi": [1],
    "template": ["y"],
}


@pytest.mark.parametrize("case", SOUND)
def test_code_with_loops_does_what_it_did(open_page: OpenPage, case: str) -> None:
    page = open_page(
        container(script("code", f"window.seen = []; {SOUND[case]}", ALL_PAGES)), options=FAST
    )
    assert page.js("seen") == EXPECTED[case]


def test_recursion_without_end_is_noted(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            javascript("deep", "function() { function f() { return f() + 1; } return f(); }"),
            mark("tag", "1", "typeof {{deep}}"),
        )
    )
    page.push({"event": "go"})
    assert marks(page) == [["tag", "undefined"]]
    assert page.errors() == ["variable: deep: Maximum call stack size exceeded"]


def test_code_that_throws_is_the_pages_error_and_the_tags(open_page: OpenPage) -> None:
    page = open_page(container(GO, script("throws", "missing()", "1"), mark("other", "1")))
    page.push({"event": "go"})
    assert mark_names(page) == ["other"]
    assert page.status("throws", "go") == "fired"
    assert page.errors() == [
        "uncaught: missing is not defined", "html: throws: missing is not defined",
    ]  # fmt: skip


def test_eval_that_is_forbidden_is_noted(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, javascript("js", "function() { return 1; }"), mark("tag", "1", "'{{js}}'")),
        headers={
            "content-security-policy": "script-src 'unsafe-inline' https://www.googletagmanager.com"
        },
    )
    # within a call of the browser's own tools eval is allowed
    page.js("setTimeout(function () { dataLayer.push({event: 'go'}); }, 0)")
    page.settle()
    assert marks(page) == [["tag", "undefined"]]
    assert any(error.startswith("variable: js: ") for error in page.errors())


ODD: dict[str, Any] = {
    "nothing": None,
    "text": "container",
    "list": [],
    "empty": {},
    "version is null": {"containerVersion": None},
    "version is a list": {"containerVersion": [1]},
    "kinds are texts": {"containerVersion": {"tag": "x", "trigger": 5, "variable": {}}},
    "entities are no objects": {
        "containerVersion": {"tag": [None, 1, "x", []], "trigger": [None], "variable": [True]}
    },
    "entities are empty": {
        "containerVersion": {"tag": [{}], "trigger": [{}], "variable": [{}], "builtInVariable": [{}]}
    },
    "fields of wrong types": {
        "containerVersion": {
            "container": "x",
            "tag": [
                {
                    "tagId": 1, "name": 5, "type": "html", "parameter": {"a": 1},
                    "firingTriggerId": "2147479553", "setupTag": {"tagName": "x"},
                    "teardownTag": [5], "priority": "high", "consentSettings": [],
                },
                {
                    "name": "x", "type": "gaawe", "parameter": [None, {"key": None}, {"type": 5}],
                    "firingTriggerId": [2147479553, {}, "9"], "blockingTriggerId": [None],
                    "setupTag": [{}], "consentSettings": {"consentStatus": "NEEDED"},
                },
            ],
            "trigger": [
                {"triggerId": 9, "type": "TIMER", "interval": "x", "filter": [None, {"type": 3}]},
                {"triggerId": "8", "type": "TRIGGER_GROUP", "parameter": "x"},
                {"triggerId": "7", "type": "constructor", "customEventFilter": "x"},
            ],
            "variable": [
                {"name": "__proto__", "type": "toString", "formatValue": 5},
                {"name": "js", "type": "jsm"}, {"name": "v", "type": "v"},
                {"name": "t", "type": "remm", "parameter": [{"key": "map", "type": "LIST"}]},
            ],
        }
    },
}  # fmt: skip


@pytest.mark.parametrize("data", ODD.values(), ids=ODD)
def test_a_container_of_any_shape_starts(open_page: OpenPage, data: Any) -> None:
    page = open_page(None)
    simulator = page.site.__class__(
        container={}, html="", url="", status=200, headers={}, head="", blocking=True, options={},
        routes={},
    ).script().rsplit("TagkitSimulator.start", 1)[0]  # fmt: skip
    page.js(simulator)
    page.js(f"TagkitSimulator.start({json.dumps(data)})")
    page.push({"event": "gtm.js"}, {"event": "go"})
    assert page.event_names()[-1] == "go"
    assert [error for error in page.errors() if error.startswith(("uncaught", "container"))] == []


def test_a_container_with_a_cycle_starts(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("tag", "1")))
    page.js(
        "var c = {containerVersion: {tag: [{name: 'x', type: 'html'}]}};"
        "c.containerVersion.tag[0].parameter = [c]; c.containerVersion.tag.push(c);"
        "TagkitSimulator.start(c, {report: 5})"
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["tag"]


def test_what_goes_wrong_in_start_is_said(open_page: OpenPage) -> None:
    page = open_page(container())
    answer = page.js(
        "Object.defineProperty(window, 'odd', {get: function () { throw new Error('no layer'); }});"
        "TagkitSimulator.start({}, {dataLayer: 'odd'})"
    )
    assert answer is None
    assert page.errors() == ["container: : no layer"]


def test_a_message_of_any_shape_is_recorded(open_page: OpenPage) -> None:
    page = open_page(container(GO, data_layer("v", "v"), mark("tag", "1")))
    page.js(
        "var odd = {event: 'go', nan: NaN, date: new Date(0), bad: new Date(NaN), f: function () {},"
        " s: Symbol('s'), big: 10n, bare: Object.create(null), el: document.body, w: window, m: new Map(),"
        " get boom() { throw new Error('boom'); }, deep: {}}; var d = odd.deep;"
        "for (var i = 0; i < 50; i++) { d = d.d = {}; } odd.wide = [];"
        "for (i = 0; i < 9000; i++) odd.wide.push({i: i});"
        "Object.defineProperty(odd, 'boom', {enumerable: true});"
        "delete odd.boom; dataLayer.push(odd)"
    )
    page.settle()
    message = page.event("go")["message"]
    assert (message["nan"], message["date"]) == ("NaN", "1970-01-01T00:00:00.000Z")
    assert (message["f"], message["el"], message["bare"]) == ("[function]", "<body>", {})
    assert (message["s"], message["big"]) == ("Symbol(s)", "10")
    assert mark_names(page) == ["tag"]


def test_a_reader_that_fails_is_no_reason_to_stop(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("tag", "1")))
    page.js("window.__tagkitReport = function () { throw new Error('full'); }")
    page.push({"event": "go"})
    assert mark_names(page) == ["tag"]


def test_a_variable_named_as_an_object_property(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            variable("constructor", "c", {"value": "x"}),
            html("h", "<i id=i title='{{constructor}}'></i>", "1"),
        )
    )
    page.push({"event": "go"})
    assert page.js("document.getElementById('i').title") == "x"
