"""``tagkit test PLAN --replay FILE``, as it is called."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from tagkit.cli import app
from tests.replay.cases import CASES

SHOP = CASES / "tea_shop"
PLAN, RECORDING = str(SHOP / "plan.yaml"), str(SHOP / "recording.jsonl")


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["test", *arguments])
    return result.exit_code, result.output


def test_a_recording_is_judged_without_a_browser() -> None:
    code = (
        "import sys; sys.modules['playwright'] = None\n"
        f"from tagkit.cli import app; app(['test', {PLAN!r}, '--replay', {RECORDING!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 1
    assert b"8 conversions fired" in done.stdout
    assert done.stderr == b""


def test_only_what_is_asked_for_is_said() -> None:
    code, said = run(PLAN, "--replay", RECORDING, "--select", "TK570")
    assert "TK560" not in said
    assert "TK570" in said
    assert code == 1  # a line that is no JSON cannot be ignored
    left_over = CASES / "left_over"
    said = str(left_over / "recording.jsonl")
    ignored = ["--ignore", "TK560", "--strict"]
    assert run(str(left_over / "plan.yaml"), "--replay", said, *ignored)[0] == 0


def test_strict_makes_warnings_fail() -> None:
    case = CASES / "before_consent"
    asked = [str(case / "plan.yaml"), "--replay", str(case / "recording.har")]
    assert run(*asked)[0] == 0
    assert run(*asked, "--strict")[0] == 1


def test_json_is_one_document() -> None:
    said = json.loads(run(PLAN, "--replay", RECORDING, "--format", "json")[1])
    assert {"version", "replay", "diagnostics"} == said.keys()


@pytest.mark.parametrize(
    "more",
    [["--container", "x.json"], ["--scenarios", "x.yaml"], [PLAN], ["-k", "tea"]],
)
def test_what_does_not_go_with_it(more: list[str]) -> None:
    code, said = run(PLAN, *more, "--replay", RECORDING)
    assert code == 2
    assert "--replay takes one plan, and no scenarios" in said


def test_what_goes_with_it_only() -> None:
    code, said = run(PLAN, "--strict")
    assert code == 2
    assert "go with --replay" in said


def test_the_plan_is_the_one_here(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    assert "plan.yaml: error[TK001]" in run("--replay", RECORDING)[1]
