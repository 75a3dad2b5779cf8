"""What was built from what, so that a client of whom nothing changed is not built again.

A stamp is believed only where everything it says is seen to be so: the same tagkit (every file of
it), the same options, the bytes of every file that was read, the bytes of every file that was
written. It lies in ``.tagkit/`` of the output folder, which git ignores, and may be deleted.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.batch.across import Destination
from tagkit.diagnostics import Diagnostic, Related, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tagkit.batch.clients import Client
    from tagkit.diagnostics import Rule

FOLDER = ".tagkit"
_MARK = b"\xef\xbb\xbf"


class Stamp(NamedTuple):
    """What a build gave, but for the files themselves."""

    diagnostics: tuple[Diagnostic, ...]
    destinations: tuple[Destination, ...]
    conversions: int
    size: int
    files: tuple[str, ...]
    read: tuple[str, ...]


def path_of(output: Path, client: str) -> Path:
    """Where the stamp of a client lies."""
    return output / FOLDER / f"{client}.json"


def names_in(output: Path) -> set[str]:
    """The clients that have a stamp."""
    return {path.stem for path in (output / FOLDER).glob("*.json")}


def origin_in(path: Path) -> str | None:
    """What the client of a stamp was of."""
    try:
        origin = json.loads(path.read_bytes())["origin"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return origin if isinstance(origin, str) else None


def key_of_run(*options: object) -> str:
    """The same text for the same tagkit with the same options."""
    return _digest([_program(), repr(options), os.environ.get("SOURCE_DATE_EPOCH", "")])


def key_of(run: str, client: Client) -> str:
    """The same text for the same client in the same run, but for what is in files."""
    cells = [(name, cell.written, *cell[4:]) for name, cell in sorted(client.cells.items())]
    plan, table = client.plan.as_posix(), client.file if client.span else ""
    return _digest([run, client.name, plan, table, json.dumps(cells)])


def read(path: Path, key: str, folder: Path, client: Client) -> Stamp | None:
    """The stamp of a client, if all it says is so; None is a client to be built.

    What stood in the client's row of a table, stands where the row is now.
    """
    try:
        said = json.loads(path.read_bytes())
        if said["key"] != key:
            return None
        if any(_of_text(text_of(Path(name))) != seen for name, seen in said["read"].items()):
            return None
        if _of_files(folder, said["files"]) != said["written"]:
            return None
        moved = dict(zip(map(_span, said["places"]), _places(client), strict=True))
        return Stamp(
            tuple(_moved(_diagnostic(d), client.file, moved) for d in said["diagnostics"]),
            tuple(
                Destination(number, _moved(_diagnostic(d), client.file, moved))
                for number, d in said["destinations"]
            ),
            said["conversions"],
            said["size"],
            tuple(said["files"]),
            tuple(said["read"]),
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None  # none there, or somebody's else


def write(  # noqa: PLR0913
    path: Path,
    key: str,
    client: Client,
    made: Stamp,
    read: Mapping[str, str],
    files: Mapping[str, str],
    origin: str,
) -> None:
    """Keep a stamp: of the texts that were read and the files that were written.

    ``origin`` is the folder or the table that the client is of.
    """
    from tagkit.files import write as write_files

    said = {
        "key": key,
        "origin": origin,
        "places": _places(client),
        "read": {name: _of_text(text) for name, text in read.items()},
        "written": _digest(part for name in files for part in (name, files[name])),
        "diagnostics": [_shape(d) for d in made.diagnostics],
        "destinations": [[d.number, _shape(d.finding)] for d in made.destinations],
        "conversions": made.conversions,
        "size": made.size,
        "files": list(made.files),
    }
    write_files({path.name: json.dumps(said)}, path.parent)


def lock_of(output: Path) -> Path:
    """The file whose lock a run holds that writes into a folder."""
    return output / FOLDER / "lock"


def hide(output: Path) -> None:
    """Keep git from the stamps: they are of no use to anybody else."""
    from tagkit.files import write as write_files

    write_files({".gitignore": "*\n"}, output / FOLDER)


def text_of(path: Path) -> str:
    """The text of a file as it was read for the build."""
    return path.read_bytes().removeprefix(_MARK).decode()


def _of_text(text: str) -> str:
    return _digest([text])


def _of_files(folder: Path, names: Iterable[str]) -> str:
    return _digest(part for name in names for part in (name, (folder / name).read_bytes()))


def _digest(parts: Iterable[str | bytes]) -> str:
    """One hash of texts, each with its length, so that no two lists of them are alike."""
    made = hashlib.blake2b(digest_size=20)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(b"%d:" % len(raw))
        made.update(raw)
    return made.hexdigest()


@cache
def _program() -> str:
    """All that decides what is built: tagkit's files, and the Python that runs them."""
    from tagkit.resources import CATALOG, SCHEMAS, TEMPLATES

    homes = (CATALOG.parent, SCHEMAS, TEMPLATES)
    files = {
        file
        for home in homes
        for kind in ("*.py", "*.yaml", "*.json", "*.j2")
        for file in home.rglob(kind)
    }
    parts = (part for file in sorted(files) for part in (file.name, file.read_bytes()))
    return _digest([sys.version, *parts])


def of_folder(folder: Path | None) -> str:
    """The same text for a folder with the same files."""
    if folder is None:
        return ""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return _digest(p for f in files for p in (f.relative_to(folder).as_posix(), f.read_bytes()))


def _shape(d: Diagnostic) -> list[Any]:
    return [d.rule.code, d.severity.value, *d[2:]]


def _places(client: Client) -> list[Span]:
    """Where the client's row of a table has its name, its values, and the names of these."""
    cells = [span for _, cell in sorted(client.cells.items()) for span in (cell.span, cell.head)]
    return [client.span, *cells] if client.span else cells


def _moved(d: Diagnostic, file: str, moved: Mapping[Span | None, Span]) -> Diagnostic:
    """The same; what stood in a row of that file, stands where the row is now."""

    def now(places: Iterable[Related]) -> tuple[Related, ...]:
        return tuple(
            at._replace(span=moved.get(at.span, at.span)) if at.file == file else at
            for at in places
        )

    span = moved.get(d.span, d.span) if d.file == file else d.span
    return d._replace(span=span, related=now(d.related), through=now(d.through))


def _diagnostic(said: list[Any]) -> Diagnostic:
    code, severity, file, span, route, message, hint, related, through, clients = said
    return Diagnostic(
        _rules()[code],
        Severity(severity),
        file,
        _span(span),
        tuple(route),
        message,
        hint,
        tuple(Related(_span(at), word, name) for at, word, name in related),
        tuple(Related(_span(at), word, name) for at, word, name in through),
        clients,
    )


def _span(said: list[int] | None) -> Span | None:
    return None if said is None else Span(*said)


@cache
def _rules() -> dict[str, Rule]:
    from tagkit.manual import every_rule

    return {rule.code: rule for rule in every_rule()}
