"""Variables: their types, when they are read, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tagkit.gtm.built_ins import BUILT_INS, WEB
from tagkit.gtm.vocabulary.variable_types import VARIABLE_TYPES
from tests.browser.build import (
    container,
    data_layer,
    javascript,
    mark,
    pairs,
    script,
    trigger,
    variable,
)
from tests.simulator.pages import GO, marks, reading, values

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage


def test_every_built_in_and_every_type_of_a_web_container_is_known(open_page: OpenPage) -> None:
    data = container(*(variable(kind, kind, {}) for kind, entity in VARIABLE_TYPES.items()
                       if WEB in entity.contexts))  # fmt: skip
    data["containerVersion"]["builtInVariable"] = [
        {"type": built_in.type, "name": built_in.name}
        for built_in in BUILT_INS.values()
        if WEB in built_in.contexts
        or built_in.type.startswith(("NEW_", "OLD_", "ELEMENT_", "FIRST_PARTY"))
    ]  # fmt: skip
    page = open_page(data)
    assert page.records_of("uncovered") == []


URLS: dict[str, tuple[dict[str, Any], str, Any]] = {
    "extension": ({"component": "EXTENSION"}, "/a.b/c", "b"),
    "extension of a file": ({"component": "EXTENSION"}, "/a/b.pdf", "pdf"),
    "no extension": ({"component": "EXTENSION"}, "/a/b", ""),
    "port": ({"component": "PORT"}, "/a", "443"),
    "protocol": ({"component": "PROTOCOL"}, "/a", "https"),
    "several keys": (
        {"component": "QUERY", "queryKey": "x, y", "enableMultiQueryKeys": True}, "/a?y=2&x=", "",
    ),
    "empty ones skipped": (
        {
            "component": "QUERY", "queryKey": "x,y", "enableMultiQueryKeys": True,
            "enableIgnoreEmptyQueryParam": True,
        },
        "/a?y=2&x=", "2",
    ),
    "default page": ({"component": "PATH", "defaultPages": ["index.html"]}, "/a/index.html", "/a/"),
}  # fmt: skip


@pytest.mark.parametrize("case", URLS)
def test_url(open_page: OpenPage, case: str) -> None:
    settings, path, expected = URLS[case]
    page = reading(open_page, variable("v", "u", settings), url=f"https://shop.example{path}")
    assert values(page) == {"v": expected}


def test_url_of_another_variable(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        data_layer("link", "link"),
        variable(
            "host", "u", {"component": "HOST", "customUrlSource": "{{link}}", "stripWww": True}
        ),
        variable("url", "u", {"component": "URL", "customUrlSource": "{{link}}"}),
        variable("bad", "u", {"component": "HOST", "customUrlSource": "http://"}),
        variable("bad url", "u", {"component": "URL", "customUrlSource": "http://#a"}),
    )
    assert values(page, {"link": "https://www2.other.example:81/p#f"}) == {
        "host": "other.example",
        "url": "https://www2.other.example:81/p",
        "bad": "",
        "bad url": "http://",
        "link": "https://www2.other.example:81/p#f",
    }


def test_gtm_url_and_gtm_referrer_and_gtm_cookie_win(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        variable("path", "u", {"component": "PATH"}),
        variable("from", "f", {"component": "HOST"}),
        variable("cookie", "k", {"name": "c", "decodeCookie": True}),
    )
    shown = values(
        page,
        {"gtm.url": "https://a.example/b", "gtm.referrer": "https://r.example/x"},
        {"gtm.cookie": "x=1; c=a%20b+%2B"},
    )
    assert shown == {"path": "/b", "from": "r.example", "cookie": "a b++"}


def test_global(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        *(
            variable(name, "j", {"name": name})
            for name in ("g.a.b", "g.n.b", "g.z.b", "none.b", "g.t")
        ),
    )
    page.js("g = {a: {b: 1}, n: null, z: 0, get t() { throw new Error('no'); }}")
    assert values(page) == {
        "g.a.b": 1,
        "g.n.b": None,
        "g.z.b": 0,
        "none.b": "UNDEFINED",
        "g.t": False,
    }


def test_data_layer_without_a_name_is_false(open_page: OpenPage) -> None:
    page = reading(open_page, variable("v", "v", {"dataLayerVersion": 2, "name": ""}))
    assert values(page) == {"v": False}


def test_a_reference_keeps_its_value_whenever_the_script_runs(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            data_layer("v", "v"),
            script("later", "window.read = function () { return {{v}}; };", "1"),
        )
    )
    page.push({"event": "go", "v": 1}, {"v": 2})
    assert page.js("read()") == 1


def test_each_reference_of_a_script_is_read_once_more(open_page: OpenPage) -> None:
    count = "function() { return window.count = (window.count || 0) + 1; }"
    page = open_page(
        container(
            GO,
            javascript("count", count),
            javascript("unused", "function() { if (false) return {{count}}; return {{count}}; }"),
            mark("tag", "1", "{{unused}}"),
        )
    )
    page.push({"event": "go"})
    assert marks(page) == [["tag", 2]]


def test_rows_that_are_not_chosen_are_read_too(open_page: OpenPage) -> None:
    count = "function() { window.count = (window.count || 0) + 1; return 'x'; }"
    table = {"input": "a", "map": pairs({"a": "1", "b": "{{count}}"}), "setDefaultValue": False}
    page = open_page(
        container(
            GO, javascript("count", count), variable("table", "smm", table),
            mark("tag", "1", "{{table}} + ' ' + window.count"),
        )
    )  # fmt: skip
    page.push({"event": "go"})
    assert marks(page) == [["tag", "1 1"]]


def test_lookup_takes_the_last_of_equal_keys(open_page: OpenPage) -> None:
    rows = [{"key": "1", "value": "first"}, {"key": "1", "value": "last"}]
    page = reading(
        open_page,
        data_layer("n", "n"),
        variable("table", "smm", {"input": "{{n}}", "map": rows, "setDefaultValue": False}),
    )
    assert values(page, {"n": 1})["table"] == "last"


def test_visibility(open_page: OpenPage) -> None:
    def vis(name: str, **settings: object) -> dict[str, Any]:
        return variable(name, "vis", {"selectorType": "CSS", **settings})

    page = reading(
        open_page,
        vis("seen", elementSelector="#a", outputMethod="BOOLEAN", onScreenRatio="50"),
        vis("below", elementSelector="#c", outputMethod="BOOLEAN", onScreenRatio="50"),
        vis("percent", elementSelector="#a", outputMethod="PERCENT"),
        vis("hidden", elementSelector="#h", outputMethod="PERCENT"),
        vis("none", elementSelector="#none", outputMethod="BOOLEAN"),
        variable("by id", "vis", {"selectorType": "ID", "elementId": "a"}),
        html="<p id=a>a</p><p id=h style='opacity: 0'>h</p><div style='height: 3000px'></div>"
        "<p id=c>c</p>",
    )
    assert values(page) == {
        "seen": True, "below": False, "percent": 100, "hidden": 0, "none": None, "by id": True,
    }  # fmt: skip


def test_auto_event(open_page: OpenPage) -> None:
    def aev(name: str, **settings: object) -> dict[str, Any]:
        return variable(name, "aev", settings)

    page = reading(
        open_page,
        trigger("3", "CLICK"),
        mark("m", "3"),
        aev("tag name", varType="TAG_NAME"),
        aev("text", varType="TEXT"),
        aev("empty text", varType="TEXT", setDefaultValue=True, defaultValue="none"),
        aev("outbound", varType="URL", component="IS_OUTBOUND"),
        aev(
            "affiliated", varType="URL", component="IS_OUTBOUND", affiliatedDomains="there.example"
        ),
        aev("path", varType="URL", component="PATH"),
        aev("attribute", varType="ATTRIBUTE", attribute="data-a"),
        aev("no attribute", varType="ATTRIBUTE", attribute="data-b"),
        aev("new", varType="HISTORY_NEW_URL_FRAGMENT"),
        aev("classes", varType="CLASSES"),
        html="<a id=l class=c href='https://www.there.example/x#f' data-a=1></a>",
    )
    page.js("document.addEventListener('click', function (e) { e.preventDefault(); });"
            "document.getElementById('l').click()")  # fmt: skip
    assert values(page, {"gtm.newUrlFragment": "part"}) == {
        "tag name": "A", "text": "UNDEFINED", "empty text": "none", "outbound": True,
        "affiliated": False, "path": "/x", "attribute": "1", "no attribute": "", "new": "part",
        "classes": "c",
    }  # fmt: skip


def test_user_data_and_analytics(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        data_layer("mail", "mail"),
        variable("manual", "awec", {"mode": "MANUAL", "email": "{{mail}}", "city": "Gdynia"}),
        variable("mail only", "awec", {"mode": "MANUAL", "email": "{{mail}}"}),
        variable("code", "awec", {"mode": "CODE", "dataSource": "{{mail}}"}),
        variable("auto", "awec", {"mode": "AUTO"}),
        variable("client", "analytics_storage", {"dataField": "client_id"}),
        variable("session", "analytics_storage", {"dataField": "session_id"}),
        variable("settings", "gas", {"trackingId": "{{mail}}"}),
        cookies={"_ga": "GA1.1.123.456", "_ga_TEST123456": "GS1.1.789.3.1.2"},
    )
    assert values(page, {"mail": "a"}) == {
        "manual": {"email": "a", "address": {"city": "Gdynia"}}, "mail only": {"email": "a"},
        "code": "a", "auto": "UNDEFINED", "client": "123.456", "session": "789",
        "settings": {"trackingId": "a"}, "mail": "a",
    }  # fmt: skip


def test_no_analytics_cookie(open_page: OpenPage) -> None:
    page = reading(
        open_page,
        *(
            variable(field, "analytics_storage", {"dataField": field})
            for field in ("client_id", "session_id")
        ),
    )
    assert values(page) == {"client_id": "UNDEFINED", "session_id": "UNDEFINED"}


def test_random_between(open_page: OpenPage) -> None:
    page = reading(open_page, variable("r", "r", {"min": "5", "max": "5"}), variable("any", "r"))
    shown = values(page)
    assert shown["r"] == 5
    assert 0 <= shown["any"] <= 2147483647


def test_a_template_variable_is_undefined_and_uncovered(open_page: OpenPage) -> None:
    page = reading(open_page, variable("v", "cvt_1_2", {"a": "b"}))
    assert values(page) == {"v": "UNDEFINED"}
    assert page.records_of("uncovered") == [{"kind": "variable", "type": "cvt_1_2", "name": "v"}]


def test_a_reference_that_nothing_defines(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO,
            mark("script", "1", "typeof {{nothing}}"),
            mark("text", "1", "'{{nothing}}'"),
            javascript("js", "function() { return [typeof {{nothing}}]; }"),
            mark("variable", "1", "{{js}}"),
            mark("block", "1", "(function () {{return 5}})()"),
        )
    )
    page.push({"event": "go"})
    assert dict(marks(page)) == {
        "script": "undefined", "text": "{{nothing}}", "variable": ["undefined"], "block": 5,
    }  # fmt: skip
    assert "reference: script: no variable named nothing" in page.errors()
