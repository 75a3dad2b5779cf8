"""Others' bytes stay, ours go without a trace."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tagkit.jsontext import scan
from tests.merge.working import (
    EXAMPLES,
    FULL,
    KINDS,
    LAYOUTS,
    dump,
    merged,
    names,
    program,
    through_gtm,
    uninstalled,
    version,
)

PLANS = [program(), *(program(path.read_text("utf-8")) for path in EXAMPLES)]
NAMELESS = program(
    "tagkit: 1\nbusiness: {name: x, currency: EUR, language: pl}\n"
    'google_analytics: {measurement_id: G-1A2B3C4D5E}\nmeta_pixel: {pixel_id: "1234567890123456"}\n'
    'naming: {tag: "{platform} {id}", trigger: "{id} {kind}", variable: "{kind} {name}",'
    ' folder: "{group}"}\nmicro_conversions: [share, phone_click]\nmacro_conversions: [purchase]\n'
)
PLANS.append(NAMELESS)
NUMBERS = range(len(PLANS))


@pytest.mark.parametrize("plan", [0, 1, len(PLANS) - 1])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_there_again_and_back(layout: str, plan: int) -> None:
    text, made = LAYOUTS[layout], PLANS[plan]
    there = merged(made, text).text
    assert merged(made, there).text == there
    assert uninstalled(there).text == text
    assert uninstalled(there, made).text == text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_theirs_are_in_the_text_as_they_were(layout: str) -> None:
    text = LAYOUTS[layout]
    there = merged(PLANS[0], text).text
    assert [there[a:b] for a, b in entities(there, like=text)] == [
        text[a:b] for a, b in entities(text, like=text)
    ]
    letters = iter(there)  # and nothing of what stands between them is lost
    assert all(letter in letters for letter in text if not letter.isspace())


def entities(text: str, like: str) -> list[tuple[int, int]]:
    """Where the first entities of each kind stand, as many as there are in another text."""
    counts = {kind: len(version(like).get(kind, [])) for kind in KINDS}
    places: Any = scan(text)[0]
    members = places[4]["containerVersion"][4]
    return [at[:2] for kind, count in counts.items() if count for at in members[kind][4][:count]]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_data_is_theirs_and_then_ours(layout: str) -> None:
    before, after = version(LAYOUTS[layout]), version(merged(PLANS[0], LAYOUTS[layout]).text)
    for key, value in before.items():
        assert (after[key][: len(value)] if key in KINDS else after[key]) == value
    assert set(after) - set(before) <= set(KINDS)


@pytest.mark.parametrize("layout", ["gtm", "indent 2", "indent 1", "tabs", "minified", "one line",
                                    "no arrays", "crlf", "colons without", "only tags"])  # fmt: skip
def test_ours_are_laid_out_like_theirs(layout: str) -> None:
    text = LAYOUTS[layout]
    indent: Any = re.search(r'^([ \t]*)"', text, re.MULTILINE)
    step = indent[1] if indent and "\n" in text else None
    separators = {"minified": (",", ":"), "one line": (", ", ": "), "colons without": (",", ":")}
    there = merged(PLANS[0], text).text
    again = dump(
        json.loads(there),
        step,
        separators=separators.get(layout, None if step is None else (",", ": ")),
    )
    assert there == (again.replace("\n", "\r\n") if layout == "crlf" else again)


@pytest.mark.parametrize("terse", [True, False])
@pytest.mark.parametrize("plan", NUMBERS)
@pytest.mark.parametrize("layout", ["gtm", "2015", "no arrays", "empty arrays", "only tags"])
def test_through_gtm(layout: str, plan: int, terse: bool) -> None:
    made, text = PLANS[plan], LAYOUTS[layout]
    live = through_gtm(merged(made, text).text, 20, terse=terse)
    assert merged(made, live).text == live
    for gone in (uninstalled(live), uninstalled(live, made)):
        assert through_gtm(gone.text) == through_gtm(text)


def test_a_changed_plan_replaces_only_ours() -> None:
    text = LAYOUTS["gtm"]
    old = merged(PLANS[0], text).text
    new = merged(program(_changed()), old)
    assert uninstalled(new.text).text == text
    kinds = {(c.kind, c.name): c.action.value for c in new.changes}
    assert kinds["tag", "TK - GA4 - guide"] == "replace"
    assert kinds["tag", "TK - GA4 - share"] == "same"
    assert kinds["tag", "TK - GA4 - phone_click"] == "add"
    for kind in KINDS:
        count = len(FULL["containerVersion"][kind])
        assert version(new.text)[kind][:count] == FULL["containerVersion"][kind]


def _changed() -> str:
    from tests.merge.working import PLAN

    return PLAN.replace("- share", "- share\n  - phone_click").replace("label:", "text:")


def test_two_plans_in_one_container() -> None:
    text = LAYOUTS["no arrays"]
    bikes = PLANS[1]
    both = merged(bikes, merged(PLANS[0], text).text).text
    assert uninstalled(both).text == text
    for first, second in ((bikes, PLANS[0]), (PLANS[0], bikes)):
        one = uninstalled(both, first).text
        assert names(one, "tag")
        assert uninstalled(one, second).text == text
        assert uninstalled(one).text == text


def test_what_an_earlier_plan_made() -> None:
    text = LAYOUTS["gtm"]
    old = merged(program(_changed()), text).text
    kept = merged(PLANS[0], old)
    assert "TK - GA4 - phone_click" in names(kept.text, "tag")
    assert uninstalled(kept.text).text == text
    pruned = merged(PLANS[0], old, prune=True)
    assert "TK - GA4 - phone_click" not in names(pruned.text, "tag")
    assert {c.action.value for c in pruned.changes if "phone" in c.name} == {"remove"}
    assert sorted(names(pruned.text, "tag")) == sorted(names(merged(PLANS[0], text).text, "tag"))
    assert uninstalled(pruned.text).text == text
    assert merged(PLANS[0], pruned.text, prune=True).text == pruned.text
