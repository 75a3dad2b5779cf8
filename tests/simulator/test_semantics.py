"""The runtime against what Google's own was measured to do; the numbers are those of the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.build import (
    ALL_PAGES,
    CONSENT_INITIALIZATION,
    GA4_ID,
    INITIALIZATION,
    condition,
    constant,
    container,
    custom_event,
    data_layer,
    event_settings,
    ga4,
    google_tag,
    group,
    html,
    javascript,
    mark,
    pairs,
    script,
    scroll,
    tag,
    timer,
    trigger,
    variable,
    visibility,
    waiting,
)
from tests.browser.harness import SHOP, Answer, consent_default, gtag
from tests.simulator.pages import EVERY_EVENT, GO, mark_names, marks, reading, values

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage


Json = dict[str, Any]


# ---------------------------------------------------------------------- 1 queue and events


def test_1_order_of_events(open_page: OpenPage) -> None:
    page = open_page(
        container(mark("all", "2", "{{Event}}"), EVERY_EVENT),
        head_before_gtm="<script>dataLayer = [{event: 'early'}, {plain: 1}]</script>",
        html="<script>dataLayer.push({event: 'inline_body'})</script>",
    )
    assert page.event_names() == [
        "gtm.init_consent",
        "gtm.init",
        "early",
        "gtm.js",
        "inline_body",
        "gtm.dom",
        "gtm.load",
    ]


def test_1_messages_before_the_first_event_come_before_initialization(open_page: OpenPage) -> None:
    page = open_page(
        container(
            mark(
                "init", INITIALIZATION, "google_tag_manager['GTM-TEST123'].dataLayer.get('plain')"
            ),
            mark("denied", CONSENT_INITIALIZATION, needs=["ad_storage"]),
        ),
        head_before_gtm=(
            "<script>dataLayer = [{plain: 1}]</script>" + consent_default({"ad_storage": "denied"})
        ),
    )
    assert marks(page) == [["init", 1]]
    assert page.status("denied", "gtm.init_consent") == "no consent"


def test_1_gtm_js_once_and_unique_event_ids(open_page: OpenPage) -> None:
    page = open_page(container(mark("page", ALL_PAGES)))
    page.push({"event": "gtm.js"}, {"event": "x"})
    assert mark_names(page) == ["page"]
    assert [event["id"] for event in page.events()] == [1, 2, 3, 4, 5, 6, 7]
    assert page.js("dataLayer[dataLayer.length - 1]['gtm.uniqueEventId']") == 7


def test_1_a_push_inside_a_tag_waits_for_its_turn(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            custom_event("3", "inner"),
            script("outer", "dataLayer.push({event: 'inner'}); marks = ['outer'];", "1"),
            script("also outer", "marks.push('also outer');", "1"),
            script("inner", "marks.push('inner');", "3"),
        )
    )
    page.push({"event": "go"})
    assert page.js("marks") == ["outer", "also outer", "inner"]


def test_1_push_is_false_while_tags_hold_the_default_back(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("tag", "1")))
    assert page.js("dataLayer.push({event: 'go'})") is False
    assert page.js("dataLayer.push({event: 'nothing listens'})") is True


def test_1_the_array_keeps_300_messages(open_page: OpenPage) -> None:
    page = open_page(container(mark("page", ALL_PAGES)))
    page.js("for (var i = 0; i < 400; i++) { dataLayer.push({i: i}); }")
    assert page.js("[dataLayer.length, dataLayer[299].i]") == [300, 399]


def test_1_event_callback_runs_after_the_tags_or_the_timeout(open_page: OpenPage) -> None:
    slow = "<script src='https://slow.example/never.js'></script>"
    page = open_page(
        container(GO, custom_event("3", "slow"), mark("tag", "1"), html("slow", slow, "3")),
        routes={"https://slow.example/never.js": Answer("", content_type="text/javascript")},
    )
    call = "eventCallback: function (id) { marks.push(['called', id]); }"
    page.js(f"dataLayer.push({{event: 'go', {call}}})")
    assert marks(page) == [["tag", 1], ["called", "GTM-TEST123"]]
    page.js(f"dataLayer.push({{event: 'slow', eventTimeout: 1, {call}}}); marks.length")
    page.settle()
    assert mark_names(page) == ["tag", "called", "called"]


def test_1_gtag_event_is_a_data_layer_event(open_page: OpenPage) -> None:
    page = open_page(
        container(
            custom_event("3", "sign_up"),
            GO,
            data_layer("method", "eventModel.method"),
            mark("gtag", "3", "{{method}}"),
            mark("later", "1", "typeof {{method}}"),
        )
    )
    page.gtag("event", "sign_up", {"method": "shop"}).push({"event": "go"})
    assert marks(page) == [["gtag", "shop"], ["later", "undefined"]]


def test_1_ga4_tags_make_no_data_layer_events(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, ga4("sign_up", "1"), EVERY_EVENT, mark("each", "2", "{{Event}}"))
    )
    page.push({"event": "go"})
    assert "sign_up" not in page.event_names()


def test_1_a_message_can_be_null_or_a_text(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("tag", "1")))
    page.push(None, "text", 5, [], ["a"], {"event": "go"})
    assert mark_names(page) == ["tag"]


# ---------------------------------------------------------------------- 2 model


def test_2_merge(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        data_layer("items", "items"),
        data_layer("product", "product"),
        data_layer("flat", "product", version=1),
    )
    first = values(page, {"items": [{"id": 1}, {"id": 2}], "product": {"a": 1, "b": {"c": 2}}})
    assert first["items"] == [{"id": 1}, {"id": 2}]
    second = values(page, {"items": [{"id": 9}], "product": {"b": {"d": 3}}})
    assert second["items"] == [{"id": 9}, {"id": 2}]
    assert second["product"] == {"a": 1, "b": {"c": 2, "d": 3}}
    assert second["flat"] == {"b": {"d": 3}}
    third = values(page, {"items": [], "product": "text"})
    assert third["items"] == [{"id": 9}, {"id": 2}]
    assert third["product"] == "text"
    assert values(page, {"items": None}, {"items": [{"id": 3}]})["items"] == [{"id": 3}]


def test_2_clear_and_gtag_set_start_anew(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("a", "a"), data_layer("b", "b"))
    values(page, {"a": [1, 2], "b": {"x": 1}})
    assert values(page, {"_clear": True, "a": [9]}) == {"a": [9], "b": {"x": 1}}
    page.gtag("set", {"b": {"y": 2}})
    assert values(page)["b"] == {"y": 2}


def test_2_functions_and_methods(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("a", "a"), data_layer("b", "b"), data_layer("c", "c"))
    page.js("dataLayer.push(function () { this.set('b', this.get('a').length); })")
    page.js("dataLayer.push({a: ['x']})")
    page.js("dataLayer.push(function () { this.set('b', this.get('a').length); })")
    assert values(page, ["a.push", "y"]) == {"a": ["x", "y"], "b": 1, "c": "UNDEFINED"}
    page.js("dataLayer.push(function () { this.reset(); })")
    assert values(page)["a"] == "UNDEFINED"


def test_2_dots(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        data_layer("two", "deep.x"),
        data_layer("one", "deep.x", version=1),
        data_layer("whole", "deep"),
        data_layer("dotted", r"a\.b"),
    )
    seen = values(page, {"deep.x": "flat", "other": {"a.b": 1}})
    assert seen == {"two": "flat", "one": "flat", "whole": {"x": "flat"}, "dotted": "UNDEFINED"}
    assert values(page, {"deep": {"x": 2}})["one"] == "flat"


def test_2_null_and_undefined_half_way(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("null", "nul.a.b"), data_layer("undefined", "und.a.b"))
    assert values(page, {"nul": None}) == {"null": False, "undefined": "UNDEFINED"}


def test_2_undefined_overwrites(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("a", "a"))
    assert values(page, {"a": 1}) == {"a": 1}
    page.js("dataLayer.push({a: undefined})")
    assert values(page) == {"a": "UNDEFINED"}


def test_2_a_default_replaces_undefined_only(open_page: OpenPage) -> None:
    page = reading(
        open_page, data_layer("a", "a", default="none"), data_layer("b", "b", default="")
    )
    assert values(page) == {"a": "none", "b": ""}
    for kept in (None, "", 0, False):
        assert values(page, {"a": kept})["a"] == kept


def test_2_format_values(open_page: OpenPage) -> None:
    def converted(**rules: str) -> Json:
        names = {key: f"convert{key.title()}ToValue" for key in rules}
        return {names[key]: {"type": "TEMPLATE", "value": value} for key, value in rules.items()}

    page = reading(
        open_page,
        data_layer("lower", "a", formatValue={"caseConversionType": "LOWERCASE"}),
        data_layer("upper", "a", formatValue={"caseConversionType": "UPPERCASE"}),
        data_layer("null", "n", formatValue=converted(null="was null")),
        data_layer("undefined", "u", formatValue=converted(undefined="{{lower}}")),
        data_layer("true", "t", formatValue=converted(true="yes", false="no")),
        data_layer("false", "f", formatValue=converted(true="yes", false="no")),
        data_layer("number", "p", formatValue={"convertToNumber": "PERIOD"}),
        data_layer("comma", "c", formatValue={"convertToNumber": "COMMA"}),
    )
    messages = {"a": "Ab", "n": None, "t": True, "f": False, "p": "1,234.50", "c": "1.234,50"}
    assert values(page, messages) == {
        "lower": "ab",
        "upper": "AB",
        "null": "was null",
        "undefined": "ab",
        "true": "yes",
        "false": "no",
        "number": 1234.5,
        "comma": 1234.5,
    }


def test_2_click_variables_keep_the_last_click(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, trigger("3", "CLICK"), mark("later", "1", "'{{Click ID}}'"), mark("c", "3")),
        '<button id="buy">Buy</button>',
    )
    page.click("#buy").push({"event": "go"})
    assert marks(page) == [["c", 1], ["later", "buy"]]


# ---------------------------------------------------------------------- 3 built-in variables


def test_3_page_variables(open_page: OpenPage) -> None:
    names = ("Page URL", "Page Hostname", "Page Path", "Referrer", "Event", "Container ID")
    fields = ", ".join(f"'{name}': {{{{{name}}}}}" for name in (*names, "Container Version"))
    page = open_page(
        container(
            GO, script("read", f"window.values = {{{fields}, r: {{{{Random Number}}}}}};", "1")
        ),
        url="https://shop.example/a/b?c=d&e#frag",
    )
    seen = values(page)
    assert 0 <= seen.pop("r") <= 2147483647
    assert seen == {
        "Page URL": "https://shop.example/a/b?c=d&e",
        "Page Hostname": "shop.example",
        "Page Path": "/a/b",
        "Referrer": "",
        "Event": "go",
        "Container ID": "GTM-TEST123",
        "Container Version": "7",
    }


def test_3_click_variables(open_page: OpenPage) -> None:
    names = ("Click Classes", "Click ID", "Click Target", "Click URL", "Click Text")
    fields = ", ".join(f"{{{{{name}}}}}" for name in names)
    page = open_page(
        container(trigger("3", "CLICK"), script("read", f"window.values = [{fields}];", "3")),
        """<a id="l" class="a b" target="_self" href="#x"> Two
             <br>words </a> <button id="b">Plain</button>
           <svg width="20" height="20"><circle class="dot" r="9" cx="9" cy="9"/></svg>""",
    )
    page.click("#l", position={"x": 3, "y": 3})
    assert page.js("values") == ["a b", "l", "_self", "https://shop.example/path?x#x", "Two words"]
    page.click("#b")
    assert page.js("values") == ["", "b", "", "", "Plain"]
    page.click("circle")
    assert page.js("values")[0] == "dot"


# ---------------------------------------------------------------------- 4 variables


def test_4_evaluated_at_every_reference(open_page: OpenPage) -> None:
    page = open_page(
        container(
            javascript("counter", "function() { return window.n = (window.n || 0) + 1; }"),
            custom_event("3", "go", condition("GREATER", "{{counter}}", "0")),
            mark("one", "3", "{{counter}}"),
            mark("two", "3", "{{counter}}"),
        )
    )
    page.push({"event": "go"})
    assert marks(page) == [["one", 2], ["two", 3]]


def test_4_failures_and_recursion(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        javascript("throws", "function() { return null.x; }"),
        javascript("self", "function() { return typeof {{self}}; }"),
        variable("bad selector", "d", {"elementSelector": "[[", "selectorType": "CSS"}),
    )
    assert values(page) == {"throws": "UNDEFINED", "self": "undefined", "bad selector": False}


def test_4_url_cookie_global(open_page: OpenPage) -> None:
    def url(name: str, component: str, **more: object) -> Json:
        return variable(name, "u", {"component": component, **more})

    page = reading(
        open_page,
        url("key", "QUERY", queryKey="q"),
        url("missing", "QUERY", queryKey="none"),
        url("query", "QUERY"),
        url("fragment", "FRAGMENT"),
        url("protocol", "PROTOCOL"),
        url("port", "PORT"),
        url("extension", "EXTENSION"),
        url("host", "HOST", stripWww=True, customUrlSource="https://www2.a.example/x"),
        url("path", "PATH", customUrlSource="https://a.example"),
        variable("cookie", "k", {"decodeCookie": True, "name": "c"}),
        variable("raw", "k", {"decodeCookie": False, "name": "c"}),
        variable("no cookie", "k", {"decodeCookie": False, "name": "d"}),
        variable("global", "j", {"name": "document.title"}),
        variable("no global", "j", {"name": "nothing.here"}),
        variable("nothing", "uv"),
        url="https://shop.example/p.html?q=a+b%21&q=2#frag",
        cookies={"c": "x%20y"},
    )
    assert values(page) == {
        "key": "a b!",
        "missing": "UNDEFINED",
        "query": "q=a+b%21&q=2",
        "fragment": "frag",
        "protocol": "https",
        "port": "443",
        "extension": "html",
        "host": "a.example",
        "path": "/",
        "cookie": "x y",
        "raw": "x%20y",
        "no cookie": "UNDEFINED",
        "global": "Shop",
        "no global": "UNDEFINED",
        "nothing": "UNDEFINED",
    }


def test_4_lookup_tables(open_page: OpenPage) -> None:
    def simple(name: str, text: str, **more: object) -> Json:
        rows = pairs({"a": "one", "B": "two", "undefined": "none"})
        return variable(name, "smm", {"setDefaultValue": False, "input": text, "map": rows, **more})

    def regex(name: str, text: str, rows: Json, **more: object) -> Json:
        settings: Json = {
            "setDefaultValue": True,
            "input": text,
            "fullMatch": False,
            "replaceAfterMatch": False,
            "defaultValue": "default",
            "ignoreCase": False,
            "map": pairs(rows),
            **more,
        }
        return variable(name, "remm", settings)

    page = reading(
        open_page,
        constant("C", "Abc-1"),
        data_layer("undefined", "nothing"),
        simple("hit", "a"),
        simple("case", "b"),
        simple("input undefined", "{{undefined}}"),
        simple("default", "b", setDefaultValue=True, defaultValue="{{C}}"),
        regex("partial", "{{C}}", {"b": "found", "A": "later"}),
        regex("case kept", "{{C}}", {"abc": "found"}),
        regex("case ignored", "{{C}}", {"abc": "found"}, ignoreCase=True),
        regex("full", "{{C}}", {"Abc": "no", "Abc-1": "yes"}, fullMatch=True),
        regex("full or", "xAbc-1", {"x|Abc-1": "loose"}, fullMatch=True),
        regex("replace", "{{C}}", {r"(\w)-(\d)": "$2-$1!"}, replaceAfterMatch=True),
        regex("regex undefined", "{{undefined}}", {"undef": "text"}),
    )
    seen = values(page)
    assert seen["hit"] == "one"
    assert seen["case"] == "UNDEFINED"
    assert seen["input undefined"] == "none"
    assert seen["default"] == "Abc-1"
    assert seen["partial"] == "found"
    assert seen["case kept"] == "default"
    assert seen["case ignored"] == "found"
    assert seen["full"] == "yes"
    assert seen["full or"] == "loose"
    assert seen["replace"] == "Ab1-c!"
    assert seen["regex undefined"] == "text"


def test_4_dom_and_attributes(open_page: OpenPage) -> None:
    def dom(name: str, css: str, **more: object) -> Json:
        return variable(name, "d", {"elementSelector": css, **more, "selectorType": "CSS"})

    def attribute(name: str, key: str, **more: object) -> Json:
        return variable(name, "aev", {"varType": "ATTRIBUTE", "attribute": key, **more})

    page = reading(
        open_page,
        dom("text", "#p"),
        dom("data", "#p", attributeName="data-x"),
        dom("no attribute", "#p", attributeName="data-y"),
        dom("no element", "#q"),
        variable("by id", "d", {"elementId": "p", "selectorType": "ID"}),
        attribute("clicked", "data-x"),
        attribute("clicked nothing", "data-y"),
        attribute("clicked default", "data-y", setDefaultValue=True, defaultValue="d"),
        variable("path", "aev", {"varType": "URL", "component": "PATH"}),
        trigger("3", "CLICK"),
        mark("listen", "3"),
        html='<a id="p" href="#/x" data-x=" 5 ">  12,50 zł </a>',
    )
    page.click("#p")
    assert values(page) == {
        "text": "12,50 zł",
        "data": "5",
        "no attribute": "null",
        "no element": "null",
        "by id": "12,50 zł",
        "clicked": " 5 ",
        "clicked nothing": "",
        "clicked default": "d",
        "path": "/path",
    }


def test_4_text_templates(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        data_layer("list", "list"),
        data_layer("undefined", "nothing"),
        data_layer("null", "nul"),
        constant("bare", "{{list}}"),
        constant("mixed", "x-{{undefined}}-{{null}}-y"),
        constant("number", "n{{count}}"),
        data_layer("count", "count"),
    )
    seen = values(page, {"list": [1, 2], "nul": None, "count": 5})
    assert seen["bare"] == [1, 2]
    assert seen["mixed"] == "x---y"
    assert seen["number"] == "n5"


# ---------------------------------------------------------------------- 5 conditions

CONDITIONS = [
    ("EQUALS", "{{a}}", "Text", {}, True),
    ("EQUALS", "{{a}}", "text", {}, False),
    ("EQUALS", "{{a}}", "text", {"ignore_case": True}, False),
    ("EQUALS", "{{n}}", "5", {}, True),
    ("EQUALS", "{{u}}", "undefined", {}, True),
    ("EQUALS", "{{u}}", "abc", {"negate": True}, True),
    ("CONTAINS", "{{a}}", "ex", {}, True),
    ("CONTAINS", "{{u}}", "", {}, True),
    ("STARTS_WITH", "{{a}}", "Te", {}, True),
    ("STARTS_WITH", "{{a}}", "te", {}, False),
    ("ENDS_WITH", "{{a}}", "xt", {}, True),
    ("ENDS_WITH", "{{a}}", "Te", {}, False),
    ("MATCH_REGEX", "{{a}}", "ex", {}, True),
    ("MATCH_REGEX", "{{a}}", "^text$", {}, False),
    ("MATCH_REGEX", "{{a}}", "^text$", {"ignore_case": True}, True),
    ("MATCH_REGEX", "{{u}}", ".+", {}, True),
    ("MATCH_REGEX", "{{u}}", "undef", {}, True),
    ("MATCH_REGEX", "{{a}}", "(", {}, False),
    ("MATCH_REGEX", "{{a}}", "(", {"negate": True}, True),
    ("GREATER", "{{n}}", "4", {}, True),
    ("GREATER", "{{n}}", "5", {}, False),
    ("GREATER_OR_EQUALS", "{{n}}", "5", {}, True),
    ("LESS", "{{n}}", "10", {}, True),
    ("LESS_OR_EQUALS", "{{n}}", "4", {}, False),
    ("GREATER", "{{u}}", "0", {}, False),
    ("GREATER", "{{u}}", "0", {"negate": True}, True),
    ("GREATER", "{{thousand}}", "1", {}, False),
    ("LESS_OR_EQUALS", "{{null}}", "0", {}, True),
    ("URL_MATCHES", "https://A.example/x?y", "https://a.example/X", {}, True),
    ("URL_MATCHES", "https://a.example/x", "https://a.example/y", {}, False),
]


@pytest.fixture(scope="module")
def conditions_that_hold(chromium: Any) -> set[int]:
    """One page tries them all."""
    from tests.browser.harness import open_page

    tried = [
        custom_event(str(100 + number), "go", condition(kind, left, right, **more))
        for number, (kind, left, right, more, _) in enumerate(CONDITIONS)
    ]
    page = open_page(
        chromium,
        container(
            *tried,
            mark("any", [entity["triggerId"] for entity in tried]),
            data_layer("a", "a"),
            data_layer("n", "n"),
            data_layer("u", "u"),
            data_layer("null", "null"),
            data_layer("thousand", "thousand"),
        ),
    )
    page.push({"a": "Text", "n": 5, "null": None, "thousand": "1,200", "event": "go"})
    results = page.event("go")["triggers"]
    ran = mark_names(page)
    page.close()
    assert ran == ["any"]  # several triggers match, the tag runs once
    return {int(result["id"]) - 100 for result in results if result["matched"]}


@pytest.mark.parametrize("number", range(len(CONDITIONS)))
def test_5_condition(number: int, conditions_that_hold: set[int]) -> None:
    assert (number in conditions_that_hold) is CONDITIONS[number][-1]


def test_5_css_selector_tests_the_innermost_element(open_page: OpenPage) -> None:
    def clicked(identity: str, css: str) -> Json:
        return trigger(identity, "CLICK", condition("CSS_SELECTOR", "{{Click Element}}", css))

    page = open_page(
        container(
            clicked("3", ".buy"),
            clicked("4", ".buy, .buy *"),
            clicked("5", "[["),
            mark("alone", "3"),
            mark("with children", "4"),
            mark("bad", "5"),
        ),
        '<button class="buy"><i>Buy</i></button>',
    )
    page.click(".buy i")
    assert mark_names(page) == ["with children"]


def test_5_the_log_says_which_condition_failed(open_page: OpenPage) -> None:
    page = open_page(
        container(
            custom_event("3", "add", condition("EQUALS", "{{Page Path}}", "/cart")), mark("t", "3")
        )
    )
    page.push({"event": "add"}, {"event": "addToCart"})
    assert page.event("add")["triggers"][0]["failed"] == {
        "variable": "{{Page Path}}",
        "operator": "EQUALS",
        "wanted": "/cart",
        "actual": "/path",
        "negate": False,
        "ignoreCase": False,
    }
    assert page.event("addToCart")["triggers"][0]["failed"]["actual"] == "addToCart"


def test_5_a_condition_that_throws_fires_nothing_and_still_blocks(open_page: OpenPage) -> None:
    no_text = javascript("no text", "function() { return Object.create(null); }")
    broken = condition("EQUALS", "{{no text}}", "x")
    page = open_page(
        container(
            GO,
            no_text,
            custom_event("3", "go", broken),
            custom_event("4", "go", condition("EQUALS", "{{no text}}", "x", negate=True)),
            mark("fired by it", ["3", "4"]),
            mark("blocked by it", "1", unless=["3"]),
            mark("other", "1"),
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["other"]


# ---------------------------------------------------------------------- 6 exceptions


def test_6_an_exception_counts_on_the_same_event_only(open_page: OpenPage) -> None:
    here = condition("EQUALS", "{{Page Path}}", "/path")
    page = open_page(
        container(
            GO,
            trigger("3", "PAGEVIEW", here),
            custom_event("4", ".*", here, regex=True),
            mark("page view exception", "1", unless=["3"]),
            mark("every event exception", "1", unless=["4"]),
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["page view exception"]
    assert page.status("every event exception", "go") == "blocked"


# ---------------------------------------------------------------------- 7 order, frequency, consent


def test_7_order(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            html("html", "<p></p>", "1"),
            html("html first", "<p></p>", "1", priority=5),
            tag("pixel", "img", {"url": "https://x.example/p.gif"}, "1"),
            ga4("ev", "1"),
            google_tag(on="1"),
            tag("linker", "gclidw", {}, "1"),
        )
    )
    page.push({"event": "go"})
    assert page.fired("go") == ["linker", "Google tag", "html first", "pixel", "GA4 ev", "html"]


def test_7_firing_options(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            EVERY_EVENT,
            mark("event", ["1", "2"]),
            mark("load", "1", once="ONCE_PER_LOAD"),
            mark("unlimited", ["1", "2"], once="UNLIMITED"),
        )
    )
    page.js("marks = []")
    page.push({"event": "go"}, {"event": "go"})
    assert mark_names(page) == ["event", "load", "unlimited", "event", "unlimited"]
    assert page.status("load", "go") == "already ran"


def test_7_consent_is_asked_at_that_moment(open_page: OpenPage) -> None:
    needs = ["ad_storage", "ad_user_data"]
    page = open_page(
        container(
            GO,
            mark("event", "1", needs=needs),
            mark("load", "1", needs=needs, once="ONCE_PER_LOAD"),
            mark("none set", "1", needs=["functionality_storage"]),
        ),
        head_before_gtm=consent_default({"ad_storage": "denied", "ad_user_data": "denied"}),
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["none set"]
    page.consent("update", {"ad_storage": "granted"})
    page.push({"event": "go"})
    assert page.status("event", "go") == "no consent"
    page.consent("update", {"ad_user_data": "granted"})
    assert mark_names(page) == ["none set", "none set"]  # nothing is made up for
    page.push({"event": "go"})
    # ONCE_PER_LOAD was used up when consent was missing
    assert mark_names(page) == ["none set", "none set", "event", "none set"]
    assert page.status("load", "go") == "already ran"


def test_7_a_consent_array_is_no_command(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, mark("tag", "1", needs=["ad_storage"])),
        head_before_gtm="<script>dataLayer=[['consent','default',{ad_storage:'denied'}]]</script>",
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["tag"]


def test_7_regions(open_page: OpenPage) -> None:
    head = consent_default({"ad_storage": "granted"}) + consent_default(
        {"ad_storage": "denied", "region": ["PL", "US-CA"]}
    )
    for region, allowed in (("PL", []), ("US", ["tag"]), ("US-CA", []), ("", ["tag"])):
        page = open_page(
            container(mark("tag", ALL_PAGES, needs=["ad_storage"])),
            head_before_gtm=head,
            options={"region": region},
        )
        assert mark_names(page) == allowed, region


def test_7_google_tags_fire_without_consent(open_page: OpenPage) -> None:
    page = open_page(
        container(google_tag(), GO, ga4("ev", "1")),
        head_before_gtm=consent_default(
            {"ad_storage": "denied", "analytics_storage": "denied", "wait_for_update": 5000}
        ),
        settle=False,
    )
    page.page.evaluate("dataLayer.push({event: 'go'})")
    page.consent("update", {"analytics_storage": "granted"})
    hits = page.ga4(page_views=True)
    assert [hit["event"] for hit in hits] == ["page_view", "ev"]
    assert {hit["gcs"] for hit in hits} == {"G101"}  # held back until the update


def test_7_paused(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("paused", "1", paused=True)))
    assert page.js("dataLayer.push({event: 'go'})") is True
    assert page.status("paused", "go") == "paused"
    assert marks(page) == []


# ---------------------------------------------------------------------- 8 sequencing


def test_8_setup_and_teardown(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            mark("before"),
            mark("after"),
            mark("main", "1", setup="before", teardown="after"),
        )
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["before", "main", "after"]
    assert [tag["role"] for tag in page.event("go")["tags"]] == ["main", "setup", "teardown"]


def test_8_setup_failure(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            mark("paused", paused=True),
            mark("goes on", "1", setup="paused"),
            mark("stops", "1", setup="paused", stop_on_setup_failure=True),
            mark("denied", needs=["ad_storage"]),
            mark("stops too", "1", setup="denied", stop_on_setup_failure=True),
        ),
        head_before_gtm=consent_default({"ad_storage": "denied"}),
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["goes on"]
    assert page.status("stops", "go") == "setup failed"


def test_8_a_setup_tag_that_ran_lets_the_main_tag_proceed(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            mark("base", ALL_PAGES, once="ONCE_PER_LOAD"),
            mark("one", "1", setup="base", stop_on_setup_failure=True),
            mark("two", "1", setup="base"),
        )
    )
    page.push({"event": "go"}, {"event": "go"})
    assert mark_names(page) == ["base", "one", "two", "one", "two"]


def test_8_main_failure_and_teardown(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            mark("after one"),
            mark("after two"),
            mark("one", "1", needs=["ad_storage"], teardown="after one"),
            mark(
                "two",
                "1",
                needs=["ad_storage"],
                teardown="after two",
                stop_teardown_on_failure=True,
            ),
        ),
        head_before_gtm=consent_default({"ad_storage": "denied"}),
    )
    page.push({"event": "go"})
    assert mark_names(page) == ["after one"]


# ---------------------------------------------------------------------- 9 Custom HTML


def test_9_references_are_live_outside_quotes(open_page: OpenPage) -> None:
    code = """window.values = {
      list: {{list}}, number: {{number}}, none: typeof {{none}},
      quoted: '{{number}}', undef: "{{none}}", object: '{{object}}', breakout: '{{evil}}',
      regex: /^{{evil}}$/.test("'); alert('1<" + "/script>"), division: {{number}} / 2 / 1
    }; // {{none}}"""
    page = open_page(
        container(
            GO,
            script("read", code, "1"),
            *(data_layer(name, name) for name in ("list", "number", "none", "object", "evil")),
        )
    )
    page.push(
        {"list": [1, "2"], "number": 12.5, "object": {"a": 1}, "evil": "'); alert('1</script>"},
        {"event": "go"},
    )
    assert page.errors() == []
    assert page.js("values") == {
        "list": [1, "2"],
        "number": 12.5,
        "none": "undefined",
        "quoted": "12.5",
        "undef": "undefined",
        "object": "[object Object]",
        "breakout": "'); alert('1</script>",
        "regex": True,
        "division": 6.25,
    }


