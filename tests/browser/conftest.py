"""One Chromium for all tests of this folder; each page has its own profile."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

import pytest

from tagkit.scenarios.browser import NoBrowserError

from . import harness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


HERE = Path(__file__).parent


class OpenPage(Protocol):
    """harness.open_page without its first argument."""

    def __call__(
        self,
        container: dict[str, Any] | None,
        html: str = ...,
        url: str = ...,
        **options: Any,
    ) -> harness.Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


class _Shared:
    """One browser for all folders that import the fixture: Playwright starts once a process."""

    users = 0
    tabs: harness.Tabs | None = None
    stop: Callable[[], None]


@pytest.fixture(scope="session")
def chromium() -> Iterator[harness.Tabs]:
    if _Shared.tabs is None:
        _start()
    assert _Shared.tabs
    _Shared.users += 1
    yield _Shared.tabs
    _Shared.users -= 1
    if not _Shared.users:
        _Shared.tabs.browser.close()
        _Shared.tabs = None
        _Shared.stop()


def _start() -> None:
    try:
        from playwright.sync_api import sync_playwright

        manager = sync_playwright().start()
    except ImportError:
        _unavailable("Playwright is not installed")
    try:
        _Shared.tabs = harness.Tabs(harness.launch(manager))
    except NoBrowserError as error:
        manager.stop()
        _unavailable(str(error))
    _Shared.stop = manager.stop


def _unavailable(reason: str) -> NoReturn:
    """On a developer's machine the tests are left out; CI must have a browser."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def open_page(chromium: harness.Tabs) -> Iterator[OpenPage]:
    pages: list[harness.Page] = []

    def open_one(*arguments: Any, **options: Any) -> harness.Page:
        page = harness.open_page(chromium, *arguments, **options)
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        if not page.closed:
            page.close()
