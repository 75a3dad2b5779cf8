"""Scenarios run in the browser that is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tagkit.scenarios.browser import chromium_path

HERE = Path(__file__).parent
IN_A_BROWSER = ("test_in_a_browser.py", "test_trouble.py", "test_docs.py", "test_formats.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and item.path.name in IN_A_BROWSER:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """On a developer's machine the tests are left out; CI must have a browser."""
    path = chromium_path()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium")
    return path
