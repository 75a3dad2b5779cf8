"""What CI starts from: the files of tagkit as they are now, and a registry for pip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parent.parent.parent
FILES = (
    "tagkit schemas templates pyproject.toml README.md LICENSE action.yml .pre-commit-hooks.yaml"
)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is checked out, changes that are not committed included."""
    folder = tmp_path_factory.mktemp("checkout") / "tagkit"
    folder.mkdir()
    for name in FILES.split():
        if (ROOT / name).is_dir():
            hidden = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=hidden)
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """pip can fetch what tagkit needs; without that a test is left out, but not in CI."""
    tried = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--retries", "0", "--dest", tmp_path_factory.mktemp("downloads"), "hatchling"),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if tried.returncode:
        _unavailable(f"pip reaches no registry: {tried.stderr.strip()[-300:]}")


def _unavailable(reason: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command ``tagkit`` of this Python, alone in a folder."""
    command = tmp_path_factory.mktemp("bin") / "tagkit"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m tagkit "$@"\n')
    command.chmod(0o755)
    return command
