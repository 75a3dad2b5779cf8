"""The table of the README: conversion x platform, from what the scenes of the sites prove.

``python -m tests.platforms.table`` writes it into the README; a test compares.
"""

from __future__ import annotations

from pathlib import Path

from tests.platforms.sites import CONVERSIONS, sites

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- platforms: begin -->\n", "<!-- platforms: end -->\n"


def table() -> str:
    """Markdown: a row per conversion, a column per site."""
    columns = sites()
    lines = [
        f"| | {' | '.join(site.name for site in columns)} |",
        f"|---|{'---|' * len(columns)}",
    ]
    for name in CONVERSIONS:
        cells = " | ".join(site.cell(name) for site in columns)
        lines.append(f"| `{name}` | {cells} |")
    return "\n".join(lines) + "\n"


def with_table(readme: str) -> str:
    """The README with the table as it is now."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + table() + END + after


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
