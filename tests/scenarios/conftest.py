"""Scenarios run in the browser that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import chromium  # noqa: F401 # says when there is no browser

HERE = Path(__file__).parent
IN_A_BROWSER = ("test_in_a_browser.py", "test_figures.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.path.name in IN_A_BROWSER:
            item.add_marker(pytest.mark.browser)
