"""``tagkit doctor`` on the command line: what it prints, in each format, and how it ends."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit.cli import app
from tagkit.doctor.summary import short
from tests.doctor.examining import PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

pytestmark = pytest.mark.usefixtures("chromium", "folder")

PLAN = """\
tagkit: 1
business: {name: Tea, platform: prestashop, currency: PLN}
micro_conversions:
  - id: guide
    trigger: {click: {css: .size-guide}}
  - id: sizes
    trigger: {click: {css: .sizes-guide}}
"""
TEXT = """\
product.html
  platform       PrestaShop (sure), theme classic, product page
  Tag Manager    none
  GA4            none
  Meta Pixel     none
  data layer     none
  consent        no cookie banner that is known; Consent Mode: no default on the page

conversion  here               how
guide       detectable (high)  the plan's own trigger
sizes       cannot             no .sizes-guide here

1 of 2 conversions detectable on 1 page

plan.yaml:7:28: error[TK626]: '.sizes-guide' matches nothing on product.html
  |
7 |     trigger: {click: {css: .sizes-guide}}
  |                            ^^^^^^^^^^^^
  = hint: there is no '.sizes-guide'; did you mean '.size-guide'?
1 error in plan.yaml
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("product", "cart"):
        shutil.copy(PAGES / f"prestashop-{name}.html", tmp_path / f"{name}.html")
    shutil.copy(PAGES / "woo-measured.html", tmp_path / "woo.html")
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["doctor", *arguments])


def test_text() -> None:
    result = run("product.html", "--plan", "plan.yaml", "--format", "text")
    assert result.stdout == TEXT
    assert result.exit_code == 1


def test_github() -> None:
    result = run("product.html", "--plan", "plan.yaml", "--format", "github")
    table, _, annotation = result.stdout.rpartition("\n\n")
    assert table in TEXT
    assert "::error file=plan.yaml,line=7,col=28" in annotation
    assert result.exit_code == 1


def test_json() -> None:
    result = run("product.html", "cart.html", "--plan", "plan.yaml", "--format", "json")
    said = json.loads(result.stdout)
    assert [*said] == ["version", "doctor", "diagnostics"]
    assert [page["platform"]["page"] for page in said["doctor"]["pages"]] == ["product", "cart"]
    assert [one["code"] for one in said["diagnostics"]] == ["TK626"]


@pytest.mark.parametrize("form", ["sarif", "junit"])
def test_documents_have_nothing_else_in_them(form: str) -> None:
    said = run("product.html", "--plan", "plan.yaml", "--format", form).stdout
    assert said.startswith({"sarif": "{", "junit": "<?xml"}[form])
    assert "TK626" in said
    assert "platform       " not in said


ENDS: list[tuple[list[str], int]] = [
    (["product.html"], 0),
    (["woo.html"], 0),
    (["woo.html", "--strict"], 1),
    (["woo.html", "--strict", "--ignore", "TK62"], 0),
    (["woo.html", "--strict", "--select", "TK629"], 1),
    (["woo.html", "--strict", "--select", "TK621"], 0),
    (["missing.html"], 1),
    (["missing.html", "product.html", "--ignore", "TK001"], 1),
    (["product.html", "--plan", "plan.yaml", "--ignore", "doctor-dead-selector"], 0),
    (["product.html", "--plan", "missing.yaml"], 1),
    (["product.html", "--select", "TK9999"], 2),
    (["product.html", "--browser", "nothing-of-the-kind"], 2),
    (["product.html", "--format", "poem"], 2),
    ([], 2),
]


@pytest.mark.parametrize(("arguments", "code"), ENDS)
def test_how_it_ends(arguments: list[str], code: int) -> None:
    assert run(*arguments).exit_code == code


def test_variables_of_the_plan(folder: Path) -> None:
    plan = PLAN.replace("tagkit: 1\n", "tagkit: 1\nvars: {box: .nothing}\n").replace(
        ".sizes-guide", "'${box}'"
    )
    (folder / "plan.yaml").write_text(plan, "utf-8")
    assert run("product.html", "--plan", "plan.yaml").exit_code == 1
    assert run("product.html", "--plan", "plan.yaml", "--set", "box=h1").exit_code == 0


def test_a_container_is_no_plan(folder: Path) -> None:
    (folder / "plan.yaml").write_text('{"exportFormatVersion": 2, "containerVersion": {}}', "utf-8")
    result = run("product.html", "--plan", "plan.yaml")
    assert result.exit_code == 1
    assert "'tagkit adopt' makes one of a container" in result.stdout


def test_without_playwright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    for name in [name for name in sys.modules if name.startswith(("tagkit.doctor.browse",))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "tagkit.scenarios.launch", raising=False)
    result = run("product.html")
    assert result.exit_code == 2
    assert 'pip install "tagkit[browser]"' in result.stderr


NAMES = [
    (["a/b/product.html"], ["a/b/product.html"]),
    (["a/b/product.html", "a/b/cart.html"], ["product.html", "cart.html"]),
    (["a/b/product.html", "a/c/product.html"], ["b/product.html", "c/product.html"]),
    (["https://tea.example/", "https://tea.example/cart"], ["https://tea.example/", "cart"]),
    (["product.html", "cart.html"], ["product.html", "cart.html"]),
]


@pytest.mark.parametrize(("names", "shown"), NAMES)
def test_names_without_what_all_begin_with(names: list[str], shown: list[str]) -> None:
    assert [*short(names).values()] == shown
