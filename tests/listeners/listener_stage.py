"""Small pages of a shop in a real browser, with listeners on them: what do they push?"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from playwright.sync_api import Browser, Page, Playwright, Route, sync_playwright

from tagkit.listeners import packed_script_of
from tagkit.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[2]
GENERIC = TEMPLATES / "listeners" / "generic"
LISTENERS = tuple(sorted(path.name.removesuffix(".js.j2") for path in GENERIC.glob("*.js.j2")))
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOME = "https://shop.example"
UNDEFINED = "(undefined)"

# The page's clock stands still until a scene moves it; what is pushed survives a change of page.
CLOCK_AND_RECORDER = """(() => {
  let now = Date.now(), count = 0, timers = [];
  const add = (fn, ms, args, every) => {
    timers.push({ id: ++count, at: now + Math.max(0, +ms || 0), fn, args, every });
    return count;
  };
  window.setTimeout = (fn, ms, ...args) => add(fn, ms, args);
  window.setInterval = (fn, ms, ...args) => add(fn, ms, args, Math.max(1, +ms || 0));
  window.clearTimeout = window.clearInterval = (id) => {
    timers = timers.filter((timer) => timer.id !== id);
  };
  Date.now = () => now;
  const breath = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  window.stageAdvance = async (ms) => {
    const end = now + ms;
    for (;;) {
      timers.sort((a, b) => a.at - b.at || a.id - b.id);
      if (!timers.length || timers[0].at > end) { break; }
      const timer = timers.shift();
      now = Math.max(now, timer.at);
      if (timer.every) { timers.push({ ...timer, at: now + timer.every }); }
      try {
        if (typeof timer.fn === 'function') { timer.fn(...timer.args); }
      } catch (e) { reportError(e); }
      await breath();
    }
    now = end;
  };
  let said = [];
  try { said = JSON.parse(sessionStorage.getItem('stage') || '[]'); } catch (e) { return; }
  window.stageClear = () => { said = []; sessionStorage.removeItem('stage'); };
  window.dataLayer = [];
  window.dataLayer.push = function (...messages) {
    for (const message of messages) {
      const text = JSON.stringify(message, (key, x) => x === undefined ? '(undefined)' : x);
      said.push(JSON.parse(text || 'null'));
    }
    sessionStorage.setItem('stage', JSON.stringify(said));
    return Array.prototype.push.apply(this, messages);
  };
})()"""

# A listener anew after each change of the page.
AGAIN = """async ([code, changes]) => {
  const pushes = {};
  for (const change of changes) {
    stageClear();
    dataLayer.length = 0;
    delete window.tagkitListeners;
    (0, eval)(change);
    (0, eval)(code);
    await stageAdvance(8000);
    pushes[change] = JSON.parse(sessionStorage.getItem('stage') || '[]');
  }
  return pushes;
}"""


@cache
def rendered(*names: str) -> str:
    """The script of generic listeners, as it goes into a tag."""
    return packed_script_of(f"generic/{name}" for name in names)


Step = tuple[Any, ...]


@dataclass(slots=True)
class Scene:
    """A page, what the visitor does on it, and what our listeners shall push."""

    name: str
    expect: list[dict[str, Any]]
    body: str = ""
    steps: list[Step] = field(default_factory=list)
    head: str = ""
    title: str = "Shop"
    path: str = "/page"
    status: int = 200
    html: str = ""  # the whole page, instead of head, title and body
    when: str = "early"  # early: in the head; late: after load; twice: both
    wait: int = 8000

    def page(self, listeners: Iterable[str]) -> str:
        """The document, with the listeners in its head unless they come late."""
        script = f"<script>{rendered(*listeners)}</script>"
        script = "<script>stageClear()</script>" + ("" if self.when == "late" else script)
        if self.html:
            return self.html.replace("<head>", f"<head>{script}", 1)
        return (
            f"<!doctype html><html><head><meta charset=utf-8><title>{self.title}</title>"
            f"{self.head}{script}</head><body>{self.body}</body></html>"
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that reached the data layer, and the errors of the page."""

    layer: list[Any]
    errors: list[str]

    @property
    def ours(self) -> list[dict[str, Any]]:
        """What the listeners pushed, in order."""
        return [
            x
            for x in self.layer
            if isinstance(x, dict) and str(x.get("event", "")).startswith("tagkit.")
        ]


