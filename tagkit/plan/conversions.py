"""Read a conversion: the author's words over those of its catalog entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.diagnostics import Rule, Severity
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.plan.conditions import exceptions_of, tests_of
from tagkit.plan.model import (
    Conversion,
    CustomerEvent,
    Ga4Event,
    Kind,
    MetaEvent,
    Once,
    Parameter,
    Parameters,
    Role,
    Trigger,
)
from tagkit.plan.sources import parameters_of, source_of
from tagkit.plan.triggers import triggers_of
from tagkit.values import Defaulted, Ecommerce, EventId, Literal, Source, Typed, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Business
    from tagkit.plan.scope import Scope

NO_TRIGGER = Rule(
    "TK304", "no-trigger", Severity.ERROR, "a conversion of the author's own without a trigger"
)
RULES = (NO_TRIGGER,)

META_CONSENT = ("ad_storage", "ad_user_data")
"""What Meta's tags need unless a conversion says otherwise."""

_TO_META = {
    # Meta's own mapping of GA4 parameters (Conversions API tag for GTM, 2025-08)
    "transaction_id": "order_id",
    "search_term": "search_string",
}


class Written(NamedTuple):
    """A conversion as written: the author's words, and the catalog entry below them.

    ``in_catalog``: there is an entry of this id, whether or not it is used.
    """

    said: Mapping[str, Any]
    entry: Mapping[str, Any]
    kind: Kind | None
    business: Business
    scope: Scope
    route: Route
    in_catalog: bool = False

    @property
    def id(self) -> str:
        """The author's id, or the catalog's; empty when there is neither."""
        return str(self.said.get("id") or self.entry.get("id") or "")

    def mine(self, *keys: str) -> Parameters:
        """The parameters that the author wrote under these keys."""
        data: Any = self.said
        for key in keys:
            data = data.get(key, {})
        return parameters_of(data, self.scope, (*self.route, *keys))

    def theirs(self, data: Mapping[str, Any]) -> Parameters:
        """Parameters of the catalog entry."""
        return parameters_of(data, self.scope, self.route)


def conversion_of(written: Written) -> Conversion:
    """The conversion, with everything that was left out filled in."""
    said, entry, scope, route = written.said, written.entry, written.scope, written.route
    detection = _detection(written)
    triggers = detection.triggers
    if "where" in said:
        where = tests_of(said["where"], scope, (*route, "where"))
        triggers = tuple(trigger._replace(where=(*trigger.where, *where)) for trigger in triggers)
    kind = written.kind or Kind(entry.get("kind", "micro"))
    parameters = _over(written.theirs(entry.get("parameters", {})), written.mine("parameters"))
    role = said.get("role") or entry.get("role")
    return Conversion(
        id=written.id,
        kind=kind,
        role=Role(role) if role and kind is Kind.MICRO else None,
        step=said.get("step", entry.get("step") if kind is Kind.MICRO else None),
        at=said.get("at") or entry.get("at"),
        name=scope.words(said.get("name") or entry.get("name") or written.id),
        description=scope.words(said.get("description") or entry.get("description")),
        triggers=triggers,
        unless=exceptions_of(said["unless"], scope, (*route, "unless")) if "unless" in said else (),
        once=Once(said.get("once") or entry.get("once") or "event"),
        listeners=detection.listeners,
        ga4=_ga4(written, parameters),
        meta=_meta(written, parameters),
        consent=tuple(said.get("consent", entry.get("consent", META_CONSENT))),
        paused=said.get("paused", False),
        route=route,
        catalog_id=entry.get("id"),
        catalog_kind=Kind(entry["kind"]) if entry else None,
        needs=detection.needs,
        needs_push=detection.needs_push,
        said=frozenset(said),
        customer_events=detection.customer_events,
    )


class _Detection(NamedTuple):
    """The triggers, the listeners they wait for, what only the shop can know.

    ``customer_events`` are what a custom pixel makes the triggers' events of.
    """

    triggers: tuple[Trigger, ...] = ()
    listeners: tuple[str, ...] = ()
    needs: str = ""
    needs_push: bool = False
    customer_events: tuple[CustomerEvent, ...] = ()


def _detection(written: Written) -> _Detection:
    said, scope, route = written.said, written.scope, written.route
    if "trigger" in said:
        return _Detection(triggers_of(said["trigger"], scope, (*route, "trigger")))
    if not written.entry:
        scope.found.say(
            NO_TRIGGER,
            route,
            f"'{written.id}' has no trigger",
            hint=f"write use: {written.id} to take it from the catalog, or add a trigger"
            if written.in_catalog
            else "add trigger: {click: {css: …}} or another",
        )
        return _Detection()
    detect = written.entry["detect"]
    platform = written.business.platform if written.business.platform in detect else "generic"
    ways = detect[platform]
    waits: list[Any] = []  # several listeners may push one event: wait for it once
    for way in ways:
        if way["trigger"] not in waits:
            waits.append(way["trigger"])
    triggers = tuple(t for trigger in waits for t in triggers_of(trigger, scope, route))
    listeners = tuple(way["listener"] for way in ways if "listener" in way)
    needs = next((scope.words(way["needs"]) for way in ways if "needs" in way), "")
    customer_events = tuple(
        CustomerEvent(written.entry["id"], event["name"], tuple(event.get("alerts", ())))
        for event in (way["customer_event"] for way in ways if "customer_event" in way)
    )
    needs_push = any(not way.keys().isdisjoint({"needs", "absent"}) for way in ways)
    return _Detection(triggers, listeners, needs, needs_push, customer_events)


