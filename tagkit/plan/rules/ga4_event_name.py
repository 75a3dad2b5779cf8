"""A GA4 event name that Google drops.

An event whose name is longer than 40 characters, or holds other characters than letters, digits
and underscores, is not collected, and nothing says so.

Before::

    google_analytics: {event: clicked the big blue button}

After::

    google_analytics: {event: blue_button_click}

Source: support.google.com/analytics/answer/13316687 (event naming rules), 9267744 (limits).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK206", "ga4-event-name", Severity.ERROR, "a GA4 event name that Google drops")

LENGTH = 40
PREFIXES = ("_", "firebase_", "ga_", "google_", "gtag.", "query_id")
"""Another rule's: ga4_reserved_name."""
_BEFORE = re.compile(r"^([0-9_]|firebase_|ga_|google_|gtag_|query_id)+")
_FORM = re.compile(r"[A-Za-z][A-Za-z0-9_]*", re.ASCII)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name, or at the conversion it comes from."""
    for conversion in plan.conversions:
        if conversion.ga4 is None:
            continue
        name, route = conversion.ga4.name, (*conversion.route, "google_analytics", "event")
        if len(name) > LENGTH:
            yield Finding(
                RULE, route,
                f"the GA4 event name '{name}' has {len(name)} characters, GA4 takes {LENGTH}",
                hint=f"shorten it, for instance '{shortened(name, LENGTH)}'",
            )  # fmt: skip
        elif not _FORM.fullmatch(name) and not name.startswith(PREFIXES):
            yield Finding(
                RULE, route,
                f"'{name}' is no GA4 event name: letters, digits and underscores, a letter first",
                hint=f"write '{in_form(name)}'" if in_form(name) else None,
            )  # fmt: skip


def shortened(name: str, length: int) -> str:
    """The name cut between words."""
    cut = name[:length]
    return cut if name[length : length + 1] in ("", "_") else cut.rsplit("_", 1)[0]


def in_form(name: str, length: int = LENGTH) -> str:
    """The nearest name that GA4 takes; empty when nothing is left of it."""
    letters = "".join(c for c in normalize("NFKD", name.replace("ł", "l")) if not combining(c))
    plain = re.sub(r"[^A-Za-z0-9]+", "_", letters).strip("_").lower()
    return shortened(re.sub(_BEFORE, "", plain), length)
