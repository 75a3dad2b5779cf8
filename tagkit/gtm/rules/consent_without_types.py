"""A tag needs consent, and does not say to what.

``NEEDED`` means: fire only if all the types in ``consentType`` are granted.

Before::

    "consentSettings": {"consentStatus": "NEEDED"}

After::

    "consentSettings": {"consentStatus": "NEEDED",
                        "consentType": {"type": "LIST",
                                        "list": [{"type": "TEMPLATE", "value": "ad_storage"}]}}

Source: every ``NEEDED`` in exports has the list, none has the list without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import items, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK430", "consent-without-types", Severity.ERROR, "a tag needs consent and names no type"
)


def check(container: Container) -> Iterator[Finding]:
    """Each tag with NEEDED and no list, or an empty one."""
    for tag in container.of("tag"):
        consent = mapping(tag.data.get("consentSettings"))
        if consent.get("consentStatus") != "NEEDED":
            continue
        route = (*tag.route, "consentSettings")
        types = consent.get("consentType")
        if types is None or (isinstance(types, dict) and not items(types.get("list"))):
            yield Finding(
                RULE,
                route if types is None else (*route, "consentType"),
                f"{tag.words} needs consent, but names no consent type",
                hint='add "consentType": {"type": "LIST", "list": '
                '[{"type": "TEMPLATE", "value": "ad_storage"}]}',
            )