def _ga4(written: Written, parameters: Parameters) -> Ga4Event | None:
    mine = written.said.get("google_analytics", {})
    if mine is False:
        return None
    theirs = written.entry.get("google_analytics", {})
    own = _over(
        written.theirs(theirs.get("parameters", {})),
        written.mine("google_analytics", "parameters"),
    )
    sent = _over(_over(parameters, _worth(written)), own)
    name = mine.get("event") or theirs.get("event") or written.id
    place = (*written.route, "google_analytics")
    return Ga4Event(
        name="" if isinstance(name, dict) else name,
        key_event=mine.get("key_event", theirs.get("key_event", False)),
        parameters=_in_currency(sent, written.business),
        named_by=_sourced(name, written, (*place, "event")),
        measurement_id=source_of(mine["measurement_id"], written.scope, (*place, "measurement_id"))
        if "measurement_id" in mine
        else None,
        ecommerce=mine.get("ecommerce"),
        consent=tuple(mine["consent"]) if "consent" in mine else None,
        user_properties=written.mine("google_analytics", "user_properties"),
        user_data=source_of(mine["user_data"], written.scope, (*place, "user_data"))
        if "user_data" in mine
        else None,
        shared=mine.get("event_parameters", True),
    )


def _pixels(said: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(said) if isinstance(said, list) else (said,)


def _sourced(said: Any, written: Written, route: Route) -> Source | None:  # noqa: ANN401
    """Where a name comes from, when it is not written out."""
    return source_of(said, written.scope, route) if isinstance(said, dict) else None


def _meta(written: Written, parameters: Parameters) -> MetaEvent | None:
    mine = written.said.get("meta_pixel", {})
    if mine is False:
        return None
    theirs = written.entry.get("meta_pixel", {})
    if "properties" in mine:
        properties = written.mine("meta_pixel", "properties")
    elif "properties" in theirs:
        properties = _over(
            written.theirs(theirs["properties"]), _for_meta(written.mine("parameters"))
        )
    else:
        properties = _for_meta(parameters)
    named = mine if "event" in mine or "custom" in mine else theirs
    by_id = _camel(written.id)
    # An id is no decision for a custom event: what is called 'search' is Meta's Search.
    own = by_id == "PageView" or by_id not in STANDARD_EVENTS or "custom" in named
    name = named.get("event") or named.get("custom") or by_id
    place, event_id = (*written.route, "meta_pixel"), mine.get("event_id", False)
    return MetaEvent(
        name="" if isinstance(name, dict) else name,
        standard="event" in named or not own,
        properties=_in_currency(_over(properties, _worth(written)), written.business),
        named_by=_sourced(name, written, (*place, "event" if "event" in named else "custom")),
        own_event_id="event_id" in mine,
        pixel_ids=_pixels(mine.get("pixel_id", [])),
        event_id=EventId()
        if event_id == "auto"
        else _sourced(event_id, written, (*place, "event_id")),
    )


def _worth(written: Written) -> Parameters:
    said = written.said
    if "value" not in said:
        return ()
    currency = said.get("currency") or written.business.currency
    place = (*written.route, "value")
    worth = [Parameter("value", Literal(said["value"]), ValueType.NUMBER, route=place)]
    if currency:
        place = (*written.route, "currency") if said.get("currency") else ()
        worth.append(Parameter("currency", Literal(currency), ValueType.CURRENCY, route=place))
    return tuple(worth)


def _in_currency(parameters: Parameters, business: Business) -> Parameters:
    """With the shop's currency where the data layer names none, or where a value has none."""
    if not business.currency:
        return parameters
    plain = Typed(Ecommerce("currency"), ValueType.CURRENCY)
    filled = Typed(Defaulted(Ecommerce("currency"), business.currency), ValueType.CURRENCY)
    parameters = tuple(
        parameter._replace(source=filled) if parameter.source == plain else parameter
        for parameter in parameters
    )
    names = {parameter.name for parameter in parameters}
    if "value" in names and "currency" not in names:
        currency = Parameter("currency", Literal(business.currency), ValueType.CURRENCY)
        parameters = (*parameters, currency)
    return parameters


def _for_meta(parameters: Parameters) -> Parameters:
    """The parameters under Meta's names; items become what its catalogue knows them by."""
    properties: list[Parameter] = []
    for parameter in parameters:
        if parameter.type is ValueType.ITEMS:
            # the catalogue of Meta knows products by their ids
            own = parameter.source == Typed(Ecommerce("items"), ValueType.ITEMS)
            items = None if own else parameter.source
            properties += [
                Parameter("content_ids", Ecommerce("content_ids", items)),
                Parameter("content_type", Literal("product")),
                Parameter("contents", Ecommerce("contents", items)),
            ]
        else:
            name = _TO_META.get(parameter.name, parameter.name)
            properties.append(parameter._replace(name=name))
    return _over(tuple(properties), ())


def _over(below: Parameters, above: Parameters) -> Parameters:
    """Both, each name once: the upper one wins, in the lower one's place."""
    merged = {parameter.name: parameter for parameter in below}
    merged.update({parameter.name: parameter for parameter in above})
    return tuple(merged.values())


def _camel(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name))
