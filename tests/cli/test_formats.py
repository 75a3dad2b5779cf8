"""``--format``: what each command prints in each, on which stream, in CI and outside."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import junitparser
import pytest
from typer.testing import CliRunner

from tagkit import cli
from tests.cli.test_commands import GOOD, WARNED, WRONG, Said, process
from tests.report.workflow_commands import read_all
from tests.test_package import loaded_by

DOCUMENTS = {
    "json": json.loads,
    "sarif": json.loads,
    "junit": lambda text: junitparser.JUnitXml.fromstring(text.encode()),
}


def run(*arguments: str, **environment: str) -> Said:
    return Said(CliRunner(env=environment).invoke(cli.app, list(arguments)))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"plan": GOOD, "warned": WARNED, "wrong": WRONG}.items():
        (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("form", DOCUMENTS)
@pytest.mark.parametrize(
    ("name", "code"), [("plan", 0), ("warned", 0), ("wrong", 1), ("missing", 1)]
)
def test_a_document_is_all_there_is(form: str, name: str, code: int) -> None:
    said = run("validate", f"{name}.yaml", "--format", form)
    assert (said.code, said.err) == (code, "")
    assert DOCUMENTS[form](said.out)


@pytest.mark.parametrize("form", DOCUMENTS)
@pytest.mark.parametrize("name", ["plan", "warned", "wrong"])
@pytest.mark.parametrize("output", [["-o", "dist"], ["-o", "-", "--only", "gtm"]])
def test_a_document_of_build(form: str, name: str, output: list[str]) -> None:
    said = run("build", f"{name}.yaml", *output, "--format", form)
    assert said.code == (name == "wrong")
    assert DOCUMENTS[form](said.err)
    assert Path("dist").exists() == (output[1] == "dist" and name != "wrong")
    assert bool(said.out) == (output[1] == "-" and name != "wrong")


def test_a_document_of_a_plan_without_snippets() -> None:
    plain = GOOD.replace('meta_pixel: {pixel_id: "1234567890123456"}\n', "")
    Path("plain.yaml").write_text(plain, "utf-8")
    said = run("build", "plain.yaml", "-o", "dist", "--only", "pixel", "--format", "json")
    assert json.loads(said.err)["version"] == 1


def test_dry_run_lists_the_files_in_every_format() -> None:
    text = run("build", "plan.yaml", "-o", "dist", "--dry-run").out
    assert text.startswith("create ")
    assert run("build", "plan.yaml", "-o", "dist", "--dry-run", "--format", "json").out == text


def test_strict_warnings_fail_as_cases() -> None:
    def failures(*strict: str) -> tuple[int, int]:
        said = run("validate", "warned.yaml", "--format", "junit", *strict)
        return said.code, DOCUMENTS["junit"](said.out).failures

    assert failures() == (0, 0)
    code, failing = failures("--strict")
    assert (code, failing > 0) == (1, True)


# --- GitHub


def test_auto_is_text() -> None:
    text = run("validate", "wrong.yaml", "--format", "text").out
    assert "error[TK301]" in text
    assert run("validate", "wrong.yaml").out == text
    assert run("validate", "wrong.yaml", GITHUB_ACTIONS="false").out == text


def test_auto_is_githubs_there() -> None:
    said = run("validate", "wrong.yaml", GITHUB_ACTIONS="true")
    (command,), log = read_all(said.out)
    assert (command.name, command.properties["file"]) == ("error", "wrong.yaml")
    assert log == ["at wrong.yaml:5:21", "1 error", ""]
    assert run("validate", "wrong.yaml", "--format", "github").out == said.out


def test_text_can_be_had_there() -> None:
    said = run("validate", "wrong.yaml", "--format", "text", GITHUB_ACTIONS="true")
    assert said.out.startswith("wrong.yaml:5:21: error[TK301]")


def test_a_clean_run_says_so_there() -> None:
    said = run("validate", "plan.yaml", GITHUB_ACTIONS="true")
    assert said.out == "1 file checked, nothing found\n"


def test_build_there() -> None:
    said = run("build", "wrong.yaml", "-o", "dist", GITHUB_ACTIONS="true")
    assert [command.name for command in read_all(said.err)[0]] == ["error"]
    assert said.out == ""


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_names_start_at_the_checkout(
    form: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "plans").mkdir()
    monkeypatch.chdir(folder / "plans")
    (folder / "plans/wrong.yaml").write_text(WRONG, "utf-8")

    def names(**environment: str) -> list[Any]:
        said = run("validate", "wrong.yaml", "../wrong.yaml", "--format", form, **environment)
        if form == "github":
            return [command.properties["file"] for command in read_all(said.out)[0]]
        (only,) = json.loads(said.out)["runs"]
        assert [result["ruleId"] for result in only["results"]] == ["TK301", "TK301"]
        return [artifact["location"]["uri"] for artifact in only["artifacts"]]

    assert names() == ["wrong.yaml", "../wrong.yaml"]
    assert names(GITHUB_WORKSPACE=str(folder)) == ["plans/wrong.yaml", "wrong.yaml"]


# --- Colour


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
    ],
)
def test_colour_where_there_is_no_terminal(environment: dict[str, str], coloured: bool) -> None:
    assert ("\x1b" in run("validate", "wrong.yaml", **environment).out) == coloured


@pytest.mark.parametrize("form", [*DOCUMENTS, "github"])
def test_never_colour_but_in_text(form: str) -> None:
    said = run("validate", "wrong.yaml", "--format", form, FORCE_COLOR="1")
    assert "\x1b" not in said.out


# --- The process


@pytest.mark.parametrize("form", ["text", "github", *DOCUMENTS])
def test_output_is_utf_8_everywhere(form: str) -> None:
    plan = WRONG.replace("shar", "żółć_🍵")
    Path("żółć.yaml").write_text(plan, "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    said = process("validate", "żółć.yaml", "--format", form, text=False, env=environment)
    assert said.stderr == b""
    assert "żółć_🍵" in said.stdout.decode("utf-8")


def test_a_format_costs_those_who_ask_for_it(tmp_path: Path) -> None:
    loaded = loaded_by("validate", "wrong.yaml", "--format", "text", cwd=tmp_path)
    formats = {f"tagkit.report.{name}" for name in ("github", "sarif", "junit", "json")}
    assert loaded & (formats | {"xml.etree.ElementTree"}) == set()
