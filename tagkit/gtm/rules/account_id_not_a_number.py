"""An account or container id is not a number.

The importer stops: "Invalid account_id (base 10 number expected): 'ACCOUNT_ID'". It puts the ids
of the container it imports into in their place, so any number will do. An empty id has been
published for import by two vendors; GTM itself never writes one.

Before::

    {"accountId": "ACCOUNT_ID", "containerId": "<<@CONTAINER_ID>>"}

After::

    {"accountId": "6000000001", "containerId": "200000001"}

Source: the importer's message as one author quotes it; 178 exports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK404",
    "account-id-not-a-number",
    Severity.ERROR,
    "an account or container id is not a number",
)


def check(container: Container) -> Iterator[Finding]:
    """One finding for each wrong id, at its first place."""
    places: dict[tuple[str, str], list[Route]] = {}
    for route, block in _blocks(container):
        for key in ("accountId", "containerId"):
            value = block.get(key)
            if isinstance(value, str) and not (value.isascii() and value.isdigit()):
                places.setdefault((key, value), []).append((*route, key))
    for (key, value), routes in places.items():
        more = f" (and so in {count(len(routes) - 1, 'other place')})" if len(routes) > 1 else ""
        said = f"{key} '{value}' is not a number{more}" if value else f"{key} is empty{more}"
        yield Finding(
            RULE,
            routes[0],
            said,
            hint="write digits, for instance 6000000001; GTM puts the right ones on import",
            severity=RULE.severity if value else Severity.WARNING,
        )


def _blocks(container: Container) -> Iterator[tuple[Route, dict[str, object]]]:
    route = container.version_route
    yield route, container.version
    yield (*route, "container"), container.info
    for entity in container.of(*vocabulary.KINDS):
        yield entity.route, entity.data
