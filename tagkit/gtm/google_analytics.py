"""The Google Analytics part of a web container, as the rules read it.

Event tags (old and modern form), Google tags and the settings variables they share: which names
go out with which values, where to, and whether this file tells all of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tagkit.gtm.container import id_text, items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity, Parameter

_ALONE = re.compile(r"\{\{([^{}\r\n]+)\}\}")
_ALL_PAGES, _INITIALIZATION, _CONSENT = "2147479553", "2147479573", "2147479572"
# The page's own events, in the order in which GTM sees them (measured on the runtime, 2026-11).
_STAGES = {"CONSENT_INIT": 0, "INIT": 1, "PAGEVIEW": 2, "DOM_READY": 3, "WINDOW_LOADED": 4}
_BUILT_IN_STAGES = {_CONSENT: 0, _INITIALIZATION: 1, _ALL_PAGES: 2}

_NAMES = ("parameter", "name")
_VALUES = ("parameterValue", "value")
_GOOGLE_TAG_TABLES = ("configSettingsTable", "eventSettingsTable", "fieldsToSet")
_SETTINGS = {"eventSettingsVariable": "gtes", "configSettingsVariable": "gtcs"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a settings table: a name and its value, and where they stand."""

    entity: Entity
    table: str
    name: str
    value: str
    name_route: Route
    value_route: Route

    @property
    def literal_name(self) -> str:
        """The name, "" when a variable makes it."""
        return "" if "{{" in self.name else self.name.strip()


@dataclass(frozen=True, slots=True)
class Event:
    """A GA4 event tag that is not paused.

    ``own`` are its own parameters in GTM's order, ``shared`` those of its settings variable. It is
    ``open`` when another source may add parameters that this file does not show.
    """

    tag: Entity
    name: str
    name_route: Route
    own: tuple[Row, ...]
    shared: tuple[Row, ...]
    open: bool
    ecommerce: bool
    destination: str
    destination_route: Route

    @property
    def literal_name(self) -> str:
        """The event's name, "" when a variable makes it."""
        return "" if "{{" in self.name else self.name


@dataclass(frozen=True, slots=True)
class GoogleTag:
    """A Google tag (or GA4 configuration tag) that is not paused. Open: as an event is."""

    tag: Entity
    destination: str
    destination_route: Route
    rows: tuple[Row, ...]
    open: bool
    page_view: bool | None
    """Whether it sends page_view; None when a variable decides."""


@dataclass(frozen=True, slots=True)
class Analytics:
    """All of it; empty for containers of servers and apps."""

    events: tuple[Event, ...] = ()
    google_tags: tuple[GoogleTag, ...] = ()
    settings: tuple[Row, ...] = ()
    """The rows of the settings variables, each once."""
    constants: Mapping[str, Parameter] | None = None

    @property
    def by_server(self) -> bool:
        """Whether a server container reads all this first, and may change it."""
        return any(
            row.name in {"server_container_url", "transport_url"}
            for google_tag in self.google_tags
            for row in google_tag.rows
        ) or any(
            own.value == "true"
            for google_tag in self.google_tags
            if (own := google_tag.tag.parameter("enableSendToServerContainer"))
        )

    @property
    def rows(self) -> Iterator[Row]:
        """Every row of every table, each once: what a rule about names wants."""
        for event in self.events:
            yield from event.own
            yield from rows_of(event.tag, "userProperties")
        for google_tag in self.google_tags:
            yield from rows_of(google_tag.tag, *_GOOGLE_TAG_TABLES, "userProperties")
        yield from self.settings

    def written(self, value: str, route: Route) -> tuple[str, Route]:
        """The value that is written out, in place or in a constant, and where; "" if none is."""
        if "{{" not in value:
            return value, route
        found = _ALONE.fullmatch(value.strip())
        constant = (self.constants or {}).get(found[1]) if found else None
        if constant is None or "{{" in constant.value:
            return "", route
        return constant.value, constant.value_route


@lru_cache(maxsize=1)
def analytics_of(container: Container) -> Analytics:
    """What the file says of Google Analytics. Kept, as each rule asks for it."""
    if container.contexts and "WEB" not in container.contexts:
        return Analytics()
    variables = {variable.name: variable for variable in container.of("variable")}
    constants = {
        name: value
        for name, variable in variables.items()
        if variable.type == "c" and (value := variable.parameter("value"))
    }
    found = Analytics(constants=constants)
    running = [tag for tag in container.of("tag") if tag.data.get("paused") is not True]
    configurations = {tag.name: tag for tag in container.of("tag") if tag.type == "gaawc"}
    return Analytics(
        events=tuple(
            _event(tag, variables, configurations, found) for tag in running if tag.type == "gaawe"
        ),
        google_tags=tuple(
            _google_tag(tag, variables, found)
            for tag in running
            if tag.type in {"googtag", "gaawc"}
        ),
        settings=tuple(
            row
            for variable in variables.values()
            if variable.type in {"gtes", "gtcs"}
            for row in rows_of(
                variable, "eventSettingsTable", "configSettingsTable", "userProperties"
            )
        ),
        constants=constants,
    )


