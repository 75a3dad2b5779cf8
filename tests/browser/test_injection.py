"""Text of a plan never becomes code."""

from __future__ import annotations

import json

import pytest

from tests.browser.plans import built

EVIL = [
    "</script><script>window.hacked=1</script>",
    "'\"`;window.hacked=1;//",
    "{{Page URL}} and {{nothing}} }} {{",
    "\\'; window.hacked=1; '\\u0022\\",
    "line\u2028window.hacked=1\u2029end\nnew\r\tline",
    "<!--<script>--><img src=x onerror=window.hacked=1>",
    "${window.hacked=1} *&amp;/ ]]> 🐉 zażółć",
    "a{b{{c}}d}",
]
PLAN = {
    "tagkit": 1,
    "business": {"name": "x", "currency": "PLN"},
    "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
    "meta_pixel": {"pixel_id": "111"},
}


def plan(**conversion: object) -> str:
    entry = {"id": "one", "trigger": {"event": "one"}, **conversion}
    return json.dumps({**PLAN, "micro_conversions": [entry]}, ensure_ascii=False)


def css_string(text: str) -> str:
    """The text as CSS writes it: as it is, but for what would end the string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\a ").replace("\r", "\\d ") + '"'


def both(open_page, text: str):
    files = built(text)
    yield open_page(json.loads(files["gtm-container.json"]), "<p>x</p>")
    head = files["meta-pixel/base.html"] + files["meta-pixel/one.html"]
    yield open_page(None, f"<!doctype html><head>{head}</head><p>x</p>")
    head = files["meta-pixel/base.html"] + f"<script>{files['meta-pixel/events.js']}</script>"
    yield open_page(None, f"<!doctype html><head>{head}</head><p>x</p>")


def harmless(page) -> None:
    assert page.js("window.hacked") is None
    assert page.errors() == []


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_parameter_values(evil, open_page):
    """A literal, a default, a lookup's key and result, a format."""
    text = plan(
        parameters={
            "lit": evil,
            "dflt": {"data_layer": "nothing", "default": evil},
            "lut": {"lookup": {"input": {"data_layer": "k"}, "table": {evil: evil}}},
            "fmt": {"data_layer": "nothing", "format": {"undefined_as": evil}},
        },
        name=evil,
        description=evil,
    )
    for page in both(open_page, text):
        page.push({"event": "one", "k": evil})
        (hit,) = page.meta()
        assert {key: hit["cd"].get(key) for key in ("lit", "dflt", "lut", "fmt")} == dict.fromkeys(
            ("lit", "dflt", "lut", "fmt"), evil
        )
        for ga4 in page.ga4():
            for key in ("lit", "dflt", "lut", "fmt"):
                assert ga4["parameters"][key] == evil
        harmless(page)


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
def test_names_of_things(evil, open_page):
    """Event names, data layer keys, cookies, selectors, property names, conditions."""
    text = plan(
        trigger={"event": evil},
        where={"data_layer": {"k": evil}},
        meta_pixel={"custom": evil[:50], "properties": {evil: {"data_layer": "v"}}},
        google_analytics={"event": "one"},
        parameters={
            "ck": {"cookie": evil},
            "dl": {"data_layer": evil},
            "el": {"css": f"[title={css_string(evil)}]", "attribute": evil},
            "qu": {"url": "query." + evil.replace("\n", " ").replace("\r", " ")},
        },
        unless={"page_path": evil},
    )
    for page in both(open_page, text):
        page.push({"event": evil, "k": "other"})
        assert page.meta() == []
        page.push({"event": evil, "k": evil, "v": 5})
        (hit,) = page.meta()
        assert hit["event"] == evil[:50]
        assert hit["cd"] == {evil: 5}
        harmless(page)


def test_the_business_and_the_naming(open_page):
    for evil in EVIL:
        text = json.loads(plan())
        text["business"]["name"] = evil
        text["container"] = {"name": evil}
        text["naming"] = {
            "prefix": "K - 1",
            "tag": "{prefix} {name} {platform} {id}",
            "trigger": evil + "{id}",
        }
        del text["naming"]["trigger"]
        text["micro_conversions"][0]["name"] = evil
        container = json.loads(built(json.dumps(text, ensure_ascii=False))["gtm-container.json"])
        for kind in ("tag", "trigger", "variable", "folder"):
            for entity in container["containerVersion"][kind]:
                assert not set(entity["name"]) & set(':{}<>";\u2028\n'), entity["name"]
        page = open_page(container, "<p>x</p>")
        page.push({"event": "one"})
        assert page.ga4_events() == ["one"]
        harmless(page)