def test_9_nodes_in_order_and_src_before_the_rest(open_page: OpenPage) -> None:
    code = """<script>marks = ['first'];</script>
      <div id="box" title="{{Event}}"><b>bold</b><script>marks.push('inside');</script></div>
      <script src="https://cdn.example/lib.js"></script>
      <script>marks.push(typeof lib);</script>
      <noscript><img src="https://www.facebook.com/tr?id=1&noscript=1"></noscript>
      <script type="application/ld+json">{"no": "code"}</script>"""
    page = open_page(
        container(GO, html("html", code, "1")),
        routes={
            "https://cdn.example/lib.js": Answer("var lib = 1;", content_type="text/javascript")
        },
    )
    page.push({"event": "go"})
    assert page.js("marks") == ["first", "inside", "number"]
    assert page.js("document.querySelector('#box b').textContent") == "bold"
    assert page.js("document.getElementById('box').title") == "go"
    assert page.errors() == []
    assert page.requests() == []  # a noscript that a script inserts does nothing


def test_9_waits_for_the_body(open_page: OpenPage) -> None:
    page = open_page(
        container(script("early", "seen = document.body.nodeName;", INITIALIZATION)), blocking=True
    )
    assert page.js("seen") == "BODY"


def test_9_failed_script_is_a_failed_tag(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            html("base", '<script src="https://cdn.example/gone.js"></script>'),
            mark("main", "1", setup="base", stop_on_setup_failure=True),
        ),
        routes={"https://cdn.example/gone.js": Answer("", status=404, content_type="text/plain")},
    )
    page.push({"event": "go"})
    assert page.status("main", "go") == "setup failed"


