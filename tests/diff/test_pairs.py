"""Each pair of ``pairs``: what is said of it, in every format, and the other way round."""

from __future__ import annotations

import json
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tagkit.cli import app
from tests.diff.golden import FORMATS, HERE, PAIRS, said, sides

if TYPE_CHECKING:
    from pathlib import Path

every_pair = pytest.mark.parametrize("pair", PAIRS, ids=attrgetter("name"))
SWAPPED = {"added": "removed", "removed": "added", "renamed": "renamed", "changed": "changed"}


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE)


@every_pair
@pytest.mark.parametrize("form", FORMATS)
def test_what_is_said(pair: Path, form: str) -> None:
    assert said(pair, form) == (1, (pair / FORMATS[form]).read_text("utf-8"))


@every_pair
@pytest.mark.parametrize("number", [0, 1])
def test_a_side_and_itself_mean_the_same(pair: Path, number: int) -> None:
    one = sides(pair)[number]
    result = CliRunner().invoke(app, ["diff", one, one])
    assert (result.exit_code, result.stdout) == (0, f"{one} and {one} mean the same\n")


def entities(*files: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["diff", *files, "--format", "json"])
    found: list[dict[str, Any]] = json.loads(result.stdout)["entities"]
    return found


@every_pair
def test_the_other_way_round_the_same_is_different(pair: Path) -> None:
    old, new = sides(pair)
    forth = Counter(
        (SWAPPED[e["change"]], e["kind"], e["new"], e["old"], len(e["details"]))
        for e in entities(old, new)
    )
    back = Counter(
        (e["change"], e["kind"], e["old"], e["new"], len(e["details"])) for e in entities(new, old)
    )
    assert forth == back


@every_pair
def test_the_shape_of_json(pair: Path) -> None:
    """Frozen, see docs/diff.md: keys may be added, these stay."""
    shape = json.loads((pair / "said.json").read_text("utf-8"))
    assert [*shape] == [
        "version", "old", "new", "different", "left_out", "measurement", "entities",
    ]  # fmt: skip
    assert (shape["version"], shape["different"]) == (1, True)
    for side in ("old", "new"):
        assert [*shape[side]] == ["file", "kind"]
        assert shape[side]["kind"] in ("plan", "container")
    for effect in shape["measurement"]:
        assert [*effect] == ["what", "message", "subjects", "cause", "affects"]
        assert effect["subjects"] or effect["affects"]
        assert all([*one] == ["platform", "name", "tag"] for one in effect["subjects"])
        assert effect["cause"] is None or [*effect["cause"]] == ["kind", "name"]
        for one in effect["affects"]:
            assert [*one] == ["platform", "name", "tag", "through", "when"]
    for entity in shape["entities"]:
        assert [*entity] == ["change", "kind", "type", "old", "new", "details"]
        assert entity["change"] in SWAPPED
        assert all([*one] == ["what", "old", "new"] for one in entity["details"])
