"""A parameter's source -> the sources that its value can be, each with its place in the plan."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from tagkit.values import (
    BuiltIn,
    Clicked,
    Cookie,
    DataLayer,
    Defaulted,
    Ecommerce,
    Element,
    Formatted,
    Global,
    Gtm,
    JavaScript,
    Literal,
    Lookup,
    Named,
    Pushed,
    Source,
    Typed,
    Url,
    ValueType,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Parameter, Resolved

_KEYS: dict[type, str] = {
    Literal: "value",
    DataLayer: "data_layer",
    Pushed: "pushed",
    Ecommerce: "ecommerce",
    Url: "url",
    Cookie: "cookie",
    Element: "css",
    Clicked: "click",
    BuiltIn: "built_in",
    JavaScript: "javascript",
    Global: "global",
    Gtm: "gtm",
}


class Leaf(NamedTuple):
    """A source that is no other source in disguise; ``type`` is what its value is made into."""

    source: Source
    route: Route
    type: ValueType | None = None


def leaves(parameter: Parameter) -> Iterator[Leaf]:
    """What the parameter's value can be: one source, or more with a table or a default."""
    return _leaves(parameter.source, parameter.route, None)


def _leaves(source: Source, route: Route, made: ValueType | None) -> Iterator[Leaf]:
    if key := _KEYS.get(type(source)):  # nine of ten
        yield Leaf(source, (*route, key), made)
        return
    match source:
        case Typed(source=inner, type=kind):
            yield from _leaves(inner, route, made or kind)
        case Defaulted(source=inner, default=default):
            yield from _leaves(inner, route, made)
            yield Leaf(Literal(default), (*route, "default"), made)
        case Formatted(source=inner):
            yield from _leaves(inner, route, made)
        case Named(name=name, source=inner):
            yield from _leaves(inner, ("variables", name), made)
        case Lookup(rows=rows, default=default, regex=regex):
            table = (*route, "regex_lookup" if regex else "lookup")
            for key, row in rows:
                yield from _leaves(row, (*table, "table", key), made)
            if default is not None:
                yield from _leaves(default, (*table, "default"), made)
        case _:
            yield Leaf(source, (*route, _KEYS.get(type(source), "")), made)


def sent_to_ga4(plan: Resolved) -> Iterator[Parameter]:
    """Every event parameter that GA4 gets: those of every event, and each conversion's own."""
    if plan.ga4 is None:
        return iter(())
    own = (c.ga4.parameters for c in plan.conversions if c.ga4)
    return chain(plan.ga4.event_parameters, chain.from_iterable(own))
