"""The examples of ``docs/testing.md``: they run, and do what is said of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.scenarios.running import HEAD, said, tried

if TYPE_CHECKING:
    import pytest

DOCS = (Path(__file__).parents[2] / "docs" / "testing.md").read_text("utf-8")
PLAN = f"""{HEAD}micro_conversions: [view_item, add_to_cart, add_to_wishlist, newsletter_signup, begin_checkout]
anti_conversions: [payment_declined]
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCS, re.MULTILINE | re.DOTALL)


def test_the_examples_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: object
) -> None:
    assert chromium
    monkeypatch.chdir(tmp_path)
    first, *others = blocks("yaml")
    names = "".join(f"  - {name}\n" for name in re.findall(r"\w+", first)[1:])
    tests = names + "".join(text.removeprefix("tests:\n") for text in others)
    Path("plan.yaml").write_text(f"{PLAN}tests:\n{tests}", "utf-8")
    out = said(tried(Path("plan.yaml")))
    assert out.splitlines()[-1] == "6 scenarios, all passed", out


def test_the_example_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: object
) -> None:
    assert chromium
    monkeypatch.chdir(tmp_path)
    (test,), (out,) = blocks("yaml-fails"), blocks("text")
    Path("plan.yaml").write_text(PLAN + test, "utf-8")
    assert said(tried(Path("plan.yaml"))) == out