def test_9_html_that_reports_itself(open_page: OpenPage) -> None:
    code = (
        "<script>var id = {{HTML ID}}; function finish() {"
        "google_tag_manager[{{Container ID}}].onHtmlSuccess(id); }</script>"
    )
    page = open_page(container(GO, html("base", code), mark("main", "1", setup="base")))
    page.js("dataLayer.push({event: 'go'})")
    assert page.status("main", "go") == "running"
    page.js("finish()")
    assert mark_names(page) == ["main"]


ES6 = [
    "let a = 1;",
    "const a = 1;",
    "[1].map(x => x);",
    "var a = `text`;",
    "class A {}",
    "f(...a);",
    "function f(a = 1) {}",
    "function f({a}) {}",
    "var {a} = b;",
    "var [a] = b;",
    "for (var x of list) {}",
    "var o = {a, b: 1};",
    "var o = {f() { return 1; }};",
    "var o = {[k]: 1};",
    "a?.b;",
    "a ?? b;",
    "a ** b;",
    "async function f() {}",
    "function* f() {}",
    "try { f(); } catch { g(); }",
    "var a = 0b11;",
    "/a/u.test(b);",
]
ES5 = [
    "var a = 'let x = () => `t`'; // const b => ...",
    "/* class A {} */ var r = /=>`/g, s = /[/]`/.test(a) ? 1 / 2 / 3 : .5;",
    "var o = {get a() { return 1; }, set a(v) {}, 'class': 1, let: 2, if: 3, f: function () {}};",
    "o.class; o.let; o.of; var of = 1, async = 2, let_ = 3; if (a) { b } else { c, d }",
    "for (var k in o) { if (o.hasOwnProperty(k)) { f(k), g(o[k]); } }",
    "switch (a) { case 'x': { f(); break; } default: g(); }",
    "label: for (;;) { break label; }",
    "var f = function g(a, b) { return a ? {x: 1, y: b} : [a, b]; }, n = 1.5e-3 + 0xFF;",
    "fbq('track', 'AddToCart', {value: {{v}}, content_ids: {{ids}}, currency: '{{c}}'});",
    """!function(f,b){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply(n,
    arguments):n.queue.push(arguments)};n.push=n;n.loaded=!0;}(window,document);""",
    "while (i--) { a = b\n/c/g; }",
]


