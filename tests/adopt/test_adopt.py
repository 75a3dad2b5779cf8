"""Containers as data, the plans they become beside them, and that both mean the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tagkit.cli import app

from .judging import build, judge, table

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CONTAINERS = sorted((HERE / "containers").glob("*.json"))
CORPUS = ROOT.parent / "shared" / "corpus"
EXPORTS = sorted((CORPUS / "exports").glob("*.json"))
PLANS = [*sorted((ROOT / "examples").glob("*.yaml")),
         *sorted((ROOT / "tests" / "plan" / "good").glob("*.yaml"))]  # fmt: skip
BY_NAME = {"ids": lambda path: path.name}


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
    """What does not is left alone with a reason, and the report beside the container says so."""
    adoption, verdicts = judge(read(path))
    if not adoption.text:
        assert adoption.reason
        return
    assert any(not verdict.differs for verdict in verdicts)
    lost = [v for v in verdicts if v.differs and (v.after is not None or not v.reason)]
    commented = adoption.text.split("# decide: ")[1:]
    lost = [v for v in lost if not any(f"name: {v.tag}\n" in one for one in commented)]
    assert not lost, table(verdicts)


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
    for line in (
        "  - purchase\n",
        "  - add_to_cart\n",
        "  - page_not_found\n",
        "platform: prestashop, currency: PLN",
    ):
        assert line in adoption.text


@pytest.mark.parametrize("path", CONTAINERS, **BY_NAME)
def test_nothing_is_lost_silently(path: Path) -> None:
    """All is part of the plan, used by what is, or listed with a reason."""
    version = read(path)["containerVersion"]
    adoption, _ = judge(read(path))
    if not adoption.text:
        return
    adopted_tags = {words for words, _ in adoption.became}
    said = adopted_tags | {left.words for left in adoption.left}
    waiting = [tag for tag in version.get("tag", []) if f"tag '{tag['name']}'" in adopted_tags]
    for tag in version.get("tag", []):
        assert f"tag '{tag['name']}'" in said, tag["name"]
    used: list[Any] = []
    while waiting:
        one = waiting.pop()
        used.append(one)
        text = json.dumps({**one, "name": "", "triggerId": ""}, ensure_ascii=False)
        waiting += [
            other
            for kind in ("trigger", "variable")
            for other in version.get(kind, [])
            if other not in used and other not in waiting
            if f'"{other.get("triggerId")}"' in text or f"{{{{{other['name']}}}}}" in text
        ]
    for kind in ("trigger", "variable", "customTemplate"):
        for one in version.get(kind, []):
            words = {"customTemplate": "custom template"}.get(kind, kind)
            assert one in used or f"{words} '{one['name']}'" in said, one["name"]


def test_the_same_container_gives_the_same_bytes() -> None:
    for path in CONTAINERS:
        assert judge(read(path))[0] == judge(read(path))[0]


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


def test_an_event_for_a_pixel_without_an_id_is_left_alone() -> None:
    data = read(HERE / "containers" / "meta_gallery.json")
    for tag in data["containerVersion"]["tag"]:
        for one in tag["parameter"]:
            if one["key"] == "pixelId":
                one["value"] = "PIXEL_ID"
    adoption, _ = judge(data)
    reason = "it goes to the pixel 'PIXEL_ID', and no pixel has a valid ID here"
    assert reason in {left.reason for left in adoption.left}


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
