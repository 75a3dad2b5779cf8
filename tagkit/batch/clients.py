"""Folders, files and tables -> the clients of a run, in order."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from tagkit.paths import SCENARIOS
from tagkit.textfile import CONTAINER_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tagkit.diagnostics import Span
    from tagkit.source import Json

SUFFIXES = (".yaml", ".yml", ".json")
_EXTENDS = re.compile(r"^extends[ \t]*:.*(?:\r?\n(?:[ \t#-].*)?)*", re.MULTILINE)


class Cell(NamedTuple):
    """A value of a table: as data, as written, its place and that of the variable's name.

    ``is_text``: it comes from a CSV, where all is text. ``with_comma``: semicolons part its cells,
    as spreadsheets have it where numbers have a decimal comma.
    """

    data: Json
    written: str
    span: Span
    head: Span
    is_text: bool = False
    with_comma: bool = False


class Client(NamedTuple):
    """Whom to build: the name of the folder, the plan, and the values of its variables.

    ``file`` and ``span`` are where the client is named: the row of a table, else the plan.
    """

    name: str
    plan: Path
    cells: Mapping[str, Cell]
    file: str
    span: Span | None = None


def is_batch(paths: Sequence[Path]) -> bool:
    """Whether the paths are many plans by their form: more than one, or a folder."""
    return len(paths) > 1 or any(map(is_folder, paths))


def plans_in(paths: Sequence[Path], *, containers: bool = False) -> list[Path]:
    """The plans that are named and those in named folders, each once, without bases.

    A base is what begins with ``_``, and what another plan in the named folders extends; of plans
    that extend each other in a circle, none is. What is named itself is taken, whatever it is.
    ``containers``: the exports in the folders, too.
    """
    taken: dict[str, Path] = {}
    extends: dict[str, list[str]] = {}
    named = {_absolute(path) for path in paths if not is_folder(path)}
    for path in paths:
        if not is_folder(path):
            taken.setdefault(_absolute(path), path)
            continue
        for file in _documents(path):
            raw = _read(file)
            named_here = extends.setdefault(_real(file), [])
            named_here += (_real(_absolute(file.parent / base)) for base in _extended(file, raw))
            if not file.name.startswith("_") and _is_wanted(file, raw, containers=containers):
                taken.setdefault(_absolute(file), file)
    bases = _below_others(extends)
    return [path for at, path in taken.items() if at in named or _real(path) not in bases]


def _below_others(extends: Mapping[str, list[str]]) -> set[str]:
    """What is extended by a file that nothing extends, or by way of others."""
    extended = {base for bases in extends.values() for base in bases}
    waiting = [base for at, bases in extends.items() if at not in extended for base in bases]
    below: set[str] = set()
    while waiting:
        base = waiting.pop()
        if base not in below:
            below.add(base)
            waiting += extends.get(base, [])
    return below


def is_folder(path: Path) -> bool:
    """Whether it is one; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, say: what reads it says so
        return False


def _absolute(path: Path) -> str:
    return os.path.normpath(path.absolute())


def _real(path: Path | str) -> str:
    """Equal for all names of one file, by way of links, too."""
    return os.path.realpath(path)


def _documents(folder: Path) -> Iterator[Path]:
    """The files of a folder that may be plans, by name; folders in it are not entered."""
    try:
        held = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:  # no permission: as if nothing were in it
        return
    for path in held:
        hidden = path.name[0] == "." or path.stem.endswith(SCENARIOS)
        if path.suffix.lower() in SUFFIXES and not hidden and _is_file(path):
            yield path


def _is_file(path: Path) -> bool:
    """Whether it is one, or a link to nothing: that it cannot be read is said when it is built."""
    return path.is_file() or (path.is_symlink() and not path.exists())


def _read(path: Path) -> bytes:
    """What is in a file; nothing when it cannot be read, which is said when it is built."""
    try:
        with path.open("rb") as file:
            return file.read(CONTAINER_LIMIT)
    except OSError:
        return b""


def _is_wanted(path: Path, raw: bytes, *, containers: bool) -> bool:
    """Whether a JSON file may be meant: folders also hold package.json and the like."""
    if path.suffix.lower() != ".json":
        return True
    from tagkit.documents import is_container, may_be_plan

    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return True
    return may_be_plan(data) or (containers and is_container(data))


def _extended(path: Path, raw: bytes) -> list[str]:
    """The bases that a plan names: mostly read from the few lines that name them."""
    if b"extends" not in raw:
        return []
    try:
        text = raw.decode("utf-8-sig")
        if path.suffix.lower() == ".json":
            return _bases_in(json.loads(text)) or []
        found = _EXTENDS.search(text)
        bases = _bases_in(yaml.safe_load(found[0])) if found else None
    except yaml.YAMLError:
        bases = None
    except (ValueError, RecursionError):
        return []
    return (_bases_in(_whole(path, text)) or []) if bases is None else bases


def _whole(path: Path, text: str) -> Json:
    from tagkit.diagnostics import Findings
    from tagkit.documents import load_document

    return load_document(path, text, Findings()).data


def _bases_in(data: Json) -> list[str] | None:
    """The bases that a document names; None where it is not seen to name any."""
    said = data.get("extends") if isinstance(data, dict) else None
    bases = said if isinstance(said, list) else [said]
    named = [base for base in bases if isinstance(base, str)]
    return [base for base in named if "\0" not in base] if len(named) == len(bases) else None
