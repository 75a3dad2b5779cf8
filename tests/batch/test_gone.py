"""Folders of clients that were removed or renamed: said, counted by --check, never deleted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.batch.batches import plan, write_clients
from tests.batch.test_batch import run

if TYPE_CHECKING:
    from pathlib import Path

SAID = "clients: warning[TK329]: dist/c03 is of no client of this run\n  = hint: delete it"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_clients(tmp_path / "clients", 5)
    return tmp_path


def build(*arguments: str) -> tuple[int, str]:
    code, _, err = run("build", *(arguments or ("clients",)), "-o", "dist")
    return code, err


@pytest.mark.parametrize("way", ["clients", "clients/", "../here/clients", "absolute"])
def test_a_client_that_is_no_more(way: str, folder: Path) -> None:
    (folder.parent / "here").unlink(missing_ok=True)
    (folder.parent / "here").symlink_to(folder)
    build()
    (folder / "clients/c03.yaml").rename(folder / "clients/c13.yaml")
    code, err = build(str(folder / "clients") if way == "absolute" else way)
    assert (code, "TK329" in err, "dist/c03 is of no client" in err) == (0, True, True)
    assert (folder / "dist/c03/gtm-container.json").exists()


def test_check_counts_it(folder: Path) -> None:
    build()
    (folder / "clients/c03.yaml").unlink()
    code, err = build("clients", "--check")
    assert (code, SAID in err) == (1, True)
    assert build("clients", "--strict")[0] == 1
    assert build("clients", "--check", "--ignore", "TK329") == build("clients", "--ignore", "TK329")
    for form in ("json", "github", "sarif", "junit"):
        assert "TK329" in build("clients", "--format", form)[1]
    for path in sorted((folder / "dist/c03").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "dist/c03").rmdir()
    assert build("clients", "--check") == build()


def test_a_run_of_others_says_nothing(folder: Path) -> None:
    build()
    write_clients(folder / "more", 0)
    (folder / "more/x.yaml").write_text(plan(50), "utf-8")
    for paths in (["clients/c00.yaml", "clients/c01.yaml"], ["more"], ["clients", "more/x.yaml"]):
        assert "TK329" not in build(*paths, "--check")[1]
    (folder / "clients/c03.yaml").unlink()
    assert "TK329" not in build("clients/c00.yaml", "clients/c01.yaml")[1]
    assert "TK329" not in build("more")[1]
    assert "TK329" in build("clients")[1]


def test_a_single_plan_of_the_folder_is_of_the_folder(folder: Path) -> None:
    build("clients/c03.yaml", "clients/c01.yaml")
    (folder / "clients/c03.yaml").unlink()
    assert SAID in build()[1]


def test_a_row_that_is_no_more(folder: Path) -> None:
    table, arguments = folder / "t.csv", ["clients/c00.yaml", "--clients", "t.csv"]
    table.write_text("client\nacme\nbrew\n", "utf-8")
    build(*arguments)
    table.write_text("client\nacme\n", "utf-8")
    assert "t.csv: warning[TK329]: dist/brew is of no client" in build(*arguments)[1]
    table.rename(folder / "u.csv")
    assert "TK329" not in build("clients/c00.yaml", "--clients", "u.csv")[1]


def test_a_stamp_of_somebody_else_says_nothing(folder: Path) -> None:
    build()
    (folder / "clients/c03.yaml").unlink()
    mark = folder / "dist/.tagkit/c03.json"
    for text in ("[", "[]", "{}", json.dumps({"origin": 7})):
        mark.write_text(text, "utf-8")
        assert "TK329" not in build()[1]


def test_a_name_in_another_case_where_case_is_nothing(folder: Path) -> None:
    """As on Windows and macOS: both names are one folder."""
    build()
    (folder / "clients/c03.yaml").rename(folder / "clients/C03.yaml")
    (folder / "dist/C03").symlink_to("c03")
    assert "TK329" not in build()[1]
