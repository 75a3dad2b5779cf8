"""A list is empty where GTM leaves the key out.

GTM drops empty lists on import, and writes none. Harmless in most places, and a sign that the
file did not come from GTM.

Before::

    {"tag": [...], "folder": []}

After::

    {"tag": [...]}

Source: 0 of 178 exports; one author's comparison of a file with what GTM exported after import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK436", "empty-list", Severity.NOTE, "a list is empty where GTM leaves the key out")

_KEYS = (
    "parameter",
    "firingTriggerId",
    "blockingTriggerId",
    "setupTag",
    "teardownTag",
    "filter",
    "autoEventFilter",
)


def check(container: Container) -> Iterator[Finding]:
    """Each empty list, at its key."""
    for kind in vocabulary.KINDS:
        if container.version.get(kind) == []:
            yield Finding(
                RULE,
                (*container.version_route, kind),
                f"'{kind}' is an empty list; GTM leaves it out",
                hint="leave the key out",
                at_key=True,
            )
    for entity in container.of(*vocabulary.KINDS):
        for key in _KEYS:
            if entity.data.get(key) == []:
                yield Finding(
                    RULE,
                    (*entity.route, key),
                    f"{entity.words} has an empty '{key}'; GTM leaves it out",
                    hint="leave the key out",
                    at_key=True,
                )
    for parameter in container.parameters:
        for key in ("list", "map"):
            if parameter.data.get(key) == []:
                name = parameter.data.get("key", parameter.type)
                yield Finding(
                    RULE,
                    (*parameter.route, key),
                    f"'{name}' of {parameter.entity.words} is an empty list; GTM leaves it out",
                    hint=f"leave '{key}' or the whole parameter out",
                    at_key=True,
                )
