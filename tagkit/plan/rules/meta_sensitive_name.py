"""A name for Meta that hints at a person's health or money.

Meta's terms forbid names of events, and of what travels with them, that reflect or imply health or
financial information. Such conversions and audiences are flagged, events can be blocked. Call it
by what happens on the site.

Before::

    meta_pixel: {custom: InsufficientFunds}

After::

    meta_pixel: {custom: CheckoutInterrupted}

Source: Meta Business Tools Terms, 1.h; Meta, custom conversions (flagged since 2025-09-02).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.pixel.sensitive import sensitive
from tagkit.plan.meta_events import for_meta_alone, literal_of, meta_events, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import MetaEvent, Parameter, Resolved

RULE = Rule(
    "TK247", "meta-sensitive-name", Severity.WARNING, "a name that hints at health or money"
)

_TEXTS = ("content_name", "content_category")
_OWN = "Meta alone gets another name with meta_pixel: {properties: …}"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name, a key, or the text of a category."""
    for conversion, meta in meta_events(plan):
        if not meta.standard and (about := sensitive(meta.name)):
            yield Finding(
                RULE, place_of(conversion, meta), _said(f"the event name '{meta.name}'", about),
                hint="write a neutral name: meta_pixel: {custom: …}",
            )  # fmt: skip
        yield from _of_properties(meta)


def _of_properties(meta: MetaEvent) -> Iterator[Finding]:
    for parameter in meta.properties:
        if about := sensitive(parameter.name):
            yield Finding(
                RULE, parameter.route, _said(f"the name '{parameter.name}'", about),
                hint=_hint("write a neutral name, or leave it out", parameter), at_key=True,
            )  # fmt: skip
        text = literal_of(parameter) if parameter.name in _TEXTS else None
        if isinstance(text, str) and (about := sensitive(text)):
            yield Finding(
                RULE, parameter.route, _said(f"'{text}'", about),
                hint=_hint("write neutral words, or leave it out", parameter),
            )  # fmt: skip


def _said(what: str, about: str) -> str:
    return f"{what} hints at a person's {about}, which Meta's terms forbid"


def _hint(what: str, parameter: Parameter) -> str:
    return what if for_meta_alone(parameter) else f"{what}; {_OWN}"
