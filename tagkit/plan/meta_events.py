"""The Meta events of a plan, as the rules about them see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.values import Defaulted, Formatted, Literal, Named, Scalar, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, MetaEvent, Parameter, Resolved
    from tagkit.values import Source


def meta_events(plan: Resolved) -> Iterator[tuple[Conversion, MetaEvent]]:
    """The conversions that go to Meta, and what it gets; of unknown names nothing can be said."""
    return ((c, c.meta) for c in plan.conversions if c.meta is not None and not c.meta.named_by)


def place_of(conversion: Conversion, meta: MetaEvent) -> Route:
    """Where the event's name is written; a name made from the id is found at the conversion."""
    return (*conversion.route, "meta_pixel", "event" if meta.standard else "custom")


def for_meta_alone(parameter: Parameter) -> bool:
    """Whether it is one of the event's own ``properties``, which GA4 does not get."""
    return "meta_pixel" in parameter.route


def bare(source: Source) -> Source:
    """The source under its names, types, defaults and formats."""
    while isinstance(source, Named | Typed | Defaulted | Formatted):
        source = source.source
    return source


def literal_of(parameter: Parameter) -> Scalar:
    """What is written as it is; None when the value comes from somewhere."""
    source = parameter.source
    while isinstance(source, Named | Typed):
        source = source.source
    return source.value if isinstance(source, Literal) else None
