"""What the Meta Pixel tags of a container do: which pixels they start, which events they send.

Read alike from Custom HTML (``fbq(...)``) and from the two templates of the gallery that people
use: Meta's own (once Simo Ahava's) and Stape's. Paused tags do nothing and are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.fbq_calls import CODE, OBJECT, REFERENCE, TEXT, Call, Value, calls_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity, Parameter

# Command of fbq -> whether its first argument is the pixel.
EVENT_COMMANDS = {
    "track": False,
    "trackCustom": False,
    "trackSingle": True,
    "trackSingleCustom": True,
}
EVENT_ID_KEYS = ("eventID", "event_id")

_MARKS = {
    # A word of the template's code -> which template it is.
    "tmSimo-GTM-WebTemplate": "meta",
    "stape-gtm-": "stape",
}
_GALLERY_IDS = {"5RM3Q": "meta", "KFNBV": "stape"}
_REPOSITORIES = {
    "GoogleTagManager-WebTemplate-For-FacebookPixel": "meta",
    "facebook-pixel": "meta",
    "fb-tag": "stape",
}


class Property(NamedTuple):
    """A property of an event, and where its name and its value stand."""

    name: str
    value: Value
    name_route: Route
    value_route: Route


class MetaEvent(NamedTuple):
    """One event that a tag sends. ``sure``: no condition in the code stands before it.

    ``whole``: the properties are all that it can have. ``event_id`` is None when it has none;
    ``options``: the keys of fbq's last argument, where it is written out.
    """

    tag: Entity
    route: Route
    command: str
    pixel: Value | None
    name: Value
    properties: tuple[Property, ...]
    whole: bool
    event_id: Value | None
    options: tuple[str, ...] = ()
    sure: bool = True
    template: str = ""

    @property
    def custom(self) -> bool:
        """Whether it is sent as a custom event."""
        return self.command.endswith("Custom")

    def has(self, *names: str) -> bool:
        """Whether any of these properties is sent, or may be."""
        return not self.whole or any(sent.name in names for sent in self.properties)


class Start(NamedTuple):
    """A pixel that a tag starts. ``sure``: no condition in the code stands before it."""

    tag: Entity
    route: Route
    pixel: Value
    sure: bool
    template: str = ""


def is_web(container: Container) -> bool:
    """Whether the container is for web pages; a file that does not say is taken for one."""
    return not container.contexts or "WEB" in container.contexts


def live_tags(container: Container) -> Iterator[Entity]:
    """The tags of a web container that are not paused."""
    if is_web(container):
        for tag in container.of("tag"):
            if tag.data.get("paused") is not True:
                yield tag


@lru_cache(maxsize=1)
def fbq_tags(container: Container) -> tuple[tuple[Entity, Parameter, tuple[Call, ...]], ...]:
    """The Custom HTML tags that call fbq, and their calls. Kept, as each rule asks for them."""
    return tuple(
        (tag, code, calls)
        for tag in live_tags(container)
        if tag.type == "html" and (code := tag.parameter("html"))
        if (calls := calls_in(code.value))
    )


@lru_cache(maxsize=1)
def meta_events(container: Container) -> tuple[MetaEvent, ...]:
    """All events, tag by tag in the order of the file, first those of Custom HTML. Kept."""
    of_calls = (
        event_of_call(tag, code.value_route, call)
        for tag, code, calls in fbq_tags(container)
        for call in calls
    )
    of_templates = (_event_of_template(tag, template) for tag, template in template_tags(container))
    return (*(event for event in of_calls if event is not None), *of_templates)


def pixel_starts(container: Container) -> Iterator[Start]:
    """All pixels that are started."""
    for tag, code, calls in fbq_tags(container):
        for call in calls:
            if call.command == "init" and call.arguments:
                yield Start(tag, code.value_route, call.arguments[0], call.depth == 0)
    for tag, template in template_tags(container):
        parameter = tag.parameter("pixelId" if template == "meta" else "pixelIds")
        if parameter is not None and parameter.value:
            for one in parameter.value.split(","):
                yield Start(tag, parameter.value_route, value_of(one), sure=True, template=template)


def template_tags(container: Container) -> Iterator[tuple[Entity, str]]:
    """The tags made from a template for the Meta Pixel, and from which: "meta" or "stape"."""
    known = dict(_templates(container))
    for tag in live_tags(container):
        code = tag.type.removeprefix(vocabulary.TEMPLATE_TYPE_PREFIX)
        if code == tag.type:
            continue
        _, separator, local = code.rpartition("_")
        template = known.get(local if separator else code) or _GALLERY_IDS.get(code)
        if template:
            yield tag, template


def constants(container: Container) -> Mapping[str, str]:
    """The variables that hold one text, and it."""
    return {
        variable.name: value.value
        for variable in container.of("variable")
        if variable.type == "c" and (value := variable.parameter("value")) is not None
        if "{{" not in value.value
    }


def said(value: Value | None, known: Mapping[str, str]) -> str | None:
    """What a value is when that can be known: a literal, or a variable that holds one text."""
    if value is None:
        return None
    return known.get(value.reference) if value.reference else value.plain


def value_of(content: str) -> Value:
    """The content of a field of GTM: one ``{{name}}`` keeps its type, all else is text."""
    value = Value(TEXT, content)
    return Value(REFERENCE, value.quoted) if value.quoted else value


def event_of_call(tag: Entity, route: Route, call: Call) -> MetaEvent | None:
    """The event that a call of Custom HTML sends, if it sends one."""
    single = EVENT_COMMANDS.get(call.command)
    if single is None:
        return None
    arguments = call.arguments[1:] if single else call.arguments
    pixel = call.arguments[0] if single and call.arguments else None
    name = arguments[0] if arguments else Value(TEXT)
    sent = arguments[1] if len(arguments) > 1 else Value(OBJECT)
    options = arguments[2] if len(arguments) > 2 else None  # noqa: PLR2004 - the third
    return MetaEvent(
        tag,
        route,
        call.command,
        pixel,
        name,
        tuple(Property(key, value, route, route) for key, value in sent.entries),
        whole=sent.whole and (sent.kind == OBJECT or sent.text in {"null", "undefined"}),
        event_id=_event_id(options),
        options=tuple(key for key, _ in options.entries) if options else (),
        sure=call.depth == 0,
    )


def _event_id(options: Value | None) -> Value | None:
    """The event id in the options of a call; what cannot be seen counts as one."""
    if options is None or options.text in {"null", "undefined"}:
        return None
    for key, value in options.entries:
        if key in EVENT_ID_KEYS:
            return value
    return None if options.kind == OBJECT and options.whole else Value(CODE)


def _event_of_template(tag: Entity, template: str) -> MetaEvent:
    is_meta = template == "meta"
    name, custom = _template_name(tag, is_meta=is_meta)
    table = tag.parameter("objectPropertyList" if is_meta else "objectPropertiesList")
    pixels = tag.parameter("pixelId" if is_meta else "pixelIds")
    event_id = tag.parameter("eventId")
    written = event_id is not None and event_id.value
    return MetaEvent(
        tag,
        name.value_route,
        "trackSingleCustom" if custom else "trackSingle",
        value_of(pixels.value) if pixels else None,
        name.value,
        tuple(_rows(table)),
        whole=_is_off(tag, "objectPropertiesFromVariable")
        and (
            _is_off(tag, "enhancedEcommerce") and _is_off(tag, "useGA4Ecommerce")
            if is_meta
            # Stape's reads the data layer unless told not to.
            else (mapping_on := tag.parameter("enableDataLayerMapping")) is not None
            and mapping_on.value == "false"
        ),
        event_id=value_of(event_id.value) if event_id and written else None,
        options=("eventID",) if written else (),
        template=template,
    )


def _template_name(tag: Entity, *, is_meta: bool) -> tuple[Property, bool]:
    """The event's name, with the field it stands in, and whether it is a custom event."""
    unknown = Property("", Value(CODE), tag.name_route, tag.name_route)
    kind = tag.parameter("eventName")
    inherits = tag.parameter("inheritEventName")
    if inherits is not None and inherits.value == "inherit":
        return unknown, False
    if is_meta and not (_is_off(tag, "enhancedEcommerce") and _is_off(tag, "useGA4Ecommerce")):
        return unknown, False
    said_kind = kind.value if kind is not None else "standard"
    standard, custom = (
        ("standardEventName", "customEventName")
        if is_meta
        else ("eventNameStandard", "eventNameCustom")
    )
    key = {"standard": standard, "custom": custom, "variable": "variableEventName"}.get(said_kind)
    field = tag.parameter(key) if key else None
    if field is None:
        return unknown, said_kind == "custom"
    route = field.value_route
    return Property("", value_of(field.value), route, route), said_kind != "standard"


