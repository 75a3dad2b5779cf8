"""What ``build`` and ``validate`` do with what they are given: one plan, or many."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagkit.batch.clients import SUFFIXES, is_batch, is_folder, plans_in
from tagkit.exit_codes import CLEAN, FAILURE, FINDINGS, USAGE
from tagkit.files import CannotWriteError, Change

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import TextIO

    from tagkit.artefacts import Target
    from tagkit.batch.clients import Client
    from tagkit.files import Changed, Files
    from tagkit.plan.substitute import Given
    from tagkit.report.report import Report
    from tagkit.selection import Selection

__all__ = ["Asked", "Checked", "Done", "build", "is_batch", "validate"]


class Asked(NamedTuple):
    """The options of ``build``."""

    output: str
    given: Mapping[str, Given]
    only: str | None = None
    clients: Path | None = None
    templates: Path | None = None
    selection: Selection | None = None
    strict: bool = False
    dry_run: bool = False
    check: bool = False

    @property
    def compares(self) -> bool:
        """Whether nothing is written."""
        return self.dry_run or self.check


class Done(NamedTuple):
    """What ``build`` has to say. ``refusal``: it was called wrongly, and did nothing.

    ``listed`` are the files, ``remarks`` and ``problems`` sentences, ``artefact`` is for stdout.
    """

    report: Report
    code: int = CLEAN
    listed: Sequence[str] = ()
    remarks: Sequence[str] = ()
    table: str = ""
    problems: Sequence[str] = ()
    artefact: str | None = None
    refusal: str | None = None


class Checked(NamedTuple):
    """What ``validate`` has to say. ``number``: of files, or of clients of a table.

    ``ended`` says why not all was checked.
    """

    report: Report
    number: int
    refusal: str | None = None
    ended: str | None = None


def validate(
    paths: Sequence[Path],
    given: Mapping[str, Given],
    table: Path | None,
    selection: Selection | None,
    *,
    progress: bool,
) -> Checked:
    """Check the documents that the paths mean, or a plan for each client of a table."""
    from tagkit.pipeline import validate_files
    from tagkit.report.report import Report

    if not table and not is_batch(paths):
        return Checked(validate_files(paths, selection, given), len(paths))
    from tagkit.batch.run import validate_all

    report = Report(selection)
    if table and is_batch(paths):
        return Checked(report, 0, _ONE_PLAN)
    clients = _clients(paths, table, report, containers=True)
    if clients is None:
        return Checked(report, len(paths))
    folders = bool(table) or any(map(is_folder, paths))
    stream = _stream(progress=progress)
    run = validate_all(clients, selection, given, stream, folders=folders)
    return Checked(run.report, len(clients), ended=run.ended)


def build(plans: Sequence[Path], asked: Asked, *, progress: bool) -> Done:
    """Build one plan into the folder, or many into a folder each."""
    from tagkit.artefacts import Target
    from tagkit.paths import shown_name
    from tagkit.report.report import Report

    targets = (Target(asked.only),) if asked.only else tuple(Target)
    report = Report(asked.selection)
    if asked.templates:
        if not asked.templates.is_dir():
            return Done(report, refusal=f"there is no folder {asked.templates} of templates")
        from tagkit.templating import check_templates

        check_templates(asked.templates, shown_name(asked.templates), report)
        if report.failed(strict=asked.strict):
            return Done(report, FINDINGS)
    if asked.clients or is_batch(plans):
        return _build_many(plans, targets, asked, report, progress=progress)
    try:
        return _build_one(plans[0], targets, asked, report)
    except CannotWriteError as error:
        return Done(report, refusal=str(error))


def _build_one(plan: Path, targets: tuple[Target, ...], asked: Asked, report: Report) -> Done:
    from tagkit.batch.work import build_files, stale_files
    from tagkit.documents import Bases
    from tagkit.files import changes, write
    from tagkit.pipeline import read_plan

    said = read_plan(plan, report, Bases(), asked.given)
    files = build_files(said, targets, asked.templates, report)
    if files is None or report.failed(strict=asked.strict):
        return Done(report, FINDINGS)
    if asked.output == "-" and files:
        return Done(report, artefact=_artefact(files))
    remarks = (
        []
        if files
        else [f"{plan} has no meta_pixel with its ID written out, so there are no snippets"]
    )
    if asked.output == "-":
        return Done(report, remarks=remarks)
    folder = Path(asked.output)
    change = changes if asked.compares else write
    changed = change(files, folder, stale_files(folder, targets))
    listed = [c for c in changed if not asked.check or c.change is not Change.UNCHANGED]
    return Done(report, _code(changed, asked), _listed(listed), remarks)


def _artefact(files: Files) -> str:
    from tagkit.artefacts import GTM_FILE

    return files.get(GTM_FILE) or files["meta-pixel/events.js"]


def _build_many(
    paths: Sequence[Path],
    targets: tuple[Target, ...],
    asked: Asked,
    report: Report,
    *,
    progress: bool,
) -> Done:
    from tagkit.batch.run import build_all, failed
    from tagkit.batch.summary import as_json, table_of
    from tagkit.batch.work import Settings

    if asked.clients and is_batch(paths):
        return Done(report, refusal=_ONE_PLAN)
    clients = _clients(paths, asked.clients, report)
    if clients is None:
        return Done(report, FINDINGS)
    settings = Settings(
        asked.output,
        targets,
        asked.given,
        asked.selection,
        asked.strict,
        not asked.compares,
        asked.templates,
        inputs=(asked.clients,) if asked.clients else tuple(filter(is_folder, paths)),
    )
    run = build_all(clients, settings, report, _stream(progress=progress))
    report.more["clients"] = [as_json(row) for row in run.rows]
    problems = [*run.refusals, *(f"this is a bug: {bug}" for bug in run.bugs)]
    problems += [run.ended] if run.ended else []
    code = FINDINGS if failed(run, strict=asked.strict) else _code(run.changed, asked)
    if asked.check and run.gone:
        code = FINDINGS
    code = FAILURE if run.bugs or run.ended else USAGE if run.refusals else code
    listed = _listed(run.changed) if asked.compares else []
    said = table_of(run.rows) if run.rows else ""
    return Done(run.report, code, listed, (), said, problems)


_ONE_PLAN = "--clients is the table of one plan; name that plan"


def _clients(
    paths: Sequence[Path], table: Path | None, report: Report, *, containers: bool = False
) -> Collection[Client] | None:
    """The clients of a table, or one for each plan; None when there are none, and why."""
    from tagkit.batch.run import clients_of
    from tagkit.batch.table import read_table
    from tagkit.paths import shown_name

    if table:
        read = read_table(table, shown_name(table), paths[0])
        if read.diagnostics:
            report.diagnostics += read.diagnostics
            report.sources[read.source.name] = read.source
            return None
        return read.clients
    plans = plans_in(paths, containers=containers)
    if not plans:
        _say_empty(paths, report)
        return None
    return clients_of(plans)


def _say_empty(folders: Iterable[Path], report: Report) -> None:
    """That there is nothing in the folders to build or to check."""
    from tagkit.diagnostics import Findings
    from tagkit.paths import shown_name
    from tagkit.source import Source
    from tagkit.textfile import NOT_A_FILE

    for folder in folders:
        found = Findings()
        hint = f"plans end in {', '.join(SUFFIXES)}; folders in it are not entered"
        found.say(NOT_A_FILE, (), "there is no plan in this folder", hint=hint)
        report.add(found, Source(shown_name(folder), "", None))


def _code(changed: Iterable[Changed], asked: Asked) -> int:
    differs = any(c.change is not Change.UNCHANGED for c in changed)
    return FINDINGS if asked.check and differs else CLEAN


def _listed(changed: Iterable[Changed]) -> list[str]:
    return [f"{c.change:<9} {c.path}" for c in changed]


def _stream(*, progress: bool) -> TextIO:
    """Where progress is shown, if that is a terminal."""
    return sys.stderr if progress else StringIO()
