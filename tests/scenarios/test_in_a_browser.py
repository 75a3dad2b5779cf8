"""Scenarios of each kind, run, and what is said of them: ``cases/*.yaml`` and ``*.out``.

After a change of words: ``python -m tests.scenarios.test_in_a_browser`` writes them anew.
"""

from __future__ import annotations

import os

import pytest

from tests.scenarios.running import CASES, said, tried


@pytest.mark.parametrize("name", ["good", "bad"])
def test_cases(name: str, monkeypatch: pytest.MonkeyPatch, chromium: object) -> None:
    assert chromium
    monkeypatch.chdir(CASES)
    file = (CASES / name).with_suffix(".yaml")
    assert said(tried(file.relative_to(CASES))) == file.with_suffix(".out").read_text("utf-8")


if __name__ == "__main__":
    os.chdir(CASES)
    for case in ("good", "bad"):
        path = CASES / f"{case}.yaml"
        path.with_suffix(".out").write_text(said(tried(path.relative_to(CASES))), "utf-8")