def test_9_es5_only(open_page: OpenPage) -> None:
    page = open_page(container())
    for code in ES6:
        assert page.page.evaluate("code => TagkitSimulator.es6Features(code)", code), code
    for code in ES5:
        assert page.page.evaluate("code => TagkitSimulator.es6Features(code)", code) == [], code


def test_9_new_syntax_and_broken_syntax_are_errors(open_page: OpenPage) -> None:
    page = open_page(
        container(
            script("new", "var f = () => 1;", "1"),
            script("broken", "var = 1;", "1"),
            html("data", '<script type="application/ld+json">{"a": `}</script>', "1"),
            javascript("bad", "function() { let a = 1; return a; }"),
            script("unknown", "f({{No such}});", "1"),
            GO,
        )
    )
    assert page.errors() == [
        "es5: bad: newer than ES5: let",
        "es5: new: newer than ES5: arrow function",
        "syntax: broken: Unexpected token '='",
        "reference: unknown: no variable named No such",
    ]


# ---------------------------------------------------------------------- 10 listeners

SHOP_PAGE = """
<div id="stop"><a id="stopped" href="#s">stopped</a></div>
<a id="link" href="/next"><i id="icon">go</i></a>
<a id="handled" href="/next">handled</a>
<script>
  document.getElementById('stop').addEventListener('click', function (e) { e.stopPropagation(); });
  document.getElementById('handled').addEventListener('click', function (e) {
    e.preventDefault();
  });
</script>"""


