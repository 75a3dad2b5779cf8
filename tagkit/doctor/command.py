"""What ``tagkit doctor`` does: pages, perhaps a plan -> what is there, and what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.catalog import shared_catalog
from tagkit.diagnostics import Findings
from tagkit.doctor.judge import asked, judge_ways, see, shop_platform, ways_of
from tagkit.doctor.summary import Summary
from tagkit.doctor.target import name_of, target_of
from tagkit.report.report import Report
from tagkit.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from tagkit.catalog import Catalog
    from tagkit.plan.substitute import Given
    from tagkit.scenarios.options import Options
    from tagkit.selection import Selection


class Wanted(NamedTuple):
    """What is to be looked at. ``lax``: any certificate will do."""

    pages: Sequence[str]
    options: Options
    plan: Path | None = None
    given: Mapping[str, Given] = {}  # noqa: RUF012 # nothing changes it
    selection: Selection | None = None
    lax: bool = False


class Examined(NamedTuple):
    """What came of it. ``refusal``: why nothing was opened."""

    report: Report
    summary: Summary | None = None
    refusal: str | None = None


def examine(wanted: Wanted, catalog: Catalog | None = None) -> Examined:
    """Open the pages and judge them, by the plan where there is one."""
    catalog = catalog or shared_catalog()
    report = Report(wanted.selection)
    targets = []
    for said in wanted.pages:
        found = Findings()
        if target := target_of(said, found):
            targets.append(target)
        report.add(found, Source(name_of(said), "", None), whole=False)
    if not targets:
        return Examined(report)
    from tagkit.scenarios.browser import NO_PLAYWRIGHT, NoBrowserError

    try:
        from tagkit.doctor.browse import browse

        pages = browse(targets, asked(catalog), wanted.options, lax=wanted.lax)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "playwright":
            raise
        return Examined(report, refusal=NO_PLAYWRIGHT)
    except NoBrowserError as error:
        return Examined(report, refusal=str(error))
    seen = tuple(see(page) for page in pages)
    open_ = [one for one in seen if one.page.facts is not None]
    conversions = ()
    if open_:
        platform = shop_platform(open_).id
        conversions = tuple(
            judge_ways(name, ways_of(catalog.entry(name), platform), open_, "en")
            for name in catalog.ids
        )
    summary = Summary(seen, conversions)
    report.more = summary.shape()
    return Examined(report, summary)
