"""Variables of a container as sources of the plan.

What the language says exactly is said where it is used, or declared once when it is long. What it
cannot say stays in the container and is referred to: ``gtm: "{{Name}}"``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING

from tagkit.adopt.model import CannotSayError, Json, stop
from tagkit.adopt.reading import REFERENCE, plain, setting
from tagkit.gtm.built_ins import BUILT_INS, WEB
from tagkit.gtm.container import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.adopt.reading import Reading
    from tagkit.gtm.container import Entity

_OTHER_NAMES = {
    "REFERRER": "page_referrer",
    "SCROLL_DEPTH_DIRECTION": "scroll_direction",
    "ELEMENT_VISIBILITY_RATIO": "percent_visible",
    "ELEMENT_VISIBILITY_TIME": "on_screen_duration",
}
_NOT_SAID = frozenset({"HTML_ID", "ANALYTICS_CLIENT_ID", "ANALYTICS_SESSION_ID",
                       "ANALYTICS_SESSION_NUMBER"})  # fmt: skip
BUILT_IN_NAMES = MappingProxyType(
    {
        built_in.name: _OTHER_NAMES.get(built_in.type, built_in.type.lower())
        for built_in in BUILT_INS.values()
        if WEB in built_in.contexts and built_in.type not in _NOT_SAID
    }
)
"""What a reference to a built-in variable is in the plan."""

_COMPONENTS = {
    "URL": "full", "PROTOCOL": "protocol", "HOST": "host", "PORT": "port", "PATH": "path",
    "EXTENSION": "extension", "QUERY": "query", "FRAGMENT": "fragment",
}  # fmt: skip
_OF_PAGE = {"full": "page_url", "host": "page_hostname", "path": "page_path"}
_GLOBAL = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(\.[A-Za-z0-9_$]+)*")
_FUNCTION = re.compile(r"\s*function\s*\(\s*\)\s*\{")
_NUMBER = re.compile(
    r"function\s*\(\s*\)\s*\{\s*return\s+(-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?);?\s*\}"
)
LONGEST = 1500
"""Characters of code that a plan takes over; more stays in the container."""
_DEEPEST = 50
"""Variables of variables that are followed."""
_FORMATS = {
    "convertNullToValue": "null_as", "convertUndefinedToValue": "undefined_as",
    "convertTrueToValue": "true_as", "convertFalseToValue": "false_as",
}  # fmt: skip
_ODD_LETTERS = re.compile(r"[^A-Za-z0-9_ .-]+")


class Sources:
    """Texts and references as sources. ``declared`` is the plan's ``variables``.

    ``kept``: the variables that stay in the container, each with the reason.
    """

    def __init__(self, reading: Reading, refused: Mapping[str, str]) -> None:
        self._reading = reading
        self._refused = refused
        self._labels: dict[str, str] = {}
        self._reasons: dict[str, str] = {}
        self._said: dict[str, Json] = {}
        self._opened: list[str] = []
        self.declared: dict[str, Json] = {}
        self.kept: dict[str, str] = {}

    def of(self, written: str) -> Json:
        """The source for a text as GTM has it in a field."""
        if "{{" not in written:
            return written
        whole = REFERENCE.fullmatch(written)
        if whole:
            return self.named(whole[1])
        names = REFERENCE.findall(written)
        if not names:
            stop(f"'{written}' has braces that name no variable")
        for name in names:
            self._keep(name)
        return {"gtm": written}

    def named(self, name: str) -> Json:
        """The source for ``{{name}}``."""
        if name not in self._said:
            said = self._read(name)
            if name in self._opened:
                return self._refer(name)
            self._said[name] = said if said is not None else self._refer(name)
        said = self._said[name]
        if isinstance(said, dict) and "gtm" in said:
            self._keep(name)
        return said

    def literal(self, written: str) -> str | None:
        """The text when it is known: written out, or in a constant; else None."""
        if "{{" not in written:
            return written
        whole = REFERENCE.fullmatch(written.strip())
        variable = self._reading.variables.get(whole[1]) if whole else None
        if variable is None or variable.type != "c" or variable.data.get("formatValue"):
            return None
        value = setting(variable, "value")
        return None if "{{" in value else value

    def declare(self, name: str, source: Json) -> str:
        """The name under ``variables`` by which the source can be referred to."""
        if name in self._labels:
            return self._labels[name]
        label = _label(name)
        number, free = 1, label
        while free in self.declared:
            number += 1
            free = f"{label} {number}"
        self._labels[name] = free
        self.declared[free] = source
        return free

    def name_of(self, label: str) -> str | None:
        """The container's name of a declared variable."""
        return next((name for name, known in self._labels.items() if known == label), None)

    def keep_all(self, code: str) -> None:
        """Note the variables that code of the plan refers to."""
        for name in REFERENCE.findall(code):
            self._keep(name)

    def _refer(self, name: str) -> Json:
        return {"gtm": f"{{{{{name}}}}}"}

    def _keep(self, name: str) -> None:
        if name in self._reading.variables:
            self.kept[name] = self._reasons.get(name, "part of a longer text")
        elif name not in BUILT_IN_NAMES and name != "_event":
            self.kept[name] = "not in this file"

    def _read(self, name: str) -> Json | None:
        variable = self._reading.variables.get(name)
        if variable is None:
            if name == "_event":
                return {"built_in": "event"}
            return {"built_in": BUILT_IN_NAMES[name]} if name in BUILT_IN_NAMES else None
        if name in self._opened or len(self._opened) > _DEEPEST:
            self._reasons[name] = "it refers to itself, or to others too many deep"
            return None
        if name in self._refused:
            self._reasons[name] = self._refused[name]
            return None
        self._opened.append(name)
        try:
            source = self._source(variable)
        except CannotSayError as reason:
            self._reasons[name] = str(reason)
            return None
        finally:
            self._opened.pop()
        if _is_short(source):
            return source
        return {"variable": self.declare(name, source)}

    def _source(self, variable: Entity) -> Json:
        source = self._plain_source(variable)
        shape = self._format(variable)
        if not shape:
            return source
        if not isinstance(source, dict) or variable.type in ("f", "e"):
            stop("a format on such a variable")
        return {**source, "format": shape}

    def _plain_source(self, variable: Entity) -> Json:
        match variable.type:
            case "c":
                value = setting(variable, "value")
                return self.of(value) if "{{" not in value else stop("a constant with references")
            case "v":
                return _data_layer(variable)
            case "k":
                name = _said(variable, "name")
                decode = setting(variable, "decodeCookie") == "true"
                return {"cookie": name, "decode": True} if decode else {"cookie": name}
            case "j":
                path = _said(variable, "name")
                if not _GLOBAL.fullmatch(path):
                    stop("a global with signs in its name")
                return {"global": path}
            case "u":
                return self._url(variable)
            case "e":
                return {"built_in": "event"}
            case "f" if setting(variable, "component") in ("", "URL"):
                return {"built_in": "page_referrer"}
            case "jsm":
                return self._javascript(variable)
            case "smm" | "remm":
                return self._lookup(variable)
        what = "a custom template" if variable.type.startswith("cvt_") else f"'{variable.type}'"
        return stop(f"a kind of variable that the plan has no words for: {what}")

    def _url(self, variable: Entity) -> Json:
        if setting(variable, "stripWww") == "true" or variable.parameter("defaultPages"):
            stop("a URL with www. or default pages taken off")
        part = _COMPONENTS.get(setting(variable, "component") or "URL")
        if part is None:
            stop("an unknown part of a URL")
        key = setting(variable, "queryKey") if part == "query" else ""
        of = setting(variable, "customUrlSource")
        if "{{" in key:
            stop("a query parameter whose name is a reference")
        if of:
            whole = REFERENCE.fullmatch(of)
            if not whole:
                stop("a part of a text that is no reference")
            return {"url": f"{part}.{key}" if key else part, "of": self.named(whole[1])}
        if part in _OF_PAGE:
            return {"built_in": _OF_PAGE[part]}
        return {"url": f"{part}.{key}" if key else part}

    def _javascript(self, variable: Entity) -> Json:
        code = setting(variable, "javascript")
        return self.code(code)

    def code(self, code: str) -> Json:
        """A function of the author's own, when it can stand in a plan."""
        from tagkit import es5

        if number := _NUMBER.fullmatch(code.strip()):
            return json.loads(number[1])
        if not _FUNCTION.match(code) or es5.problem_of(code):
            stop("JavaScript that is not one ES5 function")
        if len(code) > LONGEST:
            stop("long JavaScript")
        others = [name for name in REFERENCE.findall(code) if name not in BUILT_IN_NAMES]
        if others:
            stop(f"JavaScript that uses the variable '{others[0]}'")
        return {"javascript": code}

    def _lookup(self, variable: Entity) -> Json:
        regex = variable.type == "remm"
        said: dict[str, Json] = {"input": self.of(_said(variable, "input", references=True))}
        table: dict[str, Json] = {}
        listed = variable.parameter("map")
        for row in items(listed.data.get("list") if listed else None):
            cells = {text(mapping(c).get("key")): plain(c) for c in items(mapping(row).get("map"))}
            key = cells.get("key", "")
            if not key or "{{" in key or key in table:
                stop("a table whose rows are no plain texts, or twice the same")
            table[key] = self.of(cells.get("value", ""))
        if not table:
            stop("a table without rows")
        said["table"] = table
        if setting(variable, "setDefaultValue") == "true":
            default = setting(variable, "defaultValue")
            if not default:
                stop("a table with an empty default")
            said["default"] = self.of(default)
        if not regex:
            return {"lookup": said}
        for key, name, usual in (("fullMatch", "full_match", True),
                                 ("ignoreCase", "ignore_case", True),
                                 ("replaceAfterMatch", "replace", False)):  # fmt: skip
            flag = variable.parameter(key)
            if flag is None and key != "replaceAfterMatch":
                stop("a table that does not say how it compares")
            holds = flag is not None and flag.value == "true"
            if holds is not usual:
                said[name] = holds
        if said.get("full_match", True) and any("|" in key for key in table):
            # GTM puts ^ and $ around the whole pattern, we around each alternative
            stop("a table with '|' in a pattern that must match in full")
        return {"regex_lookup": said}

    def _format(self, variable: Entity) -> dict[str, Json]:
        shape: dict[str, Json] = {}
        for key, value in mapping(variable.data.get("formatValue")).items():
            if key == "caseConversionType" and value in ("LOWERCASE", "UPPERCASE", "NONE"):
                if value != "NONE":
                    shape["case"] = "lower" if value == "LOWERCASE" else "upper"
            elif key in _FORMATS and "{{" not in plain(value):
                shape[_FORMATS[key]] = plain(value)
            else:
                stop(f"the format '{key}'")
        return shape


