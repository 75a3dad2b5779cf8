"""A composite action's steps, run as GitHub's runner does: scripts in bash, values as variables."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from pathlib import Path

EXPRESSION = re.compile(r"\$\{\{ (?:inputs\.(\w+)|steps\.(\w+)\.outputs\.(\w+)) \}\}")
OURS = ("PYTHONPATH", "VIRTUAL_ENV")


class Action:
    """An action, and where it runs."""

    def __init__(self, folder: Path, workspace: Path, temp: Path) -> None:
        self._folder, self._workspace, self._temp = folder, workspace, temp
        self.definition: dict[str, Any] = yaml.safe_load((folder / "action.yml").read_text("utf-8"))
        self.outputs: dict[str, dict[str, str]] = {}

    @property
    def steps(self) -> list[dict[str, Any]]:
        steps: list[dict[str, Any]] = self.definition["runs"]["steps"]
        return steps

    def run(self, given: dict[str, Any] | None = None) -> subprocess.CompletedProcess[str]:
        """Its steps, up to the first that fails; what the last one said."""
        for step in self.steps:
            done = self.run_step(step, given or {})
            if done.returncode:
                break
        return done

    def run_step(
        self, step: dict[str, Any], given: dict[str, Any]
    ) -> subprocess.CompletedProcess[str]:
        """One step, with inputs as a workflow gives them: all of them text."""
        values = {name: about["default"] for name, about in self.definition["inputs"].items()}
        assert given.keys() <= values.keys()
        values |= {k: str(v).lower() if isinstance(v, bool) else v for k, v in given.items()}

        def value(found: re.Match[str]) -> str:
            name, step_id, output = found.groups()
            return values[name] if name else self.outputs[step_id][output]

        script, said = self._temp / "script.sh", self._temp / "output"
        script.write_text(step["run"], "utf-8")
        said.write_text("")
        environment = {name: text for name, text in os.environ.items() if name not in OURS} | {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(self._folder),
            "GITHUB_OUTPUT": str(said),
            "GITHUB_WORKSPACE": str(self._workspace),
            "RUNNER_TEMP": str(self._temp),
        }
        environment |= {k: EXPRESSION.sub(value, text) for k, text in step["env"].items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self._workspace, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        pairs = (line.split("=", 1) for line in said.read_text().splitlines())
        self.outputs[step.get("id", "")] = dict(pairs)
        return done
