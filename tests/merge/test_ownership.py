"""What is taken for ours, what for theirs, and what is said about it."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.diagnostics import Findings
from tagkit.gtm.merge.merge import merge
from tagkit.source import load_json
from tests.merge.working import (
    FULL,
    LAYOUTS,
    PLAN,
    conflicts,
    data,
    dump,
    entity,
    html,
    merged,
    names,
    program,
    uninstalled,
    version,
)

if TYPE_CHECKING:
    from tagkit.program.model import Program

OURS = program()
TAG, TRIGGER, VARIABLE = "TK - GA4 - share", "TK - guide - click", "TK - DLV - page.type or other"
GOOGLE_TAG = "TK - GA4 - Google tag"


def with_(**kinds: list[dict[str, Any]]) -> str:
    """The full export with more in it."""
    value = copy.deepcopy(FULL)
    for kind, more in kinds.items():
        value["containerVersion"].setdefault(kind, []).extend(more)
    return dump(value)


def changed(text: str, kind: str, name: str, **what: Any) -> str:
    value = json.loads(text)
    for one in value["containerVersion"][kind]:
        if one["name"] == name:
            one.update(what)
    return dump(value)


def action(done: Any, kind: str, name: str) -> str:
    (said,) = [c.action.value for c in done.changes if (c.kind, c.name) == (kind, name)]
    return str(said)


# --- conflicts


def test_nothing_in_the_way() -> None:
    assert conflicts(OURS, LAYOUTS["gtm"]) == []


@pytest.mark.parametrize(
    ("kind", "theirs", "message"),
    [
        ("tag", html("50", TAG), f"tag '{TAG}' is overwritten: it is of type 'html', the plan's is 'gaawe'"),
        ("tag", {**html("50", TAG), "type": "gaawe"},
         f"tag '{TAG}' is overwritten: it has no note of tagkit's"),
        ("trigger", entity("trigger", "50", TRIGGER, type="CLICK"),
         f"trigger '{TRIGGER}' is overwritten: no tag of tagkit's uses it"),
        ("variable", entity("variable", "50", VARIABLE, type="jsm"),
         f"variable '{VARIABLE}' is overwritten: it is of type 'jsm', the plan's is 'v'"),
        ("variable", entity("variable", "50", VARIABLE),
         f"variable '{VARIABLE}' is overwritten: it is of type '', the plan's is 'v'"),
    ],
)  # fmt: skip
def test_a_name_that_is_theirs(kind: str, theirs: dict[str, Any], message: str) -> None:
    text = with_(**{kind: [theirs]})
    assert conflicts(OURS, text) == [("TK603", message)]
    done = merged(OURS, text)
    assert action(done, kind, theirs["name"]) == "replace"
    (new,) = [e for e in version(done.text)[kind] if e["name"] == theirs["name"]]
    assert next(iter(new[key] for key in new if key == f"{kind}Id")) == "50"
    assert conflicts(OURS, done.text) == []
    assert merged(OURS, done.text).text == done.text


@pytest.mark.parametrize("kind", ["trigger", "variable"])
def test_the_same_thing_of_theirs_stays_theirs(kind: str) -> None:
    own = version(merged(OURS, LAYOUTS["gtm"]).text)
    folders = [folder for folder in own["folder"] if folder["name"].startswith("TK")]
    theirs = [one for one in own[kind] if one["name"].startswith("TK")]
    text = with_(**{kind: theirs}, folder=folders)
    assert conflicts(OURS, text) == []
    done = merged(OURS, text)
    assert {action(done, kind, one["name"]) for one in theirs} == {"same"}
    assert uninstalled(done.text).text == text
    assert uninstalled(done.text, OURS).text == text


def test_a_folder_of_theirs_is_shared() -> None:
    text = with_(folder=[entity("folder", "77", "TK - Base")])
    done = merged(OURS, text)
    assert names(done.text, "folder").count("TK - Base") == 1
    (tag,) = [t for t in version(done.text)["tag"] if t["name"] == GOOGLE_TAG]
    assert tag["parentFolderId"] == "77"
    assert uninstalled(done.text).text == text


def google_tag(kind: str, key: str, value: str) -> dict[str, Any]:
    parameter = [{"type": "TEMPLATE", "key": key, "value": value}]
    return html("60", "GA4 config") | {"type": kind, "parameter": parameter}


ID = entity("variable", "61", "ID", type="c",
            parameter=[{"type": "TEMPLATE", "key": "value", "value": "G-1A2B3C4D5E"}])  # fmt: skip


@pytest.mark.parametrize("kind", ["googtag", "gaawc"])
@pytest.mark.parametrize("value", ["G-1A2B3C4D5E", "{{ID}}"])
def test_a_measurement_id_that_has_a_tag(kind: str, value: str) -> None:
    key = "tagId" if kind == "googtag" else "measurementId"
    text = with_(tag=[google_tag(kind, key, value)], variable=[ID])
    message = (
        "tag 'GA4 config' configures 'G-1A2B3C4D5E', as the plan does, "
        "so page views may count twice"
    )
    assert conflicts(OURS, text) == [("TK604", message)]
    paused = google_tag(kind, key, value) | {"paused": True}
    assert conflicts(OURS, with_(tag=[paused], variable=[ID])) == []


def test_another_measurement_id_is_no_conflict() -> None:
    text = with_(tag=[google_tag("googtag", "tagId", "G-OTHER12345")])
    assert conflicts(OURS, text) == []


def test_a_pixel_that_is_started() -> None:
    code = "<script>fbq('init', '1234567890123456'); fbq('track', 'PageView');</script>"
    text = with_(tag=[html("60", "Pixel", code)])
    assert conflicts(OURS, text) == [
        ("TK605", "tag 'Pixel' starts pixel 1234567890123456, as the plan does"),
        ("TK606", "tag 'Pixel' sends 'PageView' to every pixel that is started, as the plan does"),
    ]
    other = "<script>fbq('init', '99'); fbq('trackSingle', '99', 'PageView');</script>"
    assert conflicts(OURS, with_(tag=[html("60", "Pixel", other)])) == []


def test_a_pixel_that_several_tags_start() -> None:
    fields = {"eventName": "custom", "customEventName": "Tea", "pixelId": "1234567890123456"}
    parameter = [{"type": "TEMPLATE", "key": k, "value": v} for k, v in fields.items()]
    of_template = {"type": "cvt_5RM3Q", "parameter": parameter}
    tags = [html(str(60 + n), f"T{n}") | of_template for n in range(1, 4)]
    code = "<script>fbq('init', '1234567890123456'); fbq('init', '1234567890123456');</script>"
    text = with_(tag=[*tags, html("60", "Pixel", code)])
    found = [finding for finding in _said_of(OURS, text) if finding.rule.code == "TK605"]
    assert [finding.message for finding in found] == [
        "4 tags: 'Pixel', 'T1', 'T2', 'T3' start pixel 1234567890123456, as the plan does"
    ]
    assert found[0].hint == "pause all but one: a second start is ignored, with all it carries"


def test_an_event_that_is_sent() -> None:
    parameter = [
        {"type": "TEMPLATE", "key": "eventName", "value": "share"},
        {"type": "TEMPLATE", "key": "measurementIdOverride", "value": "G-1A2B3C4D5E"},
    ]
    text = with_(tag=[html("60", "Shared") | {"type": "gaawe", "parameter": parameter}])
    assert conflicts(OURS, text) == [
        ("TK606", "tag 'Shared' sends 'share' to 'G-1A2B3C4D5E', as the plan does")
    ]


MESSAGE = "the plan needs the built-in variable '{}', and gets this variable, which has its name"


def test_a_variable_with_the_name_of_a_built_in() -> None:
    text = with_(variable=[entity("variable", "60", "Page Path", type="u")])
    assert conflicts(OURS, text) == [
        ("TK607", MESSAGE.format("Page Path")),
    ]
    assert "Page Path" not in names(merged(OURS, text).text, "builtInVariable")


def test_the_plan_of_another_container() -> None:
    plan = program(PLAN + "container: {public_id: GTM-COFFEE1}\n")
    assert conflicts(plan, LAYOUTS["gtm"]) == [
        ("TK601", "the plan is for container GTM-COFFEE1, and this is GTM-TEA1234")
    ]
    assert conflicts(program(PLAN + "container: {public_id: GTM-TEA1234}\n"), LAYOUTS["gtm"]) == []


def test_a_variable_that_the_export_lacks() -> None:
    plan = program(
        PLAN.replace("kind: {", 'tbl: {gtm: "{{price}}"}, old: {gtm: "{{Our own}}"}, '
                     'at: {gtm: "{{Page Path}}"}, kind: {')
    )  # fmt: skip
    found = _said_of(plan, LAYOUTS["gtm"])
    assert [(f.rule.code, f.message, f.hint) for f in found] == [
        ("TK614", f"the plan refers to {{{{{name}}}}}, which the export does not have", hint)
        for name, hint in [
            ("price", "did you mean '{{Price}}'?"),
            ("Our own", "make the variable in GTM, or correct its name in the plan"),
        ]
    ]
    assert {f.route for f in found} == {("containerVersion", "variable")}
    there = [entity("variable", "60", name, type="u") for name in ("price", "Our own")]
    assert conflicts(plan, with_(variable=there)) == []
    bare = [(f.rule.code, f.route) for f in _said_of(plan, dump(data()))]
    assert bare == [("TK614", ("containerVersion",))] * 2


def _said_of(plan: Program, text: str) -> Findings:
    found = Findings()
    merge(plan, load_json(text, "export.json", found), found)
    return found


# --- ids


def test_ours_have_the_account_of_the_container() -> None:
    done = version(merged(OURS, LAYOUTS["gtm"]).text)
    for kind in ("tag", "trigger", "variable", "folder", "builtInVariable"):
        assert {(e["accountId"], e["containerId"]) for e in done[kind]} == {("7", "8")}


@pytest.mark.parametrize("where", ["tag", "trigger", "variable", "folder", "firing", "lying"])
def test_an_id_that_is_taken(where: str) -> None:
    """Also one that theirs refer to, and nobody has."""
    free = merged(OURS, LAYOUTS["gtm"]).text
    (number,) = [t["triggerId"] for t in version(free)["trigger"] if t["name"] == TRIGGER]
    theirs = {
        "tag": {"tag": [html(number, "A")]},
        "trigger": {"trigger": [entity("trigger", number, "A", type="DOM_READY")]},
        "variable": {"variable": [entity("variable", number, "A", type="j")]},
        "folder": {"folder": [entity("folder", number, "A")]},
        "firing": {"tag": [html("70", "A", blockingTriggerId=[number])]},
        "lying": {"tag": [html("70", "A", parentFolderId=number)]},
    }[where]
    text = with_(**theirs)
    done = merged(OURS, text)
    (new,) = [c for c in done.changes if (c.kind, c.name) == ("trigger", TRIGGER)]
    assert (new.taken, new.id != number) == (number, True)
    assert done.counted().endswith("1 renumbered; 8 of others untouched")
    for tag in version(done.text)["tag"]:
        if tag["name"].endswith("guide"):
            assert tag["firingTriggerId"] == [new.id]
    assert uninstalled(done.text).text == text
    assert merged(OURS, done.text).text == done.text


def test_members_of_a_group_follow() -> None:
    plan = program(
        PLAN + "  - {id: both, trigger: {all: [{scroll: {percent: 50}}, {timer: {interval: 9000, "
        "limit: 1}}]}}\n"
    )
    first = version(merged(plan, LAYOUTS["gtm"]).text)
    ids = [t["triggerId"] for t in first["trigger"] if t["name"].startswith("TK - both")]
    theirs = [entity("trigger", n, f"T{n}", type="DOM_READY") for n in ids]
    done = version(merged(plan, with_(trigger=theirs)).text)
    (group,) = [t for t in done["trigger"] if t["type"] == "TRIGGER_GROUP"]
    members = {one["value"] for one in group["parameter"][0]["list"]}
    mine = {t["triggerId"] for t in done["trigger"] if t["name"].startswith("TK - both")}
    assert members == mine - {group["triggerId"]}
    assert not mine & set(ids)


# --- taking out


def test_nothing_of_ours() -> None:
    assert uninstalled(LAYOUTS["crlf"]).text == LAYOUTS["crlf"]
    assert uninstalled(LAYOUTS["crlf"]).counted() == "nothing changed; 7 of others untouched"


def test_what_others_use_stays_with_what_it_needs() -> None:
    there = merged(OURS, LAYOUTS["gtm"]).text
    value = json.loads(there)
    (trigger,) = [t for t in value["containerVersion"]["trigger"] if t["name"] == TRIGGER]
    value["containerVersion"]["tag"] += [
        html("60", "Theirs", "{{Page Path}}", firingTriggerId=[trigger["triggerId"]]),
        html("61", "Second", setupTag=[{"tagName": GOOGLE_TAG, "stopOnSetupFailure": True}]),
    ]
    done = uninstalled(dump(value))
    left = version(done.text)
    assert {t["name"] for t in left["tag"]} == {"Żółty tag", "Theirs", "Second", GOOGLE_TAG}
    assert [t["name"] for t in left["trigger"]] == ["Every page", "Ready", TRIGGER]
    assert {v["name"] for v in left["variable"]} == {"Price", "TK - GA4 Measurement ID"}
    assert {f["name"] for f in left["folder"]} == {"Theirs", "TK - Base", "TK - Secondary"}
    assert "PAGE_PATH" in {b["type"] for b in left["builtInVariable"]}
    assert {c.name for c in done.changes if c.action.value == "keep"} == {
        GOOGLE_TAG, TRIGGER, "TK - GA4 Measurement ID", "TK - Base", "TK - Secondary",
    }  # fmt: skip


def test_a_copy_of_a_tag_of_ours_stays() -> None:
    value = json.loads(merged(OURS, LAYOUTS["gtm"]).text)
    (tag,) = [t for t in value["containerVersion"]["tag"] if t["name"] == TAG]
    value["containerVersion"]["tag"].append({**tag, "tagId": "90", "name": f"Copy of {TAG}"})
    left = uninstalled(dump(value)).text
    assert f"Copy of {TAG}" in names(left, "tag")
    assert TAG not in names(left, "tag")


def test_a_trigger_of_theirs_on_a_tag_of_ours_stays() -> None:
    there = merged(OURS, with_(trigger=[entity("trigger", "60", "Internal", type="PAGEVIEW")])).text
    there = changed(there, "tag", TAG, blockingTriggerId=["60"])
    assert "Internal" in names(uninstalled(there).text, "trigger")


def test_references_that_led_nowhere_lead_nowhere_again() -> None:
    text = with_(tag=[html("60", "A", "{{Click URL}} {{Page Path}} {{TK - GA4 Measurement ID}}")])
    done = merged(OURS, text)
    assert "Page Path" in names(done.text, "builtInVariable")
    assert uninstalled(done.text).text == text
    assert uninstalled(done.text, OURS).text == text


def test_built_ins_that_were_on_stay_on() -> None:
    path = {"accountId": "7", "containerId": "8", "type": "PAGE_PATH", "name": "Page Path"}
    text = with_(builtInVariable=[path])
    assert uninstalled(merged(OURS, text).text).text == text


def test_without_the_memory_built_ins_stay() -> None:
    value = json.loads(merged(OURS, LAYOUTS["gtm"]).text)
    for tag in value["containerVersion"]["tag"]:
        if "notes" in tag:
            tag["notes"] = tag["notes"].split("\nFor 'tagkit")[0]
    left = version(uninstalled(dump(value)).text)
    assert [t["name"] for t in left["tag"]] == ["Żółty tag"]
    assert {b["type"] for b in left["builtInVariable"]} > {"PAGE_URL", "EVENT"}


def test_what_build_made_and_gtm_imported_is_ours() -> None:
    from tagkit.gtm.emit import emit_gtm

    built = emit_gtm(OURS)
    done = uninstalled(dump(built))
    assert set(version(done.text)) & {"tag", "trigger", "variable", "folder"} == set()
    again = merged(OURS, dump(built))
    assert (again.text, {c.action.value for c in again.changes}) == (dump(built), {"same"})


def test_with_the_plan_notes_are_not_needed() -> None:
    there = merged(OURS, LAYOUTS["gtm"]).text
    value = json.loads(there)
    for tag in value["containerVersion"]["tag"]:
        tag.pop("notes", None)
    assert "TK - GA4 - share" in names(uninstalled(dump(value)).text, "tag")
    left = version(uninstalled(dump(value), OURS).text)
    assert [t["name"] for t in left["tag"]] == ["Żółty tag"]
    assert [v["name"] for v in left["variable"]] == ["Price"]


def test_two_with_one_name() -> None:
    text = with_(tag=[html("60", TAG), html("61", TAG)])
    done = merged(OURS, text)
    assert [code for code, _ in conflicts(OURS, text)] == ["TK603"]
    assert names(done.text, "tag").count(TAG) == 2
    assert merged(OURS, done.text).text == done.text


def test_an_empty_container() -> None:
    text = dump(data())
    assert uninstalled(merged(OURS, text).text).text == text


@pytest.mark.parametrize(
    ("kind", "user"),
    [
        ("trigger", {"type": "TRIGGER_GROUP", "parameter": [
            {"type": "LIST", "key": "triggerIds",
             "list": [{"type": "TRIGGER_REFERENCE", "value": "TRIGGER"}]}]}),
        ("variable", {"type": "gtes", "parameter": [{"type": "TAG_REFERENCE", "value": TAG}]}),
        ("zone", {"boundary": {"customEvaluationTriggerId": ["TRIGGER"]}}),
        ("customTemplate", {"templateData": f'"defaultValue": "{{{{{VARIABLE}}}}}"'}),
    ],
)  # fmt: skip
def test_what_others_have_come_to_use_stays(kind: str, user: dict[str, Any]) -> None:
    there = merged(OURS, LAYOUTS["gtm"]).text
    (trigger,) = [t["triggerId"] for t in version(there)["trigger"] if t["name"] == TRIGGER]
    value = json.loads(there)
    theirs = json.loads(json.dumps(entity("folder", "70", "Theirs, later", **user)))
    text = dump(theirs).replace('"TRIGGER"', json.dumps(trigger)).replace("folderId", f"{kind}Id")
    value["containerVersion"].setdefault(kind, []).append(json.loads(text))
    kept = [c.name for c in uninstalled(dump(value)).changes if c.action.value == "keep"]
    assert {TRIGGER, TAG, VARIABLE} & set(kept)
