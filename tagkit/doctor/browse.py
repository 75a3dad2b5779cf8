"""Open pages in a browser, some at a time, and ask each for its facts.

A visit counts nowhere: hits of GA4, Google Ads and Meta are answered here, whichever host they go
to; their addresses are noted. A file is opened without any network.
"""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as TooLateError
from playwright.async_api import async_playwright

from tagkit.doctor.facts import Page, facts_of
from tagkit.resources import TEMPLATES
from tagkit.scenarios.launch import launch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser, Frame, Request, Response, Route, WebSocketRoute

    from tagkit.doctor.facts import Asked
    from tagkit.doctor.target import Target
    from tagkit.scenarios.options import Options

_HIT = re.compile(
    r"^[^?#]*/(?:[gjr]/collect|ccm/(?:form-data/)?collect|collect|pagead/[^?#]*|td/[^?#]*)(?:[?#]|$)"
    r"|//(?:[\w-]+\.)*facebook\.com/tr(?:[/?#]|$)|//(?:[\w-]+\.)*doubleclick\.net/"
)
"""What Google's and Meta's own scripts send: GA4 also by way of a host of the shop's."""
# A saved page stays: one that goes elsewhere would stop being read, even if nothing came of it.
_STAYS = """if (window.navigation) window.navigation.addEventListener('navigate', (event) => {
  if (!event.destination.sameDocument && event.cancelable) event.preventDefault();
});"""
_AT_A_TIME = 4
_LOOKS = 24
_BETWEEN = 0.25
"""Seconds between two looks; the page is quiet when three in a row see the same."""
_STUCK = 10.0
_MOST_PAGES = 6
"""Addresses that a page may go on to before it is given up."""
_MOST_ERRORS = 20
_ELSEWHERE = (
    "the page goes from one address to the next without end",
    "name the address where a visitor ends up",
)
_ENDLESS = ("the page's JavaScript does not come to an end", None)


def browse(targets: Sequence[Target], asked: Asked, options: Options, *, lax: bool) -> list[Page]:
    """The pages, in order. ``lax``: any certificate will do. Raises NoBrowserError."""
    return asyncio.run(_browse(targets, asked, options, lax=lax))


async def _browse(
    targets: Sequence[Target], asked: Asked, options: Options, *, lax: bool
) -> list[Page]:
    async with async_playwright() as playwright:
        browser = await launch(playwright, options)
        gate = asyncio.Semaphore(_AT_A_TIME)

        async def one(target: Target) -> Page:
            async with gate:
                return await _Visit(target, asked, options.timeout).go(browser, lax=lax)

        try:
            return list(await asyncio.gather(*map(one, targets)))
        finally:
            await _within(browser.close())


async def _within(work: Any) -> None:  # noqa: ANN401
    with suppress(TimeoutError, PlaywrightError):
        await asyncio.wait_for(work, _STUCK)


