"""A tab in which a scenario goes on: it is opened, acted upon, and listened to."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError

from tagkit.scenarios.site import Answer, Site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import BrowserContext, Page, Request, Route

    from tagkit.scenarios.journal import Journal

# Reports leave the page as they come, so that none is lost when it goes; each page load has a name.
_REPORT = """window.__tagkitReport = (kind, value) => {
  window.__tagkitSend(kind, value, String(performance.timeOrigin));
};"""
# What a page knows sooner than Playwright: a navigation that has begun, scripts that are loaded.
_WATCH = """window.__watch = {left: 0, loaded: new WeakSet()};
if (window.navigation) window.navigation.addEventListener('navigate', function (event) {
  if (event.destination.sameDocument) return;
  if (/^https?:/.test(event.destination.url)) window.__watch.left = Date.now();
  // tel: and mailto: open nothing here; while Chromium looks for a program it loses clicks.
  else if (/^(?!about|blob|data)[a-z-]+:/.test(event.destination.url)) event.preventDefault();
});
['load', 'error'].forEach(function (type) {
  document.addEventListener(type, function (event) {
    window.__watch.loaded.add(event.target);
  }, true);
});"""
# A navigation that leads nowhere (a download) is given up after three seconds.
_ACTIVITY = """() => {
  const log = window.__tagkit || {};
  const runtime = log.runtime;
  return {
    pending: (runtime ? runtime.pending : 0)
      + (Date.now() - window.__watch.left < 3000 ? 1 : 0)
      + Array.from(document.querySelectorAll('script[src]')).filter((script) => (
        /^$|javascript|module/.test(script.type) && !window.__watch.loaded.has(script))).length,
    count: [...['events', 'ga4', 'meta'].map((list) => (log[list] || []).length),
            location.href, document.readyState].join(),
    ready: document.readyState === 'complete',
  };
}"""
_GTAG = (
    "window.dataLayer = window.dataLayer || [];"
    "window.gtag = window.gtag || function () { dataLayer.push(arguments); };"
)
# A visitor who chose on an earlier page has chosen on this one; a choice beats the page's default.
_CHOICE = (
    """(() => {
  if (window.top !== window) return;
  let chosen = null;
  try { chosen = JSON.parse(sessionStorage.getItem('__tagkitConsent')); } catch (error) { }
  chosen = chosen || %s;
  if (!chosen) return;
  """
    + _GTAG
    + """
  gtag('consent', 'default', chosen);
  gtag('consent', 'update', chosen);
})();"""
)
TYPES = (
    "ad_storage", "analytics_storage", "ad_user_data", "ad_personalization",
    "functionality_storage", "personalization_storage", "security_storage",
)  # fmt: skip
_PATIENCE = 5.0
"""Seconds that a page may be busy with itself before the next step goes on all the same."""
STUCK = 10.0
"""Seconds without an answer after which a page's JavaScript is taken to run for ever."""


class StuckError(Exception):
    """The page's JavaScript does not come to an end."""


def choice(said: str | Mapping[str, str]) -> dict[str, str] | None:
    """Consent as gtag takes it; None: the page's own."""
    if said == "none":
        return None
    return dict.fromkeys(TYPES, said) if isinstance(said, str) else dict(said)


class Tab:
    """One page, over all its navigations."""

    def __init__(self, context: BrowserContext, site: Site, journal: Journal) -> None:
        self._context = context
        self._site = site
        self.journal = journal
        self._in_flight: set[Request] = set()
        self.page: Page

    async def prepare(self, consent: str | Mapping[str, str]) -> None:
        """Make the tab; nothing is opened yet."""
        await self._context.route("**/*", self._serve)
        await self._context.expose_binding("__tagkitSend", self._hear)
        chosen = _CHOICE % json.dumps(choice(consent))
        await self._context.add_init_script("\n".join((_REPORT, _WATCH, chosen)))
        self.page = await self._context.new_page()
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._answered)
        self.page.on("requestfailed", self._answered)
        self.page.on("pageerror", lambda error: self._script_error(error.message))

    def _asked(self, request: Request) -> None:
        self._in_flight.add(request)

    def _answered(self, request: Request) -> None:
        self._in_flight.discard(request)

    def _hear(self, _source: object, kind: str, value: object, page: str) -> None:
        self.journal.add(kind, value, page)

    def _script_error(self, message: str) -> None:
        first = message.partition("\n")[0]
        self.journal.note(f"a script of the page failed: {first}")

    async def _serve(self, route: Route, request: Request) -> None:
        try:
            answer = self._site.answer(request.url)
            if answer is None:
                await self._pass(route, request)
            else:
                if not self._site.is_ours(request.url):
                    self.journal.note(f"not loaded, since it is elsewhere: {_host(request.url)}")
                await _give(route, answer)
        except PlaywrightError:
            return  # the page is gone

    async def _pass(self, route: Route, request: Request) -> None:
        """Let a request of a running shop through; its pages get the container."""
        if request.resource_type != "document" or request.frame.parent_frame is not None:
            await route.continue_()
            return
        response = await route.fetch(max_redirects=0)
        if "html" not in response.headers.get("content-type", ""):
            await route.fulfill(response=response)
            return
        html = self._site.with_container(await response.text())
        await route.fulfill(response=response, body=html)

    async def open(self, page: str, timeout: float) -> None:
        """Go to a page as a scenario names it, and wait until it is quiet."""
        await self.page.goto(self._site.url(page), wait_until="load", timeout=timeout * 1000)

    async def run(self, code: str, argument: object = None) -> Any:  # noqa: ANN401
        """What JavaScript gives in the page. Raises StuckError when it does not answer."""
        try:
            return await asyncio.wait_for(self.page.evaluate(code, argument), STUCK)
        except TimeoutError as error:
            raise StuckError from error

    async def push(self, message: object) -> None:
        """Push to the data layer."""
        await self.run("(m) => { (window.dataLayer = window.dataLayer || []).push(m); }", message)

    async def consent(self, said: str | Mapping[str, str], update_event: str) -> None:
        """The visitor's choice: gtag's update, and what the shop's banner pushes then."""
        await self.run(
            "(chosen) => { %s sessionStorage.setItem('__tagkitConsent', JSON.stringify(chosen));"  # noqa: UP031
            " gtag('consent', 'update', chosen); }" % _GTAG,
            choice(said),
        )
        if update_event:
            await self.push({"event": update_event})

    async def settle(self) -> None:
        """Wait until nothing is under way and nothing new was seen for a moment."""
        deadline = time.monotonic() + _PATIENCE
        last, quiet = None, 0
        while time.monotonic() < deadline:
            await asyncio.sleep(0.015)
            now = await self._activity()
            idle = now is not None and now["ready"] and not now["pending"]
            quiet = quiet + 1 if idle and now == last and not self._in_flight else 0
            last = now
            if quiet == 2:  # noqa: PLR2004 # twice the same
                return

    async def _activity(self) -> dict[str, Any] | None:
        try:
            return await self.run(_ACTIVITY)  # type: ignore[no-any-return]
        except PlaywrightError:
            return None  # the page is on its way to another address

    @property
    def waits_for(self) -> list[str]:
        """The addresses that have not answered yet."""
        return sorted(request.url for request in self._in_flight)


def _host(url: str) -> str:
    return url.split("/")[2] if url.count("/") >= 2 else url  # noqa: PLR2004


async def _give(route: Route, answer: Answer) -> None:
    await route.fulfill(
        status=answer.status, content_type=answer.content_type, body=answer.body
    )
