"""What can go wrong around a scenario: pages that hang, scripts without end, browsers that die."""

from __future__ import annotations

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tagkit.scenarios import page, run
from tests.scenarios.running import HEAD, OPTIONS, apart, said, tried

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = "<!doctype html><title>Tea</title><h1>Tea</h1>"
WELL = """  - name: The next one
    open: tea.html
    steps: [push: {event: add_to_cart}]
    expect: {fires: [add_to_cart]}
"""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: object) -> None:
    assert chromium
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.html").write_text(PAGE, "utf-8")


def plan(folder: Path, tests: str, conversions: str = "[add_to_cart]") -> Path:
    text = f"{HEAD}micro_conversions: {conversions}\ntests:\n{tests}"
    (folder / "plan.yaml").write_text(text, "utf-8")
    from pathlib import Path as Here

    return Here("plan.yaml")


class Shop(BaseHTTPRequestHandler):
    """A running shop: strict, with a redirect and a page that never comes."""

    asked: list[str] = []  # noqa: RUF012 # of the one server of a test
    ends = threading.Event()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path == "/never":
            self.ends.wait(20)
            return
        if self.path == "/old":
            self.send_response(302)
            self.send_header("Location", "/tea")
            self.end_headers()
            return
        is_script = self.path == "/shop.js"
        script = "dataLayer.push({event: 'add_to_cart', ecommerce: {value: 5, currency: 'PLN'}});"
        body = script if is_script else f'{PAGE}<script src="/shop.js"></script>'
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.send_header("Content-Security-Policy", "script-src 'self'; connect-src 'none'")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    Shop.asked.clear()
    Shop.ends.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    Shop.ends.set()
    server.shutdown()
    server.server_close()


def test_a_running_shop(tmp_path: Path, shop: str) -> None:
    """The container gets in however strict the page is, and by way of a redirect."""
    text = f"""  - name: A running shop
    open: {shop}/old
    expect: {{fires: [add_to_cart], google_analytics: [{{event: add_to_cart, parameters: {{value: 5}}}}]}}
"""
    assert said(tried(plan(tmp_path, text))) == "ok    A running shop\n1 scenario, all passed\n"
    assert Shop.asked[:2] == ["/old", "/tea"]


def test_a_page_that_never_loads(tmp_path: Path, shop: str) -> None:
    text = f"  - {{name: Never, open: {shop}/never, expect: {{fires: []}}}}\n{WELL}"
    out = said(tried(plan(tmp_path, text), OPTIONS._replace(timeout=1.5)))
    assert out == (
        "FAIL  Never\n"
        f"      plan.yaml:7:25: open: the page did not load in 1.5 s: {shop}/never\n"
        f"        it waits for {shop}/never\n"
        "ok    The next one\n"
        "2 scenarios, 1 failed\n"
    )


def test_a_shop_that_is_not_there(tmp_path: Path) -> None:
    text = "  - {name: None, open: 'http://127.0.0.1:9/', expect: {fires: []}}\n"
    line = said(tried(plan(tmp_path, text))).splitlines()[1]
    assert line.startswith(
        "      plan.yaml:7:24: open: the page cannot be opened: http://127.0.0.1:9/"
    )


LOOPS = """
  - add_to_cart
  - id: endless
    trigger: {event: turn}
    parameters: {n: {javascript: "function() { while (true) {} }"}}
    meta_pixel: false
"""


