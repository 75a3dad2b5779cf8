"""A plan and a recording -> what the recording shows. The only part that reads files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Findings
from tagkit.documents import Bases
from tagkit.paths import shown_name
from tagkit.pipeline import read_plan
from tagkit.replay.datalayer import LIMIT, read_data_layer
from tagkit.replay.judge import judge_data_layer
from tagkit.report.report import Report
from tagkit.source import Source, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.plan.substitute import Given
    from tagkit.replay.summary import Summary
    from tagkit.selection import Selection

_PLAN = "'test --replay' judges a recording by a plan; this is a container"


class Replayed(NamedTuple):
    """What was found, and the summary; None when the plan or the recording could not be read."""

    report: Report
    summary: Summary | None


def replay(
    plan: Path,
    recording: Path,
    *,
    selection: Selection | None = None,
    given: Mapping[str, Given] | None = None,
) -> Replayed:
    """Judge a recording by a plan."""
    report = Report(selection)
    read_of = read_plan(plan, report, Bases(), given, hint=_PLAN)
    if read_of.resolved is None:
        return Replayed(report, None)
    found, name = Findings(), shown_name(recording)
    text = read(recording, found, limit=LIMIT)
    if text is None:
        report.add(found, Source(name, "", None), whole=False)
        return Replayed(report, None)
    taken = read_data_layer(text, name, found)
    summary = None
    if taken.pushes:
        summary = judge_data_layer(taken, read_of.resolved, read_of.document, found)
        report.more = summary.shape()
    report.add(found, taken.source, whole=False)
    return Replayed(report, summary)
