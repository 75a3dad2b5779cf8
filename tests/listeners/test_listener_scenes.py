"""Each listener says what happened, once, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from listener_scenes import SCENES, WORDS
from listener_stage import LISTENERS

if TYPE_CHECKING:
    from listener_stage import Scene, Stage

pytestmark = pytest.mark.browser

ALL = [
    pytest.param(scene, id=f"{listener}: {scene.name}")
    for listener, scenes in SCENES.items()
    for scene in scenes
]


@pytest.mark.parametrize("scene", ALL)
def test_scene(stage: Stage, scene: Scene) -> None:
    outcome = stage.play(scene, *LISTENERS)

    assert (outcome.ours, outcome.errors) == (scene.expect, [])


@pytest.mark.parametrize(("listener", "path", "changes", "expect"), WORDS)
def test_words(
    stage: Stage, listener: str, path: str, changes: list[str], expect: list[dict[str, Any]]
) -> None:
    pushes = stage.play_each(listener, path, changes)

    assert {change: push for change, push in pushes.items() if push != expect} == {}
    assert len(pushes) == len(changes)


def test_every_listener_has_scenes() -> None:
    assert sorted(SCENES) == list(LISTENERS)
