"""Triggers and exceptions of a container's tags as the plan writes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tagkit.adopt.conditions import short, where_of
from tagkit.adopt.model import Json, stop
from tagkit.adopt.reading import plain, setting
from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping
from tagkit.program.conditions import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.adopt.conditions import Where
    from tagkit.adopt.reading import Reading
    from tagkit.adopt.variables import Sources
    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Entity

_SYSTEM = {"2147479553": "page_view", "2147479573": "initialization"}
_SIMPLE = {
    "PAGEVIEW": "page_view", "DOM_READY": "dom_ready", "WINDOW_LOADED": "window_loaded",
    "INIT": "initialization", "CLICK": "click", "LINK_CLICK": "link_click",
    "FORM_SUBMISSION": "form_submit", "HISTORY_CHANGE": "history_change", "JS_ERROR": "js_error",
}  # fmt: skip
_NAMES = {"EQUALS": "", "STARTS_WITH": "starts_with", "ENDS_WITH": "ends_with",
          "CONTAINS": "contains", "MATCH_REGEX": "matches"}  # fmt: skip
_REPEAT = {"ONCE": "once", "ONCE_PER_ELEMENT": "per_element", "MANY_PER_ELEMENT": "every"}
_BY_NUMBER = frozenset(
    {"ELEMENT_VISIBILITY", "SCROLL_DEPTH", "TIMER", "TRIGGER_GROUP", "YOU_TUBE_VIDEO"}
)
"""GTM knows these by their own number and settings: conditions alone do not say what they are."""
_PAGE = ("page_url", "page_hostname", "page_path", "page_referrer")
_LISTED = re.compile(r"\^\(([A-Za-z0-9_ |-]+)\)\$")
_WAIT, _LONGEST_WAIT = 2000, 10000


class Triggers:
    """Reads the triggers of tags. ``notes`` are details that the plan does not keep."""

    def __init__(self, reading: Reading, sources: Sources) -> None:
        self._reading = reading
        self._sources = sources
        self.notes: list[str] = []

    def of(self, tag: Entity) -> list[Json]:
        """What fires the tag: any of these."""
        ids = [id_text(one) for one in items(tag.data.get("firingTriggerId"))]
        if not ids:
            stop("no trigger fires it")
        triggers = [one for number in ids for one in self._by_id(number)]
        return list({json.dumps(one, sort_keys=True): one for one in triggers}.values())

    def exceptions(self, tag: Entity) -> list[Json]:
        """What keeps it from firing: any of these."""
        blocking = [id_text(one) for one in items(tag.data.get("blockingTriggerId"))]
        if not blocking:
            return []
        firing = {self._event(id_text(one)) for one in items(tag.data.get("firingTriggerId"))}
        found = []
        for number in blocking:
            where = self._exception(number, firing)
            if where is None:
                self.notes.append(
                    f"the exception '{self._name(number)}' never blocks, as it is of another event"
                )
            elif len(where) > 1:
                stop("an exception tests one thing twice")
            else:
                found.append(where[0] if where else {"event": {"matches": ".*"}})
        return found

    def _name(self, number: str) -> str:
        trigger = self._reading.triggers.get(number)
        return trigger.name if trigger else number

    def _exception(self, number: str, firing: set[str]) -> Where | None:
        trigger = self._reading.triggers.get(number)
        if number in _SYSTEM:
            event, tests = self._event(number), []
        elif trigger is None:
            stop(f"its exception {number} is not in this file")
        else:
            event, tests = self._event(number), self._reading.tests_of(trigger, "filter")
        if trigger is not None and trigger.type == "CUSTOM_EVENT":
            own = self._reading.tests_of(trigger, "customEventFilter")
            return where_of([*own, *tests], self._sources)
        if event not in firing and not any(one.startswith("?") for one in firing):
            return None
        if trigger is not None and trigger.type in _BY_NUMBER:
            stop(f"no word for an exception of the type {trigger.type}")
        where = where_of(tests, self._sources)
        if trigger is not None and trigger.type in ("LINK_CLICK", "FORM_SUBMISSION"):
            self._listens(trigger, where)
        if firing != {event}:
            where = where or [{}]
            where[0] = {"event": event, **where[0]}
        return where

    def _listens(self, trigger: Entity, where: Where) -> None:
        """Stop where an exception blocks less than its conditions say, as GTM listens less."""
        waiting = self._waiting(trigger, where)
        if "check_validation" in waiting:
            stop(f"no word for an exception with Check validation, {trigger.words}")
        pages = self._reading.tests_of(trigger, "autoEventFilter")
        if "pages" in waiting and where_of(pages, self._sources):
            stop(f"no word for an exception that waits for tags on some pages, {trigger.words}")

    def _event(self, number: str) -> str:
        if number in _SYSTEM:
            return "gtm.js" if _SYSTEM[number] == "page_view" else "gtm.init"
        trigger = self._reading.triggers.get(number)
        if trigger is None:
            return f"? {number}"
        if trigger.type != "CUSTOM_EVENT":
            known = vocabulary.TRIGGER_TYPES.get(trigger.type)
            return known.event if known else trigger.type
        tests = self._reading.tests_of(trigger, "customEventFilter")
        exact = len(tests) == 1 and tests[0].type == "EQUALS"
        return tests[0].right if exact else f"? {number}"

    def _by_id(self, number: str, depth: int = 0) -> list[Json]:
        if number in _SYSTEM:
            return [_SYSTEM[number]]
        trigger = self._reading.triggers.get(number)
        if trigger is None:
            known = number in vocabulary.SYSTEM_TRIGGERS
            stop(
                "no word for the trigger Consent Initialization"
                if known
                else f"its trigger {number} is not in this file"
            )
        if depth > 3:  # noqa: PLR2004
            stop("a trigger group of trigger groups")
        return self._trigger(trigger, depth)

    def _trigger(self, trigger: Entity, depth: int) -> list[Json]:
        tests = self._reading.tests_of(trigger, "filter")
        match trigger.type:
            case "CUSTOM_EVENT":
                return [self._custom(trigger, tests)]
            case "TIMER":
                return [self._timer(trigger, tests)]
            case "SCROLL_DEPTH":
                return self._scroll(trigger, tests)
            case "ELEMENT_VISIBILITY":
                return [self._visibility(trigger, tests)]
            case "YOU_TUBE_VIDEO":
                return [self._video(trigger, tests)]
            case "TRIGGER_GROUP":
                return [self._group(trigger, tests, depth)]
        kind = _SIMPLE.get(trigger.type)
        if kind is None:
            stop(f"no word for a trigger of the type {trigger.type}")
        where = where_of(tests, self._sources, click=kind == "click")
        said: dict[str, Json] = {}
        if kind in ("click", "link_click"):
            said |= _selector(where, "click_element")
        elif kind == "form_submit":
            said |= _selector(where, "form_element")
        if kind in ("link_click", "form_submit"):
            said |= self._waiting(trigger, where)
        return [_named(kind, said, where)]

    def _custom(self, trigger: Entity, tests: list[Comparison]) -> Json:
        names = self._reading.tests_of(trigger, "customEventFilter")
        where = where_of(tests, self._sources)
        one = names[0] if len(names) == 1 else None
        usual = (
            one is not None
            and not one.negate
            and not one.ignore_case
            and one.left in ("{{_event}}", "{{Event}}")
            and one.type in _NAMES
            and bool(one.right)
            and "{{" not in one.right
        )
        if one is None or not usual:
            where = where_of([*names, *tests], self._sources)
            return _with({"event": {"matches": ".*"}}, where)
        tests = [t for t in tests if not _says_again(t, one)]
        where = where_of(tests, self._sources)
        operator = _NAMES[one.type]
        listed = _LISTED.fullmatch(one.right) if operator == "matches" else None
        alternatives = tuple(listed[1].split("|")) if listed else ()
        if alternatives and all(alternatives) and f"^{any_of(alternatives)}$" == one.right:
            return _with({"event": list(alternatives)}, where)
        return _with({"event": {operator: one.right} if operator else one.right}, where)

    def _timer(self, trigger: Entity, tests: list[Comparison]) -> Json:
        where = where_of(tests, self._sources)
        said: dict[str, Json] = {"interval": _whole(plain(trigger.data.get("interval")), trigger)}
        limit = plain(trigger.data.get("limit"))
        if limit and limit != "0":
            said["limit"] = _whole(limit, trigger)
        name = plain(trigger.data.get("eventName"))
        if name not in ("", "gtm.timer"):
            self.notes.append(f"{trigger.words} pushes '{name}', ours pushes 'gtm.timer'")
        said |= self._pages(trigger, where)
        return _named("timer", said, where)

    def _waiting(self, trigger: Entity, where: Where) -> dict[str, Json]:
        waiting: dict[str, Json] = {}
        if plain(trigger.data.get("waitForTags")) == "true":
            time = _whole(plain(trigger.data.get("waitForTagsTimeout")) or str(_WAIT), trigger)
            time = min(time, _LONGEST_WAIT)
            waiting["wait_for_tags"] = True if time == _WAIT else time
        if plain(trigger.data.get("checkValidation")) == "true":
            waiting["check_validation"] = True
        if "wait_for_tags" in waiting:
            waiting |= self._pages(trigger, where)
        return waiting

    def _pages(self, trigger: Entity, where: Where) -> dict[str, Json]:
        """Where GTM listens, unless that is what the conditions say of the page."""
        tests = self._reading.tests_of(trigger, "autoEventFilter")
        pages = where_of(tests, self._sources)
        usual = [
            {key: test for key, test in one.items() if key in _PAGE}
            for one in where
            if any(key in _PAGE for key in one)
        ]
        if pages == usual:
            return {}
        return {"pages": short(pages) if pages else {"page_url": {"matches": ".*"}}}

    def _scroll(self, trigger: Entity, tests: list[Comparison]) -> list[Json]:
        where = where_of(tests, self._sources)
        found = []
        if setting(trigger, "triggerStartOption") not in ("", "WINDOW_LOAD"):
            self.notes.append(f"{trigger.words} starts earlier than when everything is loaded")
        for way in ("vertical", "horizontal"):
            if setting(trigger, f"{way}ThresholdOn") != "true":
                continue
            units = setting(trigger, f"{way}ThresholdUnits").capitalize()
            numbers = _numbers(setting(trigger, f"{way}Thresholds{units}"), trigger)
            said: dict[str, Json] = {units.lower(): numbers}
            if way == "horizontal":
                said["direction"] = way
            found.append(_named("scroll", said, where))
        if not found:
            stop(f"{trigger.words} never fires: no direction is on")
        return found

    def _visibility(self, trigger: Entity, tests: list[Comparison]) -> Json:
        where = where_of(tests, self._sources)
        by_id = setting(trigger, "selectorType") == "ID"
        element = setting(trigger, "elementId" if by_id else "elementSelector")
        if not element or "{{" in element:
            stop(f"{trigger.words} does not name its element")
        said: dict[str, Json] = {"id" if by_id else "css": element}
        ratio = _number(setting(trigger, "onScreenRatio") or "50", trigger)
        if ratio != 50:  # noqa: PLR2004
            said["percent"] = ratio
        if setting(trigger, "useOnScreenDuration") == "true":
            time = _whole(setting(trigger, "onScreenDuration") or "0", trigger, least=0)
            if time:
                said["time"] = time
        repeat = _REPEAT.get(setting(trigger, "firingFrequency") or "ONCE", "once")
        if repeat != "once":
            said["repeat"] = repeat
        if setting(trigger, "useDomChangeListener") != "true":
            said["watch_dom"] = False
        return _named("element_visible", said, where)

    def _video(self, trigger: Entity, tests: list[Comparison]) -> Json:
        where = where_of(tests, self._sources)
        said: dict[str, Json] = {
            name: True
            for key, name in (("captureStart", "start"), ("captureComplete", "complete"),
                              ("capturePause", "pause"))
            if setting(trigger, key) == "true"
        }  # fmt: skip
        if setting(trigger, "captureProgress") == "true":
            timed = setting(trigger, "radioButtonGroup1") == "TIME_ELAPSED"
            key = "progressThresholdsTimeInSeconds" if timed else "progressThresholdsPercent"
            numbers = _numbers(setting(trigger, key), trigger)
            said["seconds" if timed else "percent"] = numbers
        if not said:
            stop(f"{trigger.words} never fires: nothing of a video counts")
        if setting(trigger, "fixMissingApi") != "true":
            said["load_api"] = False
        if setting(trigger, "triggerStartOption") not in ("", "DOM_READY"):
            self.notes.append(f"{trigger.words} does not start when the page is parsed")
        return _named("youtube", said, where)

    def _group(self, trigger: Entity, tests: list[Comparison], depth: int) -> Json:
        listed = trigger.parameter("triggerIds")
        members = []
        for one in items(listed.data.get("list") if listed else None):
            found = self._by_id(id_text(mapping(one).get("value")), depth + 1)
            if len(found) != 1:
                stop("a trigger group with a member that is two triggers")
            members += found
        if not members:
            stop(f"{trigger.words} has no members")
        return _with({"all": members}, where_of(tests, self._sources))


def _says_again(test: Comparison, name: Comparison) -> bool:
    """Whether a condition asks for the event that the trigger is for anyway."""
    return test.left in ("{{Event}}", "{{_event}}") and (
        (test.type, test.right, test.negate) == (name.type, name.right, False)
    )


def _named(kind: str, said: dict[str, Json], where: Where) -> Json:
    if where:
        said["where"] = short(where)
    if not said:
        return kind
    if list(said) == ["css"]:
        return {kind: said["css"]} if kind != "element_visible" else {kind: said}
    return {kind: said}


def _with(trigger: dict[str, Json], where: Where) -> Json:
    return {**trigger, "where": short(where)} if where else trigger


def _selector(where: Where, element: str) -> dict[str, Json]:
    """The selector of the one element that is asked for, taken out of the conditions."""
    for index, one in enumerate(where):
        test = one.get(element)
        if isinstance(test, dict) and list(test) == ["css"]:
            del one[element]
            if not one:
                del where[index]
            return {"css": test["css"]}
    return {}


def _whole(written: str, trigger: Entity, least: int = 1) -> int:
    if not written.isascii() or not written.isdigit() or int(written) < least:
        stop(f"{trigger.words} has '{written}' where a number stands")
    return int(written)


def _number(written: str, trigger: Entity) -> Json:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9})?", written):
        stop(f"{trigger.words} has '{written}' where a number stands")
    return float(written) if "." in written else int(written)


def _numbers(written: str, trigger: Entity) -> Json:
    parts: Iterable[str] = (part.strip() for part in written.split(","))
    numbers = [_number(part, trigger) for part in parts if part]
    if not numbers:
        stop(f"{trigger.words} names no threshold")
    return numbers[0] if len(numbers) == 1 else numbers
