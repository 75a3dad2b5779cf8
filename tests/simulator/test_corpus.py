"""Other people's containers run in the simulator, and it says what it does not cover."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tagkit.simulator import simulator
from tests.simulator.corpus import containers, run

if TYPE_CHECKING:
    from tests.browser.harness import Tabs

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FOLDERS = ("exports", "wild", "refused")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")
@pytest.mark.parametrize("folder", FOLDERS)
def test_corpus(chromium: Tabs, folder: str) -> None:
    known = uncovered = 0
    for name, data in containers(CORPUS / folder):
        outcome = run(chromium.browser, name, data, simulator())
        assert outcome.uncaught == [], name
        assert outcome.left == [], name
        known += outcome.known
        uncovered += len(outcome.uncovered_known)
    assert uncovered <= 0.02 * known
