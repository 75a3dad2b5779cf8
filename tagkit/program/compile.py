"""Resolved plan -> program: triggers, conditions and parameters spelled out. Total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.plan.model import (
    ActionSettings,
    EventSettings,
    Kind,
    Role,
    TimerSettings,
    Trigger,
    TriggerKind,
)
from tagkit.program.conditions import any_of, conditions_of, distinct, with_descendants
from tagkit.program.consent import beyond, pixel_consent
from tagkit.program.model import Action, Firing, Ga4Send, MetaSend, Program, Rows
from tagkit.values import (
    BuiltIn,
    Clicked,
    Condition,
    Defaulted,
    Ecommerce,
    Formatted,
    Lookup,
    Named,
    Op,
    Source,
    Typed,
    Url,
    ValueType,
)

if TYPE_CHECKING:
    from tagkit.plan.model import Conversion, Ga4Event, MetaEvent, Parameters, Resolved


def compile_plan(resolved: Resolved) -> Program:
    """What is to happen on the site."""
    ga4, meta, mode = resolved.ga4, resolved.meta, resolved.consent.mode
    pixel = pixel_consent(resolved)
    return Program(
        business=resolved.business,
        ga4=ga4,
        meta=meta,
        ga4_parameters=_rows(ga4.event_parameters) if ga4 else (),
        ga4_user_properties=_rows(ga4.user_properties) if ga4 else (),
        ga4_settings=_rows(ga4.settings) if ga4 else (),
        meta_matching=_rows(meta.advanced_matching) if meta else (),
        consent=resolved.consent,
        pixel_consent=pixel,
        naming=resolved.naming,
        container=resolved.container,
        actions=tuple(
            _action(c, beyond(c.consent, pixel, mode), meta.event_id if meta else None)
            for c in resolved.conversions
        ),
    )


def _rows(parameters: Parameters) -> Rows:
    return tuple((parameter.name, parameter.source) for parameter in parameters)


def _action(conversion: Conversion, hold: tuple[str, ...], event_id: Source | None) -> Action:
    clicked = _clicked_thing(conversion.triggers)
    return Action(
        id=conversion.id,
        name=conversion.name,
        group=_group(conversion),
        firings=tuple(_firing(trigger) for trigger in conversion.triggers),
        exceptions=tuple(conditions_of(tests, None) for tests in conversion.unless),
        once=conversion.once,
        listeners=conversion.listeners,
        ga4=_ga4(conversion.ga4, clicked) if conversion.ga4 else None,
        meta=_meta(conversion.meta, clicked, event_id) if conversion.meta else None,
        consent=conversion.consent,
        hold=hold,
        paused=conversion.paused,
        written_as=_written_as(conversion),
        needs=conversion.needs,
        customer_events=conversion.customer_events,
    )


def _group(conversion: Conversion) -> str:
    if conversion.kind is Kind.MICRO:
        return str(conversion.role or Role.SECONDARY)
    return str(conversion.kind)


def _written_as(conversion: Conversion) -> str:
    first = conversion.route[0]
    return f"{first}: {conversion.id}" if isinstance(first, str) else conversion.id


def _firing(trigger: Trigger) -> Firing:
    kind, settings = trigger.kind, trigger.settings
    css = settings.css if isinstance(settings, ActionSettings) else ""
    conditions = conditions_of(trigger.where, kind, css)
    if css:
        conditions = (_on_element(kind, css), *conditions)
    event = _event(settings) if isinstance(settings, EventSettings) else None
    members = tuple(_firing(member) for member in trigger.members)
    pages = settings.pages if isinstance(settings, ActionSettings | TimerSettings) else None
    where = None if pages is None else conditions_of(pages, None)
    return Firing(kind, settings, distinct(conditions), event, members, where)


def _on_element(kind: TriggerKind, css: str) -> Condition:
    if kind is TriggerKind.FORM_SUBMIT:
        return Condition(BuiltIn("form_element"), Op.CSS, css)
    return Condition(BuiltIn("click_element"), Op.CSS, with_descendants(css))


def _event(settings: EventSettings) -> Condition:
    subject, names, op = BuiltIn("event"), settings.names, settings.op
    if op is Op.EQUALS and len(names) == 1:
        return Condition(subject, Op.EQUALS, names[0])
    if op is Op.MATCHES:
        return Condition(subject, Op.MATCHES, names[0])
    start = "" if op in (Op.CONTAINS, Op.ENDS_WITH) else "^"
    end = "" if op in (Op.CONTAINS, Op.STARTS_WITH) else "$"
    return Condition(subject, Op.MATCHES, start + any_of(names) + end)


def _clicked_thing(triggers: tuple[Trigger, ...]) -> Clicked | None:
    """What ``click:`` sources look at; None: GTM's own variables, which see the link itself."""
    clicks = [t.settings for t in triggers if t.kind is TriggerKind.CLICK]
    if not clicks:
        return None
    selectors = {s.css for s in clicks if isinstance(s, ActionSettings)}
    return Clicked("", selectors.pop() if len(selectors) == 1 else "")


def _ga4(event: Ga4Event, clicked: Clicked | None) -> Ga4Send:
    ecommerce = event.name in ECOMMERCE_EVENTS if event.ecommerce is None else event.ecommerce
    rows = tuple(
        (p.name, _looking_at(p.source, clicked))
        for p in event.parameters
        if not (ecommerce and _travels_with_ecommerce(p.name, p.source))
    )
    return Ga4Send(
        event.name,
        ecommerce,
        rows,
        event.key_event,
        named_by=event.named_by,
        measurement_id=event.measurement_id,
        consent=event.consent,
        user_properties=tuple(
            (p.name, _looking_at(p.source, clicked)) for p in event.user_properties
        ),
        user_data=event.user_data,
        shared=event.shared,
    )


def _travels_with_ecommerce(name: str, source: Source) -> bool:
    """Whether the ecommerce object brings it as it is; numbers that may be text are made anew."""
    if isinstance(source, Typed) and source.type is ValueType.ITEMS:
        source = source.source
    return isinstance(source, Ecommerce) and source.field == name


def _meta(event: MetaEvent, clicked: Clicked | None, event_id: Source | None) -> MetaSend:
    rows = tuple((p.name, _looking_at(p.source, clicked)) for p in event.properties)
    own = event.event_id if event.own_event_id else event_id
    return MetaSend(event.name, event.standard, rows, event.named_by, own, event.pixel_ids)


def _looking_at(source: Source, clicked: Clicked | None) -> Source:
    """The source with its ``click:`` parts bound to what this conversion's triggers click on."""
    match source:
        case Clicked(field=field):
            return clicked._replace(field=field) if clicked else BuiltIn(f"click_{field}")
        case Typed() | Defaulted() | Formatted() | Named():
            return source._replace(source=_looking_at(source.source, clicked))
        case Url(of=of) if of is not None:
            return source._replace(of=_looking_at(of, clicked))
        case Lookup():
            return source._replace(
                source=_looking_at(source.source, clicked),
                rows=tuple((key, _looking_at(row, clicked)) for key, row in source.rows),
                default=_looking_at(source.default, clicked) if source.default else None,
            )
    return source
