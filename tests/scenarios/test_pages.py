"""What pages do by the way: they go away, set timers, open windows, ask, hold frames."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.running import HEAD, said, tried

PAGE = "<!doctype html><title>Wall</title>"
SOLD = "<script>dataLayer.push({event: 'pass_sold'});</script>"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: object) -> None:
    assert chromium
    monkeypatch.chdir(tmp_path)
    Path("next.html").write_text(PAGE, "utf-8")


def went(body: str, *, steps: str = "[click: '#go']", fires: str = "[pass_sold]") -> str:
    """What is said of a click in a page."""
    Path("wall.html").write_text(PAGE + body, "utf-8")
    Path("plan.yaml").write_text(
        f"{HEAD}micro_conversions: [{{id: pass_sold, trigger: {{event: pass_sold}}}}]\n"
        "tests:\n"
        f"  - {{name: A pass, open: wall.html, steps: {steps}, expect: {{fires: {fires}}}}}\n",
        "utf-8",
    )
    return said(tried(Path("plan.yaml")))


def button(code: str) -> str:
    return f'<button id="go" onclick="{code}">Go</button>'


PUSH = "dataLayer.push({event: 'pass_sold'})"


@pytest.mark.parametrize("kind", ["beforeunload", "pagehide"])
def test_a_page_that_goes_away(kind: str) -> None:
    """What it says then is told by the page after it."""
    body = button(f"window.addEventListener('{kind}', () => {PUSH}); location.href='next.html'")
    assert went(body).startswith("ok ")


def test_a_page_that_goes_away_leaves_nothing_behind() -> None:
    """The next page finds the storage as the one before left it."""
    Path("next.html").write_text(
        f"{PAGE}<script>if (sessionStorage.length) dataLayer.push({{event: 'pass_sold'}})</script>",
        "utf-8",
    )
    body = button(f"window.addEventListener('pagehide', () => {PUSH}); location.href='next.html'")
    assert went(body).startswith("ok ")


@pytest.mark.parametrize(
    "code",
    [
        f"{PUSH}; setTimeout(() => {PUSH}, 300)",
        f"{PUSH}; setTimeout(() => fetch('next.html').then(() => setTimeout(() => {PUSH}, 100)), 99)",
    ],
)
def test_a_second_push_that_comes_late(code: str) -> None:
    assert "'pass_sold' fired twice, expected once" in went(button(code))


def test_a_page_is_not_left_before_its_timers_end() -> None:
    late = button(f"setTimeout(() => {PUSH}, 300)")
    assert went(late, steps="[click: '#go', navigate: next.html]").startswith("ok ")


@pytest.mark.parametrize(
    "code",
    [
        f"{PUSH}; clearTimeout(setTimeout(() => {PUSH}, 300))",
        f"{PUSH}; (function again() {{ setTimeout(again, 200) }})()",
        f"{PUSH}; setTimeout('1', 200)",
        f"setTimeout((push) => push(), 200, () => {PUSH})",
    ],
)
def test_timers_that_do_nothing(code: str) -> None:
    assert went(button(code)).startswith("ok ")


def test_a_frame_has_no_container_of_its_own_accord() -> None:
    Path("next.html").write_text(PAGE + "<script>window.dataLayer = [];</script>" + SOLD, "utf-8")
    frame = '<iframe src="next.html"></iframe>'
    assert went(frame, steps="[]", fires="[]").startswith("ok ")


def test_a_field_that_takes_no_such_thing() -> None:
    out = went('<input id="go" type="number">', steps="[fill: {'#go': some}]")
    assert "'#go' cannot be filled in: Cannot type text into input[type=number]\n" in out


@pytest.mark.parametrize("question", ["confirm", "prompt"])
def test_a_page_that_asks(question: str) -> None:
    out = went(button(f"if ({question}('Sure?')) {PUSH}"))
    assert out.startswith("FAIL")
    assert "note: the page asked 'Sure?', and the answer was no\n" in out


def test_a_page_that_says() -> None:
    assert went(button(f"alert('Sold'); {PUSH}")) == ("ok    A pass\n1 scenario, all passed\n")
