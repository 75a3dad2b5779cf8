"""What ``tagkit doctor`` does: pages, perhaps a plan -> what is there, and what is wrong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tagkit.catalog import shared_catalog
from tagkit.diagnostics import Findings
from tagkit.doctor import of_conversions, of_pages, of_plan
from tagkit.doctor.facts import Asked
from tagkit.doctor.judge import asked, in_order, judge_ways, see, shop_platform, ways_of
from tagkit.doctor.selectors import check_selectors, selectors_of
from tagkit.doctor.summary import Summary
from tagkit.doctor.target import name_of, target_of
from tagkit.documents import Bases
from tagkit.pipeline import read_plan
from tagkit.report.report import Report
from tagkit.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tagkit.catalog import Catalog
    from tagkit.doctor.facts import Page
    from tagkit.doctor.judge import Judged, Seen
    from tagkit.doctor.target import Target
    from tagkit.pipeline import Plan
    from tagkit.plan.substitute import Given
    from tagkit.scenarios.options import Options
    from tagkit.selection import Selection

    Opens = Callable[[Sequence[Target], Asked], Sequence[Page]]

_PLAN = "pages are judged by a plan; 'tagkit adopt' makes one of a container"


class Wanted(NamedTuple):
    """What is to be looked at. ``lax``: any certificate will do."""

    pages: Sequence[str]
    options: Options
    plan: Path | None = None
    given: Mapping[str, Given] = {}  # nothing changes it
    selection: Selection | None = None
    lax: bool = False


class Examined(NamedTuple):
    """What came of it. ``refusal``: why nothing was opened."""

    report: Report
    summary: Summary | None = None
    refusal: str | None = None


def examine(
    wanted: Wanted, catalog: Catalog | None = None, open_pages: Opens | None = None
) -> Examined:
    """Open the pages and judge them, by the plan where there is one.

    ``open_pages`` stands in for a browser.
    """
    catalog = catalog or shared_catalog()
    report = Report(wanted.selection)
    plan = (
        read_plan(wanted.plan, report, Bases(), wanted.given, hint=_PLAN) if wanted.plan else None
    )
    if plan is not None and plan.resolved is None:
        return Examined(report)
    targets = _targets(wanted.pages, report)
    if not targets:
        return Examined(report)
    own = selectors_of(plan.resolved) if plan and plan.resolved else ()
    more = asked(catalog, Asked(css=tuple(dict.fromkeys(css for css, _ in own))))
    from tagkit.scenarios.browser import NO_PLAYWRIGHT, NoBrowserError

    try:
        if open_pages is None:
            from tagkit.doctor.browse import browse

            open_pages = partial(browse, options=wanted.options, lax=wanted.lax)
        pages = open_pages(targets, more)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "playwright":
            raise
        return Examined(report, refusal=NO_PLAYWRIGHT)
    except NoBrowserError as error:
        return Examined(report, refusal=str(error))
    return _judged([see(page) for page in pages], plan, catalog, report)


def _targets(pages: Sequence[str], report: Report) -> list[Target]:
    """What can be opened; what cannot is in the report."""
    targets = []
    for said in dict.fromkeys(pages):
        found = Findings()
        if target := target_of(said, found):
            targets.append(target)
        report.add(found, _page(name_of(said)), whole=False)
    return targets


def _judged(pages: list[Seen], plan: Plan | None, catalog: Catalog, report: Report) -> Examined:
    found = {seen.page.name: Findings(of_pages.say_of(seen)) for seen in pages}
    opened = [seen for seen in pages if seen.page.facts is not None]
    platform = shop_platform(opened)
    conversions: tuple[Judged, ...] = ()
    resolved = plan.resolved if plan else None
    routes = {one.id: one.route for one in resolved.conversions} if resolved else {}
    if opened and resolved:
        conversions = of_plan.judged_by(resolved, catalog, opened, "en")
    elif opened:
        conversions = tuple(
            judge_ways(entry["id"], ways_of(entry, platform.id), opened, "en")
            for entry in in_order(catalog)
        )
    of_the_plan = Findings()
    for page, finding in of_conversions.say_of(conversions, opened, platform, routes):
        (of_the_plan if finding.route else found[page]).append(finding)
    for name, said in found.items():
        report.add(said, _page(name), whole=False)
    if opened and resolved:
        of_the_plan += of_plan.check_platform(resolved, platform)
        of_the_plan += of_plan.check_ids(resolved, opened)
        of_the_plan += check_selectors(resolved, [seen.page for seen in opened])
    if plan:  # what 'validate' says of it is not said again
        report.add(of_the_plan, plan.document, whole=False)
    summary = Summary(tuple(pages), conversions)
    report.more = summary.shape()
    return Examined(report, summary)


def _page(name: str) -> Source:
    """A page as what findings are about: it has no lines."""
    return Source(name, "", None)