class _Visit:
    """One page: what it asks for and says while it loads, then its facts."""

    def __init__(self, target: Target, asked: Asked, timeout: float) -> None:
        self._target, self._asked, self._timeout = target, asked, timeout
        self._code = (TEMPLATES / "doctor" / "facts.js").read_text("utf-8")
        self._errors: list[str] = []
        self._requests: list[str] = []
        self._blocked: set[str] = set()
        self._gone_to = 0
        self._main: Response | None = None

    async def go(self, browser: Browser, *, lax: bool) -> Page:
        context = await browser.new_context(ignore_https_errors=lax, service_workers="block")
        try:
            if self._target.is_file:
                await context.add_init_script(_STAYS)
                await context.route("**/*", self._give)
                await context.route_web_socket(re.compile(""), _no_socket)
            else:
                await context.route(_HIT, self._hear)
            return await self._look(await context.new_page())
        except TimeoutError:
            return self._failed(_ENDLESS)
        finally:
            await _within(context.close())

    async def _look(self, page: Any) -> Page:  # noqa: ANN401
        page.on("pageerror", lambda error: self._fails(error.message))
        page.on("framenavigated", self._goes_to)
        page.on("response", self._answers)
        page.on("popup", lambda other: asyncio.ensure_future(_within(other.close())))
        began = time.monotonic()
        try:
            await page.goto(self._target.address, wait_until="commit", timeout=self._timeout * 1000)
        except TooLateError:
            return self._failed((f"no answer in {self._timeout:g} seconds", None))
        except PlaywrightError as error:
            return self._failed(_why(error.message, self._target.address))
        if problem := self._wrong_kind():
            return self._failed(problem)
        unfinished = await self._loads(page, began)
        said = await self._settled(page)
        if said is None:
            return self._failed(_ELSEWHERE)
        at = "" if self._target.is_file or said["url"] == self._target.address else said["url"]
        return Page(
            self._target.name,
            facts_of(said, self._asked, await self._raw()),
            is_file=self._target.is_file,
            status=self._main.status if self._main and not self._target.is_file else 0,
            policy=self._main.headers.get("content-security-policy", "") if self._main else "",
            at=at,
            blocked=len(self._blocked),
            unfinished=unfinished,
            errors=tuple(self._errors),
            requests=tuple(self._requests),
        )

    def _failed(self, problem: tuple[str, str | None]) -> Page:
        status = self._main.status if self._main and not self._target.is_file else 0
        return Page(self._target.name, problem=problem, is_file=self._target.is_file, status=status)

    def _wrong_kind(self) -> tuple[str, str | None] | None:
        if self._target.is_file or self._main is None:
            return None
        kind = self._main.headers.get("content-type", "").partition(";")[0].strip()
        if kind and "html" not in kind:
            return f"what is there is no page: {kind}", "name the address of a page"
        return None

    async def _loads(self, page: Any, began: float) -> bool:  # noqa: ANN401
        """Wait until the page has loaded; whether it has not."""
        left = max(self._timeout - (time.monotonic() - began), 0.1)
        try:
            await page.wait_for_load_state("load", timeout=left * 1000)
        except PlaywrightError:
            return True
        return False

    async def _settled(self, page: Any) -> dict[str, Any] | None:  # noqa: ANN401
        """The facts once three looks in a row saw the same; None when it never stays."""
        last: dict[str, Any] | None = None
        same = 0
        for _ in range(_LOOKS):
            try:
                said = await asyncio.wait_for(
                    page.evaluate(self._code, self._asked.shape()), _STUCK
                )
            except PlaywrightError:  # on its way to another address
                said = None
            if self._gone_to > _MOST_PAGES:
                return None
            same = same + 1 if said is not None and _is_same(said, last) else 0
            last = said or last
            if same == 2:  # noqa: PLR2004
                break
            await asyncio.sleep(_BETWEEN)
        return last

    async def _raw(self) -> str:
        """The text as it came: what scripts put in later is not in it."""
        if self._target.is_file:
            return self._target.text
        try:
            return await asyncio.wait_for(self._main.text(), _STUCK) if self._main else ""
        except (PlaywrightError, TimeoutError, UnicodeDecodeError):
            return ""

    def _fails(self, message: str) -> None:
        if len(self._errors) < _MOST_ERRORS:
            self._errors.append(message.partition("\n")[0])

    def _goes_to(self, frame: Frame) -> None:
        self._gone_to += frame.parent_frame is None

    def _answers(self, response: Response) -> None:
        if _is_page(response.request):
            self._main = response

    async def _hear(self, route: Route, request: Request) -> None:
        """A hit: it goes nowhere."""
        if _is_page(request):  # the very address that was asked for looks like one
            await route.continue_()
            return
        self._requests.append(f"{request.url}\n{request.post_data or ''}")
        with suppress(PlaywrightError):
            await route.fulfill(status=204)

    async def _give(self, route: Route, request: Request) -> None:
        """What a saved page asks for: itself, and files beside it."""
        with suppress(PlaywrightError):
            is_main = _is_page(request)
            if is_main and self._gone_to == 0:
                self._gone_to = 1
                await route.fulfill(
                    status=200, content_type=self._target.content_type, body=self._target.body
                )
            elif is_main:  # it would leave
                await route.fulfill(status=204)
            elif (body := self._target.beside(request.url)) is not None:
                await route.fulfill(status=200, body=body)
            else:
                if _HIT.search(request.url):
                    self._requests.append(request.url)
                elif request.resource_type == "script":
                    self._blocked.add(request.url)
                await route.abort()


def _is_page(request: Request) -> bool:
    """Whether it is for the page itself, not for a frame in it."""
    return request.is_navigation_request() and request.frame.parent_frame is None


def _is_same(said: dict[str, Any], last: dict[str, Any] | None) -> bool:
    keys = ("url", "elements", "css", "globals", "links")
    return last is not None and all(said[key] == last[key] for key in keys)


def _no_socket(socket: WebSocketRoute) -> None:
    """A saved page talks to nobody: a route that connects to nothing."""


def _why(message: str, url: str) -> tuple[str, str | None]:
    """Why a page did not come, in words, and what to do."""
    host = urlsplit(url).netloc.rpartition("@")[2]
    if "ERR_CERT" in message or "SEC_ERROR" in message:
        return (
            f"the certificate of '{host}' is none that a browser trusts",
            "--insecure opens the page all the same",
        )
    for sign, words, hint in _REASONS:
        if sign in message:
            return words.format(host=host), hint
    code = re.search(r"net::(ERR_\w+)", message)
    return f"the page does not open{f': {code[1]}' if code else ''}", None


_REASONS = (
    ("ERR_NAME_NOT_RESOLVED", "there is no host '{host}'", "look at the spelling of the address"),
    ("ERR_CONNECTION_REFUSED", "nothing answers at '{host}'", "is the shop running?"),
    ("ERR_CONNECTION_TIMED_OUT", "'{host}' does not answer", None),
    ("ERR_ADDRESS_UNREACHABLE", "'{host}' cannot be reached", None),
    ("ERR_INTERNET_DISCONNECTED", "there is no network", None),
    ("ERR_TOO_MANY_REDIRECTS", "'{host}' redirects without end", None),
    ("ERR_SSL", "'{host}' does not speak https", "try http:"),
    ("ERR_EMPTY_RESPONSE", "'{host}' closes the connection and says nothing", None),
    ("ERR_CONNECTION_RESET", "'{host}' breaks the connection off", None),
    ("ERR_UNSAFE_PORT", "browsers do not open this port", None),
    ("ERR_INVALID_URL", "this is no address", "write it as https://shop.example/"),
    ("invalid URL", "this is no address", "write it as https://shop.example/"),
    ("Download is starting", "what is there is a download, no page", "name a page"),
    ("ERR_ABORTED", "what is there is a download, or nothing", "name a page"),
    ("ERR_INVALID_AUTH_CREDENTIALS", "'{host}' asks for a name and a password",
     "write them into the address: https://name:password@shop.example/"),
)  # fmt: skip
