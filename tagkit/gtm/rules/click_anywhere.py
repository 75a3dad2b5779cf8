"""A click trigger on all elements leaves out some links, and so takes every click beside a link.

What is no link has an empty Click URL, and an empty text does not contain, equal or match much: the
condition "does not contain our-shop.pl" holds for every click on text, pictures and background.

Before::

    {"name": "Outbound click", "type": "CLICK", "filter": [ …{{Click URL}} not: contains shop.pl… ]}

After::

    {"name": "Outbound click", "type": "LINK_CLICK",
     "filter": [ …{{Click URL}} not: contains shop.pl… ]}

Source: GTM's runtime: gtm.elementUrl is empty for an element without an address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of, holds, readings_of
from tagkit.gtm.container import items
from tagkit.gtm.firing import is_web, running_tags
from tagkit.gtm.links import trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK439", "click-anywhere", Severity.WARNING, "a click trigger fires on clicks beside any link"
)

_OF_THE_PAGE = ("PAGE_URL", "PAGE_HOSTNAME", "PAGE_PATH", "REFERRER", "QUERY", "FRAGMENT")


def check(container: Container) -> Iterator[Finding]:
    """Each used click trigger that asks nothing of what is clicked but which link it is not."""
    if not is_web(container):
        return
    used = {i for tag in running_tags(container) for i in trigger_ids(tag, "firingTriggerId")}
    readings = readings_of(container)
    addresses = {variable.name for variable in container.of("variable") if _is_address(variable)}
    addresses |= {name for name, reading in readings.items() if reading == "CLICK_URL"}
    conditions: dict[int, list[Comparison]] = {}
    for comparison in comparisons_of(container):
        if comparison.trigger.type == "CLICK" and comparison.field == "filter":
            conditions.setdefault(id(comparison.trigger.data), []).append(comparison)
    for trigger in container.of("trigger"):
        tests = conditions.get(id(trigger.data), [])
        if trigger.id not in used or len(tests) < len(items(trigger.data.get("filter"))):
            continue
        of_links = [test for test in tests if test.variable in addresses]
        others = (test for test in tests if test.variable not in addresses)
        if not of_links or any(readings.get(test.variable) not in _OF_THE_PAGE for test in others):
            continue
        if all(test.negate and holds(test, "") for test in of_links):
            yield Finding(
                RULE,
                of_links[0].route,
                f"{trigger.words} fires on every click that hits no link, too: "
                f"'{of_links[0].variable}' is empty there",
                hint="make it a 'Just Links' trigger: LINK_CLICK",
            )


def _is_address(variable: Entity) -> bool:
    """Whether it is the address of what was clicked, or a part of it."""
    part, default = variable.parameter("varType"), variable.parameter("setDefaultValue")
    return (
        variable.type == "aev"
        and part is not None
        and part.value == "URL"
        and (default is None or default.value != "true")
        and not variable.data.get("formatValue")
    )
