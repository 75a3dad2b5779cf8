"""A way of detection in words: for ``tagkit catalog`` and the documents of the platforms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FIRES, PUSH, ABSENT = "fires", "push", "absent"
_SAID = {
    "en": {
        "pushed": "the shop's or a module's own push: {events}",
        "if": "if {condition}",
        "gtag": "but none that a module sends to a GA4 property of its own",
        "page": "page",
        "relies": "relies on",
        "global": "the global {name}",
        "trigger": "trigger: {trigger}",
        "listener": "tagkit's listener {name}",
        "or": "or",
    },
    "pl": {
        "pushed": "własny push sklepu lub modułu: {events}",
        "if": "jeśli {condition}",
        "gtag": "ale nie ten, który moduł wysyła do własnej usługi GA4",
        "page": "strona",
        "relies": "opiera się na",
        "global": "zmienna globalna {name}",
        "trigger": "wyzwalacz: {trigger}",
        "listener": "nasłuch {name} z tagkit",
        "or": "lub",
    },
}


class InWords(NamedTuple):
    """What a way is: a sentence, and lines with what it stands on."""

    sentence: str
    lines: tuple[str, ...] = ()


def state_of(ways: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Whether a platform shows a conversion, and how surely: ``("fires", "high")``."""
    if any("absent" in way for way in ways):
        return ABSENT, ""
    shown = [way["sure"] for way in ways if not _only_pushed(way)]
    if not shown:
        return PUSH, ""
    return FIRES, next(sure for sure in ("high", "medium", "low") if sure in shown)


def in_words(way: Mapping[str, Any], language: str, code: Callable[[str], str] = str) -> InWords:
    """The way in a language; ``code`` marks what is to be read to the letter."""
    said = _SAID[language]
    trigger = way["trigger"]
    events = trigger.get("event") if isinstance(trigger, dict) and "listener" not in way else None
    if "how" in way:
        sentence = way["how"][language]
    elif isinstance(events, str | list):
        names = [events] if isinstance(events, str) else events
        sentence = said["pushed"].format(events=f" {said['or']} ".join(map(code, names)))
        where = trigger.get("where")
        if where and "send_to" in json.dumps(where):
            sentence += f", {said['gtag']}"
        elif where:
            condition = code(json.dumps(where, ensure_ascii=False))
            sentence += f", {said['if'].format(condition=condition)}"
    elif "listener" in way:
        sentence = said["listener"].format(name=code(way["listener"]))
    else:
        shown = code(json.dumps(trigger, ensure_ascii=False))
        sentence = said["trigger"].format(trigger=shown)
    lines = []
    if "page" in way:
        lines.append(f"{said['page']}: {code(way['page'])}")
    if "relies_on" in way:
        things = [_thing(thing, said, code) for thing in way["relies_on"]]
        lines.append(f"{said['relies']}: {', '.join(things)}")
    return InWords(sentence, tuple(lines))


def _thing(thing: Mapping[str, str], said: Mapping[str, str], code: Callable[[str], str]) -> str:
    if "global" in thing:
        return said["global"].format(name=code(thing["global"]))
    return code(thing["css"])


def _only_pushed(way: Mapping[str, Any]) -> bool:
    """Whether it waits for what the shop itself pushes, and nothing else."""
    trigger, heard = way["trigger"], way.keys() & {"listener", "customer_event"}
    return not heard and isinstance(trigger, dict) and "event" in trigger
