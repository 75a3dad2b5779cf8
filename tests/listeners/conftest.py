"""One browser for the tests of the listeners."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from listener_stage import CHROMIUM, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no browser: {CHROMIUM} is not there")
    with Stage() as stage:
        yield stage
