"""``tagkit diff`` as people and CI run it: exit codes, what goes where, the drift check."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from tagkit import cli
from tagkit.artefacts import GTM_FILE
from tests.diff.golden import HERE
from tests.diff.shuffled import shuffled

PLAN = """\
tagkit: 1
business: {name: Tea House, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
consent: {mode: basic}
micro_conversions:
  - share
  - add_to_cart
  - {id: guide, trigger: {event: guide}, parameters: {author: {gtm: "{{Author}}"}}}
"""
THEIRS = {
    "tag": {"tagId": "900", "name": "Chat", "type": "html", "firingTriggerId": ["2147479553"]},
    "trigger": {"triggerId": "901", "name": "Theirs", "type": "PAGEVIEW"},
    "variable": {"variableId": "902", "name": "Author", "type": "r"},
    "folder": {"folderId": "903", "name": "Their folder"},
}
Json = Any


class Said:
    def __init__(self, result: Any) -> None:
        self.out, self.err, self.code = result.stdout, result.stderr, result.exit_code


def diff(*arguments: str, **environment: str) -> Said:
    return Said(CliRunner().invoke(cli.app, ["diff", *arguments], env=environment))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN, "utf-8")
    built = CliRunner().invoke(cli.app, ["build", "plan.yaml", "-o", "dist", "--only", "gtm"])
    assert built.exit_code == 0
    return tmp_path


def live(change: Any = None) -> str:
    """The built container as it is in GTM, with others' entities, changed by somebody."""
    data = json.loads(Path("dist", GTM_FILE).read_text("utf-8"))
    version = data["containerVersion"]
    for kind, entity in THEIRS.items():
        version[kind].append(entity)
    if change:
        change(version)
    made = shuffled(data, Random(7))  # noqa: S311 # the same order in every run
    Path("live.json").write_text(json.dumps(made), "utf-8")
    return "live.json"


def tag(version: Json, name: str) -> Json:
    return next(tag for tag in version["tag"] if tag["name"] == name)


# --- drift


def test_a_plan_and_what_it_builds_mean_the_same() -> None:
    said = diff("plan.yaml", "dist/gtm-container.json")
    assert (said.code, said.err) == (0, "")
    assert said.out == "plan.yaml and dist/gtm-container.json mean the same\n"


def test_what_others_own_is_no_drift() -> None:
    said = diff("plan.yaml", live())
    assert (said.code, said.err) == (0, "")
    assert said.out == ("plan.yaml and live.json mean the same; 4 entities of others left out\n")
    assert diff(live(), "plan.yaml").code == 0


def test_with_all_it_is() -> None:
    said = diff("plan.yaml", live(), "--all")
    assert said.code == cli.FINDINGS
    assert said.out.endswith("plan.yaml and live.json differ: 4 added\n")


def test_a_container_is_not_taken_for_a_plan_s() -> None:
    """Between two containers everything counts."""
    assert diff("dist/gtm-container.json", live()).code == cli.FINDINGS


def test_what_is_changed_in_ours_is_drift() -> None:
    def pause(version: Json) -> None:
        tag(version, "TK - Meta - guide")["paused"] = True

    said = diff("plan.yaml", live(pause))
    assert said.code == cli.FINDINGS
    assert "'Guide' (Meta) is no longer sent: the tag 'TK - Meta - guide' is paused\n" in said.out


def test_what_is_left_of_an_earlier_build_is_drift() -> None:
    def leave(version: Json) -> None:
        by_name = {**THEIRS["trigger"], "name": "TK - old - event", "triggerId": "910"}
        by_notes = {**THEIRS["tag"], "name": "Renamed", "tagId": "911", "notes": "Made by tagkit."}
        theirs = {**THEIRS["trigger"], "name": "TKO", "triggerId": "912"}
        version["trigger"] += [by_name, theirs]
        version["tag"].append(by_notes)

    out = diff("plan.yaml", live(leave)).out
    assert out.endswith("differ: 2 added; 5 entities of others left out\n")


def test_a_name_that_somebody_changed() -> None:
    def rename(version: Json) -> None:
        tag(version, "TK - GA4 - share")["name"] = "Sharing"

    assert "renamed tag 'TK - GA4 - share' -> 'Sharing'" in diff("plan.yaml", live(rename)).out


def test_a_tag_of_others_that_sends_the_same_again() -> None:
    def copy(version: Json) -> None:
        version["tag"].append({**tag(version, "TK - GA4 - share"), "name": "Mine", "tagId": "920"})
        version["tag"][-1].pop("notes")

    said = diff("plan.yaml", live(copy))
    assert said.code == cli.FINDINGS
    assert "'share' (GA4) is sent by another tag, too, and counts twice: 'Mine'\n" in said.out
    assert said.out.endswith("plan.yaml and live.json differ; 5 entities of others left out\n")


TWO = "meta_pixel: {pixel_id: [PIXEL, '2234567890123456']}"


@pytest.mark.parametrize(
    ("pixels", "gallery", "code"),
    [
        ("PIXEL", "PIXEL", ""),
        ("PIXEL", "{{P}}", ""),
        ("PIXEL", "99, PIXEL", ""),
        ("PIXEL", "", "fbq('trackSingle', '{{P}}', 'Guide');"),
        ("PIXEL", "", "fbq('track', 'Guide');"),
        (TWO, "2234567890123456", ""),
        (TWO, "", "fbq('track', 'Guide');"),
        ("PIXEL", "99", None),
        ("PIXEL", "", "fbq('trackSingle', '99', 'Guide');"),
    ],
)
def test_a_tag_of_others_that_sends_to_a_pixel_of_ours(
    pixels: str, gallery: str, code: str | None
) -> None:
    number = "1234567890123456"
    plan = Path("plan.yaml").read_text("utf-8")
    (line,) = (one for one in plan.splitlines() if one.startswith("meta_pixel:"))
    if pixels == TWO:
        new = TWO.replace("PIXEL", f"'{number}'")
        Path("plan.yaml").write_text(plan.replace(line, new), "utf-8")
        CliRunner().invoke(cli.app, ["build", "plan.yaml", "-o", "dist", "--only", "gtm"])

    def send(version: Json) -> None:
        value = {"type": "TEMPLATE", "key": "value", "value": number}
        version["variable"].append(
            {"variableId": "930", "name": "P", "type": "c", "parameter": [value]}
        )
        fields = {
            "eventName": "custom",
            "customEventName": "Guide",
            "pixelId": gallery.replace("PIXEL", number),
        }
        if code:
            fields = {"html": f"<script>{code}</script>"}
        version["tag"].append({
            "tagId": "920", "name": "Mine", "type": "html" if code else "cvt_5RM3Q",
            "firingTriggerId": ["2147479553"],
            "parameter": [{"type": "TEMPLATE", "key": k, "value": v} for k, v in fields.items()],
        })  # fmt: skip

    said = diff("plan.yaml", live(send))
    twice = "'Guide' (Meta) is sent by another tag, too, and counts twice: 'Mine'\n"
    expected = code is not None and "99'" not in code
    assert (said.code == cli.FINDINGS, twice in said.out) == (expected, expected)


@pytest.mark.parametrize(
    ("key", "field", "word"),
    [("setupTag", "tagName", "before"), ("teardownTag", "tagName", "after")],
)
def test_a_tag_of_others_that_runs_ours(key: str, field: str, word: str) -> None:
    def run(version: Json) -> None:
        mine = {**tag(version, "TK - GA4 - share"), "name": "Mine", "tagId": "920", "type": "img"}
        version["tag"].append({**mine, key: [{field: "TK - GA4 - share"}]})
        version["tag"][-1].pop("notes")

    said = diff("plan.yaml", live(run))
    assert said.code == cli.FINDINGS
    assert f"'share' (GA4) runs {word} the tag of others 'Mine', too\n" in said.out


def test_a_merge_is_no_drift() -> None:
    Path("theirs.json").write_text(json.dumps({"containerVersion": {"tag": [THEIRS["tag"]]}}))
    done = CliRunner().invoke(cli.app, ["merge", "plan.yaml", "theirs.json", "-o", "merged.json"])
    assert done.exit_code == 0
    theirs = json.loads(Path("merged.json").read_text("utf-8"))["containerVersion"]
    assert "uninstall" in json.dumps(theirs["tag"])
    theirs["variable"].append(THEIRS["variable"])  # which the plan names
    Path("merged.json").write_text(json.dumps({"containerVersion": theirs}), "utf-8")
    said = diff("plan.yaml", "merged.json")
    assert (said.code, said.out.partition(";")[0]) == (0, "plan.yaml and merged.json mean the same")


def test_a_variable_of_others_that_is_gone() -> None:
    def remove(version: Json) -> None:
        version["variable"] = [v for v in version["variable"] if v["name"] != "Author"]

    said = diff("plan.yaml", live(remove))
    assert said.code == cli.FINDINGS
    assert "'guide' (GA4) and 'Guide' (Meta) use the variable 'Author', which is" in said.out


def test_a_plan_and_a_container_of_somebody_else() -> None:
    Path("theirs.json").write_text(json.dumps({"containerVersion": {"tag": [THEIRS["tag"]]}}))
    said = diff("plan.yaml", "theirs.json")
    assert said.code == cli.FINDINGS
    assert "'guide' and 'share' (GA4) and 'AddToCart', 'Guide'" in said.out
    assert "are no longer sent\n" in said.out


# --- formats


def test_auto_is_markdown_in_github_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "firing")
    kept = Path("said.md").read_text("utf-8").replace("firing/", "")
    assert diff("old.json", "new.json", GITHUB_ACTIONS="true").out == kept
    assert diff("old.json", "new.json", "--format", "markdown").out == kept
    kept = Path("said.txt").read_text("utf-8").replace("firing/", "")
    assert diff("old.json", "new.json").out == kept
    assert diff("old.json", "new.json", "--format", "text", GITHUB_ACTIONS="true").out == kept


