"""A tag is blocked by a trigger on which it fires.

Both are tried on the same event, and blocking wins: the tag never fires on that trigger.

Before::

    {"name": "Purchase", "firingTriggerId": ["20"], "blockingTriggerId": ["20"]}

After::

    {"name": "Purchase", "firingTriggerId": ["20"], "blockingTriggerId": ["21"]}

Source: measured on the GTM runtime, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.links import trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK451",
    "blocked-by-own-trigger",
    Severity.WARNING,
    "a tag is blocked by a trigger on which it fires",
)


def check(container: Container) -> Iterator[Finding]:
    """Each such tag, at the first such trigger in 'blockingTriggerId'."""
    names = {trigger.id: trigger.name for trigger in container.of("trigger")}
    for tag in container.of("tag"):
        firing = set(trigger_ids(tag, "firingTriggerId")) - {""}
        blocking = trigger_ids(tag, "blockingTriggerId")
        index = next((index for index, one in enumerate(blocking) if one in firing), None)
        if index is None:
            continue
        one = blocking[index]
        name = names.get(one) or vocabulary.SYSTEM_TRIGGERS.get(one) or one
        never = "never fires" if firing.issubset(blocking) else "never fires on it"
        yield Finding(
            RULE,
            (*tag.route, "blockingTriggerId", index),
            f"{tag.words} fires on '{name}' and is blocked by it, so it {never}",
            hint="take it out of one of the two lists",
        )
