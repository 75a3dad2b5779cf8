"""Once per page, in basic consent mode.

In basic mode GA4's tags wait for analytics_storage, and a tag that waits in vain is lost. One that
may fire once per page has then used up its once: it does not fire later on that page either, even
after the visitor agrees.

Before::

    consent: {mode: basic}
    micro_conversions:
      - {id: guide, trigger: {click: "#guide"}, once: page}

After: ``mode: advanced``, or without ``once: page``.

Source: measured on Google's runtime, 2026-11 (two builds).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import Once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK222", "once-in-basic-mode", Severity.WARNING, "once per page, in basic consent mode")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at ``once``."""
    if plan.consent.mode != "basic" or plan.ga4 is None:
        return
    for conversion in plan.conversions:
        if conversion.once is Once.PAGE and conversion.ga4 is not None:
            yield Finding(
                RULE,
                (*conversion.route, "once"),
                f"if '{conversion.id}' happens before consent, GA4 does not get it on that page "
                "at all",
                hint="leave out once: page, or use consent mode advanced",
            )
