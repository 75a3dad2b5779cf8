"""Folders of clients that are no more: built by an earlier run of the same inputs, not by this."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tagkit.batch import stamp
from tagkit.diagnostics import Diagnostic, Rule, Severity
from tagkit.paths import shown_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tagkit.batch.clients import Client

GONE = Rule("TK329", "client-gone", Severity.WARNING, "a folder of a client that is no more")
RULES = (GONE,)


def origin_of(client: Client, output: Path) -> str:
    """What a client is of, as seen from the output folder: its table, or the folder of its plan."""
    return _seen_from(output, Path(client.file) if client.span else client.plan.parent)


def find_gone(
    clients: Iterable[Client], inputs: Sequence[Path], output: Path
) -> Iterator[Diagnostic]:
    """Folders that were built of one of the inputs (folders, a table), but of no client of now."""
    stamps = stamp.names_in(output)
    if not (inputs and stamps):
        return
    names = {client.name for client in clients}
    origins = {_seen_from(output, path): shown_name(path) for path in inputs}
    for name in sorted(stamps - names):
        origin = stamp.origin_in(stamp.path_of(output, name))
        folder = output / name
        if origin not in origins or not folder.is_dir() or _is_one_of(folder, names):
            continue
        message = f"{shown_name(folder)} is of no client of this run"
        hint = "delete it, if the client is gone or has another name now"
        yield Diagnostic(GONE, GONE.severity, origins[origin], None, (), message, hint)


def _is_one_of(folder: Path, names: set[str]) -> bool:
    """Whether it is the folder of a client: its name may differ in case where that is nothing."""
    from tagkit.batch.folders import folded

    same = (name for name in names if folded(name) == folded(folder.name))
    return any(
        (folder.parent / name).exists() and folder.samefile(folder.parent / name) for name in same
    )


def _seen_from(output: Path, path: Path) -> str:
    try:
        seen = os.path.relpath(os.path.realpath(path), os.path.realpath(output))
    except ValueError:  # on another drive
        seen = os.path.realpath(path)
    return seen.replace(os.sep, "/")
