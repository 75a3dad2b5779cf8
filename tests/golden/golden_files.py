"""What is kept of the program's output: folders of built files, and what is said of bad plans."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

from tagkit.cli import app
from tagkit.platform_pages import PLATFORMS

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
BAD_PLANS = ROOT / "tests" / "plan" / "bad"
RULES = ROOT / "docs" / "rules.md"
DOCUMENTS = ROOT / "docs" / "platforms"


def folder_of(example: Path) -> Path:
    return HERE / example.stem


def build(example: Path, folder: Path) -> None:
    result = CliRunner().invoke(app, ["build", str(example), "-o", str(folder)])
    assert result.exit_code == 0, result.output


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def rules() -> str:
    return CliRunner().invoke(app, ["explain", "--markdown"]).output


@cache
def platform_documents() -> dict[str, str]:
    """docs/platforms: each platform in English and Polish."""
    return {
        f"{platform}{suffix}.md": CliRunner()
        .invoke(app, ["catalog", "--platform", platform, "--language", language, "--markdown"])
        .output
        for platform in PLATFORMS
        for language, suffix in (("en", ""), ("pl", ".pl"))
    }


def regenerate() -> None:
    """Write all of it anew; ``git diff`` then shows what changed."""
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    for example in EXAMPLES:
        folder = folder_of(example)
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
        build(example, folder)
    RULES.write_text(rules(), "utf-8")
    DOCUMENTS.mkdir(exist_ok=True)
    for name, text in platform_documents().items():
        (DOCUMENTS / name).write_text(text, "utf-8")
    os.chdir(BAD_PLANS)
    for plan in sorted(p for p in BAD_PLANS.iterdir() if p.suffix != ".out"):
        said = CliRunner().invoke(app, ["validate", plan.name, "--format", "text"]).output
        plan.with_name(plan.name + ".out").write_text(said, "utf-8")
