"""What the GA4 event tags and Meta events of a container mean; knows nothing of plans.

Ids, names of entities, order and the way a value is passed on do not count. A variable is its
kind and its settings, a condition its two sides. What a file refers to and does not hold is looked
up in ``others``: what stays in the container into which the file is imported.
"""

from __future__ import annotations

import copy
import re
from typing import Any, NamedTuple

from tagkit.gtm.container import Container, Entity, container_of, id_text, items, mapping, text
from tagkit.gtm.fbq_calls import CODE, OBJECT, REFERENCE, TEXT, Call, Value, calls_in
from tagkit.gtm.markup import scripts_in
from tagkit.gtm.meta_tags import meta_events
from tagkit.gtm.vocabulary import BUILT_INS, TRIGGER_TYPES
from tagkit.javascript import pieces_of

Meaning = dict[str, Any]

_REFERENCE = re.compile(r"\{\{([^{}\r\n]+)\}\}")
_SYSTEM = {"2147479553": "PAGEVIEW", "2147479573": "INIT", "2147479572": "CONSENT_INIT"}
_EVENTS = {name: kind.event for name, kind in TRIGGER_TYPES.items() if kind.event}
_ONCE_A_PAGE = {"PAGEVIEW", "INIT", "CONSENT_INIT", "DOM_READY", "WINDOW_LOADED", "TRIGGER_GROUP"}
# What GTM's own built-in variables are made of (measured on the runtime, 2026-11).
_MADE_OF = {
    "PAGE_URL": ("u", ("component", "URL")),
    "PAGE_HOSTNAME": ("u", ("component", "HOST")),
    "PAGE_PATH": ("u", ("component", "PATH")),
    "REFERRER": ("f", ("component", "URL")),
    "EVENT": ("e",),
}
# A setting that says what is so without it.
_DEFAULTS = {
    ("k", "decodeCookie", "false"), ("v", "setDefaultValue", "false"),
    ("smm", "setDefaultValue", "false"), ("remm", "setDefaultValue", "false"),
    ("u", "component", "URL"), ("u", "stripWww", "false"), ("aev", "setDefaultValue", "false"),
    ("j", "setDefaultValue", "false"), ("remm", "replaceAfterMatch", "false"),
}  # fmt: skip
_SPECIAL = re.compile(r"(?<!\\)[\^$.|?*+()\[\]{}]")


class Found(NamedTuple):
    """One event of a tag, and what it means."""

    tag: str
    platform: str
    meaning: Meaning


def meanings(data: Any, others: Any = None) -> list[Found]:
    """All GA4 events and Meta events of a container."""
    reader = _Reader(data, others)
    return [*reader.ga4(), *reader.meta()]


