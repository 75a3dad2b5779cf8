"""Paths of files as people see them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SCENARIOS = ".tests"
"""What the name of a plan has before its suffix for the file of its scenarios: plan.tests.yaml."""
_SUFFIXES = (".yaml", ".yml", ".json")


def shown_name(path: Path) -> str:
    """The path as diagnostics show it: relative where it can be, with forward slashes."""
    return relative(str(path), os.curdir) if path.is_absolute() else path.as_posix()


def relative(path: str, folder: str) -> str:
    """The path from the folder, with forward slashes; the path itself on another drive."""
    if "://" in path:  # a page of the web
        return path
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def scenarios_beside(plan: Path) -> Path | None:
    """The file of a plan's scenarios, if there is one."""
    return None if plan.stem.endswith(SCENARIOS) else _named(plan, plan.stem + SCENARIOS)


def plan_beside(scenarios: Path) -> Path | None:
    """The plan whose scenarios a file holds, if it is there."""
    if not scenarios.stem.endswith(SCENARIOS):
        return None
    return _named(scenarios, scenarios.stem.removesuffix(SCENARIOS))


def _named(path: Path, stem: str) -> Path | None:
    try:
        files = (path.with_name(stem + suffix) for suffix in _SUFFIXES)
        return next((file for file in files if file.is_file()), None)
    except (OSError, ValueError):  # a name too long, or none: what reads the file says so
        return None
