"""Files of any kind: no traceback, no hang, no place outside the file. ``python -m tests.fuzz``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz.inputs import KINDS
from tests.fuzz.judge import judged

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = 600
"""In all kinds together; ``python -m tests.fuzz 20000`` takes more."""


@pytest.mark.parametrize("kind", KINDS)
def test_any_file(kind: str, tmp_path: Path) -> None:
    inputs, share = KINDS[kind]

    @settings(
        deadline=None,
        derandomize=True,  # the same files each time: the command above looks for new ones
        max_examples=EXAMPLES * share // 100,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def run(data: st.DataObject) -> None:
        judged(data.draw(inputs), tmp_path)

    run()
