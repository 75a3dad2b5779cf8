"""The right side of a condition is not what its operator compares with.

A regular expression that JavaScript cannot compile never matches, and its negation always does;
nothing is greater than a text that is no number; a CSS selector that browsers refuse selects
nothing. GTM says nothing of it.

Before::

    {"type": "MATCH_REGEX", "parameter": [ …{{Page Path}}…, {"key": "arg1", "value": "^/(shop"}]}

After::

    {"type": "MATCH_REGEX", "parameter": [ …{{Page Path}}…, {"key": "arg1", "value": "^/shop"}]}

Source: GTM's runtime: ``new RegExp(b)``, ``Number(a) > Number(b)``, ``element.matches(b)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import NUMERIC, comparisons_of, number_of
from tagkit.gtm.container import items, mapping, text
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK457",
    "condition-unreadable",
    Severity.WARNING,
    "a regular expression, number or selector that cannot be read",
)

_TEXT_OR_ATTRIBUTE = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\]]*+(?:\]|\Z)|\\.")
_OF_JQUERY = re.compile(
    r":(?:contains|eq|gt|lt|first|last|even|odd|visible|hidden|selected|submit|button|header)"
    r"(?![\w-])"
)
_HEXADECIMAL = re.compile(r"\s*0[xXoObB][0-9A-Fa-f]+\s*")


def check(container: Container) -> Iterator[Finding]:
    """Each right side, key of a RegEx Table and selector of a visibility trigger."""
    if not is_web(container):
        return
    for comparison in comparisons_of(container):
        if comparison.is_literal and (found := _unreadable(comparison)):
            problem, hint = found
            always = comparison.negate and comparison.type not in NUMERIC
            then = "is always true" if always or comparison.negate else "is never true"
            yield Finding(
                RULE,
                comparison.right_route,
                f"a condition of {comparison.trigger.words} {then}: {problem}",
                hint=hint,
            )
    for variable in container.of("variable"):
        if variable.type == "remm":
            yield from _check_table(variable)
    for trigger in container.of("trigger"):
        selector = trigger.parameter("elementSelector")
        if trigger.type != "ELEMENT_VISIBILITY" or selector is None:
            continue
        kind = trigger.parameter("selectorType")
        if kind is not None and kind.value == "CSS" and (found := _no_selector(selector.value)):
            yield Finding(
                RULE, selector.value_route, f"{trigger.words} never fires: {found[0]}", found[1]
            )


def _unreadable(comparison: Comparison) -> tuple[str, str] | None:
    if comparison.type == "MATCH_REGEX":
        return _no_pattern(comparison.right)
    if comparison.type == "CSS_SELECTOR":
        return _no_selector(comparison.right)
    if comparison.type in NUMERIC:
        readable = number_of(comparison.right) is not None
        if not readable and not _HEXADECIMAL.fullmatch(comparison.right):
            return (
                f"'{comparison.right}' is no number",
                "write digits, and a '.' before decimals; to compare texts use other operators",
            )
    return None


def _no_pattern(pattern: str) -> tuple[str, str] | None:
    from tagkit.plan.regex import problem_of

    problem = problem_of(pattern)
    if not problem:
        return None
    # That is how a plan says it; a container has a parameter.
    problem = problem.replace("write ignore_case: true", "there is 'ignore case'")
    return (
        f"'{pattern}' is not a regular expression: {problem}",
        "mend it; a sign that stands for itself is written with a '\\' before it",
    )


def _no_selector(css: str) -> tuple[str, str] | None:
    from tagkit.plan.selectors import problem_of

    if not css.strip() or "{{" in css:
        return None
    if jquery := _OF_JQUERY.search(_TEXT_OR_ATTRIBUTE.sub("", css)):
        return (
            f"'{css}' is no CSS selector: '{jquery.group()}' is jQuery's, not the browser's",
            "write it with classes, attributes or :nth-child()",
        )
    problem = problem_of(css)
    # Browsers close by themselves what is open at the end.
    if not problem or problem.endswith("is not closed"):
        return None
    return (
        f"'{css}' is no CSS selector: {problem}",
        "try it with document.querySelector() in the browser's console",
    )


def _check_table(variable: Entity) -> Iterator[Finding]:
    table = variable.parameter("map")
    if table is None:
        return
    for index, row in enumerate(items(table.data.get("list"))):
        for place, cell in enumerate(items(mapping(row).get("map"))):
            if not isinstance(cell, dict) or cell.get("key") != "key":
                continue
            pattern = text(cell.get("value"))
            found = _no_pattern(pattern) if "{{" not in pattern else None
            if found:
                route = (*table.route, "list", index, "map", place, "value")
                yield Finding(
                    RULE, route, f"a row of {variable.words} never matches: {found[0]}", found[1]
                )
