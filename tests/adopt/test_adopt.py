"""Containers as data, the plans they become beside them, and that both mean the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tagkit.cli import app

from .judging import build, judge, table
from .meaning import meanings

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CONTAINERS = sorted((HERE / "containers").glob("*.json"))
CORPUS = ROOT.parent / "shared" / "corpus"
EXPORTS = sorted((CORPUS / "exports").glob("*.json"))
PLANS = [*sorted((ROOT / "examples").glob("*.yaml")),
         *sorted((ROOT / "tests" / "plan" / "good").glob("*.yaml"))]  # fmt: skip
BY_NAME = {"ids": lambda path: path.name}
# What of the examples does not come back, and why.
LEFT = {
    "ga4_modern.json": {"GA4 - alone": "no trigger fires it"},
    "meta_html.json": {"Pixel - maybe": "fbq stands behind a condition in its code"},
    "meta_templates.json": {
        "Stape mapped": "the template makes the event's properties from the data layer"
    },
}


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def adopted(path: Path) -> str:
    """The plan and the report, as the command writes them."""
    result = CliRunner().invoke(app, ["adopt", str(path), "-o", "-"])
    assert result.exit_code == (0 if result.stdout else 1), result.output
    return f"{result.stdout}--- report\n{result.stderr}"


@pytest.mark.parametrize("path", CONTAINERS, **BY_NAME)
def test_what_a_container_becomes(path: Path) -> None:
    """Regenerate with ``python -m tests.adopt.regenerate``, and read what changed."""
    assert adopted(path) == path.with_suffix(".out").read_text("utf-8")


@pytest.mark.parametrize("path", CONTAINERS, **BY_NAME)
def test_what_is_built_of_it_means_the_same(path: Path) -> None:
    adoption, verdicts = judge(read(path))
    expected = LEFT.get(path.name, {})
    if not adoption.text:
        assert adoption.reason
        return
    assert {v.tag for v in verdicts if v.differs} == set(expected), table(verdicts)
    reasons = {left.words: left.reason for left in adoption.left}
    for tag, reason in expected.items():
        assert reasons[f"tag '{tag}'"] == reason


@pytest.mark.parametrize("path", PLANS, **BY_NAME)
def test_our_own_containers_come_back(path: Path) -> None:
    try:
        data = build(path.read_text("utf-8"))
    except AssertionError:
        pytest.skip("not a plan by itself")
    _, verdicts = judge(data)
    assert not [v for v in verdicts if v.differs], table(verdicts)


def test_catalog_entries_are_recognised() -> None:
    data = build((ROOT / "examples" / "herbata.yaml").read_text("utf-8"))
    adoption, _ = judge(data)
    for line in ("  - purchase\n", "  - add_to_cart\n", "  - page_not_found\n", "currency: PLN"):
        assert line in adoption.text


def test_every_tag_is_in_the_plan_or_left_with_a_reason() -> None:
    for path in CONTAINERS:
        data = read(path)
        adoption, _ = judge(data)
        said = {words for words, _ in adoption.became} | {left.words for left in adoption.left}
        for tag in data["containerVersion"].get("tag", []):
            assert f"tag '{tag['name']}'" in said, tag["name"]


def test_the_same_container_gives_the_same_bytes() -> None:
    for path in CONTAINERS:
        assert judge(read(path))[0] == judge(read(path))[0]


# --- the judge itself


@pytest.mark.parametrize("change", ["filter", "blockingTriggerId", "consentSettings", "parameter"])
def test_the_judge_sees_what_is_lost(change: str) -> None:
    data = read(HERE / "containers" / "ga4_modern.json")
    poorer = json.loads(json.dumps(data))
    version = poorer["containerVersion"]
    for entity in (*version["tag"], *version["trigger"]):
        if change == "parameter":
            rows = [p for p in entity.get("parameter", []) if p.get("key") == "eventSettingsTable"]
            for row in rows:
                row["list"] = []
        else:
            entity.pop(change, None)
    before = [found.meaning for found in meanings(data)]
    after = [found.meaning for found in meanings(poorer)]
    assert before != after


def test_the_judge_minds_no_ids_and_no_order() -> None:
    data = read(HERE / "containers" / "ga4_modern.json")
    other = json.loads(json.dumps(data))
    for kind in ("tag", "trigger", "variable"):
        other["containerVersion"][kind].reverse()
    assert {f.tag: f.meaning for f in meanings(data)} == {f.tag: f.meaning for f in meanings(other)}


# --- the command


def test_a_file_is_not_overwritten(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text("kept", "utf-8")
    run = CliRunner().invoke
    export = str(HERE / "containers" / "ga4_old.json")
    result = run(app, ["adopt", export, "-o", str(plan)])
    assert (result.exit_code, plan.read_text("utf-8")) == (2, "kept")
    assert "--force" in result.output
    assert run(app, ["adopt", export, "-o", str(plan), "--force"]).exit_code == 0
    assert run(app, ["validate", str(plan)]).exit_code == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "error[TK"),
        ("[]", "no GTM container export"),
        ('{"tagkit": 1, "business": {"name": "x"}}', "no GTM container export"),
        ('{"exportFormatVersion": 2}', "the container has no tags"),
        ('{"containerVersion": {"tag": [{"type": 5}, null, "x"]}}', "no GA4 and no Meta tags"),
    ],
)
def test_what_is_no_container_is_said(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(app, ["adopt", str(file), "-o", "-"])
    assert result.exit_code == 1
    assert said in result.output
    assert not result.stdout


# --- containers beside the project


@pytest.mark.skipif(not EXPORTS, reason="../shared/corpus is not here")
def test_the_share_that_comes_back() -> None:
    verdicts = [verdict for path in EXPORTS for verdict in judge(read(path))[1]]
    said = table(verdicts)
    for platform, wanted in (("ga4", 0.95), ("meta", 0.90)):
        own = [verdict for verdict in verdicts if verdict.platform == platform]
        assert sum(not verdict.differs for verdict in own) >= wanted * len(own), said


@pytest.mark.parametrize("path", [*EXPORTS, *sorted((CORPUS / "wild").glob("*.json"))], **BY_NAME)
def test_no_export_makes_it_fail(path: Path) -> None:
    result = CliRunner().invoke(app, ["adopt", str(path), "-o", "-"])
    assert result.exit_code in (0, 1), result.output
    assert bool(result.stdout) is (result.exit_code == 0)
    assert result.stderr
