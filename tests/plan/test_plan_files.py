"""Pairs of files: a plan, and what ``tagkit validate`` says of it."""

from __future__ import annotations

import importlib
import pkgutil
import re
from operator import attrgetter
from pathlib import Path

import pytest
from typer.testing import CliRunner

import tagkit.plan
from tagkit import schema
from tagkit.cli import app
from tagkit.diagnostics import Rule

HERE = Path(__file__).parent
BAD = sorted(p for p in (HERE / "bad").iterdir() if p.suffix != ".out")
GOOD = sorted((HERE / "good").iterdir())
BY_NAME = attrgetter("name")
UNREACHABLE = {
    "TK111": "the plan schema wants no item in a list",
    "TK113": "the plan schema has no anyOf",
}


def rules_of_plans() -> dict[str, Rule]:
    """Every Rule in ``tagkit.plan`` and below, by code."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(tagkit.plan.__path__, "tagkit.plan.")
    ]
    rules = [
        (rule, module.__name__)
        for module in modules
        for rule in vars(module).values()
        if isinstance(rule, Rule)
    ]
    return {rule.code: rule for rule, _ in rules} | {rule.code: rule for rule in schema.RULES}


def codes(path: Path) -> set[str]:
    return set(re.findall(r"(?:error|warning|note)\[(TK\d+)\]", path.read_text("utf-8")))


def validated(path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, int]:
    monkeypatch.chdir(path.parent)
    result = CliRunner().invoke(app, ["validate", path.name])
    return result.output, result.exit_code


@pytest.mark.parametrize("path", BAD, ids=BY_NAME)
def test_bad_plan(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regenerate with ``python -m tests.golden.regenerate``, and read what changed."""
    said, code = validated(path, monkeypatch)
    assert said == path.with_name(path.name + ".out").read_text("utf-8")
    assert code == (1 if "error[" in said else 0)


@pytest.mark.parametrize("path", GOOD, ids=BY_NAME)
def test_good_plan_is_silent(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert validated(path, monkeypatch) == ("1 file checked, nothing found\n", 0)


def test_every_rule_has_a_bad_plan() -> None:
    shown = set().union(*(codes(path.with_name(path.name + ".out")) for path in BAD))
    assert set(rules_of_plans()) - shown - set(UNREACHABLE) == set()


def test_unreachable_rules_are_unreachable() -> None:
    shown = set().union(*(codes(path.with_name(path.name + ".out")) for path in BAD))
    assert shown & set(UNREACHABLE) == set()


def test_codes_and_names_are_unique() -> None:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(tagkit.__path__, "tagkit.")
        if module.name != "tagkit.__main__"
    ]
    rules = {rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    assert len({rule.code for rule in rules}) == len(rules)
    assert len({rule.name for rule in rules if rule.code < "TK4"}) == len(
        [rule for rule in rules if rule.code < "TK4"]
    )


def test_every_bad_plan_has_its_text() -> None:
    texts = {p.name.removesuffix(".out") for p in (HERE / "bad").iterdir() if p.suffix == ".out"}
    assert texts == {path.name for path in BAD}


@pytest.mark.parametrize("path", BAD, ids=BY_NAME)
def test_messages_are_in_the_house_style(path: Path) -> None:
    """Lower case or a name first, no full stop, no word of Python's or JSON Schema's."""
    said = path.with_name(path.name + ".out").read_text("utf-8")
    for message in re.findall(r"(?:error|warning|note)\[TK\d+\]: (.*)", said):
        assert not message.endswith(".")
        assert not re.match(r"[A-Z][a-z]", message) or message.startswith(("Meta ", "Google "))
        assert not re.search(r"\b(NoneType|dict|str|object|array|properties)\b", message)


@pytest.mark.parametrize("path", BAD, ids=BY_NAME)
def test_each_finding_says_what_to_do(path: Path) -> None:
    said = path.with_name(path.name + ".out").read_text("utf-8")
    findings = re.split(r"\n(?=\S+: (?:error|warning|note)\[)", "\n" + said)[1:]
    without = {re.findall(r"\[(TK\d+)\]", text)[0] for text in findings if "= hint: " not in text}
    assert without <= {"TK007", "TK019", "TK199"}, "an empty file, and 'and 9 more'"
