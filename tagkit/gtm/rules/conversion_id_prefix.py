"""A Google Ads tag has its conversion ID with the prefix ``AW-``.

The Google tag is called by ``AW-123456789``; a Google Ads tag wants the number alone. With the
prefix the conversion does not reach the account.

Before::

    {"type": "TEMPLATE", "key": "conversionId", "value": "AW-123456789"}

After::

    {"type": "TEMPLATE", "key": "conversionId", "value": "123456789"}

Source: a builder's list of what the importer refuses; 31 of 31 in exports are digits or a variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Parameter

RULE = Rule(
    "TK433", "conversion-id-prefix", Severity.ERROR, "a Google Ads conversion ID has a prefix"
)

_TYPES = frozenset({"awct", "awud", "sp", "sgtmadsct", "sgtmadsremarket", "sgtmawud"})


def check(container: Container) -> Iterator[Finding]:
    """Each conversion ID that is written out with AW-, at the first tag that has it."""
    tags: dict[str, list[Parameter]] = {}
    for tag in container.of("tag"):
        found = tag.parameter("conversionId") if tag.type in _TYPES else None
        if found and found.value.upper().startswith("AW-"):
            tags.setdefault(found.value, []).append(found)
    for value, places in tags.items():
        more = f" (and so in {count(len(places) - 1, 'other tag')})" if len(places) > 1 else ""
        yield Finding(
            RULE,
            places[0].value_route,
            f"{places[0].entity.words} has the conversion ID '{value}'{more}; "
            "it is the number alone",
            hint=f"write '{value[3:]}'",
        )
