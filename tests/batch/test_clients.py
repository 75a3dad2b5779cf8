"""Which plans of a folder are clients: not those that others extend, however they say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tagkit.batch.clients import plans_in
from tests.batch.test_batch import run

EXTENDS = {
    "plain": "extends: base.yaml\n",
    "Prettier": "tagkit: 1\nextends: [\n  base.yaml,\n  other.yaml\n]\n",
    "dash": "extends:\n- base.yaml\n- other.yaml\n",
    "folded": "extends: >-\n  base.yaml\n",
    "comment": "extends: # ours\n  # of all\n  base.yaml # it is\n",
    "quoted key": '"extends": base.yaml\n',
    "one line": "{extends: base.yaml, tagkit: 1}\n",
    "JSON": '{\n  "tagkit": 1,\n  "extends": ["base.yaml"]\n}\n',
    "alias": "business: {name: &b base.yaml}\nextends: *b\n",
    "aliases": "vars: {x: &b base.yaml}\nextends:\n  - *b\n",
    "blank before the colon": "extends : base.yaml\n",
    "question": "? extends\n: base.yaml\n",
    "mark": "\ufeffextends: base.yaml\r\n",
    "dots": "extends: ./more/../base.yaml\n",
    "in the text of another": "business:\n  name: |\n    extends: no.yaml\n'extends': base.yaml\n",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clients").mkdir()
    (tmp_path / "clients/base.yaml").write_text("tagkit: 1\n", "utf-8")
    return tmp_path


def names(**options: bool) -> list[str]:
    return [path.name for path in plans_in([Path("clients")], **options)]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [*((text, ".yaml") for text in EXTENDS.values()), (EXTENDS["JSON"], ".json")],
    ids=[*EXTENDS, "JSON file"],
)
def test_a_base_is_no_client(text: str, suffix: str, folder: Path) -> None:
    (folder / f"clients/c{suffix}").write_text(text, "utf-8")
    assert names() == [f"c{suffix}"]


@pytest.mark.parametrize(
    "text", ["extends: [\n", "extends: {a: b}\n", "# extends\n", "extends: *x"]
)
def test_what_names_no_base(text: str, folder: Path) -> None:
    (folder / "clients/c.yaml").write_text(text, "utf-8")
    assert names() == ["base.yaml", "c.yaml"]


def test_a_base_by_way_of_links(folder: Path) -> None:
    (folder / "shared").mkdir()
    (folder / "clients/base.yaml").rename(folder / "shared/base.yaml")
    (folder / "clients/base.yaml").symlink_to("../shared/base.yaml")
    (folder / "all").symlink_to("clients")
    (folder / "clients/c.yaml").write_text("extends: ../shared/base.yaml\n", "utf-8")
    assert names() == ["c.yaml"]
    (folder / "clients/c.yaml").write_text("extends: ../all/base.yaml\n", "utf-8")
    assert names() == ["c.yaml"]


def test_a_link_to_a_client_is_a_client(folder: Path) -> None:
    (folder / "clients/c.yaml").symlink_to("base.yaml")
    assert names() == ["base.yaml", "c.yaml"]


def test_a_link_to_nothing_is_said(folder: Path) -> None:
    (folder / "clients/gone.yaml").symlink_to("nowhere.yaml")
    (folder / "clients/turns.json").symlink_to("turns.json")
    code, out, _ = run("validate", "clients")
    assert code == 1
    assert "clients/gone.yaml: error[TK001]" in out
    assert "clients/turns.json: error[TK00" in out
