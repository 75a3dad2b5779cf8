"""A way of detection in words: for ``tagkit catalog`` and the documents of the platforms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

FIRES, PUSH, ABSENT = "fires", "push", "absent"
_SAID = {
    "en": {
        "pushed": "the shop's or a module's own push: {events}",
        "if": "if {condition}",
        "is": "if {key} is {value}",
        "not": "if {key} is not {value}",
        "matches": "if {key} matches {value}",
        "gtag": "but none that a module sends to a GA4 property of its own",
        "click": "a click on {css}",
        "link_click": "a click on a link {css}",
        "link": "a click on a link",
        "form_submit": "the form {css} is sent",
        "click_url": "whose address matches {value}",
        "click_text": "with the words {value}",
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
        "is": "jeśli {key} to {value}",
        "not": "jeśli {key} to nie {value}",
        "matches": "jeśli {key} pasuje do {value}",
        "gtag": "ale nie ten, który moduł wysyła do własnej usługi GA4",
        "click": "kliknięcie w {css}",
        "link_click": "kliknięcie linku {css}",
        "link": "kliknięcie linku",
        "form_submit": "wysłanie formularza {css}",
        "click_url": "którego adres pasuje do {value}",
        "click_text": "ze słowami {value}",
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


def is_heard_only(ways: Sequence[Mapping[str, Any]]) -> bool:
    """Whether Shopify's custom pixel alone hears of it: nothing pushed in a theme gets there."""
    shown = [way for way in ways if not _only_pushed(way)]
    return bool(shown) and all("customer_event" in way for way in shown)


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
        sentence = ", ".join([sentence, *_conditions(trigger.get("where", {}), said, code)])
    elif "listener" in way:
        sentence = said["listener"].format(name=code(way["listener"]))
    else:
        shown = code(json.dumps(trigger, ensure_ascii=False))
        sentence = _clicked(trigger, said, code) or said["trigger"].format(trigger=shown)
    lines = []
    if "page" in way:
        lines.append(f"{said['page']}: {code(way['page'])}")
    if "relies_on" in way:
        things = [_thing(thing, said, code) for thing in way["relies_on"]]
        lines.append(f"{said['relies']}: {', '.join(things)}")
    return InWords(sentence, tuple(lines))


def _conditions(
    where: Mapping[str, Any], said: Mapping[str, str], code: Callable[[str], str]
) -> Iterator[str]:
    """What a push has to say, and last whether a module's own GA4 property is told apart."""
    others = {subject: test for subject, test in where.items() if subject != "pushed"}
    is_gtag = "send_to" in where.get("pushed", {})
    for key, test in where.get("pushed", {}).items():
        operator, value = next(iter(test.items())) if isinstance(test, dict) else ("is", test)
        if key == "send_to":
            continue
        if operator in ("is", "not", "matches") and not isinstance(value, dict | list):
            yield said[operator].format(key=code(key), value=code(str(value)))
        else:
            others[key] = test
    if is_gtag:
        others.pop("data_layer", None)  # the same of gtag()'s own call
    if others:
        yield said["if"].format(condition=code(json.dumps(others, ensure_ascii=False)))
    if is_gtag:
        yield said["gtag"]


def _clicked(
    trigger: Mapping[str, Any], said: Mapping[str, str], code: Callable[[str], str]
) -> str:
    """A click in words; empty when it takes more than that to say it."""
    kind, settings = next(iter(trigger.items()))
    if kind not in ("click", "link_click", "form_submit") or len(trigger) > 1:
        return ""
    settings = {"css": settings} if isinstance(settings, str) else settings or {}
    parts = [said[kind].format(css=code(settings["css"]))] if "css" in settings else []
    if not parts and kind == "link_click":
        parts = [said["link"]]
    where = settings.get("where", {})
    for subject in ("click_url", "click_text"):
        test = where.get(subject)
        if isinstance(test, dict) and "matches" in test:
            parts.append(said[subject].format(value=code(test["matches"])))
    return " ".join(parts) if {*settings} <= {"css", "where"} else ""


def _thing(thing: Mapping[str, str], said: Mapping[str, str], code: Callable[[str], str]) -> str:
    if "global" in thing:
        return said["global"].format(name=code(thing["global"]))
    return code(thing["css"])


def _only_pushed(way: Mapping[str, Any]) -> bool:
    """Whether it waits for what the shop itself pushes, and nothing else."""
    trigger, heard = way["trigger"], way.keys() & {"listener", "customer_event"}
    return not heard and isinstance(trigger, dict) and "event" in trigger
