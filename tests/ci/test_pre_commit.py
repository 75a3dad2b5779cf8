"""The hook, run by pre-commit itself, with the configuration that the README shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .plans import BAD, GOOD

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONFIG = ".pre-commit-config.yaml"


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    ours = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    nobody = {
        f"GIT_{who}_{what}": "tea@tea.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    variables |= nobody | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        command, cwd=cwd, env=ours | variables, capture_output=True, text=True, check=False
    )


def commit(folder: Path) -> str:
    """All files of a folder as a commit; its name."""
    for arguments in ("init -q", "add -A", "commit -q -m tea", "rev-parse HEAD"):
        done = run("git", *arguments.split(), cwd=folder)
        assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_manifest_is_one(tmp_path: Path) -> None:
    done = run(
        sys.executable, "-m", "pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml",
        cwd=ROOT, PRE_COMMIT_HOME=str(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_hook(checkout: Path, registry: None, tmp_path: Path) -> None:
    del registry
    reference = commit(checkout)
    site = tmp_path / "site"
    site.mkdir()
    (block,) = re.findall(rf"```yaml\n# {CONFIG}\n(.*?)```", README, re.DOTALL)
    config = block.replace("https://github.com/OWNER/tagkit", str(checkout)).replace(
        "REF", reference
    )
    (site / CONFIG).write_text(config)
    (site / "plan.yaml").write_text(GOOD)
    (site / "compose.yaml").write_text("services: {}\n")
    (site / "tags").mkdir()
    commit(site)

    def hook() -> subprocess.CompletedProcess[str]:
        run("git", "add", "-A", cwd=site)
        return run(
            sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never",
            cwd=site, PRE_COMMIT_HOME=str(tmp_path / "home"),
        )  # fmt: skip

    good = hook()
    assert good.returncode == 0, good.stdout + good.stderr
    assert re.search(r"tagkit validate\.+Passed", good.stdout)
    (site / "tags" / "shop.plan.yml").write_text(BAD)
    bad = hook()
    assert bad.returncode == 1
    assert re.search(r"tagkit validate\.+Failed", bad.stdout)
    assert "tags/shop.plan.yml:4:21: error[TK301]: no conversion 'add_to_kart'" in bad.stdout
    assert "compose.yaml" not in bad.stdout


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("plan.yaml", True),
        ("shop/plan.yml", True),
        ("shop.plan.yaml", True),
        ("tagkit.yaml", True),
        ("exports/GTM-ABC123_workspace7.json", True),
        ("compose.yaml", False),
        ("floorplan.yaml", False),
        ("plans/shop.yaml", False),
        ("plan.json", False),
        ("package.json", False),
        ("gtm-container.json", False),
    ],
)
def test_files(name: str, taken: bool) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert bool(re.search(hook["files"], name)) == taken
