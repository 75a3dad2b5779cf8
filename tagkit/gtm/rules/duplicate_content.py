"""Two entities do the same.

Two tags that are equal but for their names and fire on the same trigger send everything twice: an
event, a conversion, a sale. Of two equal variables one will be changed one day and the other
forgotten, so that is a note. Constants may be equal: two IDs can be the same today.

Before::

    {"name": "GA4 - purchase", "type": "gaawe", "firingTriggerId": ["20"], ...},
    {"name": "GA4 - purchase (copy)", "type": "gaawe", "firingTriggerId": ["20"], ...}

After::

    {"name": "GA4 - purchase", "type": "gaawe", "firingTriggerId": ["20"], ...}

Source: the GTM runtime, 2026-11: "once per event" is counted for each tag by itself; how many
there are in exports: 0 such tags, 17 such groups of variables in 101.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.content import contents, groups, repeated
from tagkit.words import both, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule("TK447", "duplicate-content", Severity.WARNING, "two entities do the same")

_FEW = 5


def check(container: Container) -> Iterator[Finding]:
    """Each tag that does again what an earlier one does; each group of variables."""
    found = contents(container, "tag", "trigger", "variable")
    for group in groups(container.of("variable"), found):
        if group[0].type and group[0].type != "c":
            yield _note(group)
    for tag, earlier in repeated(container, found):
        yield Finding(
            RULE,
            tag.name_route,
            f"{tag.words} does what '{earlier.name}' does, on the same trigger, so it is done "
            "twice",
            hint="delete or pause one of them",
            related=((earlier.name_route, "the first one"),),
        )


def _note(group: list[Entity]) -> Finding:
    names = [f"'{shortened(entity.name or entity.id)}'" for entity in group]
    if len(names) > _FEW:
        names[_FEW - 1 :] = [f"{len(names) - _FEW + 1} others"]
    return Finding(
        RULE,
        group[1].name_route,
        f"variables {both(names)} have the same settings",
        hint="keep one of them, and use it where the others are used",
        related=((group[0].name_route, "the first one"),),
        severity=Severity.NOTE,
    )
