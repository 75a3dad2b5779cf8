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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK433", "conversion-id-prefix", Severity.ERROR, "a Google Ads conversion ID has a prefix"
)

_TYPES = frozenset({"awct", "awud", "sp", "sgtmadsct", "sgtmadsremarket", "sgtmawud"})


def check(container: Container) -> Iterator[Finding]:
    """Each conversion ID that is written out with AW-."""
    for tag in container.of("tag"):
        found = tag.parameter("conversionId") if tag.type in _TYPES else None
        if found and found.value.upper().startswith("AW-"):
            yield Finding(
                RULE,
                found.value_route,
                f"{tag.words} has the conversion ID '{found.value}'; it is the number alone",
                hint=f"write '{found.value[3:]}'",
            )