def references_in(source: Json) -> Iterator[str]:
    """The declared variables that a source is made of."""
    if isinstance(source, dict):
        for key, value in source.items():
            if key == "variable" and isinstance(value, str):
                yield value
            yield from references_in(value)
    elif isinstance(source, list):
        for one in source:
            yield from references_in(one)


def _data_layer(variable: Entity) -> Json:
    key = _said(variable, "name")
    version = setting(variable, "dataLayerVersion")
    if version not in ("1", "2"):
        stop("a data layer variable without a version")
    said: dict[str, Json] = {"data_layer": key}
    if version == "1" or key.startswith("ecommerce."):
        said["version"] = int(version)
    if setting(variable, "setDefaultValue") == "true":
        default = setting(variable, "defaultValue")
        if not default or "{{" in default:
            stop("a default that is empty or a reference")
        said["default"] = default
    return said


def _said(variable: Entity, key: str, *, references: bool = False) -> str:
    value = setting(variable, key)
    if not value or ("{{" in value and not references):
        stop("a setting that is empty or a reference")
    return value


def _is_short(source: Json) -> bool:
    """Whether it can stand where it is used."""
    if not isinstance(source, dict):
        return True
    long = ("javascript", "lookup", "regex_lookup", "of", "format")
    return not any(key in source for key in long)


def _label(name: str) -> str:
    plainer = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    label = " ".join(_ODD_LETTERS.sub(" ", plainer).split()).lstrip("0123456789_ .-").rstrip()
    return label or "variable"
