"""The GitHub action: it is one, and its steps do what its inputs say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .composite import Action
from .plans import BAD, GOOD, MILD

OTHER = GOOD.replace("G-1A2B3C4D5E", "G-5E4D3C2B1A")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    folder.mkdir()
    for name, text in {"plan": GOOD, "mild": MILD, "bad": BAD, "a b": OTHER, "-x": GOOD}.items():
        (folder / f"{name}.yaml").write_text(text)
    return folder


@pytest.fixture
def action(workspace: Path, tmp_path: Path, program: Path) -> Action:
    """The action with tagkit installed already."""
    temp = tmp_path / "temp"
    temp.mkdir()
    ready = Action(ROOT, workspace, temp)
    ready.outputs["install"] = {"program": str(program)}
    return ready


def validate(action: Action, **given: Any) -> subprocess.CompletedProcess[str]:
    return action.run_step(action.steps[-1], given)


def test_it_is_an_action() -> None:
    check = ["-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml"]
    said = subprocess.run(
        [sys.executable, *check], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout


def test_nothing_a_user_writes_is_a_part_of_a_script(action: Action) -> None:
    assert [step["name"] for step in action.steps if "${{" in step["run"]] == []


def test_from_nothing(checkout: Path, registry: None, workspace: Path, tmp_path: Path) -> None:
    """Installed as on a runner, from the action's own folder."""
    del registry
    temp = tmp_path / "runner temp"
    temp.mkdir()
    action = Action(checkout, workspace, temp)
    good = action.run({"python": sys.executable})
    assert (good.returncode, good.stderr) == (0, "")
    assert "1 file checked, nothing found" in good.stdout
    assert Path(action.outputs["install"]["program"]).parent.parent == temp / "tagkit"
    bad = validate(action, files="bad.yaml")
    assert bad.returncode == 1
    assert "::error file=bad.yaml,line=4,col=21," in bad.stdout
    assert "TK301" in bad.stdout


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({}, 0, "1 file checked, nothing found"),
        ({"files": "bad.yaml"}, 1, "::error "),
        ({"files": "plan.yaml\nbad.yaml\n"}, 1, "TK301"),
        ({"files": "plan.yaml\na b.yaml"}, 0, "2 files checked"),
        ({"files": "[a-p]*.yaml"}, 1, "TK301"),
        ({"files": "-x.yaml"}, 0, "1 file checked"),
        ({"files": "none*.yaml"}, 1, "none*.yaml"),
        ({"files": ""}, 2, ""),
        ({"files": "mild.yaml"}, 0, "TK215"),
        ({"files": "mild.yaml", "strict": True}, 1, "TK215"),
        ({"files": "mild.yaml", "strict": True, "ignore": "TK215"}, 0, "nothing found"),
        ({"files": "mild.yaml", "strict": True, "select": "TK1,TK3"}, 0, "nothing found"),
        ({"files": "bad.yaml", "format": "text"}, 1, "bad.yaml:4:21: error[TK301]"),
        ({"files": "bad.yaml", "format": "tea"}, 2, ""),
    ],
)
def test_inputs(action: Action, given: dict[str, Any], code: int, said: str) -> None:
    done = validate(action, **given)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout


@pytest.mark.parametrize("name", ["files", "select", "ignore", "format", "output", "strict"])
@pytest.mark.parametrize("text", ["$(touch caught)", "`touch caught`", '"; touch caught; "'])
def test_what_a_user_writes_is_not_run(
    action: Action, workspace: Path, name: str, text: str
) -> None:
    validate(action, **{name: text})
    assert not (workspace / "caught").exists()


def test_a_report_goes_to_a_file(action: Action, workspace: Path) -> None:
    done = validate(action, files="bad.yaml", format="sarif", output="tagkit report.sarif")
    assert (done.returncode, done.stdout) == (1, "")
    report = json.loads((workspace / "tagkit report.sarif").read_text("utf-8"))
    assert [result["ruleId"] for result in report["runs"][0]["results"]] == ["TK301"]


def test_an_old_python_is_told(action: Action, tmp_path: Path) -> None:
    old = tmp_path / "old-python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = action.run({"python": str(old)})
    assert (done.returncode, done.stdout.count("::error::tagkit needs Python 3.11")) == (1, 1)
