"""Pages are opened in the browser that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.conftest import chromium

__all__ = ["chromium"]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