def test_10_click_is_captured_and_link_click_bubbles(open_page: OpenPage) -> None:
    page = open_page(
        container(
            trigger("3", "CLICK"),
            waiting("4", "LINK_CLICK"),
            waiting("5", "LINK_CLICK", check=True),
            mark("click", "3", "{{Click Element}}.id"),
            mark("link", "4", "{{Click Element}}.id"),
            mark("valid link", "5"),
        ),
        SHOP_PAGE,
    )
    page.click("#stopped")
    assert marks(page) == [["click", "stopped"]]
    page.click("#handled")
    assert marks(page)[1:] == [["click", "handled"], ["link", "handled"]]
    page.js("addEventListener('click', function (e) { e.preventDefault(); }); marks = []")
    page.click("#icon")
    assert marks(page) == [["click", "icon"], ["link", "link"], ["valid link", 1]]
    assert page.event("gtm.linkClick")["message"]["gtm.triggers"] == "200000000_4,200000000_5"


def test_10_wait_for_tags_holds_the_link_back(open_page: OpenPage) -> None:
    page = open_page(
        container(
            waiting(
                "4", "LINK_CLICK", wait=True, page=[condition("CONTAINS", "{{Page URL}}", "/path")]
            ),
            html("slow", "<script src='https://slow.example/s.js'></script>", "4"),
            ga4("link", "4", {"url": "{{Click URL}}"}),
        ),
        """<a id="link" href="/next">go</a> <a id="new" href="/new" target="_blank">new</a>
           <a id="tel" href="tel:+48111222333">call</a> <a id="hash" href="#x">hash</a>""",
        routes={"https://slow.example/s.js": Answer("", content_type="text/javascript")},
    )
    page.js("addEventListener('click', function (e) { prevented = e.defaultPrevented; })")
    page.click("#hash")
    assert page.js("prevented") is False
    page.click("#tel")
    assert page.js("prevented") is False
    # GTM goes there by itself, whatever the page does to the event afterwards
    page.js("addEventListener('click', function (e) { e.preventDefault(); })")
    page.click("#link")
    assert page.js("location.pathname") == "/next"
    urls = [hit["parameters"]["url"] for hit in page.ga4(event="link")]
    assert urls[-1] == "https://shop.example/next"
    assert len(urls) == 3