def test_colour() -> None:
    assert "\x1b[" in diff("plan.yaml", live(), "--all", FORCE_COLOR="1").out
    assert "\x1b[" not in diff("plan.yaml", live(), "--all").out


def test_json_of_two_that_mean_the_same() -> None:
    said = diff("plan.yaml", live(), "--format", "json")
    shape = json.loads(said.out)
    assert (said.code, shape["different"], shape["left_out"]) == (0, False, 4)
    assert (shape["old"], shape["new"]) == (
        {"file": "plan.yaml", "kind": "plan"},
        {"file": "live.json", "kind": "container"},
    )
    assert shape["measurement"] == shape["entities"] == []


def test_names_do_not_break_out_of_markdown() -> None:
    hostile = "``` <img src=x> @you | *x*\n# ``"

    def rename(version: Json) -> None:
        tag(version, "TK - GA4 - share")["name"] = hostile

    out = diff("plan.yaml", live(rename), "--format", "markdown").out
    assert "-> ```` ``` <img src=x> @you | *x*\\n# `` ````\n" in out


def test_a_comment_has_its_limit() -> None:
    def many(version: Json) -> None:
        version["variable"] += [
            {
                **THEIRS["variable"],
                "name": f"A variable {n} {'x' * 60}",
                "variableId": str(10**5 + n),
            }
            for n in range(2000)
        ]

    out = diff("plan.yaml", live(many), "--all", "--format", "markdown").out
    assert len(out) < 65_536
    assert out.splitlines()[-1].startswith("… and ")