def _is_off(tag: Entity, key: str) -> bool:
    parameter = tag.parameter(key)
    return parameter is None or parameter.value in {"", "false"}


def _rows(table: Parameter | None) -> Iterator[Property]:
    if table is None:
        return
    for index, row in enumerate(items(table.data.get("list"))):
        route = (*table.route, "list", index)
        cells = {
            text(cell.get("key")): (
                text(cell.get("value")),
                (*route, "map", number, *(["value"] if "value" in cell else [])),
            )
            for number, cell in enumerate(items(mapping(row).get("map")))
            if isinstance(cell, dict)
        }
        if "name" in cells:
            name, name_route = cells["name"]
            value, value_route = cells.get("value", ("", name_route))
            yield Property(name, value_of(value), name_route, value_route)


def _templates(container: Container) -> Iterator[tuple[str, str]]:
    """The ids by which tags name the templates for the Meta Pixel."""
    for entity in container.of("customTemplate"):
        gallery = mapping(entity.data.get("galleryReference"))
        code = text(entity.data.get("templateData"))
        kind = _REPOSITORIES.get(text(gallery.get("repository"))) or next(
            (kind for mark, kind in _MARKS.items() if mark in code), None
        )
        if kind is None:
            continue
        yield id_text(entity.data.get("templateId")), kind
        for found in (text(gallery.get("galleryTemplateId")), _public_id(code)):
            if found:
                yield found, kind


_PUBLIC_ID = re.compile(r'"id": ?"cvt_([A-Z0-9]{3,12})"')


def _public_id(code: str) -> str:
    found = _PUBLIC_ID.search(code)
    return found[1] if found else ""
