"""A listener does not get in the shop's way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from listener_scenes import CHAT, MUG, NEWSLETTER, SHARE, ld, mug, newsletter
from listener_stage import LISTENERS, Scene, rendered

if TYPE_CHECKING:
    from listener_stage import Stage

pytestmark = pytest.mark.browser


def named(scenes: list[Scene], name: str) -> Scene:
    return next(scene for scene in scenes if scene.name == name)


def test_the_shops_chat_handler_still_runs(stage: Stage) -> None:
    tawk = stage.play(named(CHAT, "Tawk, late, with a handler of the shop"), *LISTENERS)
    crisp = stage.play(named(CHAT, "Crisp, with a handler of the shop"), *LISTENERS)

    assert {"shop": "called true"} in tawk.layer
    assert {"shop": 1} in crisp.layer


def test_share_keeps_its_promise_and_receiver(stage: Stage) -> None:
    shared = stage.play(named(SHARE, "shared"), *LISTENERS)
    cancelled = stage.play(named(SHARE, "cancelled"), *LISTENERS)

    assert {"resolved": "undefined", "sheet": [True, "/x"]} in shared.layer
    assert {"refused": "AbortError"} in cancelled.layer


def test_ecommerce_is_cleared_first(stage: Stage) -> None:
    outcome = stage.play(Scene("product", [], head=ld(mug())), *LISTENERS)

    assert outcome.layer == [{"ecommerce": None}, MUG]


def test_no_data_layer_yet(stage: Stage) -> None:
    page = Scene(
        "none",
        [],
        status=404,
        head="<script>dataLayer = undefined</script>",
        steps=[("wait", 5000)],
    )
    page.steps.append(("js", "stageClear(); sessionStorage.stage = JSON.stringify(dataLayer)"))

    assert [x["event"] for x in stage.play(page, *LISTENERS).layer] == ["tagkit.page_not_found"]


@pytest.mark.parametrize(
    "broken",
    [
        "Date.now = undefined",
        "dataLayer.push = function () { throw Error('full') }",
        "Element.prototype.closest = undefined",
        "performance.getEntriesByType = undefined",
        "dataLayer.push(null, undefined, 5, 'x', [], function () {})",
        "Object.defineProperty(navigator, 'share', { value: 5 })",
    ],
)
def test_a_strange_page_gets_no_error(stage: Stage, broken: str) -> None:
    form = named(NEWSLETTER, "native")
    scene = Scene("strange", [], form.body, form.steps, head=f"<script>{broken}</script>", wait=0)

    assert stage.play(scene, *LISTENERS).errors == []


@pytest.mark.parametrize("listener", LISTENERS)
def test_alone_it_runs(stage: Stage, listener: str) -> None:
    form = named(NEWSLETTER, "native")
    scene = Scene("alone", [], form.body, form.steps)
    outcome = stage.play(scene, listener)

    assert outcome.ours == ([newsletter()] if listener == "newsletter_signup" else [])
    assert outcome.errors == []


# What is there before the listeners, and after them and a visit.
TAKE_STOCK = """
  marks = () => [...document.querySelectorAll('*'), document].flatMap((x) => Object.getOwnPropertyNames(x));
  stock = { marks: marks(), window: Object.getOwnPropertyNames(window).concat('stock', 'marks', 'changes', 'added', 'times') };
  changes = [];
  new MutationObserver((list) => changes.push(...list.map((x) => x.type + ' ' + (x.attributeName || ''))))
    .observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
  added = [];
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, fn, how) { added.push(type); return add.call(this, type, fn, how); };
  times = [];
  const every = setInterval, once = setTimeout;
  setInterval = function () { times.push('every'); return every.apply(this, arguments); };
  setTimeout = function (fn, ms) { times.push(ms); return once.apply(this, arguments); };
"""
FOUND = """{
  globals: Object.getOwnPropertyNames(window).filter((name) => stock.window.indexOf(name) < 0),
  changes, times,
  marked: marks().length - stock.marks.length,
}"""


def found(stage: Stage, form: Scene, *after: Any) -> dict[str, Any]:
    """What listeners have left behind when a form was sent."""
    scene = Scene("stock", [], form.body, when="later", wait=0)
    code = rendered(*LISTENERS)
    steps = [("js", TAKE_STOCK), ("js", code), ("wait", 2000), *form.steps, ("wait", 8000), *after]
    scene.steps = [*steps, ("js", f"stageClear(); dataLayer.push({FOUND})")]
    return stage.play(scene).layer[-1]


def test_nothing_is_left_on_the_page(stage: Stage) -> None:
    for form in (named(NEWSLETTER, "native"), named(NEWSLETTER, "is no newsletter: address")):
        left = found(stage, form)

        assert left["globals"] == ["tagkitListeners"]
        assert left["changes"] == []
        assert left["marked"] == 0


def test_no_timer_repeats_faster_than_once_a_second(stage: Stage) -> None:
    """In ten seconds without widgets: a poll a second for each of those that may come."""
    times = found(stage, named(NEWSLETTER, "native"))["times"]

    assert "every" not in times
    polls = [ms for ms in times if ms == 1000]
    assert 0 < len(polls) <= 10 * 12
    assert len(times) - len(polls) < 20


def test_run_twice_it_listens_once(stage: Stage) -> None:
    scene = Scene("twice", [], "<p>x</p>", when="later", wait=0)
    code = rendered(*LISTENERS)
    counted = "dataLayer.push({ count: added.length })"
    scene.steps = [("js", step) for step in (TAKE_STOCK, code, counted, code, counted)]
    once, twice = stage.play(scene).layer

    assert once == twice
    assert once["count"] > 10


def test_an_error_is_told_once(stage: Stage) -> None:
    """A global that throws when it is looked at; the other listeners go on."""
    form = named(NEWSLETTER, "native")
    thrown = "throw Error('no way, ' + 'anna@example.com'.repeat(9))"
    head = f"<script>Object.defineProperty(window, 'Intercom', {{ get() {{ {thrown} }} }})</script>"
    outcome = stage.play(Scene("throws", [], form.body, form.steps, head=head), *LISTENERS)

    assert outcome.ours == [
        {
            "event": "tagkit.listener_error",
            "listener": "generic/chat_click",
            "message": "no way, (e-mail)",
        },
        newsletter(),
    ]
    assert outcome.errors == []


def test_an_error_of_another_kind(stage: Stage) -> None:
    """The page's data layer is full: then nobody can be told."""
    head = "<script>Object.defineProperty(window, 'Tawk_API', { get() { throw null } })</script>"
    outcome = stage.play(Scene("throws", [], head=head), *LISTENERS)
    full = "<script>dataLayer.push = () => { throw Error('full') }</script>"
    silent = stage.play(Scene("throws", [], head=head + full), *LISTENERS)

    assert [x["message"] for x in outcome.ours] == ["null"]
    assert silent.layer == silent.errors == []


def test_on_the_real_clock(stage: Stage) -> None:
    outcome = stage.play_in_real_time(named(NEWSLETTER, "native"), 1200, *LISTENERS)

    assert outcome.ours == [newsletter()]
