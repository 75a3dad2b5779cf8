"""The same pushes into our reading of a data layer and into the simulator: the same fires.

The recording is the page's own: ``JSON.stringify(dataLayer)`` after the pushes, as people copy it.
"""

from __future__ import annotations

import json
import math
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.diagnostics import Findings
from tagkit.documents import understand
from tagkit.gtm.emit import emit_gtm
from tagkit.program.compile import compile_plan
from tagkit.replay.coercion import UNDEFINED, UNKNOWN, number_of, text_of
from tagkit.replay.datalayer import read_data_layer
from tagkit.replay.firing import Firings
from tagkit.replay.play import play
from tagkit.replay.values import value_of
from tagkit.source import load

if TYPE_CHECKING:
    from tagkit.plan.model import Resolved
    from tests.browser.conftest import OpenPage

Json = Any

EVENTS = ("add", "buy", "Add", "gone", "gtm.x", "addition", "404")
KEYS = ("kind", "user.type", "price", "list.0.id", "a.b.c", "ecommerce.value", "deep.x", "list")
TEXTS = ("tea", "TEA", "undefined", "", "null", "12", "1,200", "12.50", "[object Object]", "0", "ż")
VALUES: tuple[Json, ...] = (
    *TEXTS, 0, 1, 12, 12.5, -3, 1e21, 1e-7, 123456789012345680000, 0.1, True, False, None,
    [], ["tea"], [{"id": "tea"}, {"id": 12}], [None, "x"], {}, {"b": {"c": "tea"}}, {"type": "tea"},
    {"b": None}, [[1, 2], 3], "1 234,50 zł", "0x10", " 12 ", "1e3", "PLN", "pln", {"c": 1},
)  # fmt: skip
TYPES = ("string", "number", "integer", "boolean", "currency", "items")
URL = "https://shop.example/path/a.html?q=tea%20x&x&q=2&%C5%BC=1#part"
URL_PARTS = (
    "full", "protocol", "host", "port", "path", "extension", "fragment", "query", "query.q",
    "query.x", "query.none", "query.ż",
)  # fmt: skip
ITEM: Json = {"item_id": "TEA-12", "price": "49,90", "quantity": "2"}
ECOMMERCE: tuple[Json, ...] = (
    None, {}, {"value": 12}, {"value": "12,50", "currency": "pln"}, {"items": [ITEM]},
    {"items": [ITEM, {"item_name": "Cup", "price": 5, "currency": "EUR"}], "tax": None},
    {"value": "", "items": [{"price": "x"}]}, {"items": "no list"}, {"items": []}, "text", 7,
)  # fmt: skip


def random_plan(choose: random.Random) -> Json:
    conversions = [_conversion(choose, number) for number in range(25)]
    return {
        "tagkit": 1,
        "business": {"name": "Random", "currency": "PLN"},
        "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
        "consent": {"mode": "off"},
        "micro_conversions": conversions,
    }


def _conversion(choose: random.Random, number: int) -> Json:
    trigger: Json = {"event": choose.choice((*EVENTS, list(EVENTS[:2]), {"matches": "^add"}))}
    if choose.random() < 0.8:
        trigger["where"] = _tests(choose)
    conversion: Json = {"id": f"c{number}", "trigger": trigger}
    if choose.random() < 0.15:
        return {"id": f"group{number}", "trigger": {"all": [trigger, {"event": "buy"}]}}
    if choose.random() < 0.2:
        conversion["trigger"] = choose.choice(("page_view", "dom_ready", "window_loaded"))
    if choose.random() < 0.3:
        conversion["unless"] = _tests(choose)
    if choose.random() < 0.2:
        conversion["once"] = choose.choice(("page", "unlimited"))
    conversion["parameters"] = {f"p{index}": _source(choose) for index in range(4)}
    return conversion


def _tests(choose: random.Random) -> Json:
    group = choose.choice(("data_layer", "data_layer", "pushed", "page", "query"))
    if group == "query":
        return {"query": {choose.choice(("q", "x", "none")): _test(choose)}}
    if group == "page":
        return {"page_path": choose.choice(("/path", {"starts_with": "/pa"}, {"contains": "?"}))}
    return {group: {choose.choice(KEYS): _test(choose)}}


