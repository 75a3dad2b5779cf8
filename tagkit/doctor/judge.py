"""Pages and what is wanted of them -> what each page is, and what each conversion can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.doctor.consent import Consent, consent_of
from tagkit.doctor.facts import Asked
from tagkit.doctor.measuring import Destination, destinations
from tagkit.doctor.places import CURRENT
from tagkit.doctor.platform import GENERIC, OG_TYPE, Platform, platform_of
from tagkit.doctor.policy import META
from tagkit.doctor.signs import known_signs, seen
from tagkit.doctor.ways import asked_of, best, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tagkit.catalog import Catalog
    from tagkit.doctor.facts import Page
    from tagkit.doctor.signs import Thing
    from tagkit.doctor.ways import Verdict, Way

_OURS = ("tagkit.", "gtm.")
"""How events begin that are none of the shop's."""


class Seen(NamedTuple):
    """What a page is. The facts are in ``page``; the rest is empty when it did not open."""

    page: Page
    platform: Platform = Platform()
    destinations: tuple[Destination, ...] = ()
    plugins: tuple[Thing, ...] = ()
    consent: Consent = Consent()

    @property
    def pushed(self) -> dict[str, str]:
        """The shop's own data layer events, and who makes them: what was seen, what will be."""
        facts = self.page.facts
        events = {entry.event for entry in facts.entries} if facts else set()
        seen = {event: "the shop" for event in sorted(events) if not event.startswith(_OURS)}
        return seen | {event: thing.name for thing in self.plugins for event in thing.pushes}


class Judged(NamedTuple):
    """One conversion on some pages: the best verdict, the page that has it, the verdicts there.

    ``on``: the page's name, empty when no page was to be seen.
    """

    id: str
    best: Verdict
    on: str
    pages: tuple[tuple[str, tuple[Verdict, ...]], ...]


def asked(catalog: Catalog, more: Asked = Asked()) -> Asked:  # noqa: B008 # a value
    """All that a page is asked, whatever platform it turns out to be of."""
    ways = [
        way
        for name in catalog.ids
        for ways in catalog.entry(name)["detect"].values()
        for way in ways
    ]
    own = Asked(globals=(CURRENT,), attributes=(OG_TYPE, META))
    return known_signs().asked().joined(own).joined(asked_of(ways)).joined(more)


def see(page: Page) -> Seen:
    """What a page is."""
    if page.facts is None:
        return Seen(page)
    known = known_signs()
    platform = platform_of(page.facts, known)
    plugins = [
        thing
        for thing in known.plugins
        if thing.only in ("", platform.id) and seen(thing.signs, page.facts)
    ]
    return Seen(
        page,
        platform,
        destinations(page),
        tuple(plugins),
        consent_of(page.facts, known),
    )


def shop_platform(pages: Iterable[Seen]) -> Platform:
    """The platform of the shop: that of the surest page."""
    found = [seen.platform for seen in pages if seen.platform.sure]
    order = ("high", "medium", "low")
    return min(found, key=lambda platform: order.index(platform.sure), default=Platform())


def in_order(catalog: Catalog) -> list[dict[str, Any]]:
    """The entries as the catalog lists them: the goal, the way to it, what stands in it."""
    entries = [catalog.entry(name) for name in catalog.ids]
    kinds = ("macro", "micro", "anti")
    return sorted(entries, key=lambda e: (kinds.index(e["kind"]), e.get("step", 99), e["id"]))


def ways_of(entry: Mapping[str, Any], platform: str) -> Sequence[Way]:
    """The ways of a catalog entry on a platform."""
    detect: Mapping[str, Sequence[Way]] = entry["detect"]
    return detect.get(platform) or detect[GENERIC]


def judge_ways(name: str, ways: Sequence[Way], pages: Iterable[Seen], language: str) -> Judged:
    """One conversion of the catalog on these pages."""
    by_page = [
        (seen.page.name, tuple(judge(ways, seen.page, seen.pushed, language)))
        for seen in pages
        if seen.page.facts is not None
    ]
    on, verdicts = min(by_page, key=lambda pair: best(pair[1]).rank)
    return Judged(name, best(verdicts), on, tuple(by_page))
