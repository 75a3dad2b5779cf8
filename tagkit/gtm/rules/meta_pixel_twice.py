"""Two tags start the same pixel.

The second start is ignored, with all it carries: what it passes for advanced matching is lost, and
the console says "Duplicate Pixel ID".

Before::

    Tag "Pixel base":  fbq('init', '1234567890123456');              // All Pages
    Tag "Pixel setup": fbq('init', '1234567890123456', {em: …});     // All Pages

After::

    Tag "Pixel base":  fbq('init', '1234567890123456', {em: …});     // All Pages

Source: recorded behaviour of fbevents.js 2.9.203.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import id_text, items
from tagkit.gtm.content import repeats
from tagkit.gtm.meta_tags import constants, pixel_starts, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.meta_tags import Start

RULE = Rule("TK491", "meta-pixel-twice", Severity.WARNING, "two tags start the same pixel")

_EVERY_PAGE = ("PAGEVIEW", "DOM_READY", "WINDOW_LOADED", "INIT", "CONSENT_INIT")
_SYSTEM = ("2147479553", "2147479572", "2147479573")


def check(container: Container) -> Iterator[Finding]:
    """The second of two tags that surely fire on one page, for each pixel."""
    known = constants(container)
    every_page = {
        trigger.id
        for trigger in container.of("trigger")
        if trigger.type in _EVERY_PAGE and not items(trigger.data.get("filter"))
    } | set(_SYSTEM)
    starts: dict[str, list[Start]] = {}
    for start in pixel_starts(container):
        pixel = said(start.pixel, known) or start.pixel.reference
        # The templates keep a list of what they have started.
        if pixel and start.sure and not items(start.tag.data.get("blockingTriggerId")):
            others = starts.setdefault(pixel, [])
            if not (start.template and any(other.template for other in others)):
                others.append(start)
    several = {pixel: found for pixel, found in starts.items() if len(found) > 1}
    copies = repeats(container) if several else frozenset()
    for pixel, found in several.items():
        for second in found[1:]:
            first = found[0]
            if second.tag is first.tag or second.tag.route in copies:
                continue
            if _meet(first.tag, second.tag, every_page):
                yield Finding(
                    RULE,
                    second.route,
                    f"{second.tag.words} starts pixel {_shown(pixel)}, and so does "
                    f"{first.tag.words}: the second of them is ignored",
                    hint="start it in one tag; the other needs only its events",
                    related=((first.route, "the other one"),),
                )
                break


def _shown(pixel: str) -> str:
    return pixel if pixel.isdecimal() else f"'{pixel}'"


def _meet(one: Entity, other: Entity, every_page: set[str]) -> bool:
    """Whether both fire on one page: one on every page, or both on the same triggers."""
    fires = [
        {id_text(trigger) for trigger in items(tag.data.get("firingTriggerId"))}
        for tag in (one, other)
    ]
    if not all(fires):
        return False
    return bool(fires[0] == fires[1] or fires[0] & every_page or fires[1] & every_page)
