"""Data layers as people record them, and the consent in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.diagnostics import Findings
from tagkit.documents import understand
from tagkit.gtm.emit import emit_gtm
from tagkit.program.compile import compile_plan
from tagkit.replay.datalayer import read_data_layer
from tagkit.replay.judge import judge_data_layer
from tagkit.source import load

if TYPE_CHECKING:
    from tagkit.replay.summary import Row
    from tests.browser.conftest import OpenPage

Json = Any

PLAN: Json = {
    "tagkit": 1,
    "business": {"name": "Zielona Herbata", "currency": "PLN"},
    "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
    "meta_pixel": {"pixel_id": "1234567890123456"},
    "consent": {"mode": "basic", "update_event": "choice_made"},
    "micro_conversions": [
        {"id": "both", "trigger": {"event": "both"}},
        {"id": "google", "trigger": {"event": "google"}, "meta_pixel": False},
        {"id": "meta", "trigger": {"event": "meta"}, "google_analytics": False},
        {"id": "own", "trigger": {"event": "own"}, "google_analytics": {"consent": []},
         "meta_pixel": False},
        {"id": "held", "trigger": {"event": "held"}, "google_analytics": False,
         "consent": ["ad_storage", "ad_user_data", "ad_personalization"]},
        {"id": "shown", "trigger": {"event": "shown", "where": {"data_layer": {"page": "tea"}}}},
    ],
}  # fmt: skip
EVENTS = ("both", "google", "meta", "own", "held")
GTM_JS = {"event": "gtm.js", "gtm.start": 1}
TYPES = ("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage")


def consent(action: str, status: Json, *types: str, **more: Json) -> Json:
    settings = {**dict.fromkeys(types or TYPES, status), **more}
    return {"0": "consent", "1": action, "2": settings}


def event(name: str) -> Json:
    return {"event": name}


def judged(text: str, plan: Json = PLAN) -> tuple[dict[str, Row], list[str]]:
    found = Findings()
    document = load(json.dumps(plan), "plan.yaml", found)
    resolved = understand(document, found)
    assert resolved is not None, list(found)
    recording = read_data_layer(text, "recording.jsonl", found)
    summary = judge_data_layer(recording, resolved, document, found)
    return {row.id: row for row in summary.rows}, [one.message for one in found]


def fired(*pushes: Json) -> dict[str, str]:
    rows, _ = judged("".join(json.dumps(one) + "\n" for one in pushes))
    return {
        name: "; ".join((f"{row.fired}+{row.unsure}", *row.facts))
        for name, row in rows.items()
        if row.fired or row.unsure or row.facts
    }


DENIED, AGREED = consent("default", "denied"), consent("update", "granted")
ALL = [event(name) for name in EVENTS]
LOST, GA4_LOST = "0+0; 1 event without consent", "1+0; GA4 1 without consent"


@pytest.mark.parametrize(
    ("pushes", "wanted"),
    [
        (ALL, dict.fromkeys(EVENTS, "1+0")),
        ([DENIED, *ALL], {**dict.fromkeys(EVENTS, LOST), "own": "1+0"}),
        ([DENIED, AGREED, *ALL], dict.fromkeys(EVENTS, "1+0")),
        ([AGREED, DENIED, *ALL], dict.fromkeys(EVENTS, "1+0")),  # an update beats a default
        # Meta's events wait on their page, GA4's tags do not
        ([DENIED, *ALL, AGREED],
         {"both": GA4_LOST, "google": LOST, "meta": "1+0", "own": "1+0", "held": "1+0"}),
        ([DENIED, *ALL, consent("update", "granted", "ad_storage", "ad_user_data"), event("x")],
         {"both": GA4_LOST, "google": LOST, "meta": "1+0", "own": "1+0", "held": LOST}),
        ([DENIED, consent("update", "granted", "analytics_storage"), *ALL],
         {"both": "1+0; Meta 1 without consent", "google": "1+0", "meta": LOST, "own": "1+0", "held": LOST}),
        # nobody knows where the visitor is
        ([consent("default", "denied", region=["PL"]), event("google")], {"google": "0+1"}),
        ([DENIED, consent("default", "granted", region=["US"]), event("google")], {"google": "0+1"}),
        ([DENIED, consent("default", "denied", region=["PL"]), event("google")], {"google": LOST}),
        # a banner that speaks to GTM by its template
        ([DENIED, event("choice_made"), event("google")], {"google": "0+1"}),
        ([DENIED, event("meta"), event("cookie_consent_update")], {"meta": "0+1"}),
        ([DENIED, consent("update", "denied"), event("choice_made"), event("google")],
         {"google": LOST}),
        # the next page knows nothing of it, but what stands above its snippet
        ([DENIED, GTM_JS, event("meta"), GTM_JS, AGREED, event("google")],
         {"meta": LOST, "google": "1+0"}),
        ([GTM_JS, event("google"), DENIED, GTM_JS, event("google")],
         {"google": "1+0; 1 event without consent"}),
        ([DENIED, event("both"), GTM_JS, event("both"), AGREED, GTM_JS],
         {"both": "2+0; GA4 2 without consent"}),
        ([DENIED, GTM_JS, event("both"), GTM_JS, DENIED, event("both"), AGREED],
         {"both": "1+0; 1 event without consent; GA4 2 without consent"}),
        ([consent("default", None), event("google")], {"google": LOST}),
        ([{"0": "consent", "1": "default"}, {"0": "consent"}, event("google")], {"google": "1+0"}),
    ],
)  # fmt: skip
def test_consent(pushes: Json, wanted: dict[str, str]) -> None:
    assert fired(*pushes) == wanted


AD_TYPES = consent("update", "granted", "ad_storage", "ad_user_data")


@pytest.mark.parametrize(
    ("above", "pushes"),
    [([], ALL), ([DENIED], ALL), ([DENIED, AGREED], ALL), ([DENIED], [*ALL, AGREED]),
     ([DENIED], [*ALL, AD_TYPES]),
     ([DENIED], [consent("update", "granted", "analytics_storage"), *ALL])],
)  # fmt: skip
def test_the_container_sends_what_we_say(above: Json, pushes: Json, open_page: OpenPage) -> None:
    found = Findings()
    resolved = understand(load(json.dumps(PLAN), "plan.yaml", found), found)
    assert resolved is not None
    head = "".join(f"<script>{script_of(one)}</script>" for one in above)
    page = open_page(emit_gtm(compile_plan(resolved)), head_before_gtm=head)
    page.js("".join(map(script_of, pushes)))
    page.settle()
    sent = {hit["event"].lower() for hit in (*page.ga4(), *page.meta())}
    rows, _ = judged(page.js("JSON.stringify(dataLayer)"))
    assert {name for name, row in rows.items() if row.fired} == sent & {*EVENTS}


def script_of(push: Json) -> str:
    if "event" in push:
        return f"dataLayer.push({json.dumps(push)});"
    call = "(function () { window.dataLayer = window.dataLayer || []; dataLayer.push(arguments); })"
    return f"{call}(...{json.dumps(list(push.values()))});"


def test_what_stands_above_the_snippet_is_of_its_page() -> None:
    pages = [GTM_JS, {"page": "tea"}, GTM_JS, event("shown"), GTM_JS, event("shown")]
    assert fired(*pages) == {"shown": "1+0"}


def test_a_data_layer_a_line() -> None:
    """What people paste who copy the data layer of one page after the other."""
    first = [{"page": "tea"}, GTM_JS, event("shown"), None]
    rows, said = judged(f"{json.dumps(first)}\n[]\n{json.dumps([GTM_JS, *first[2:], 'odd'])}\n")
    assert (rows["shown"].fired, rows["shown"].first) == (1, "line 1")
    assert said == ["a push is an object, and this is text"]


def test_a_recorder_of_ones_own() -> None:
    lines = [{"push": event("both"), "timestamp": 1}, {"push": ["js"], "event": "google"}]
    rows, said = judged("".join(json.dumps(one) + "\n" for one in lines))
    assert said == []
    assert (rows["both"].fired, rows["google"].fired) == (1, 1)


def test_a_recording_without_an_event() -> None:
    _, said = judged('{"type": "both"}\n{"type": "google"}\n')
    assert said == ["no push in this recording has an event, so that nothing can fire"]


def test_what_a_console_shows_is_no_json() -> None:
    found = Findings()
    list(read_data_layer("{event: 'both', page: 1}", "recording.txt", found).pushes)
    (one,) = found
    assert one.hint == "copy(JSON.stringify(dataLayer)) in the console gives one"


def test_unknown_events_are_not_all_told() -> None:
    _, said = judged("".join(json.dumps(event(f"other{n}")) + "\n" for n in range(1000)))
    assert len(said) == 51
    assert said[-1] == "and 950 more events of other names"


def test_an_array_is_no_call_of_gtag() -> None:
    """The rest of the arguments, ``function gtag(...all)``, makes one."""
    lines = [["consent", "default", {}], ["event", "google"], {"0": "event", "1": "google"}]
    rows, said = judged("".join(json.dumps(line) + "\n" for line in lines))
    assert rows["google"].fired == 2
    assert said == [
        "an array is taken for 2 calls of gtag(); of an array that a page pushes GTM takes none"
    ]