class _Reader:
    def __init__(self, data: Any, others: Any) -> None:
        self.container = container_of(data)
        self.variables: dict[str, Entity] = {}
        for container in (container_of(others) if others else None, self.container):
            if container:
                self.variables |= {v.name: v for v in container.of("variable")}
        self.triggers = {t.id: t for t in self.container.of("trigger")}
        self.tags = list(self.container.of("tag"))

    # --- values

    def value(self, written: str, seen: tuple[str, ...] = ()) -> Any:
        """A text with references, each as what it refers to."""
        parts = _REFERENCE.split(written)
        said = [self.named(p, seen) if n % 2 else ("text", p) for n, p in enumerate(parts)]
        said = [p for p in said if p != ("text", "")]
        if not said:
            return ("text", "")
        return said[0] if len(said) == 1 else ("joined", *said)

    def named(self, name: str, seen: tuple[str, ...] = ()) -> Any:
        if name in seen:
            return ("circle", name)
        if name in self.variables:
            return self.variable(self.variables[name], (*seen, name))
        if name == "_event":
            return ("e",)
        for built_in in BUILT_INS.values():
            if built_in.name == name:
                return _MADE_OF.get(built_in.type, ("built-in", built_in.type))
        return ("missing", name)

    def variable(self, variable: Entity, seen: tuple[str, ...]) -> Any:
        kind = variable.type
        shape = tuple(
            (key, self.data(value, seen))
            for key, value in sorted(mapping(variable.data.get("formatValue")).items())
        )
        if kind == "c" and not shape:
            value = variable.parameter("value")
            return self.value(value.value if value else "", seen)
        if kind == "jsm":
            code = variable.parameter("javascript")
            made = self.function(code.value if code else "", seen)
            return ("formatted", made, shape) if shape else made
        settings = []
        given = {text(mapping(p).get("key")): p for p in items(variable.data.get("parameter"))}
        no_default = self.plain(given.get("setDefaultValue")) != "true"
        for key, parameter in sorted(given.items()):
            plain = self.plain(parameter)
            if (kind, key, plain) in _DEFAULTS and (kind, key) != ("u", "component"):
                continue
            if key == "defaultValue" and no_default:
                continue
            settings.append((key, self.data(parameter, seen)))
        if kind == "u" and settings == [("component", "URL")]:
            return ("u", ("component", "URL"))
        found = (kind, *settings)
        return ("formatted", found, shape) if shape else found

    def plain(self, parameter: Any) -> str:
        return text(mapping(parameter).get("value"))

    def data(self, parameter: Any, seen: tuple[str, ...]) -> Any:
        if isinstance(parameter, str):
            return parameter
        given = mapping(parameter)
        if "list" in given:
            return tuple(self.data(item, seen) for item in items(given["list"]))
        if "map" in given:
            cells = items(given["map"])
            return tuple(sorted((text(mapping(c).get("key")), self.data(c, seen)) for c in cells))
        written = given.get("value", "")
        said = self.value(written, seen) if isinstance(written, str) else ("odd", repr(written))
        return said[1] if said[0] == "text" else said

    def function(self, code: str, seen: tuple[str, ...]) -> Any:
        """A Custom JavaScript variable: what it returns when that is all it does."""
        said = self.code(code, seen)
        start, end = ("function", "(", ")", "{"), ("}",)
        if said[:4] != start or said[-1:] != end:
            return ("js", said)
        body = list(said[4:-1])
        while body and body[-1] == ";":
            body.pop()
        if len(body) == 2 and body[0] == "return" and isinstance(body[1], tuple):
            return body[1]
        if len(body) == 2 and body[0] == "return" and re.fullmatch(r"\d+(\.\d+)?", body[1]):
            return ("literal", float(body[1]))
        if body[:1] == ["return"] and all(
            part == "+" if n % 2 else isinstance(part, tuple) for n, part in enumerate(body[1:])
        ):
            parts = [p[1] if p[0] == "string" else p for p in body[1::2]]
            return ("joined", *(p for p in parts if p != ("text", "")))
        return ("js", tuple(body))

    def code(self, code: str, seen: tuple[str, ...] = ()) -> tuple[Any, ...]:
        """Code as tokens; blanks and comments do not count."""
        said: list[Any] = []
        for piece in pieces_of(code):
            if piece.kind == REFERENCE:
                said.append(self.named(piece.value, seen))
            elif piece.kind == "text":
                said.append(("string", self.value(piece.value, seen)))
            else:
                said.append(piece.text)
        return tuple(said)

    # --- triggers

    def firing(self, tag: Entity) -> frozenset[Any]:
        ids = [id_text(one) for one in items(tag.data.get("firingTriggerId"))]
        return frozenset(t for one in ids for t in self.trigger(one))

    def trigger(self, number: str, seen: tuple[str, ...] = ()) -> list[Any]:
        if number in _SYSTEM:
            return [(_SYSTEM[number], frozenset(), ())]
        trigger = self.triggers.get(number)
        if trigger is None or number in seen:
            return [("missing", frozenset(), ())]
        tests = frozenset(self.tests(trigger, "customEventFilter", "filter"))
        return [(trigger.type, tests, s) for s in self.settings(trigger, (*seen, number))]

    def tests(self, trigger: Entity, *fields: str) -> list[Any]:
        found = []
        for field in fields:
            for condition in items(trigger.data.get(field)):
                said = self.test(mapping(condition))
                if said:
                    found.append(said)
        return found

    def test(self, condition: dict[str, Any]) -> Any:
        given = {
            text(mapping(p).get("key")): self.plain(p) for p in items(condition.get("parameter"))
        }
        kind, left = text(condition.get("type")), self.value(given.get("arg0", "").strip())
        right, negate = self.value(given.get("arg1", "")), given.get("negate") == "true"
        small = given.get("ignore_case") == "true" and kind == "MATCH_REGEX"
        if right[0] == "text":
            pattern = right[1]
            if kind == "MATCH_REGEX" and not small:
                kind, pattern = _simple(pattern, always_there=left == ("e",))
            if kind == "CSS_SELECTOR":
                parts = sorted({part.strip() for part in _listed(pattern)})
                pattern = ", ".join(parts)
            # true for everything that is there
            everything = kind == "CONTAINS" and pattern == ""
            if everything and not negate:
                return None
            right = ("text", pattern)
        return (kind, left, right, negate, small)

    def settings(self, trigger: Entity, seen: tuple[str, ...]) -> list[Any]:
        kind = trigger.type
        own = {text(mapping(p).get("key")): p for p in items(trigger.data.get("parameter"))}
        said = {key: self.plain(p) for key, p in own.items()}
        flat = {key: self.plain(trigger.data.get(key)) for key in (
            "waitForTags", "checkValidation", "waitForTagsTimeout", "interval", "limit",
            "eventName")}  # fmt: skip
        pages = frozenset(self.tests(trigger, "autoEventFilter"))
        if kind in ("LINK_CLICK", "FORM_SUBMISSION"):
            checked = flat["checkValidation"] == "true"
            if flat["waitForTags"] != "true":
                return [(checked,)]
            return [(checked, flat["waitForTagsTimeout"], pages)]
        if kind == "TIMER":
            name = flat["eventName"] or "gtm.timer"
            return [(name, flat["interval"], flat["limit"] or "0", pages)]
        if kind == "ELEMENT_VISIBILITY":
            element = self.value(said.get("elementSelector", ""))
            if said.get("selectorType") == "ID":
                element = ("text", f'[id="{said.get("elementId", "")}"]')
            long = said.get("useOnScreenDuration") == "true" and said.get("onScreenDuration")
            watch = said.get("useDomChangeListener") == "true"
            often = said.get("firingFrequency")
            return [(element, said.get("onScreenRatio"), long or "0", watch, often)]
        if kind == "SCROLL_DEPTH":
            return [
                (way, units, tuple(sorted(said.get(f"{way}Thresholds{units}", "").split(","))))
                for way in ("vertical", "horizontal")
                if said.get(f"{way}ThresholdOn") == "true"
                for units in [said.get(f"{way}ThresholdUnits", "").capitalize()]
            ]
        if kind == "YOU_TUBE_VIDEO":
            flags = tuple(k for k in ("captureStart", "captureComplete", "capturePause",
                                      "fixMissingApi") if said.get(k) == "true")  # fmt: skip
            timed = said.get("radioButtonGroup1") == "TIME_ELAPSED"
            key = "progressThresholdsTimeInSeconds" if timed else "progressThresholdsPercent"
            marks = said.get(key, "") if said.get("captureProgress") == "true" else ""
            return [(flags, timed and bool(marks), tuple(sorted(marks.split(","))))]
        if kind == "TRIGGER_GROUP":
            members = items(mapping(own.get("triggerIds")).get("list"))
            return [frozenset(t for m in members for t in self.trigger(self.plain(m), seen))]
        return [()]

    def exceptions(self, tag: Entity, firing: frozenset[Any]) -> frozenset[Any]:
        """Each as the tests that must hold; one that can never block is none."""
        names = {self._name(kind, tests) for kind, tests, _ in firing}
        found = set()
        for number in map(id_text, items(tag.data.get("blockingTriggerId"))):
            for kind, tests, _ in self.trigger(number):
                if kind == "CUSTOM_EVENT":
                    found.add(frozenset(tests))
                elif (name := _EVENTS.get(kind, kind)) in names:
                    own = set() if names == {name} else {_event_is(name)}
                    found.add(frozenset(tests | own))
        return frozenset(found)

    def _name(self, kind: str, tests: frozenset[Any]) -> str:
        if kind != "CUSTOM_EVENT":
            return _EVENTS.get(kind, kind)
        said = [t[2][1] for t in tests if t[:2] == ("EQUALS", ("e",)) and t[2][0] == "text"]
        return said[0] if said else ""

    # --- tags

    def common(self, tag: Entity, consent: frozenset[str]) -> Meaning:
        firing = self.firing(tag)
        once = tag.data.get("tagFiringOption", "ONCE_PER_EVENT")
        if firing and {kind for kind, _, _ in firing} <= _ONCE_A_PAGE and len(firing) == 1:
            once = "ONCE_PER_LOAD"  # there is no second time
        return {
            "triggers": firing,
            "exceptions": self.exceptions(tag, firing),
            "consent": consent,
            "once": once,
            "paused": tag.data.get("paused") is True,
        }

    def consent(self, tag: Entity) -> frozenset[str]:
        said = mapping(tag.data.get("consentSettings"))
        if said.get("consentStatus") != "NEEDED":
            return frozenset()
        types = items(mapping(said.get("consentType")).get("list"))
        return frozenset(self.plain(one) for one in types)

    def ga4(self) -> list[Found]:
        tags = {tag.name: tag for tag in self.tags}
        found = []
        for tag in self.tags:
            if tag.type != "gaawe":
                continue
            given = {p: tag.parameter(p) for p in (
                "eventName", "measurementIdOverride", "measurementId", "sendEcommerceData",
                "eventSettingsVariable", "userDataVariable", "enhancedUserId")}  # fmt: skip
            said = {key: p.value if p else "" for key, p in given.items()}
            destination = said["measurementIdOverride"]
            if not destination and said["measurementId"]:
                by_tag = tags.get(said["measurementId"])
                own = by_tag.parameter("measurementId") if by_tag else None
                destination = own.value if own else ""
            shared = self._shared(said["eventSettingsVariable"])
            rows = dict([*shared[0], *self._rows(tag, "eventSettingsTable"),
                         *self._rows(tag, "eventParameters")])  # fmt: skip
            properties = dict([*shared[1], *self._rows(tag, "userProperties")])
            user = said["userDataVariable"] if said["enhancedUserId"] == "true" else ""
            found.append(Found(tag.name, "ga4", {
                "event": self.value(said["eventName"]),
                "destination": self.value(destination),
                "ecommerce": said["sendEcommerceData"] == "true",
                "parameters": rows,
                "user properties": properties,
                "user data": self.value(user),
                **self.common(tag, self.consent(tag)),
            }))  # fmt: skip
        return found

    def _shared(self, written: str) -> tuple[list[Any], list[Any]]:
        if not written:
            return [], []
        name = _REFERENCE.fullmatch(written)
        variable = self.variables.get(name[1]) if name else None
        if variable is None or variable.type != "gtes":
            return [("*", self.value(written))], []
        rows = self._rows(variable, "eventSettingsTable")
        return rows, self._rows(variable, "userProperties")

    def _rows(self, entity: Entity, key: str) -> list[Any]:
        table = entity.parameter(key)
        rows = []
        for row in items(table.data.get("list") if table else None):
            cells = {
                text(mapping(c).get("key")): self.plain(c) for c in items(mapping(row).get("map"))
            }
            name = cells.get("parameter", cells.get("name", ""))
            if name:
                value = cells.get("parameterValue", cells.get("value", ""))
                rows.append((self.value(name), self.value(value)))
        return rows

    # --- Meta

    def meta(self) -> list[Found]:
        """By tag; a call that hangs on a condition in the code is all of the code."""
        by_place = {tag.route: tag for tag in self.tags}
        starts, needs = self._pixels()
        found = []
        for tag in self.tags:
            if tag.type == "html":
                found += self._calls(tag, starts, needs)
        for event in meta_events(_running(self.container)):
            if event.template:
                tag = by_place[event.tag.route]
                found.append(self._template(tag, event))
        return found

    def _pixels(self) -> tuple[frozenset[Any], frozenset[str]]:
        pixels: set[Any] = set()
        needs: list[frozenset[str]] = []
        for tag in self.tags:
            code = tag.parameter("html") if tag.type == "html" else None
            for call in calls_in(code.value) if code else ():
                if call.command == "init" and call.arguments:
                    pixels.add(self.argument(call.arguments[0]))
                    needs.append(self.consent(tag))
        return frozenset(pixels), frozenset.intersection(*needs) if needs else frozenset()

    def _calls(self, tag: Entity, starts: frozenset[Any], needs: frozenset[str]) -> list[Found]:
        html = tag.parameter("html")
        calls = calls_in(_unwrapped(html.value)) if html else ()
        events = [c for c in calls if c.command.startswith("track") or not c.command]
        if not events or html is None:
            return []
        queued = "tagkitQueue" in html.value  # runs when the pixel has started
        gate = re.search(r'tagkitGates.*gates\["([a-z_ ]+)"\]', html.value)
        consent = self.consent(tag) | needs | frozenset(gate[1].split() if gate else ())
        common = self.common(tag, consent)
        chosen = len(events) == 1 and not events[0].command
        if chosen and (said := self._chosen(html.value, events[0], starts)):
            return [Found(tag.name, "meta", {**said, **common})]
        if not queued and any(c.depth for c in events):
            tokens = tuple(self.code(code) for code in scripts_in(html.value))
            return [Found(tag.name, "meta", {"event": ("code", tokens), **common})]
        said = [self._call(call, html.value, starts) for call in events]
        unique = []
        for one in said:  # the same event to several pixels
            same = [u for u in unique if {**u, "pixels": 0} == {**one, "pixels": 0}]
            if same:
                same[0]["pixels"] |= one["pixels"]
            else:
                unique.append(one)
        return [Found(tag.name, "meta", {**one, **common}) for one in unique]

    def _call(self, call: Call, html: str, starts: frozenset[Any]) -> Meaning:
        single = call.command.startswith("trackSingle")
        rest = list(call.arguments[1:] if single else call.arguments)
        pixels = frozenset({self.argument(call.arguments[0])}) if single else starts
        rest += [Value(OBJECT)] * (3 - len(rest))
        name, properties, options = rest[0], rest[1], rest[2]
        ids = [v for k, v in options.entries if k in ("eventID", "event_id")]
        if properties.kind == OBJECT and properties.whole:
            given = {k: self.argument(v, html) for k, v in properties.entries}
        else:
            given = {"*": self.argument(properties, html)}
        return {
            "event": self.argument(name, html),
            "pixels": pixels,
            "properties": {k: v for k, v in given.items() if v != ("text", "undefined", 0)},
            "event id": self._event_id(ids[0], html) if ids else ("text", ""),
        }

    def _chosen(self, html: str, call: Call, starts: frozenset[Any]) -> Meaning | None:
        """``method = known[name] ? 'track' : 'trackCustom'``, the ID in options if there is one."""
        method = re.search(r"fbq\((\w+), (\w+), (\w+), (\w+)\)", html)
        if (
            not method
            or f"{method[1]} = standard[{method[2]}] ? 'track' : 'trackCustom'" not in html
        ):
            return None
        given = re.search(rf"{method[4]}\.eventID = (\w+);", html)
        named = re.search(rf"var {given[1]} = (.+);", html) if given else None
        name = re.search(rf"var {method[2]} = (.+);", html)
        properties = call.arguments[1]
        if not named or not name or not properties.whole:
            return None
        return {
            "event": self._one(name[1]),
            "pixels": starts,
            "properties": {k: self.argument(v, html) for k, v in properties.entries},
            "event id": self._one(named[1]),
        }

    def _event_id(self, value: Value, html: str) -> Any:
        """The ID, also where the code gives it a name before it waits for the pixel."""
        named = re.search(r"var properties = .*, id = (.+);\n", html)
        if named and value.kind == CODE and value.code == "id":
            return self._one(named[1])
        return self.argument(value, html)

    def _one(self, code: str) -> Any:
        """An expression as the argument that it would be."""
        call = calls_in(f"<script>fbq('track', {code})</script>")[0]
        return self.argument(call.arguments[0])

    def argument(self, value: Value, html: str = "") -> Any:
        if value.reference:
            return self.named(value.reference)
        if value.kind == TEXT:
            return self.value(value.text)
        if value.kind == "literal":
            try:
                return ("literal", float(value.text))
            except ValueError:
                return ("literal", value.text)
        code = getattr(value, "code", "") or value.text
        if not code:
            return ("code", html)
        said = self.code(code)
        known = {t.text for t in pieces_of(code) if t.kind == "word"}
        # what the code of the tag defines for it
        before = self._before(html, known)
        return ("js", (*before, "return", *said))

    def _before(self, html: str, known: set[str]) -> tuple[Any, ...]:
        for script in scripts_in(html):
            match = re.search(r"\b(?:window\.)?fbq\s*\(", script)
            if match and any(re.search(rf"\b(?:function|var)\s+{re.escape(w)}\b",
                                       script[: match.start()]) for w in known):  # fmt: skip
                return self.code(script[: match.start()])
        return ()

    def _template(self, tag: Entity, event: Any) -> Found:
        pixels = tag.parameter("pixelId") or tag.parameter("pixelIds")
        ids = (pixels.value if pixels else "").split(",")
        name = ("code", self.data({"map": tag.data.get("parameter", [])}, ()))
        return Found(tag.name, "meta", {
            "event": self.argument(event.name) if event.name.kind != CODE else name,
            "pixels": frozenset(self.value(one.strip()) for one in ids),
            "properties": {p.name: self.argument(p.value) for p in event.properties}
            | ({} if event.whole else {"*": ("template",)}),
            "event id": self.argument(event.event_id) if event.event_id else ("text", ""),
            **self.common(tag, self.consent(tag)),
        })  # fmt: skip


def _running(container: Container) -> Container:
    """The same with no tag paused, as readers leave those out."""
    data = copy.deepcopy(container.root)
    version = mapping(mapping(data).get("containerVersion")) or mapping(data)
    for tag in items(version.get("tag")):
        mapping(tag).pop("paused", None)
    return container_of(data)


def _unwrapped(html: str) -> str:
    """The code without a function that is called at once around it, and without ``try``."""
    said = re.sub(
        r"(?s)<script>\s*\(function \(\) \{(.*)\}\)\(\);?\s*</script>", r"<script>\1</script>", html
    )
    return re.sub(r"try \{(.*?)\} catch \(\w+\) \{\}", r"\1", said)


def _event_is(name: str) -> Any:
    return ("EQUALS", ("e",), ("text", name), False, False)


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


def _listed(selector: str) -> list[str]:
    return selector.split(",") if "(" not in selector and "[" not in selector else [selector]
