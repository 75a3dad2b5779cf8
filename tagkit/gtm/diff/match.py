"""Which entity of one side is which of the other: by name, by equal meaning, by strong likeness.

Ids are no help: GTM gives new ones at each import. A name is: a merge goes by it. What has no
namesake is taken as renamed when it does the same, or when it is what it was in the main and
shares more than half of all else, where what many others have, too, counts little.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text
from tagkit.gtm.diff.facts import TYPES, UPKEEP
from tagkit.gtm.diff.side import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.facts import Facts, Key
    from tagkit.gtm.diff.side import Side

_ALIKE = 0.5
_COMMON = 12  # a feature of more entities proposes no pairs
_NEAR = 60  # of more that mean the same, names are not weighed

Feature = tuple["Key", str]
_Featured = tuple["Entity", set[Feature]]
_Ranked = tuple[float, list[str], "Entity", "Entity"]
"""How unlike two are, their names, and the two."""


class Pair(NamedTuple):
    """An entity on both sides, or on one."""

    old: Entity | None
    new: Entity | None

    @property
    def either(self) -> Entity:
        """The entity as it is now, or was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 # a pair has one at least
        return found

    @property
    def both(self) -> tuple[Entity, Entity] | None:
        """The two, if there are two."""
        return (self.old, self.new) if self.old and self.new else None


def match(old: Side, new: Side) -> dict[str, list[Pair]]:
    """The pairs of each kind. Both sides learn what the two call an entity."""
    found: dict[str, list[Pair]] = {}
    for kind in KINDS:
        pairs = list(_by_name(kind, old, new))
        left, right = _left(kind, pairs, old, new)
        if left and right and kind == "folder":
            pairs += _by_members(left, right, old, new)
        elif left and right and kind != "builtInVariable":
            pairs += _by_meaning(left, right, old, new)
            _label(kind, pairs, old, new)
            pairs += _by_likeness(kind, pairs, old, new)
        _label(kind, pairs, old, new)
        left, right = _left(kind, pairs, old, new)
        pairs += [Pair(entity, None) for entity in left]
        pairs += [Pair(None, entity) for entity in right]
        found[kind] = pairs
    return found


def _left(kind: str, pairs: list[Pair], old: Side, new: Side) -> tuple[list[Entity], list[Entity]]:
    """The entities of both sides that are in no pair yet."""
    return _others(old.entities[kind], pairs, 0), _others(new.entities[kind], pairs, 1)


def _others(entities: Iterable[Entity], pairs: list[Pair], number: int) -> list[Entity]:
    done = {entity.route for pair in pairs if (entity := pair[number])}
    return [entity for entity in entities if entity.route not in done]


def _by_name(kind: str, old: Side, new: Side) -> Iterator[Pair]:
    for name in dict.fromkeys(entity.name for entity in old.entities[kind]):
        before, after = old.named(kind, name), new.named(kind, name)
        if len(before) == len(after) == 1 and name:
            yield Pair(before[0], after[0])
        elif before and after:
            yield from _namesakes(before, after, old, new)


def _namesakes(before: list[Entity], after: list[Entity], old: Side, new: Side) -> Iterator[Pair]:
    """Several with one name, or with none: first those that mean the same."""
    yield from (same := list(_by_meaning(before, after, old, new)))
    left = sorted(_others(before, same, 0), key=old.meaning)
    right = sorted(_others(after, same, 1), key=new.meaning)
    if before[0].name:
        yield from (Pair(*two) for two in zip(left, right, strict=False))


def _by_meaning(left: list[Entity], right: list[Entity], old: Side, new: Side) -> Iterator[Pair]:
    groups: dict[str, tuple[list[Entity], list[Entity]]] = {}
    for number, (side, entities) in enumerate(((old, left), (new, right))):
        for entity in entities:
            group = groups.setdefault(side.meaning(entity), ([], []))
            group[number].append(entity)
    for before, after in groups.values():
        if before and after:
            yield from _nearest(before, after)


def _nearest(before: list[Entity], after: list[Entity]) -> Iterator[Pair]:
    """Pairs of those that mean the same, by what their names have in common."""
    before, after = (sorted(group, key=lambda e: e.name) for group in (before, after))
    if max(len(before), len(after)) == 1 or len(before) * len(after) > _NEAR**2:
        yield from (Pair(*two) for two in zip(before, after, strict=False))
        return
    near = [
        (-_common(one.name, other.name), sorted((one.name, other.name)), one, other)
        for one in before
        for other in after
    ]
    yield from _greedy(near)


