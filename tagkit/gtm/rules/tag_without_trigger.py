"""A tag has no trigger, so it never fires.

A tag fires on its triggers, or before or after another tag that names it (``setupTag``,
``teardownTag``). An export of part of a container leaves the triggers out that were not ticked:
the import does not bring them back. Not said of a tag that is paused, or whose settings others
use by its name.

Before::

    {"name": "Purchase", "type": "gaawe", ...}

After::

    {"name": "Purchase", "type": "gaawe", ..., "firingTriggerId": ["20"]}

Source: the GTM runtime, 2026-11: only setup and teardown tags need no trigger; Google's API
reference, ``Tag.firingTriggerId``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.links import is_whole, sequence
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK442", "tag-without-trigger", Severity.WARNING, "a tag has no trigger, so it never fires"
)

_HINT = (
    "write the id of a trigger in 'firingTriggerId': "
    '["2147479553"] is All Pages; or pause the tag'
)


def check(container: Container) -> Iterator[Finding]:
    """Each such tag; one finding when no tag of the file has a trigger."""
    if not is_whole(container):
        return
    named = set(_named(container))
    tags = list(container.of("tag"))
    idle = [tag for tag in tags if _is_idle(tag) and (not tag.name or tag.name not in named)]
    if 1 < len(idle) == len(tags):
        more = count(len(idle) - 1, "other tag")
        yield Finding(
            RULE,
            idle[0].name_route,
            f"{idle[0].words} and {more} have no trigger, so they never fire",
            hint=_HINT,
        )
        return
    for tag in idle:
        yield Finding(
            RULE, tag.name_route, f"{tag.words} has no trigger, so it never fires", hint=_HINT
        )


def _is_idle(tag: Entity) -> bool:
    # What is there and no list is the schema's to say.
    no_trigger = "firingTriggerId" not in tag.data or tag.data["firingTriggerId"] == []
    return no_trigger and not tag.data.get("paused")


def _named(container: Container) -> Iterator[str]:
    for tag in container.of("tag"):
        yield from sequence(tag, "setupTag")
        yield from sequence(tag, "teardownTag")
    for parameter in container.parameters:
        if parameter.type == "TAG_REFERENCE" and parameter.entity.kind == "tag":
            yield parameter.value
