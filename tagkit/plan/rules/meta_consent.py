"""Events for Meta that ask for another consent than the one the pixel needs.

The pixel sets cookies for advertising. When no conversion asks for ``ad_storage``, the pixel starts
without it: somebody who agreed to statistics only is told to Meta. When some conversions do, the
pixel waits for it, and those that do not ask wait all the same.

Before::

    - {use: share, consent: [analytics_storage]}

After::

    - share                   # ad_storage and ad_user_data

Source: Google, consent mode (ad_storage: storage related to advertising); Meta Business Tools
Terms, 3.b (consent before cookies).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.meta_events import meta_events
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK251", "meta-consent", Severity.WARNING, "a Meta event without consent to advertising"
)

_HINT = "leave 'consent' out: ad_storage and ad_user_data; or add ad_storage to it"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the consent of the first; ``[]`` is a decision, not a slip."""
    if plan.consent.mode == "off":
        return
    sent = [conversion for conversion, _ in meta_events(plan)]
    without = [c for c in sent if c.consent and "ad_storage" not in c.consent]
    if not without:
        return
    place = (*without[0].route, "consent")
    if len({tuple(sorted(c.consent)) for c in sent}) == 1:
        yield Finding(
            RULE, place, f"the pixel starts with {both(without[0].consent)}, without ad_storage",
            hint=_HINT,
        )  # fmt: skip
        return
    for conversion in without:
        yield Finding(
            RULE, (*conversion.route, "consent"),
            f"'{conversion.id}' waits for ad_storage, too: the pixel does",
            hint=_HINT, severity=Severity.NOTE,
        )  # fmt: skip
