"""A property under a name that Meta does not read, or not with this event.

Names of your own are allowed, and Meta shows them as parameters; but only its own names do what
they are known for. ``contentIds`` is nobody's product, ``search_term`` nobody's search: nothing
warns. A name of Meta's with an event that does not have it (``num_items`` of a Lead) is kept as if
it were your own.

Before::

    meta_pixel: {event: Search, properties: {search_term: {url: query.q}}}

After::

    meta_pixel: {event: Search, properties: {search_string: {url: query.q}}}

Source: Meta Pixel reference, object properties; Conversions API tag for GTM (names of GA4's).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import bare, one_slip_apart
from tagkit.pixel.properties import ANYWHERE, KNOWN, OF_CUSTOM, OTHER_NAMES, PARTICULAR
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.plan.meta_events import for_meta_alone, meta_events
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tagkit.plan.model import MetaEvent, Parameter, Resolved

RULE = Rule(
    "TK240", "meta-property-name", Severity.WARNING, "a property name that Meta does not read"
)

_LONG = 8
"""Letters from which a slip of one is no other word: 'ordered' is not 'order_id'."""


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the property's key."""
    for conversion, meta in meta_events(plan):
        if meta.standard and meta.name not in STANDARD_EVENTS:
            continue
        names = {parameter.name for parameter in meta.properties}
        for parameter in meta.properties:
            if parameter.name in KNOWN:
                yield from _elsewhere(parameter, meta)
            elif (right := _meant(parameter.name, meta, names)) and right not in names:
                shared = conversion.ga4 is not None and not for_meta_alone(parameter)
                yield Finding(
                    RULE, parameter.route,
                    f"Meta does not read '{parameter.name}', it calls it '{right}'",
                    hint=_hint(right, shared=shared), at_key=True,
                )  # fmt: skip


def _hint(right: str, *, shared: bool) -> str:
    if right == "contents":
        to_meta = "write contents: {ecommerce: contents}"
        return f"add type: items for Meta's own, or {to_meta}" if shared else to_meta
    write = f"write {right}, a list" if right == "content_ids" else f"write {right}"
    keep = "; GA4 keeps its own name when Meta has meta_pixel: {properties: …}"
    return f"{write}{keep if shared else ''}"


def _elsewhere(parameter: Parameter, meta: MetaEvent) -> Iterator[Finding]:
    """A name of Meta's, written by the author, with a standard event that has it not."""
    name, place = parameter.name, parameter.route
    mapped = place[-1:] != (name,)
    if mapped or not meta.standard or name not in PARTICULAR or name in STANDARD_EVENTS[meta.name]:
        return
    events = [event for event, known in STANDARD_EVENTS.items() if name in known]
    yield Finding(
        RULE, place, f"Meta reads '{name}' with {both(events)}, not with {meta.name}",
        hint="leave it out, or keep it as a parameter of your own", at_key=True,
        severity=Severity.NOTE,
    )  # fmt: skip


def _meant(name: str, meta: MetaEvent, names: Container[str]) -> str:
    """The name of Meta's that was probably meant; empty when it is the author's own."""
    known = _spellings(meta.name if meta.standard else "")
    wanted = bare(name)
    if wanted in known:
        return known[wanted]
    if other := OTHER_NAMES.get(name):
        # an id of one's own beside the products is no mistake, nor with an event without products
        products = ("contents", "content_ids")
        told = other in products and any(name in names for name in products)
        return other if meta.standard and bare(other) in known and not told else ""
    for letters, right in known.items():
        near = abs(len(letters) - len(wanted)) <= 1 and one_slip_apart(wanted, letters)
        # 'contexts' and 'content' are words of their own
        if near and len(letters) >= _LONG and right != "contents":
            return right
    return ""


@cache
def _spellings(standard: str) -> dict[str, str]:
    """What an event has, by its letters; of a custom event when there is no name."""
    known = (*STANDARD_EVENTS[standard], *ANYWHERE) if standard else OF_CUSTOM
    return {bare(right): right for right in known}
