"""A custom event that is a standard event, or another custom one, in other letters.

Meta's names are case-sensitive, and GA4's are not Meta's. ``custom: add_to_cart`` is an event of
its own: campaigns that optimise for AddToCart and catalogue ads never see it. Two spellings of one
name of your own are two events.

Before::

    meta_pixel: {custom: add_to_cart}

After::

    meta_pixel: {event: AddToCart}

Source: Meta, conversion tracking; Meta's own mapping of GA4 names (Conversions API tag for GTM).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import bare
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.plan.meta_events import meta_events, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK250", "meta-custom-spelling", Severity.WARNING, "a custom event that is another, misspelled"
)

_STANDARD = {bare(name): name for name in STANDARD_EVENTS}
_SAME = {
    # GA4's names, and those of Meta's own API
    "viewitem": "ViewContent",
    "begincheckout": "InitiateCheckout",
    "generatelead": "Lead",
    "signup": "CompleteRegistration",
    "initiatedcheckout": "InitiateCheckout",
    "contentview": "ViewContent",
}


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name."""
    own: dict[str, tuple[str, Route]] = {}
    for conversion, meta in meta_events(plan):
        name, place = meta.name, place_of(conversion, meta)
        if meta.standard or name in STANDARD_EVENTS:
            continue
        letters = bare(name)
        if standard := _STANDARD.get(letters):
            yield Finding(
                RULE, place, f"the custom event '{name}' is not Meta's standard event {standard}",
                hint=f"write meta_pixel: {{event: {standard}}}",
            )  # fmt: skip
        elif standard := _SAME.get(letters):
            yield Finding(
                RULE, place, f"Meta has a standard event for '{name}': {standard}",
                hint=f"write meta_pixel: {{event: {standard}}}, unless you mean another thing",
                severity=Severity.NOTE,
            )  # fmt: skip
        else:
            first, at = own.setdefault(letters, (name, place))
            if first == name:
                continue
            yield Finding(
                RULE, place, f"'{name}' and '{first}' are two events to Meta",
                hint=f"write '{first}' in both places", related=((at, f"'{first}' is here"),),
            )  # fmt: skip
