"""Where a report points is what it speaks of, however the file is written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tagkit.pipeline import validate_files
from tagkit.report import github, sarif
from tests.report.workflow_commands import read_all

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
tagkit: 1
business: {name: "🍵 Herbata 緑茶", currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
micro_conversions:
  - shar
  - {name: 🍵 żółć, id: tea, trigger: {event: tea}, meta_pixel: {event: AddToKart}}
  - id: guide
    trigger: {click: {css: "🍵 \t .a[["}}
"""
PLANS = {
    PLAN: {"shar", "AddToKart", '"🍵 \t .a[["'},
    PLAN.replace("id: tea", "id: 🍵_żółć"): {"🍵_żółć"},
    PLAN.replace("business:", "🍵bizness:"): {"🍵bizness"},
    PLAN.replace("  - shar", "  - [🍵 🍵, }"): {"}"},
    PLAN.replace("id: guide", "id: 🍵\n    id: g"): {"id"},
}

CONTAINER = {
    "exportFormatVersion": 2,
    "containerVersion": {
        "container": {"name": "🍵", "usageContext": ["WEB"]},
        "tag": [
            {"accountId": "1", "containerId": "2", "tagId": "1", "name": "🍵 A", "type": "html",
             "parameter": [{"type": "TEMPLATE", "key": "html", "value": "<b>🍵</b>{{Nöpe}}"}],
             "firingTriggerId": ["77"]},
            {"accountId": "1", "containerId": "2", "tagId": "2", "name": "🍵 A", "type": "html",
             "parameter": [{"type": "TEMPLATE", "key": "html", "value": "x"}]},
        ],
    },
}  # fmt: skip
IN_THE_CONTAINER = {'"77"', '"🍵 A"', '"<b>🍵</b>{{Nöpe}}"'}

LAYOUTS = {
    "lines": lambda text: text,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "bom": lambda text: "\ufeff" + text,
    "bom-crlf": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}


def cut_out(text: str, region: dict[str, int]) -> str:
    """A region's text, as SARIF counts: lines and columns from 1, in code points, no mark."""
    lines = re.split("(?<=\n)", text.removeprefix("\ufeff"))
    first, last = region["startLine"] - 1, region["endLine"] - 1
    start = sum(map(len, lines[:first])) + region["startColumn"] - 1
    end = sum(map(len, lines[:last])) + region["endColumn"] - 1
    return "".join(lines)[start:end]


def pointed_at(path: Path, text: str) -> set[str]:
    path.write_bytes(text.encode())
    report = validate_files([path])
    (run,) = json.loads(sarif.report(report.diagnostics, report.sources))["runs"]
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    commands, _ = read_all(github.report(report.diagnostics, report.sources))
    for place, command in zip(places, commands, strict=True):
        region, said = place["region"], command.properties
        assert said["line"] == str(region["startLine"])
        assert said.get("col", str(region["startColumn"])) == str(region["startColumn"])
    return {cut_out(text, place["region"]) for place in places}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("plan", PLANS, ids=range(len(PLANS)))
def test_in_a_plan(plan: str, layout: str, tmp_path: Path) -> None:
    assert pointed_at(tmp_path / "plan.yaml", LAYOUTS[layout](plan)) >= PLANS[plan]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("indent", [None, 2, "\t"], ids=["one-line", "spaces", "tabs"])
def test_in_a_container(layout: str, indent: int | str | None, tmp_path: Path) -> None:
    text = json.dumps(CONTAINER, indent=indent, ensure_ascii=False)
    assert pointed_at(tmp_path / "c.json", LAYOUTS[layout](text)) >= IN_THE_CONTAINER


def test_in_a_container_of_escapes(tmp_path: Path) -> None:
    text = json.dumps(CONTAINER)  # 🍵 is twelve characters there
    wanted = {json.dumps(json.loads(place)) for place in IN_THE_CONTAINER}
    assert pointed_at(tmp_path / "c.json", text) >= wanted
