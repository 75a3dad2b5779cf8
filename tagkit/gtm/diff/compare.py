"""Two containers -> what is different, in meaning: effects on measurement, then entities."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tagkit.gtm.diff.causes import Causes
from tagkit.gtm.diff.changes import changes_of
from tagkit.gtm.diff.effects import TagEffects, collected, told_apart
from tagkit.gtm.diff.match import match
from tagkit.gtm.diff.model import Difference
from tagkit.gtm.diff.ownership import touching
from tagkit.gtm.diff.side import Side

if TYPE_CHECKING:
    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.model import Effect
    from tagkit.gtm.diff.ownership import Ours


def compare(before: object, after: object, ours: Ours | None = None) -> Difference:
    """What is different. ``ours``: one side is a live container, and only what is ours counts."""
    old, new = Side(before), Side(after)
    pairs = match(old, new)
    others: list[Entity] = []
    if ours is not None:
        pairs, others = ours.of(pairs)
    changes = tuple(changes_of(pairs, old, new))
    if not changes and not others:
        return Difference()
    tags = TagEffects(old, new, pairs["tag"])
    found: list[Effect] = list(chain(tags, Causes(tags, pairs)))
    if ours is not None and others:  # else it is a build, and no container that is in use
        found += touching(ours, (old, new), tags.sent[ours.live], others, pairs)
    effects = told_apart(collected(found), *tags.sent)
    return Difference(tuple(effects), changes, len(others))
