"""A GA4 event says twice where it goes.

``measurementId`` names a configuration tag (the old way), ``measurementIdOverride`` is a
measurement ID. GTM writes one of the two, or the word "none" for the first.

Before::

    {"type": "TAG_REFERENCE", "key": "measurementId", "value": "GA4 configuration"},
    {"type": "TEMPLATE", "key": "measurementIdOverride", "value": "G-AAAAAAAAAA"}

After::

    {"type": "TEMPLATE", "key": "measurementIdOverride", "value": "G-AAAAAAAAAA"}

Source: 518 of 518 GA4 events in exports have exactly one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK431", "measurement-id-twice", Severity.ERROR, "a GA4 event says twice where it goes")


def check(container: Container) -> Iterator[Finding]:
    """Each GA4 event that names a tag and an ID."""
    for tag in container.of("tag"):
        if tag.type != "gaawe":
            continue
        by_tag = tag.parameter("measurementId")
        by_id = tag.parameter("measurementIdOverride")
        if by_tag and by_id and by_id.value and by_tag.value not in {"", "none"}:
            yield Finding(
                RULE,
                by_tag.value_route,
                f"{tag.words} has both 'measurementId' ('{by_tag.value}') and "
                f"'measurementIdOverride' ('{by_id.value}')",
                hint="keep 'measurementIdOverride'",
                related=((by_id.value_route, "the other one"),),
            )