def _test(choose: random.Random) -> Json:
    op = choose.choice(
        ("equals", "contains", "starts_with", "ends_with", "matches", "greater", "less",
         "greater_or_equal", "less_or_equal", "not")
    )  # fmt: skip
    if op == "not":
        return {"not": choose.choice((*TEXTS, 0, True))}
    if op == "matches":
        patterns = ("^t", "ea$", ".+", "undef", "^$", r"\d+", "a|b", "^tea|12$", "[A-Z]")
        return {"matches": choose.choice(patterns)}
    if op in ("equals", "contains", "starts_with", "ends_with"):
        said = choose.choice((*TEXTS, list(TEXTS[:2]), 12))
        if op != "equals" and said == "":
            said = "t"
        return {op: said, "ignore_case": choose.random() < 0.3}
    return {op: choose.choice((0, 12, 12.5, -1))}


def _source(choose: random.Random) -> Json:
    fields = ("value", "currency", "items", "content_ids", "num_items", "tax")
    source: Json = choose.choice(
        (
            {"data_layer": choose.choice(KEYS)},
            {"data_layer": choose.choice(KEYS).partition(".")[0], "version": 1},
            {"pushed": choose.choice(KEYS)},
            {"ecommerce": choose.choice(fields)},
            {"built_in": "event"},
            {"lookup": {"input": {"data_layer": "kind"}, "table": {"tea": 1, "12": "x"}}},
            {"lookup": {"input": {"pushed": "kind"}, "table": {"TEA": 1}, "default": 2}},
            {"regex_lookup": {"input": {"data_layer": "kind"}, "table": {"t.a|12": 1, ".": "x"}}},
            {"url": choose.choice(URL_PARTS)},
            {"url": choose.choice(URL_PARTS), "of": {"value": "https://Other.example/?q=a+b#x"}},
        )
    )
    if choose.random() < 0.2:
        keys = ("null_as", "undefined_as", "true_as", "false_as")
        source["format"] = {choose.choice(keys): "made", "case": choose.choice(("upper", "lower"))}
    if choose.random() < 0.5:
        source["type"] = choose.choice(TYPES)
    if choose.random() < 0.2:
        source["default"] = choose.choice(("none", 7))
    return source


def random_push(choose: random.Random) -> Json:
    push: Json = {}
    for _ in range(choose.randrange(4)):
        push[choose.choice((*KEYS, "kind", "user", "a", "price"))] = choose.choice(VALUES)
    if choose.random() < 0.4:
        push["ecommerce"] = choose.choice(ECOMMERCE)
    if choose.random() < 0.75:
        push["event"] = choose.choice((*EVENTS, *EVENTS, 404))
    if choose.random() < 0.05:
        push["_clear"] = True
    kind = choose.random()
    if kind < 0.08:
        return {"gtag": ["event", choose.choice(EVENTS), push]}
    if kind < 0.14:
        return {"gtag": ["set", push]}
    if kind < 0.17:
        return {"gtag": ["set", "kind", choose.choice(VALUES)]}
    return push


def script_of(push: Json) -> str:
    if "gtag" in push:
        said = ", ".join(map(json.dumps, push["gtag"]))
        return f"(function () {{ dataLayer.push(arguments); }})({said});"
    return f"dataLayer.push({json.dumps(push)});"


def resolved_of(plan: Json) -> Resolved:
    found = Findings()
    resolved = understand(load(json.dumps(plan), "plan.yaml", found), found)
    assert not found.fatal, [one.message for one in found if one.rule.severity == "error"]
    assert resolved is not None
    return resolved


