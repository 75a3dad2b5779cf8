"""A variable that nothing uses.

It is left out of the container. Often its use has another name, or was forgotten.

Before::

    variables:
      price_band: {data_layer: product.band}
    micro_conversions:
      - {id: guide, trigger: {click: .guide}, parameters: {band: {data_layer: product.band}}}

After::

    parameters: {band: {variable: price_band}}

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.written import all_triggers, parts
from tagkit.values import Named, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK268", "unused-variable", Severity.NOTE, "a variable that nothing uses")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at its name."""
    if not plan.variables:
        return
    used: set[str] = set()
    own = (source.source if isinstance(source, Named) else source for _, source in plan.variables)
    for source in (*_sources(plan), *own):
        used.update(part.name for part in [*parts(source, used)] if isinstance(part, Named))
    for name, _ in plan.variables:
        if name not in used:
            yield Finding(
                RULE,
                ("variables", name),
                f"nothing uses the variable '{name}'",
                hint=f"write {{variable: {name}}} where its value is wanted, or leave it out",
                at_key=True,
            )


def _sources(plan: Resolved) -> Iterator[Source]:
    """Every source that the plan sends or tests."""
    lists = []
    if plan.ga4:
        lists += [plan.ga4.event_parameters, plan.ga4.user_properties, plan.ga4.settings]
        yield from filter(None, (plan.ga4.identified_by,))
    if plan.meta:
        lists.append(plan.meta.advanced_matching)
        yield from filter(None, (plan.meta.event_id, plan.meta.identified_by))
    for conversion in plan.conversions:
        if ga4 := conversion.ga4:
            lists += [ga4.parameters, ga4.user_properties]
            yield from filter(None, (ga4.named_by, ga4.measurement_id, ga4.user_data))
        if meta := conversion.meta:
            lists.append(meta.properties)
            yield from filter(None, (meta.named_by, meta.event_id))
        for trigger in all_triggers(conversion.triggers):
            yield from (test.subject for test in trigger.where)
            yield from (test.subject for test in getattr(trigger.settings, "pages", None) or ())
        for tests in conversion.unless:
            yield from (test.subject for test in tests)
    for parameters in lists:
        yield from (parameter.source for parameter in parameters)
