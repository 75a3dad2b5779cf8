"""A listener does not get in the shop's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from listener_scenes import CHAT, MUG, NEWSLETTER, SHARE, ld, mug, newsletter
from listener_stage import LISTENERS, Scene

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


def test_on_the_real_clock(stage: Stage) -> None:
    outcome = stage.play_in_real_time(named(NEWSLETTER, "native"), 1200, *LISTENERS)

    assert outcome.ours == [newsletter()]
