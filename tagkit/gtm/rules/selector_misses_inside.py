"""A click trigger on all elements tests the selector of a box, and clicks land on what is inside.

*All Elements* asks the innermost element under the pointer: the icon or the ``span``, not the
button around it. ``.buy *`` selects what is inside. *Just Links* asks the link itself: a picture in
a link has no Click URL.

Before::

    {"type": "CSS_SELECTOR", "parameter": [ …{{Click Element}}…, …button.buy… ]}

After::

    {"type": "CSS_SELECTOR", "parameter": [ …{{Click Element}}…, …button.buy, button.buy *… ]}

Source: GTM's runtime: ``event.target.matches(selector)``, no search among the ancestors;
gtm.elementUrl is that of the element itself, empty when it has none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of, holds, readings_of
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK463",
    "selector-misses-inside",
    Severity.NOTE,
    "a click trigger's selector misses clicks on what is inside",
)

_INNERMOST = re.compile(
    r"(?:^|[\s>+~])(?:\*|(?:input|img|select|option|textarea|video|iframe|path|use|svg|i|br)\b)"
    r"[^\s>+~]*$"
)


def check(container: Container) -> Iterator[Finding]:
    """Each selector of which no part asks for what is inside, nor for a thing without inside.

    Of a trigger that asks for a link, the first condition.
    """
    if not is_web(container):
        return
    readings = readings_of(container)
    links: set[Route] = set()
    for comparison in comparisons_of(container):
        if comparison.trigger.type != "CLICK" or comparison.negate or not comparison.is_literal:
            continue
        reading = readings.get(comparison.variable)
        if reading == "CLICK_ELEMENT" and comparison.type == "CSS_SELECTOR":
            yield from _selector(comparison)
        elif reading != "CLICK_URL" or comparison.trigger.route in links:
            continue
        elif holds(comparison, "") is False:
            links.add(comparison.trigger.route)
            yield Finding(
                RULE,
                comparison.route,
                f"{comparison.trigger.words} misses clicks on what is inside of a link, such as a "
                f"picture: '{comparison.variable}' is empty there",
                hint="make it a 'Just Links' trigger: LINK_CLICK",
            )


def _selector(comparison: Comparison) -> Iterator[Finding]:
    css = comparison.right.strip()
    if not css or any(_INNERMOST.search(part.strip()) for part in css.split(",")):
        return
    yield Finding(
        RULE,
        comparison.right_route,
        f"{comparison.trigger.words} misses clicks on what is inside of '{css}', such as an "
        "icon: the innermost element is asked",
        hint=f"write '{css}, {css} *'" if "," not in css else "add each selector with ' *'",
    )
