"""A tag that is to send many events fires once per page.

*Once per page* is counted for the tag, not for each event: of view_cart, begin_checkout and
add_payment_info on one page only the first is sent, and of two products put into the cart only one.

Before::

    {"type": "gaawe", "parameter": [ …eventName = {{Event}}… ], "tagFiringOption": "ONCE_PER_LOAD"}

After::

    {"type": "gaawe", "parameter": [ …eventName = {{Event}}… ], "tagFiringOption": "ONCE_PER_EVENT"}

Source: GTM's runtime: ONCE_PER_LOAD is once per page load, whatever fires the tag.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import readings_of
from tagkit.gtm.firing import (
    PAGE_LOAD_EVENTS,
    Events,
    events_by_trigger,
    is_web,
    running_tags,
)
from tagkit.gtm.links import trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK429", "once-for-many-events", Severity.WARNING, "a tag for many events fires once per page"
)

# What a visitor does several times without another page.
_AGAIN = frozenset(
    {"add_to_cart", "remove_from_cart", "add_to_wishlist", "select_item", "select_promotion"}
)


def check(container: Container) -> Iterator[Finding]:
    """Each GA4 event tag with the event's own name, or with one that happens again."""
    if not is_web(container):
        return
    events, readings = events_by_trigger(container), readings_of(container)
    for tag in running_tags(container):
        parameter = tag.parameter("eventName") if tag.type == "gaawe" else None
        if parameter is None or tag.data.get("tagFiringOption") != "ONCE_PER_LOAD":
            continue
        fires = [events.get(number) for number in trigger_ids(tag, "firingTriggerId")]
        known = [event for event in fires if event is not None]
        route = (*tag.route, "tagFiringOption")
        name = parameter.value.strip()
        variable = name.removeprefix("{{").removesuffix("}}")
        if name != variable and readings.get(variable) == "EVENT" and _several(known):
            yield Finding(
                RULE,
                route,
                f"{tag.words} sends '{name}' once per page: of all events that fire it, only the "
                "first on a page",
                hint="write ONCE_PER_EVENT",
            )
        elif name in _AGAIN and not all(_on_load(event) for event in known):
            yield Finding(
                RULE,
                route,
                f"{tag.words} fires once per page, so a second '{name}' on it is not sent",
                hint="write ONCE_PER_EVENT",
                severity=Severity.NOTE,
            )


def _several(events: Sequence[Events]) -> bool:
    """Whether they are surely not one event."""
    names: set[str] = set()
    for event in events:
        named = {test.right for test in event.tests if test.type == "EQUALS" and not test.negate}
        names |= named or set(event.names)
        patterns = (test for test in event.tests if test.type == "MATCH_REGEX")
        if not named and any("|" in test.right and not test.negate for test in patterns):
            return True
    return len(names) > 1


def _on_load(event: Events) -> bool:
    return event.names != () and PAGE_LOAD_EVENTS.issuperset(event.names)
