"""What ``build`` and ``validate`` do with what they are given: one plan, or many."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagkit.batch.clients import SUFFIXES, is_batch, plans_in
from tagkit.files import CannotWriteError, Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TextIO

    from tagkit.files import Changed, Files
    from tagkit.pipeline import Report, Target
    from tagkit.selection import Selection

__all__ = ["Asked", "Done", "build", "is_batch", "validate"]

CLEAN, FINDINGS, CANNOT_WRITE, FAILURE = 0, 1, 2, 3


class Asked(NamedTuple):
    """The options of ``build``."""

    output: str
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


def validate(
    paths: Sequence[Path], selection: Selection | None, *, progress: bool
) -> tuple[list[Path], Report]:
    """The documents that the paths mean, and what was found in them."""
    from tagkit.pipeline import Report, validate_files

    if not is_batch(paths):
        return list(paths), validate_files(paths, selection)
    from tagkit.batch.run import validate_all

    documents = plans_in(paths, containers=True)
    if not documents:
        report = Report(selection)
        _say_empty(paths, report)
        return documents, report
    return documents, validate_all(documents, selection, _stream(progress=progress))


def build(plans: Sequence[Path], asked: Asked, *, progress: bool) -> Done:
    """Build one plan into the folder, or many into a folder each."""
    from tagkit.pipeline import Report, Target, shown_name

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
    from tagkit.batch.work import build_files
    from tagkit.pipeline import read_plan

    _, resolved = read_plan(plan, report)
    files = build_files(resolved, targets, asked.templates, report)
    if files is None or report.failed(strict=asked.strict):
        return Done(report, FINDINGS)
    if asked.output == "-" and files:
        return Done(report, artefact=_artefact(files))
    remarks = [] if files else [f"{plan} has no meta_pixel, so there are no snippets"]
    if asked.output == "-":
        return Done(report, remarks=remarks)
    changed = _deliver(files, Path(asked.output), targets, asked)
    listed = [c for c in changed if not asked.check or c.change is not Change.UNCHANGED]
    return Done(report, _code(changed, asked), _listed(listed), remarks)


def _artefact(files: Files) -> str:
    from tagkit.pipeline import GTM_FILE

    return files.get(GTM_FILE) or files["meta-pixel/events.js"]


def _deliver(
    files: Files, folder: Path, targets: tuple[Target, ...], asked: Asked
) -> list[Changed]:
    from tagkit.files import changes, write
    from tagkit.pipeline import Target
    from tagkit.pixel.stale import stale_snippets

    stale = stale_snippets(folder) if Target.PIXEL in targets else []
    return (changes if asked.compares else write)(files, folder, stale)


def _build_many(
    paths: Sequence[Path],
    targets: tuple[Target, ...],
    asked: Asked,
    report: Report,
    *,
    progress: bool,
) -> Done:
    from tagkit.batch.run import build_all, clients_of, failed
    from tagkit.batch.summary import table_of
    from tagkit.batch.table import read_table
    from tagkit.batch.work import Settings
    from tagkit.pipeline import shown_name

    if asked.clients:
        if is_batch(paths):
            return Done(report, refusal="--clients is the table of one plan; name that plan")
        table = read_table(asked.clients, shown_name(asked.clients), paths[0])
        if table.diagnostics:
            report.diagnostics += table.diagnostics
            report.sources[table.source.name] = table.source
            return Done(report, FINDINGS)
        clients = table.clients
    else:
        plans = plans_in(paths)
        if not plans:
            _say_empty(paths, report)
            return Done(report, FINDINGS)
        clients = clients_of(plans)
    settings = Settings(
        asked.output,
        targets,
        asked.selection,
        asked.strict,
        not asked.compares,
        asked.templates,
    )
    run = build_all(clients, settings, report, _stream(progress=progress))
    problems = [*run.refusals, *(f"this is a bug: {bug}" for bug in run.bugs)]
    code = FINDINGS if failed(run, strict=asked.strict) else _code(run.changed, asked)
    code = FAILURE if run.bugs else CANNOT_WRITE if run.refusals else code
    listed = _listed(run.changed) if asked.compares else []
    said = table_of(run.rows) if run.rows else ""
    return Done(run.report, code, listed, (), said, problems)


def _say_empty(folders: Iterable[Path], report: Report) -> None:
    """That there is nothing in the folders to build or to check."""
    from tagkit.diagnostics import Findings
    from tagkit.pipeline import shown_name
    from tagkit.source import NOT_A_FILE, Source

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
