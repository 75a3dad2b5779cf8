"""A custom event name that Meta cuts or mistakes.

A custom event has at most 50 characters. One that is called like a standard event is counted as
that standard event, without the checks that come with it.

Before::

    meta_pixel: {custom: Purchase}

After::

    meta_pixel: {event: Purchase}

Source: Meta, conversion tracking; recorded behaviour of fbevents.js 2.9.203.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import shortened
from tagkit.pixel.standard_events import CUSTOM_NAME_LENGTH, STANDARD_EVENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK212", "meta-custom-name", Severity.ERROR, "a custom event name that Meta cuts or mistakes"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name, or at the conversion it comes from."""
    for conversion in plan.conversions:
        meta = conversion.meta
        if meta is None or meta.standard:
            continue
        route = (*conversion.route, "meta_pixel", "custom")
        if len(meta.name) > CUSTOM_NAME_LENGTH:
            yield Finding(
                RULE, route,
                f"the custom event '{meta.name}' has {len(meta.name)} characters, "
                f"Meta takes {CUSTOM_NAME_LENGTH}",
                hint=f"shorten it, for instance '{shortened(meta.name, CUSTOM_NAME_LENGTH)}'",
            )  # fmt: skip
        elif meta.name in STANDARD_EVENTS:
            yield Finding(
                RULE, route, f"'{meta.name}' is one of Meta's standard events",
                hint=f"write meta_pixel: {{event: {meta.name}}}", at_key=True,
            )  # fmt: skip
