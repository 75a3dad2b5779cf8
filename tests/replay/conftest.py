"""What is compared with the simulator runs in the browser of tests/browser."""

from __future__ import annotations

import pytest

from tests.browser.conftest import chromium, open_page

__all__ = ["chromium", "open_page"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
