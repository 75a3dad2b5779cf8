"""What a difference does to measurement: the sentences that are said first.

What a tag says itself is told of the tag; what several share (a trigger, a variable, a settings
variable, a template) is told once, with those it acts on. Where two ways of writing do the same
(a literal and a constant that holds it) nothing is said: values are compared by what they mean.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from tagkit.gtm.container import items, mapping, text
from tagkit.gtm.diff.changes import details_of
from tagkit.gtm.diff.model import Affected, Effect, Name, Subject, Verb
from tagkit.gtm.diff.phrases import FIRES, in_words, more_or_less, names, pages, triggers
from tagkit.gtm.diff.sendings import (
    DESTINATION,
    GA4,
    GOOGLE_TAG,
    META,
    META_READ,
    PIXEL,
    READ,
    READING,
    Sendings,
    of_several_pixels,
    paired,
)
from tagkit.gtm.diff.values import value_effects
from tagkit.gtm.links import sequence, trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.facts import Fact
    from tagkit.gtm.diff.match import Pair
    from tagkit.gtm.diff.model import Words
    from tagkit.gtm.diff.sendings import Sending
    from tagkit.gtm.diff.side import Side

_SENT, _RUNS = Verb("is sent", "are sent"), Verb("runs", "run")
_NOT_SENT = Verb("is no longer sent", "are no longer sent")
_NOT_RUN = Verb("no longer runs", "no longer run")
_WAITS, _HAS = Verb("waits", "wait"), Verb("has", "have")
_PAGE = ("page", "pages")
Subjects = tuple[Subject, ...]


class TagEffects:
    """The effects that come from the tags themselves."""

    def __init__(self, old: Side, new: Side, pairs: Iterable[Pair]) -> None:
        self.old, self.new = old, new
        self.sent = (Sendings(old), Sendings(new))
        self.pairs = list(pairs)
        self._several = of_several_pixels(self.pairs, self.sent)

    def __iter__(self) -> Iterator[Effect]:
        removed: list[Entity] = []
        added: list[Entity] = []
        for pair in self.pairs:
            if pair.both:
                yield from self._of_pair(*pair.both)
            elif pair.old and is_live(pair.old):
                removed.append(pair.old)
            elif pair.new and is_live(pair.new):
                added.append(pair.new)
        if removed or added:
            yield from self._of_others(removed, added)

    def _of_pair(self, before: Entity, after: Entity) -> Iterator[Effect]:
        subjects = self.sent[1].subjects(after)
        if not is_live(after):
            if is_live(before):
                said: Words = (_no_verb(subjects), ": the tag ", Name(after.name), " is paused")
                yield Effect("paused", self.sent[0].subjects(before), said)
            return
        if not is_live(before):
            said = (_verb(subjects), " now: the tag ", Name(after.name), " is no longer paused")
            yield Effect("unpaused", subjects, said)
            return
        yield from self._of_tag(before, after, subjects)
        sent = list(self._of_sendings(self.sent[0].of(before), self.sent[1].of(after)))
        yield from sent
        yield from self._settings(before, after, subjects, told=bool(sent))

    # --- what is true of the tag as a whole

    def _of_tag(self, before: Entity, after: Entity, subjects: Subjects) -> Iterator[Effect]:
        yield from self._firing(before, after, subjects)
        yield from self._exceptions(before, after, subjects)
        yield from self._consent(before, after, subjects)
        yield from self._option(before, after, subjects)
        yield from self._sequence(before, after, subjects)

    def _firing(self, before: Entity, after: Entity, subjects: Subjects) -> Iterator[Effect]:
        gone, come = self._triggers(before, after, "firingTriggerId")
        if not gone and not come:
            return
        if not trigger_ids(after, "firingTriggerId"):
            said: Words = ("no longer ", FIRES, " on anything: its triggers are gone")
            yield Effect("firing_removed", subjects, said)
            return
        paged = self._pages(before, gone, come)
        now, was = triggers(self.new, come), triggers(self.old, gone)
        if paged is not None:
            what = "firing_changed" if gone and come else _added(bool(come), "firing")
            yield Effect(what, subjects, paged)
        elif gone and come:
            said = (FIRES, " on ", *now, " now, not on ", *was)
            yield Effect("firing_changed", subjects, said)
        elif come:
            yield Effect("firing_added", subjects, ("also ", FIRES, " on ", *now))
        else:
            yield Effect("firing_removed", subjects, ("no longer ", FIRES, " on ", *was))

    def _pages(self, before: Entity, gone: list[str], come: list[str]) -> Words | None:
        """The pages that are more or less, when pages are all it is about."""
        listed = [
            [pages(side, one) for number in numbers for one in side.numbered("trigger", number)]
            for side, numbers in (
                (self.old, trigger_ids(before, "firingTriggerId")),
                (self.old, gone),
                (self.new, come),
            )
        ]
        if None in listed[0] or None in listed[2] or not listed[0]:
            return None
        if len(listed[1]) < len(gone) or len(listed[2]) < len(come):
            return None  # one of GTM's own: all pages
        less, more = ({page for found in some for page in found or ()} for some in listed[1:])
        if not more - less and not less - more:
            return None
        return more_or_less(FIRES, _PAGE, more - less, less - more)

    def _exceptions(self, before: Entity, after: Entity, subjects: Subjects) -> Iterator[Effect]:
        gone, come = self._triggers(before, after, "blockingTriggerId")
        for side, numbers, what, word in (
            (self.old, gone, "exception_removed", " no longer the exception: "),
            (self.new, come, "exception_added", " a new exception: "),
        ):
            if numbers:
                yield Effect(what, subjects, (_HAS, word, *triggers(side, numbers)))

    def _triggers(self, before: Entity, after: Entity, key: str) -> tuple[list[str], list[str]]:
        """The ids of triggers that only one of the two has, under any name."""
        ids = [trigger_ids(before, key), trigger_ids(after, key)]
        known = [
            {label for number in numbers for label in side.called(number)}
            for side, numbers in zip((self.old, self.new), ids, strict=True)
        ]
        return (
            [number for number in ids[0] if known[1].isdisjoint(self.old.called(number))],
            [number for number in ids[1] if known[0].isdisjoint(self.new.called(number))],
        )

    def _consent(self, before: Entity, after: Entity, subjects: Subjects) -> Iterator[Effect]:
        was, now = needs(before), needs(after)
        verb = _verb(subjects)
        if was - now and not now:
            said: Words = (verb, " before consent now, without waiting for ", *names(sorted(was)))
            yield Effect("consent_removed", subjects, said)
        elif was - now:
            said = ("no longer ", _WAITS, " for consent to ", *names(sorted(was - now)))
            yield Effect("consent_removed", subjects, said)
        if now - was:
            word = " for consent to " if was else " for consent now, to "
            yield Effect("consent_added", subjects, (_WAITS, word, *names(sorted(now - was))))

    def _option(self, before: Entity, after: Entity, subjects: Subjects) -> Iterator[Effect]:
        was, now = (tag.data.get("tagFiringOption") == "ONCE_PER_LOAD" for tag in (before, after))
        verb = _verb(subjects)
        if now and not was:
            yield Effect("once_per_page", subjects, (verb, " once per page now, not on each event"))
        elif was and not now:
            yield Effect(
                "once_per_event", subjects, (verb, " on each event now, not once per page")
            )

    def _sequence(self, before: Entity, after: Entity, subjects: Subjects) -> Iterator[Effect]:
        """The tag that runs before it: GTM heeds the first of a list (measured)."""
        was, now = sequence(before, "setupTag")[:1], sequence(after, "setupTag")[:1]
        if [*map(self.old.tag_label, was)] == [*map(self.new.tag_label, now)]:
            return
        if now:
            said: Words = (_RUNS, " after the tag ", *names(now), " now")
            said += (", not after ", *names(was)) if was else ()
        else:
            said = ("no longer ", _RUNS, " after the tag ", *names(was))
        yield Effect("sequence_changed", subjects, said)

    def _settings(
        self, before: Entity, after: Entity, subjects: Subjects, *, told: bool
    ) -> Iterator[Effect]:
        """Other code, and settings that are not read as values."""
        read = READ if after.type in READING else frozenset()
        if any(sending.platform == META for sending in self.sent[1].of(after)):
            read = META_READ
        was, now = self.old.facts(before), self.new.facts(after)
        if was == now:
            return
        meant, means = self.old.meant_facts(before), self.new.meant_facts(after)
        details = []
        for key in sorted({*was, *now}):
            counts = key[0] == "type" or (key[0] == "parameter" and not read.intersection(key[1:2]))
            one, other = was.get(key), now.get(key)
            as_meant = (meant.get(key), means.get(key))
            if counts and _said(one) != _said(other) and _said(as_meant[0]) != _said(as_meant[1]):
                details += details_of({key: one} if one else {}, {key: other} if other else {})
        code = any(detail.code for detail in details)
        if code and not told:
            yield Effect("tag_changed", subjects, (_HAS, " other code"))
        elif details and not code:
            yield Effect("tag_changed", subjects, (_HAS, " other settings: ", *in_words(details)))

    # --- what it sends

    def _of_sendings(self, before: list[Sending], after: list[Sending]) -> Iterator[Effect]:
        same, lost, come = paired(before, after)
        for one, other in same:
            for effect in value_effects(self.old, one, self.new, other):
                goes = effect.what == "destination" and one.platform == GOOGLE_TAG
                yield effect._replace(affects=self._going_with(other)) if goes else effect
        yield from self._lost(lost)
        yield from self._found(come)

    def _going_with(self, google_tag: Sending) -> tuple[Affected, ...]:
        """The events that name a configuration tag and go where it does."""
        return tuple(
            Affected(sending.subject)
            for sending in self.sent[1]
            if sending.platform == GA4
            if DESTINATION in sending.sources
            if sending.sources[DESTINATION].by == google_tag.tag.name
        )

    def _of_others(self, removed: list[Entity], added: list[Entity]) -> Iterator[Effect]:
        """Tags on one side only. An event that went from one to another is still that event."""
        lost = [one for tag in removed for one in self.sent[0].of(tag)]
        found = {one.key: one for tag in added for one in self.sent[1].of(tag)}
        moved = [
            (one, found[one.key])
            for one in lost
            if one.key in found and self._senders[0][one.key] == self._senders[1][one.key] == 1
        ]
        for one, other in moved:
            yield from self._of_tag(one.tag, other.tag, (other.subject,))
            yield from value_effects(self.old, one, self.new, other)
        known = {one.key for one, _ in moved}
        yield from self._lost(one for one in lost if one.key not in known)
        yield from self._found(
            one for tag in added for one in self.sent[1].of(tag) if one.key not in known
        )
        for tag in removed:
            if not self.sent[0].of(tag):
                yield Effect(
                    "tag_removed", self.sent[0].subjects(tag), (Verb("is", "are"), " gone")
                )
        for tag in added:
            if not self.sent[1].of(tag):
                said = (Verb("is", "are"), " new", *self._fires(tag))
                yield Effect("tag_added", self.sent[1].subjects(tag), said)

    def _lost(self, lost: Iterable[Sending]) -> Iterator[Effect]:
        for one in lost:
            subject = self._subject(0, one)
            if self._senders[1][one.key]:
                said: Words = (_SENT, " by one tag less, not by ", Name(one.tag.name))
                yield Effect("sender_removed", (subject,), said)
            else:
                yield Effect("event_removed", (subject,), (_no_verb((subject,)),))

    def _found(self, found: Iterable[Sending]) -> Iterator[Effect]:
        for one in found:
            subject = self._subject(1, one)
            if self._senders[0][one.key]:
                said: Words = (_SENT, " by one tag more: ", Name(one.tag.name))
                yield Effect("sender_added", (subject,), (*said, *self._fires(one.tag)))
            else:
                said = (Verb("is", "are"), " new", *self._fires(one.tag))
                yield Effect("event_added", (subject,), said)

    def _subject(self, side: int, one: Sending) -> Subject:
        """What a sentence about it begins with; of several pixels of a tag, which one."""
        if one.platform == PIXEL and (side, one.tag.route) in self._several:
            return one.subject._replace(name=one.name)
        return one.subject

    def _fires(self, tag: Entity) -> Words:
        numbers = trigger_ids(tag, "firingTriggerId")
        return (", on ", *triggers(self.new, numbers)) if numbers else ()

    @cached_property
    def _senders(self) -> tuple[Counter[tuple[str, ...]], ...]:
        """How many tags that run send each event, on both sides."""
        return tuple(Counter(s.key for s in side if is_live(s.tag)) for side in self.sent)


def _said(fact: Fact | None) -> str | None:
    return fact.said if fact else None


def is_live(tag: Entity) -> bool:
    """Whether it runs."""
    return tag.data.get("paused") is not True


def needs(tag: Entity) -> set[str]:
    """The consent that a tag waits for."""
    settings = mapping(tag.data.get("consentSettings"))
    if settings.get("consentStatus") != "NEEDED":
        return set()
    listed = items(mapping(settings.get("consentType")).get("list"))
    return {text(mapping(item).get("value")) for item in listed}


def collected(effects: Iterable[Effect]) -> list[Effect]:
    """Equal sentences as one with all their subjects, and those that tell most first."""
    same: dict[object, list[Effect]] = {}
    for number, effect in enumerate(effects):
        shared = not effect.subjects or effect.affects
        key: object = number if shared else (effect.what, effect.words)
        same.setdefault(key, []).append(effect)
    found = [
        group[0]._replace(
            subjects=tuple(sorted({s for one in group for s in one.subjects}, key=_by_name)),
            affects=tuple(
                sorted({*group[0].affects}, key=lambda a: (_by_name(a.subject), a.through))
            ),
        )
        for group in same.values()
    ]
    return sorted(found, key=_rank)


_RANKS = (
    ("event_removed", "paused", "variable_missing", "sender_removed", "tag_removed"),
    ("counted_twice", "consent_removed", "destination"),
    ("event_added", "unpaused", "sender_added", "tag_added"),
)
"""What tells most: what is lost, what is wrong, what is new; then all else."""


def _rank(effect: Effect) -> tuple[object, ...]:
    order = next((n for n, some in enumerate(_RANKS) if effect.what in some), len(_RANKS))
    first = effect.subjects[0].name if effect.subjects else effect.cause[1] if effect.cause else ""
    words = [str(word) for word in effect.words]
    exact = (effect.subjects, effect.affects, effect.cause or ())
    lost = effect.what.endswith("_removed")
    return (order, not effect.subjects, first.casefold(), not lost, effect.what, words, exact)


def _by_name(subject: Subject) -> tuple[str, ...]:
    return (subject.name.casefold(), *map(str, subject))


_NAMING = ("sender_added", "sender_removed", "counted_twice")
"""What names the tag anyway."""


def told_apart(effects: Iterable[Effect], *sides: Sendings) -> list[Effect]:
    """The effects, with the tag beside an event that several tags send."""
    several: set[tuple[str, str]] = set()
    for side in sides:
        counts = Counter((s.platform, s.name) for s in side if is_live(s.tag))
        several.update(event for event, number in counts.items() if number > 1)

    def apart(subject: Subject) -> Subject:
        return subject._replace(apart=(subject.platform, subject.name) in several)

    return [
        effect
        if effect.what in _NAMING
        else effect._replace(
            subjects=tuple(map(apart, effect.subjects)),
            affects=tuple(a._replace(subject=apart(a.subject)) for a in effect.affects),
        )
        for effect in effects
    ]


def _verb(subjects: Subjects) -> Verb:
    return _SENT if all(subject.platform in (GA4, META) for subject in subjects) else _RUNS


def _no_verb(subjects: Subjects) -> Verb:
    return _NOT_SENT if _verb(subjects) is _SENT else _NOT_RUN


def _added(come: bool, what: str) -> str:  # noqa: FBT001
    return f"{what}_added" if come else f"{what}_removed"
