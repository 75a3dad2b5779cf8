"""The shops of the platforms are looked at in the browser of tests/browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import chromium
from tests.platforms.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.harness import Tabs

__all__ = ["chromium", "stage"]


@pytest.fixture(scope="session")
def stage(chromium: Tabs) -> Iterator[Stage]:
    stage = Stage(chromium)
    yield stage
    stage.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "stage" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
