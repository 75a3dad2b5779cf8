"""Two conversions with one name.

In documents, folders and reports people know a conversion by its name; two alike cannot be told
apart.

Before::

    - {id: top_banner, name: Banner clicked, trigger: {click: "#top"}}
    - {id: side_banner, name: Banner clicked, trigger: {click: "#side"}}

After: ``name: Side banner clicked``.

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Resolved

RULE = Rule("TK203", "duplicate-name", Severity.ERROR, "two conversions with one name")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the second; the first is related. The same id twice is another rule's."""
    first: dict[str, Conversion] = {}
    for conversion in plan.conversions:
        name = " ".join(conversion.name.split()).casefold()
        known = first.setdefault(name, conversion)
        if known is not conversion and known.id != conversion.id:
            yield Finding(
                RULE,
                (*conversion.route, "name"),
                f"two conversions have the name '{conversion.name}'",
                hint="say with 'name' what is different about this one",
                related=((known.route, "the first is here"),),
            )
