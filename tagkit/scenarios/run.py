"""Scenarios -> results: one browser for all, several at a time, in the order they were given."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import async_playwright

from tagkit.scenarios.journal import Journal
from tagkit.scenarios.judge import before_consent, judge
from tagkit.scenarios.launch import launch
from tagkit.scenarios.model import Does, Failure, Result
from tagkit.scenarios.page import StuckError, Tab
from tagkit.scenarios.site import Site
from tagkit.scenarios.steps import StepError, perform
from tagkit.scenarios.trace import events_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from playwright.async_api import Browser, Playwright

    from tagkit.scenarios.model import Scenario, Step, Subject
    from tagkit.scenarios.options import Options

_CLOSE = 5.0
"""Seconds that a browser has to close a page whose JavaScript does not end."""
_STARTS = 2
_LONGEST = 120.0


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
        self._idle: list[tuple[Browser, Tab]] = []
        self._keeps = not options.headed

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
            self._browser = await launch(self._playwright, self._options)
            return self._browser

    async def _try(self, scenario: Scenario, subject: Subject) -> Result:
        started = time.monotonic()
        journal = Journal()
        failures = await self._go(_Trial(scenario, subject, self._options, journal))
        return Result(
            subject.name,
            scenario,
            round((time.monotonic() - started) * 1000),
            tuple(failures),
            journal.all_notes(),
            journal.seen(subject),
        )

    async def _go(self, trial: _Trial) -> list[Failure]:
        """What was otherwise in a scenario, or what kept it from coming to its end."""
        browser = await self._ready()
        if browser is None:
            return [trial.failure("not run: the browser ended twice")]
        tab, is_well = None, False
        try:
            tab = await self._take(browser)
            failures = await asyncio.wait_for(trial.go(tab), trial.limit)
        except (StuckError, TimeoutError):
            message = "the JavaScript of the page or the container does not come to an end"
            return [trial.failure(f"{trial.what}: {message}")]
        except PlaywrightError as error:
            if not browser.is_connected():
                return [trial.failure(f"the browser ended in the middle of {trial.what}")]
            reason = error.message.partition("\n")[0]
            return [trial.failure(f"{trial.what}: {reason}")]
        else:
            is_well = True
            return failures
        finally:
            await self._give_back(tab, browser, is_well=is_well)

    async def _take(self, browser: Browser) -> Tab:
        while self._idle:
            of, tab = self._idle.pop()
            if of is browser:
                return tab
        tab = Tab(await browser.new_context(bypass_csp=True, service_workers="block"))
        await tab.prepare()
        return tab

    async def _give_back(self, tab: Tab | None, browser: Browser, *, is_well: bool) -> None:
        """Keep a tab for the next scenario, or close it.

        A browser that does not manage to is ended, and started anew.
        """
        if tab is None or not browser.is_connected():
            return
        if is_well and self._keeps and await tab.sweep():
            self._idle.append((browser, tab))
        elif not await _within(tab.close()):
            await _within(browser.close())


class _Trial:
    """One scenario."""

    def __init__(
        self, scenario: Scenario, subject: Subject, options: Options, journal: Journal
    ) -> None:
        self._scenario = scenario
        self._subject = subject
        self._options = options
        self._journal = journal
        self._doing: Step = scenario.steps[0]

    async def go(self, tab: Tab) -> list[Failure]:
        """Step by step; what was otherwise."""
        journal, subject = self._journal, self._subject
        tab.begin(Site(self._scenario, subject), journal)
        failures: list[Failure] = []
        since = 0
        for number, step in enumerate(self._scenario.steps):
            journal.step, self._doing = number, step
            if step.expected:
                failures += judge(step.expected, journal, range(since, number), subject)
                since = number
                continue
            try:
                await perform(
                    step, tab, subject, self._options.timeout, with_timers=self._pauses(number)
                )
            except StepError as error:
                return [
                    *failures,
                    Failure(step.place, f"{step.does}: {error.message}", error.trace),
                ]
        return failures + before_consent(journal, self._scenario, subject)

    def _pauses(self, number: int) -> bool:
        """Whether the page's timers end first: before it is judged, and before it is left."""
        following = self._scenario.steps[number + 1 : number + 2]
        return all(step.expected or step.does is Does.NAVIGATE for step in following)

    @property
    def what(self) -> str:
        """What is being done."""
        return f"'{self._doing}'"

    @property
    def limit(self) -> float:
        """Seconds after which a scenario is not waited for: each step has limits of its own."""
        return _LONGEST + self._options.timeout * len(self._scenario.steps)

    def failure(self, message: str) -> Failure:
        """That it did not come to its end."""
        seen = events_of(self._journal, range(self._journal.step + 1))
        return Failure(self._doing.place, message, seen=seen)


async def _within(closing: Awaitable[None]) -> bool:
    try:
        await asyncio.wait_for(closing, _CLOSE)
    except (TimeoutError, PlaywrightError):
        return False
    return True
