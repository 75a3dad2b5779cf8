"""What is to be said of a plan, held against the pages it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Severity
from tagkit.doctor.judge import Judged, judge_ways, ways_of
from tagkit.doctor.measuring import KINDS
from tagkit.doctor.places import may_be_on
from tagkit.doctor.platform import GENERIC
from tagkit.doctor.rules import OTHER_IDS, OTHER_PLATFORM, TWICE
from tagkit.doctor.selectors import unmatched
from tagkit.doctor.ways import CANNOT, DETECTABLE, OTHER, PUSH, PUSHED, Verdict
from tagkit.plan.model import ContainerIds, EventSettings, TriggerKind
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagkit.catalog import Catalog
    from tagkit.diagnostics import Route
    from tagkit.doctor.judge import Seen
    from tagkit.doctor.platform import Platform
    from tagkit.plan.model import Conversion, Resolved

_NOT_OURS = "unless it is the plan's own snippet, one of the two has to go"


def judged_by(
    plan: Resolved, catalog: Catalog, pages: Sequence[Seen], language: str
) -> tuple[Judged, ...]:
    """The plan's conversions on the pages, as its container will look for them."""
    return tuple(
        _of_author(conversion, plan, pages)
        if "trigger" in conversion.said or not conversion.catalog_id
        else judge_ways(
            conversion.id,
            ways_of(catalog.entry(conversion.catalog_id), plan.business.platform),
            pages,
            language,
        )
        for conversion in plan.conversions
    )


def _of_author(conversion: Conversion, plan: Resolved, pages: Sequence[Seen]) -> Judged:
    by_page = [(one.page.name, (_own(conversion, plan, one),)) for one in pages]
    on, verdicts = min(by_page, key=lambda pair: pair[1][0].rank)
    return Judged(conversion.id, verdicts[0], on, tuple(by_page))


def _own(conversion: Conversion, plan: Resolved, seen: Seen) -> Verdict:
    how = "the plan's own trigger"
    if all(trigger.kind is TriggerKind.EVENT for trigger in conversion.triggers):
        names = [
            name
            for trigger in conversion.triggers
            if isinstance(trigger.settings, EventSettings)
            for name in trigger.settings.names
        ]
        event = next((name for name in names if name in seen.pushed), "")
        if event:
            return Verdict(PUSHED, how=f"{seen.pushed[event]} pushes {event}")
        return Verdict(PUSH, how=f"{how} waits for {', '.join(names)}")
    if all(may_be_on(trigger, seen.page) is False for trigger in conversion.triggers):
        return Verdict(OTHER, why="its conditions name other pages")
    if why := unmatched(conversion, plan, seen.page):
        return Verdict(CANNOT, why=why)
    return Verdict(DETECTABLE, how=how)


def check_platform(plan: Resolved, platform: Platform) -> Iterator[Finding]:
    """The plan's platform is the shop's."""
    said, route = plan.business.platform, ("business", "platform")
    if platform.id == said or platform.sure == "low":
        return
    if said == GENERIC and platform.in_catalog:
        message = f"the pages are of {platform.name}, and the plan does not say so"
        hint = f"business: {{platform: {platform.id}}} detects what {platform.name} itself tells"
        yield Finding(OTHER_PLATFORM, route, message, hint)
    elif said != GENERIC and platform.sure:
        hint = f"write {platform.id}" if platform.in_catalog else "write generic"
        message = f"the plan is for {said}, and the pages are of {platform.name}"
        yield Finding(OTHER_PLATFORM, route, message, hint)
    elif said != GENERIC:
        message = f"the plan is for {said}, and nothing on the pages tells that they are"
        yield Finding(OTHER_PLATFORM, route, message, "are these pages of the same shop?")


def check_ids(plan: Resolved, pages: Sequence[Seen]) -> Iterator[Finding]:
    """The plan's IDs and those of the pages."""
    for kind, ids, route in _ids_of(plan):
        there = {one.id: one for seen in pages for one in seen.destinations if one.kind == kind}
        ours = [one for one in there.values() if one.id in ids]
        if not there:
            continue
        if not ours:
            message = f"the pages have {KINDS[kind]} {both([*there])}, and not {both(ids)}"
            yield Finding(OTHER_IDS, route, message, "is this the shop that the plan is for?")
        elif kind != "GTM" and any(one.own for one in ours):
            message = (
                f"{KINDS[kind]} {ours[0].id} is on the pages already, so it would count double"
            )
            yield Finding(TWICE, route, message, _NOT_OURS, severity=Severity.WARNING)


def _ids_of(plan: Resolved) -> Iterator[tuple[str, list[str], Route]]:
    if plan.ga4 is not None:
        ids = [plan.ga4.measurement_id, *(one.measurement_id for one in plan.ga4.environments)]
        if ids := [one for one in ids if one]:
            yield "G", ids, ("google_analytics", "measurement_id")
    if plan.meta is not None and plan.meta.pixel_ids:
        yield "pixel", [*plan.meta.pixel_ids], ("meta_pixel", "pixel_id")
    if plan.container.public_id != ContainerIds().public_id:
        yield "GTM", [plan.container.public_id], ("container", "public_id")
