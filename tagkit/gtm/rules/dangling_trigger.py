"""A tag or a trigger group names a trigger that is not in the file.

The tag never fires, or the exception never blocks. GTM's own exports never have it: an export of
part of a container leaves such ids out. Four ids stand for triggers that GTM has built in and
exports never list: 2147479553 All Pages, 2147479572 Consent Initialization - All Pages,
2147479573 Initialization - All Pages, 2147479574 All Pages of a server container.

Before::

    "tag": [{"name": "Purchase", "firingTriggerId": ["20"]}], "trigger": [{"triggerId": "21"}]

After::

    "tag": [{"name": "Purchase", "firingTriggerId": ["21"]}], "trigger": [{"triggerId": "21"}]

Source: 0 of 178 exports; one author's report that such a file imports and the tag never fires.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK410", "dangling-trigger", Severity.ERROR, "a tag names a trigger that is not in the file"
)

_DOES = {"firingTriggerId": "fires on", "blockingTriggerId": "is blocked by"}
_HINT = "add the trigger, or name one that is there; 2147479553 is All Pages"


def check(container: Container) -> Iterator[Finding]:
    """Each id that neither the file nor GTM has."""
    known = container.ids["trigger"]
    for route, words, name in _named(container):
        if not name or name in known or name in vocabulary.SYSTEM_TRIGGERS:
            continue
        if name.isdecimal() and vocabulary.FIRST_SYSTEM_ID <= int(name[:11]) < 2**31:
            yield Finding(
                RULE,
                route,
                f"{words} trigger {name}, which is not in the file and no built-in trigger "
                "that is known",
                hint=_HINT,
                severity=Severity.WARNING,
            )
        else:
            yield Finding(
                RULE, route, f"{words} trigger {name}, which is not in the file", hint=_HINT
            )


def _named(container: Container) -> Iterator[tuple[Route, str, str]]:
    for tag in container.of("tag"):
        for key, does in _DOES.items():
            for index, value in enumerate(items(tag.data.get(key))):
                yield (*tag.route, key, index), f"{tag.words} {does}", id_text(value)
    for parameter in container.parameters:
        if parameter.type == "TRIGGER_REFERENCE":
            yield parameter.value_route, f"{parameter.entity.words} waits for", parameter.value
