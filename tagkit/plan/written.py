"""What of a conversion the author wrote, and what its catalog entry brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.plan.model import EventSettings, Kind, Role, TriggerKind
from tagkit.values import BuiltIn, Ecommerce, Lookup, Named, Op, Source, Url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, Parameter, Test, Trigger

_WRITTEN = frozenset({"trigger", "where", "unless"})

GTM_EVENTS = {
    "gtm.js": TriggerKind.PAGE_VIEW,
    "gtm.dom": TriggerKind.DOM_READY,
    "gtm.load": TriggerKind.WINDOW_LOADED,
    "gtm.init": TriggerKind.INITIALIZATION,
    "gtm.click": TriggerKind.CLICK,
    "gtm.linkClick": TriggerKind.LINK_CLICK,
    "gtm.formSubmit": TriggerKind.FORM_SUBMIT,
    "gtm.elementVisibility": TriggerKind.ELEMENT_VISIBLE,
    "gtm.scrollDepth": TriggerKind.SCROLL,
    "gtm.timer": TriggerKind.TIMER,
    "gtm.historyChange": TriggerKind.HISTORY_CHANGE,
    "gtm.historyChange-v2": TriggerKind.HISTORY_CHANGE,
    "gtm.pageError": TriggerKind.JS_ERROR,
    "gtm.video": TriggerKind.YOUTUBE,
    "gtm.triggerGroup": TriggerKind.ALL,
}
"""The events that GTM pushes itself, and the trigger that stands for each."""


def is_written(route: Route, conversion: Conversion) -> bool:
    """Whether a trigger or a test of the conversion is the author's own, not the catalog's."""
    return any(step in _WRITTEN for step in route[len(conversion.route) :][:1])


def all_triggers(triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    """The triggers and, behind each group, its members."""
    for trigger in triggers:
        yield trigger
        yield from all_triggers(trigger.members)


def written_triggers(conversion: Conversion) -> Iterator[Trigger]:
    """The author's own triggers, members of groups too."""
    triggers = all_triggers(conversion.triggers)
    return (trigger for trigger in triggers if is_written(trigger.route, conversion))


def written_tests(conversion: Conversion) -> Iterator[Test]:
    """The author's own tests in ``where`` and ``unless``, each place once."""
    lists = [trigger.where for trigger in all_triggers(conversion.triggers)]
    seen: set[Route] = set()
    for test in (test for tests in (*lists, *conversion.unless) for test in tests):
        if is_written(test.route, conversion) and test.route not in seen and not test.refers:
            seen.add(test.route)
            yield test


def event_names(trigger: Trigger) -> tuple[str, ...]:
    """The names of the data layer events it waits for; empty where it names none exactly."""
    settings = trigger.settings
    exact = isinstance(settings, EventSettings) and settings.op is Op.EQUALS
    return settings.names if exact and isinstance(settings, EventSettings) else ()


def place_of_value(test: Test, index: int) -> Route:
    """The place of one of the values that a test compares with."""
    return (*test.route, index) if len(test.values) > 1 else test.route


def built_in(test: Test) -> str:
    """The name of the built-in variable it tests; empty when it tests something else."""
    subject: Source = test.subject
    while isinstance(subject, Named):
        subject = subject.source
    return subject.name if isinstance(subject, BuiltIn) else ""


def written_parameters(conversion: Conversion) -> Iterator[Parameter]:
    """The author's own parameters, those for GA4 and for Meta alone too, each once."""
    seen: set[Route] = set()
    sent = (
        *(conversion.ga4.parameters if conversion.ga4 else ()),
        *(conversion.meta.properties if conversion.meta else ()),
    )
    for parameter in sent:
        # a catalog entry's parameter stands right below the conversion, there is no such place
        if len(parameter.route) > len(conversion.route) + 1 and parameter.route not in seen:
            seen.add(parameter.route)
            yield parameter


def in_funnel(conversion: Conversion) -> bool:
    """Whether it is a step on the way to the goal: by its role, or by its place."""
    if conversion.role is Role.SECONDARY or conversion.kind is Kind.ANTI:
        return False
    return conversion.role is Role.FUNNEL or conversion.step is not None


def parts(source: Source, seen: set[str]) -> Iterator[Source]:
    """A source and all that it is made of; a variable in ``seen`` is not looked into again."""
    yield source
    match source:
        case Named(name=name):
            if name in seen:
                return
            seen.add(name)
        case Lookup(rows=rows, default=default):
            for part in (*(row for _, row in rows), *([default] if default else [])):
                yield from parts(part, seen)
        case Url(of=of) | Ecommerce(of=of):
            if of is not None:
                yield from parts(of, seen)
    inner = getattr(source, "source", None)
    if inner is not None:
        yield from parts(inner, seen)
