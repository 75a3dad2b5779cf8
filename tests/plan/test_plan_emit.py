"""From a plan's words to the entities of the container: one case per thing said."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tagkit.artefacts import GTM_FILE, Target
from tagkit.gtm import vocabulary
from tagkit.gtm.names import LENGTH, Names, clean
from tagkit.plan.model import Naming
from tagkit.program.compile import ECOMMERCE_EVENTS
from tagkit.program.conditions import any_of, escape, split_selector, with_descendants
from tagkit.resources import SCHEMAS
from tests.plan.building import (
    HEAD,
    built,
    conditions,
    container,
    named,
    own,
    parameters,
    plan,
    triggers,
)

Json = Any
GUARD = "not {} EQUALS undefined"
LAYER = "{{TK - DLV - kind}}"

# --- conditions

CONDITIONS: list[tuple[Json, list[str]]] = [
    # subject and test -> conditions as the container has them
    ({"page_path": "/tea"}, ["{{Page Path}} EQUALS /tea"]),
    ({"page_path": ["/tea", "/a.b"]}, [r"{{Page Path}} MATCH_REGEX ^(/tea|/a\.b)$"]),
    ({"page_path": ["/tea"]}, ["{{Page Path}} EQUALS /tea"]),
    ({"page_path": {"contains": "tea"}}, ["{{Page Path}} CONTAINS tea"]),
    ({"page_path": {"contains": ["a+", "b"]}}, [r"{{Page Path}} MATCH_REGEX (a\+|b)"]),
    ({"page_path": {"starts_with": "/tea"}}, ["{{Page Path}} STARTS_WITH /tea"]),
    ({"page_path": {"starts_with": ["/a", "/b"]}}, ["{{Page Path}} MATCH_REGEX ^(/a|/b)"]),
    ({"page_path": {"ends_with": ".html"}}, [r"{{Page Path}} MATCH_REGEX \.html$"]),
    ({"page_path": {"ends_with": [".a", ".b"]}}, [r"{{Page Path}} MATCH_REGEX (\.a|\.b)$"]),
    ({"page_path": {"matches": "^/p"}}, ["{{Page Path}} MATCH_REGEX ^/p"]),
    ({"page_path": {"matches": ["a|b", "c"]}}, ["{{Page Path}} MATCH_REGEX (?:a|b)|(?:c)"]),
    (
        {"page_path": {"equals": "/Tea", "ignore_case": True}},
        ["{{Page Path}} MATCH_REGEX ^/Tea$ ignore_case"],
    ),
    (
        {"page_path": {"matches": "tea", "ignore_case": True}},
        ["{{Page Path}} MATCH_REGEX tea ignore_case"],
    ),
    ({"page_path": {"not": "/tea"}}, ["not {{Page Path}} EQUALS /tea"]),
    ({"page_path": {"not": {"not": "/tea"}}}, ["{{Page Path}} EQUALS /tea"]),
    ({"page_path": {"not": ["/a", "/b"]}}, ["not {{Page Path}} MATCH_REGEX ^(/a|/b)$"]),
    (
        {"page_path": {"starts_with": "/tea", "not": {"ends_with": "x"}}},
        ["{{Page Path}} STARTS_WITH /tea", "not {{Page Path}} MATCH_REGEX x$"],
    ),
    ({"data_layer": {"kind": {"greater": 10}}}, [f"{LAYER} GREATER 10"]),
    ({"data_layer": {"kind": {"greater_or_equal": 1.5}}}, [f"{LAYER} GREATER_OR_EQUALS 1.5"]),
    ({"data_layer": {"kind": {"less": 10.0}}}, [f"{LAYER} LESS 10"]),
    ({"data_layer": {"kind": {"less_or_equal": -1}}}, [f"{LAYER} LESS_OR_EQUALS -1"]),
    ({"data_layer": {"kind": True}}, [f"{LAYER} EQUALS true"]),
    ({"data_layer": {"kind": 1e21}}, [f"{LAYER} EQUALS 1e+21"]),
    # an undefined value is tested as the text "undefined": where that would hold, a guard
    ({"data_layer": {"kind": {"matches": ".+"}}}, [f"{LAYER} MATCH_REGEX .+", GUARD.format(LAYER)]),
    ({"data_layer": {"kind": {"contains": "fine"}}}, [f"{LAYER} CONTAINS fine", GUARD.format(LAYER)]),
    ({"data_layer": {"kind": {"starts_with": "u"}}}, [f"{LAYER} STARTS_WITH u", GUARD.format(LAYER)]),
    ({"data_layer": {"kind": {"ends_with": "ed"}}}, [f"{LAYER} MATCH_REGEX ed$", GUARD.format(LAYER)]),
    ({"data_layer": {"kind": {"matches": "(?<=a+)x"}}}, [f"{LAYER} MATCH_REGEX (?<=a+)x", GUARD.format(LAYER)]),
    ({"data_layer": {"kind": {"matches": "^tea$"}}}, [f"{LAYER} MATCH_REGEX ^tea$"]),
    ({"data_layer": {"kind": {"not": "tea"}}}, [f"not {LAYER} EQUALS tea"]),
    ({"data_layer": {"kind": "undefined"}}, [f"{LAYER} EQUALS undefined"]),
    ({"cookie": {"seen": "1"}}, ["{{TK - Cookie - seen}} EQUALS 1"]),
    ({"query": {"q": "tea"}}, ["{{TK - URL - query q}} EQUALS tea"]),
    ({"gtm": {"{{Theirs}}": "x"}}, ["{{Theirs}} EQUALS x"]),
    ({"gtm": {"page_path": "x"}}, ["{{TK - CJS - 6bb7bc}} EQUALS x"]),
    (
        {"gtm": {"page_path": {"matches": ".+"}}},
        ["{{TK - CJS - 6bb7bc}} MATCH_REGEX .+", GUARD.format("{{TK - CJS - 6bb7bc}}")],
    ),
    (
        [{"gtm": {"page_path": "x"}}, {"page_path": "x"}],
        ["{{TK - CJS - 6bb7bc}} EQUALS x", "{{Page Path}} EQUALS x"],
    ),
    # a literal with {{ stays text: it is behind a variable
    ({"page_path": "{{x}}"}, ["{{Page Path}} EQUALS {{TK - Constant - x 54c3d4}}"]),
    # the same thing said twice
    ([{"page_path": "/a"}, {"page_path": "/a"}], ["{{Page Path}} EQUALS /a"]),
    ([{"page_path": "/a"}, {"page_url": "b"}], ["{{Page Path}} EQUALS /a", "{{Page URL}} EQUALS b"]),
]  # fmt: skip


@pytest.mark.parametrize(("where", "wanted"), CONDITIONS, ids=lambda v: json.dumps(v)[:60])
def test_condition(where: Json, wanted: list[str]) -> None:
    (trigger,) = triggers(plan(own("page_view", where=where)))
    got = conditions(trigger)
    hashed = re.compile(r"(CJS -|Constant - \w+) [0-9a-f]{6}")
    assert [hashed.sub(r"\1 #", c) for c in got] == [hashed.sub(r"\1 #", c) for c in wanted]


CLICKS: list[tuple[Json, list[str]]] = [
    ("click", []),
    ({"click": ".a"}, ["{{Click Element}} CSS_SELECTOR .a, .a *"]),
    (
        {"click": ".a, b[x=',']"},
        ["{{Click Element}} CSS_SELECTOR .a, .a *, b[x=','], b[x=','] *"],
    ),
    ({"click": {"id": 'a"b'}}, [r'{{Click Element}} CSS_SELECTOR [id="a\"b"], [id="a\"b"] *']),
    (
        {"click": {"id": "x", "css": ".a"}},
        ['{{Click Element}} CSS_SELECTOR [id="x"]:is(.a), [id="x"]:is(.a) *'],
    ),
    (
        {"click": {"css": ".a", "where": {"click_text": "Brew"}}},
        ["{{Click Element}} CSS_SELECTOR .a, .a *", "{{TK - Clicked - text of .a}} EQUALS Brew"],
    ),
    (
        {"click": None, "where": {"click_element": {"css": [".a", ".b"]}}},
        ["{{Click Element}} CSS_SELECTOR .a, .a *, .b, .b *"],
    ),
    ({"link_click": "a.x"}, ["{{Click Element}} CSS_SELECTOR a.x, a.x *"]),
    (
        {"link_click": {"where": {"click_url": {"contains": "pdf"}}}},
        ["{{Click URL}} CONTAINS pdf"],
    ),
    ({"form_submit": "form.x"}, ["{{Form Element}} CSS_SELECTOR form.x"]),
    (
        {"form_submit": None, "where": {"form_element": {"not": {"css": ".x"}}}},
        ["not {{Form Element}} CSS_SELECTOR .x"],
    ),
]


@pytest.mark.parametrize(("trigger", "wanted"), CLICKS, ids=lambda v: json.dumps(v)[:60])
def test_what_is_clicked(trigger: Json, wanted: list[str]) -> None:
    (made,) = triggers(plan(own(trigger)))
    assert conditions(made) == wanted


SELECTORS = {
    ".a": [".a"],
    " .a , .b ": [".a", ".b"],
    "a[title='x, y']": ["a[title='x, y']"],
    'a[title="x\\", y"], b': ['a[title="x\\", y"]', "b"],
    ":is(.a, .b) c, d": [":is(.a, .b) c", "d"],
    "a\\,b, c": ["a\\,b", "c"],
    ".a,,.b,": [".a", ".b"],
}


@pytest.mark.parametrize("selector", SELECTORS)
def test_alternatives_of_a_selector(selector: str) -> None:
    assert split_selector(selector) == SELECTORS[selector]


def test_descendants_are_said_once() -> None:
    assert with_descendants(".a, .a") == ".a, .a *"


@pytest.mark.parametrize("text", ["a.b", "(x)", "[a]", "a+b*c?", "^$", "a|b", "{1}", "\\", "ż🍵"])
def test_an_escaped_text_matches_only_itself(text: str) -> None:
    assert re.fullmatch(escape(text), text)
    assert re.fullmatch(any_of((text, "other")), text)
    assert not re.fullmatch(escape(text), f"{text}x")


# --- events

EVENTS: list[tuple[Json, str]] = [
    ("brewed", "{{_event}} EQUALS brewed"),
    (["brewed", "po.ured"], r"{{_event}} MATCH_REGEX ^(brewed|po\.ured)$"),
    (["brewed"], "{{_event}} EQUALS brewed"),
    ({"matches": "^tea_"}, "{{_event}} MATCH_REGEX ^tea_"),
    ({"equals": "brewed"}, "{{_event}} EQUALS brewed"),
    ({"equals": ["a", "b"]}, "{{_event}} MATCH_REGEX ^(a|b)$"),
    ({"equals": 404}, "{{_event}} EQUALS 404"),
    ({"starts_with": "tea."}, r"{{_event}} MATCH_REGEX ^tea\."),
    ({"ends_with": ".done"}, r"{{_event}} MATCH_REGEX \.done$"),
    ({"contains": "tea"}, "{{_event}} MATCH_REGEX tea"),
]


@pytest.mark.parametrize(("event", "wanted"), EVENTS, ids=json.dumps)
def test_event(event: Json, wanted: str) -> None:
    (made,) = triggers(plan(own({"event": event})))
    assert conditions(made, "customEventFilter") == [wanted]
    assert made["type"] == "CUSTOM_EVENT"


# --- kinds of triggers

TYPES = {
    "page_view": "PAGEVIEW",
    "dom_ready": "DOM_READY",
    "window_loaded": "WINDOW_LOADED",
    "initialization": "INIT",
    "click": "CLICK",
    "link_click": "LINK_CLICK",
    "form_submit": "FORM_SUBMISSION",
    "history_change": "HISTORY_CHANGE",
    "js_error": "JS_ERROR",
    "youtube": "YOU_TUBE_VIDEO",
}


@pytest.mark.parametrize("kind", TYPES)
def test_type(kind: str) -> None:
    (made,) = triggers(plan(own(kind)))
    assert (made["type"], made["name"]) == (TYPES[kind], f"TK - guide - {kind}")


@pytest.mark.parametrize(
    ("said", "wait", "validation", "timeout"),
    [
        ({}, "false", "false", "2000"),
        ({"wait_for_tags": True}, "true", "false", "2000"),
        ({"wait_for_tags": 500, "check_validation": True}, "true", "true", "500"),
        ({"wait_for_tags": False, "check_validation": True}, "false", "true", "2000"),
    ],
)
def test_waiting(said: Json, wait: str, validation: str, timeout: str) -> None:
    (made,) = triggers(plan(own({"link_click": {"css": ".a", **said}})))
    assert made["waitForTags"] == {"type": "BOOLEAN", "value": wait}
    assert made["checkValidation"] == {"type": "BOOLEAN", "value": validation}
    assert made["waitForTagsTimeout"] == {"type": "TEMPLATE", "value": timeout}
    assert made["uniqueTriggerId"] == {"type": "TEMPLATE"}


def test_a_link_that_waits_is_listened_to_where_its_conditions_may_hold() -> None:
    where = {"page_path": "/tea", "click_url": {"contains": "x"}}
    (made,) = triggers(plan(own({"link_click": {"wait_for_tags": True, "where": where}})))
    assert conditions(made, "autoEventFilter") == ["{{Page Path}} EQUALS /tea"]
    assert len(conditions(made)) == 2


def test_a_text_called_like_a_built_in_is_not_the_page() -> None:
    where = {"gtm": {"page_path": "x"}}
    (made,) = triggers(plan(own({"link_click": {"wait_for_tags": True, "where": where}})))
    assert conditions(made, "autoEventFilter") == ["{{Page URL}} MATCH_REGEX .*"]


def test_a_link_that_waits_anywhere() -> None:
    (made,) = triggers(plan(own({"link_click": {"wait_for_tags": True}})))
    assert conditions(made, "autoEventFilter") == ["{{Page URL}} MATCH_REGEX .*"]


def test_a_link_that_does_not_wait_has_no_filter_for_its_listener() -> None:
    (made,) = triggers(plan(own("link_click")))
    assert "autoEventFilter" not in made


def test_timer() -> None:
    said = {"interval": 30000, "limit": 2, "where": {"page_path": "/tea"}}
    (made,) = triggers(plan(own({"timer": said})))
    assert [made[key].get("value") for key in ("eventName", "interval", "limit")] == [
        "gtm.timer", "30000", "2",
    ]  # fmt: skip
    assert conditions(made, "autoEventFilter") == conditions(made) == ["{{Page Path}} EQUALS /tea"]


def test_timer_without_end() -> None:
    (made,) = triggers(plan(own({"timer": {"interval": 1000}})))
    assert made["limit"] == {"type": "TEMPLATE"}
    assert conditions(made, "autoEventFilter") == ["{{Page URL}} MATCH_REGEX .*"]


SCROLLS: list[tuple[Json, list[dict[str, str]]]] = [
    (
        {"percent": [50, 25, 50]},
        [{"verticalThresholdUnits": "PERCENT", "verticalThresholdsPercent": "25,50"}],
    ),
    (
        {"pixels": 800.0},
        [{"verticalThresholdUnits": "PIXELS", "verticalThresholdsPixels": "800"}],
    ),
    (
        {"percent": 90.5, "direction": "horizontal"},
        [{"horizontalThresholdUnits": "PERCENT", "horizontalThresholdsPercent": "90.5"}],
    ),
    (
        {"percent": 50, "pixels": [800]},
        [
            {"verticalThresholdUnits": "PERCENT", "verticalThresholdsPercent": "50"},
            {"verticalThresholdUnits": "PIXELS", "verticalThresholdsPixels": "800"},
        ],
    ),
]


@pytest.mark.parametrize(("said", "wanted"), SCROLLS, ids=lambda v: json.dumps(v)[:50])
def test_scroll(said: Json, wanted: list[dict[str, str]]) -> None:
    horizontal = "horizontal" in json.dumps(said)
    rest = {
        "verticalThresholdOn": str(not horizontal).lower(),
        "horizontalThresholdOn": str(horizontal).lower(),
        "triggerStartOption": "WINDOW_LOAD",
    }
    made = triggers(plan(own({"scroll": said})))
    assert [parameters(trigger) for trigger in made] == [{**one, **rest} for one in wanted]


VIDEOS: list[tuple[Json, dict[str, str]]] = [
    (None, {"captureStart": "true", "captureProgress": "false"}),
    ({}, {"captureStart": "true", "radioButtonGroup1": "PERCENTAGE"}),
    (
        {"complete": True, "pause": True},
        {"captureStart": "false", "captureComplete": "true", "capturePause": "true"},
    ),
    (
        {"percent": [50, 25]},
        {"captureStart": "false", "captureProgress": "true", "progressThresholdsPercent": "25,50"},
    ),
    (
        {"seconds": 30, "start": True},
        {
            "captureStart": "true",
            "progressThresholdsTimeInSeconds": "30",
            "radioButtonGroup1": "TIME_ELAPSED",
        },
    ),
    ({"load_api": False}, {"fixMissingApi": "false", "captureStart": "true"}),
]


@pytest.mark.parametrize(("said", "wanted"), VIDEOS, ids=lambda v: json.dumps(v)[:50])
def test_youtube(said: Json, wanted: dict[str, str]) -> None:
    (made,) = triggers(plan(own({"youtube": said})))
    assert wanted.items() <= parameters(made).items()


def test_a_video_by_percent_and_by_seconds_has_two_triggers() -> None:
    made = triggers(plan(own({"youtube": {"percent": 50, "seconds": [10, 30], "complete": True}})))
    assert [parameters(t)["radioButtonGroup1"] for t in made] == ["PERCENTAGE", "TIME_ELAPSED"]
    assert [parameters(t)["captureComplete"] for t in made] == ["true", "false"]


VIEWS: list[tuple[Json, dict[str, str]]] = [
    (
        ".a",
        {
            "elementSelector": ".a",
            "selectorType": "CSS",
            "firingFrequency": "ONCE",
            "onScreenRatio": "50",
            "useDomChangeListener": "true",
            "useOnScreenDuration": "false",
        },
    ),
    ({"id": "x"}, {"elementSelector": '[id="x"]'}),
    (
        {"css": ".a", "percent": 33.3, "time": 2000, "repeat": "every", "watch_dom": False},
        {
            "onScreenRatio": "33.3",
            "useOnScreenDuration": "true",
            "onScreenDuration": "2000",
            "firingFrequency": "MANY_PER_ELEMENT",
            "useDomChangeListener": "false",
        },
    ),
    ({"css": ".a", "repeat": "per_element"}, {"firingFrequency": "ONCE_PER_ELEMENT"}),
]


@pytest.mark.parametrize(("said", "wanted"), VIEWS, ids=lambda v: json.dumps(v)[:50])
def test_element_visible(said: Json, wanted: dict[str, str]) -> None:
    (made,) = triggers(plan(own({"element_visible": said})))
    assert wanted.items() <= parameters(made).items()


def test_several_triggers_are_any_of_them() -> None:
    data = plan(own(["page_view", {"click": ".a"}, {"click": ".b"}]))
    made = triggers(data)
    assert [t["name"] for t in made] == [
        "TK - guide - click", "TK - guide - click 2", "TK - guide - page_view",
    ]  # fmt: skip
    for tag in ("TK - GA4 - guide", "TK - Meta - guide"):
        fired = named(container(data)["tag"], tag)["firingTriggerId"]
        assert fired == sorted((t["triggerId"] for t in made), key=int)


def test_a_group_fires_when_its_members_have() -> None:
    data = plan(own({"all": [{"click": ".a"}, {"event": "x"}], "where": {"page_path": "/tea"}}))
    group, click, event = triggers(data)
    assert (group["type"], click["type"], event["type"]) == (
        "TRIGGER_GROUP", "CLICK", "CUSTOM_EVENT",
    )  # fmt: skip
    assert parameters(group)["triggerIds"] == [click["triggerId"], event["triggerId"]]
    assert conditions(group) == ["{{Page Path}} EQUALS /tea"]
    assert named(container(data)["tag"], "TK - GA4 - guide")["firingTriggerId"] == [
        group["triggerId"]
    ]


def test_exceptions_block_on_every_event() -> None:
    data = plan(own(unless=[{"page_path": "/a", "cookie": {"staff": "1"}}, {"page_path": "/b"}]))
    blocking = [t for t in triggers(data) if "unless" in t["name"]]
    assert [conditions(t, "customEventFilter") for t in blocking] == [
        ["{{_event}} MATCH_REGEX .*"]
    ] * 2
    assert sorted(len(conditions(t)) for t in blocking) == [1, 2]
    for tag in ("TK - GA4 - guide", "TK - Meta - guide"):
        blocked = named(container(data)["tag"], tag)["blockingTriggerId"]
        assert set(blocked) == {t["triggerId"] for t in blocking}


def test_conditions_of_the_conversion_go_to_each_trigger() -> None:
    data = plan(own(["page_view", "click"], where={"page_path": "/tea"}))
    assert [conditions(t) for t in triggers(data)] == [["{{Page Path}} EQUALS /tea"]] * 2


# --- tags


def tag_of(name: str, *conversions: Json, **settings: Json) -> Json:
    return named(container(plan(*conversions, **settings))["tag"], name)


@pytest.mark.parametrize(
    ("said", "option"), [("page", "ONCE_PER_LOAD"), ("event", "ONCE_PER_EVENT")]
)
def test_once(said: str, option: str) -> None:
    for platform in ("GA4", "Meta"):
        assert tag_of(f"TK - {platform} - guide", own(once=said))["tagFiringOption"] == option


def test_paused() -> None:
    data = plan(own(paused=True), "share")
    assert named(container(data)["tag"], "TK - GA4 - guide")["paused"] is True
    assert "paused" not in named(container(data)["tag"], "TK - GA4 - share")
    files = built(data, Target.PIXEL)
    assert "meta-pixel/guide.html" not in files
    assert "guide" not in files["meta-pixel/events.js"].split("// ---")[-1]


@pytest.mark.parametrize("event", sorted(ECOMMERCE_EVENTS))
def test_ecommerce_events_send_the_object(event: str) -> None:
    said = parameters(tag_of("TK - GA4 - guide", own(google_analytics={"event": event})))
    assert (said["sendEcommerceData"], said["getEcommerceDataFrom"]) == ("true", "dataLayer")


def test_other_events_do_not() -> None:
    said = parameters(tag_of("TK - GA4 - guide", own()))
    assert said["sendEcommerceData"] == "false"
    assert "getEcommerceDataFrom" not in said


def test_items_travel_with_the_object_and_values_are_made_numbers() -> None:
    said = parameters(tag_of("TK - GA4 - purchase", "purchase"))
    names = [row[0] for row in said["eventSettingsTable"]]
    assert "items" not in names
    assert ("value", "{{TK - Number - ecommerce value}}") in said["eventSettingsTable"]


@pytest.mark.parametrize(
    ("worth", "rows"),
    [
        (
            {"value": 1.5},
            [("value", "{{TK - Constant - 1.5}}"), ("currency", "PLN")],
        ),
        (
            {"value": 2, "currency": "EUR"},
            [("value", "{{TK - Constant - 2}}"), ("currency", "EUR")],
        ),
    ],
)
def test_worth(worth: Json, rows: list[tuple[str, str]]) -> None:
    said = parameters(tag_of("TK - GA4 - guide", own(**worth)))
    assert said["eventSettingsTable"] == rows


def test_one_of_two_destinations() -> None:
    names = {t["name"] for t in container(plan(own(google_analytics=False), "share"))["tag"]}
    assert "TK - Meta - guide" in names
    assert "TK - GA4 - guide" not in names
    names = {t["name"] for t in container(plan(own(meta_pixel=False), "share"))["tag"]}
    assert "TK - GA4 - guide" in names
    assert "TK - Meta - guide" not in names


def test_parameters_of_one_destination() -> None:
    said = own(
        parameters={"both": "b"},
        google_analytics={"parameters": {"ga": "g", "both": "over"}},
        meta_pixel={"properties": {"meta": "m"}},
    )
    rows = parameters(tag_of("TK - GA4 - guide", said))["eventSettingsTable"]
    assert rows == [("both", "over"), ("ga", "g")]
    html = parameters(tag_of("TK - Meta - guide", said))["html"]
    assert '{"meta": "m"}' in html


@pytest.mark.parametrize(
    ("said", "call"),
    [
        ({"event": "Lead"}, '"track", "Lead"'),
        ({"custom": "Brewed"}, '"trackCustom", "Brewed"'),
        ({}, '"trackCustom", "Guide"'),
    ],
)
def test_meta_call(said: Json, call: str) -> None:
    assert call in parameters(tag_of("TK - Meta - guide", own(meta_pixel=said)))["html"]


def test_several_pixels_are_addressed() -> None:
    html = parameters(tag_of("TK - Meta - guide", own(), meta_pixel={"pixel_id": ["1", "2"]}))
    assert '"trackSingleCustom", "1"' in html["html"]
    assert '"trackSingleCustom", "2"' in html["html"]


@pytest.mark.parametrize(
    ("event_id", "sent"),
    [
        (False, ""),
        ("auto", "{{TK - CJS - event ID}}"),
        ({"data_layer": "id"}, "{{TK - DLV - id}}"),
    ],
)
def test_event_id(event_id: Json, sent: str) -> None:
    meta = {"pixel_id": "1", "event_id": event_id}
    html = parameters(tag_of("TK - Meta - guide", own(), meta_pixel=meta))["html"]
    assert ("eventID" in html) == bool(sent)
    assert sent in html


def test_the_servers_container_gets_the_browsers_event_id() -> None:
    data = plan(
        "share",
        google_analytics={
            "measurement_id": "G-1A2B3C4D5E",
            "server_container_url": "https://s.example",
        },
    )
    settings = named(container(data)["variable"], "TK - GA4 - Event settings")
    assert ("event_id", "{{TK - CJS - event ID}}") in parameters(settings)["eventSettingsTable"]


def test_parameters_with_metas_names_are_said_once() -> None:
    twice = {
        "transaction_id": "a",
        "order_id": "b",
        "items": {"ecommerce": "items", "type": "items"},
    }
    files = built(plan(own(parameters=twice)))
    manifest = json.loads(files["meta-pixel/manifest.json"])
    assert manifest["conversions"][0]["properties"] == [
        "order_id", "content_ids", "content_type", "contents",
    ]  # fmt: skip


def test_measurement_id_of_each_host() -> None:
    ga4 = {
        "measurement_id": "G-LIVE000001",
        "environments": [
            {"hostname": "test.example", "measurement_id": "G-TEST000001"},
            {"hostname": ["localhost", "127.0.0.1"], "measurement_id": "G-TEST000002"},
        ],
    }
    version = container(plan("share", google_analytics=ga4))
    variable = named(version["variable"], "TK - GA4 Measurement ID")
    assert parameters(variable) == {
        "setDefaultValue": "true",
        "input": "{{Page Hostname}}",
        "defaultValue": "G-LIVE000001",
        "map": [
            ("test.example", "G-TEST000001"),
            ("localhost", "G-TEST000002"),
            ("127.0.0.1", "G-TEST000002"),
        ],
    }
    for tag in version["tag"]:
        if tag["type"] in ("gaawe", "googtag"):
            said = parameters(tag)
            used = said.get("measurementIdOverride") or said["tagId"]
            assert used == "{{TK - GA4 Measurement ID}}"


def test_google_tag_settings() -> None:
    ga4 = {"send_page_view": False, "debug": True, "server_container_url": "https://s.example"}
    tag = tag_of(
        "TK - GA4 - Google tag",
        "share",
        google_analytics={"measurement_id": "G-1A2B3C4D5E", **ga4},
        meta_pixel=None,
    )
    assert parameters(tag)["configSettingsTable"] == [
        ("send_page_view", "false"),
        ("server_container_url", "https://s.example"),
        ("debug_mode", "true"),
    ]


# --- consent

NEEDS = {
    "off": {"TK - GA4 - Google tag": [], "TK - GA4 - share": [], "TK - Meta - Base pixel": []},
    "advanced": {
        "TK - GA4 - Google tag": [],
        "TK - GA4 - share": [],
        "TK - Meta - Base pixel": ["ad_storage", "ad_user_data"],
        "TK - Meta - share": [],
        "TK - Consent - Watch": [],
    },
    "basic": {
        "TK - GA4 - Google tag": ["analytics_storage"],
        "TK - GA4 - share": ["analytics_storage"],
        "TK - Meta - Base pixel": ["ad_storage", "ad_user_data"],
        "TK - Consent - Gate analytics_storage": ["analytics_storage"],
    },
}


@pytest.mark.parametrize("mode", NEEDS)
def test_consent_mode(mode: str) -> None:
    version = container(plan("share", consent={"mode": mode}))
    for name, needs in NEEDS[mode].items():
        settings = named(version["tag"], name)["consentSettings"]
        types = [item["value"] for item in settings.get("consentType", {}).get("list", ())]
        assert (settings["consentStatus"], types) == ("NEEDED" if needs else "NOT_NEEDED", needs)
    assert all("consentSettings" in tag for tag in version["tag"])
    if mode == "off":
        assert not [t["name"] for t in version["tag"] if "Consent" in t["name"]]


def test_nothing_waits_without_meta() -> None:
    version = container(plan("share", meta_pixel=None))
    assert not [e["name"] for k in ("tag", "trigger") for e in version[k] if "onsent" in e["name"]]


@pytest.mark.parametrize("events", ["banner_done", ["banner:done", "banner done"]])
def test_update_events_fire_the_base_pixel(events: Json) -> None:
    version = container(plan("share", consent={"update_event": events}))
    said = [events] if isinstance(events, str) else events
    heard = {
        trigger["triggerId"]: conditions(trigger, "customEventFilter")[0].split(" ", 2)[2]
        for trigger in version["trigger"]
        if trigger["name"].startswith("TK - consent ") and trigger["type"] == "CUSTOM_EVENT"
    }
    assert set(heard.values()) == {"tagkit.consent", *said}
    fired = named(version["tag"], "TK - Meta - Base pixel")["firingTriggerId"]
    assert set(heard) < set(fired)


def test_a_conversion_that_wants_more_has_a_gate() -> None:
    wants = ["ad_storage", "ad_user_data", "ad_personalization"]
    version = container(plan("share", own(consent=wants)))
    gate = named(version["tag"], "TK - Consent - Gate ad_personalization")
    assert gate["consentSettings"]["consentStatus"] == "NEEDED"
    assert "ad_personalization" in parameters(named(version["tag"], "TK - Meta - guide"))["html"]
    assert (
        "ad_personalization" not in parameters(named(version["tag"], "TK - Meta - share"))["html"]
    )


def test_what_all_conversions_agree_on_is_the_pixels_need() -> None:
    version = container(plan(own(consent=["analytics_storage"])))
    base = named(version["tag"], "TK - Meta - Base pixel")["consentSettings"]
    assert [item["value"] for item in base["consentType"]["list"]] == ["analytics_storage"]


def test_default_snippet() -> None:
    consent = {
        "default": {
            "granted": ["security_storage"],
            "wait_for_update": 700,
            "ads_data_redaction": True,
            "url_passthrough": True,
            "regions": [{"regions": ["US"], "granted": ["ad_storage"]}],
        }
    }
    html = built(plan("share", consent=consent))["consent-default.html"]
    assert html.index('"region": ["US"]') < html.index('"wait_for_update": 700')
    assert "ads_data_redaction" in html
    assert "url_passthrough" in html
    assert "consent-default.html" not in built(plan("share"))


# --- names, folders, notes

FOLDERS = {
    "en": ["Base", "Funnel", "Secondary", "Macro-conversions", "Anti-conversions"],
    "pl": ["Podstawa", "Lejek", "Dodatkowe", "Makrokonwersje", "Antykonwersje"],
}


@pytest.mark.parametrize("language", FOLDERS)
def test_a_folder_per_role(language: str) -> None:
    data = {
        **HEAD,
        "business": {"name": "x", "language": language},
        "macro_conversions": ["purchase"],
        "micro_conversions": ["add_to_cart", own(), own() | {"id": "step", "role": "funnel"}],
        "anti_conversions": ["form_error"],
    }
    version = container(data)
    base, funnel, secondary, macro, anti = FOLDERS[language]
    folders = {folder["folderId"]: folder["name"] for folder in version["folder"]}
    assert sorted(folders.values()) == sorted(f"TK - {name}" for name in FOLDERS[language])
    wanted = {
        "GA4 - Google tag": base, "GA4 - purchase": macro, "GA4 - add_to_cart": funnel,
        "GA4 - guide": secondary, "Meta - step": funnel, "Listeners": base,
        "GA4 - form_error": anti,
    }  # fmt: skip
    for name, folder in wanted.items():
        tag = named(version["tag"], f"TK - {name}")
        assert folders[tag["parentFolderId"]] == f"TK - {folder}"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Made by tagkit from micro_conversions: guide (Przewodnik).", "as a key event"]),
        ("pl", ["Utworzone przez tagkit z micro_conversions: guide", "jako kluczowe zdarzenie"]),
    ],
)
def test_notes(language: str, words: list[str]) -> None:
    said = own(name="Przewodnik", google_analytics={"key_event": True})
    business = {"name": "x", "language": language}
    notes = tag_of("TK - GA4 - guide", said, business=business)["notes"]
    assert [word for word in words if word not in notes] == []
    assert words[1] not in tag_of("TK - Meta - guide", said, business=business)["notes"]


def test_notes_say_what_the_shop_must_do() -> None:
    assert "The shop pushes add_to_cart" in tag_of("TK - GA4 - add_to_cart", "add_to_cart")["notes"]


def test_notes_hold_no_reference() -> None:
    notes = tag_of("TK - GA4 - guide", own(name="{{Page URL}} {0} {x}"))["notes"]
    assert "{{" not in notes
    assert "{ {Page URL}} {0} {x}" in notes


PATTERNS: list[tuple[Json, str, str, str]] = [
    ({}, "TK - GA4 - guide", "TK - guide - page_view", "TK - DLV - kind"),
    ({"prefix": "ZH"}, "ZH - GA4 - guide", "ZH - guide - page_view", "ZH - DLV - kind"),
    (
        {"tag": "X/{platform}/{event}/{role}/{name}/{id}", "trigger": "X {kind}: {name} {role}"},
        "X/GA4/seen/secondary/The guide/guide",
        "X page_view The guide secondary",
        "TK - DLV - kind",
    ),
    (
        {"variable": "X {name} ({kind})"},
        "TK - GA4 - guide",
        "TK - guide - page_view",
        "X kind (DLV)",
    ),
    ({"variable": "X {name}"}, "TK - GA4 - guide", "TK - guide - page_view", "X kind"),
    (
        {"tag": 'a:b;"{id}"<{platform}>'},
        "a b guide GA4",
        "TK - guide - page_view",
        "TK - DLV - kind",
    ),
]


@pytest.mark.parametrize(("naming", "tag", "trigger", "variable"), PATTERNS)
def test_naming(naming: Json, tag: str, trigger: str, variable: str) -> None:
    said = own(
        name="The guide",
        google_analytics={"event": "seen"},
        parameters={"kind": {"data_layer": "kind"}},
    )
    version = container(plan(said, naming=naming))
    assert named(version["tag"], tag)["type"] == "gaawe"
    named(version["trigger"], trigger)
    named(version["variable"], variable)


def test_names_that_would_be_alike_are_told_apart() -> None:
    said = [
        {"id": "one", "name": "A: b", "trigger": "page_view", "google_analytics": {"event": "e"}},
        {"id": "two", "name": "A b", "trigger": "page_view", "google_analytics": {"event": "e"}},
    ]
    for pattern in ("X {platform} {name}", "X {platform} {event}"):
        naming = {"tag": pattern, "trigger": "X {name}"}
        version = container(plan(*said, naming=naming, consent={"mode": "basic"}))
        assert len({t["name"] for t in version["tag"]}) == len(version["tag"])
        assert len([t for t in version["tag"] if t["type"] == "gaawe"]) == 2
        assert len([t for t in version["trigger"] if t["type"] == "PAGEVIEW"]) == 2


def test_long_names_are_cut() -> None:
    version = container(plan(own(name="x" * 300), naming={"tag": "X {platform} {name}"}))
    assert {len(t["name"]) for t in version["tag"] if "xxx" in t["name"]} == {LENGTH}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:b", "a b"),
        (" a \n b ", "a b"),
        ('{{x}} <y> ";', "x y"),
        ("\u2028a\x00", "a"),
        ("ż 🍵", "ż 🍵"),
    ],
)
def test_cleaning(before: str, after: str) -> None:
    assert clean(before) == after


def test_labels_that_had_to_be_changed_are_told_apart() -> None:
    names = Names(Naming())
    said = ["a:b", "a b", "a;b", "x" * 60, "x" * 61]
    assert len({names.variable("DLV", label) for label in said}) == len(said)


ALIKE: list[tuple[Json, Json]] = [
    ({"data_layer": "a", "default": 1}, {"data_layer": "a", "default": "1"}),
    ({"data_layer": "a", "default": True}, {"data_layer": "a", "default": "true"}),
    ({"cookie": "a"}, {"cookie": "a", "decode": True}),
    ({"css": ".a", "attribute": "b"}, {"css": ".a b"}),
    ({"data_layer": "a", "version": 1}, {"data_layer": "a"}),
    ({"global": "a"}, {"data_layer": "a"}),
    ({"lookup": {"input": "x", "table": {"a": 1}}}, {"lookup": {"input": "x", "table": {"a": "1"}}}),
    ({"url": "query.a", "of": "x"}, {"url": "query.a", "of": "y"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ALIKE, ids=lambda v: json.dumps(v)[:40])
def test_two_sources_are_two_variables_whatever_their_order(one: Json, other: Json) -> None:
    def made(*sources: Json) -> dict[str, Json]:
        conversions = [
            own(parameters={"p": source}) | {"id": "one" if source == one else "other"}
            for source in sources
        ]
        found = container(plan(*conversions, meta_pixel=None))["variable"]
        return {variable["name"]: variable for variable in found}

    both = made(one, other)
    assert both == made(other, one) == made(one) | made(other)
    assert len(made(one).keys() ^ made(other).keys()) >= 2


def test_a_declared_click_is_bound_to_what_its_conversion_waits_for() -> None:
    declared = {
        "what": {"lookup": {"input": {"url": "host", "of": {"click": "url"}}, "table": {"a": 1}}}
    }
    said = [
        own({"click": f".{i}"}, parameters={"p": {"variable": "what"}}) | {"id": i} for i in "ab"
    ]
    alone = container(plan(said[1], variables=declared))["variable"]
    both = container(plan(*said, variables=declared))["variable"]
    assert {v["name"] for v in both} >= {"TK - what of .a", "TK - what of .b"}
    assert named(both, "TK - what of .b") == named(alone, "TK - what of .b")


def test_a_pattern_without_kinds_tells_variables_apart() -> None:
    said = own(parameters={"p": {"data_layer": "x"}, "q": {"cookie": "x"}})
    version = container(plan(said, naming={"variable": "{prefix} {name}"}, meta_pixel=None))
    types = sorted(v["type"] for v in version["variable"] if v["name"].startswith("TK x"))
    assert types == ["k", "v"]


def test_a_variable_is_not_made_of_itself() -> None:
    version = container(plan("purchase", naming={"variable": "{prefix} {name}"}))
    for variable in version["variable"]:
        assert f"{{{{{variable['name']}}}}}" not in json.dumps(variable["parameter"])


# --- values

VALUES: list[tuple[Json, str]] = [
    # a source -> what the GA4 tag's row says
    ("guide", "guide"),
    (1.5, "{{TK - Constant - 1.5}}"),
    (True, "true"),
    ("{{x}}", "{{TK - Constant - x #}}"),
    ("", ""),
    ({"value": "guide"}, "guide"),
    ({"data_layer": "a.b"}, "{{TK - DLV - a.b}}"),
    ({"data_layer": "a", "default": "none"}, "{{TK - DLV - a or none}}"),
    ({"data_layer": "a", "default": 0}, "{{TK - DLV - a or 0}}"),
    ({"data_layer": "a", "type": "number"}, "{{TK - Number - a}}"),
    ({"ecommerce": "value"}, "{{TK - CJS - ecommerce value}}"),
    ({"url": "full"}, "{{Page URL}}"),
    ({"url": "path"}, "{{Page Path}}"),
    ({"url": "host"}, "{{Page Hostname}}"),
    ({"url": "fragment"}, "{{TK - URL - fragment}}"),
    ({"url": "query"}, "{{TK - URL - query}}"),
    ({"url": "query.q"}, "{{TK - URL - query q}}"),
    ({"url": "path", "of": {"cookie": "c"}}, "{{TK - URL - path of c}}"),
    ({"cookie": "c"}, "{{TK - Cookie - c}}"),
    ({"css": ".p"}, "{{TK - Element - .p}}"),
    ({"css": ".p", "attribute": "x"}, "{{TK - Element - .p x #}}"),
    ({"click": "text"}, "{{Click Text}}"),
    ({"form": "id"}, "{{Form ID}}"),
    ({"built_in": "page_referrer"}, "{{Referrer}}"),
    ({"built_in": "percent_visible"}, "{{Percent Visible}}"),
    ({"javascript": "function() { return 1; }"}, "{{TK - CJS - #}}"),
    ({"global": "window.shop.id"}, "{{TK - JS - window.shop.id}}"),
    ({"lookup": {"input": "x", "table": {"a": 1}}}, "{{TK - Lookup - x #}}"),
    ({"variable": "shelf"}, "{{TK - shelf}}"),
    ({"variable": "board"}, "{{TK - shelf}}"),
    ({"variable": "shelf", "format": {"case": "lower"}}, "{{TK - shelf #}}"),
    ({"variable": "shelf", "default": "x"}, "{{TK - shelf or x}}"),
    ({"variable": "page"}, "{{TK - page}}"),
    ({"variable": "theirs"}, "{{Theirs}}"),
    ({"gtm": "{{Theirs}}"}, "{{Theirs}}"),
    ({"gtm": "by {{A}} and {{B}}"}, "by {{A}} and {{B}}"),
    ({"url": "path", "of": {"gtm": "https://{{Host}}/"}}, "{{TK - URL - path of #}}"),
]  # fmt: skip
DECLARED = {
    "shelf": {"data_layer": "shelf"},
    "board": {"variable": "shelf"},
    "page": {"url": "path"},
    "theirs": {"gtm": "{{Theirs}}"},
}


@pytest.mark.parametrize(("source", "wanted"), VALUES, ids=lambda v: json.dumps(v)[:50])
def test_value(source: Json, wanted: str) -> None:
    data = plan(own("link_click", parameters={"p": source}), variables=DECLARED, meta_pixel=None)
    rows = parameters(named(container(data)["tag"], "TK - GA4 - guide"))["eventSettingsTable"]
    assert re.sub(r"\b[0-9a-f]{6}\b", "#", rows[0][1]) == wanted


ENTITIES: list[tuple[Json, str, Json]] = [
    # a source -> the type and the parameters of its variable
    ({"data_layer": "a", "version": 1}, "v", {"name": "a", "dataLayerVersion": "1"}),
    (
        {"data_layer": "a", "default": "x"},
        "v",
        {"name": "a", "setDefaultValue": "true", "defaultValue": "x"},
    ),
    ({"cookie": "a", "decode": True}, "k", {"name": "a", "decodeCookie": "true"}),
    ({"url": "query.q"}, "u", {"component": "QUERY", "queryKey": "q"}),
    (
        {"url": "extension", "of": {"click": "url"}},
        "u",
        {"component": "EXTENSION", "customUrlSource": "{{Click URL}}"},
    ),
    ({"global": "window.a.b"}, "j", {"name": "a.b"}),
    ({"javascript": "function() { return 1; }"}, "jsm", {"javascript": "function() { return 1; }"}),
    (
        {"lookup": {"input": {"url": "host"}, "table": {"a": "x", "b": 2}, "default": "z"}},
        "smm",
        {
            "input": "{{Page Hostname}}",
            "map": [("a", "x"), ("b", "{{TK - Constant - 2}}")],
            "defaultValue": "z",
        },
    ),
    (
        {
            "regex_lookup": {
                "input": {"url": "path"},
                "table": {"a|b": "x", "c": "y"},
                "ignore_case": False,
                "replace": True,
            }
        },
        "remm",
        {
            "map": [("(?:a|b)", "x"), ("c", "y")],
            "fullMatch": "true",
            "ignoreCase": "false",
            "replaceAfterMatch": "true",
            "setDefaultValue": "false",
        },
    ),
]


@pytest.mark.parametrize(("source", "kind", "wanted"), ENTITIES, ids=lambda v: json.dumps(v)[:40])
def test_variable(source: Json, kind: str, wanted: Json) -> None:
    data = plan(own("link_click", parameters={"p": source}), meta_pixel=None)
    version = container(data)
    rows = parameters(named(version["tag"], "TK - GA4 - guide"))["eventSettingsTable"]
    variable = named(version["variable"], rows[0][1].strip("{}"))
    assert variable["type"] == kind
    assert wanted.items() <= parameters(variable).items()


def test_format() -> None:
    said = {"case": "upper", "null_as": "n", "undefined_as": 0, "true_as": "yes", "false_as": False}
    data = plan(own(parameters={"p": {"data_layer": "a", "format": said}}), meta_pixel=None)
    (variable,) = [v for v in container(data)["variable"] if v["type"] == "v"]
    assert variable["formatValue"] == {
        "caseConversionType": "UPPERCASE",
        "convertNullToValue": {"type": "TEMPLATE", "value": "n"},
        "convertUndefinedToValue": {"type": "TEMPLATE", "value": "{{TK - Constant - 0}}"},
        "convertTrueToValue": {"type": "TEMPLATE", "value": "yes"},
        "convertFalseToValue": {"type": "TEMPLATE", "value": "false"},
    }


def test_every_built_in_of_the_language_is_one_of_gtms() -> None:
    schema = json.loads((SCHEMAS / "plan.schema.json").read_text("utf-8"))
    names = schema["$defs"]["source"]["properties"]["built_in"]["enum"]
    for name in names:
        version = container(plan(own(parameters={"p": {"built_in": name}}), meta_pixel=None))
        (built_in,) = version["builtInVariable"]
        assert built_in["name"] == vocabulary.BUILT_INS[built_in["type"]].name


def test_the_container_it_is_for() -> None:
    ids = {"account_id": "123", "container_id": "456", "public_id": "GTM-ABC123", "name": "Site"}
    export = json.loads(built(plan("share", container=ids), Target.GTM)[GTM_FILE])
    version = export["containerVersion"]
    assert version["path"] == "accounts/123/containers/456/versions/0"
    said = version["container"]
    assert (said["name"], said["publicId"], said["tagIds"]) == (
        "Site",
        "GTM-ABC123",
        ["GTM-ABC123"],
    )
    every = [e for kind in vocabulary.KINDS for e in version.get(kind, ())]
    assert {(e["accountId"], e["containerId"]) for e in every} == {("123", "456")}
