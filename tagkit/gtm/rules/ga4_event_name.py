"""A GA4 event tag sends a name that GA4 drops.

GTM sends any name. GA4 then drops, without a word, names of more than 40 characters, names with
other characters than letters, digits and underscores, and those it keeps for itself.

Before::

    {"type": "TEMPLATE", "key": "eventName", "value": "Click on phone number"}

After::

    {"type": "TEMPLATE", "key": "eventName", "value": "phone_click"}

Source: support.google.com/analytics/answer/13316687 (event naming rules), 9267744 (limits); that
GTM sends them as they are: measured on its runtime, 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import (
    AUTOMATIC,
    EVENT_LENGTH,
    EVENT_PREFIXES,
    FORM,
    NEVER,
    in_form,
    shortened,
)
from tagkit.gtm.google_analytics import analytics_of
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK467", "ga4-event-name", Severity.WARNING, "a GA4 tag sends an event that GA4 drops")

# Google's list for the web. The others it keeps for apps and for its servers: less sure.
_NEVER_ON_THE_WEB = frozenset(
    {
        "ad_impression", "app_remove", "app_store_refund", "app_store_subscription_cancel",
        "app_store_subscription_renew", "error", "first_open", "first_visit", "in_app_purchase",
        "session_start", "user_engagement",
    }
)  # fmt: skip
_KEPT = NEVER - _NEVER_ON_THE_WEB - {"screen_view"}


def check(container: Container) -> Iterator[Finding]:
    """Each event name that is written out in a tag."""
    for event in analytics_of(container).events:
        name = event.literal_name.strip()
        if not name:
            continue
        if name in _KEPT or (FORM.fullmatch(name) and name.startswith(EVENT_PREFIXES)):
            yield Finding(
                RULE,
                event.name_route,
                f"Google keeps the name '{name}' of {event.tag.words} for itself, it may drop ours",
                hint=f"write '{_free(name)}'",
                severity=Severity.NOTE,
            )
        elif problem := _problem(name):
            yield Finding(
                RULE,
                event.name_route,
                f"GA4 drops the event {quoted(name)} of {event.tag.words}: {problem}",
                hint=f"write '{_free(name)}'",
            )


def _problem(name: str) -> str:
    if len(name) > EVENT_LENGTH:
        return f"its name has {len(name)} characters, {EVENT_LENGTH} are allowed"
    if name in _NEVER_ON_THE_WEB:
        return "the name is one of its own"
    # Google's help page allows letters of other languages, its validator does not: not said.
    if not FORM.fullmatch(name) and name.isascii():
        return "names are letters, digits and underscores, a letter first"
    return ""


def _free(name: str) -> str:
    if name in NEVER:
        return f"site_{name}"
    if FORM.fullmatch(name) and not name.startswith(EVENT_PREFIXES):
        return shortened(name, EVENT_LENGTH)
    offered = in_form(name)
    return f"site_{offered}" if offered in NEVER else AUTOMATIC.get(offered, offered) or "my_event"
