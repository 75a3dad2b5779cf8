"""A tag fires on a custom event trigger that takes every event.

The regular expression ``.*`` also matches the events that GTM pushes itself: gtm.js, gtm.dom,
gtm.load, every click and scroll that any other trigger listens to.

Before::

    "customEventFilter": [{"type": "MATCH_REGEX", "parameter": [ …{{_event}}…, ….*… ]}]

After::

    "customEventFilter": [{"type": "MATCH_REGEX", "parameter": [ …{{_event}}…,
                           …^(purchase|add_to_cart)$… ]}]

Source: GTM's runtime: a trigger of this type is asked for each message that has an event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import comparisons_of
from tagkit.gtm.container import items
from tagkit.gtm.firing import is_web, running_tags
from tagkit.gtm.links import trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK464", "every-event", Severity.WARNING, "a tag fires on every event of the page")

_EVERY = frozenset({"", ".*", ".+", "^.*", "^.+", ".*$", ".+$", "^.*$", "^.+$", "(.*)", "."})


def check(container: Container) -> Iterator[Finding]:
    """Each such trigger without a condition, if a tag runs on it more than once and unblocked."""
    if not is_web(container):
        return
    fired: dict[str, str] = {}
    for tag in running_tags(container):
        if tag.data.get("tagFiringOption") == "ONCE_PER_LOAD" or tag.data.get("blockingTriggerId"):
            continue
        for number in trigger_ids(tag, "firingTriggerId"):
            fired.setdefault(number, tag.words)
    for comparison in comparisons_of(container):
        trigger = comparison.trigger
        if comparison.field != "customEventFilter" or comparison.type != "MATCH_REGEX":
            continue
        if comparison.negate or comparison.right not in _EVERY or trigger.id not in fired:
            continue
        if items(trigger.data.get("filter")):
            continue
        yield Finding(
            RULE,
            comparison.right_route,
            f"{trigger.words} fires {fired[trigger.id]} on every event, also on GTM's own such as "
            "gtm.dom and gtm.click",
            hint="name the events, for instance '^(purchase|sign_up)$', or add a condition",
        )
