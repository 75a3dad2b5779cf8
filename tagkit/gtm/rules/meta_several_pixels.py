"""Several pixels are started, and events go to all of them.

``track`` sends to every pixel that is started, whoever started it: two accounts, two agencies, or
an old pixel that nobody removed. ``trackSingle`` sends to the one it names.

Before::

    fbq('init', '1111111111111111');
    fbq('init', '2222222222222222');
    fbq('track', 'Lead');

After::

    fbq('trackSingle', '1111111111111111', 'Lead');

Source: Meta, track multiple events; recorded behaviour of fbevents.js 2.9.203.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import constants, fbq_tags, meta_events, pixel_starts, said
from tagkit.words import both, count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK492",
    "meta-several-pixels",
    Severity.NOTE,
    "several pixels are started, and events go to all of them",
)


def check(container: Container) -> Iterator[Finding]:
    """Once, at the first event that goes to several."""
    known = constants(container)
    pixels = {pixel for start in pixel_starts(container) if (pixel := said(start.pixel, known))}
    if len(pixels) <= 1 or _is_off(container):
        return
    sent = [
        event
        for event in meta_events(container)
        if event.pixel is None and said(event.name, known) != "PageView"
    ]
    if sent:
        more = f" (and {count(len(sent) - 1, 'more event')})" if len(sent) > 1 else ""
        yield Finding(
            RULE,
            sent[0].route,
            f"the event of {sent[0].tag.words}{more} goes to all pixels that are started here: "
            f"{both(sorted(pixels))}",
            hint="write trackSingle with the pixel's id, unless all shall have it",
        )


def _is_off(container: Container) -> bool:
    """Whether a pixel is told to take trackSingle only."""
    return any(
        call.command == "set" and call.arguments and call.arguments[0].plain == "trackSingleOnly"
        for _, _, calls in fbq_tags(container)
        for call in calls
    )