def rows_of(entity: Entity, *tables: str) -> Iterator[Row]:
    """The rows of some tables of an entity that have a name."""
    for table in tables:
        parameter = entity.parameter(table)
        if parameter is None:
            continue
        for index, item in enumerate(items(parameter.data.get("list"))):
            route = (*parameter.route, "list", index, "map")
            name, name_route = _cell(item, route, _NAMES)
            value, value_route = _cell(item, route, _VALUES)
            if name:
                yield Row(entity, table, name, value, name_route, value_route)


def stage(container: Container) -> Mapping[str, int]:
    """The triggers that fire on every page, by id: when in the life of the page."""
    own = {
        trigger.id: _STAGES[trigger.type]
        for trigger in container.of("trigger")
        if trigger.type in _STAGES and not trigger.data.get("filter")
    }
    return {**own, **_BUILT_IN_STAGES}


def firing(tag: Entity) -> list[str]:
    """The ids of the triggers it fires on."""
    return [id_text(one) for one in items(tag.data.get("firingTriggerId"))]


def is_user_data(name: str) -> bool:
    """Whether it is Google's own way for data of users, or one that a server container reads."""
    return name == "user_data" or name.startswith(("user_data.", "x-"))


def _event(
    tag: Entity,
    variables: Mapping[str, Entity],
    configurations: Mapping[str, Entity],
    found: Analytics,
) -> Event:
    name, ecommerce = tag.parameter("eventName"), tag.parameter("sendEcommerceData")
    shared, unknown = _shared(tag, variables)
    destination = tag.parameter("measurementIdOverride")
    if destination is None and (by_tag := tag.parameter("measurementId")):
        configuration = configurations.get(by_tag.value)
        destination = configuration.parameter("measurementId") if configuration else None
    value, route = _destination(destination, tag, found)
    return Event(
        tag=tag,
        name=name.value if name else "",
        name_route=name.value_route if name else tag.route,
        own=tuple(rows_of(tag, "eventSettingsTable", "eventParameters")),
        shared=shared,
        open=unknown,
        ecommerce=ecommerce is not None and ecommerce.value != "false",
        destination=value,
        destination_route=route,
    )


def _google_tag(tag: Entity, variables: Mapping[str, Entity], found: Analytics) -> GoogleTag:
    shared, unknown = _shared(tag, variables)
    destination = tag.parameter("tagId") or tag.parameter("measurementId")
    value, route = _destination(destination, tag, found)
    rows = (*shared, *rows_of(tag, *_GOOGLE_TAG_TABLES))
    said = [row.value.lower() for row in rows if row.name == "send_page_view"]
    own = tag.parameter("sendPageView")
    said += [own.value.lower()] if own else []
    return GoogleTag(tag, value, route, rows, unknown, _page_view(said, unknown=unknown))


def _page_view(said: list[str], *, unknown: bool) -> bool | None:
    if "false" in said:
        return False
    return None if unknown or any("{{" in value for value in said) else True


def _destination(parameter: Parameter | None, tag: Entity, found: Analytics) -> tuple[str, Route]:
    """Where it sends to: the id if it is written out, else the expression."""
    if parameter is None:
        return "", tag.route
    value, route = found.written(parameter.value, parameter.value_route)
    return (value.strip() or parameter.value.strip(), route)


def _shared(tag: Entity, variables: Mapping[str, Entity]) -> tuple[tuple[Row, ...], bool]:
    """The rows of the settings variables of a tag, and whether there may be others."""
    rows: list[Row] = []
    unknown = False
    for key, kind in _SETTINGS.items():
        parameter = tag.parameter(key)
        if parameter is None or not parameter.value:
            continue
        found = _ALONE.fullmatch(parameter.value.strip())
        variable = variables.get(found[1]) if found else None
        if variable is None or variable.type != kind:
            unknown = True
        else:
            rows += rows_of(variable, "eventSettingsTable", "configSettingsTable")
    return tuple(rows), unknown


def _cell(item: object, route: Route, keys: tuple[str, ...]) -> tuple[str, Route]:
    for index, cell in enumerate(items(mapping(item).get("map"))):
        data = mapping(cell)
        if data.get("key") in keys:
            place = (*route, index)
            return text(data.get("value")), (*place, "value") if "value" in data else place
    return "", route