def _common(one: str, other: str) -> float:
    words, others = set(one.casefold().split()), set(other.casefold().split())
    return len(words & others) / max(len(words | others), 1)


def _greedy(ranked: Iterable[_Ranked]) -> Iterator[Pair]:
    """The best pair, then the best of the rest."""
    before, after = set[object](), set[object]()
    for _, _, one, other in sorted(ranked, key=lambda two: two[:2]):
        if one.route not in before and other.route not in after:
            before.add(one.route)
            after.add(other.route)
            yield Pair(one, other)


# --- strong likeness


def _by_likeness(kind: str, pairs: list[Pair], old: Side, new: Side) -> list[Pair]:
    left, right = _left(kind, pairs, old, new)
    if not left or not right:
        return []
    weights = Counter(
        feature
        for side in (old, new)
        for entity in side.entities[kind]
        for feature in _features(side.facts(entity))
    )
    by_core: dict[object, tuple[list[_Featured], list[_Featured]]] = {}
    for number, (side, entities) in enumerate(((old, left), (new, right))):
        for entity in entities:
            facts = side.facts(entity)
            group = by_core.setdefault(_core(entity, facts), ([], []))
            group[number].append((entity, _features(facts)))
    return list(_greedy(two for group in by_core.values() for two in _ranked(*group, weights)))


def _ranked(
    before: list[_Featured], after: list[_Featured], weights: Counter[Feature]
) -> Iterator[_Ranked]:
    holders: dict[Feature, list[int]] = {}
    for index, (_, features) in enumerate(after):
        for feature in features:
            if weights[feature] <= _COMMON:
                holders.setdefault(feature, []).append(index)
    totals = [sum(1 / weights[f] for f in features) for _, features in after]
    for entity, features in before:
        total = sum(1 / weights[f] for f in features)
        for index in sorted({i for f in features for i in holders.get(f, ())}):
            other, theirs = after[index]
            shared = sum(1 / weights[f] for f in features & theirs)
            likeness = 2 * shared / (total + totals[index])
            if likeness >= _ALIKE:
                yield -likeness, sorted((entity.name, other.name)), entity, other


def _features(facts: Facts) -> set[Feature]:
    """What can be shared: facts, and of code its lines."""
    found: set[Feature] = set()
    for key, fact in facts.items():
        if key[0] in UPKEEP:
            continue
        found.update((key, line) for line in fact.said.split("\n")) if fact.code else found.add(
            (key, fact.said)
        )
    return found


def _core(entity: Entity, facts: Facts) -> object:
    """What it is in the main: its type, and what that type cannot do without."""
    known = TYPES.get(entity.kind, {}).get(entity.type)
    fields = known.required_fields if isinstance(known, vocabulary.TriggerType) else ()
    required = known.required if known else ()
    return (
        facts["type",].said if ("type",) in facts else "",
        frozenset(
            (key, fact.said)
            for key, fact in facts.items()
            if not fact.code and (key[-1] in required or (len(key) > 1 and key[1] in fields))
        ),
    )


def _by_members(left: list[Entity], right: list[Entity], old: Side, new: Side) -> Iterator[Pair]:
    """Folders that hold more than half of the same."""
    weights: Counter[Feature] = Counter()
    before, after = (
        [(folder, members.get(folder.id, set())) for folder in folders]
        for folders, members in ((left, _members(old)), (right, _members(new)))
    )
    for _, held in (*before, *after):
        weights.update(held)
    yield from _greedy(_ranked(before, after, weights))


def _members(side: Side) -> dict[str, set[Feature]]:
    found: dict[str, set[Feature]] = {}
    for kind, entities in side.entities.items():
        for entity in entities:
            if folder := id_text(entity.data.get("parentFolderId")):
                found.setdefault(folder, set()).add(((kind,), side.label(entity)))
    return found


# --- what both sides call an entity


def _label(kind: str, pairs: list[Pair], old: Side, new: Side) -> None:
    for number, (one, other) in enumerate(pairs):
        if one is None or other is None:
            continue
        label = one.name
        if not label or len(old.named(kind, label)) > 1:
            same = old.meaning(one) == new.meaning(other)
            label = f"{label} {old.meaning(one) if same else number}"
        old.call(one, label, one.name)
        new.call(other, label, one.name)


def in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """By name, those of one name by type."""
    return sorted(pairs, key=lambda pair: (pair.either.name, pair.either.type))
