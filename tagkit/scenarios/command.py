"""What ``tagkit test`` does: plans or a container -> results, and what is wrong with the input."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tagkit.catalog import shared_catalog
from tagkit.diagnostics import Finding, Findings
from tagkit.documents import Bases, is_container, load_plan
from tagkit.nearest import nearest
from tagkit.paths import SCENARIOS, scenarios_beside, shown_name
from tagkit.pipeline import read_plan
from tagkit.report.report import Report
from tagkit.scenarios.beside import check_beside, load_scenarios
from tagkit.scenarios.check import check_of_container
from tagkit.scenarios.read import read_scenarios
from tagkit.scenarios.subject import subject_of, subject_of_container
from tagkit.textfile import CONTAINER_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tagkit.batch.clients import Client
    from tagkit.diagnostics import Document
    from tagkit.plan.substitute import Given
    from tagkit.scenarios.model import Result, Scenario, Subject
    from tagkit.scenarios.options import Options

    Work = list[tuple[Scenario, Subject]]

_NO_TESTS = "write 'tests: [add_to_cart]' into the plan, or scenarios into {beside}"
_NO_EXPORT = "'--container' takes an export of GTM: Admin > Export Container"


class Asked(NamedTuple):
    """What is to be tried. ``only``: scenarios whose names hold one of these."""

    given: Mapping[str, Given]
    options: Options
    only: Sequence[str] = ()
    scenarios: Path | None = None
    clients: Path | None = None


class Done(NamedTuple):
    """What came of it. ``refusal``: why nothing was run. ``looked``: nothing was expected."""

    report: Report
    results: Sequence[Result] = ()
    seconds: float = 0.0
    refusal: str | None = None
    looked: bool = False

    @property
    def failed(self) -> bool:
        """Whether something is otherwise than it was to be."""
        return self.report.failed() or any(result.failures for result in self.results)


def try_plans(paths: Sequence[Path], asked: Asked) -> Done:
    """Run the scenarios of plans: those in them, those beside them, or those of a file."""
    report = Report()
    clients = _clients(paths, asked.clients, report)
    if isinstance(clients, str):
        return Done(report, refusal=clients)
    bases, work = Bases(), []
    for client in clients:
        of_client = Report()
        work += _of_client(client, asked, bases, of_client)
        report.diagnostics += [d for d in of_client.diagnostics if d not in report.diagnostics]
        report.sources |= of_client.sources
    if report.failed():
        return Done(report)
    if not work:
        place = paths[0].with_name(f"{paths[0].stem}{SCENARIOS}.yaml")
        hint = _NO_TESTS.format(beside=shown_name(place))
        return Done(report, refusal=f"there are no scenarios to run; {hint}")
    return _run(work, asked, report)


def try_container(export: Path, asked: Asked) -> Done:
    """Run scenarios against any container; without any, say what it does on a page."""
    from tagkit.gtm.container import holds_version
    from tagkit.gtm.rules.not_an_export import RULE

    report, found = Report(), Findings()
    source = load_plan(export, found, limit=CONTAINER_LIMIT)
    if not found.fatal and not (is_container(source.data) and holds_version(source.data)):
        found[:] = [Finding(RULE, (), "this is not a GTM container export", _NO_EXPORT)]
    if report.add(found, source, whole=False):
        return Done(report)
    assert isinstance(source.data, dict)  # noqa: S101 # it is a container
    subject = subject_of_container(source.data, source.name)
    if asked.scenarios is None:
        from tagkit.scenarios.look import look

        return _run([(look(source.name), subject)], asked, report)._replace(looked=True)
    said = Findings()
    scenarios = load_scenarios(asked.scenarios, said)
    if not said.fatal:
        said += check_of_container(scenarios, subject.owners)
    if report.add(said, scenarios):
        return Done(report)
    work = [(scenario, subject) for scenario in read_scenarios(scenarios)]
    return _run(work, asked, report)


def _clients(paths: Sequence[Path], table: Path | None, report: Report) -> Iterable[Client] | str:
    """Whose plans are tried; a text when the command was called wrongly."""
    from tagkit.batch.clients import SUFFIXES, Client, is_batch, plans_in

    if table is None:
        plans = plans_in(paths)
        if not plans:
            return f"there is no plan in {shown_name(paths[0])}; plans end in {', '.join(SUFFIXES)}"
        return [Client(plan.stem, plan, {}, shown_name(plan)) for plan in plans]
    if is_batch(paths):
        return "--clients is the table of one plan; name that plan"
    from tagkit.batch.table import read_table

    read = read_table(table, shown_name(table), paths[0])
    report.diagnostics += read.diagnostics
    report.sources[read.source.name] = read.source
    return read.clients


def _of_client(client: Client, asked: Asked, bases: Bases, report: Report) -> Work:
    from tagkit.batch.work import values_of

    given = values_of(client, asked.given) if client.cells else asked.given
    plan = read_plan(client.plan, report, bases, given)
    if plan.resolved is None:
        return []
    name = client.name if client.cells else plan.document.name
    subject = subject_of(plan.resolved, name)
    file = asked.scenarios or scenarios_beside(client.plan)
    own: list[Document] = [] if asked.scenarios else [plan.document]
    if file is not None:
        found = Findings()
        own.append(check_beside(file, plan.resolved, found))
        report.add(found, own[-1])
    if report.failed():
        return []
    from tagkit.scenarios.visitors import visitors_of

    visitors = visitors_of(plan.resolved, shared_catalog())
    return [
        (scenario, subject) for document in own for scenario in read_scenarios(document, visitors)
    ]


def _run(work: Work, asked: Asked, report: Report) -> Done:
    from tagkit.scenarios.browser import NO_PLAYWRIGHT, NoBrowserError

    chosen = [item for item in work if _is_wanted(item[0].name, asked.only)]
    if not chosen:
        names = [scenario.name for scenario, _ in work]
        hint = nearest(asked.only[0], names) or f"there are: {', '.join(names[:8])}"
        return Done(report, refusal=f"no scenario is called '{asked.only[0]}'; {hint}")
    started = time.monotonic()
    try:
        from tagkit.scenarios.run import run

        results = run(chosen, asked.options)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "playwright":
            raise
        return Done(report, refusal=NO_PLAYWRIGHT)
    except NoBrowserError as error:
        return Done(report, refusal=str(error))
    return Done(report, results, time.monotonic() - started)


def _is_wanted(name: str, only: Sequence[str]) -> bool:
    return not only or any(word.casefold() in name.casefold() for word in only)
