"""Messages: when they are processed, gtag commands, what never ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.build import ALL_PAGES, container, custom_event, data_layer, html, mark, script
from tests.simulator.pages import EVERY_EVENT, GO, mark_names, marks, reading, values

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage


def test_the_pages_messages_wait_until_the_loading_script_has_ended(open_page: OpenPage) -> None:
    page = open_page(
        container(EVERY_EVENT, mark("each", "2", "{{Event}}")),
        head_before_gtm="<script>var dataLayer = [{event: 'early'}];</script>",
    )
    assert [event["name"] for event in page.events()] == [
        "gtm.init_consent", "gtm.init", "early", "gtm.js", "gtm.dom", "gtm.load",
    ]  # fmt: skip


def test_gtm_dom_comes_after_the_pages_own_handlers(open_page: OpenPage) -> None:
    page = open_page(
        container(),
        html="<script>document.addEventListener('DOMContentLoaded', function () {"
        " dataLayer.push({event: 'own handler'}); });</script>",
        blocking=True,
    )
    names = page.event_names()
    assert names.index("own handler") < names.index("gtm.dom")


def test_event_callback_is_called_a_moment_later(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("tag", "1")))
    order = page.js(
        "var order = []; dataLayer.push({event: 'go', eventCallback: function (id) {"
        " order.push(id); }}); order.push('pushed'); order"
    )
    assert order == ["pushed"]
    page.settle()
    assert page.js("order") == ["pushed", "GTM-TEST123"]


def test_event_callback_that_throws_is_noted(open_page: OpenPage) -> None:
    page = open_page(container(GO))
    page.js("dataLayer.push({event: 'go', eventCallback: function () { throw new Error('no'); }})")
    page.settle()
    assert page.errors() == ["eventCallback: go: no"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("'event', 'go'", ["go"]),
        ("'event', 'go', {a: 1}", ["go"]),
        ("'event', 'go', 'text'", []),
        ("'event', 'go', null", []),
        ("'event', 5", []),
        ("'event'", []),
        ("'event', 'go', {}, 1", []),
    ],
)
def test_gtag_event_takes_a_name_and_parameters(
    open_page: OpenPage, arguments: str, expected: list[str]
) -> None:
    page = open_page(container(GO, mark("go", "1")))
    page.js(f"(function () {{ dataLayer.push(arguments); }})({arguments})")
    page.settle()
    assert mark_names(page) == expected


def test_gtag_event_has_its_own_callback(open_page: OpenPage) -> None:
    page = open_page(container(GO))
    page.js(
        "(function () { dataLayer.push(arguments); })('event', 'go', {event_callback: function () {"
        " window.called = true; }})"
    )
    page.settle()
    assert page.js("called") is True


def test_gtag_js_needs_a_date(open_page: OpenPage) -> None:
    page = open_page(container(), html="", settle=False, head_before_gtm="")
    page.settle()
    before = len(page.events())
    page.js("(function () { dataLayer.push(arguments); })('js', 5)")
    assert len(page.settle().events()) == before
    page.js("(function () { dataLayer.push(arguments); })('js', new Date())")
    assert page.settle().events()[-1]["ignored"] is True


def test_gtag_set_copies(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("a", "a.b"), data_layer("c", "c"))
    page.gtag("set", {"a": {"b": 1}}).gtag("set", "c", {"d": 2}).gtag("set", "c", 1, 2)
    assert values(page) == {"a": 1, "c": {"d": 2}}
    page.gtag("set", "a", {"x": 1})
    assert values(page)["a"] == "UNDEFINED"


def test_set_of_a_function_reaches_the_merged_model_only(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("one", "k", 1), data_layer("two", "k", 2))
    page.js("dataLayer.push(function () { this.set('k', 5); })")
    assert values(page) == {"one": "UNDEFINED", "two": 5}


def test_functions_and_methods_that_throw_are_noted(open_page: OpenPage) -> None:
    page = open_page(container())
    page.js("dataLayer.push({a: [1]}, function () { missing(); }, ['a.nothing', 1], [])")
    page.settle()
    kinds = [error.split(":")[0] for error in page.errors()]
    assert kinds == ["data layer function", "data layer method"]


def test_an_event_that_pushes_itself_is_stopped(open_page: OpenPage) -> None:
    page = open_page(container(GO, script("again", "dataLayer.push({event: 'go'})", "1")))
    page.push({"event": "go"})
    assert page.errors() == ["data layer: : tags pushed more than 1000 messages at once"]
    page.push({"event": "other"})
    assert page.event_names()[-1] == "other"


def test_instances_are_no_plain_objects(open_page: OpenPage) -> None:
    page = reading(open_page, data_layer("a", "o.a"), data_layer("b", "o.b"))
    page.js("function Thing() { this.b = 2; } dataLayer.push({o: {a: 1}}, {o: new Thing()})")
    assert values(page) == {"a": "UNDEFINED", "b": 2}


def test_two_containers_share_listeners_and_page_states(open_page: OpenPage) -> None:
    from tests.browser.build import trigger, waiting

    page = open_page(
        container(
            trigger("3", "CLICK"), mark("click", "3"),
            waiting("4", "LINK_CLICK", wait=True), mark("link", "4"),
        ),
        '<a id="l" href="/next">l</a><b id="b">b</b>',
    )  # fmt: skip
    import json

    other = container(trigger("3", "CLICK"), mark("other click", "3"))
    other["containerVersion"]["containerId"] = "300000000"
    other["containerVersion"]["container"]["publicId"] = "GTM-OTHER"
    page.js(f"TagkitSimulator.start({json.dumps(other)})")
    page.settle()
    page.push({"event": "gtm.js"})
    page.click("#b")
    assert sorted(mark_names(page)) == ["click", "other click"]
    assert page.event_names().count("gtm.click") == 2  # one each, of the same push
    page.click("#l")
    assert page.js("location.pathname") == "/next"


def test_the_name_of_the_data_layer(open_page: OpenPage) -> None:
    page = open_page(container(GO, mark("tag", "1")), options={"dataLayer": "shopLayer"})
    page.js("shopLayer.push({event: 'go'})")
    assert marks(page) == [["tag", 1]]


def test_html_of_a_tag_may_wait_for_the_body(open_page: OpenPage) -> None:
    page = open_page(
        container(
            data_layer("v", "v"),
            html(
                "tag",
                "<script>window.seen = {{v}}; window.had = !!document.body;</script>",
                ALL_PAGES,
            ),
        ),
        html="<script>dataLayer.push({v: 'later'})</script>",
        head_before_gtm="<script>var dataLayer = [{v: 'first'}];</script>",
        blocking=True,
    )
    page.wait_for("window.seen !== undefined")
    # read when the tag began (a moment after the container), not when there was a body
    assert page.js("[seen, had]") in (["first", True], ["later", True])


def test_custom_events_of_this_name(open_page: OpenPage) -> None:
    page = open_page(container(custom_event("5", "5"), mark("number", "5")))
    page.push({"event": 5})
    assert mark_names(page) == ["number"]
