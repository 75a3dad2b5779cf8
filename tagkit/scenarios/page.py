"""A tab in which a scenario goes on: it is opened, acted upon, and listened to."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as TooLateError

from tagkit.rendering import js
from tagkit.scenarios.journal import Journal
from tagkit.scenarios.site import GTAG, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import BrowserContext, Dialog, Frame, Page, Request, Route

    from tagkit.scenarios.site import Site

# Reports leave the page as they come, so that none is lost when it goes; each page load has a name.
# As text: Playwright looks at each value of a structure several times (a third of all work).
# What is told from pagehide on gets lost: the next page of that origin tells it.
_REPORT = """{
  const key = '__tagkitLate';
  let leaves = false;
  const keep = (report) => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(key) || '[]');
      sessionStorage.setItem(key, JSON.stringify([...kept, report]));
      return true;
    } catch (error) {
      return false; // a page without storage
    }
  };
  window.__tagkitReport = (kind, value) => {
    const report = [kind, JSON.stringify(value), String(performance.timeOrigin)];
    if (!leaves || !keep(report)) window.__tagkitSend(...report);
  };
  addEventListener('pagehide', () => { leaves = true; }, true);
  addEventListener('pageshow', () => { leaves = false; }, true);
  try {
    const late = JSON.parse(sessionStorage.getItem(key) || '[]');
    sessionStorage.removeItem(key);
    late.forEach((report) => window.__tagkitSend(...report));
  } catch (error) { /* a page without storage */ }
}"""
# What a page knows sooner than Playwright: a navigation that has begun, scripts that are loaded,
# and timers that soon end, with what they start: a second push is often one of a timer.
_WATCH = """window.__watch = {
  left: 0, loaded: new WeakSet(), timers: new Set(), setTimeout: setTimeout.bind(window),
};
{
  const {timers, setTimeout: native} = window.__watch;
  const clear = clearTimeout.bind(window);
  let depth = 0; // a timer that starts itself again is not waited for
  window.setTimeout = (action, delay, ...rest) => {
    if (typeof action !== 'function' || delay > 1000 || depth > 1) {
      return native(action, delay, ...rest);
    }
    const own = depth + 1;
    const id = native((...given) => {
      const before = depth;
      depth = own;
      try {
        action.apply(window, given);
      } finally {
        depth = before;
        timers.delete(id);
      }
    }, delay, ...rest);
    timers.add(id);
    return id;
  };
  window.clearTimeout = (id) => {
    timers.delete(Number(id));
    clear(id);
  };
}
if (window.navigation) window.navigation.addEventListener('navigate', function (event) {
  if (event.destination.sameDocument || event.downloadRequest !== null) return;
  if (/^https?:/.test(event.destination.url)) window.__watch.left = Date.now();
  // tel: and mailto: open nothing here; while Chromium looks for a program it loses clicks.
  else if (/^(?!about|blob|data)[a-z-]+:/.test(event.destination.url)) event.preventDefault();
});
['load', 'error'].forEach(function (type) {
  document.addEventListener(type, function (event) {
    window.__watch.loaded.add(event.target);
  }, true);
});"""
# Waits until nothing is under way and nothing new was seen for a moment; a second at most. A
# navigation that leads nowhere is given up after three seconds, a download at once.
_QUIET = """async ([stays, withTimers]) => {
  const watch = window.__watch;
  if (stays) watch.left = 0;
  const look = () => {
    const log = window.__tagkit || {};
    const busy = (log.runtime ? log.runtime.pending : 0)
      + (withTimers ? watch.timers.size : 0)
      + (Date.now() - watch.left < 3000 ? 1 : 0) + (document.readyState === 'complete' ? 0 : 1)
      + Array.from(document.querySelectorAll('script[src]')).filter((script) => (
        /^$|javascript|module/.test(script.type) && !watch.loaded.has(script))).length;
    const lists = ['events', 'ga4', 'meta'].map((list) => (log[list] || []).length);
    return busy ? '' : [...lists, location.href].join();
  };
  let last = '';
  for (let number = 0, same = 0; number < 60; number += 1) {
    const now = look();
    same = now && now === last ? same + 1 : 0;
    if (same === 2) return true;
    last = now;
    await new Promise((done) => watch.setTimeout(done, 15));
  }
  return false;
}"""
# nothing of a scenario stays for the next one
_SWEEP = """async () => {
  sessionStorage.clear(); localStorage.clear(); window.name = '';
  for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
  for (const name of await caches.keys()) await caches.delete(name);
}"""
_NOWHERE = Answer(b"", "text/plain", 404)
_PATIENCE = 5.0
"""Seconds that a page may be busy with itself before the next step goes on all the same."""
_TIMERS = 2.0
"""Seconds in which timers of a page are waited for: it may set new ones for ever."""
STUCK = 10.0
"""Seconds without an answer after which a page's JavaScript is taken to run for ever."""


