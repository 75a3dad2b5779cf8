"""YouTube videos: what the player tells, and what the container is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.build import container, mark, parameters, trigger

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.harness import Page

PLAYER = """<iframe id="{id}" src="https://www.youtube.com/embed/abc{more}"></iframe>"""
API = """<script>
var players = [];
window.YT = {ready: function (f) { f(); }, get: function () {}, Player: function (id) {
  var on = {}; this.time = 0; this.length = 100; players.push(this);
  this.addEventListener = function (name, f) { on[name] = f; };
  this.emit = function (name, data) { on[name]({data: data}); };
  this.getCurrentTime = function () { return this.time; }; this.getDuration = function () { return this.length; };
  this.getVideoUrl = function () { return 'https://youtu.be/abc'; };
  this.getVideoData = function () { return {title: 'Tea'}; };
  this.getPlaybackRate = function () { return 1; };
}};
</script>"""


def video(**settings: object) -> dict[str, Any]:
    given = {"captureStart": True, "captureComplete": True, "capturePause": True, "captureProgress": True,
             "progressThresholdsPercent": "10,50,200,x", "radioButtonGroup1": "PERCENTAGE",
             "triggerStartOption": "WINDOW_LOAD", "fixMissingApi": True}  # fmt: skip
    return trigger("3", "YOU_TUBE_VIDEO", parameter=parameters({**given, **settings}))


def told(page: Page) -> list[Any]:
    return [
        (event["message"]["gtm.videoStatus"], event["message"]["gtm.videoPercent"])
        for event in page.events()
        if event["name"] == "gtm.video"
    ]


def test_a_video(open_page: OpenPage) -> None:
    page = open_page(
        container(video(), mark("v", "3", "{{Video Status}}")),
        API + PLAYER.format(id="a", more="?enablejsapi=1") + PLAYER.format(id="", more=""),
    )
    assert page.js("players.length") == 2  # the second got the API by the trigger's leave
    assert "origin=" in page.js("document.querySelectorAll('iframe')[1].src")
    page.js("var p = players[0]; p.emit('onStateChange', 1)")
    page.js("p.time = 0.5; p.emit('onStateChange', 2); p.emit('onStateChange', 2)")
    page.js("p.emit('onStateChange', 1); p.time = 40; p.emit('onStateChange', 3)")
    page.js("p.time = 50.01; p.emit('onPlaybackRateChange', 2); p.emit('onStateChange', 1)")
    page.js("p.time = 100; p.emit('onStateChange', 0); p.emit('onStateChange', 0)")
    assert told(page.settle()) == [
        ("start", 0), ("pause", 1), ("seek", 40), ("complete", 100),
    ]  # fmt: skip
    message = [event for event in page.events() if event["name"] == "gtm.video"][-1]["message"]
    assert (message["gtm.videoTitle"], message["gtm.videoUrl"], message["gtm.videoDuration"]) == (
        "Tea", "https://youtu.be/abc", 100,
    )  # fmt: skip
    assert message["gtm.videoVisible"] is True
    page.js("p.emit('onStateChange', -1); p.emit('onStateChange', 1)")
    assert told(page.settle())[-1] == ("start", 100)


def test_progress_by_time(open_page: OpenPage) -> None:
    page = open_page(
        container(
            video(radioButtonGroup1="TIME_ELAPSED", progressThresholdsTimeInSeconds="1,5", captureStart=False,
                  capturePause=False, captureComplete=False),
            mark("v", "3", "[{{Video Status}}]"),
        ),
        API + PLAYER.format(id="a", more="?enablejsapi=1&origin=x"),
    )  # fmt: skip
    page.js("var p = players[0]; p.time = 0.99; p.emit('onStateChange', 1)")
    page.wait_for("window.marks")
    assert told(page) == [("progress", 1)]
    page.js("p.time = 6; p.emit('onStateChange', 0)")
    assert told(page.settle()) == [("progress", 1), ("progress", 5)]


def test_the_api_is_loaded_when_there_is_a_player(open_page: OpenPage) -> None:
    page = open_page(
        container(video(), mark("v", "3")),
        PLAYER.format(id="a", more=""),
        head_before_gtm="<script>onYouTubeIframeAPIReady = function () { window.own = true; };</script>",
    )
    assert "https://www.youtube.com/iframe_api" in page.requests("www.youtube.com")
    page.js("document.body.insertAdjacentHTML('beforeend', '')")
    page.js(API.replace("<script>", "").replace("</script>", "") + "onYouTubeIframeAPIReady()")
    assert page.js("[own, players.length]") == [True, 1]


@pytest.mark.parametrize(
    "html",
    [
        "",
        '<script src="https://www.youtube.com/iframe_api"></script>'
        + PLAYER.format(id="a", more=""),
    ],
)
def test_the_api_is_not_loaded_for_nothing(open_page: OpenPage, html: str) -> None:
    page = open_page(container(video(), mark("v", "3")), html)
    assert len(
        [url for url in page.requests("www.youtube.com") if "iframe_api" in url]
    ) == html.count("iframe_api")


def test_a_video_that_may_not_be_heard(open_page: OpenPage) -> None:
    page = open_page(
        container(video(fixMissingApi=False), mark("v", "3")),
        API + PLAYER.format(id="a", more="") + "<iframe src='about:blank'></iframe>",
    )
    assert page.js("players.length") == 0


def test_a_video_trigger_that_wants_nothing(open_page: OpenPage) -> None:
    off = dict.fromkeys(
        ("captureStart", "captureComplete", "capturePause", "captureProgress"), False
    )
    page = open_page(
        container(video(**off), mark("v", "3")), API + PLAYER.format(id="a", more="?enablejsapi=1")
    )
    assert page.js("players.length") == 0