def test_a_container_that_loops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scenario ends, whoever ends the loop: the simulator or we; the next one goes on."""
    monkeypatch.setattr(page, "STUCK", 4.0)
    text = f"""  - name: Round and round
    open: tea.html
    steps: [push: {{event: turn}}]
    expect: {{fires: [add_to_cart]}}
{WELL}"""
    out = said(tried(plan(tmp_path, text, LOOPS), OPTIONS._replace(jobs=1)))
    assert out.startswith("FAIL  Round and round\n")
    assert out.endswith("ok    The next one\n2 scenarios, 1 failed\n")


def test_a_page_that_loops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "STUCK", 3.0)
    (tmp_path / "loop.html").write_text(
        f"{PAGE}<button onclick='setTimeout(() => {{ while (true) {{}} }}, 50)'>x</button>", "utf-8"
    )
    text = f"""  - name: Round and round
    open: loop.html
    steps: [click: button, wait: 200 ms]
    expect: {{fires: []}}
{WELL}"""
    out = said(tried(plan(tmp_path, text), OPTIONS._replace(jobs=1)))
    assert "does not come to an end\n" in out
    assert out.endswith("ok    The next one\n2 scenarios, 1 failed\n")


def test_a_browser_that_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started again once; then what is left is not run."""
    deaths = []

    async def dies(step: object, tab: page.Tab, *rest: object, **how: bool) -> None:
        if "dies" in str(step):
            deaths.append(step)
            browser = tab.page.context.browser
            assert browser is not None
            await browser.close()
        await perform(step, tab, *rest, **how)  # type: ignore[arg-type]

    perform = run.perform
    monkeypatch.setattr(run, "perform", dies)
    dead = "  - {{name: {0}, open: tea.html, steps: [wait: '#dies'], expect: {{fires: []}}}}\n"
    text = dead.format("First") + WELL + dead.format("Second") + "  - add_to_cart\n"
    out = said(tried(plan(tmp_path, text), OPTIONS._replace(jobs=1)))
    assert out.splitlines() == [
        "FAIL  First",
        "      plan.yaml:7:49: the browser ended in the middle of 'wait: #dies'",
        "        events: none but those of a page that loads",
        "ok    The next one",
        "FAIL  Second",
        "      plan.yaml:12:50: the browser ended in the middle of 'wait: #dies'",
        "        events: none but those of a page that loads",
        "FAIL  add_to_cart",
        "      plan.yaml:13:5: not run: the browser ended twice",
        "        no event came",
        "4 scenarios, 3 failed",
    ]
    assert len(deaths) == 2


def test_a_tab_that_crashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def crashes(step: object, tab: page.Tab, *rest: object, **how: bool) -> None:
        if "crashes" in str(step):
            with pytest.raises(Exception, match=r"[Cc]rash"):
                await tab.page.goto("chrome://crash")
        await perform(step, tab, *rest, **how)  # type: ignore[arg-type]

    perform = run.perform
    monkeypatch.setattr(run, "perform", crashes)
    text = f"  - {{name: First, open: tea.html, steps: [click: '#crashes'], expect: {{fires: []}}}}\n{WELL}"
    out = said(tried(plan(tmp_path, text), OPTIONS._replace(jobs=1)))
    assert "crash" in out.splitlines()[1].lower()
    assert out.endswith("ok    The next one\n2 scenarios, 1 failed\n")


def test_a_browser_that_does_not_start(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho this is no browser >&2\nexit 1\n", "utf-8")
    program.chmod(0o755)
    done = tried(plan(tmp_path, WELL), OPTIONS._replace(browser=str(program)))
    assert said(done).startswith("tagkit: the browser does not start: ")


def test_one_after_the_other_leaves_nothing(tmp_path: Path) -> None:
    """A tab is used again, and neither storage nor cookies nor the address before is left."""
    (tmp_path / "keeps.html").write_text(
        PAGE
        + """<script>
const marks = [document.cookie, localStorage.length, sessionStorage.length, window.name].join();
document.cookie = 'a=1'; localStorage.a = 1; sessionStorage.a = 1; window.name = 'a';
dataLayer.push({event: marks === ',0,0,' ? 'add_to_cart' : 'marked ' + marks});
</script>""",
        "utf-8",
    )
    one = "  - {{name: '{0}', open: keeps.html, expect: {{fires: [add_to_cart]}}}}\n"
    text = "".join(one.format(number) for number in range(3))
    out = said(tried(plan(tmp_path, text), OPTIONS._replace(jobs=1)))
    assert out.endswith("3 scenarios, all passed\n"), out


def test_the_order_is_that_of_the_plan(tmp_path: Path) -> None:
    slow = "  - {{name: '{0}', open: tea.html, steps: [wait: {1} ms], expect: {{fires: []}}}}\n"
    text = "".join(slow.format(number, 300 * (3 - number)) for number in range(3))
    results = tried(plan(tmp_path, text), OPTIONS._replace(jobs=3)).results
    assert [result.scenario.name for result in results] == ["0", "1", "2"]


def test_what_does_not_close_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(run, "_CLOSE", 0.01)
    assert apart(lambda: asyncio.run(run._within(never()))) is False  # noqa: SLF001
