"""Opens shop pages in Chromium, with a container in place of Google's, or without one.

Every request is answered here: the shop's pages, the container, a stand-in for Meta's library.
Nothing leaves the machine. Hits are kept when the page navigates away.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tagkit.scenarios.browser import choose
from tagkit.simulator import pixel, simulator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Error,
        Playwright,
        Request,
        Route,
    )
    from playwright.sync_api import Page as BrowserPage

SHOP = "https://shop.example/"
META_HOSTS = ("connect.facebook.net", "www.facebook.com", "facebook.com")
GOOGLE_HOSTS = (
    "www.googletagmanager.com",
    "www.google-analytics.com",
    "region1.google-analytics.com",
)
SNIPPET = """<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),
event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;
j.src='https://www.googletagmanager.com/gtm.js?id='+i;f.parentNode.insertBefore(j,f);
})(window,document,'script','dataLayer',%s);</script>"""
BLOCKING_SNIPPET = """<script>window.dataLayer=window.dataLayer||[];
dataLayer.push({'gtm.start':new Date().getTime(),event:'gtm.js'});</script>
<script src="https://www.googletagmanager.com/gtm.js"></script>"""
GTAG = (
    "window.dataLayer = window.dataLayer || [];"
    "window.gtag = window.gtag || function () { dataLayer.push(arguments); };"
)
# What a page knows sooner than Playwright: a navigation that has begun, scripts that are loaded.
WATCH = """window.__watch = {left: 0, loaded: new WeakSet()};
window.navigation.addEventListener('navigate', function (event) {
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
ACTIVITY = """() => ({
  pending: (window.__tagkit && window.__tagkit.runtime ? window.__tagkit.runtime.pending : 0)
    + (Date.now() - window.__watch.left < 3000 ? 1 : 0)
    + Array.from(document.querySelectorAll('script[src]')).filter((script) => (
      /^$|javascript|module/.test(script.type) && !window.__watch.loaded.has(script))).length,
  count: [window.__tagkit && ['events', 'ga4', 'meta'].map((list) => (window.__tagkit[list] || []).length),
          location.href, document.readyState].join(),
  ready: document.readyState === 'complete',
})"""
TINY_GIF = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)


def launch(playwright: Playwright) -> Browser:
    """A running headless Chromium: the system's, else Playwright's own."""
    chosen = choose("", lambda _: playwright.chromium.executable_path)
    return playwright.chromium.launch(**chosen.options)


def gtag(*arguments: object) -> str:
    """JavaScript that pushes a gtag command, as an `arguments` object."""
    return f"{GTAG} gtag({', '.join(json.dumps(argument) for argument in arguments)});"


def consent_default(settings: Mapping[str, object]) -> str:
    """A script for the head, above the container."""
    return f"<script>{gtag('consent', 'default', settings)}</script>"


@dataclass
class Answer:
    """What the shop's server says to one URL. A ``bare`` page has nothing of ours in its head."""

    html: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    bare: bool = False


@dataclass
class Site:
    """The pages of the shop, and what stands in each head."""

    container: dict[str, Any] | None
    html: str
    url: str
    status: int
    headers: dict[str, str]
    head: str
    blocking: bool
    options: dict[str, object]
    routes: Mapping[str, str | Answer]
    before_fbevents: Callable[[], None] | None = None

    def answer(self, url: str, method: str = "GET") -> Answer:
        """The page at `url`; all addresses of the shop without a route show the same page."""
        path = urlsplit(url).path
        given = self.routes.get(url, self.routes.get(path))
        if method != "GET":
            given = self.routes.get(f"{method} {path}", given)
        if isinstance(given, Answer):
            answer = given
        else:
            is_first = url == self.url.split("#")[0]
            answer = Answer(
                self.html if given is None else given,
                status=self.status if is_first else 200,
                headers=self.headers,
            )
        if answer.bare or not answer.content_type.startswith("text/html"):
            return answer
        return Answer(self.page(answer.html), answer.status, answer.headers, answer.content_type)

    def page(self, html: str) -> str:
        head = self.head + self.snippet()
        if "<head>" in html:
            return html.replace("<head>", f"<head>{head}", 1)
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>'
            f"{head}</head><body>{html}</body></html>"
        )

    def snippet(self) -> str:
        if self.container is None:
            return ""
        if self.blocking:
            return BLOCKING_SNIPPET
        inner = self.container["containerVersion"].get("container", {})
        return SNIPPET % json.dumps(inner.get("publicId", "GTM-XXXXXXX"))

    def script(self) -> str:
        """What stands in for Google's gtm.js."""
        options = json.dumps(self.options)
        return f"{simulator()}\nTagkitSimulator.start({json.dumps(self.container)}, {options});"


