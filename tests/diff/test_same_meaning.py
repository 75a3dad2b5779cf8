"""What does not count: ids, times, the order of entities, of keys, of conditions and triggers."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tagkit.artefacts import GTM_FILE, Target
from tagkit.gtm.container import is_container
from tagkit.gtm.diff import as_text
from tagkit.gtm.diff.compare import compare
from tagkit.gtm.diff.model import Difference
from tests.diff.golden import PAIRS
from tests.diff.shuffled import shuffled
from tests.plan.building import built
from tests.plan.plan_strategies import plans

Json = Any
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
EXPORTS = sorted((CORPUS / "exports").glob("*.json"))
WILD = sorted((CORPUS / "wild").glob("*.json"))
CONTAINERS = [path for pair in PAIRS for path in sorted(pair.glob("*.json")) if path.stem != "said"]
quick = settings(
    deadline=None,
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
needs_corpus = pytest.mark.skipif(not EXPORTS, reason="../shared/corpus is not here")


def read(path: Path) -> Json:
    return json.loads(path.read_text(encoding="utf-8"))


def container_of(plan: Json) -> Json:
    return json.loads(built(plan, Target.GTM)[GTM_FILE])


def seeded(seed: str) -> Random:
    return Random(seed)  # noqa: S311 # the same order in every run


def said(before: Json, after: Json) -> str:
    return as_text.report(compare(before, after), "old", "new")


@quick
@given(plans(), st.randoms(use_true_random=False))
def test_a_built_container_and_a_shuffled_copy(plan: Json, random: Random) -> None:
    made = container_of(plan)
    assert compare(made, shuffled(made, random)) == Difference()


@quick
@given(plans(), plans(), st.randoms(use_true_random=False))
def test_what_is_said_does_not_depend_on_order(one: Json, other: Json, random: Random) -> None:
    before, after = container_of(one), container_of(other)
    assert said(before, after) == said(shuffled(before, random), shuffled(after, random))


@pytest.mark.parametrize("path", CONTAINERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_container_of_the_pairs(path: Path) -> None:
    data = read(path)
    assert compare(data, shuffled(data, seeded(path.parent.name))) == Difference()


@needs_corpus
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.stem)
def test_an_export_and_a_shuffled_copy(path: Path) -> None:
    data = read(path)
    assert compare(data, data) == Difference()
    assert compare(data, shuffled(data, seeded(path.stem))) == Difference()


@needs_corpus
@pytest.mark.parametrize("path", WILD, ids=lambda path: path.stem)
def test_a_wild_container(path: Path) -> None:
    data = read(path)
    assert compare(data, data) == Difference()
    if is_container(data):
        assert compare(data, shuffled(data, seeded(path.stem))) == Difference()


@needs_corpus
@pytest.mark.parametrize("number", range(0, len(EXPORTS) - 1, 2))
def test_neighbours_in_any_order(number: int) -> None:
    """The files are sorted, so that many neighbours are versions of one container."""
    before, after = read(EXPORTS[number]), read(EXPORTS[number + 1])
    random = seeded(str(number))
    assert said(before, after) == said(shuffled(before, random), shuffled(after, random))
    forth, back = compare(before, after), compare(after, before)
    assert sorted(c.change for c in forth.changes if c.change in ("renamed", "changed")) == sorted(
        c.change for c in back.changes if c.change in ("renamed", "changed")
    )
    assert sum(c.change == "added" for c in forth.changes) == sum(
        c.change == "removed" for c in back.changes
    )
