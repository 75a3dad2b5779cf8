"""The cases: a folder each with a plan, a recording and what is said of it.

``python -m tests.replay.cases`` writes all ``expected.out`` anew.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import typer
from typer.testing import CliRunner

from tagkit.cli.replaying import replay

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path.name for path in CASES.iterdir() if path.is_dir())


def said_of(folder: Path, form: str = "text") -> str:
    """What ``test --replay`` prints, and its exit code."""
    (recording,) = folder.glob("recording.*")
    app = typer.Typer()

    @app.command()
    def _run() -> None:
        replay(Path("plan.yaml"), Path(recording.name), form, strict=False)  # type: ignore[arg-type]

    with contextlib.chdir(folder):
        result = CliRunner().invoke(app)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"{result.output}exit code {result.exit_code}\n"


if __name__ == "__main__":
    for name in NAMES:
        (CASES / name / "expected.out").write_text(said_of(CASES / name), "utf-8")