class Tab:
    """A browser tab with a profile of its own; whoever opens a page in it hears what it asks.

    A new tab costs more than most tests, so it is swept and used again.
    """

    def __init__(self, browser: Browser, scripts: Sequence[str] = (), **options: Any) -> None:
        self.owner: Page | None = None
        self.reusable = not options
        self.context: BrowserContext = browser.new_context(**options)
        self.context.route("**/*", self._serve)
        self.context.expose_binding("__tagkitReport", self._report)
        for script in (WATCH, *scripts):
            self.context.add_init_script(script)
        self.page: BrowserPage = self.context.new_page()
        for event in ("console", "pageerror", "request", "requestfinished", "requestfailed"):
            self.page.on(event, self._hear(event))

    def _hear(self, event: str) -> Callable[[Any], None]:
        def tell(subject: object) -> None:
            if self.owner:
                getattr(self.owner, f"on_{event}")(subject)

        return tell

    def _report(self, _source: object, kind: str, value: object) -> None:
        if self.owner:
            self.owner.records.setdefault(kind, []).append(value)

    def _serve(self, route: Route, request: Request) -> None:
        if self.owner:
            self.owner.serve(route, request)
        else:
            route.abort()

    def sweep(self) -> bool:
        """Nothing of the last page is left; False when that cannot be promised."""
        from playwright.sync_api import Error as PlaywrightError

        self.owner = None
        try:
            for extra in self.context.pages[1:]:
                extra.close()
            self.page.evaluate("sessionStorage.clear(); localStorage.clear(); window.name = '';")
            self.context.clear_cookies()
            self.page.goto("about:blank")
        except PlaywrightError:
            return False
        return self.reusable


class Tabs:
    """The tabs of a browser; `scripts` run first in each of their pages."""

    def __init__(self, browser: Browser, *scripts: str) -> None:
        self.browser = browser
        self.scripts = scripts
        self.idle: list[Tab] = []

    def take(self, **options: Any) -> Tab:
        if self.idle and not options:
            return self.idle.pop()
        return Tab(self.browser, self.scripts, **options)

    def give_back(self, tab: Tab) -> None:
        if tab.sweep():
            self.idle.append(tab)
        else:
            tab.context.close()


