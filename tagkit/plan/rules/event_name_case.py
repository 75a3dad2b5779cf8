"""An event name with capital letters.

GA4's names are case-sensitive: Sign_Up and sign_up are two events, and only the second is the one
that GA4 knows. Reports show both, key events and audiences see one of them.

Before::

    google_analytics: {event: signUp}

After::

    google_analytics: {event: sign_up}

Source: support.google.com/analytics/answer/13316687 (names are case-sensitive).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.ga4.names import AUTOMATIC, FORM
from tagkit.ga4.recommended import OTHER, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, Resolved

RULE = Rule("TK237", "event-name-case", Severity.NOTE, "an event name with capital letters")

_HUMP = r"(?<=[a-z0-9])(?=[A-Z])"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name. A warning where another event has the name in small letters."""
    known: dict[str, dict[str, Conversion]] = {}
    for conversion in plan.conversions:
        if conversion.ga4:
            alike = known.setdefault(_small(conversion.ga4.name), {})
            alike.setdefault(conversion.ga4.name, conversion)
    for conversion in plan.conversions:
        name = conversion.ga4.name if conversion.ga4 else ""
        if name == name.lower() or not FORM.fullmatch(name):
            continue
        small, route = _small(name), (*conversion.route, "google_analytics", "event")
        others = [c for other, c in known[small].items() if other != name]
        if small in OTHER or small in REQUIRED or small in ECOMMERCE_EVENTS:
            yield Finding(
                RULE, route, f"'{name}' is not the event '{small}' that GA4 knows",
                hint=f"write '{small}'", severity=Severity.WARNING,
            )  # fmt: skip
        elif small in AUTOMATIC:
            yield Finding(
                RULE, route,
                f"'{name}' and '{small}', which GA4 sends by itself, are two events to GA4",
                hint=f"choose another name, such as '{AUTOMATIC[small]}'",
            )  # fmt: skip
        elif others:
            yield Finding(
                RULE, route,
                f"'{name}' and '{others[0].ga4.name if others[0].ga4 else small}' are two events "
                "to GA4",
                hint=f"write '{small}' for both", severity=Severity.WARNING,
                related=((others[0].route, "the other is here"),),
            )  # fmt: skip
        else:
            yield Finding(
                RULE, route, f"'{name}' has capital letters, and GA4 minds them",
                hint=f"write '{small}', as GA4 writes its own",
            )  # fmt: skip


def _small(name: str) -> str:
    return re.sub(_HUMP, "_", name).lower()
