"""An exception of a tag can never block it: it listens for another event than the tag fires on.

GTM asks exceptions on the same event only. A page view exception blocks nothing that a click
fires, whatever page it is. An exception on every event is a custom event trigger with the regular
expression ``.*`` and the condition.

Before::

    {"name": "Block staging", "type": "PAGEVIEW", "filter": [ …hostname contains staging… ]}

After::

    {"name": "Block staging", "type": "CUSTOM_EVENT",
     "customEventFilter": [{"type": "MATCH_REGEX", "parameter": [ …{{_event}}, .*… ]}],
     "filter": [ …hostname contains staging… ]}

Source: GTM's runtime, where a tag "fired although PAGEVIEW exception".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.firing import events_by_trigger, is_web, may_be_one, running_tags
from tagkit.gtm.links import trigger_ids
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK456",
    "exception-never-blocks",
    Severity.WARNING,
    "an exception listens for another event than its tag fires on",
)


def check(container: Container) -> Iterator[Finding]:
    """Each tag with exceptions that share no event with any of its triggers: the first of them."""
    if not is_web(container):
        return
    events = events_by_trigger(container)
    triggers = {trigger.id: trigger for trigger in container.of("trigger")}
    sequenced = _in_sequences(container)
    for tag in running_tags(container):
        blocking = items(tag.data.get("blockingTriggerId"))
        if not blocking or tag.name in sequenced:
            continue
        firing = [events.get(number) for number in trigger_ids(tag, "firingTriggerId")]
        known = [event for event in firing if event is not None]
        if not known or len(known) < len(firing):
            continue
        vain = [
            (index, triggers[number])
            for index, number in enumerate(map(id_text, blocking))
            if number in triggers and (asked := events.get(number)) is not None
            if not any(may_be_one(asked, event) for event in known)
        ]
        if vain:
            index, exception = vain[0]
            kind = vocabulary.TRIGGER_TYPES[exception.type].title
            others = f" and {count(len(vain) - 1, 'other exception')}" if len(vain) > 1 else ""
            yield Finding(
                RULE,
                (*tag.route, "blockingTriggerId", index),
                f"{exception.words} ({kind}){others} can never block {tag.words}: "
                f"{'they listen' if others else 'it listens'} for another event than those that "
                "fire the tag",
                hint="make the exception a custom event trigger that matches the regular "
                "expression '.*', with the same conditions",
            )


def _in_sequences(container: Container) -> frozenset[str]:
    """The names of the tags that others run, on events of theirs."""
    return frozenset(
        text(mapping(entry).get("tagName"))
        for tag in container.of("tag")
        for key in ("setupTag", "teardownTag")
        for entry in items(tag.data.get(key))
    )
