"""How scenarios are run."""

from __future__ import annotations

from typing import NamedTuple


class Options(NamedTuple):
    """How scenarios are run: ``timeout`` and ``slow`` in seconds."""

    browser: str = ""
    jobs: int = 1
    timeout: float = 30.0
    headed: bool = False
    slow: float = 0.0