def test_10_the_listener_condition_is_checked_at_start_only(open_page: OpenPage) -> None:
    click_url = condition("CONTAINS", "{{Click URL}}", "next")
    page = open_page(
        container(
            waiting("4", "LINK_CLICK", click_url, wait=True, page=[click_url]), mark("link", "4")
        ),
        '<a id="link" href="#next">go</a>',
    )
    page.click("#link")
    assert marks(page) == []  # at gtm.js there was no click yet, so nobody listens


def test_10_forms(open_page: OpenPage) -> None:
    page = open_page(
        container(
            waiting("4", "FORM_SUBMISSION"),
            waiting("5", "FORM_SUBMISSION", check=True),
            mark("form", "4", "'{{Form ID}} {{Form URL}}'"),
            mark("valid", "5"),
        ),
        """<form id="invalid" action="/a"><input required><button>1</button></form>
           <form id="ajax" action="/b" onsubmit="return false"><button>2</button></form>
           <form id="pixel" action="https://www.facebook.com/tr/" target="f"><button>3</button>
           </form>
           <form id="action" action="/c" target="f"><input name="action"><button>4</button></form>
           <iframe name="f"></iframe>""",
    )
    page.click("#invalid button")
    assert marks(page) == []
    page.click("#ajax button")
    assert marks(page) == [["form", "ajax https://shop.example/b"]]
    assert page.event("gtm.formSubmit")["message"]["gtm.formCanceled"] is True
    page.js("marks = []")
    page.click("#pixel button")
    assert marks(page) == []
    page.js("HTMLFormElement.prototype.submit.call(document.getElementById('action'))")
    page.settle()
    assert marks(page) == [["form", "action https://shop.example/c"], ["valid", 1]]


def test_10_form_that_waits_is_sent_with_its_button(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("4", "FORM_SUBMISSION", wait=True), ga4("lead", "4")),
        """<form action="/thanks"><input name="a" value="1">
             <button name="how" value="b">Send</button></form>""",
    )
    page.click("button")
    assert page.js("location.pathname + location.search") == "/thanks?a=1&how=b"
    assert page.ga4_events() == ["lead"]


VISIBILITY_PAGE = """
<style>body { margin: 0 } .box { height: 100px; width: 100px }</style>
<div class="box" id="top"></div>
<div style="height: 3000px"></div>
<div class="box far"></div><div class="box far"></div>
<div id="tall" style="height: 4000px"></div>"""


def test_10_visibility_frequencies(open_page: OpenPage) -> None:
    page = open_page(
        container(
            visibility("3", ".far"),
            visibility("4", ".far", frequency="ONCE_PER_ELEMENT"),
            visibility("5", ".far", frequency="MANY_PER_ELEMENT"),
            visibility("6", "#tall", ratio=100),
            visibility("7", "#top"),
            mark("once", "3"),
            mark("each", "4"),
            mark("many", "5"),
            mark("tall", "6"),
            mark("top", "7", "{{Percent Visible}}"),
        ),
        VISIBILITY_PAGE,
    )
    assert marks(page) == [["top", 100]]
    for y in (3000, 0, 3000, 4000):
        page.scroll_to(y)
    counts = {name: mark_names(page).count(name) for name in ("once", "each", "many", "tall")}
    assert counts == {"once": 1, "each": 2, "many": 4, "tall": 0}
    assert page.js(
        "document.querySelector('.far').getAttribute('data-gtm-vis-has-fired-200000000_4')"
    )


def test_10_visibility_of_what_comes_later(open_page: OpenPage) -> None:
    page = open_page(
        container(
            visibility("3", ".ok", observe=True),
            visibility("4", ".ok"),
            visibility("5", ".hidden"),
            mark("observed", "3"),
            mark("not observed", "4"),
            mark("hidden", "5"),
        ),
        """<p id="msg">text</p><p class="hidden" style="opacity: 0">x</p>
           <p class="hidden" style="display: none">x</p>""",
    )
    page.js("document.getElementById('msg').className = 'ok'")
    page.scroll_to(0)
    assert marks(page) == []  # a class is no new node
    page.js("document.body.insertAdjacentHTML('beforeend', '<b class=ok>new</b>')")
    page.wait_for("window.marks").scroll_to(0)
    assert marks(page) == [["observed", 1]]


def test_10_visibility_for_some_time(open_page: OpenPage) -> None:
    page = open_page(
        container(
            visibility("3", "#slow", duration=200),
            mark("duration", "3", "{{On-Screen Duration}}"),
        ),
        '<p id="slow">x</p>',
    )
    page.wait_for("window.marks")
    assert marks(page) == [["duration", 200]]


def test_10_visibility_before_the_element_is_parsed(open_page: OpenPage) -> None:
    page = open_page(
        container(visibility("3", "#top"), mark("early", "3")), VISIBILITY_PAGE, blocking=True
    )
    assert marks(page) == []


def test_10_scroll_depth(open_page: OpenPage) -> None:
    page = open_page(
        container(
            scroll("3", "10, 50,90"),
            scroll("4", "50"),
            mark("depth", "3", "{{Scroll Depth Threshold}}"),
            mark("half", "4", "'{{Scroll Depth Units}} {{Scroll Direction}}'"),
        ),
        '<div style="height: 5000px"></div>',
        viewport={"width": 800, "height": 600},
    )
    assert marks(page) == [["depth", 10]]  # 600 of 5,016 pixels are seen without scrolling
    for y in (2500, 0, 2500):
        page.scroll_to(y)
    assert marks(page)[1:] == [["depth", 50], ["half", "percent vertical"]]


def test_10_history(open_page: OpenPage) -> None:
    page = open_page(
        container(
            trigger("3", "HISTORY_CHANGE"),
            mark("change", "3", "'{{History Source}} {{Page Path}} {{New History Fragment}}'"),
        )
    )
    page.js("history.pushState({a: 1}, '', '/two'); history.replaceState({}, '', '/two');")
    page.js("location.hash = 'part'")
    page.settle()
    assert [value for _, value in marks(page)] == [
        "pushState /two ",
        "replaceState /two ",
        "popstate /two part",
    ]


def test_10_timer(open_page: OpenPage) -> None:
    here = condition("EQUALS", "{{Page Path}}", "/path")
    elsewhere = condition("EQUALS", "{{Page Path}}", "/cart")
    page = open_page(
        container(
            timer("3", 40, 2, [here]),
            timer("4", 40, 1, [elsewhere]),
            timer("5", 60, 1, event="engaged"),
            timer("6", 50, None),
            mark("two", "3"),
            mark("elsewhere", "4"),
            mark("named", "5", "'{{Event}}'"),
            mark("endless", "6"),
        )
    )
    page.wait_for("window.marks && marks.filter((m) => m[0] === 'endless').length > 4")
    names = mark_names(page)
    assert [names.count(name) for name in ("two", "elsewhere", "named")] == [2, 0, 1]
    assert names.count("endless") > 4
    assert ["named", "engaged"] in marks(page)


