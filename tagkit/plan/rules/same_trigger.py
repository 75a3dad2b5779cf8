"""Two conversions that always happen together.

They have the same triggers and the same conditions, so each visitor who does the one has done the
other: the second tells nothing new and doubles what is sent.

Before::

    - {id: price_list, trigger: {click: ".prices"}}
    - {id: price_click, trigger: {click: {css: ".prices"}}}

After: one of them. Where GA4 and Meta shall get different names, one conversion can say both::

    - id: price_list
      trigger: {click: ".prices"}
      google_analytics: {event: price_list}
      meta_pixel: {custom: PriceClick}

Source: our own rule. One that only GA4 gets and one that only Meta gets may share a trigger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.logic import key
from tagkit.plan.model import EventSettings
from tagkit.plan.written import event_names
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Resolved, Test, Trigger

RULE = Rule(
    "TK257", "same-trigger", Severity.WARNING, "two conversions that always happen together"
)

_FEW = 4


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the second of those that happen together; the others are related."""
    first: dict[tuple[object, str], Conversion] = {}
    together: dict[str, list[Conversion]] = {}
    for conversion in plan.conversions:
        if conversion.paused or not conversion.triggers:
            continue
        when = _when(conversion)
        sent = [name for name in ("ga4", "meta") if getattr(conversion, name) is not None]
        others = [first.setdefault((when, name), conversion) for name in sent]
        same = next((other for other in others if other.id != conversion.id), None)
        if same is not None:
            together.setdefault(same.id, [same]).append(conversion)
    for one, other, *more in together.values():
        step = "trigger" if "trigger" in other.said else "use"
        names = [f"'{conversion.id}'" for conversion in (one, other, *more)]
        named = (
            both(names) if len(names) <= _FEW else f"{', '.join(names[:2])} and {len(more)} more"
        )
        yield Finding(
            RULE,
            (*other.route, step),
            f"{named} always happen together",
            hint="leave out all but one, or tell them apart by where:",
            related=tuple((c.route, f"'{c.id}' is here") for c in (one, *more[:_FEW])),
            at_key=step == "trigger",
        )


def _when(conversion: Conversion) -> object:
    """Equal for conversions that happen together, in whatever order they are written."""
    triggers = frozenset(said for t in conversion.triggers for said in _triggers(t))
    unless = frozenset(map(_tests, conversion.unless))
    return triggers, unless, conversion.once


def _triggers(trigger: Trigger) -> Iterator[object]:
    members = frozenset(said for member in trigger.members for said in _triggers(member))
    where = _tests(trigger.where)
    names = event_names(trigger)
    for name in names:
        yield trigger.kind, name, where, members
    if names:
        return
    settings = trigger.settings
    named = isinstance(settings, EventSettings)
    said = frozenset(settings.names) if named and isinstance(settings, EventSettings) else ""
    yield trigger.kind, repr(settings) if not said else (said, settings), where, members


def _tests(tests: tuple[Test, ...]) -> frozenset[object]:
    return frozenset(map(key, tests))
