"""A page view trigger tests what only a click, a form, a video … tells.

Click, form, scroll, video, history and error variables hold what the last such event said. When a
page loads there was none, so they are undefined.

Before::

    {"type": "PAGEVIEW", "filter": [ …{{Click URL}} contains /download… ]}

After::

    {"type": "LINK_CLICK", "filter": [ …{{Click URL}} contains /download… ]}

Source: compiled containers: these variables are reads of gtm.* keys of the data layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.comparisons import comparisons_of, holds, readings_of
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK462",
    "variable-of-another-event",
    Severity.WARNING,
    "a page view trigger tests what only other events tell",
)

# Before DOM Ready and Window Loaded there may have been an error, a click on a slow page.
_FIRST = ("CONSENT_INIT", "INIT", "PAGEVIEW")
_CLICK = "a click trigger"
_OF_EVENTS = {
    "CLICK_": _CLICK,
    "FORM_": "a form submission trigger",
    "VIDEO_": "a video trigger",
    "SCROLL_DEPTH_": "a scroll depth trigger",
    "ELEMENT_VISIBILITY_": "an element visibility trigger",
    "ERROR_": "a JavaScript error trigger",
    "NEW_HISTORY_": "a history change trigger",
    "OLD_HISTORY_": "a history change trigger",
    "HISTORY_SOURCE": "a history change trigger",
}


def check(container: Container) -> Iterator[Finding]:
    """The first condition of a page view trigger that an undefined variable does not meet."""
    if not is_web(container):
        return
    readings = readings_of(container)
    said: set[Route] = set()
    for comparison in comparisons_of(container):
        if comparison.trigger.type not in _FIRST or comparison.field != "filter":
            continue
        if comparison.trigger.route in said:
            continue
        reading = readings.get(comparison.variable, "")
        instead = next((w for start, w in _OF_EVENTS.items() if reading.startswith(start)), "")
        if not instead:
            continue
        selector = comparison.type == "CSS_SELECTOR" and not comparison.negate
        fails = all(holds(comparison, nothing) is False for nothing in ("undefined", "", "null"))
        if selector or fails:
            said.add(comparison.trigger.route)
            title = vocabulary.TRIGGER_TYPES[comparison.trigger.type].title
            yield Finding(
                RULE,
                comparison.route,
                f"{comparison.trigger.words} ({title}) never fires: when a page loads, "
                f"'{comparison.variable}' has no value yet",
                hint=f"make it {instead}",
            )
