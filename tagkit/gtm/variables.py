"""Sources -> variables of a container, each once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tagkit.gtm.built_ins import BUILT_INS
from tagkit.gtm.names import digest
from tagkit.gtm.spelling import Entity, flag, integer, table, text
from tagkit.program.bodies import READS_NUMBERS, body_of
from tagkit.rendering import js, render
from tagkit.values import (
    BuiltIn,
    Clicked,
    Cookie,
    DataLayer,
    Defaulted,
    Ecommerce,
    Element,
    EventId,
    Formatted,
    Global,
    Gtm,
    JavaScript,
    Literal,
    Lookup,
    Named,
    OwnPush,
    Pushed,
    Scalar,
    Source,
    ToNumber,
    Typed,
    Url,
    identity,
)

if TYPE_CHECKING:
    from tagkit.gtm.names import Names

_BUILT_IN_TYPES = {
    "page_referrer": "REFERRER",
    "scroll_direction": "SCROLL_DEPTH_DIRECTION",
    "percent_visible": "ELEMENT_VISIBILITY_RATIO",
    "on_screen_duration": "ELEMENT_VISIBILITY_TIME",
}
_URL_BUILT_INS = {"full": "page_url", "host": "page_hostname", "path": "page_path"}
_URL_COMPONENTS = {"full": "URL"}
_LIKE_JSON = re.compile(r"-?[\d.eE+-]+|true|false|null")
_PLAIN = frozenset({"gtcs", "gtes", "j"})
"""Types that GTM writes without formatValue."""


class Variables:
    """The variables a container needs, found while its tags and triggers are written."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[str, str] = {}
        self._entities: dict[str, Entity] = {}
        self.built_ins: set[str] = set()

    @property
    def entities(self) -> list[Entity]:
        """The variables, without ids."""
        return list(self._entities.values())

    def add(self, name: str, entity: Entity) -> str:
        """A variable of the container's own, such as the measurement ID; its reference."""
        self._entities[name] = {"name": name, **entity}
        return f"{{{{{name}}}}}"

    def text_of(self, source: Source) -> str:
        """The source as a TEMPLATE value: text, or a reference.

        A number or a text with ``{{`` is behind a variable: GTM would send the number as text
        and read the text as a reference.
        """
        if isinstance(source, Literal):
            value = source.value
            if isinstance(value, str) and "{{" not in value:
                return value
            if isinstance(value, bool):
                return "true" if value else "false"
        if isinstance(source, Gtm):
            self._list_built_ins(source.text)
            return source.text
        return self.reference(source)

    def js_of(self, source: Source) -> str:
        """The source as a JavaScript expression in code that GTM reads, references unquoted."""
        if isinstance(source, Literal):
            return js(source.value)
        return self.reference(source)

    def literal_text(self, value: str) -> str:
        """A text of the plan that is to stay text."""
        return self.text_of(Literal(value))

    def reference(self, source: Source) -> str:
        """``{{the variable}}`` that gives the source's value."""
        match source:
            case BuiltIn(name=name):
                built_in = BUILT_INS[_BUILT_IN_TYPES.get(name, name.upper())]
                self.built_ins.add(built_in.type)
                return f"{{{{{built_in.name}}}}}"
            case Url(part=part, key="", of=None) if part in _URL_BUILT_INS:
                return self.reference(BuiltIn(_URL_BUILT_INS[part]))
            case Gtm(text=mixed):
                self._list_built_ins(mixed)
                if _is_reference(mixed):
                    return mixed
                joined = JavaScript(f"function() {{ return {_joined(mixed)}; }}")
                return self.reference(joined)
            case Named(source=BuiltIn() | Gtm() | Named() as inner):
                return self.reference(inner)
        key = identity(source)
        if key not in self._known:
            self._known[key] = self._make(source)
        return self._known[key]

    def _list_built_ins(self, text: str) -> None:
        """A built-in variable that the author refers to by name must be listed, too."""
        for built_in in BUILT_INS.values():
            if f"{{{{{built_in.name}}}}}" in text and "WEB" in built_in.contexts:
                self.built_ins.add(built_in.type)

    def _make(self, source: Source) -> str:
        kind, label = _label(source)
        inner = source.source if isinstance(source, Named) else source
        name = self._names.variable(kind, label)
        if not kind:
            name = name.replace(" - - ", " - ")
        if name in self._entities:  # a pattern without {kind}
            name = f"{name} {digest(identity(source))[:6]}"
        self._entities[name] = {}  # taken, before what it is made of looks for a name
        return self.add(name, self._entity(inner))

    def _entity(self, source: Source) -> Entity:
        match source:
            case DataLayer(key=key, version=2, said=False) if key.startswith("ecommerce."):
                pass  # after {ecommerce: null} GTM's own variable would give false (measured)
            case DataLayer(key=key, version=version):
                return _variable(
                    "v",
                    integer(version, "dataLayerVersion"),
                    flag("setDefaultValue", value=False),
                    text(self.literal_text(key), "name"),
                )
            case Defaulted(
                source=DataLayer(key=key, version=version, said=said), default=str() as default
            ) if default and "{{" not in default and (said or not key.startswith("ecommerce.")):
                return _variable(
                    "v",
                    integer(version, "dataLayerVersion"),
                    flag("setDefaultValue", value=True),
                    text(default, "defaultValue"),
                    text(self.literal_text(key), "name"),
                )
            case Cookie(name=name, decode=decode):
                return _variable(
                    "k", flag("decodeCookie", decode), text(self.literal_text(name), "name")
                )
            case Url(part=part, key=key, of=of):
                component = _URL_COMPONENTS.get(part, part.upper())
                return _variable(
                    "u",
                    text(component, "component"),
                    text(self.literal_text(key), "queryKey") if key else None,
                    text(self.reference(of), "customUrlSource") if of else None,
                )
            case Global(path=path):
                return _variable("j", text(self.literal_text(path.removeprefix("window.")), "name"))
            case JavaScript(code=code):
                self._list_built_ins(code)
                return _variable("jsm", text(code, "javascript"))
            case Lookup():
                return self._lookup(source)
            case Literal(value=str() as value) if value and "{{" not in value:
                return _variable("c", text(value, "value"))
            case Formatted():
                return self._formatted(source)
        return _variable("jsm", text(self._code(source), "javascript"))

    def _lookup(self, lookup: Lookup) -> Entity:
        default = self.text_of(lookup.default) if lookup.default else ""
        rows = [
            (self.literal_text(_key(key, lookup)), self.text_of(row)) for key, row in lookup.rows
        ]
        start = [
            flag("setDefaultValue", value=bool(default)),
            text(self.text_of(lookup.source), "input"),
        ]
        ends = [
            text(default, "defaultValue") if default else None,
            flag("ignoreCase", lookup.ignore_case) if lookup.regex else None,
            table("map", ("key", "value"), rows),
        ]
        if not lookup.regex:
            return _variable("smm", *start, *ends)
        flags = [
            flag("fullMatch", lookup.full_match),
            flag("replaceAfterMatch", lookup.replace),
        ]
        return _variable("remm", *start, *flags, *ends)

    def _formatted(self, formatted: Formatted) -> Entity:
        if isinstance(formatted.source, BuiltIn | Gtm | Literal | Named):
            code = f"function() {{ return {self.js_of(formatted.source)}; }}"
            entity = _variable("jsm", text(code, "javascript"))
        else:
            entity = self._entity(formatted.source)
        said: Entity = {}
        if formatted.case:
            said["caseConversionType"] = f"{formatted.case.upper()}CASE"
        for name, value in (
            ("convertNullToValue", formatted.null_as),
            ("convertUndefinedToValue", formatted.undefined_as),
            ("convertTrueToValue", formatted.true_as),
            ("convertFalseToValue", formatted.false_as),
        ):
            if value is not None:
                said[name] = text(self.text_of(Literal(value)))
        return {**entity, "formatValue": said}

    def _code(self, source: Source) -> str:
        """A Custom JavaScript variable over another value; the body is a template's."""
        name, over, values = body_of(source)
        given = []
        if isinstance(source, Ecommerce) and source.of is not None:
            given.append(f"  var v = {{items: {self.js_of(source.of)}}};")
        elif over is not None:
            given.append(f"  var v = {self.js_of(over)};")
        if isinstance(source, Pushed):  # for an event whose push cannot be found
            given.append(f"  var known = {self.js_of(DataLayer(source.key))};")
        if name in READS_NUMBERS:
            given.append(f"  var toNumber = {self.js_of(ToNumber())};")
        body = render(f"values/{name}.js.j2", **values)
        return "\n".join(["function() {", *given, body, "}"])


