"""What the table of the README says: each conversion on each platform, once and with the right data."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.platforms import table
from tests.platforms.sites import CATALOG, CONVERSIONS, Scene, Site, sites
from tests.shop.playing import meta_of, parameters_of

if TYPE_CHECKING:
    from tests.browser.harness import Page
    from tests.platforms.stage import Stage

SITES = sites()
CELLS = [
    site.scene_of(name)
    for site in SITES
    for name in CONVERSIONS
    if name in site.said["conversions"]
]
CASES = [case for site in SITES for case in site.cases]
QUIET = [scene for site in SITES for scene in site.quiet]
each_site = pytest.mark.parametrize("site", SITES, ids=lambda site: site.folder.name)


@pytest.mark.parametrize("scene", [*CELLS, *CASES, *QUIET], ids=str)
def test_it_fires_as_said_and_nothing_else_does(scene: Scene, stage: Stage) -> None:
    page = stage.play(scene)
    try:
        judge(page, scene)
    finally:
        page.close()


def judge(page: Page, scene: Scene) -> None:
    """Each conversion once, at GA4 and at Meta, with the data; no error, no other event."""
    ours = [hit["tag"] for hit in page.ga4() if hit["tag"]]  # not what the shop sends itself
    fired = Counter(tag.removeprefix("TK - GA4 - ") for tag in ours)
    assert fired == Counter(scene.fires)
    assert Counter(page.meta_events()) == Counter(meta_of(scene.fires))
    for sent in scene.sent:
        if sent["to"] == "google_analytics":
            hits = [parameters_of(hit) for hit in page.ga4(event=sent["event"]) if hit["tag"]]
            assert hits == [sent["parameters"]]
        else:
            assert [hit["cd"] for hit in page.meta(event=sent["event"])] == [sent["properties"]]
    assert listener_errors(page) == []
    assert [said for said in page.errors() if "Failed to load resource" not in said] == []


def listener_errors(page: Page) -> list[object]:
    """What listeners say of themselves."""
    return [
        event["message"]
        for event in page.records_of("event")
        if event["name"] == "tagkit.listener_error"
    ]


@each_site
def test_the_site_says_something_of_each_conversion(site: Site) -> None:
    assert sorted(site.said["conversions"]) == sorted(CONVERSIONS)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_catalog_says_the_same_as_the_table(cell: Scene) -> None:
    site, name = cell.site, cell.name
    detect = CATALOG.entry(name)["detect"]
    ways = detect.get(site.platform, detect["generic"])
    heard = {"listener", "customer_event"}
    only_pushes = all(heard.isdisjoint(way) and _is_push(way["trigger"]) for way in ways)
    absent = any("absent" in way for way in ways)
    wanted = "not there" if absent else "needs a push" if only_pushes else "fires"
    assert site.cell(name) == wanted


def _is_push(trigger: object) -> bool:
    return isinstance(trigger, dict) and "event" in trigger


def test_the_readme_has_the_table() -> None:
    """After a change: python -m tests.platforms.table."""
    readme = table.README.read_text(encoding="utf-8")
    assert readme == table.with_table(readme)
    assert table.BEGIN in readme
