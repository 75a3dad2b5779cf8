"""A Meta event or property whose name hints at health or money matters.

Meta's terms forbid names that reflect a person's health or finances. Such events are flagged since
2025, and may be blocked without a word in the browser.

Before::

    fbq('trackCustom', 'LoanRefused');

After::

    fbq('trackCustom', 'RequestRefused');

Source: Meta Business Tools Terms 1.h; messages UNWANTED_EVENT_NAME and UNWANTED_CUSTOM_DATA of
fbevents.js 2.9.203.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import constants, meta_events, said
from tagkit.pixel.sensitive import sensitive
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK487",
    "meta-sensitive-name",
    Severity.WARNING,
    "a Meta event or property whose name hints at health or money matters",
)


def check(container: Container) -> Iterator[Finding]:
    """Each such name, once; of a property it is a note."""
    known = constants(container)
    seen: set[str] = set()
    for event in meta_events(container):
        name = said(event.name, known) or ""
        names: list[tuple[str, Route, str, Severity | None]] = [
            (sent.name, sent.name_route, "property", Severity.NOTE) for sent in event.properties
        ]
        if name not in STANDARD_EVENTS:
            names.append((name, event.route, "event", None))
        for word, route, what, severity in names:
            about = sensitive(word)
            if not about or word in seen:
                continue
            seen.add(word)
            yield Finding(
                RULE,
                route,
                f"the {what} {quoted(word)} of {event.tag.words} hints at a person's {about}, "
                "which Meta's terms forbid",
                hint="choose a neutral name; Meta may block this one",
                severity=severity,
            )
