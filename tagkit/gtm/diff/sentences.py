"""Effects and details as sentences; how a name is marked is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.diff.model import Name, Verb
from tagkit.gtm.diff.phrases import joined, names
from tagkit.gtm.diff.sendings import GOOGLE_TAG, PIXEL, TAG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tagkit.gtm.diff.model import Affected, Change, Effect, Subject, Words

_THINGS = {
    GOOGLE_TAG: ("the Google tag", "the Google tags"),
    PIXEL: ("the Meta pixel of", "the Meta pixels of"),
    TAG: ("the tag", "the tags"),
}


def sentence(effect: Effect, mark: Callable[[str], str]) -> str:
    """What an effect says, without those whom a shared cause acts on."""
    said: Words = effect.words
    if effect.subjects:
        said = (*together(effect.subjects), " ", *said)
    return written(said, mark, many=len(effect.subjects) > 1)


def affected(given: Iterable[Affected], mark: Callable[[str], str]) -> str:
    """``'value' of 'purchase' and 'refund' (GA4); the tag 'Ads'; when 'lead' (GA4) fires``."""
    ways: dict[tuple[bool, tuple[str, ...]], list[Subject]] = {}
    for one in given:
        if one.through or not one.when:
            ways.setdefault((False, one.through), []).append(one.subject)
        if one.when:
            ways.setdefault((True, ()), []).append(one.subject)
    said = []
    for (when, through), subjects in sorted(
        ways.items(), key=lambda way: (way[0][0], not way[0][1])
    ):
        start = ("when ",) if when else (*names(through), " of ") if through else ()
        end = (f" {'fire' if len(subjects) > 1 else 'fires'}",) if when else ()
        said.append(written((*start, *together(subjects), *end), mark))
    return "; ".join(said)


def together(subjects: Iterable[Subject]) -> Words:
    """``'purchase' and 'refund' (GA4), 'Purchase' (Meta) and the tag 'Ads'``."""
    kinds: dict[tuple[str, bool], list[Subject]] = {}
    for one in subjects:
        kinds.setdefault((one.platform, one.apart), []).append(one)
    return joined(_alike(*kind, found) for kind, found in kinds.items())


def _alike(platform: str, apart: bool, found: list[Subject]) -> Words:  # noqa: FBT001
    if platform == PIXEL and any(one.name != one.tag for one in found):
        return joined(_pixels_of(tag, found) for tag in dict.fromkeys(one.tag for one in found))
    if platform in _THINGS:
        one_thing, things = _THINGS[platform]
        return (one_thing if len(found) == 1 else things, " ", *names(one.tag for one in found))
    if apart:
        return joined(
            (Name(one.name), f" ({platform}) of the tag ", Name(one.tag)) for one in found
        )
    return (*names(one.name for one in found), f" ({platform})")


def _pixels_of(tag: str, found: list[Subject]) -> Words:
    """``the Meta pixel '1' of 'Base'``, where a tag starts several."""
    pixels = [one.name for one in found if one.tag == tag != one.name]
    if not pixels:
        return ("the Meta pixel of ", Name(tag))
    start = "the Meta pixel " if len(pixels) == 1 else "the Meta pixels "
    return (start, *names(pixels), " of ", Name(tag))


def written(words: Words, mark: Callable[[str], str], *, many: bool = False) -> str:
    """The words as one text."""
    said = []
    for word in words:
        if isinstance(word, Verb):
            said.append(word.many if many else word.one)
        else:
            said.append(mark(word) if isinstance(word, Name) else word)
    return "".join(said)


def heading(change: Change, mark: Callable[[str], str]) -> str:
    """``variable 'A' -> 'B'``."""
    kind = vocabulary.KIND_WORDS.get(change.entity.kind, change.entity.kind)
    if change.change == "renamed" and change.old and change.new:
        return f"{kind} {mark(change.old.name)} -> {mark(change.new.name)}"
    entity = change.entity
    if entity.name:
        return f"{kind} {mark(entity.name)}"
    return f"a {kind} without a name" + (f", {mark(entity.type)}" if entity.type else "")


def counted(changes: tuple[Change, ...]) -> str:
    """``1 renamed, 2 changed, 1 added``."""
    kinds = ("changed", "renamed", "added", "removed")
    numbers = {kind: sum(change.change == kind for change in changes) for kind in kinds}
    return ", ".join(f"{number} {kind}" for kind, number in numbers.items() if number)
