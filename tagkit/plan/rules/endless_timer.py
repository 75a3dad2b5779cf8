"""A short timer without an end.

Each tick is an event that counts: a visitor who leaves the page open sends hundreds of them.

Before::

    trigger: {timer: {interval: 1000}}

After::

    trigger: {timer: {interval: 30000, limit: 1}}

Source: GTM's runtime, measured 2026-11: without a limit the timer ticks as long as the page is
open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import Once, TimerSettings
from tagkit.plan.written import is_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK265", "endless-timer", Severity.WARNING, "a short timer without an end")
_SHORT = 10_000
_HOUR = 3_600_000


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the interval; a group of triggers fires once only."""
    for conversion in plan.conversions:
        if conversion.once is Once.PAGE:
            continue
        for trigger in conversion.triggers:
            timer = trigger.settings
            if not isinstance(timer, TimerSettings) or timer.limit or timer.interval >= _SHORT:
                continue
            if is_written(trigger.route, conversion):
                yield Finding(
                    RULE,
                    (*trigger.route, "timer", "interval"),
                    f"this counts {_HOUR // timer.interval} times in an hour on one page",
                    hint="add limit: 1, or once: page to the conversion",
                )
