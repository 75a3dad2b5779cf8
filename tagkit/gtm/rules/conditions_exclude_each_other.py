"""Two conditions of a trigger cannot both hold, so it never fires.

All conditions of a trigger must hold; there is no OR among them. Two triggers on one tag are an
OR, and so is a regular expression with ``|``.

Before::

    {{Page Path}} equals /cart    and    {{Page Path}} equals /checkout

After::

    {{Page Path}} matches ^/(cart|checkout)$

Source: GTM's runtime: a trigger fires when all of its conditions are true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of, holds, readings_of
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK459",
    "conditions-exclude-each-other",
    Severity.WARNING,
    "two conditions of a trigger cannot both hold",
)

_FEW = 50
"""Conditions of a trigger on one variable that are compared with each other, at most."""
_OPPOSITES = ("CONTAINS", "STARTS_WITH", "ENDS_WITH", "MATCH_REGEX", "EQUALS")


def check(container: Container) -> Iterator[Finding]:
    """For each trigger the first two conditions on one variable that exclude each other."""
    if not is_web(container):
        return
    readings = readings_of(container)
    groups: dict[int, dict[str, list[Comparison]]] = {}
    for comparison in comparisons_of(container):
        # The conditions for waiting are asked at another time.
        if comparison.field == "autoEventFilter" or not comparison.variable:
            continue
        if not comparison.is_literal:
            continue
        same = readings.get(comparison.variable) or comparison.variable
        by_variable = groups.setdefault(id(comparison.trigger.data), {})
        by_variable.setdefault(same, []).append(comparison)
    for by_variable in groups.values():
        pair = next(filter(None, map(_excluded, by_variable.values())), None)
        if pair:
            one, other = pair
            yield Finding(
                RULE,
                other.right_route,
                f"{other.trigger.words} never fires: {_said(one)} and {_said(other)} exclude "
                "each other",
                hint="for either of them use a regular expression with '|', or two triggers",
                related=((one.right_route, "the other condition"),),
            )


def _excluded(group: list[Comparison]) -> tuple[Comparison, Comparison] | None:
    few = group[:_FEW]
    for index, one in enumerate(few):
        for other in few[index + 1 :]:
            if _exclude(one, other) or _exclude(other, one):
                return one, other
    return None


def _exclude(one: Comparison, other: Comparison) -> bool:
    if one.type == "EQUALS" and not one.negate:
        return holds(other, one.right) is False
    if one.negate != other.negate:
        same = one.type == other.type and one.ignore_case == other.ignore_case
        return same and one.type in _OPPOSITES and one.right == other.right
    if one.negate or one.type != other.type:
        return False
    if one.type == "STARTS_WITH":
        return not one.right.startswith(other.right) and not other.right.startswith(one.right)
    if one.type == "ENDS_WITH":
        return not one.right.endswith(other.right) and not other.right.endswith(one.right)
    return False


def _said(comparison: Comparison) -> str:
    return f"{comparison.words} '{comparison.right}'"
