"""What no test of the measured behaviour covers: schedules, live-only tags, late tags, gtag('set')."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.build import container, custom_event, ga4, google_tag, mark
from tests.simulator.pages import EVERY_EVENT, GO, mark_names, marks

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

LONG_AGO, FAR_AWAY = "946684800000", "4102444800000"


@pytest.mark.parametrize(
    ("schedule", "runs"),
    [
        ({"scheduleStartMs": LONG_AGO}, True),
        ({"scheduleStartMs": FAR_AWAY}, False),
        ({"scheduleEndMs": FAR_AWAY}, True),
        ({"scheduleEndMs": LONG_AGO}, False),
        ({"scheduleStartMs": LONG_AGO, "scheduleEndMs": FAR_AWAY}, True),
    ],
)
def test_a_schedule(open_page: OpenPage, schedule: dict[str, str], runs: bool) -> None:  # noqa: FBT001
    page = open_page(container(GO, {**mark("tag", "1"), **schedule}))
    page.push({"event": "go"})
    (entry,) = page.event("go")["tags"]
    assert entry["status"] == ("fired" if runs else "blocked")
    assert entry.get("blockedBy") == (None if runs else ["schedule"])
    assert mark_names(page) == (["tag"] if runs else [])


@pytest.mark.parametrize("debug", [False, True])
def test_a_live_only_tag_does_not_run_in_debug_mode(open_page: OpenPage, debug: bool) -> None:  # noqa: FBT001
    page = open_page(
        container(GO, {**mark("tag", "1"), "liveOnly": True}), options={"debug": debug}
    )
    page.push({"event": "go"})
    assert mark_names(page) == ([] if debug else ["tag"])


def test_a_tag_that_waited_for_its_setup_tag_reads_its_own_event(open_page: OpenPage) -> None:
    page = open_page(
        container(GO, ga4("setup", [], name="setup"), mark("main", "1", "{{Event}}", setup="setup"))
    )
    page.js("dataLayer.push({event: 'go'}, {event: 'other'})")
    page.settle()
    assert marks(page) == [["main", "go"]]


def test_an_event_pushed_by_a_late_tag_has_its_own_name(open_page: OpenPage) -> None:
    page = open_page(
        container(
            GO, custom_event("3", "inner"), EVERY_EVENT,
            ga4("setup", [], name="setup"),
            mark("main", "1", "(dataLayer.push({event: 'inner'}), {{Event}})", setup="setup"),
            mark("inner", "3", "{{Event}}"),
        )
    )  # fmt: skip
    page.push({"event": "go"})
    page.settle()
    assert sorted(marks(page)) == [["inner", "inner"], ["main", "go"]]


@pytest.mark.parametrize("region", ["pl", ["pl-22"], "PL-22"])
def test_regions_are_read_in_any_case_and_without_a_list(
    open_page: OpenPage, region: object
) -> None:
    page = open_page(
        container(GO, mark("tag", "1", needs=["ad_storage"])), options={"region": "pl-22"}
    )
    page.gtag("consent", "default", {"ad_storage": "denied", "region": region})
    page.push({"event": "go"})
    assert mark_names(page) == []
    page = open_page(
        container(GO, mark("tag", "1", needs=["ad_storage"])), options={"region": "DE"}
    )
    page.gtag("consent", "default", {"ad_storage": "denied", "region": region})
    page.push({"event": "go"})
    assert mark_names(page) == ["tag"]
