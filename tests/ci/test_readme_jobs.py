"""The README's jobs: what GitHub, GitLab and pre-commit take them for, and what they run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from .composite import Action
from .plans import BAD, GOOD

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
JOBS = dict(re.findall(r"```yaml\n# (\.\S+)\n(.*?)```", README, re.DOTALL))
WORKFLOWS = [name for name in JOBS if name.startswith(".github/workflows/")]
PLACEHOLDER = "OWNER/tagkit@REF"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(GOOD)
    return tmp_path


def test_there_are_some() -> None:
    assert {*JOBS} == {*WORKFLOWS, ".gitlab-ci.yml", ".pre-commit-config.yaml"}
    assert len(WORKFLOWS) == 2


@pytest.mark.parametrize(
    ("name", "schema"),
    [*((name, "github-workflows") for name in WORKFLOWS), (".gitlab-ci.yml", "gitlab-ci")],
)
def test_its_form(name: str, schema: str, site: Path) -> None:
    (site / "job.yml").write_text(JOBS[name])
    said = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", "job.yml"],
        cwd=site, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_runs(name: str, site: Path, program: Path) -> None:
    """The step that uses the action, with tagkit installed already."""
    (job,) = yaml.safe_load(JOBS[name])["jobs"].values()
    (given,) = [step["with"] for step in job["steps"] if step["uses"] == PLACEHOLDER]
    action = Action(ROOT, site, program.parent)
    action.outputs["install"] = {"program": str(program)}

    def validate() -> subprocess.CompletedProcess[str]:
        return action.run_step(action.steps[-1], given)

    assert validate().returncode == 0
    (site / "plan.yaml").write_text(BAD)
    bad = validate()
    assert bad.returncode == 1
    said = (site / given["output"]).read_text("utf-8") if "output" in given else bad.stdout
    assert "TK301" in said


def test_what_is_uploaded_is_what_was_written() -> None:
    ((*_, tagkit, upload),) = (
        job["steps"] for job in yaml.safe_load(JOBS[".github/workflows/scan.yml"])["jobs"].values()
    )
    assert upload["with"]["sarif_file"] == tagkit["with"]["output"]


def test_gitlab_runs(site: Path, program: Path) -> None:
    job: dict[str, Any] = yaml.safe_load(JOBS[".gitlab-ci.yml"])["plan"]
    install, check = job["script"]
    assert install == f'pip install "git+https://github.com/{PLACEHOLDER}"'

    def run() -> int:
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        script = ["bash", "-eo", "pipefail", "-c", check]
        return subprocess.run(
            script, cwd=site, env=os.environ | {"PATH": path}, check=False
        ).returncode

    assert run() == 0
    (site / "plan.yaml").write_text(BAD)
    assert run() == 1
    report = ET.parse(site / job["artifacts"]["reports"]["junit"])  # noqa: S314 # our own
    assert [
        case.get("name") for case in report.iter("testcase") if case.find("failure") is not None
    ]
    assert job["artifacts"]["when"] == "always"  # a failing job's report is the one that matters