class Page:
    """An open page of the shop and what was seen of it so far, over all its navigations."""

    def __init__(self, tabs: Tabs, site: Site, **options: Any) -> None:
        self.site = site
        self.records: dict[str, list[Any]] = {}
        self.urls: list[str] = []
        self.warnings: list[str] = []
        self._problems: list[str] = []
        self._in_flight: set[Request] = set()
        self.closed = False
        self._tabs = tabs
        self._tab = tabs.take(**options)
        self._tab.owner = self
        self.context: BrowserContext = self._tab.context
        self.page: BrowserPage = self._tab.page

    # ------------------------------------------------------------------ actions

    def goto(self, url: str) -> Page:
        """Go to a page of the shop and wait until it is quiet."""
        self.page.goto(url, wait_until="load")
        return self.settle()

    def push(self, *messages: object) -> Page:
        """Push objects to the data layer, then wait until it is quiet."""
        for message in messages:
            self.js(f"(window.dataLayer = window.dataLayer || []).push({json.dumps(message)})")
        return self.settle()

    def consent(self, action: str, settings: Mapping[str, object]) -> Page:
        """gtag('consent', 'default' | 'update', settings)."""
        self.js(gtag("consent", action, settings))
        return self.settle()

    def gtag(self, *arguments: object) -> Page:
        """A gtag command of the page."""
        self.js(gtag(*arguments))
        return self.settle()

    def click(self, selector: str, **options: Any) -> Page:
        """A real click in the middle of the element."""
        self.page.click(selector, **options)
        return self.settle()

    def scroll_to(self, y: int) -> Page:
        """Scroll there and let the browser draw, which is when it tells what is in view."""
        self.page.evaluate(
            "y => { scrollTo(0, y); return new Promise((done) => requestAnimationFrame("
            "() => requestAnimationFrame(() => setTimeout(done, 0)))); }",
            y,
        )
        return self.settle()

    def wait_for(self, expression: str) -> Page:
        """Wait until an expression is true in the page."""
        self.page.wait_for_function(expression)
        return self

    def js(self, code: str) -> Any:
        """The value of an expression, or None of statements, run in the page."""
        return self.page.evaluate(f"() => {{ return window.eval({json.dumps(code)}); }}")

    def settle(self, timeout: float = 30.0) -> Page:
        """Wait until nothing is under way and nothing new was seen for a moment."""
        deadline = time.monotonic() + timeout
        last, quiet = None, 0
        while time.monotonic() < deadline:
            self.page.wait_for_timeout(15)
            now = self._activity()
            idle = now is not None and now["ready"] and not now["pending"]
            quiet = quiet + 1 if idle and now == last and not self._in_flight else 0
            last = now
            if quiet == 2:
                return self
        waiting = [request.url for request in self._in_flight]
        message = f"the page did not come to rest in {timeout} s: {last}, waits for {waiting}"
        raise TimeoutError(message)

    def close(self) -> None:
        """The page must not be used any more."""
        self.closed = True
        self._tabs.give_back(self._tab)

    # ------------------------------------------------------------------ what was seen

    def ga4(self, *, page_views: bool = False, event: str | None = None) -> list[dict[str, Any]]:
        """The hits to GA4 so far."""
        hits = self._seen("ga4")
        return [
            hit
            for hit in hits
            if (page_views or hit["event"] != "page_view") and event in (None, hit["event"])
        ]

    def ga4_events(self, *, page_views: bool = False) -> list[str]:
        """Their names."""
        return [hit["event"] for hit in self.ga4(page_views=page_views)]

    def meta(self, *, page_views: bool = False, event: str | None = None) -> list[dict[str, Any]]:
        """The hits to Meta so far."""
        hits = self._seen("meta")
        return [
            hit
            for hit in hits
            if (page_views or hit.get("event") != "PageView") and event in (None, hit.get("event"))
        ]

    def meta_events(self, *, page_views: bool = False) -> list[str]:
        """Their names."""
        return [hit["event"] for hit in self.meta(page_views=page_views)]

    def requests(self, *hosts: str) -> list[str]:
        """The URLs asked from Meta's hosts, or from the hosts given."""
        self._flush()
        wanted = hosts or META_HOSTS
        return [url for url in self.urls if urlsplit(url).hostname in wanted]

    def errors(self) -> list[str]:
        """Console errors, uncaught errors, and what the runtime complains about."""
        runtime = [
            f"{error['kind']}: {error['name']}: {error['message']}"
            for error in self._seen("errors")
        ]
        return self._problems + runtime

    def events(self) -> list[dict[str, Any]]:
        """The event log of the page that is open now."""
        log = self.page.evaluate("() => (window.__tagkit && window.__tagkit.events) || []")
        assert isinstance(log, list)
        return log

    def event_names(self) -> list[str]:
        """In the order they were processed."""
        return [event["name"] for event in self.events()]

    def event(self, name: str) -> dict[str, Any]:
        """The last event of that name."""
        return [event for event in self.events() if event["name"] == name][-1]

    def fired(self, event: str | None = None) -> list[str]:
        """Names of the tags that ran, in their order, for all events or the last of a name."""
        events = self.events() if event is None else [self.event(event)]
        return [
            tag["name"]
            for entry in events
            for tag in entry["tags"]
            if tag["status"] in ("fired", "would fire")
        ]

    def status(self, tag: str, event: str) -> str | None:
        """What became of a tag in the last event of that name; None when it was not due."""
        entries = [entry for entry in self.event(event)["tags"] if entry["name"] == tag]
        return entries[-1]["status"] if entries else None

    def records_of(self, kind: str) -> list[Any]:
        """googleTags, images, gtag or uncovered, as the runtime kept them."""
        return self._seen(kind)

    # ------------------------------------------------------------------ inside

    def _seen(self, kind: str) -> list[Any]:
        self._flush()
        return list(self.records.get(kind, ()))

    def _flush(self) -> None:
        """One round trip: reports of the page that are still on their way arrive before it."""
        for _ in range(50):
            if self._activity() is not None:
                return
            self.page.wait_for_timeout(20)

    def _activity(self) -> dict[str, Any] | None:
        from playwright.sync_api import Error as PlaywrightError

        try:
            return self.page.evaluate(ACTIVITY)  # type: ignore[no-any-return]
        except PlaywrightError:
            return None  # the page is on its way to another address

    def on_request(self, request: Request) -> None:
        self._in_flight.add(request)

    def on_requestfinished(self, request: Request) -> None:
        self._in_flight.discard(request)

    on_requestfailed = on_requestfinished

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type == "warning":
            self.warnings.append(message.text)
        if message.type == "error" and not self._is_expected(message):
            self._problems.append(f"console: {message.text}")

    def _is_expected(self, message: ConsoleMessage) -> bool:
        """A page that shall be a 404 is no error."""
        return self.site.status >= 400 and message.location.get("url") == self.site.url

    def on_pageerror(self, error: Error) -> None:
        self._problems.append(f"uncaught: {error.message}")

    def serve(self, route: Route, request: Request) -> None:
        url = request.url
        self.urls.append(url)
        host = urlsplit(url).hostname or ""
        if url.startswith(SHOP) or url in self.site.routes:
            answer = self.site.answer(url, request.method)
            route.fulfill(
                status=answer.status,
                headers={"content-type": answer.content_type, **answer.headers},
                body=answer.html,
            )
        elif host == "www.googletagmanager.com" and urlsplit(url).path == "/gtm.js":
            route.fulfill(content_type="text/javascript; charset=utf-8", body=self.site.script())
        elif url.startswith("https://connect.facebook.net/en_US/fbevents.js"):
            route.fulfill(content_type="text/javascript; charset=utf-8", body=pixel())
        elif host in META_HOSTS or host in GOOGLE_HOSTS:
            route.fulfill(content_type="image/gif", body=TINY_GIF)
        else:
            route.fulfill(status=204)


