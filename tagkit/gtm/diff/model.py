"""What a comparison says: effects on what is measured, then changes of entities."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagkit.gtm.container import Entity


class Name(str):
    """A word of the author's in a sentence: a name, a value, an expression."""

    __slots__ = ()


class Verb(NamedTuple):
    """A verb that goes with the number of those it is said of."""

    one: str
    many: str


Words = tuple[str | Name | Verb, ...]
"""A sentence in pieces; how a name is marked is for the report to say."""


class Subject(NamedTuple):
    """What an effect is on: an event that a tag sends, or the tag.

    ``apart``: several tags send it, so the tag is said, too.
    """

    platform: str
    name: str
    tag: str
    apart: bool = False


class Affected(NamedTuple):
    """What a shared cause acts on: through which of its values, or on when it fires."""

    subject: Subject
    through: tuple[str, ...] = ()
    when: bool = False


class Effect(NamedTuple):
    """What is different in what is measured. ``what`` is a word that stays the same for ever.

    ``subjects`` begin the sentence, ``words`` go on. A cause that several share is said once, and
    ``affects`` lists them.
    """

    what: str
    subjects: tuple[Subject, ...]
    words: Words
    affects: tuple[Affected, ...] = ()
    cause: tuple[str, str] | None = None
    """The kind and the name of the entity that several share."""


class Detail(NamedTuple):
    """One difference inside an entity: what, as it was, as it is; None where it is not."""

    what: str
    old: str | None
    new: str | None
    code: bool = False


class Change(NamedTuple):
    """An entity that is added, removed, renamed or changed; one that is renamed may be both."""

    change: str
    old: Entity | None
    new: Entity | None
    details: tuple[Detail, ...] = ()

    @property
    def entity(self) -> Entity:
        """The entity as it is now, or was."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 # a change is of something
        return found


class Difference(NamedTuple):
    """All of it. ``left_out``: how many entities of others were not looked at."""

    effects: tuple[Effect, ...] = ()
    changes: tuple[Change, ...] = ()
    left_out: int = 0

    def __bool__(self) -> bool:
        return bool(self.effects or self.changes)
