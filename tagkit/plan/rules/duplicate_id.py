"""Two conversions with one id.

The id is the conversion's name in everything that is built: two of them would overwrite each
other's tags and triggers.

Before::

    micro_conversions: [add_to_cart, add_to_cart]

After: leave one out, or give the second an id of its own::

    micro_conversions:
      - add_to_cart
      - {use: add_to_cart, id: add_sample_to_cart, where: {page_path: {starts_with: /samples}}}

Source: names are unique inside a kind (GTM: "duplicate names").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Resolved

RULE = Rule("TK202", "duplicate-id", Severity.ERROR, "two conversions with one id")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the second; the first is related."""
    first: dict[str, Route] = {}
    for conversion in plan.conversions:
        if conversion.id in first:
            yield Finding(
                RULE,
                (*conversion.route, "id"),
                f"two conversions have the id '{conversion.id}'",
                hint="leave one out, or give this one an id of its own",
                related=((first[conversion.id], "the first is here"),),
            )
        first.setdefault(conversion.id, conversion.route)