class StuckError(Exception):
    """The page's JavaScript does not come to an end."""


class Tab:
    """A tab of the browser with a profile of its own; one scenario after another goes on in it.

    A new one costs more than most scenarios take, so it is swept and used again.
    """

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._in_flight: set[Request] = set()
        self._origins: set[str] = set()
        self.page: Page
        self.site: Site | None = None
        self.journal = Journal()
        self._stays = False
        self.limit = 30.0
        """Seconds that a page may take to load."""
        self.pages = 0
        """How many pages were gone to since the scenario began."""

    async def prepare(self) -> None:
        """Make the tab; nothing is opened yet."""
        await self._context.route("**/*", self._serve)
        await self._context.expose_binding("__tagkitSend", self._hear)
        await self._context.add_init_script(f"{_REPORT}\n{_WATCH}")
        self.page = await self._context.new_page()
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._answered)
        self.page.on("requestfailed", self._answered)
        self.page.on("pageerror", lambda error: self._script_error(error.message))
        self.page.on("framenavigated", self._gone_to)
        self.page.on("download", self._downloads)
        self._context.on("dialog", self._asks)

    def begin(self, site: Site, journal: Journal) -> None:
        """From now on, this scenario."""
        self.site, self.journal, self.pages = site, journal, 0
        self._origins.clear()
        self._in_flight.clear()

    async def sweep(self) -> bool:
        """Whether nothing of the last scenario is left, which cannot always be promised."""
        site, self.site = self.site, None
        if site is None or site.is_running or len(self._origins) != 1:
            return False
        try:
            for other in self._context.pages[1:]:
                await other.close()
            await asyncio.wait_for(self.page.evaluate(_SWEEP), STUCK)
            await self._context.clear_cookies()
            await self.page.goto("about:blank")
        except (PlaywrightError, TimeoutError):
            return False
        return True

    async def close(self) -> None:
        """End it."""
        await self._context.close()

    def _asked(self, request: Request) -> None:
        self._in_flight.add(request)

    def _answered(self, request: Request) -> None:
        self._in_flight.discard(request)

    def _downloads(self, _download: object) -> None:
        self._stays = True

    async def _asks(self, dialog: Dialog) -> None:
        """Nobody is there to answer; who writes the scenario is to know what was."""
        if dialog.type in ("confirm", "prompt"):
            self.journal.note(f"the page asked '{dialog.message}', and the answer was no")
        with suppress(PlaywrightError):  # the page is gone
            await (dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())

    def _gone_to(self, frame: Frame) -> None:
        if frame is self.page.main_frame and frame.url.startswith("http"):
            self.pages += 1
            self._origins.add("/".join(frame.url.split("/")[:3]))

    def _hear(self, _source: object, kind: str, value: str, page: str) -> None:
        self.journal.add(kind, json.loads(value), page)

    def _script_error(self, message: str) -> None:
        first = message.partition("\n")[0]
        self.journal.note(f"a script of the page failed: {first}")

    async def _serve(self, route: Route, request: Request) -> None:
        try:
            is_page = not _is_frame(request)
            answer = self.site.answer(request.url, is_page=is_page) if self.site else _NOWHERE
            if answer is None:
                await self._pass(route, request)
            else:
                if answer.is_elsewhere:
                    self.journal.note(f"not loaded, since it is elsewhere: {_host(request.url)}")
                await _give(route, answer)
        except PlaywrightError:
            return  # the page is gone

    async def _pass(self, route: Route, request: Request) -> None:
        """Let a request of a running shop through; its pages get the container."""
        if request.resource_type != "document" or _is_frame(request):
            await route.continue_()
            return
        try:
            response = await route.fetch(max_redirects=0, timeout=self.limit * 1000)
        except TooLateError:
            await route.abort("timedout")
            return
        except PlaywrightError as error:
            await route.abort(_code_of(error.message))
            return
        if 300 <= response.status < 400 and "location" in response.headers:  # noqa: PLR2004
            # Playwright does not ask about what a redirect leads to, so that it is gone to anew
            to = js(urljoin(request.url, response.headers["location"]))
            script = f"<script>location.replace({to});</script>"
            await route.fulfill(status=200, content_type="text/html", body=script)
            return
        if "html" not in response.headers.get("content-type", ""):
            await route.fulfill(response=response)
            return
        text = await response.text()
        html = self.site.with_container(text) if self.site else text
        await route.fulfill(response=response, body=html)

    async def run(self, code: str, argument: object = None, page: Page | None = None) -> Any:  # noqa: ANN401
        """What JavaScript gives in the page. Raises StuckError when it does not answer."""
        try:
            return await asyncio.wait_for((page or self.page).evaluate(code, argument), STUCK)
        except TimeoutError as error:
            raise StuckError from error

    async def push(self, message: object) -> None:
        """Push to the data layer."""
        await self.run("(m) => { (window.dataLayer = window.dataLayer || []).push(m); }", message)

    async def consent(self, chosen: Mapping[str, str], update_event: str) -> None:
        """The visitor's choice: gtag's update, and what the shop's banner pushes then."""
        await self.run(f"(chosen) => {{ {GTAG} gtag('consent', 'update', chosen); }}", chosen)
        if update_event:
            await self.push({"event": update_event})

    async def settle(self, *, with_timers: bool = True) -> None:
        """Wait until nothing is under way and nothing new was seen for a moment."""
        patience = _TIMERS if with_timers else 0
        started = time.monotonic()
        while (taken := time.monotonic() - started) < _PATIENCE:
            pages = [page for page in self._context.pages if page is not self.page]
            quiet = [await self._is_quiet(page, taken < patience) for page in (self.page, *pages)]
            if all(quiet) and not self._in_flight:
                return
            await asyncio.sleep(0.015)

    async def _is_quiet(self, page: Page, with_timers: bool) -> bool:  # noqa: FBT001
        stays, self._stays = self._stays, False
        try:
            return bool(await self.run(_QUIET, [stays, with_timers], page))
        except PlaywrightError:
            return page.is_closed()  # else it is on its way to another address

    @property
    def waits_for(self) -> list[str]:
        """The addresses that have not answered yet."""
        return sorted(request.url for request in self._in_flight)


def _is_frame(request: Request) -> bool:
    """Whether it is for a frame in a page, which has GTM only when its own text says so."""
    return request.is_navigation_request() and request.frame.parent_frame is not None


def _code_of(message: str) -> str:
    """Why a host gave nothing, as the browser would have said it."""
    reasons = {"ENOTFOUND": "namenotresolved", "ECONNREFUSED": "connectionrefused"}
    return next((reasons[sign] for sign in reasons if sign in message), "failed")


def _host(url: str) -> str:
    return url.split("/")[2] if url.count("/") >= 2 else url  # noqa: PLR2004


async def _give(route: Route, answer: Answer) -> None:
    await route.fulfill(status=answer.status, content_type=answer.content_type, body=answer.body)
