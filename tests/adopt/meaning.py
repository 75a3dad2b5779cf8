"""What the GA4 event tags and Meta events of a container mean; knows nothing of tagkit.

It reads the export's own JSON, with no reader of tagkit's, and runs the code that is in it
(``evaluate.js``, in Node): a value is what it comes to in several worlds, a Meta event is what
``fbq`` is told, and it needs the consent without which ``fbq`` is told nothing. Ids, names of
entities, order and the way a value is passed on do not count. What a file refers to and does not
hold is looked up in ``others``: what stays in the container into which the file is imported.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning = dict[str, Any]

NODE = which("node") or str(Path(__file__).parents[2] / ".venv" / "bin" / "node")
_REFERENCE = re.compile(r"\{\{([^{}\r\n]+)\}\}")
_SYSTEM = {"2147479553": "PAGEVIEW", "2147479573": "INIT", "2147479572": "CONSENT_INIT"}
# The event on which a trigger of a type is looked at (measured on the runtime).
_EVENTS = {
    "PAGEVIEW": "gtm.js", "INIT": "gtm.init", "CONSENT_INIT": "gtm.init_consent",
    "DOM_READY": "gtm.dom", "WINDOW_LOADED": "gtm.load", "CLICK": "gtm.click",
    "LINK_CLICK": "gtm.linkClick", "FORM_SUBMISSION": "gtm.formSubmit",
    "HISTORY_CHANGE": "gtm.historyChange", "JS_ERROR": "gtm.pageError",
    "SCROLL_DEPTH": "gtm.scrollDepth", "ELEMENT_VISIBILITY": "gtm.elementVisibility",
    "YOU_TUBE_VIDEO": "gtm.video", "TRIGGER_GROUP": "gtm.triggerGroup", "TIMER": "gtm.timer",
}  # fmt: skip
# Known by their own number in gtm.triggers (measured on the runtime).
_OF_A_NUMBER = {"ELEMENT_VISIBILITY", "SCROLL_DEPTH", "TIMER", "TRIGGER_GROUP", "YOU_TUBE_VIDEO"}
_ONCE_A_PAGE = {"PAGEVIEW", "INIT", "CONSENT_INIT", "DOM_READY", "WINDOW_LOADED", "TRIGGER_GROUP"}
_NO_MEANING = {
    "accountId", "containerId", "triggerId", "name", "type", "fingerprint", "parentFolderId",
    "notes", "uniqueTriggerId", "path", "workspaceId", "tagManagerUrl", "filter",
    "customEventFilter", "autoEventFilter",
}  # fmt: skip
_USUAL = {  # what is so when nothing is said
    "waitForTags": "false", "checkValidation": "false", "waitForTagsTimeout": "2000",
    "limit": "", "eventName": "", "onScreenRatio": "50", "firingFrequency": "ONCE",
    "useOnScreenDuration": "false", "onScreenDuration": "", "useDomChangeListener": "false",
    "horizontalThresholdOn": "false", "verticalThresholdOn": "false", "captureStart": "false",
    "captureComplete": "false", "capturePause": "false", "captureProgress": "false",
    "fixMissingApi": "false",
}  # fmt: skip
_NUMERIC = {"GREATER", "GREATER_OR_EQUALS", "LESS", "LESS_OR_EQUALS"}
_SPECIAL = re.compile(r"(?<!\\)[\^$.|?*+()\[\]{}]")
_UNDEFINED = '{"is": "undefined"}'


class Found(NamedTuple):
    """One event of a tag, and what it means."""

    tag: str
    platform: str
    meaning: Meaning


class Value(NamedTuple):
    """What a value comes to, world by world; any of ``options``; in ``unknown`` worlds nobody knows.

    Two options: a reference alone in quotation marks is the text of a value, and meant as the value.
    """

    options: tuple[tuple[str, ...], ...]
    unknown: frozenset[int] = frozenset()


def same(before: Any, after: Any) -> bool:
    """Whether both mean the same."""
    if isinstance(before, dict):
        return (
            isinstance(after, dict)
            and before.keys() == after.keys()
            and all(same(value, after[key]) for key, value in before.items())
        )
    if not isinstance(before, Value) or not isinstance(after, Value):
        return bool(before == after)
    return all(
        n in before.unknown or any(_without(one[n]) in (_without(other[n]) for other in after.options)
                                   for one in before.options)
        for n in range(len(before.options[0]))
    )  # fmt: skip


def _without(said: str) -> str:
    """A text without what is undefined in it: GTM has nothing there in a field, a word in code."""
    whole = said in ('"undefined"', _UNDEFINED)
    return said if whole or not said.startswith('"') else said.replace("undefined", "")


def meanings(data: Any, others: Any = None) -> list[Found]:
    """All GA4 events and Meta events of a container."""
    reader = _Reader(data, others)
    return [*reader.ga4(), *reader.meta()]


# --- JSON of any shape


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _version(data: Any) -> dict[str, Any]:
    return _map(_map(data).get("containerVersion")) or _map(data)


def _entities(data: Any, kind: str) -> list[dict[str, Any]]:
    return [one for one in _list(_version(data).get(kind)) if isinstance(one, dict)]


def _given(entity: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {_text(_map(p).get("key")): _map(p) for p in _list(entity.get("parameter"))}


def _plain(parameter: Any) -> str:
    return _text(_map(parameter).get("value"))


def _said(entity: dict[str, Any]) -> dict[str, str]:
    return {key: _plain(one) for key, one in _given(entity).items()}


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        if "{{" in data and len(data) < 5000:
            yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _texts(one)


class _Reader:
    def __init__(self, data: Any, others: Any) -> None:
        variables = {}
        for one in (others, data):
            variables |= {_text(v.get("name")): v for v in _entities(one, "variable")}
        self.variables = variables
        self.triggers = {str(t.get("triggerId")): t for t in _entities(data, "trigger")}
        self.tags = _entities(data, "tag")
        self._pages: dict[str, int] = {}
        self._asked: list[dict[str, Any]] = []
        self._codes = [t for t in self.tags if t.get("type") == "html" and self._html(t)]
        self._events = [t for t in self._codes if _sends(self._html(t))]
        starting = [t for t in self._codes if _starts(self._html(t))]
        self._plan_pages(starting)
        shared = [v for v in variables.values() if v.get("type") in ("gtes", "gtcs")]
        html_less = [{**t, "parameter": [p for p in _list(t.get("parameter"))
                                         if _map(p).get("key") != "html"]} for t in self.tags]  # fmt: skip
        texts = sorted({"{{_event}}", *_texts(html_less), *_texts(shared),
                        *_texts(_entities(data, "trigger"))})  # fmt: skip
        asked = {"variables": list(variables.values()),
                 "texts": texts, "pages": self._asked}  # fmt: skip
        wanted = self._asked or any(tag.get("type") == "gaawe" or str(tag.get("type")).startswith("cvt_")
                                    for tag in self.tags)  # fmt: skip
        (told,) = _evaluated([asked]) if wanted else [{"texts": [[0]] * len(texts), "pages": []}]
        self._known = {
            text: Value((tuple(_frozen(one) for one in worlds),))
            for text, worlds in zip(texts, told["texts"], strict=True)
        }
        self._told = told["pages"]
        self._worlds = len(self._known["{{_event}}"].options[0])
        self.event = self.value("{{_event}}")
        self._starting = starting

    def _html(self, tag: dict[str, Any]) -> str:
        return _said(tag).get("html", "")

    def _beside(self, tag: dict[str, Any]) -> list[dict[str, Any]]:
        """The other tags that a tag's code may need: that start the pixel, or share its names."""
        names = set(re.findall(r"\b(?:w|window)\.(\w+)", self._html(tag)))
        return [
            other
            for other in self._codes
            if other is not tag and (
                _starts(self._html(other))
                or (not _sends(self._html(other))
                    and names & set(re.findall(r"\b(?:w|window)\.(\w+)", self._html(other))))
            )
        ][:12]  # fmt: skip

    def _plan_pages(self, starting: list[dict[str, Any]]) -> None:
        for tag in self._events:
            beside = self._beside(tag)
            self._ask(beside, tag, known=False)
            self._ask(beside, tag, known=True)
            for other in beside:
                self._ask([one for one in beside if one is not other], tag, known=False)
        for tag in starting:
            self._ask([], tag, known=False)

    def _ask(self, before: list[dict[str, Any]], tag: dict[str, Any], *, known: bool) -> None:
        page = {
            "before": [self._html(one) for one in before],
            "html": self._html(tag),
            "known": known,
        }
        key = json.dumps(page)
        if key not in self._pages:
            self._pages[key] = len(self._asked)
            self._asked.append(page)

    def _answer(self, before: list[dict[str, Any]], tag: dict[str, Any], *, known: bool) -> Any:
        page = {
            "before": [self._html(one) for one in before],
            "html": self._html(tag),
            "known": known,
        }
        return self._told[self._pages[json.dumps(page)]]

    # --- values

    def value(self, written: str) -> Value:
        if "{{" in written:
            return self._known.get(written) or self._literal(("odd", written))
        return self._literal(written)

    def _literal(self, said: Any) -> Value:
        return Value(((_frozen(said),) * self._worlds,))

    # --- triggers

    def firing(self, tag: dict[str, Any]) -> frozenset[Any]:
        ids = [str(one) for one in _list(tag.get("firingTriggerId"))]
        return frozenset(t for one in ids for t in self.trigger(one))

    def trigger(self, number: str, seen: tuple[str, ...] = ()) -> list[Any]:
        if number in _SYSTEM:
            return [(_SYSTEM[number], frozenset(), ((), frozenset()))]
        trigger = self.triggers.get(number)
        if trigger is None or number in seen:
            return [("missing", frozenset(), ())]
        tests = frozenset(self.tests(trigger, "customEventFilter", "filter"))
        kind = _text(trigger.get("type"))
        return [(kind, tests, s) for s in self.settings(trigger, (*seen, number))]

    def tests(self, trigger: dict[str, Any], *fields: str) -> list[Any]:
        found = [self.test(_map(one)) for field in fields for one in _list(trigger.get(field))]
        return [one for one in found if one]

    def test(self, condition: dict[str, Any]) -> Any:
        given = _said(condition)
        kind, left = _text(condition.get("type")), self.value(given.get("arg0", "").strip())
        right, negate = given.get("arg1", ""), given.get("negate") == "true"
        small = given.get("ignore_case") == "true" and kind == "MATCH_REGEX"
        if "{{" in right:
            return (kind, left, self.value(right), negate, small)
        if kind == "MATCH_REGEX" and not small:
            kind, right = _simple(right, always_there=left == self.event)
        if kind == "CSS_SELECTOR":
            right = ", ".join(sorted({part.strip() for part in _selectors(right)}))
        if kind in _NUMERIC and re.fullmatch(r"-?\d+(\.\d+)?", right):
            right = str(float(right))
        # true for everything that is there
        if kind in ("CONTAINS", "STARTS_WITH", "ENDS_WITH") and not right and not negate:
            return None
        return (kind, left, right, negate, small)

    def settings(self, trigger: dict[str, Any], seen: tuple[str, ...]) -> list[Any]:
        """All that is said of the trigger beyond its conditions, defaults left out."""
        kind, given = trigger.get("type"), _given(trigger)
        said = {key: _plain(one) for key, one in given.items()}
        said |= {k: _plain(v) if isinstance(v, dict) else json.dumps(v)
                 for k, v in trigger.items() if k not in {*_NO_MEANING, "parameter"}}  # fmt: skip
        pages = frozenset(self.tests(trigger, "autoEventFilter"))
        if kind in ("LINK_CLICK", "FORM_SUBMISSION") and said.get("waitForTags") != "true":
            said.pop("waitForTagsTimeout", None)
            pages = frozenset()  # the conditions are looked at anyway
        if kind == "TIMER":
            said["eventName"] = said.get("eventName", "").replace("gtm.timer", "")
            said["limit"] = said.get("limit", "").lstrip("0")
        if kind == "ELEMENT_VISIBILITY":
            if said.get("selectorType") == "ID":
                said["elementSelector"] = f'[id="{said.get("elementId", "")}"]'
            for gone in ("selectorType", "elementId"):
                said.pop(gone, None)
            if said.get("useOnScreenDuration") != "true" or said.get("onScreenDuration") == "0":
                said |= {"useOnScreenDuration": "false", "onScreenDuration": ""}
        if kind == "SCROLL_DEPTH":
            return [
                (way, units, _numbers(said.get(f"{way}Thresholds{units}", "")),
                 said.get("triggerStartOption", "WINDOW_LOAD"))
                for way in ("vertical", "horizontal")
                if said.get(f"{way}ThresholdOn") == "true"
                for units in [said.get(f"{way}ThresholdUnits", "").capitalize()]
            ]  # fmt: skip
        if kind == "YOU_TUBE_VIDEO":
            timed = said.pop("radioButtonGroup1", "") == "TIME_ELAPSED"
            marks = [
                said.pop(f"progressThresholds{unit}", "") for unit in ("Percent", "TimeInSeconds")
            ]
            if said.get("captureProgress") == "true":
                said["marks"] = repr((timed, _numbers(marks[timed])))
            if said.get("triggerStartOption") == "DOM_READY":
                del said["triggerStartOption"]
        if kind == "TRIGGER_GROUP":
            members = _list(given.get("triggerIds", {}).get("list"))
            return [frozenset(t for m in members for t in self.trigger(_plain(m), seen))]
        rest = {k: v for k, v in said.items() if v != _USUAL.get(k)}
        return [(tuple(sorted(rest.items())), pages)]

    def exceptions(self, tag: dict[str, Any], firing: frozenset[Any]) -> frozenset[Any]:
        """Each as the tests that must hold; one that can never block is none."""
        names = {self._name(kind, tests) for kind, tests, _ in firing}
        found = set()
        for number in map(str, _list(tag.get("blockingTriggerId"))):
            for kind, tests, settings in self.trigger(number):
                if kind in ("CUSTOM_EVENT", "missing"):
                    found.add(frozenset(tests))
                elif (name := _EVENTS.get(kind, kind)) in names or "" in names:
                    own = set() if names == {name} else {self._event_is(name)}
                    if kind in _OF_A_NUMBER:
                        own.add((kind, settings))
                    found.add(frozenset(tests | own))
        return frozenset(found)

    def _event_is(self, name: str) -> Any:
        return ("EQUALS", self.event, name, False, False)

    def _name(self, kind: str, tests: frozenset[Any]) -> str:
        if kind != "CUSTOM_EVENT":
            return _EVENTS.get(kind, kind)
        said = [t[2] for t in tests if t[:2] == ("EQUALS", self.event) and isinstance(t[2], str)]
        return said[0] if said else ""

    # --- tags

    def common(self, tag: dict[str, Any], consent: frozenset[str]) -> Meaning:
        firing = self.firing(tag)
        once = tag.get("tagFiringOption", "ONCE_PER_EVENT")
        if firing and {kind for kind, _, _ in firing} <= _ONCE_A_PAGE and len(firing) == 1:
            once = "ONCE_PER_LOAD"  # there is no second time
        return {
            "triggers": firing,
            "exceptions": self.exceptions(tag, firing),
            "consent": consent,
            "once": once,
            "paused": tag.get("paused") is True,
        }

    def consent(self, tag: dict[str, Any]) -> frozenset[str]:
        said = _map(tag.get("consentSettings"))
        if said.get("consentStatus") != "NEEDED":
            return frozenset()
        return frozenset(_plain(one) for one in _list(_map(said.get("consentType")).get("list")))

    def ga4(self) -> Iterator[Found]:
        tags = {_text(tag.get("name")): tag for tag in self.tags}
        for tag in self.tags:
            if tag.get("type") != "gaawe":
                continue
            said = _said(tag)
            destination = said.get("measurementIdOverride", "")
            if not destination and (of_tag := tags.get(said.get("measurementId", ""))):
                destination = _said(of_tag).get("measurementId", "")
            shared = self._shared(said.get("eventSettingsVariable", ""))
            rows = dict([*shared[0], *self._rows(tag, "eventSettingsTable"),
                         *self._rows(tag, "eventParameters")])  # fmt: skip
            properties = dict([*shared[1], *self._rows(tag, "userProperties")])
            user = said.get("userDataVariable", "") if said.get("enhancedUserId") == "true" else ""
            yield Found(_text(tag.get("name")), "ga4", {
                "event": self.value(said.get("eventName", "").strip()),
                "destination": self.value(destination.strip()),
                "ecommerce": said.get("sendEcommerceData") == "true" and (
                    said.get("getEcommerceDataFrom", "dataLayer"), said.get("ecommerceMacroData")),
                "parameters": rows,
                "user properties": properties,
                "user data": self.value(user),
                **self.common(tag, self.consent(tag)),
            })  # fmt: skip

    def _shared(self, written: str) -> tuple[list[Any], list[Any]]:
        if not written:
            return [], []
        name = _REFERENCE.fullmatch(written)
        variable = self.variables.get(name[1]) if name else None
        if variable is None or variable.get("type") != "gtes":
            return [("*", self.value(written))], []
        rows = self._rows(variable, "eventSettingsTable")
        return rows, self._rows(variable, "userProperties")

    def _rows(self, entity: dict[str, Any], key: str) -> list[Any]:
        rows = []
        for row in _list(_given(entity).get(key, {}).get("list")):
            cells = {_text(_map(c).get("key")): _plain(c) for c in _list(_map(row).get("map"))}
            name = cells.get("parameter", cells.get("name", ""))
            if name:
                value = cells.get("parameterValue", cells.get("value", ""))
                rows.append((self.value(name), self.value(value)))
        return rows

    # --- Meta

    def meta(self) -> Iterator[Found]:
        starts = self._starts()
        for tag in self.tags:
            if tag in self._events:
                yield from self._of_code(tag, starts)
            elif _text(tag.get("type")).startswith("cvt_"):
                yield from self._of_template(tag)

    def _starts(self) -> frozenset[Any]:
        """The pixels that are started: what ``init`` is told in all tags."""
        found = set()
        for tag in self._starting:
            runs = self._answer([], tag, known=False)
            inits = [
                [_frozen(c[1]) for c in one[0]["calls"] if c[:1] == ["init"] and len(c) > 1]
                for one in runs
            ]
            count = min(map(len, inits))
            found |= {tuple(one[n] for one in inits) for n in range(count)}
        return frozenset(found)

    def _of_code(self, tag: dict[str, Any], starts: frozenset[Any]) -> Iterator[Found]:
        beside = self._beside(tag)
        runs, needed = self._answer(beside, tag, known=False), frozenset(self.consent(tag))
        if _tells(runs):
            for other in beside:
                without = [one for one in beside if one is not other]
                if not _tells(self._answer(without, tag, known=False)):
                    needed |= self.consent(other)
        else:  # the page itself may start the pixel
            runs = self._answer(beside, tag, known=True)
        common = self.common(tag, needed)
        name = _text(tag.get("name"))
        tracks = [[_tracks(option["calls"]) for option in world] for world in runs]
        unknown = frozenset(n for n, world in enumerate(runs) if world[0]["failed"])
        counts = {len(t[0]) for n, t in enumerate(tracks) if n not in unknown}
        if not counts:  # it fails everywhere: what it tells before it does
            unknown, counts = frozenset(), {len(t[0]) for t in tracks}
        if len(counts) != 1 or counts == {0}:  # it depends on something
            code = self._literal(re.sub(r"\s+", " ", self._html(tag)))
            yield Found(name, "meta", {"event": code, **common})
            return
        events: list[Meaning] = []
        for index in range(counts.pop()):
            one = self._event(tracks, index, unknown, starts)
            alike = [e for e in events if {**e, "pixels": 0} == {**one, "pixels": 0}]
            if alike:  # the same event to several pixels
                alike[0]["pixels"] |= one["pixels"]
            else:
                events.append(one)
        for one in events:
            yield Found(name, "meta", {**one, **common})

    def _event(
        self, tracks: list[Any], index: int, unknown: frozenset[int], starts: frozenset[Any]
    ) -> Meaning:
        """The call of that place, in all worlds."""
        options = len(tracks[0])
        calls = [
            [world[n][index] if index < len(world[n]) else None for world in tracks]
            for n in range(options)
        ]
        unknown |= {n for n, one in enumerate(calls[0]) if one is None}

        def value(of: Any) -> Value:
            said = (tuple(_frozen(of(call)) if call else "" for call in worlds) for worlds in calls)
            return Value(tuple(dict.fromkeys(said)), unknown)

        names = sorted({key for call in calls[0] if call for key in call["properties"]})
        nothing = json.loads(_UNDEFINED)
        pixels = [{tuple(_frozen(c["pixel"]) for c in worlds if c)} for worlds in calls[:1]]
        single = any(c and c["pixel"] is not None for c in calls[0])
        return {
            "event": value(lambda c: c["event"]),
            "pixels": frozenset(pixels[0]) if single else starts,
            "properties": {
                key: value(lambda c, k=key: c["properties"].get(k, nothing)) for key in names
            },
            "event id": value(lambda c: c["id"] or nothing),
        }

    def _of_template(self, tag: dict[str, Any]) -> Iterator[Found]:
        """Meta's own template and Stape's, by their fields."""
        said, given = _said(tag), _given(tag)
        if "pixelIds" in said:
            kinds = {"standard": "eventNameStandard", "custom": "eventNameCustom"}
            pixels, table = said["pixelIds"], "objectPropertiesList"
            unsaid = (
                said.get("enableDataLayerMapping") != "false"
                or said.get("inheritEventName") == "inherit"
            )
        elif "pixelId" in said and (
            {"eventName", "standardEventName", "enhancedEcommerce"} & said.keys()
        ):
            kinds = {"standard": "standardEventName", "custom": "customEventName",
                     "variable": "variableEventName"}  # fmt: skip
            pixels, table = said["pixelId"], "objectPropertyList"
            unsaid = "true" in (said.get("enhancedEcommerce"), said.get("useGA4Ecommerce"))
        else:
            return
        unsaid = unsaid or said.get("objectPropertiesFromVariable", "false") not in ("", "false")
        field = kinds.get(said.get("eventName", "standard"), "")
        rows = {
            name: value for name, value in self._rows_named(given.get(table, {}))
            if any(one != _UNDEFINED for one in value.options[0])
        }  # fmt: skip
        yield Found(_text(tag.get("name")), "meta", {
            "event": self.value(said.get(field, "")),
            "pixels": frozenset(self.value(one.strip()).options[0] for one in pixels.split(",")),
            "properties": rows | ({"*": self._literal(json.dumps(said))} if unsaid else {}),
            "event id": self.value(said["eventId"]) if said.get("eventId") else self._none(),
            **self.common(tag, self.consent(tag)),
            # a visitor's answer that the template asks for by itself
            **({"answer": said["consent"]} if said.get("consent", "true") not in ("", "true") else {}),
        })  # fmt: skip

    def _none(self) -> Value:
        return Value(((_UNDEFINED,) * self._worlds,))

    def _rows_named(self, table: dict[str, Any]) -> Iterator[tuple[str, Value]]:
        for row in _list(table.get("list")):
            cells = {_text(_map(c).get("key")): _plain(c) for c in _list(_map(row).get("map"))}
            if cells.get("name"):
                yield cells["name"], self.value(cells.get("value", ""))


