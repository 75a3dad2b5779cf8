"""A plan whose container GTM does not take: ``build`` says so, and builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit.cli import app

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

HEAD = """tagkit: 1
business: {name: Tea}
google_analytics: {measurement_id: G-1A2B3C4D5E}
"""
IGNORED = "checks: {ignore: {TK450: it is divided by hand}}\n"
BUILT = ("build", "plan.yaml", "-o", "dist", "--only", "gtm")


def plan(*sizes: int) -> str:
    """A plan with a Custom JavaScript variable of each of these sizes."""
    entries = (
        f"""  - id: conversion_{index}
    trigger: {{event: event_{index}}}
    parameters: {{text: {{javascript: "function () {{ return '{index}{"x" * size}'; }}"}}}}
"""
        for index, size in enumerate(sizes)
    )
    return HEAD + "micro_conversions:\n" + "".join(entries)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(folder: Path, text: str, *arguments: str) -> Result:
    (folder / "plan.yaml").write_text(text, "utf-8")
    return CliRunner().invoke(app, list(arguments))


def test_it_is_a_warning_about_the_plan(folder: Path) -> None:
    said = run(folder, plan(300_000, 120_000), *BUILT)
    assert said.exit_code == 0
    assert (folder / "dist" / "gtm-container.json").is_file()
    assert "plan.yaml:1:1: warning[TK450]: the container has about 410 KB" in said.stderr
    assert "leave out conversions" in said.stderr
    assert "the largest: 'TK - CJS - " in said.stderr
    assert "1 warning in plan.yaml" in said.stderr


def test_many_small_ones(folder: Path) -> None:
    said = run(folder, plan(*[2_000] * 250), *BUILT)
    assert "warning[TK450]" in said.stderr
    assert "largest" not in said.stderr


def test_what_is_small_enough_is_not_weighed(folder: Path) -> None:
    assert "TK450" not in run(folder, plan(*[10] * 100), *BUILT).stderr


def test_strict_writes_nothing(folder: Path) -> None:
    assert run(folder, plan(420_000), *BUILT, "--strict").exit_code == 1
    assert not (folder / "dist").exists()


def test_with_what_else_is_found(folder: Path) -> None:
    text = plan(420_000).replace("id: conversion_0", "id: conversion_0\n    once: page")
    text += "macro_conversions: [purchase]\n"
    found = [line for line in run(folder, text, *BUILT).stderr.splitlines() if "[TK" in line]
    assert sum("[TK450]" in line for line in found) == 1
    assert len(found) == len(set(found)) > 1


@pytest.mark.parametrize("arguments", [BUILT, ("validate", "plan.yaml")])
def test_ignored(arguments: tuple[str, ...], folder: Path) -> None:
    said = run(folder, IGNORED + plan(420_000), *arguments)
    assert (said.exit_code, "TK" in said.output) == (0, False)


def test_ignored_on_the_command_line(folder: Path) -> None:
    assert "TK450" not in run(folder, plan(420_000), *BUILT, "--ignore", "TK450").output
