"""Listeners: what a visitor does, and what the container is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.build import (
    ALL_PAGES,
    container,
    mark,
    parameters,
    scroll,
    timer,
    trigger,
    visibility,
    waiting,
)
from tests.simulator.pages import mark_names, marks

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

STAY = (
    "window.stopped = []; window.addEventListener('click', function (e) {"
    " stopped.push(e.defaultPrevented); e.preventDefault(); });"
)

LINKS = {
    "another page": ("<a id=l href='/next'>l</a>", True),
    "this page with a fragment": ("<a id=l href='#x'>l</a>", False),
    "this page by its whole address": ("<a id=l href='https://shop.example/path?x#x'>l</a>", False),
    "this page without a fragment": ("<a id=l href='https://shop.example/path?x'>l</a>", True),
    "another page with a fragment": ("<a id=l href='/next#x'>l</a>", True),
    "another window": ("<a id=l href='/next' target=_blank>l</a>", False),
    "a named window": ("<a id=l href='/next' target=shop>l</a>", False),
    "the top window": ("<a id=l href='/next' target=_TOP>l</a>", True),
    "no address": ("<a id=l>l</a>", False),
    "telephone": ("<a id=l href='tel:+48'>l</a>", False),
    "mail": ("<a id=l href='mailto:a@b.example'>l</a>", False),
    "an area": ("<map><area id=l href='/next'></map>", True),
    "deep inside": ("<a href='/next'><b><i id=l>l</i></b></a>", True),
}


@pytest.mark.parametrize("case", LINKS)
def test_which_links_are_held_back(open_page: OpenPage, case: str) -> None:
    code, held = LINKS[case]
    page = open_page(container(waiting("3", "LINK_CLICK", wait=True), mark("link", "3")), code)
    page.js(STAY)
    stopped = page.js(
        "document.getElementById('l').dispatchEvent(new MouseEvent('click',"
        " {bubbles: true, cancelable: true})); window.stopped"
    )
    assert stopped == [held]
    names = page.settle().js("location.href")
    assert (names in ("https://shop.example/path?x", "https://shop.example/path?x#x")) or held


@pytest.mark.parametrize("option", ["ctrlKey: true", "shiftKey: true", "button: 1"])
def test_a_click_that_opens_elsewhere_is_not_held_back(open_page: OpenPage, option: str) -> None:
    page = open_page(
        container(waiting("3", "LINK_CLICK", wait=True), mark("link", "3")),
        "<a id=l href='/next'>l</a>",
    )
    page.js(STAY)
    page.js(
        "document.getElementById('l').dispatchEvent(new MouseEvent('click',"
        f" {{bubbles: true, cancelable: true, {option}}}))"
    )
    assert page.js("stopped") == [False]
    assert mark_names(page.settle()) == ["link"]


def test_the_right_button_is_no_click(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "LINK_CLICK"), mark("link", "3")), "<a id=l href='#'>l</a>"
    )
    page.js(
        "document.getElementById('l').dispatchEvent(new MouseEvent('auxclick',"
        " {bubbles: true, button: 2}))"
    )
    assert mark_names(page.settle()) == []


def test_a_validated_click_that_the_page_stopped(open_page: OpenPage) -> None:
    page = open_page(
        container(
            waiting("3", "LINK_CLICK", check=True), mark("checked", "3"),
            waiting("4", "LINK_CLICK", wait=True), mark("any", "4"),
        ),
        "<a id=l href='/next' onclick='return false'>l</a>",
    )  # fmt: skip
    page.click("#l")
    assert mark_names(page) == ["any"]


def test_a_link_of_svg(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "LINK_CLICK", wait=True), mark("link", "3", "{{Click URL}}")),
        "<svg width=50 height=50><a id=l xlink:href='/next'><rect width=50 height=50 /></a></svg>",
    )
    page.js(STAY)
    page.js("document.querySelector('rect').dispatchEvent(new MouseEvent('click',"
            " {bubbles: true, cancelable: true}))")  # fmt: skip
    assert marks(page.settle()) == [["link", "/next"]]  # as it is written


# ---------------------------------------------------------------------- forms

FORM = '<form id=f action="/sent" method=get {}><input name=a value=1><button name=b value=2>s</button></form>'


def test_a_form_of_another_window_is_not_held_back(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "FORM_SUBMISSION", wait=True), mark("form", "3")),
        FORM.format("target=_blank"),
    )
    prevented = page.js(
        "var said; addEventListener('submit', function (e) { said = e.defaultPrevented;"
        " e.preventDefault(); }); document.querySelector('button').click(); said"
    )
    assert prevented is False
    assert mark_names(page.settle()) == ["form"]


def test_the_field_of_the_button_does_not_stay(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "FORM_SUBMISSION", wait=True), mark("form", "3")),
        FORM.format('target="_self"') + "<iframe name=other></iframe>",
    )
    page.js(
        "HTMLFormElement.prototype.submit.toString();"
        "document.querySelector('button').addEventListener('click', function () {"
        " document.getElementById('f').target = '_self'; })"
    )
    page.click("button")
    page.settle()
    assert page.js("location.search") == "?a=1&b=2"


def test_scripted_submit(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "FORM_SUBMISSION"), mark("form", "3", "{{Form URL}}")),
        FORM.format("target=frame") + "<iframe name=frame></iframe>",
    )
    page.js("document.getElementById('f').submit()")
    assert marks(page.settle()) == [["form", "https://shop.example/sent"]]


def test_scripted_submit_that_waits(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "FORM_SUBMISSION", wait=True), mark("form", "3")), FORM.format("")
    )
    page.js("document.getElementById('f').submit()")
    page.settle()
    assert page.js("location.search") == "?a=1"


def test_the_pixels_form_is_left_alone(open_page: OpenPage) -> None:
    page = open_page(
        container(waiting("3", "FORM_SUBMISSION", wait=True), mark("form", "3")),
        '<form id=f action="https://www.facebook.com/tr" onsubmit="return false"><button>s</button></form>',
    )
    page.js("document.getElementById('f').submit()")
    page.click("button")
    assert mark_names(page) == []


# ---------------------------------------------------------------------- visibility


def test_what_is_in_view_and_hidden_fires_when_it_is_shown(open_page: OpenPage) -> None:
    page = open_page(
        container(visibility("3", "#a"), mark("seen", "3")),
        "<p id=a style='visibility: hidden'>a</p>",
    )
    assert mark_names(page) == []
    page.js("document.getElementById('a').style.visibility = 'visible'")
    page.wait_for("window.marks")


def test_times_count_from_gtm_js(open_page: OpenPage) -> None:
    page = open_page(container(visibility("3", "#a"), mark("seen", "3")), "<p id=a>a</p>")
    message = page.event("gtm.elementVisibility")["message"]
    assert message["gtm.visibleRatio"] == 100
    assert message["gtm.visibleTime"] == 0
    assert 0 <= message["gtm.visibleFirstTime"] == message["gtm.visibleLastTime"] < 30_000
    attributes = page.js("Array.from(document.getElementById('a').attributes, (a) => a.name)")
    assert "data-gtm-vis-has-fired-200000000_3" in attributes


def test_an_element_by_its_id(open_page: OpenPage) -> None:
    by_id = trigger("3", "ELEMENT_VISIBILITY", parameter=parameters({
        "selectorType": "ID", "elementId": "a", "firingFrequency": "ONCE", "onScreenRatio": "50",
        "useDomChangeListener": True, "useOnScreenDuration": False,
    }))  # fmt: skip
    page = open_page(container(by_id, mark("seen", "3")), "<p id=b>b</p>")
    assert mark_names(page) == []
    page.js("document.body.insertAdjacentHTML('beforeend', '<p id=a>a</p>')")
    page.wait_for("window.marks")


def test_a_replaced_element_is_noticed_by_the_number_of_elements_only(open_page: OpenPage) -> None:
    page = open_page(
        container(
            visibility("3", ".a", frequency="ONCE_PER_ELEMENT", observe=True), mark("seen", "3")
        ),
        "<p class=a>a</p>",
    )
    page.wait_for("window.marks && marks.length === 1")
    page.js("var old = document.querySelector('.a'); var p = document.createElement('p');"
            "p.className = 'a'; p.textContent = 'x'; old.replaceWith(p)")  # fmt: skip
    page.settle()
    assert len(marks(page)) == 1
    page.js("document.body.insertAdjacentHTML('beforeend', '<p class=a>b</p>')")
    page.wait_for("marks.length === 3")


def test_a_selector_that_is_none(open_page: OpenPage) -> None:
    page = open_page(container(visibility("3", "p:::x"), mark("seen", "3")), "<p>p</p>")
    assert mark_names(page) == []
    assert page.errors() == []


def test_many_per_element_counts_each_visit(open_page: OpenPage) -> None:
    page = open_page(
        container(
            visibility("3", "#a", frequency="MANY_PER_ELEMENT", duration=100), mark("seen", "3")
        ),
        "<p id=a>a</p><div style='height: 4000px'></div>",
    )
    page.wait_for("window.marks && marks.length === 1")
    page.scroll_to(3000)
    page.scroll_to(0)
    page.wait_for("marks.length === 2")


# ---------------------------------------------------------------------- scroll, timer, history


def test_thresholds_in_their_order(open_page: OpenPage) -> None:
    both = trigger("4", "SCROLL_DEPTH", parameter=parameters({
        "verticalThresholdUnits": "PIXELS", "verticalThresholdsPixels": "2000, 100,1000",
        "verticalThresholdOn": True, "triggerStartOption": "CONTAINER_LOAD",
        "horizontalThresholdUnits": "PERCENT", "horizontalThresholdsPercent": "50",
        "horizontalThresholdOn": True,
    }))  # fmt: skip
    page = open_page(
        container(both, mark("px", "4", "[{{Scroll Direction}}, {{Scroll Depth Threshold}}]")),
        "<div style='height: 5000px'></div>",
    )
    page.scroll_to(3000)
    assert [value for _, value in marks(page)] == [
        ["horizontal", 50], ["vertical", 100], ["vertical", 1000], ["vertical", 2000],
    ]  # fmt: skip


def test_one_threshold_that_is_no_number_spoils_the_list(open_page: OpenPage) -> None:
    page = open_page(container(scroll("3", "10,half"), mark("s", "3")))
    assert mark_names(page) == []


def test_the_deepest_place_counts(open_page: OpenPage) -> None:
    page = open_page(
        container(scroll("3", "90"), mark("s", "3")), "<div style='height: 5000px'></div>"
    )
    page.js("scrollTo(0, 5000); document.dispatchEvent(new Event('x'));")
    page.scroll_to(0)
    assert mark_names(page) in ([], ["s"])  # the browser may draw only the end
    page.scroll_to(5000)
    assert mark_names(page) == ["s"]


def test_timer_settings(open_page: OpenPage) -> None:
    page = open_page(
        container(timer("3", 20, 2), mark("t", "3"), timer("4", 0, 1), mark("never", "4"))
    )
    page.wait_for("window.marks && marks.length === 2")
    page.page.wait_for_timeout(60)
    assert mark_names(page) == ["t", "t"]
    message = page.event("gtm.timer")["message"]
    assert (message["gtm.timerLimit"], message["gtm.timerEventNumber"]) == (2, 2)
    assert page.errors() == ["trigger: trigger 4: the interval of the timer is no number above 0"]


def test_history_of_a_fragment(open_page: OpenPage) -> None:
    page = open_page(
        container(
            trigger("3", "HISTORY_CHANGE"),
            mark("h", "3", "[{{History Source}}, {{New History Fragment}}]"),
        )
    )
    page.js("location.hash = 'a'")
    page.wait_for("window.marks")
    page.settle()
    page.js("history.pushState({n: 1}, '', '/b#c')")
    page.js("history.replaceState({n: 2}, '', location.href)")
    page.js("history.back()")
    page.wait_for("marks.length === 4")
    page.settle()
    assert [value for _, value in marks(page)] == [
        ["popstate", "a"], ["pushState", "c"], ["replaceState", "c"], ["popstate", "a"],
    ]  # fmt: skip
    message = page.event("gtm.historyChange")["message"]
    assert message["gtm.oldHistoryState"] == {"n": 2}
    assert message["gtm.oldUrl"] == "https://shop.example/b"


def test_the_pages_own_handler_of_errors_comes_first(open_page: OpenPage) -> None:
    page = open_page(
        container(trigger("3", "JS_ERROR"), mark("e", "3", "{{Error Message}} + window.first")),
        head_before_gtm="<script>onerror = function () { window.first = ' handled'; return true; }</script>",
    )
    page.js("setTimeout(function () { throw new Error('x'); }, 0)")
    page.wait_for("window.marks")
    assert marks(page) == [["e", "Uncaught Error: x handled"]]


def test_a_listener_that_cannot_start_is_noted(open_page: OpenPage) -> None:
    page = open_page(
        container(
            scroll("3", "10", start="CONTAINER_LOAD"), mark("s", "3"), mark("other", ALL_PAGES)
        ),
        head_before_gtm="<script>var add = window.addEventListener; window.addEventListener ="
        " function (type) { if (type === 'scroll') throw new Error('no'); return add.apply(this, arguments); }"
        "</script>",
    )
    assert mark_names(page)[:1] == ["other"]
    assert "trigger: trigger 3: no" in page.errors()
