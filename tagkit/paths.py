"""Paths of files as people see them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def shown_name(path: Path) -> str:
    """The path as diagnostics show it: relative where it can be, with forward slashes."""
    return relative(str(path), os.curdir) if path.is_absolute() else path.as_posix()


def relative(path: str, folder: str) -> str:
    """The path from the folder, with forward slashes; the path itself on another drive."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