def plain(value: Json) -> Json:
    """As both sides can be compared: 12 and 12.0 are one number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        if isinstance(value, list):
            return [plain(one) for one in value]
        return {k: plain(v) for k, v in value.items()} if isinstance(value, dict) else value
    return float(value)


def ours(plan: Resolved, recorded: str, url: str) -> list[Json]:
    found = Findings()
    program = compile_plan(plan)
    recording = read_data_layer(recorded, "recording.json", found)
    pushes = tuple(push._replace(url=url) for push in recording.pushes)
    assert not found.fatal
    firings, fired = Firings(program), []
    for moment in play(pushes, one_page=True):
        for one in firings.at(moment):
            assert one.sure
            action = program.actions[one.number]
            send = action.ga4
            assert send is not None
            if action.id.startswith("group"):  # GTM's own event tells of it, later
                fired.append([action.id, "gtm.triggerGroup", {}])
                continue
            values = {name: value_of(source, moment) for name, source in send.rows}
            assert UNKNOWN not in [value for value in values.values() if value is UNKNOWN]
            sent = {name: plain(v) for name, v in values.items() if v is not UNDEFINED}
            fired.append([action.id, text_of(moment.name), sent])
    return fired


def own(parameters: Json) -> Json:
    """The plan's: what gtag('set') of the page adds to all hits is no conversion's."""
    return {name: value for name, value in parameters.items() if re.fullmatch(r"p\d", name)}


@pytest.mark.parametrize("seed", range(8))
def test_the_same_fires_with_the_same_values(seed: int, open_page: OpenPage) -> None:
    choose = random.Random(seed)  # noqa: S311 # the same each time
    plan = random_plan(choose)
    try:
        resolved = resolved_of(plan)
    except AssertionError as error:
        pytest.fail(str(error))
    page = open_page(emit_gtm(compile_plan(resolved)), url=URL)
    page.js("".join(script_of(random_push(choose)) for _ in range(80)))
    page.settle()
    recorded, url = page.js("JSON.stringify(dataLayer)"), page.js("location.href")
    names = {event["id"]: event["name"] for event in page.events()}
    theirs = [
        [hit["event"], text_of(names[hit["eventId"]]), plain(own(hit["parameters"]))]
        for hit in page.ga4()
    ]
    assert len(theirs) > 10
    order = json.dumps
    mine = ours(resolved, recorded, url)
    missing, more = (
        [one for one in some if one not in others]
        for some, others in ((theirs, mine), (mine, theirs))
    )
    assert (missing[:2], more[:2]) == ([], []), json.dumps(
        [one for one in plan["micro_conversions"] if one["id"] in {x[0] for x in missing + more}]
    )
    assert sorted(mine, key=order) == sorted(theirs, key=order)


def test_what_the_docs_say_records_a_data_layer(open_page: OpenPage) -> None:
    text = (Path(__file__).parents[2] / "docs" / "replay.md").read_text("utf-8")
    copied, recorder = re.findall(r"```js\n(.*?)```", text, re.DOTALL)
    resolved = resolved_of(
        {"tagkit": 1, "business": {"name": "Docs"}, "micro_conversions": ["sign_up"]}
    )
    page = open_page(emit_gtm(compile_plan(resolved)))
    page.js(recorder)
    page.js("dataLayer.push({event: 'x', element: document.body, page: window, call: alert});")
    page.js("(function () { dataLayer.push(arguments); })('event', 'sign_up');")
    lines = page.js("localStorage.tagkit")
    whole = page.js(
        f"window.copied = ''; window.copy = (text) => {{ copied = text; }}; {copied}; copied"
    )
    for recorded in (lines, whole):
        found = Findings()
        pushes = list(read_data_layer(recorded, "recording", found).pushes)
        assert not found
        assert {"event": "x"}.items() <= pushes[-2].data.items()
        assert pushes[-1].command == ("event", "sign_up")


def test_text_and_numbers_are_javascripts(open_page: OpenPage) -> None:
    more = [5e-324, 1.7976931348623157e308, 1e-6, 123.456e-8, 2**53, 1e20, 1.5e300, -0.0, 4.35]
    values = [
        *VALUES,
        *more,
        "Infinity",
        "-Infinity",
        "0b11",
        "0o17",
        "1_000",
        ".5",
        "5.",
        "+",
        "\ufeff1",
    ]
    page = open_page(None)
    code = f"{json.dumps(values)}.map((v) => [String(v), String(Number(v))])"
    for value, (text, number) in zip(values, page.js(code), strict=True):
        assert text_of(value) == text
        made = number_of(value)
        assert text_of(made) == number or (math.isnan(made) and number == "NaN")
