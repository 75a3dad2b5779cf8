"""Scenarios -> results: one browser for all, several at a time, in the order they were given."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

from tagkit.scenarios.browser import NoBrowserError, choose
from tagkit.scenarios.journal import Journal
from tagkit.scenarios.judge import judge
from tagkit.scenarios.model import Does, Failure, Result
from tagkit.scenarios.page import StuckError, Tab
from tagkit.scenarios.site import Site
from tagkit.scenarios.steps import StepError, perform
from tagkit.scenarios.trace import events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.async_api import Browser, BrowserContext, Playwright

    from tagkit.scenarios.model import Scenario, Step, Subject
    from tagkit.scenarios.options import Options

_CLOSE = 5.0
"""Seconds that a browser has to close a page whose JavaScript does not end."""
_STARTS = 2


Work = tuple["Scenario", "Subject"]


def run(work: Sequence[Work], options: Options) -> list[Result]:
    """The results, in order. Raises NoBrowserError."""
    return asyncio.run(_run(work, options))


async def _run(work: Sequence[Work], options: Options) -> list[Result]:
    async with async_playwright() as playwright:
        crew = _Crew(playwright, options)
        try:
            return await crew.run(work)
        finally:
            await crew.close()


class _Crew:
    """A browser, and who works with it; one that dies is started again once."""

    def __init__(self, playwright: Playwright, options: Options) -> None:
        self._playwright = playwright
        self._options = options
        self._starting = asyncio.Lock()
        self._browser: Browser | None = None
        self._starts = 0

    async def run(self, work: Sequence[Work]) -> list[Result]:
        await self._ready()
        gate = asyncio.Semaphore(max(self._options.jobs, 1))

        async def one(scenario: Scenario, subject: Subject) -> Result:
            async with gate:
                return await self._try(scenario, subject)

        return list(await asyncio.gather(*(one(*item) for item in work)))

    async def close(self) -> None:
        if self._browser is not None:
            await _within(self._browser.close())

    async def _ready(self) -> Browser | None:
        """The browser; None when it died more often than it is started."""
        async with self._starting:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            if self._starts == _STARTS:
                return None
            self._starts += 1
            self._browser = await self._start()
            return self._browser

    async def _start(self) -> Browser:
        families = {
            name: getattr(self._playwright, name) for name in ("chromium", "firefox", "webkit")
        }
        chosen = choose(self._options.browser, lambda family: families[family].executable_path)
        try:
            return await families[chosen.family].launch(  # type: ignore[no-any-return]
                headless=not self._options.headed,
                slow_mo=self._options.slow * 1000,
                **chosen.options,
            )
        except PlaywrightError as error:
            lines = [line.strip() for line in error.message.splitlines() if line.strip()]
            message = f"the browser does not start: {lines[-1] if lines else 'no reason is given'}"
            raise NoBrowserError(message) from None

    async def _try(self, scenario: Scenario, subject: Subject) -> Result:
        browser = await self._ready()
        if browser is None:
            failure = Failure(scenario.place, "not run: the browser ended twice")
            return Result(subject.name, scenario, 0, (failure,))
        started = time.monotonic()
        trial = _Trial(scenario, subject, self._options)
        failures = await trial.go(browser)
        spent = round((time.monotonic() - started) * 1000)
        return Result(subject.name, scenario, spent, tuple(failures), tuple(trial.journal.notes))


class _Trial:
    """One scenario in a profile of its own."""

    def __init__(self, scenario: Scenario, subject: Subject, options: Options) -> None:
        self.journal = Journal()
        self._scenario = scenario
        self._subject = subject
        self._options = options
        self._done: Step = scenario.steps[0]

    async def go(self, browser: Browser) -> list[Failure]:
        context = None
        try:
            context = await browser.new_context(bypass_csp=True, service_workers="block")
            return await self._steps(context)
        except StuckError:
            message = f"{self._what()}: the JavaScript of the page or the container does not end"
            return [self._failure(message)]
        except PlaywrightError as error:
            if not browser.is_connected():
                return [self._failure(f"the browser ended in the middle of {self._what()}")]
            reason = error.message.partition("\n")[0]
            return [self._failure(f"{self._what()}: {reason}")]
        finally:
            if context is not None and browser.is_connected():
                await _leave(context, browser)

    async def _steps(self, context: BrowserContext) -> list[Failure]:
        tab = Tab(context, Site(self._scenario, self._subject), self.journal)
        await tab.prepare(self._scenario.consent)
        failures: list[Failure] = []
        since = 0
        for number, step in enumerate(self._scenario.steps):
            self.journal.step, self._done = number, step
            if step.does is Does.EXPECT and step.expected:
                window = range(since, number)
                failures += judge(step.expected, self.journal, window, self._subject)
                since = number
                continue
            try:
                await perform(step, tab, self._subject, self._options.timeout)
            except StepError as error:
                said = Failure(step.place, f"{step.does}: {error.message}", error.trace)
                return [*failures, said]
        return failures

    def _what(self) -> str:
        return f"'{self._done}'"

    def _failure(self, message: str) -> Failure:
        seen = events_of(self.journal, range(self.journal.step + 1))
        return Failure(self._done.place, message, seen)


async def _leave(context: BrowserContext, browser: Browser) -> None:
    """Close a profile; a browser that does not manage to is ended, and started anew."""
    if not await _within(context.close()):
        await _within(browser.close())


async def _within(closing: object) -> bool:
    try:
        await asyncio.wait_for(closing, _CLOSE)  # type: ignore[arg-type]
    except (TimeoutError, PlaywrightError):
        return False
    return True
