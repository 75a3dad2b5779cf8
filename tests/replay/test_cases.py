from __future__ import annotations

import json

import pytest

from tests.replay.cases import CASES, NAMES, said_of


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_is_judged(name: str) -> None:
    """Write them anew with ``python -m tests.replay.cases``."""
    assert said_of(CASES / name) == (CASES / name / "expected.out").read_text("utf-8")


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
@pytest.mark.parametrize("name", ["tea_shop", "visit"])
def test_every_format(name: str, form: str) -> None:
    said = said_of(CASES / name, form)
    assert "TK561" in said
    assert said.endswith("exit code 1\n")


def test_json_has_the_conversions() -> None:
    said = json.loads(said_of(CASES / "tea_shop", "json").rpartition("exit code")[0])
    (purchase,) = (one for one in said["replay"]["conversions"] if one["id"] == "purchase")
    assert purchase == {
        "id": "purchase",
        "fired": 1,
        "perhaps": 0,
        "first": "line 13",
        "contract_broken": 1,
        "not_decided": [],
        "remarks": [],
    }
    assert said["replay"]["recording"] == "data layer"
    said = json.loads(said_of(CASES / "console_array", "json").rpartition("exit code")[0])
    (purchase,) = (one for one in said["replay"]["conversions"] if one["id"] == "purchase")
    assert purchase["remarks"] == ["Meta 1 without consent"]
