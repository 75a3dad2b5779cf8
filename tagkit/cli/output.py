"""How commands print and end."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn, TextIO

import typer

from tagkit import __version__
from tagkit.exit_codes import FAILURE, USAGE

if TYPE_CHECKING:
    from tagkit.pipeline import Compared
    from tagkit.report.report import Report

Form = Literal["text", "json", "github", "sarif", "junit"]
Format = Literal["auto", "text", "json", "github", "sarif", "junit"]
DiffFormat = Literal["auto", "text", "markdown", "json"]
FOR_PEOPLE = ("text", "github")  # the others are documents: nothing else may be in them


def write_text(text: str, output: str) -> None:
    """Write a file, or to standard output where that is asked for by ``-``."""
    if output == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    else:
        write_files({Path(output).name: text}, Path(output).parent)


def write_files(files: dict[str, str], folder: Path) -> None:
    """Write them, or stop with the reason."""
    from tagkit.files import CannotWriteError, write

    try:
        write(files, folder)
    except CannotWriteError as error:
        stop(str(error))


def form_of(asked: Format) -> Form:
    """The format that `auto` stands for: GitHub's where its runner starts us."""
    if asked != "auto":
        return asked
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def print_report(report: Report, form: Form, *, strict: bool, to_stderr: bool) -> None:
    """Print what was found, in one of the formats."""
    if form in FOR_PEOPLE and not report.diagnostics:
        return
    stream = sys.stderr if to_stderr else sys.stdout
    checkout = os.environ.get("GITHUB_WORKSPACE")
    if checkout and form in ("github", "sarif"):  # GitHub's paths start there
        report = report.seen_from(checkout)
    said = _said(report, form, strict=strict, colour=colour(stream))
    stream.buffer.write(said.encode(errors="replace"))
    stream.flush()


def _said(report: Report, form: Form, *, strict: bool, colour: bool) -> str:
    found, sources = report.diagnostics, report.sources
    match form:
        case "text":
            from tagkit.report import text

            return text.report(found, sources, colour=colour)
        case "json":
            from tagkit.report import json

            return json.report(found, sources, report.more)
        case "github":
            from tagkit.report import github

            return github.report(found, sources)
        case "sarif":
            from tagkit.report import sarif

            return sarif.report(found, sources)
        case "junit":
            from tagkit.report import junit

            return junit.report(found, sources, strict=strict)


def difference(compared: Compared, old: str, new: str, form: DiffFormat) -> str:
    """What is different, in one of the formats."""
    if form == "auto":
        form = "markdown" if form_of("auto") == "github" else "text"
    match form:
        case "json":
            from tagkit.gtm.diff import as_json

            return as_json.report(
                compared.difference,
                as_json.Side(old, compared.old),
                as_json.Side(new, compared.new),
            )
        case "markdown":
            from tagkit.gtm.diff import as_markdown

            return as_markdown.report(compared.difference, old, new)
        case _:
            from tagkit.gtm.diff import as_text

            return as_text.report(compared.difference, old, new, colour=colour(sys.stdout))


def colour(stream: TextIO) -> bool:
    """Whether to colour: no-color.org before force-color.org (any text but ""), then a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def stop(message: str) -> NoReturn:
    """End: the command was called wrongly, or a file cannot be written."""
    typer.echo(f"tagkit: {message}", err=True)
    raise typer.Exit(USAGE)


def cannot_print(error: OSError) -> NoReturn:
    """Standard output goes to a disk that is full; files of our own have a message of theirs."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what waits is not tried again
    typer.echo(f"tagkit: cannot write to standard output: {str(error.strerror).lower()}", err=True)
    sys.exit(USAGE)


def fail(error: Exception) -> NoReturn:
    """End: something in tagkit is wrong."""
    import platform
    import traceback

    if os.environ.get("TAGKIT_DEBUG"):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    typer.echo(
        f"tagkit failed; this is a bug: {type(error).__name__}: {error} ({where})\n"
        f"tagkit {__version__}, Python {platform.python_version()}, {platform.system()}; "
        "TAGKIT_DEBUG=1 shows where it happened",
        err=True,
    )
    sys.exit(FAILURE)