def test_10_javascript_errors(open_page: OpenPage) -> None:
    page = open_page(container(trigger("3", "JS_ERROR"), mark("error", "3", "'{{Error Message}}'")))
    page.js("setTimeout(function () { nothing.here; }, 0)")
    page.wait_for("window.marks")
    assert marks(page) == [["error", "Uncaught ReferenceError: nothing is not defined"]]
    assert page.errors() == ["uncaught: nothing is not defined"]


def test_10_trigger_group(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            custom_event("3", "second"),
            group("9", "1", "3"),
            mark("both", "9", "'{{Event}}'"),
        )
    )
    page.push({"event": "second"}, {"event": "second"})
    assert marks(page) == []
    page.push({"event": "go"}, {"event": "go"}, {"event": "second"})
    assert marks(page) == [["both", "gtm.triggerGroup"]]


def test_10_a_group_may_hold_clicks(open_page: OpenPage) -> None:
    page = open_page(
        container(
            waiting("3", "LINK_CLICK"),
            trigger("4", "CLICK", condition("EQUALS", "{{Click ID}}", "b")),
            group("9", "3", "4"),
            mark("both", "9"),
        ),
        '<a id="a" href="#">a</a> <button id="b">b</button>',
    )
    page.click("#b").click("#b")
    assert marks(page) == []
    page.click("#a")
    assert mark_names(page) == ["both"]


def test_10_youtube_by_a_push(open_page: OpenPage) -> None:
    page = open_page(
        container(trigger("3", "YOU_TUBE_VIDEO"), mark("video", "3", "'{{Video Status}}'"))
    )
    page.push({"event": "gtm.video", "gtm.videoStatus": "start", "gtm.triggers": "200000000_3"})
    page.push({"event": "gtm.video", "gtm.videoStatus": "pause", "gtm.triggers": "200000000_4"})
    assert marks(page) == [["video", "start"]]


# ---------------------------------------------------------------------- 11 GA4


def test_11_google_tag_and_page_view(open_page: OpenPage) -> None:
    for settings, expected in ((None, ["page_view"]), ({"send_page_view": "false"}, [])):
        page = open_page(container(google_tag(settings)))
        assert page.ga4_events(page_views=True) == expected
        assert page.requests("www.google-analytics.com") == []


def test_11_server_container_and_shared_settings(open_page: OpenPage) -> None:
    settings = {"server_container_url": "https://s.shop.example", "site": "pl"}
    page = open_page(container(google_tag(settings), GO, ga4("ev", "1", {"a": "1"})))
    hit = page.push({"event": "go"}).ga4()[0]
    assert hit["server"] == "https://s.shop.example"
    assert set(hit["parameters"]) == {"site", "a"}


def test_11_a_wrong_measurement_id_fails_silently(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, ga4("ev", "1", identity="{{id}}"), data_layer("id", "id"), mark("m", "1"))
    )
    page.push({"event": "go"})
    assert page.ga4() == []
    assert page.status("GA4 ev", "go") == "failed"
    assert page.errors() == ["ga4: GA4 ev: measurement id undefined does not start with G-"]
    page.push({"event": "go", "id": "G-OTHER00001"})
    assert page.ga4()[0]["measurementId"] == "G-OTHER00001"


def test_11_types_of_parameters(open_page: OpenPage) -> None:
    names = ("number", "text", "true", "null", "empty", "undefined", "object")
    page = open_page(
        container(
            GO,
            ga4(
                "ev", "1", {name: f"{{{{{name}}}}}" for name in names}, properties={"tier": "gold"}
            ),
            *(data_layer(name, name) for name in names),
        )
    )
    page.push(
        {
            "number": 12.5,
            "text": "12.50",
            "true": True,
            "null": None,
            "empty": "",
            "object": {"a": 1},
        },
        {"event": "go"},
    )
    hit = page.ga4()[0]
    assert hit["parameters"] == {
        "number": 12.5,
        "text": "12.50",
        "true": True,
        "null": None,
        "empty": "",
        "object": {"a": 1},
    }
    assert hit["userProperties"] == {"tier": "gold"}


def test_11_order_of_sources(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            event_settings(
                "shared", {"currency": "EUR", "value": "2", "from": "variable"}, {"a": "1"}
            ),
            ga4("purchase", "1", {"value": "3"}, settings="{{shared}}", ecommerce=True),
        )
    )
    shop = {"currency": "PLN", "value": 1, "transaction_id": "T1", "items": [{"item_id": "9"}]}
    page.push({"event": "go", "ecommerce": shop})
    hit = page.ga4()[0]
    assert hit["parameters"] == {
        "currency": "EUR",
        "value": "3",
        "transaction_id": "T1",
        "from": "variable",
    }
    assert hit["items"] == [{"item_id": "9"}]
    assert hit["userProperties"]["a"] == "1"


def test_11_ecommerce_data_of_ecommerce_events_only(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            ga4("add_to_cart", "1", ecommerce=True),
            ga4("my_event", "1", {"items": "{{items}}"}, ecommerce=True),
            data_layer("items", "ecommerce.items"),
        )
    )
    page.push({"event": "go", "ecommerce": {"value": 5, "items": [{"item_id": "1"}]}})
    cart, mine = page.ga4()
    assert cart["parameters"] == {"value": 5}
    assert cart["items"] == [{"item_id": "1"}]
    assert (mine["parameters"], mine["items"], mine["dropped"]) == ({}, None, ["items"])
    # the last pushed object, as it is, not the merged one
    page.push({"event": "go", "ecommerce": {"currency": "PLN"}})
    assert set(page.ga4(event="add_to_cart")[1]["parameters"]) == {"currency"}


def test_11_names_are_sent_as_they_are(open_page: OpenPage) -> None:
    page = open_page(container(GO, ga4("{{Event}} of 60 characters / with spaces", "1")))
    assert page.push({"event": "go"}).ga4_events() == ["go of 60 characters / with spaces"]


def test_11_unknown_tags_would_fire(open_page: OpenPage) -> None:
    page = open_page(container(GO, tag("cvt", "cvt_200000000_9", {"event": "{{Event}}"}, "1")))
    page.push({"event": "go"})
    entry = page.event("go")["tags"][0]
    assert (entry["status"], entry["parameters"]) == ("would fire", {"event": "go"})
    assert page.records_of("uncovered") == [
        {"kind": "tag", "type": "cvt_200000000_9", "name": "cvt"}
    ]


# ---------------------------------------------------------------------- 12 and 13 Meta

PIXEL = "1234567890123456"
STUB = """!function(f){if(f.fbq)return;var n=f.fbq=function(){n.callMethod?
n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;n.loaded=!0;
n.version='2.0';n.queue=[]}(window);"""
LOAD = """var t=document.createElement('script');t.async=!0;
t.src='https://connect.facebook.net/en_US/fbevents.js';document.head.appendChild(t);"""
INIT = f"fbq('init', '{PIXEL}');"
PIXEL_PAGE = f"<script>{STUB}{LOAD}{INIT}fbq('track', 'PageView');</script>"