def _variable(kind: str, *parameters: Entity | None) -> Entity:
    entity: Entity = {"type": kind, "parameter": [p for p in parameters if p is not None]}
    if kind not in _PLAIN:
        entity["formatValue"] = {}
    return entity


def _key(key: str, lookup: Lookup) -> str:
    """A row's pattern; fullMatch puts ^ and $ around it without a group (measured)."""
    return f"(?:{key})" if lookup.regex and lookup.full_match and "|" in key else key


def _label(source: Source) -> tuple[str, str]:
    """The kind and the name by which people know a source."""
    match source:
        case Named(name=name, source=inner):
            return "", f"{name}{_bound(inner)}"
        case DataLayer(key=key, version=version):
            return "DLV", key if version == 2 else f"{key} (v1)"  # noqa: PLR2004
        case Pushed(key=key):
            return "Pushed", key
        case Ecommerce(field=field, of=of):
            return "CJS", f"{_label(of)[1] if of else 'ecommerce'} {field}"
        case Url(part=part, key=key, of=of):
            over = f" of {_label(of)[1]}" if of else ""
            return "URL", f"{part} {key}".strip() + over
        case Cookie(name=name, decode=decode):
            return "Cookie", f"{name} decoded" if decode else name
        case Element(css=css, attribute=attribute):
            return "Element", f"{css} @{attribute}" if attribute else css
        case Clicked(field=field, css=css):
            return "Clicked", f"{field} of {css}" if css else field
        case BuiltIn(name=name):
            return "Built-in", name.replace("_", " ")
        case Global(path=path):
            return "JS", path
        case Literal(value=value):
            return "Constant", _shown(value)
        case Typed(source=inner, type=kind):
            return str(kind).capitalize(), _label(inner)[1]
        case Defaulted(source=inner, default=default):
            return _label(inner)[0], f"{_label(inner)[1]} or {_shown(default)}"
        case Lookup(source=inner):
            return "Lookup", f"{_label(inner)[1]} {digest(identity(source))[:6]}"
        case EventId():
            return "CJS", "event ID"
        case ToNumber(label=label):
            return "CJS", label
        case OwnPush():
            return "CJS", "own push"
        case Formatted(source=inner):
            return _label(inner)[0], f"{_label(inner)[1]} {digest(identity(source))[:6]}"
        case JavaScript() | Gtm():
            return "CJS", digest(identity(source))[:6]


