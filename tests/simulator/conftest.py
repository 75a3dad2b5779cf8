"""The browser of tests/browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import chromium, open_page

__all__ = ["chromium", "open_page"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
