"""A tag that needs consent is skipped once and not asked again.

GTM checks consent at the moment of the event; what is skipped does not run when consent comes. A
tag with *once per page* has even used up its once by being skipped. So a tag on page load alone
misses the first page of every visitor that has yet to agree.

Before::

    {"firingTriggerId": ["2147479553"], "tagFiringOption": "ONCE_PER_LOAD",
     "consentSettings": {"consentStatus": "NEEDED", …}}

After::

    {"firingTriggerId": ["2147479553", "<trigger on the event after the visitor's choice>"],
     "tagFiringOption": "ONCE_PER_EVENT", "consentSettings": {"consentStatus": "NEEDED", …}}

Source: GTM's runtime, measured on two builds: skipped tags are not run again after an update, and
ONCE_PER_LOAD is used up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import items, mapping
from tagkit.gtm.firing import (
    PAGE_LOAD_EVENTS,
    events_by_trigger,
    is_web,
    running_tags,
)
from tagkit.gtm.links import trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK465",
    "consent-missed-for-good",
    Severity.NOTE,
    "a tag that waits for consent is skipped for good",
)


def check(container: Container) -> Iterator[Finding]:
    """Each once per page; of those on page load alone the first, and how many more there are.

    The latter only where no tag that needs consent has a second chance.
    """
    if not is_web(container):
        return
    events = events_by_trigger(container)
    on_load_only: list[Entity] = []
    known_there = False
    for tag in running_tags(container):
        consent = mapping(tag.data.get("consentSettings"))
        types = items(mapping(consent.get("consentType")).get("list"))
        if consent.get("consentStatus") != "NEEDED" or not types:
            continue
        firing = [events.get(number) for number in trigger_ids(tag, "firingTriggerId")]
        known = [event for event in firing if event is not None]
        if not known or len(known) < len(firing):
            continue
        on_load = [event.names != () and {*event.names} <= PAGE_LOAD_EVENTS for event in known]
        if tag.data.get("tagFiringOption") == "ONCE_PER_LOAD" and any(on_load):
            yield Finding(
                RULE,
                (*tag.route, "tagFiringOption"),
                f"{tag.words} needs consent and fires once per page: skipped for want of consent "
                "when the page loads, it does not fire on that page at all",
                hint="write ONCE_PER_EVENT, and let its code see that it runs once",
                severity=Severity.WARNING,
            )
        elif all(on_load):
            on_load_only.append(tag)
        # Who fires a tag on load and on an event of the page knows of this, it seems.
        known_there = known_there or (any(on_load) and any(event.tests for event in known))
    if on_load_only and not known_there:
        first, *rest = on_load_only
        yield Finding(
            RULE,
            (*first.route, "consentSettings"),
            f"{first.words} {f'and {len(rest)} more need' if rest else 'needs'} consent and "
            f"{'fire' if rest else 'fires'} on page load only: a visitor who agrees later is "
            "missed on that page",
            hint="add a trigger on the event that your consent banner pushes after the choice",
        )
