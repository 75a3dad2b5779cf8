"""A catalog conversion in a list of another kind.

payment_declined among the micro-conversions would be counted as interest.

Before::

    micro_conversions: [add_to_cart, payment_declined]

After::

    micro_conversions: [add_to_cart]
    anti_conversions: [payment_declined]

Source: our own rule. A step that a business counts as its goal may stand among the
macro-conversions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK215", "wrong-list", Severity.WARNING, "a catalog conversion in a list of another kind"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the entry."""
    for conversion in plan.conversions:
        proper = conversion.catalog_kind
        if proper is None:
            continue
        if (proper is Kind.ANTI) != (conversion.kind is Kind.ANTI):
            yield Finding(
                RULE, conversion.route,
                f"'{conversion.catalog_id}' is {_WORDS[proper]}, here it counts as "
                f"{_WORDS[conversion.kind]}",
                hint=f"move it to {proper}_conversions",
            )  # fmt: skip


_WORDS = {
    Kind.MACRO: "a macro-conversion",
    Kind.MICRO: "a micro-conversion",
    Kind.ANTI: "an anti-conversion",
}
