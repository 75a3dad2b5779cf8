"""All clients of a run -> one report and what became of each."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagkit.batch import stamp
from tagkit.batch.across import Across
from tagkit.batch.clients import Client
from tagkit.batch.folders import check_folders
from tagkit.batch.gone import find_gone
from tagkit.batch.lock import locked
from tagkit.batch.parallel import ProcessEndedError, in_processes
from tagkit.batch.summary import row, shown
from tagkit.batch.work import State, build_client, validate_client
from tagkit.documents import Bases
from tagkit.files import CannotWriteError, Change
from tagkit.paths import shown_name
from tagkit.report.report import Report
from tagkit.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import TextIO

    from tagkit.batch.summary import Row
    from tagkit.batch.work import Outcome, Settings
    from tagkit.diagnostics import Diagnostic
    from tagkit.files import Changed
    from tagkit.plan.substitute import Given
    from tagkit.selection import Selection

_NONE = Source("", "", None)


class Run(NamedTuple):
    """What a run came to. ``changed`` are the files that were or would be written or removed.

    ``refusals`` and ``bugs`` are sentences: files that could not be written, faults of ours.
    ``gone`` is how many folders are of clients that are no more; ``ended`` says that the system
    ended a process, so that not all was done.
    """

    report: Report
    rows: list[Row]
    changed: list[Changed]
    refusals: list[str]
    bugs: list[str]
    gone: int = 0
    ended: str | None = None


def clients_of(plans: Iterable[Path]) -> list[Client]:
    """A client for each plan, by the name of its file."""
    return [Client(plan.stem, plan, {}, shown_name(plan)) for plan in plans]


def build_all(
    clients: Collection[Client], settings: Settings, report: Report, progress: TextIO
) -> Run:
    """Build the clients, each into its folder; none when one has a folder it cannot have.

    ``report`` is what has been found so far; what is found now is added.
    """
    if _say_unfit(clients, report):
        return Run(report, [], [], [], [])
    if not settings.writes:
        return _build_all(clients, settings, report, progress)
    output = Path(settings.output)
    try:
        stamp.hide(output)
        with locked(stamp.lock_of(output), settings.output):
            return _build_all(clients, settings, report, progress)
    except CannotWriteError as error:
        return Run(report, [], [], [str(error)], [])


def _build_all(
    clients: Collection[Client], settings: Settings, report: Report, progress: TextIO
) -> Run:
    key = stamp.key_of_run(
        settings.targets,
        settings.selection,
        sorted(settings.given.items()),
        stamp.of_folder(settings.templates),
    )
    work = partial(build_client, settings._replace(key=key), Bases())
    run = _run_all(work, clients, report, progress)
    if run.ended and settings.writes:
        run = run._replace(ended=f"{run.ended}; run it again: what was built stays")
    gone = find_gone(clients, settings.inputs, Path(settings.output))
    wanted = list(_wanted(gone, report.selection))
    report.diagnostics += wanted
    report.sources.update({d.file: _NONE for d in wanted if d.file not in report.sources})
    return run._replace(gone=len(wanted))


def validate_all(
    clients: Collection[Client],
    selection: Selection | None,
    given: Mapping[str, Given],
    progress: TextIO,
    *,
    folders: bool,
) -> Run:
    """Check the plans of clients, each by itself and against each other.

    ``folders``: each is to have a folder, so that no two may have the same.
    """
    work = partial(validate_client, selection, given, Bases())
    run = _run_all(work, clients, Report(selection), progress)
    if run.bugs:
        raise BrokenDocumentError(run.bugs[0])
    if folders and not run.ended:
        _say_unfit(_plans(clients, run.rows), run.report)
    return run


def _plans(clients: Collection[Client], rows: Iterable[Row]) -> Collection[Client]:
    """Those of whom something is built: all but containers."""
    states = [row.state for row in rows]
    if State.CONTAINER not in states:
        return clients
    pairs = zip(clients, states, strict=True)
    return [client for client, state in pairs if state is not State.CONTAINER]


def _say_unfit(clients: Collection[Client], report: Report) -> bool:
    """Say which clients have folders that they cannot have; whether there are any."""
    unfit = list(check_folders(clients))
    report.diagnostics += unfit
    for d in unfit:
        if d.span and not report.sources.get(d.file, _NONE).text:
            report.sources[d.file] = _source(d.file)
    return bool(unfit)


class BrokenDocumentError(Exception):
    """A document that tagkit fails on: a bug."""


def _run_all(
    work: Callable[[Client], Outcome],
    clients: Collection[Client],
    report: Report,
    progress: TextIO,
) -> Run:
    """What all came to; when a process is ended by the system, what came until then."""
    ended = []

    def outcomes() -> Iterator[Outcome]:
        try:
            yield from in_processes(work, clients)
        except ProcessEndedError:
            ended.append("a process was ended by the system (out of memory?)")

    run = _run(shown(outcomes(), len(clients), progress), report)
    if not ended:
        return run
    said = f"{ended[0]}, {len(run.rows):,} of {len(clients):,} were done until then"
    return run._replace(ended=said)


def _run(outcomes: Iterable[Outcome], report: Report) -> Run:
    run = Run(report, [], [], [], [])
    said: dict[Diagnostic, Diagnostic] = {}
    shared: dict[Diagnostic, None] = {}
    across = Across()
    for outcome in outcomes:
        for d in outcome.diagnostics:
            _say(d, said)
        for source in outcome.sources:
            if source.text or source.name not in run.report.sources:
                run.report.sources[source.name] = source
        also = list(_wanted(across.add(outcome.client, outcome.destinations), report.selection))
        shared.update(dict.fromkeys(also))
        made = row(outcome)
        run.rows.append(made._replace(warnings=made.warnings + len(also)))
        run.changed.extend(c for c in outcome.changed if c.change is not Change.UNCHANGED)
        if outcome.refusal:
            run.refusals.append(outcome.refusal)
        if outcome.bug:
            run.bugs.append(f"{outcome.client.name}: {outcome.bug}")
    order = {name: index for index, name in enumerate(run.report.sources)}
    run.report.diagnostics += sorted([*said.values(), *shared], key=partial(_order, order))
    for d in run.report.diagnostics:
        if not run.report.sources.get(d.file, _NONE).text:
            run.report.sources[d.file] = _source(d.file)
    return run


def _say(d: Diagnostic, said: dict[Diagnostic, Diagnostic]) -> None:
    """What is found in one base through many clients is said once, and of how many."""
    alike = d._replace(through=())
    before = said.setdefault(alike, d)
    if before is not d and d.through:
        said[alike] = before._replace(clients=before.clients + 1)


def _wanted(found: Iterable[Diagnostic], selection: Selection | None) -> Iterator[Diagnostic]:
    from tagkit.selection import matches

    select, ignore = selection or ((), ())
    for d in found:
        if (not select or any(matches(d.rule, what) for what in select)) and not any(
            matches(d.rule, what) for what in ignore
        ):
            yield d


def _source(name: str) -> Source:
    """The text of a file that a finding points into, to show the line."""
    try:
        return Source(name, stamp.text_of(Path(name)), None)
    except (OSError, ValueError):
        return Source(name, "", None)


def _order(files: dict[str, int], d: Diagnostic) -> tuple[int, int, int, str, str]:
    line, column = (d.span.line, d.span.column) if d.span else (0, 0)
    return files.get(d.file, len(files)), line, column, d.rule.code, d.message


def failed(run: Run, *, strict: bool) -> bool:
    """Whether a client is broken or a finding is fatal."""
    if any(row.state is State.BROKEN for row in run.rows):
        return True
    return run.report.failed(strict=strict)
