"""A plan against a live container: what is tagkit's in it, and what of others touches that.

Ours is what the plan gives, by name, and what an earlier build left: a name that begins with the
plan's prefix, or a note that tagkit wrote. All else in the container is others' and no drift, but
where it sends what we send, or makes a tag of ours run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm.container import text
from tagkit.gtm.diff.effects import is_live
from tagkit.gtm.diff.model import Effect, Name, Verb
from tagkit.gtm.diff.sendings import DESTINATION, GA4, GOOGLE_TAG, META, PIXEL
from tagkit.gtm.fbq_calls import TEXT
from tagkit.gtm.links import sequence
from tagkit.gtm.notes import is_made

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.match import Pair
    from tagkit.gtm.diff.model import Words
    from tagkit.gtm.diff.sendings import Sending, Sendings
    from tagkit.gtm.diff.side import Side

_SENT = Verb("is sent", "are sent")


class Ours(NamedTuple):
    """Whose the entities of a live container are. ``live`` is 0 when it is the old side, or 1."""

    live: int
    prefix: str

    def owns(self, entity: Entity) -> bool:
        """Whether tagkit made an entity that the plan does not give."""
        prefix = re.escape(self.prefix)
        named = bool(self.prefix) and re.match(rf"{prefix}(?!\w)", entity.name)
        return bool(named) or is_made(text(entity.data.get("notes")))

    def of(self, pairs: dict[str, list[Pair]]) -> tuple[dict[str, list[Pair]], list[Entity]]:
        """The pairs that count, and the entities of others."""
        kept: dict[str, list[Pair]] = {}
        others: list[Entity] = []
        for kind, listed in pairs.items():
            kept[kind] = []
            for pair in listed:
                theirs = pair[self.live]
                if pair[1 - self.live] is None and theirs and not self.owns(theirs):
                    others.append(theirs)
                else:
                    kept[kind].append(pair)
        return kept, others


def touching(
    ours: Ours,
    sides: tuple[Side, Side],
    sent: Sendings,
    others: list[Entity],
    kept: dict[str, list[Pair]],
) -> Iterator[Effect]:
    """What others do that changes what ours measure."""
    live, plan = sides[ours.live], sides[1 - ours.live]
    tags = [pair[ours.live] for pair in kept["tag"]]
    mine = {tag.name: tag for tag in tags if tag}
    own_sendings = [one for tag in mine.values() if is_live(tag) for one in sent.of(tag)]
    pixels = {pixel for one in own_sendings if one.platform == PIXEL for pixel in _pixels(one)}
    known: dict[tuple[str, ...], Sending] = {}
    for sending in own_sendings:
        for place in _places(sending, pixels):
            known.setdefault(place, sending)
    for tag in others:
        if tag.kind != "tag" or not is_live(tag):
            continue
        for sending in sent.of(tag):
            places = _places(sending, pixels)
            owns = dict.fromkeys(known[p].subject for p in places if p in known)
            for own in owns:
                said: Words = (_SENT, " by another tag, too, and counts twice: ", Name(tag.name))
                yield Effect("counted_twice", (own,), said)
        for key, word in (("setupTag", "before"), ("teardownTag", "after")):
            for name in sequence(tag, key)[:1]:
                if name in mine:
                    said = (
                        Verb("runs", "run"),
                        f" {word} the tag of others ",
                        Name(tag.name),
                        ", too",
                    )
                    yield Effect("sequence_changed", sent.subjects(mine[name]), said)
    yield from _missing(live, plan, mine, sent)


def _missing(live: Side, plan: Side, mine: dict[str, Entity], sent: Sendings) -> Iterator[Effect]:
    """Variables of others that ours name, and that are not in the container."""
    for name, entities in live.naming_nothing.items():
        if plan.variable(name):
            continue  # one of ours that is gone is said by itself
        tags = {
            tag.name: tag
            for entity in entities
            for tag in (entity, *live.all_users(entity))
            if tag.kind == "tag" and tag.name in mine and is_live(tag)
        }
        subjects = tuple(dict.fromkeys(s for tag in tags.values() for s in sent.subjects(tag)))
        if subjects:
            said = (Verb("uses", "use"), " the variable ", Name(name), ", which is not there")
            yield Effect("variable_missing", subjects, said, (), ("variable", name))


def _places(sending: Sending, pixels: Collection[str]) -> list[tuple[str, ...]]:
    """What goes where: two of them count as two. ``pixels``: those that ours start."""
    where = sending.sources.get(DESTINATION)
    if sending.platform == META:
        every = ("", *sorted(pixels))  # without a pixel it goes to all that are started
        return [(*sending.key, pixel) for pixel in (_pixels(sending) if where else every)]
    goes = where.meant if where and sending.platform in (GA4, GOOGLE_TAG, PIXEL) else ""
    return [(*sending.key, goes)]


def _pixels(sending: Sending) -> list[str]:
    """The pixels that it names; a template takes several, and quotes make no other pixel."""
    meant = sending.sources[DESTINATION].meant.removeprefix(f"{TEXT} ")
    return [one.strip() for one in meant.split(",")]