def test_12_the_stand_in_records_hits(open_page: OpenPage) -> None:
    page = open_page(None, html=PIXEL_PAGE)
    page.js(
        "fbq('track', 'AddToCart', {value: 12.5, currency: 'PLN', a: undefined, b: null,"
        " text: 'undefined', content_ids: ['1']}, {eventID: 'e1'});"
        "fbq('track', 'Lead', {eventID: 'e2'}); fbq('track', 'PageView');"
    )
    first, second = page.meta()
    assert first["cd"] == {
        "value": 12.5,
        "currency": "PLN",
        "text": "undefined",
        "content_ids": ["1"],
    }
    assert (first["pixel"], first["eid"]) == (PIXEL, "e1")
    assert "eid" not in second
    assert second["cd"] == {"eventID": "e2"}
    assert page.meta_events(page_views=True) == ["PageView", "AddToCart", "Lead"]
    assert page.requests() == ["https://connect.facebook.net/en_US/fbevents.js"]
    assert page.events() == []


def test_12_single_pixels_and_lost_events(open_page: OpenPage) -> None:
    other = "222222"
    page = open_page(
        None,
        html=f"<script>{STUB}fbq('track', 'Lead');{INIT}fbq('init', '{other}');{LOAD}</script>",
    )
    page.js(f"fbq('trackSingle', '{other}', 'Lead', {{}}, {{eventID: 'a'}})")
    page.js(f"fbq('trackSingleCustom', '{PIXEL}', 'Mine', {{}}, {{event_id: 'b'}})")
    page.js("fbq('trackSingle', '999', 'Lead'); fbq('track', 'Contact', {}, {event_id: 'c'})")
    seen = [(hit["pixel"], hit["event"], hit.get("eid")) for hit in page.meta()]
    assert seen == [
        (other, "Lead", "a"),
        (PIXEL, "Mine", None),
        (PIXEL, "Contact", "c"),
        (other, "Contact", "c"),
    ]
    assert page.warnings == ["Pixel 999 not found"]


def test_12_history_page_views(open_page: OpenPage) -> None:
    for setting, expected in (("", 3), ("fbq.disablePushState = true;", 1)):
        page = open_page(None, html=PIXEL_PAGE.replace(INIT, setting + INIT))
        page.js("history.pushState({}, '', '/a'); history.pushState({}, '', '/a');")
        page.js("history.replaceState({}, '', '/b'); fbq('track', 'PageView');")
        assert len(page.meta(page_views=True)) == expected


def test_12_consent_of_the_library(open_page: OpenPage) -> None:
    page = open_page(None, html=PIXEL_PAGE.replace(INIT, "fbq('consent', 'revoke');" + INIT))
    page.js("fbq('track', 'Lead', {}, {eventID: 'e'})")
    assert page.meta(page_views=True) == []
    page.js("fbq('consent', 'grant'); fbq('track', 'Contact')")
    assert page.meta_events(page_views=True) == ["PageView", "Lead", "Contact"]


def test_12_a_grant_behind_a_revoke_in_the_queue_is_not_seen(open_page: OpenPage) -> None:
    calls = f"fbq('consent','revoke');{INIT}fbq('track','Lead');fbq('consent','grant');"
    page = open_page(None, html=f"<script>{STUB}{calls}{LOAD}</script>")
    assert page.meta() == []
    page.js("fbq('consent', 'grant')")
    assert page.meta_events() == ["Lead"]


def test_12_pixel_ids_privacy_and_settings(open_page: OpenPage) -> None:
    calls = f"""fbq('set', 'autoConfig', false, '{PIXEL}');
      fbq('dataProcessingOptions', ['LDU'], 0, 0);
      fbq('init', '{{{{Pixel}}}}'); fbq('init', '0123'); fbq('init', '{PIXEL}', {{em: 'a@b.co'}});
      fbq('init', '{PIXEL}'); fbq('track', 'Lead');"""
    page = open_page(None, html=f"<script>{STUB}{calls}{LOAD}</script>")
    (hit,) = page.meta()
    assert (hit["dpo"], hit["dpoco"], hit["dpost"]) == ("LDU", 0, 0)
    assert hit["ud"] == {"em": "a@b.co"}
    assert page.js("__tagkit.metaSettings") == {PIXEL: {"autoConfig": False}}
    assert page.warnings == ["Invalid PixelID: null.", f"Duplicate Pixel ID: {PIXEL}."]


def test_13_nothing_is_lost_before_consent(open_page: OpenPage) -> None:
    needs = ["ad_storage", "ad_user_data"]
    loader = (
        "if (!window.tkLoaded) { window.tkLoaded = 1; fbq.queue.unshift(['track', 'PageView']);"
        f"fbq.queue.unshift(['init', '{PIXEL}']); {LOAD} }}"
    )
    track = "fbq('track', 'AddToCart', {value: {{value}}, currency: 'PLN'}, {eventID: '{{id}}'});"
    update = custom_event("3", "consent_update")
    page = open_page(
        container(
            GO,
            update,
            data_layer("value", "value"),
            data_layer("id", "id"),
            script("queue", STUB, INITIALIZATION, once="ONCE_PER_LOAD", priority=10),
            script("event", track, "1"),
            script("gated event", "fbq('track', 'Lost');", "1", needs=needs),
            script("loader", loader, [ALL_PAGES, "3"], needs=needs),
        ),
        head_before_gtm=consent_default({"ad_storage": "denied", "ad_user_data": "denied"}),
    )
    page.push({"event": "go", "value": 5, "id": "before"})
    assert page.requests() == []
    page.consent("update", {"ad_storage": "granted", "ad_user_data": "granted"})
    page.push({"event": "consent_update"}, {"event": "go", "value": 7.5, "id": "after"})
    hits = page.meta(page_views=True)
    assert [hit["event"] for hit in hits] == ["PageView", "AddToCart", "AddToCart", "Lost"]
    assert [(hit["cd"]["value"], hit["eid"]) for hit in hits[1:3]] == [
        (5, "before"),
        (7.5, "after"),
    ]


# ---------------------------------------------------------------------- the harness itself


def test_harness_pages(open_page: OpenPage) -> None:
    page = open_page(
        container(google_tag()),
        html="<title>Gone</title><h1>404</h1>",
        status=404,
        routes={"/cart": "<h1>Cart</h1>"},
        cookies={"c": "1"},
    )
    status = "performance.getEntriesByType('navigation')[0].responseStatus"
    assert page.js(f"[{status}, document.cookie]") == [404, "c=1"]
    page.goto(f"{SHOP}cart")
    assert page.js(f"document.querySelector('h1').textContent + {status}") == "Cart200"
    assert len(page.ga4(page_views=True)) == 2
    assert page.errors() == []


def test_harness_whole_pages_and_a_clean_profile(open_page: OpenPage) -> None:
    html_ = "<!doctype html><html><head><title>Own</title></head><body class='b'></body></html>"
    page = open_page(container(google_tag()), html=html_, cookies={"c": "1"})
    page.js("localStorage.a = sessionStorage.b = 1")
    assert page.js("document.title + document.body.className") == "Ownb"
    assert page.ga4_events(page_views=True) == ["page_view"]
    page.close()
    page = open_page(None)
    assert page.js("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_harness_nothing_leaves(open_page: OpenPage) -> None:
    page = open_page(None, html="<img src='https://elsewhere.example/x.gif'>")
    assert page.requests("elsewhere.example") == ["https://elsewhere.example/x.gif"]


def test_harness_shows_errors(open_page: OpenPage) -> None:
    page = open_page(None, html="<script>console.error('said'); missing();</script>")
    assert page.errors() == ["console: said", "uncaught: missing is not defined"]


def test_harness_gtag_is_an_arguments_object(open_page: OpenPage) -> None:
    page = open_page(None, head_before_gtm=f"<script>{gtag('js', 5)}</script>")
    assert page.js("Object.prototype.toString.call(dataLayer[0])") == "[object Arguments]"
    assert GA4_ID.startswith("G-")
