"""Triggers and variables in words, and what is different between two triggers.

``fires on one page more: '/basket'``: a condition that lists texts, by ``equals`` or as an anchored
regular expression, is read as the set of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.container import mapping, text
from tagkit.gtm.diff.changes import details_of
from tagkit.gtm.diff.facts import UPKEEP
from tagkit.gtm.diff.model import Name, Verb
from tagkit.gtm.diff.texts import operator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.facts import Facts
    from tagkit.gtm.diff.model import Detail, Words
    from tagkit.gtm.diff.side import Side

_WAITS, _MEMBER = Verb("waits", "wait"), "when all have fired"
FIRES, BLOCKED = Verb("fires", "fire"), Verb("is blocked", "are blocked")
PAGE_TYPES = frozenset({"PAGEVIEW", "DOM_READY", "WINDOW_LOADED", "INIT", "CONSENT_INIT"})

_EVENTS = {
    "PAGEVIEW": "page view",
    "DOM_READY": "DOM ready",
    "WINDOW_LOADED": "window loaded",
    "INIT": "initialization",
    "CONSENT_INIT": "consent initialization",
    "CLICK": "a click",
    "LINK_CLICK": "a click on a link",
    "FORM_SUBMISSION": "a form that is sent",
    "ELEMENT_VISIBILITY": "an element that is seen",
    "SCROLL_DEPTH": "scrolling",
    "TIMER": "a timer",
    "HISTORY_CHANGE": "a history change",
    "JS_ERROR": "a JavaScript error",
    "YOU_TUBE_VIDEO": "a YouTube video",
    "TRIGGER_GROUP": "a trigger group",
}
_SHOWN = {
    "ELEMENT_VISIBILITY": ("elementSelector", "elementId"),
    "SCROLL_DEPTH": (
        "verticalThresholdsPercent",
        "verticalThresholdsPixels",
        "horizontalThresholdsPercent",
        "horizontalThresholdsPixels",
    ),
}
_PLACES = {
    "PAGE_PATH": ("page", "pages"),
    "PAGE_URL": ("page", "pages"),
    "PAGE_HOSTNAME": ("host", "hosts"),
    "EVENT": ("event", "events"),
}
_ANCHORED = re.compile(r"\^(?:\((?:\?:)?(?P<many>.*)\)|(?P<one>.*))\$", re.DOTALL)
_ALTERNATIVE = re.compile(r"(?:[^\\^$.|?*+()\[\]{}]|\\[^\w\s])*", re.DOTALL)
_NO_MATTER, _ONLY, _IF = " whether or not ", " only if ", " if "
_PROGRAMS = frozenset({"html", "javascript", "template code"})
_MOST = 3
_LONGEST = 3  # details that are spelled out


# --- lists of words


def joined(parts: Iterable[Words], word: str = "and") -> Words:
    """``a, b and c``; of many, some and how many more."""
    listed = list(parts)
    rest = len(listed) - 2 * _MOST
    if rest > 1:
        listed = [*listed[: 2 * _MOST], (f"{rest} more",)]
    said: Words = ()
    for index, part in enumerate(listed):
        if index:
            said += (f" {word} ",) if index == len(listed) - 1 else (", ",)
        said += part
    return said


def in_order(words: Iterable[Words]) -> list[Words]:
    """Sorted by what they say."""
    return sorted(words, key=lambda said: [str(word) for word in said])


def names(given: Iterable[str], word: str = "and") -> Words:
    """Names in a row."""
    return joined(((Name(one),) for one in given), word)


# --- conditions


def condition(one: Comparison) -> Words:
    """``'Page Path' equals '/cart'``."""
    left = Name(one.variable or one.left)
    ends = (", in any case",) if one.ignore_case and one.type == "MATCH_REGEX" else ()
    return (left, f" {operator(one)} ", Name(one.right), *ends)


def texts(one: Comparison) -> frozenset[str] | None:
    """The texts that a condition accepts, when it is a list of them."""
    if one.negate or not one.is_literal:
        return None
    if one.type == "EQUALS":
        return frozenset({one.right})
    if one.type != "MATCH_REGEX" or one.ignore_case:
        return None
    found = _ANCHORED.fullmatch(one.right)
    if found is None:
        return None
    listed = found["many"].split("|") if found["many"] is not None else [found["one"]]
    if not all(_ALTERNATIVE.fullmatch(alternative) for alternative in listed):
        return None
    return frozenset(re.sub(r"\\(.)", r"\1", alternative) for alternative in listed)


def _all_of(conditions: Iterable[Comparison]) -> Words:
    return joined(in_order(condition(one) for one in conditions))


# --- triggers


def triggers(side: Side, numbers: Iterable[str]) -> Words:
    """What triggers wait for, by their ids."""
    said: set[Words] = set()
    for number in numbers:
        found = side.numbered("trigger", number)
        said.update(waits_for(side, one) for one in found)
        if not found:
            said.add((vocabulary.SYSTEM_TRIGGERS.get(number, "a trigger that is not there"),))
    return joined(in_order(said))


def waits_for(side: Side, one: Entity) -> Words:
    """``the event 'sign_up' where 'Page Path' equals '/thanks'``."""
    conditions = side.conditions(one)
    where = [c for c in conditions if c.field == "filter"]
    said = _alone(side, one)
    return (*said, " where ", *_all_of(where)) if where else said


def _alone(side: Side, one: Entity) -> Words:
    """What it waits for, without its conditions."""
    return _event(one, [c for c in side.conditions(one) if c.field == "customEventFilter"])


def _event(one: Entity, tests: list[Comparison]) -> Words:
    if one.type == "CUSTOM_EVENT" and len(tests) == 1:
        listed = texts(tests[0])
        if listed:
            return ("the event " if len(listed) == 1 else "the events ", *names(sorted(listed)))
        if tests[0].type == "MATCH_REGEX" and tests[0].right == ".*" and not tests[0].negate:
            return ("any event",)
    if one.type == "CUSTOM_EVENT":
        return ("an event of which ", *_all_of(tests)) if tests else ("any event",)
    if one.type == "TRIGGER_GROUP":
        return ("the group ", Name(one.name))
    if one.type == "TIMER":
        return ("a timer of ", Name(text(mapping(one.data.get("interval")).get("value"))), " ms")
    known = vocabulary.TRIGGER_TYPES.get(one.type)
    said = _EVENTS.get(one.type) or (known.title if known else one.type)
    shown = [p.value for key in _SHOWN.get(one.type, ()) if (p := one.parameter(key)) and p.value]
    return (said, " (", *names(shown), ")") if shown else (said,)


def pages(side: Side, one: Entity) -> frozenset[str] | None:
    """The pages on which a trigger fires, when it fires on a page and they are listed."""
    conditions = [c for c in side.conditions(one) if c.field == "filter"]
    if one.type not in PAGE_TYPES or len(conditions) != 1:
        return None
    place = _PLACES.get(side.readings.get(conditions[0].variable, ""))
    return texts(conditions[0]) if place and place[0] == "page" else None


def more_or_less(verb: Verb, place: tuple[str, str], come: set[str], gone: set[str]) -> Words:
    """``fires on one page more: '/basket'``."""
    parts = []
    for found, one, many in ((come, "more", "more"), (gone, "less", "fewer")):
        if len(found) == 1:
            parts.append((f"one {place[0]} {one} (", *names(found), ")"))
        elif found:
            parts.append((f"{len(found)} {place[1]} {many} (", *names(sorted(found)), ")"))
    return (verb, " on ", *joined(parts))


def trigger_changes(
    verb: Verb, old: Side, before: Entity, new: Side, after: Entity
) -> Iterator[Words]:
    """What a trigger that changed does to those that it fires, or blocks."""
    if before.type != after.type:
        same = not _differing(old, before, new, after) + _differing(new, after, old, before)
        now, was = (_alone if same else waits_for)(new, after), waits_for(old, before)
        yield _instead(verb, now, _alone(old, before) if same else was)
        return
    lost, come = _differing(old, before, new, after), _differing(new, after, old, before)
    for one in list(lost):
        other = next((c for c in come if _is_same_test(old, one, new, c)), None)
        if other is not None:
            lost.remove(one)
            come.remove(other)
            yield _other_values(verb, old, one, other)
    event_lost = [c for c in lost if c.field == "customEventFilter"]
    event_come = [c for c in come if c.field == "customEventFilter"]
    if event_lost or event_come:
        yield _instead(verb, _event(after, event_come), _event(before, event_lost))
    lost = [one._replace(negate=False) for one in lost]  # whether or not: both are one
    for some, word in ((lost, _NO_MATTER), (come, _ONLY)):
        for said in in_order(condition(one) for one in some if one.field != "customEventFilter"):
            yield (verb, word, *said)
    was_set, set_now = (_without_conditions(s.facts(e)) for s, e in ((old, before), (new, after)))
    details = details_of(was_set, set_now)
    members = [one for one in details if one.what == _MEMBER and verb is FIRES]
    yield from (_waiting(one.old, one.new) for one in members)
    if rest := [one for one in details if one not in members]:
        yield (verb, " on other settings: ", *in_words(rest))


def _waiting(gone: str | None, come: str | None) -> Words:
    """What it does that a trigger group has one member for another."""
    if come is None:
        return ("no longer ", _WAITS, " for ", Name(gone or ""))
    if gone is None:
        return ("also ", _WAITS, " for ", Name(come))
    return (_WAITS, " for ", Name(come), " now, not for ", Name(gone))


def among_others(said: Words, side: Side, trigger: Entity) -> Words:
    """The same of a trigger that is one of several: a condition is on what this one waits for."""
    verb, *rest = said
    if rest[0] not in (_NO_MATTER, _ONLY, _IF):
        return said
    return (verb, " on ", *_alone(side, trigger), *rest)


def _differing(side: Side, one: Entity, other_side: Side, other: Entity) -> list[Comparison]:
    said = {(c.field, other_side.condition(c)) for c in other_side.conditions(other)}
    return [c for c in side.conditions(one) if (c.field, side.condition(c)) not in said]


def _is_same_test(old: Side, one: Comparison, new: Side, other: Comparison) -> bool:
    """Whether two conditions ask the same thing of another text."""
    return (
        one.field == other.field
        and one.negate == other.negate
        and old.said(one.left) == new.said(other.left)
    )


def _other_values(verb: Verb, old: Side, one: Comparison, other: Comparison) -> Words:
    before, after = texts(one), texts(other)
    place = _PLACES.get(old.readings.get(one.variable, ""))
    if before and after and place and before & after:
        return more_or_less(verb, place, {*(after - before)}, {*(before - after)})
    if before and after and place:
        what = place[0] if len(after) == 1 else place[1]
        return (
            verb,
            f" on the {what} ",
            *names(sorted(after)),
            " now, not on ",
            *names(sorted(before)),
        )
    before_words = condition(one)
    if before_words[1:2] == condition(other)[1:2]:
        return (verb, _IF, *condition(other), " now, not ", *before_words[2:])
    return (verb, _IF, *condition(other), " now, not if ", *before_words)


def _instead(verb: Verb, now: Words, before: Words) -> Words:
    return (verb, " on ", *now, " now, not on ", *before)


def _without_conditions(facts: Facts) -> Facts:
    return {k: fact for k, fact in facts.items() if k[0] != "condition" and k[0] not in UPKEEP}


# --- details


def in_words(details: list[Detail]) -> Words:
    """``limit is '3' now, was '1'``; of many, how many there are."""
    if len(details) > _LONGEST:
        return (f"{len(details)} of its settings are different",)
    return joined(_detail(detail) for detail in details)


def _detail(detail: Detail) -> Words:
    if detail.code:
        lines = [(value or "").splitlines() for value in (detail.old, detail.new)]
        moved = detail.what not in _PROGRAMS and sorted(lines[0]) == sorted(lines[1])
        return (f"{detail.what} is {'in another order' if moved else 'different'}",)
    if detail.new is None:
        return (f"{detail.what} is gone, was ", Name(detail.old or ""))
    if detail.old is None:
        return (f"{detail.what} is new: ", Name(detail.new))
    return (f"{detail.what} is ", Name(detail.new), " now, was ", Name(detail.old))


# --- variables

_ALWAYS = re.compile(r"\s*function\s*\(\)\s*\{\s*return\s+(-?[\d.]+|true|false);?\s*\}\s*")
_READS = {
    "v": ("the data layer's ", "name"),
    "c": ("", "value"),
    "k": ("the cookie ", "name"),
    "j": ("the JavaScript variable ", "name"),
    "aev": ("of the element ", "varType"),
    "d": ("the element ", "elementSelector"),
    "ed": ("the event's ", "keyPath"),
}


def reads(variable: Entity) -> Words:
    """What a variable reads, for those of which a few words tell it."""
    words, key = _READS.get(variable.type, ("", ""))
    parameter = variable.parameter(key) if key else None
    if variable.type == "u":
        return _url(variable)
    if variable.type == "jsm":
        return _literal(variable)
    if parameter is None:
        return ()
    return (words, Name(parameter.value)) if words else (Name(parameter.value),)


def _literal(variable: Entity) -> Words:
    """What a function always gives, where it does nothing but give it: a number, mostly."""
    code = variable.parameter("javascript")
    found = _ALWAYS.fullmatch(code.value) if code else None
    return (Name(found[1]),) if found else ()


def _url(variable: Entity) -> Words:
    component, key = variable.parameter("component"), variable.parameter("queryKey")
    if key is not None and key.value:
        return ("the query's ", Name(key.value))
    return (f"the {component.value.lower()} of the URL",) if component else ()
