"""A plan and a recording -> what the recording shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Findings
from tagkit.documents import Bases
from tagkit.pipeline import read_plan
from tagkit.replay.datalayer import DataLayerRecording
from tagkit.replay.judge import judge_data_layer
from tagkit.replay.judge_hits import judge_hits
from tagkit.replay.recording import HarRecording, open_recording
from tagkit.report.report import Report
from tagkit.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.plan.substitute import Given
    from tagkit.replay.summary import Summary
    from tagkit.selection import Selection

_PLAN = "a recording is judged by a plan; 'tagkit adopt' makes one of a container"


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
    """Judge a recording by a plan. The report has what was found in both."""
    report = Report(selection)
    wanted = read_plan(plan, report, Bases(), given, hint=_PLAN)
    if wanted.resolved is None:
        return Replayed(report, None)
    found, summary = Findings(), None
    taken = open_recording(recording, found)
    source = taken if isinstance(taken, Source) else taken.source
    match taken:
        case DataLayerRecording():
            summary = judge_data_layer(taken, wanted.resolved, wanted.document, found)
        case HarRecording(read=read):
            summary = judge_hits(read, wanted.resolved, wanted.document, found)
    if summary is not None and not summary.number:
        summary = None
    if summary is not None:
        report.more = summary.shape()
    report.add(found, source, whole=False)
    return Replayed(report, summary)