def _bound(source: Source) -> str:
    """Which clicks a declared variable is bound to; for each there is one, with its own name."""
    match source:
        case Clicked(css=css):
            return f" of {css or 'link or button'}"
        case Typed() | Defaulted() | Formatted() | Named():
            return _bound(source.source)
        case Url(of=of) if of is not None:
            return _bound(of)
        case Lookup(source=inner, rows=rows, default=default):
            parts = [inner, *(row for _, row in rows), *([default] if default else [])]
            return next(filter(None, map(_bound, parts)), "")
    return ""


def _shown(value: Scalar) -> str:
    """The value in a name; a text that looks like a number is told apart from the number."""
    if isinstance(value, str) and not _LIKE_JSON.fullmatch(value):
        return value
    return json.dumps(value)


def _is_reference(reference: str) -> bool:
    return reference.startswith("{{") and reference.endswith("}}") and reference.count("{{") == 1


def _joined(mixed: str) -> str:
    """Text with references as a JavaScript expression that joins them."""
    parts = []
    for index, part in enumerate(mixed.split("{{")):
        if index == 0:
            parts.append(js(part))
            continue
        name, _, rest = part.partition("}}")
        parts += [f"{{{{{name}}}}}", js(rest)]
    return " + ".join(part for part in parts if part != '""')
