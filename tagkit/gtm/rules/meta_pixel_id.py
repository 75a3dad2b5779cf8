"""A pixel id that is none.

The id is a number that does not begin with 0, and nothing else: no blank, no letter. The library
says "Invalid PixelID" in the console and starts no pixel. As a JavaScript number a long id loses
its last digits.

Before::

    fbq('init', 'PIXEL_ID');

After::

    fbq('init', '1234567890123456');

Source: the check of fbevents.js 2.9.203 (``^[1-9][0-9]{0,25}$``, safe integers).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.fbq_calls import LITERAL
from tagkit.gtm.meta_tags import constants, meta_events, pixel_starts, said
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.fbq_calls import Value

RULE = Rule("TK490", "meta-pixel-id", Severity.WARNING, "a pixel id that is none")

_ID = re.compile(r"[1-9][0-9]{0,25}")
_LARGEST = 2**53 - 1


def check(container: Container) -> Iterator[Finding]:
    """Each id that is started or sent to, once."""
    known = constants(container)
    seen: set[str] = set()
    for tag, route, value in _used(container):
        pixel = said(value, known)
        if pixel is None or pixel in seen:
            continue
        if value.kind == LITERAL and pixel.isdecimal() and int(pixel[:30]) > _LARGEST:
            seen.add(pixel)
            message = f"{tag.words} writes the pixel id {pixel} as a number that is too large"
            yield Finding(RULE, route, message, hint=f"put it in quotes: '{pixel}'")
        elif not _ID.fullmatch(pixel):
            seen.add(pixel)
            of = f" (from {{{{{value.reference}}}}})" if value.reference else ""
            yield Finding(
                RULE,
                _constant_route(container, value.reference) or route,
                f"{tag.words} uses the pixel id {quoted(pixel)}{of}, which is none",
                hint="write the digits that Events Manager shows, without blanks",
            )


def _constant_route(container: Container, name: str) -> Route:
    """Where the constant of this name has its value; () without a name."""
    for variable in container.of("variable"):
        if name and variable.name == name and (value := variable.parameter("value")):
            return value.value_route
    return ()


def _used(container: Container) -> Iterator[tuple[Entity, Route, Value]]:
    for start in pixel_starts(container):
        yield start.tag, start.route, start.pixel
    for event in meta_events(container):
        if event.pixel is not None and not event.template:
            yield event.tag, event.route, event.pixel
