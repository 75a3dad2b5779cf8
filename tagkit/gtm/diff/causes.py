"""What several tags share: a change of it is told once, with all that it acts on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from tagkit.gtm.container import items, mapping, text
from tagkit.gtm.diff.changes import details_of
from tagkit.gtm.diff.effects import is_live
from tagkit.gtm.diff.facts import UPKEEP
from tagkit.gtm.diff.model import Affected, Effect, Name
from tagkit.gtm.diff.phrases import (
    BLOCKED,
    FIRES,
    among_others,
    in_words,
    reads,
    trigger_changes,
)
from tagkit.gtm.diff.sendings import (
    DESTINATION,
    PARAMETER,
    PROPERTY,
    SETTING,
    paired,
    shared_sources,
    source_of,
)
from tagkit.gtm.diff.texts import named
from tagkit.gtm.diff.values import destination, rows
from tagkit.gtm.links import trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.effects import TagEffects
    from tagkit.gtm.diff.match import Pair
    from tagkit.gtm.diff.model import Subject, Verb, Words
    from tagkit.gtm.diff.sendings import Sending, Slot
    from tagkit.gtm.diff.side import Side

_SETTINGS = {"gtes": "eventSettingsVariable", "gtcs": "configSettingsVariable"}


class Causes:
    """The effects that come from what tags use."""

    def __init__(self, tags: TagEffects, pairs: dict[str, list[Pair]]) -> None:
        self.tags, self.pairs = tags, pairs
        self.old, self.new = tags.old, tags.new
        self._trigger_changes: dict[tuple[Verb, Route], list[Words]] = {}
        # the tag it was, for each that runs on both sides
        self.before = {
            pair.both[1].route: pair.both[0]
            for pair in tags.pairs
            if pair.both and all(map(is_live, pair.both))
        }

    def __iter__(self) -> Iterator[Effect]:
        for kind in ("variable", "builtInVariable"):
            for pair in self.pairs[kind]:
                if pair.both:
                    yield from self._variable(*pair.both)
                elif pair.old:
                    yield from self._missing(pair.old)
                elif pair.new:
                    yield from self._found(pair.new)
        for pair in self.pairs["trigger"]:
            if pair.both and pair.both[1].route in self._changed:
                yield from self._trigger(*pair.both)
        for pair in self.pairs["customTemplate"]:
            if pair.both and self._does_otherwise(*pair.both):
                yield from self._template(*pair.both)

    def _does_otherwise(self, before: Entity, after: Entity) -> bool:
        """Whether it says something else itself, and that is something else."""
        was, now = self.old.facts(before), self.new.facts(after)
        said = ({k: f.said for k, f in facts.items() if k[0] not in UPKEEP} for facts in (was, now))
        one, other = said
        return one != other and self.old.meaning(before) != self.new.meaning(after)

    # --- variables

    def _variable(self, before: Entity, after: Entity) -> Iterator[Effect]:
        if not self._does_otherwise(before, after):
            return
        tags = self._tags(self.new, after)
        if not tags:
            return
        cause = (after.kind, after.name)
        if before.type == after.type and after.type in _SETTINGS:
            yield from self._settings(before, after)
            return
        affected, going = self._affected(after, tags)
        for effect in self._destinations(before, after, going):
            yield effect._replace(cause=cause)
        if affected:
            yield Effect("variable_changed", (), self._described(before, after), affected, cause)

    def _described(self, before: Entity, after: Entity) -> Words:
        name, was, now = Name(after.name), reads(before), reads(after)
        if was and now and was != now:
            return (name, " is ", *now, " now, not ", *(was[1:] if was[:1] == now[:1] else was))
        details = list(details_of(self.old.facts(before), self.new.facts(after)))
        if len(details) == 1 and details[0].code and details[0].what == "javascript":
            return (name, " has other code")
        return (name, ": ", *in_words([d for d in details if d.what not in UPKEEP]))

    def _affected(
        self, variable: Entity, tags: list[Entity]
    ) -> tuple[tuple[Affected, ...], list[tuple[Sending, Sending]]]:
        """Whom it acts on through which values, and whose destination it is."""
        users = self.new.all_users(variable)
        known = {variable.name, *(user.name for user in users if user.kind == "variable")}
        triggers = {user.id for user in users if user.kind == "trigger"}
        found: list[Affected] = []
        going: list[tuple[Sending, Sending]] = []
        for tag in tags:
            when = not triggers.isdisjoint(
                (*trigger_ids(tag, "firingTriggerId"), *trigger_ids(tag, "blockingTriggerId"))
            )
            ways = [Affected(one, self._parameters(tag, known)) for one in self._things(tag)]
            goes = False
            for one, other in self._sendings(tag):
                slots = list(_moved(one, other, known))
                if DESTINATION in slots:
                    going.append((one, other))
                    goes = True
                if values := tuple(sorted(slot[1] for slot in slots if slot[1])):
                    ways.append(Affected(other.subject, values))
            if not ways and (when or not goes):
                ways = [Affected(one) for one in self._subjects(tag)]
            found += [one._replace(when=when) for one in ways]
        return tuple(found), going

    def _things(self, tag: Entity) -> tuple[Subject, ...]:
        """The tag itself, where nobody knows what it sends."""
        return () if self.tags.sent[1].of(tag) else self._subjects(tag)

    def _parameters(self, tag: Entity, known: set[str]) -> tuple[str, ...]:
        """The parameters of a tag that name one of these variables; its code is not one."""
        found = {
            text(mapping(item).get("key"))
            for item in items(tag.data.get("parameter"))
            if not known.isdisjoint(named(text(mapping(item).get("value"))))
        }
        return tuple(sorted(found - {"html", ""}))

    def _sendings(self, tag: Entity) -> Iterable[tuple[Sending, Sending]]:
        before = self.before[tag.route]
        return paired(self.tags.sent[0].of(before), self.tags.sent[1].of(tag))[0]

    def _destinations(
        self, before: Entity, after: Entity, going: list[tuple[Sending, Sending]]
    ) -> Iterator[Effect]:
        """One sentence for all that go elsewhere because of a variable."""
        subjects = tuple(dict.fromkeys(other.subject for _, other in going))
        if not subjects:
            return
        value = [side.parameter("value") for side in (before, after) if side.type == "c"]
        if len(value) == 2 and all(value):  # noqa: PLR2004 # a constant, before and after
            was, now = (
                source_of(side, found.value)
                for side, found in zip((self.old, self.new), value, strict=True)
                if found
            )
            yield from destination(subjects, was, now)
            return
        said = (*self._described(before, after), "; it says where these go")
        affected = tuple(Affected(subject) for subject in subjects)
        yield Effect("destination", (), said, affected)

    def _settings(self, before: Entity, after: Entity) -> Iterator[Effect]:
        key = _SETTINGS[after.type]
        was, now = shared_sources(self.old, before), shared_sources(self.new, after)
        of_own: dict[frozenset[Slot], dict[Subject, None]] = {}
        for tag in self.new.users.get(after.route, ()):
            if tag.route not in self.before or not tag.parameter(key):
                continue
            for one, other in self._sendings(tag):
                own = frozenset(_own(one) & _own(other) & {*was, *now})
                of_own.setdefault(own, {})[other.subject] = None
        for own, subjects in of_own.items():
            left = [{slot: row for slot, row in side.items() if slot not in own}
                    for side in (was, now)]  # fmt: skip
            for kind in (PARAMETER, SETTING, PROPERTY):
                for effect in rows(tuple(subjects), kind, *left):
                    yield effect._replace(cause=(after.kind, after.name))

    def _missing(self, gone: Entity) -> Iterator[Effect]:
        """A variable that is no longer there, and is named all the same."""
        word = " is not enabled" if gone.kind == "builtInVariable" else " is gone"
        yield from self._named(self.new, gone, "variable_missing", f"{word}, and is still used")

    def _found(self, come: Entity) -> Iterator[Effect]:
        word = " is enabled now" if come.kind == "builtInVariable" else " exists now"
        yield from self._named(self.old, come, "variable_found", f"{word}; it was used without it")

    def _named(self, side: Side, variable: Entity, what: str, word: str) -> Iterator[Effect]:
        naming = side.naming_nothing.get(variable.name, ())
        tags = {
            tag.route: tag
            for entity in naming
            for tag in (entity, *side.all_users(entity))
            if tag.kind == "tag" and is_live(tag)
        }
        if not tags:
            return
        sent = self.tags.sent[0 if side is self.old else 1]
        known = {variable.name, *(entity.name for entity in naming if entity.kind == "variable")}
        affected = tuple(
            affected for tag in tags.values() for affected in _through(sent.of(tag), known)
        ) or tuple(Affected(s) for tag in tags.values() for s in sent.subjects(tag))
        words = (Name(variable.name), word)
        yield Effect(what, (), words, affected, (variable.kind, variable.name))

    # --- triggers and templates

    def _trigger(self, before: Entity, after: Entity) -> Iterator[Effect]:
        groups = [user for user in self.new.all_users(after) if user.kind == "trigger"]
        ids = {entity.id for entity in (after, *groups)}
        tags = self._tags(self.new, after)
        for verb, key, what in (
            (FIRES, "firingTriggerId", "firing_changed"),
            (BLOCKED, "blockingTriggerId", "exception_changed"),
        ):
            users = [tag for tag in tags if ids.intersection(trigger_ids(tag, key))]
            for words in self._said(verb, before, after) if users else ():
                alone: dict[Subject, None] = {}
                among: dict[Subject, None] = {}
                for tag in users:
                    others = [one for one in trigger_ids(tag, key) if one not in ids]
                    same = all(words in self._changes(verb, one) for one in others)
                    (alone if same else among).update(dict.fromkeys(self._subjects(tag)))
                of_one = among_others(words, self.new, after)
                for some, said in ((alone, words), (among, of_one)):
                    if some:
                        yield Effect(what, tuple(some), said, (), ("trigger", after.name))

    def _said(self, verb: Verb, before: Entity, after: Entity) -> list[Words]:
        found = self._trigger_changes.get((verb, after.route))
        if found is None:
            found = list(trigger_changes(verb, self.old, before, self.new, after))
            self._trigger_changes[verb, after.route] = found
        return found

    def _changes(self, verb: Verb, number: str) -> list[Words]:
        """What is said of the trigger with this id."""
        return [
            words
            for after in self.new.numbered("trigger", number)
            if after.route in self._changed
            for words in self._said(verb, self._changed[after.route], after)
        ]

    @cached_property
    def _changed(self) -> dict[Route, Entity]:
        """What each trigger was that does otherwise."""
        return {
            pair.both[1].route: pair.both[0]
            for pair in self.pairs["trigger"]
            if pair.both and self._does_otherwise(*pair.both)
        }

    def _template(self, before: Entity, after: Entity) -> Iterator[Effect]:
        tags = self._tags(self.new, after)
        affected = tuple(Affected(s) for tag in tags for s in self._subjects(tag))
        if affected:
            words: Words = ("the custom template ", Name(after.name), " has other code")
            if before.name != after.name:
                words = (*words, ", and was called ", Name(before.name))
            yield Effect("template_changed", (), words, affected, ("customTemplate", after.name))

    def _tags(self, side: Side, entity: Entity) -> list[Entity]:
        """The tags that use it and run on both sides, by whatever ways."""
        return [
            user
            for user in side.all_users(entity)
            if user.kind == "tag" and user.route in self.before
        ]

    def _subjects(self, tag: Entity) -> tuple[Subject, ...]:
        return self.tags.sent[1].subjects(tag)


def _own(sending: Sending) -> set[Slot]:
    """What the tag itself says, which wins over what is shared."""
    return {slot for slot, source in sending.sources.items() if not source.by}


def _moved(one: Sending, other: Sending, known: set[str]) -> Iterator[Slot]:
    """The slots whose value is another because of one of these variables."""
    for slot, source in other.sources.items():
        was = one.sources.get(slot)
        through_it = was is not None and was.said == source.said and was.meant != source.meant
        if through_it and not known.isdisjoint(source.names):
            yield slot


def _through(sendings: list[Sending], known: set[str]) -> Iterator[Affected]:
    for sending in sendings:
        slots = [s for s, source in sending.sources.items() if not known.isdisjoint(source.names)]
        if slots:
            yield Affected(sending.subject, tuple(sorted(name or what for what, name in slots)))
