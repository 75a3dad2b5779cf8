"""Random plans of the whole language: what they build is always a container that GTM takes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tagkit.artefacts import GTM_FILE, Target
from tagkit.diagnostics import Findings, Severity
from tagkit.gtm.check import check_container
from tagkit.gtm.ids import ids_of
from tagkit.schema import SchemaName, validate
from tests.plan.building import HEAD, ROOT, built, container
from tests.plan.container_facts import problems
from tests.plan.plan_strategies import CATALOG, conversions, plans

if TYPE_CHECKING:
    from pathlib import Path

quick = settings(
    deadline=None,
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
Json = Any


@quick
@given(plans())
def test_any_plan_builds(plan: Json) -> None:
    files = built(plan)
    export, found = json.loads(files[GTM_FILE]), Findings()
    assert [said for said in problems(files[GTM_FILE]) if "nothing is called" not in said] == []
    validate(export, SchemaName.GTM_CONTAINER, found)
    found += [f for f in check_container(export) if f.rule.severity is Severity.ERROR]
    assert [f for f in found if f.rule.name != "dangling-variable"] == []
    if "meta_pixel" in plan:
        manifest = json.loads(files["meta-pixel/manifest.json"])
        assert validate(manifest, SchemaName.SNIPPET_MANIFEST, found), found
        listed = {f"meta-pixel/{conversion['file']}" for conversion in manifest["conversions"]}
        assert listed == {f for f in files if f.endswith(".html") and "/" in f} - {
            "meta-pixel/base.html"
        }
        for name, text in files.items():
            if name.endswith(".json"):
                continue
            ends = len(re.findall("</script", text, re.IGNORECASE))
            assert ends == (name.endswith(".html") or 0), name
            assert "<!--" not in text.removeprefix("<!--")


# --- adding a conversion changes only its own entities

KINDS = {"tag": "tagId", "trigger": "triggerId", "variable": "variableId", "folder": "folderId"}


def entities(plan: Json) -> dict[tuple[str, str], Json]:
    version = container(plan)
    return {(kind, e["name"]): e for kind in KINDS for e in version.get(kind, ())}


def of(conversion: str, name: str) -> bool:
    return bool(re.search(rf"\b{conversion}\b", name))


def only_its_own_changed(fewer: Json, more: Json, conversion: str) -> None:
    before, after = entities(fewer), entities(more)
    shared = ("tag", "TK - Listeners")  # all listeners stand in one tag
    for key in before.keys() & after.keys() - {shared}:
        assert before[key] == after[key], key
    for kind, name in (before.keys() ^ after.keys()) - {shared}:
        # variables and folders are shared: they come with the first who needs them
        assert kind in ("variable", "folder") or of(conversion, name), (kind, name)
    assert all(kind in ("tag", "trigger") or key in after for key in before for kind in key[:1])


def catalog_plan(ids: list[Json], **settings_: Json) -> Json:
    return {**HEAD, **settings_, "micro_conversions": ids}


@quick
@given(st.lists(st.sampled_from(CATALOG), unique=True, min_size=2), st.integers(0))
def test_catalog_conversions_are_independent(ids: list[str], which: int) -> None:
    gone = ids[which % len(ids)]
    rest = [conversion for conversion in ids if conversion != gone]
    only_its_own_changed(catalog_plan(rest), catalog_plan(ids), gone)


VARIABLES = {
    "shelf": {"data_layer": "shelf"},
    "Tea kind": {"click": "text", "format": {"case": "lower"}},
    "x.y-z": {"variable": "shelf"},
}


@quick
@given(conversions(("lost_leaf", "cold_tea", "brewing_guide")).filter(len), st.integers(0))
def test_own_conversions_are_independent(own: list[Json], which: int) -> None:
    own = [{k: v for k, v in said.items() if k != "consent"} for said in own]
    gone = own[which % len(own)]
    rest = ["share", *(said for said in own if said is not gone)]
    settings_ = {"variables": VARIABLES}
    only_its_own_changed(
        catalog_plan(rest, **settings_), catalog_plan([*rest, gone], **settings_), gone["id"]
    )


@given(st.permutations(CATALOG))
@settings(deadline=None, max_examples=5)
def test_order_in_the_plan_does_not_matter_to_entities(ids: list[str]) -> None:
    assert entities(catalog_plan(ids)) == entities(catalog_plan(list(CATALOG)))


def test_ids_that_meet_are_told_apart() -> None:
    keys = [("tag", f"name {number}") for number in range(20_000)]
    ids = ids_of(keys)
    assert len(set(ids.values())) == len(keys)
    assert all(1_000 <= int(i) < 1_000_000 for i in ids.values())
    fewer = ids_of(keys[1:])
    moved = [key for key, i in fewer.items() if ids[key] != i]
    assert len(moved) <= 1


# --- the same bytes, everywhere

SCRIPT = """
import json, sys
from tests.plan.building import built, read
from pathlib import Path
print(json.dumps(built(read(Path(sys.argv[1])))))
"""


@pytest.mark.parametrize("name", ["sources.yaml", "settings.yaml", "catalog.yaml"])
def test_the_same_bytes_in_another_process(name: str) -> None:
    path = ROOT / "tests" / "plan" / "good" / name
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    said = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, str(path)],
            cwd=ROOT,
            env={**environment, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("4242", "Pacific/Auckland"))
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("epoch", "moment"),
    [("1700000000", "2023-11-14 22:13:20"), ("0", "1970-01-01 00:00:00")],
)
def test_source_date_epoch(epoch: str, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    text = built(catalog_plan(["share"]), Target.GTM)[GTM_FILE]
    export = json.loads(text)
    assert export["exportTime"] == moment
    prints = set(re.findall(r'"fingerprint": "(\d+)"', text))
    assert prints == {str(int(epoch) * 1000)}


@pytest.mark.parametrize("epoch", ["", "soon", "-1", "99999999999"])
def test_an_epoch_that_is_none(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    without = built(catalog_plan(["share"]))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert built(catalog_plan(["share"])) == without


def test_json_and_yaml_are_one_plan(tmp_path: Path) -> None:
    from tagkit.pipeline import build
    from tagkit.report.report import Report

    plan = catalog_plan(["share"])
    made = []
    for name in ("plan.json", "plan.yaml"):
        (tmp_path / name).write_text(json.dumps(plan), "utf-8")
        made.append(build(tmp_path / name, list(Target), Report()))
    assert made[0] == made[1] is not None
