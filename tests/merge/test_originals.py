"""What of others is overwritten comes back, whatever happens to the file in between."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from tests.merge.test_ownership import OURS, TAG, TRIGGER, VARIABLE, action, with_
from tests.merge.working import (
    EXAMPLES,
    KINDS,
    LAYOUTS,
    PLAN,
    dump,
    entity,
    html,
    merged,
    program,
    through_gtm,
    uninstalled,
    version,
)

GROUP = {
    "type": "LIST",
    "key": "triggerIds",
    "list": [{"type": "TRIGGER_REFERENCE", "value": "5"}, {"type": "TEMPLATE", "value": "5"}],
}
THEIRS = {
    "a tag": {"tag": [html("50", TAG, firingTriggerId=["4", "5"], parentFolderId="9")]},
    "a tag with an id that is not there": {"tag": [html("50", TAG, firingTriggerId=["77"])]},
    "a tag of any shape": {"tag": [{**html("50", TAG), "firingTriggerId": 5, "parameter": "x"}]},
    "a tag with braces and quotes": {"tag": [html("50", TAG, '<b title="\\">{{Price}}</b>\n\u2028')]},
    "a trigger": {"trigger": [entity("trigger", "50", TRIGGER, type="CLICK")]},
    "a trigger group": {
        "trigger": [entity("trigger", "50", TRIGGER, type="TRIGGER_GROUP", parameter=[GROUP])]
    },
    "a trigger that others use": {
        "trigger": [entity("trigger", "50", TRIGGER, type="CLICK")],
        "tag": [html("51", "Uses it", firingTriggerId=["50"])],
    },
    "a variable": {"variable": [entity("variable", "50", VARIABLE, type="jsm")]},
    "a variable that others use": {
        "variable": [entity("variable", "50", VARIABLE, type="u")],
        "tag": [html("51", "Uses it", f"{{{{{VARIABLE}}}}}")],
    },
    "without an id": {"tag": [{"name": TAG, "type": "html"}]},
    "two variables of one name": {
        "variable": [entity("variable", n, VARIABLE, type="jsm") for n in ("50", "51")]
    },
    "two triggers of one name": {
        "trigger": [entity("trigger", n, TRIGGER, type="CLICK") for n in ("50", "51")],
        "tag": [html("52", "Uses both", firingTriggerId=["50", "51"])],
    },
    "two tags of one name": {"tag": [html("50", TAG), {**html("51", TAG), "type": "gaawe"}]},
    "one of each": {
        "tag": [html("50", TAG, firingTriggerId=["50"])],
        "trigger": [entity("trigger", "50", TRIGGER, type="CLICK")],
        "variable": [entity("variable", "50", VARIABLE, type="jsm")],
    },
}  # fmt: skip


@pytest.mark.parametrize("case", THEIRS)
@pytest.mark.parametrize("indent", [4, "\t", None])
def test_it_comes_back(case: str, indent: Any) -> None:
    text = dump(json.loads(with_(**THEIRS[case])), indent)
    there = merged(OURS, text).text
    assert merged(OURS, there).text == there
    assert uninstalled(there).text == text
    assert uninstalled(there, OURS).text == text


@pytest.mark.parametrize("case", [c for c in THEIRS if "two" not in c and "any" not in c])
def test_it_comes_back_from_gtm(case: str) -> None:
    """GTM gives new ids, and what was remembered mentions the old ones."""
    if case == "without an id":
        pytest.skip("GTM writes none without")
    text = with_(**THEIRS[case])
    live = through_gtm(merged(OURS, text).text, shift=100)
    assert through_gtm(uninstalled(live).text) == through_gtm(text)


def test_it_is_said() -> None:
    done = uninstalled(merged(OURS, with_(**THEIRS["a tag"])).text)
    assert action(done, "tag", TAG) == "restore"
    assert "restore   tag 'TK - GA4 - share'" in list(done.lines())
    assert done.counted() == "29 removed, 1 restored; 7 of others untouched"


def test_with_prune_it_comes_back_when_the_plan_has_it_no_more() -> None:
    text = with_(**THEIRS["one of each"])
    there = merged(OURS, text).text
    less = program(PLAN.replace("  - share\n", ""))
    kept = merged(less, there)
    assert action(kept, "tag", TAG) == "keep"
    assert uninstalled(kept.text).text == text
    pruned = merged(less, there, prune=True)
    assert action(pruned, "tag", TAG) == "restore"
    (tag,) = [tag for tag in version(pruned.text)["tag"] if tag["name"] == TAG]
    assert tag["type"] == "html"
    assert merged(less, pruned.text, prune=True).text == pruned.text
    assert uninstalled(pruned.text).text == text


@pytest.mark.parametrize(
    "was",
    [
        '[["tag","{}","",[]]]', '[["tag","{}","[5]",[]]]', '[["tag","{}","[[[",[]]]',
        '[["tag","{}",5,[]]]', '[["tag","{}","\\u007b\\u007d",[5,["a"]]]]', '[["tag"]]', "5",
    ],
)  # fmt: skip
def test_somebody_wrote_in_it(was: str) -> None:
    value = json.loads(merged(OURS, LAYOUTS["gtm"]).text)
    for tag in value["containerVersion"]["tag"]:
        if "uninstall'" in tag.get("notes", ""):
            tag["notes"] = tag["notes"].replace(
                "uninstall': {", f'uninstall\': {{"was":{was.replace("{}", TAG, 1)},'
            )
    done = uninstalled(dump(value))
    assert [t["name"] for t in version(done.text)["tag"] if t["name"] != TAG] == ["Żółty tag"]


PLANS = [program(path.read_text("utf-8")) for path in EXAMPLES]


def with_our_names(number: int) -> str:
    """What a merge makes of an export, as if others had made it: their notes, types, ids, order."""
    random = Random(number)  # noqa: S311 # the same in every run
    value = json.loads(merged(PLANS[number % len(PLANS)], LAYOUTS["gtm"]).text)
    inner = value["containerVersion"]
    for kind in KINDS:
        inner[kind] = random.sample(inner[kind], len(inner[kind]) // 2)
        for one in inner[kind]:
            one.pop("notes", None)
            if random.random() < 0.3 and kind not in ("folder", "builtInVariable"):
                one["type"] = "other"
    return dump(value, 2)


@pytest.mark.parametrize("number", range(12))
def test_our_names_and_ids_are_taken(number: int) -> None:
    text, plan = with_our_names(number), PLANS[number % len(PLANS)]
    there = merged(plan, text).text
    assert merged(plan, there).text == there
    assert uninstalled(there).text == text
    assert uninstalled(there, plan).text == text
    other = PLANS[(number + 1) % len(PLANS)]
    assert uninstalled(merged(other, there).text).text == text
    assert uninstalled(merged(other, there, prune=True).text).text == text
