"""What is different in the values that one event is sent with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.diff.model import Effect, Name, Verb
from tagkit.gtm.diff.phrases import joined, names
from tagkit.gtm.diff.sendings import (
    CUSTOM,
    DESTINATION,
    ECOMMERCE,
    EVENT_ID,
    NAME,
    PAGE_VIEW,
    PARAMETER,
    PROPERTY,
    SETTING,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.diff.model import Subject, Words
    from tagkit.gtm.diff.sendings import Sending, Slot, Source
    from tagkit.gtm.diff.side import Side

_SENDS, _SETS = Verb("sends", "send"), Verb("sets", "set")
_GOES, _IS, _HAS = Verb("goes", "go"), Verb("is", "are"), Verb("has", "have")
_VERBS = {
    PARAMETER: (_SENDS, " "),
    PROPERTY: (_SETS, " the user property "),
    SETTING: (_SETS, " "),
}
_WHAT = {PARAMETER: "parameter", PROPERTY: "user_property", SETTING: "setting"}
# What the ecommerce object may hold beside its items.
# developers.google.com/analytics/devguides/collection/ga4/ecommerce
_OF_ECOMMERCE = frozenset(
    "affiliation coupon creative_name creative_slot currency customer_type item_list_id "
    "item_list_name items payment_type promotion_id promotion_name shipping shipping_tier tax "
    "transaction_id value".split()
)
_SAID = frozenset({"send_page_view"})  # whether it is sent is said by itself
_SINGLE: Mapping[Slot, tuple[str, Words, Words]] = {
    # slot -> the word for it, what is said when it is gone, when it has come
    ECOMMERCE: (
        "ecommerce",
        ("no longer ", _SENDS, " the ecommerce data"),
        (_SENDS, " the ecommerce data now"),
    ),
    PAGE_VIEW: (
        "page_view",
        ("no longer ", _SENDS, " ", Name("page_view")),
        (_SENDS, " ", Name("page_view"), " now"),
    ),
    EVENT_ID: (
        "event_id",
        ("no longer ", _HAS, " an event ID: a server's copy would count as another event"),
        (_HAS, " an event ID now"),
    ),
    CUSTOM: (
        "custom_event",
        (_IS, " a standard event now"),
        (_IS, " a custom event now"),
    ),
}


def value_effects(old: Side, before: Sending, new: Side, after: Sending) -> Iterator[Effect]:
    """What is sent otherwise, but for what settings variables and other variables explain."""
    subjects = (after.subject,)
    was, now = dict(before.sources), dict(after.sources)
    if _settings(old, before) == _settings(new, after):
        for slot in {*was, *now} - {DESTINATION}:
            if all(source.by for side in (was, now) if (source := side.get(slot))):
                was.pop(slot, None)  # the variable that holds it speaks for it
                now.pop(slot, None)
    if NAME in was and NAME in now and differ(was[NAME], now[NAME]):
        renamed = (_IS, " called ", Name(now[NAME].shown), " now")
        yield Effect("event_renamed", (before.subject,), renamed)
    if DESTINATION in was and DESTINATION in now and differ(was[DESTINATION], now[DESTINATION]):
        yield from destination(subjects, was[DESTINATION], now[DESTINATION])
    elif (DESTINATION in was) != (DESTINATION in now):
        one = now.get(DESTINATION) or was[DESTINATION]
        word = " to the pixel " if DESTINATION in now else " to every pixel, not to "
        yield Effect("destination", subjects, (_GOES, word, Name(one.shown), " alone"))
    for slot, (what, gone, come) in _SINGLE.items():
        if slot in was and slot not in now:
            yield Effect(f"{what}_removed", subjects, gone)
        elif slot in now and slot not in was:
            yield Effect(f"{what}_added", subjects, come)
    if EVENT_ID in was and EVENT_ID in now and differ(was[EVENT_ID], now[EVENT_ID]):
        ids = (_from(PARAMETER, now[EVENT_ID]), _from(PARAMETER, was[EVENT_ID]))
        words = (_HAS, " another event ID:", *ids[0], " now, not", *ids[1])
        yield Effect("event_id_changed", subjects, words)
    for kind in _VERBS:
        yield from rows(subjects, kind, was, now, ecommerce=after.has_ecommerce)


def destination(subjects: tuple[Subject, ...], was: Source, now: Source) -> Iterator[Effect]:
    """Where it goes."""
    said = (_GOES, " to ", Name(now.shown), " now, not to ", Name(was.shown))
    yield Effect("destination", subjects, said)


def rows(
    subjects: tuple[Subject, ...],
    kind: str,
    before: Mapping[Slot, Source],
    after: Mapping[Slot, Source],
    *,
    ecommerce: bool = False,
) -> Iterator[Effect]:
    """What values of a kind are sent no longer, in addition, or from elsewhere."""
    verb, after_verb = _VERBS[kind]
    what = _WHAT[kind]
    was, now = (
        {
            name: source
            for (of, name), source in sorted(side.items())
            if of == kind and name not in _SAID
        }
        for side in (before, after)
    )
    lost = [name for name in was if name not in now]
    come = [name for name in now if name not in was]
    taken = [name for name in lost if ecommerce and name in _OF_ECOMMERCE]
    own = [name for name in lost if name not in taken]
    if own:
        said: Words = ("no longer ", verb, after_verb, *names(own))
        yield Effect(f"{what}_removed", subjects, said)
    if taken:
        end = ", unless the ecommerce data does"
        yield Effect(
            f"{what}_removed", subjects, ("no longer ", verb, after_verb, *names(taken), end)
        )
    if come:
        listed = joined((Name(name), *_from(kind, now[name])) for name in come)
        yield Effect(f"{what}_added", subjects, ("also ", verb, after_verb, *listed))
    for name, source in was.items():
        if name in now and differ(source, now[name]):
            value = (
                *_from(kind, now[name], source),
                " now, not",
                *_from(kind, source, now[name]),
            )
            said = (verb, after_verb, Name(name), *value)
            yield Effect(f"{what}_changed", subjects, said)


def differ(one: Source, other: Source) -> bool:
    """Whether they are two things, and not because of a variable, which speaks for itself."""
    return one.said != other.said and one.meant != other.meant


def _from(kind: str, source: Source, other: Source | None = None) -> Words:
    """What a value is, or reads, where that tells it from the other."""
    if source.reads and (other is None or other.reads != source.reads):
        return (" from " if len(source.reads) > 1 else " as ", *source.reads)
    word = " from " if source.names else " as " if kind == PARAMETER else " to "
    return (word, Name(source.shown), " (not there)") if source.gone else (word, Name(source.shown))


def _settings(side: Side, sending: Sending) -> tuple[str, ...]:
    """The settings variables it takes values from."""
    found = (
        sending.tag.parameter(key) for key in ("eventSettingsVariable", "configSettingsVariable")
    )
    return tuple(side.said(parameter.value) if parameter else "" for parameter in found)