def _sends(html: str) -> bool:
    return "fbq" in html and re.search(r"""['"]track""", html) is not None


def _starts(html: str) -> bool:
    return "fbq" in html and re.search(r"""['"]init['"]""", html) is not None


def _tells(runs: Any) -> bool:
    return any(_tracks(world[0]["calls"]) for world in runs)


def _tracks(calls: list[Any]) -> list[Meaning]:
    """The calls that send an event."""
    found = []
    for call in calls:
        command = call[0] if call and isinstance(call[0], str) else ""
        if command not in ("track", "trackCustom", "trackSingle", "trackSingleCustom"):
            continue
        single = command.startswith("trackSingle")
        rest = [*(call[2:] if single else call[1:]), None, None, None]
        given, options = _map(rest[1]), _map(rest[2])
        nothing = rest[1] in (None, {}, {"is": "undefined"})
        found.append({
            "pixel": call[1] if single and len(call) > 1 else None,
            "event": rest[0],
            "properties": {"*": rest[1]} if not given and not nothing else
                          {} if nothing else given,
            "id": _no_nothing(options.get("eventID", options.get("event_id"))),
        })  # fmt: skip
    return found


def _no_nothing(value: Any) -> Any:
    return None if value in ("", {"is": "undefined"}) else value


def _evaluated(asked: list[Any]) -> Any:
    done = subprocess.run(
        [NODE, str(Path(__file__).with_name("evaluate.js"))],
        input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    return json.loads(done.stdout)


def _frozen(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _numbers(written: str) -> tuple[str, ...]:
    return tuple(sorted(str(float(one)) if re.fullmatch(r"[\d.]+", one.strip()) else one.strip()
                        for one in written.split(",") if one.strip()))  # fmt: skip


def _simple(pattern: str, *, always_there: bool) -> tuple[str, str]:
    """A regular expression that compares text, as that comparison."""
    if pattern in (".*", "^.*$", "^.*", ".*$") or (always_there and pattern in (".+", "^.+$")):
        return "CONTAINS", ""  # what is undefined is tested as a text, too
    inner, start, end = pattern, pattern.startswith("^"), False
    inner = inner[1:] if start else inner
    if inner.endswith("$") and not inner.endswith("\\$"):
        inner, end = inner[:-1], True
    if _SPECIAL.search(inner) or re.search(r"\\[A-Za-z0-9]", inner):
        return "MATCH_REGEX", pattern
    plain = re.sub(r"\\(.)", r"\1", inner)
    kinds = {(True, True): "EQUALS", (True, False): "STARTS_WITH", (False, True): "ENDS_WITH"}
    return kinds.get((start, end), "CONTAINS"), plain


def _selectors(selector: str) -> list[str]:
    return selector.split(",") if "(" not in selector and "[" not in selector else [selector]