class Stage:
    """One browser in a thread of its own, so that other tests may have theirs."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._playwright: Playwright
        self._browser: Browser
        self._page: Page
        self._errors: list[str] = []
        self._scene = Scene("nothing yet", [])
        self._listeners: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        self._thread.submit(self._open).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.submit(self._close).result()
        self._thread.shutdown()

    def _open(self) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        context = self._browser.new_context(locale="pl-PL")
        context.add_init_script(CLOCK_AND_RECORDER)
        self._page = page = context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.route("**/*", lambda route: _serve(route, self._scene, self._listeners))

    def _close(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def play(self, scene: Scene, *listeners: str) -> Outcome:
        """What happens when the scene is played with these listeners."""
        return self._thread.submit(self._play, scene, listeners).result()

    def play_each(self, listener: str, path: str, changes: list[str]) -> dict[str, list[Any]]:
        """What a listener pushes on one page after each of these changes, alone and anew."""
        return self._thread.submit(self._play_each, listener, path, changes).result()

    def _play_each(self, listener: str, path: str, changes: list[str]) -> dict[str, list[Any]]:
        self._play(Scene("each", [], path=path), ())
        return self._page.evaluate(AGAIN, [rendered(listener), changes])

    def play_in_real_time(self, scene: Scene, wait: int, *listeners: str) -> Outcome:
        """As `play`, with the browser's own clock and `wait` ms at the end."""
        return self._thread.submit(self._play_in_real_time, scene, wait, listeners).result()

    def _play_in_real_time(self, scene: Scene, wait: int, listeners: tuple[str, ...]) -> Outcome:
        page, errors = self._browser.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/*", lambda route: _serve(route, scene, listeners))
        page.add_init_script("window.stageClear = () => undefined")
        page.goto(HOME + scene.path)
        for verb, *rest in scene.steps:
            STEPS[verb](page, *rest)
        page.wait_for_timeout(wait)
        layer = page.evaluate("dataLayer")
        page.close()
        return Outcome(layer, errors)

    def _play(self, scene: Scene, listeners: tuple[str, ...]) -> Outcome:
        page, self._scene, self._listeners, self._errors = self._page, scene, listeners, []
        page.goto(HOME + scene.path, wait_until="load")
        if scene.when != "early":
            page.evaluate("(code) => (0, eval)(code)", rendered(*listeners))
        for verb, *rest in scene.steps:
            STEPS[verb](page, *rest)
        if scene.wait:
            page.evaluate("(ms) => stageAdvance(ms)", scene.wait)
        return Outcome(json.loads(page.evaluate("sessionStorage.stage || '[]'")), self._errors)


def _serve(route: Route, scene: Scene, listeners: tuple[str, ...]) -> None:
    url = route.request.url
    if not url.startswith(HOME):
        route.abort()
    elif url == HOME + scene.path and route.request.method == "GET":
        route.fulfill(
            status=scene.status, content_type="text/html; charset=utf-8", body=scene.page(listeners)
        )
    elif "/stay" in url:
        route.fulfill(status=204)
    else:
        route.fulfill(content_type="text/html", body="<!doctype html><title>Next</title>")


STEPS: dict[str, Callable[..., Any]] = {
    "fill": lambda page, css, text: page.fill(css, text),
    "type": lambda page, css, text: page.type(css, text),
    "click": lambda page, css: page.click(css),
    "press": lambda page, css, key: page.press(css, key),
    "js": lambda page, code: page.evaluate("async (code) => { await (0, eval)(code) }", code),
    "wait": lambda page, ms: page.evaluate("(ms) => stageAdvance(ms)", ms),
    "begin": lambda page, ms: page.evaluate("(ms) => { stageAdvance(ms) }", ms),
    "arrive": lambda page, path: page.wait_for_url(f"**{path}*"),
    "leave": lambda page: page.goto(HOME + "/elsewhere"),
}