def open_page(  # noqa: PLR0913
    tabs: Tabs,
    container: dict[str, Any] | None,
    html: str = "<h1>Shop</h1>",
    url: str = f"{SHOP}path?x",
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    head_before_gtm: str = "",
    routes: Mapping[str, str | Answer] | None = None,
    cookies: Mapping[str, str] | None = None,
    blocking: bool = False,
    options: Mapping[str, object] | None = None,
    settle: bool = True,
    **profile: Any,
) -> Page:
    """Open a shop page with the container, or with none.

    `html` is the body, or a whole page with a `<head>`. `head_before_gtm` stands in every head
    above the container. `routes` maps a path or URL to another page. With `blocking` the
    container runs before the body is parsed; else it loads as Google's snippet loads it.
    `options` go to the runtime, `profile` to the browser's new_context (viewport, locale …).
    """
    site = Site(
        container=container,
        html=html,
        url=url,
        status=status,
        headers=dict(headers or {}),
        head=head_before_gtm,
        blocking=blocking,
        options=dict(options or {}),
        routes={} if routes is None else routes,
    )
    page = Page(tabs, site, **profile)
    if cookies:
        page.context.add_cookies(
            [{"name": name, "value": value, "url": SHOP} for name, value in cookies.items()]
        )
    page.page.goto(url, wait_until="load")
    return page.settle() if settle else page
