"""The one place that writes: files whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Files = dict[str, str]
"""Texts by their path below the output folder, with forward slashes."""

_STAGED = ".tagkit-tmp"
_PIECE = 1 << 16
_OLD = 3600  # seconds after which nobody writes any more what is not yet in its place


class CannotWriteError(Exception):
    """The output folder does not take the files; nothing was changed."""


class Change(StrEnum):
    """What writing does to a file."""

    CREATE = "create"
    UPDATE = "update"
    REMOVE = "remove"
    UNCHANGED = "unchanged"


class Changed(NamedTuple):
    """One file below the output folder."""

    change: Change
    path: Path


def changes(files: Mapping[str, str], folder: Path, stale: Iterable[str] = ()) -> list[Changed]:
    """What ``write`` would do, in the order of the files. ``stale`` are files of an earlier run."""
    said = []
    for name, text in files.items():
        path = folder / PurePosixPath(name)
        try:
            same = _holds(path, text)
            said.append(Changed(Change.UNCHANGED if same else Change.UPDATE, path))
        except FileNotFoundError:
            said.append(Changed(Change.CREATE, path))
        except OSError as error:
            raise CannotWriteError(_reason(error, path)) from error
    gone = [folder / PurePosixPath(name) for name in sorted(set(stale) - files.keys())]
    return said + [Changed(Change.REMOVE, path) for path in gone if path.is_file()]


def write(files: Mapping[str, str], folder: Path, stale: Iterable[str] = ()) -> list[Changed]:
    """Write what differs, and remove what is stale; give what was done.

    Every text is first written beside its place and only then moved there, so that a full disk
    or a refused folder leaves all as it was. Raises CannotWriteError.
    """
    said = changes(files, folder, stale)
    texts = dict(zip((c.path for c in said), files.values(), strict=False))
    todo = [c.path for c in said if c.change in (Change.CREATE, Change.UPDATE)]
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for path in todo:
            _make_folder(path.parent, made)
            beside = path.with_name(f"{path.name}.{os.getpid()}{_STAGED}")
            staged.append((beside, path))
            with beside.open("wb") as file:
                file.write(texts[path].encode())
        for beside, path in staged:
            beside.replace(path)
        for changed in said:
            if changed.change is Change.REMOVE:
                changed.path.unlink(missing_ok=True)
    except OSError as error:
        for beside, _ in staged:
            with contextlib.suppress(OSError):
                beside.unlink()
        for parent in reversed(made):
            with contextlib.suppress(OSError):  # something is in it
                parent.rmdir()
        raise CannotWriteError(_reason(error, folder)) from error
    for parent in {path.parent for path in todo}:
        remove([path for path in parent.glob(f"*{_STAGED}") if _is_old(path)])
    return said


def remove(paths: Iterable[Path]) -> None:
    """Remove files that nobody needs; those that stay do no harm."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _OLD
    except OSError:
        return False


def _holds(path: Path, text: str) -> bool:
    """Whether a file is just that. Piece by piece: a container may be large."""
    with path.open("rb") as file:
        content = text.encode()
        pieces = (content[at : at + _PIECE] for at in range(0, len(content), _PIECE))
        return all(file.read(_PIECE) == piece for piece in pieces) and not file.read(1)


def leftovers(folder: Path) -> list[Path]:
    """What a build that was killed left beside the files of a folder, or another is writing."""
    return sorted(folder.rglob(f"*{_STAGED}")) if folder.is_dir() else []


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        made.append(path)


def _reason(error: OSError, path: Path) -> str:
    where = str(error.filename or path).replace(f".{os.getpid()}{_STAGED}", "")
    return f"cannot write {where}: {(error.strerror or str(error)).lower()}"
