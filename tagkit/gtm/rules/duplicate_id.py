"""Two entities of one kind have the same id.

Tags name triggers, and everything names its folder, by id, so it is open which one is meant. One
number may be used in two kinds: GTM counted each kind by itself until about 2020.

Before::

    "trigger": [{"triggerId": "7", "name": "A"}, {"triggerId": "7", "name": "B"}]

After::

    "trigger": [{"triggerId": "7", "name": "A"}, {"triggerId": "8", "name": "B"}]

Source: 0 of 178 exports have it; 51 have one number in two kinds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule("TK422", "duplicate-id", Severity.ERROR, "two entities of one kind have the same id")


def check(container: Container) -> Iterator[Finding]:
    """Each entity whose id was taken before."""
    for kind, id_key in vocabulary.ID_KEYS.items():
        first: dict[str, Entity] = {}
        for entity in container.of(kind):
            earlier = first.setdefault(entity.id, entity)
            if entity.id and earlier is not entity:
                yield Finding(
                    RULE,
                    (*entity.route, id_key),
                    f"{entity.words} has the id {entity.id}, as has '{earlier.name}'",
                    hint="give one of them a number that nothing else in the file has",
                    related=(((*earlier.route, id_key), "the first one"),),
                )
