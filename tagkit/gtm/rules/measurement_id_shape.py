"""A GA4 event goes to something that is no measurement ID, so it fails in silence.

In the browser a GA4 event tag whose destination does not begin with ``G-`` stops without a word
unless the page is in debug mode.

Before::

    {"type": "TEMPLATE", "key": "measurementIdOverride", "value": "GTM-ABC123"}

After::

    {"type": "TEMPLATE", "key": "measurementIdOverride", "value": "G-ABCDEF1234"}

Source: measured on the GTM runtime, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.words import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity, Parameter

RULE = Rule(
    "TK437", "measurement-id-shape", Severity.WARNING, "a GA4 event goes to no measurement ID"
)


def check(container: Container) -> Iterator[Finding]:
    """Each destination that is written out, in a tag or in a constant, and is not G-…."""
    constants = {
        f"{{{{{variable.name}}}}}": variable.parameter("value")
        for variable in container.of("variable")
        if variable.type == "c"
    }
    users: dict[Route, tuple[Parameter, list[Entity]]] = {}
    for tag in container.of("tag"):
        found = tag.parameter("measurementIdOverride") if tag.type == "gaawe" else None
        written = constants.get(found.value, found) if found else None
        if written is None or not written.value or "{{" in written.value:
            continue
        if not written.value.startswith("G-"):
            users.setdefault(written.route, (written, []))[1].append(tag)
    for written, tags in users.values():
        more = f" and {count(len(tags) - 1, 'other tag')}" if len(tags) > 1 else ""
        yield Finding(
            RULE,
            written.value_route,
            f"'{written.value}' is no measurement ID, so {tags[0].words}{more} will send nothing",
            hint="a measurement ID begins with G-",
        )
