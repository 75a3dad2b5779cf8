"""A tag is paused.

It does not fire, in the container it is imported into as well. Not said of a tag with notes, whose
author has told more. A tag that another one runs first
and that is paused counts as failed: with ``stopOnSetupFailure`` the other one never fires, either,
which is a warning.

Before::

    {"name": "Pixel - Base", "paused": true},
    {"name": "Purchase", "setupTag": [{"tagName": "Pixel - Base", "stopOnSetupFailure": true}]}

After::

    {"name": "Pixel - Base"},
    {"name": "Purchase", "setupTag": [{"tagName": "Pixel - Base", "stopOnSetupFailure": true}]}

Source: measured on the GTM runtime, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import items, mapping, text
from tagkit.gtm.links import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK443", "paused-tag", Severity.NOTE, "a tag is paused")


def check(container: Container) -> Iterator[Finding]:
    """One note with all of them, a warning for each tag that waits for one."""
    paused = [tag for tag in container.of("tag") if tag.data.get("paused") is True]
    if not paused:
        return
    unsaid = [tag for tag in paused if not tag.data.get("notes")]
    if unsaid:
        yield Finding(
            RULE,
            (*unsaid[0].route, "paused"),
            f"paused, so it does not fire: {listed(unsaid)}",
            hint="delete what you do not need, or leave 'paused' out; or say why in 'notes'",
        )
    stopped = {tag.name for tag in paused if tag.name}
    for tag in container.of("tag"):
        # Only the first entry is used.
        first = mapping(next(iter(items(tag.data.get("setupTag"))), None))
        name = text(first.get("tagName"))
        waits = first.get("stopOnSetupFailure") is True and name in stopped
        if waits and tag.data.get("paused") is not True:
            yield Finding(
                RULE,
                (*tag.route, "setupTag", 0, "tagName"),
                f"{tag.words} never fires: it waits for '{name}' to succeed, which is paused",
                hint=f"let '{name}' fire, or leave 'stopOnSetupFailure' out",
                severity=Severity.WARNING,
            )