# --- what cannot be compared


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("none.json", None, "none.json: error[TK001]: there is no such file"),
        ("empty.json", "", "empty.json: error[TK007]: the file is empty"),
        ("half.json", '{"containerVersion": {', "half.json:1:23: error[TK010]: the text ends"),
        ("list.json", "[1, 2]", "list.json:1:2: error[TK102]"),
        (
            "other.json",
            '{"a": 1}',
            "other.json:1:1: error[TK023]: this is neither a plan nor a GTM",
        ),
        ("page.json", "<!doctype html><html>", "page.json:1:1: error[TK023]: this is a web page"),
        (
            "wrong.yaml",
            PLAN.replace("share", "shar"),
            "wrong.yaml:7:5: error[TK301]: no conversion",
        ),
        ("shape.yaml", PLAN.replace("mode: basic", "mode: x"), "shape.yaml:5:17: error[TK1"),
    ],
)
def test_a_file_that_cannot_be_compared(name: str, text: str | None, expected: str) -> None:
    if text is not None:
        Path(name).write_text(text, "utf-8")
    for arguments in ((name, "plan.yaml"), ("dist/gtm-container.json", name)):
        for form in ("text", "json", "markdown"):
            said = diff(*arguments, "--format", form)
            assert (said.code, said.out) == (cli.USAGE, "")
            assert said.err.startswith(expected)
            assert "warning" not in said.err


def test_both_are_said() -> None:
    err = diff("one.yaml", "two.json").err
    assert "one.yaml: error[TK001]" in err
    assert "two.json: error[TK001]" in err


def test_a_folder() -> None:
    assert "dist: error[TK002]: this is a folder" in diff("plan.yaml", "dist").err


def test_a_byte_order_mark_and_half_a_character() -> None:
    data = json.loads(Path(live()).read_text("utf-8"))
    data["containerVersion"]["tag"].append({**THEIRS["tag"], "name": "\ud800", "tagId": "1"})
    Path("odd.json").write_text("\ufeff" + json.dumps(data), "utf-8")
    said = diff("live.json", "odd.json")
    assert (said.code, "added   tag '\\ud800'" in said.out) == (1, True)


def test_the_words_of_json_are_in_the_docs() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "diff.md").read_text("utf-8")
    for path in HERE.glob("*/said.json"):
        for effect in json.loads(path.read_text("utf-8"))["measurement"]:
            what = effect["what"].replace("user_property_", "parameter_")
            assert f"`{what.replace('setting_', 'parameter_')}`" in docs


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"exportFormatVersion": 2}', "error[TK401]: there is nothing to compare: "),
        ('{"exportFormatVersion": 2, "containerVersion": []}', "error[TK401]: there is nothing"),
        (
            '{"containerVersion": {"container": {"usageContext": ["SERVER"]}}}',
            "error[TK407]: this is a server container, not one for web pages",
        ),
    ],
)
def test_a_plan_and_what_it_cannot_have_become(text: str, message: str, tmp_path: Path) -> None:
    plan, live = tmp_path / "plan.yaml", tmp_path / "live.json"
    plan.write_text((HERE / "drift" / "old.yaml").read_text("utf-8"), "utf-8")
    live.write_text(text, "utf-8")
    for files in ((plan, live), (live, plan), (plan, live, "--all")):
        said = diff(*map(str, files))
        assert (said.code, said.out) == (2, "")
        assert message in said.err


@pytest.mark.parametrize("context", ["SERVER", "AMP"])
def test_two_containers_that_are_not_for_pages(context: str, tmp_path: Path) -> None:
    live = tmp_path / "live.json"
    live.write_text(f'{{"containerVersion": {{"container": {{"usageContext": ["{context}"]}}}}}}')
    assert diff(str(live), str(live)).code == 0
