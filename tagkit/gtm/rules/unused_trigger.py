"""No tag fires on a trigger or is blocked by it.

It does nothing; sometimes it shows that a tag was forgotten. Not said of a file without tags, or
one in which no trigger is used: there they are what is handed on.

Before::

    "tag": [{"name": "Sign-up", "firingTriggerId": ["20"]}],
    "trigger": [{"triggerId": "20", ...}, {"triggerId": "21", "name": "CE - login", ...}]

After::

    "tag": [{"name": "Sign-up", "firingTriggerId": ["20"]},
            {"name": "Login", "firingTriggerId": ["21"]}],
    "trigger": [{"triggerId": "20", ...}, {"triggerId": "21", "name": "CE - login", ...}]

Source: follows from how triggers are referenced; the fields that hold their ids in Google's
discovery document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.links import is_whole, listed, named_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK441", "unused-trigger", Severity.NOTE, "no tag fires on a trigger or is blocked")


def check(container: Container) -> Iterator[Finding]:
    """One finding with all of them."""
    if not is_whole(container):
        return
    used = named_triggers(container)
    triggers = list(container.of("trigger"))
    unused = [trigger for trigger in triggers if trigger.id and trigger.id not in used]
    if unused and len(unused) < len(triggers):
        yield Finding(
            RULE,
            unused[0].name_route,
            f"no tag fires on or is blocked by {listed(unused)}",
            hint="delete what you do not need, or write its id in 'firingTriggerId' of a tag",
        )
