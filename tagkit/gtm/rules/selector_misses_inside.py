"""A click trigger on all elements tests the selector of a box, and clicks land on what is inside.

*All Elements* asks the innermost element under the pointer: the icon or the ``span``, not the
button around it. ``.buy *`` selects what is inside. *Just Links* asks the link itself.

Before::

    {"type": "CSS_SELECTOR", "parameter": [ …{{Click Element}}…, …button.buy… ]}

After::

    {"type": "CSS_SELECTOR", "parameter": [ …{{Click Element}}…, …button.buy, button.buy *… ]}

Source: GTM's runtime: ``event.target.matches(selector)``, no search among the ancestors.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of, readings_of
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """Each selector of which no part asks for what is inside, nor for a thing without inside."""
    if not is_web(container):
        return
    readings = readings_of(container)
    for comparison in comparisons_of(container):
        if comparison.trigger.type != "CLICK" or comparison.type != "CSS_SELECTOR":
            continue
        if comparison.negate or not comparison.is_literal or not comparison.right.strip():
            continue
        if readings.get(comparison.variable) != "CLICK_ELEMENT":
            continue
        if any(_INNERMOST.search(part.strip()) for part in comparison.right.split(",")):
            continue
        css = comparison.right.strip()
        yield Finding(
            RULE,
            comparison.right_route,
            f"{comparison.trigger.words} misses clicks on what is inside of '{css}', such as an "
            "icon: the innermost element is asked",
            hint=f"write '{css}, {css} *'" if "," not in css else "add each selector with ' *'",
        )
