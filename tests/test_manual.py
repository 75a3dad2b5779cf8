"""The manual: every rule has a page that says what, why, before, after and its source."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest
from typer.testing import CliRunner

import tagkit
from tagkit import manual
from tagkit.cli import app
from tagkit.diagnostics import Rule, Severity
from tagkit.doctor import rules as doctor
from tagkit.gtm.rules import CONTAINER_RULES
from tagkit.plan.rules import PLAN_RULES
from tagkit.replay import rules as replay
from tagkit.selection import FIRM_CODES, is_firm
from tests.golden.golden_files import RULES, rules

EVERY = manual.every_rule()
OWN = {rule.RULE for rule in PLAN_RULES} | {rule.RULE for rule in CONTAINER_RULES}
WITHOUT_EXAMPLE = set("TK001 TK003 TK004 TK006 TK016 TK019 TK022 TK111 TK199".split())
"""Nothing to write differently in a plan: no file, a limit, what no plan reaches."""


def rules_in_the_code() -> set[Rule]:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(tagkit.__path__, "tagkit.")
        if module.name != "tagkit.__main__"
    ]
    return {rule for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}


def test_the_manual_knows_every_rule() -> None:
    assert set(EVERY) == rules_in_the_code()


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_a_page_is_complete(rule: Rule) -> None:
    body = manual.body(rule)
    assert re.search(r"^Source: ", body, re.MULTILINE)
    if rule.code not in WITHOUT_EXAMPLE:
        assert re.search(r"^Before:", body, re.MULTILINE)
        assert re.search(r"^After[:,]", body, re.MULTILINE)


@pytest.mark.parametrize("rule", EVERY, ids=lambda rule: rule.code)
def test_markdown_has_its_code_in_blocks(rule: Rule) -> None:
    text = manual.markdown(rule)
    assert "::" not in re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    assert text.count("```") == 2 * len(re.findall(r"::\n\n    ", manual.body(rule)))


def test_the_document_is_up_to_date() -> None:
    """Regenerate with ``python -m tests.golden.regenerate``."""
    assert RULES.read_text("utf-8") == rules()


def test_explain_finds_a_page_by_code_beginning_and_name() -> None:
    said = [CliRunner().invoke(app, ["explain", word]).output for word in ("TK207", "tk207")]
    by_name = CliRunner().invoke(app, ["explain", "ga4-reserved-name"]).output
    assert said == [by_name, by_name]
    assert by_name.startswith("TK207 ga4-reserved-name (error)\n\nA GA4 event name that is")
    assert "TK206 " in CliRunner().invoke(app, ["explain", "TK20"]).output


def test_explain_of_an_unknown_code() -> None:
    result = CliRunner().invoke(app, ["explain", "TK2077"])
    assert result.exit_code == 2
    assert "there is no rule 'TK2077'; did you mean 'TK207'?" in result.output


def test_explain_lists_all() -> None:
    lines = CliRunner().invoke(app, ["explain"]).output.splitlines()
    assert [line[:5] for line in lines] == [rule.code for rule in EVERY]


def test_what_the_stages_rely_on_cannot_be_ignored() -> None:
    """Errors of the rules, which come last, can: nothing but the reader relies on them."""
    # what a recording breaks and what pages lack comes last, too
    judged = {replay.MISSING, replay.MISTYPED, doctor.DEAD_SELECTOR}
    stages = {rule.code for rule in set(EVERY) - OWN - judged if rule.severity is Severity.ERROR}
    firm = {rule.code for rule in EVERY if is_firm(rule)}
    assert stages <= firm
    assert firm - stages == {"TK202", "TK203", "TK214"}
    assert {rule.code for rule in EVERY} >= FIRM_CODES
