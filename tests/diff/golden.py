"""Pairs of plans and containers, and what is said of them. ``python -m tests.diff.golden`` keeps
what is said now; read ``git diff`` then.
"""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from tagkit.cli import app

HERE = Path(__file__).parent / "pairs"
PAIRS = sorted(path for path in HERE.iterdir() if path.is_dir())
FORMATS = {"text": "said.txt", "markdown": "said.md", "json": "said.json"}


def sides(pair: Path) -> list[str]:
    return [next(pair.glob(f"{side}.*")).relative_to(HERE).as_posix() for side in ("old", "new")]


def said(pair: Path, form: str) -> tuple[int, str]:
    """The exit code and the output; to be run in ``HERE``."""
    result = CliRunner().invoke(app, ["diff", *sides(pair), "--format", form])
    return result.exit_code, result.stdout


if __name__ == "__main__":
    import os

    os.chdir(HERE)
    for pair in PAIRS:
        for form, name in FORMATS.items():
            (pair / name).write_text(said(pair, form)[1], "utf-8")
