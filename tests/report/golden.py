"""What each format makes of the sample, kept in files.

``python -m tests.report.golden`` writes them anew; then read ``git diff``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tagkit.report import github, json, junit, sarif, text
from tests.report.sample import DIAGNOSTICS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent / "golden"

FORMATS: dict[str, Callable[[], str]] = {
    "report.txt": lambda: text.report(DIAGNOSTICS, SOURCES),
    "report.coloured.txt": lambda: text.report(DIAGNOSTICS, SOURCES, colour=True),
    "report.json": lambda: json.report(DIAGNOSTICS, SOURCES),
    "report.github.txt": lambda: github.report(DIAGNOSTICS, SOURCES),
    "report.sarif": lambda: sarif.report(DIAGNOSTICS, SOURCES),
    "report.xml": lambda: junit.report(DIAGNOSTICS, SOURCES),
    "report.strict.xml": lambda: junit.report(DIAGNOSTICS, SOURCES, strict=True),
}


def made(name: str) -> bytes:
    """As the command writes it."""
    return FORMATS[name]().encode(errors="replace")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name in FORMATS:
        (HERE / name).write_bytes(made(name))
