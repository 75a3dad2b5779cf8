"""The plan that `tagkit init` writes begins with a scenario for each of its conversions."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tagkit import cli
from tagkit.diagnostics import Findings
from tagkit.source import load
from tagkit.starter import CONVERSIONS
from tests.run_tagkit import run_tagkit
from tests.shop.playing import VISITORS

if TYPE_CHECKING:
    from pathlib import Path

IDS = {"ga4": ["--measurement-id", "G-1A2B3C4D5E"], "meta": ["--pixel-id", "1234567890123456"]}
KNOWN: list[tuple[str, ...]] = [(), ("ga4",), ("meta",), ("ga4", "meta")]


def _id(value: object) -> str:
    return value if isinstance(value, str) else "+".join(value) or "none"  # type: ignore[arg-type]


each = pytest.mark.parametrize(("language", "known"), list(product(["en", "pl"], KNOWN)), ids=_id)


def tagkit(*arguments: object) -> Any:
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def written(folder: Path, language: str, known: tuple[str, ...]) -> Path:
    plan = folder / "plan.yaml"
    options = [option for name in known for option in IDS[name]]
    assert tagkit("init", plan, "--language", language, *options).exit_code == 0
    return plan


@each
def test_a_scenario_for_each(language: str, known: tuple[str, ...], tmp_path: Path) -> None:
    plan = written(tmp_path, language, known)
    data: Any = load(plan.read_text("utf-8"), "plan.yaml", Findings()).data
    listed = [*data["macro_conversions"], *data["micro_conversions"], *data["anti_conversions"]]
    assert listed == list(CONVERSIONS)
    assert [said for said in data["tests"] if isinstance(said, str)] == listed
    for name in listed:
        assert f"- {name:<18} # {VISITORS[name]['name'][language]}\n" in plan.read_text("utf-8")
    result = tagkit("validate", plan, *(["--strict"] if known else []))
    assert (result.exit_code, result.stdout.count("warning")) == (0, 0 if known else 2)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "known"), [("en", ("ga4", "meta")), ("pl", ("meta",)), ("pl", ())], ids=_id
)
def test_they_pass(language: str, known: tuple[str, ...], tmp_path: Path) -> None:
    done = run_tagkit("test", str(written(tmp_path, language, known)), cwd=tmp_path)
    assert (done.returncode, "all passed" in done.stdout) == (0, True), done.stdout + done.stderr
