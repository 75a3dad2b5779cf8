"""A consent default that the plan asks for no more: removed if it is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.batch.batches import plan
from tests.batch.test_batch import run

if TYPE_CHECKING:
    from pathlib import Path

CONSENT = "consent: {default: {granted: []}}\n"
FILE = "c/consent-default.html"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients/c.yaml").write_text(plan(1) + CONSENT, "utf-8")
    return tmp_path


@pytest.mark.parametrize("way", [("clients", "dist"), ("clients/c.yaml", "dist/c")])
def test_a_default_that_is_asked_for_no_more(way: tuple[str, str], folder: Path) -> None:
    arguments = ("build", way[0], "-o", way[1])
    file = folder / "dist" / FILE
    assert run(*arguments)[0] == 0
    assert file.exists()
    (folder / "clients/c.yaml").write_text(plan(1), "utf-8")
    code, out, _ = run(*arguments, "--check")
    assert (code, out) == (1, f"remove    {file.relative_to(folder)}\n")
    assert run(*arguments)[0] == 0
    assert not file.exists()
    assert run(*arguments, "--check")[:2] == (0, "")


@pytest.mark.parametrize("mine", [b"<script></script>\n", b"\xff\n", b""])
def test_a_file_of_somebody_else_is_left(mine: bytes, folder: Path) -> None:
    (folder / "clients/c.yaml").write_text(plan(1), "utf-8")
    file = folder / "dist" / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(mine)
    assert run("build", "clients", "-o", "dist")[0] == 0
    assert file.read_bytes() == mine


def test_a_build_of_the_pixel_leaves_it(folder: Path) -> None:
    run("build", "clients", "-o", "dist")
    (folder / "clients/c.yaml").write_text(plan(1), "utf-8")
    run("build", "clients", "-o", "dist", "--only", "pixel")
    assert (folder / "dist" / FILE).exists()
