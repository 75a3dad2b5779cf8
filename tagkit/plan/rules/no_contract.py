"""A data layer event of your own whose parameters nobody has described.

The shop's developer must push the event and the values. What kind of value each is, and what one
looks like, stands nowhere: documents and tests have nothing to go by.

Before::

    trigger: {event: table_booked}
    parameters:
      guests: {pushed: guests}

After::

    trigger: {event: table_booked}
    parameters:
      guests: {pushed: guests, type: integer, required: true, example: 4}

Source: our own rule. The ecommerce object, and GA4's parameters of GA4's events, are described by
Google.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.recommended import KNOWN_PARAMETERS, OTHER, REQUIRED
from tagkit.plan.model import TriggerKind
from tagkit.plan.written import GTM_EVENTS, event_names, written_parameters, written_triggers
from tagkit.values import DataLayer, Defaulted, Formatted, Pushed, Source, Typed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Parameter, Resolved

RULE = Rule(
    "TK263",
    "no-contract",
    Severity.NOTE,
    "a data layer event of your own whose parameters nobody has described",
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the first parameter of a conversion, if none of them is described."""
    for conversion in plan.conversions:
        name = _own_event(conversion)
        if not name:
            continue
        pushed = [p for p in written_parameters(conversion) if _is_pushed(p.source)]
        if not pushed or any(map(_is_described, pushed)):
            continue
        sent = conversion.ga4.name if conversion.ga4 else ""
        if any(event in REQUIRED or event in OTHER for event in (name, sent)):
            pushed = [p for p in pushed if p.name not in KNOWN_PARAMETERS]
        for parameter in pushed[:1]:
            yield Finding(
                RULE,
                parameter.route,
                f"the site must push '{parameter.name}' with '{name}', and nothing says what it is",
                hint="add type: and example: (also description:, required:), "
                "for the one who writes the push",
                at_key=True,
            )


def _own_event(conversion: Conversion) -> str:
    """The first data layer event that the site must push; empty when it need not."""
    for trigger in written_triggers(conversion):
        for name in event_names(trigger) if trigger.kind is TriggerKind.EVENT else ():
            if name not in GTM_EVENTS and not name.startswith(("gtm.", "tagkit.")):
                return name
    return ""


def _is_pushed(source: Source) -> bool:
    while isinstance(source, Typed | Defaulted | Formatted):
        source = source.source
    return isinstance(source, DataLayer | Pushed)


def _is_described(parameter: Parameter) -> bool:
    return (
        bool(parameter.type or parameter.required or parameter.description)
        or parameter.example is not None
    )
