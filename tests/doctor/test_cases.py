"""Each case of ``cases.yaml`` is said as its file in ``expected`` has it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.doctor.examining import CASES, EXPECTED, among_the_pages, said_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", CASES)
def test_what_the_doctor_says(name: str, tmp_path: Path, chromium: str) -> None:  # noqa: ARG001
    """Regenerate with ``python -m tests.doctor.regenerate``."""
    with among_the_pages():
        said = said_of(name, tmp_path)
    assert said == json.loads((EXPECTED / f"{name.replace(' ', '-')}.json").read_text("utf-8"))


def test_no_expectation_is_left_over() -> None:
    assert {path.stem for path in EXPECTED.iterdir()} == {name.replace(" ", "-") for name in CASES}
