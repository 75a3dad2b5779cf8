"""Plays a scene in Chromium: the shop's pages, our container in the simulator, a visitor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser import harness
from tests.browser.harness import SHOP

if TYPE_CHECKING:
    from tests.platforms.sites import Json, Scene

CLOCK = Path(__file__).with_name("clock.js").read_text(encoding="utf-8")
BETWEEN, END = 1500, 8000  # ms of the page's clock, after a step and after the last


class Stage:
    """Scenes are played one after the other, each on pages of its own."""

    def __init__(self, tabs: harness.Tabs) -> None:
        self._tabs = harness.Tabs(tabs.browser, CLOCK)

    def play(self, scene: Scene, **options: Any) -> harness.Page:
        """The open page after the last step; its caller closes it."""
        page = harness.open_page(
            self._tabs,
            scene.site.container,
            url=SHOP + scene.open.removeprefix("/"),
            routes=_Routes(scene.site.routes),
            **options,
        )
        for step in scene.steps:
            _advance(page, BETWEEN)
            ((kind, value),) = step.items()
            _act(page, kind, value)
            page.settle()
        return _advance(page, END)

    def close(self) -> None:
        for tab in self._tabs.idle:
            tab.context.close()


class _Routes(dict[str, harness.Answer]):
    """An address that the shop does not have is a 404 without a page."""

    def get(self, url: str, default: Any = None) -> Any:
        if url in self or " " in url:
            return super().get(url, default)
        if url.startswith("/"):
            return harness.Answer("", 404, content_type="text/plain")
        return default


def _act(page: harness.Page, kind: str, value: Any) -> None:
    match kind:
        case "click":
            page.page.click(value, timeout=5000)
        case "fill":
            _fill(page, value)
        case "submit":
            page.page.eval_on_selector(value, "(form) => form.requestSubmit()")
        case "wait":
            number, unit = value.split()
            _advance(page, float(number) * (1 if unit == "ms" else 1000))
        case "navigate":
            page.page.goto(SHOP + value.removeprefix("/"), wait_until="load")
        case "reload":
            page.page.reload(wait_until="load")
        case "push":
            page.push(value)
        case "js":
            page.js(value)
        case _:
            message = f"no such step: {kind}"
            raise ValueError(message)


def _fill(page: harness.Page, values: Json) -> None:
    for css, text in values.items():
        element = page.page.locator(css).first
        if isinstance(text, bool):
            element.set_checked(text)
        elif element.evaluate("(field) => field.tagName") == "SELECT":
            element.select_option(str(text))
        else:
            element.fill(str(text), timeout=5000)


def _advance(page: harness.Page, ms: float) -> harness.Page:
    """Let the page's clock run, and what it starts come to rest; a page may be left on the way."""
    from playwright.sync_api import Error as PlaywrightError

    page.settle()
    try:
        page.page.evaluate("(ms) => window.__advance(ms)", ms)
    except PlaywrightError:
        page.settle()
        page.page.evaluate("(ms) => window.__advance(ms)", ms)
    return page.settle()
