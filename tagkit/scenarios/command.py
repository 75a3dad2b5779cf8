"""What ``tagkit test`` does: plans or a container -> results, and what is wrong with the input."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Findings
from tagkit.documents import Bases
from tagkit.pipeline import read_plan
from tagkit.report.report import Report
from tagkit.scenarios.read import read_scenarios
from tagkit.scenarios.subject import subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tagkit.plan.substitute import Given
    from tagkit.scenarios.model import Result, Scenario, Subject
    from tagkit.scenarios.options import Options


class Done(NamedTuple):
    """What came of it. ``refusal``: why nothing was run."""

    report: Report
    results: Sequence[Result] = ()
    seconds: float = 0.0
    refusal: str | None = None


def test_plans(plans: Sequence[Path], given: Mapping[str, Given], options: Options) -> Done:
    """Run the scenarios of plans."""
    report, bases = Report(), Bases()
    work: list[tuple[Scenario, Subject]] = []
    for path in plans:
        plan = read_plan(path, report, bases, given)
        if plan.resolved is None:
            continue
        subject = subject_of(plan.resolved, plan.document.name)
        work += [(scenario, subject) for scenario in read_scenarios(plan.document, {})]
    return _run(work, options, report)


def _run(work: Sequence[tuple[Scenario, Subject]], options: Options, report: Report) -> Done:
    from tagkit.scenarios.browser import NO_PLAYWRIGHT, NoBrowserError

    if report.failed() or not work:
        return Done(report)
    started = time.monotonic()
    try:
        from tagkit.scenarios.run import run

        results = run(work, options)
    except ModuleNotFoundError as error:
        if error.name != "playwright":
            raise
        return Done(report, refusal=NO_PLAYWRIGHT)
    except NoBrowserError as error:
        return Done(report, refusal=str(error))
    return Done(report, results, time.monotonic() - started)


__all__ = ["Done", "Findings", "test_plans"]
