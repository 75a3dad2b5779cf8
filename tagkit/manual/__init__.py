"""Everything tagkit can say, and the page of each rule: for ``tagkit explain``, docs and SARIF.

The page of a rule that is a module is its docstring. What the stages say themselves (load, schema,
resolve, ignores) has its pages in ``stages.md`` beside this file, one heading a code.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tagkit import schema, selection, source, templating, textfile
from tagkit.batch import across, folders, gone, table
from tagkit.doctor import rules as doctor
from tagkit.gtm.merge import conflicts
from tagkit.gtm.rules import CONTAINER_RULES
from tagkit.plan import (
    conditions,
    conversions,
    half_characters,
    inherit,
    resolve,
    scope,
    selectors,
    sources,
    substitute,
    triggers,
)
from tagkit.plan.rules import PLAN_RULES
from tagkit.replay import rules as replay
from tagkit.scenarios import check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.diagnostics import Rule

_STAGES = (
    *textfile.RULES,
    *source.RULES,
    *schema.RULES,
    *selection.RULES,
    *scope.RULES,
    *sources.RULES,
    *conditions.RULES,
    *triggers.RULES,
    *selectors.RULES,
    *half_characters.RULES,
    *conversions.RULES,
    *resolve.RULES,
    *inherit.RULES,
    *substitute.RULES,
    *across.RULES,
    *folders.RULES,
    *table.RULES,
    *templating.RULES,
    *gone.RULES,
    *conflicts.RULES,
    *replay.RULES,
    *check.RULES,
    *doctor.RULES,
)
FAMILIES: dict[str | tuple[str, ...], str] = {
    "TK0": "Reading a file, and ignoring findings",
    "TK1": "The shape of a plan or a container",
    "TK2": "Plans",
    "TK3": "The catalog and names",
    "TK4": "GTM containers",
    "TK5": "Scenarios and recordings",
    ("TK60", "TK61"): "Merging a plan into a container",
    ("TK62", "TK63"): "Looking at a shop",
}
_JSON = ("TK4", "TK55", "TK56", "TK57", "TK60", "TK61")


@cache
def every_rule() -> tuple[Rule, ...]:
    """All rules, by code."""
    own = {rule.RULE for rule in PLAN_RULES} | {rule.RULE for rule in CONTAINER_RULES}
    return tuple(sorted({*_STAGES, *own}, key=lambda rule: rule.code))


def listing(rules: Iterable[Rule]) -> str:
    """A line for each rule: code, severity, name, what it is about."""
    rules = list(rules)
    wide = max(len(rule.name) for rule in rules)
    return "\n".join(
        f"{rule.code}  {rule.severity:<7}  {rule.name:<{wide}}  {title(rule)}".rstrip()
        for rule in rules
    )


def page(rule: Rule) -> str:
    """The manual page as text: code, name and severity, then what, why, before, after, source."""
    return f"{rule.code} {rule.name} ({rule.severity})\n\n{body(rule)}"


def title(rule: Rule) -> str:
    """The first sentence of the page."""
    return " ".join(body(rule).split("\n\n", 1)[0].split())


def body(rule: Rule) -> str:
    """What the page says, in the words of the rule's file."""
    return _pages()[rule.code]


def markdown(rule: Rule) -> str:
    """What the page says as Markdown: the examples as blocks of code."""
    language = "json" if rule.code.startswith(_JSON) else "yaml"
    parts = re.split(r"::\n\n((?: {4}[^\n]*\n|\n)+)", body(rule) + "\n")
    parts[::2] = [re.sub(r"``([^`]+)``", r"`\1`", text) for text in parts[::2]]
    for index in range(1, len(parts), 2):
        code = "\n".join(line[4:] for line in parts[index].rstrip().splitlines())
        parts[index] = f":\n\n```{language}\n{code}\n```\n\n"
    return "".join(parts).strip()


def document(rules: Iterable[Rule]) -> str:
    """All pages as one Markdown document, a table of them first."""
    rules = list(rules)
    lines = ["# What tagkit says", "", "| code | severity | name | |", "| --- | --- | --- | --- |"]
    lines += [
        f"| [{rule.code}](#{rule.code.lower()}) | {rule.severity} | {rule.name} | "
        f"{title(rule).replace('|', chr(92) + '|')} |"
        for rule in rules
    ]
    for beginning, family in FAMILIES.items():
        members = [rule for rule in rules if rule.code.startswith(beginning)]
        if members:
            lines += ["", f"## {family}"]
        for rule in members:
            lines += ["", f'<a id="{rule.code.lower()}"></a>', f"### {rule.code} {rule.name}"]
            lines += ["", f"*{rule.severity}*", "", markdown(rule)]
    return "\n".join(lines)


@cache
def _pages() -> dict[str, str]:
    """The pages by code: those in ``stages.md``, and the docstrings."""
    text = Path(__file__).with_name("stages.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (TK\d{3})\n", text, flags=re.MULTILINE)
    pages = dict(zip(parts[1::2], parts[2::2], strict=True))
    pages |= {rule.RULE.code: rule.__doc__ or "" for rule in PLAN_RULES}
    pages |= {rule.RULE.code: rule.__doc__ or "" for rule in CONTAINER_RULES}
    return {code: page.strip() for code, page in pages.items()}
