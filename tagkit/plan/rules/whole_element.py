"""An element that must be in view as a whole.

An element that is taller or wider than the window is never in view as a whole; on a phone that is
any longer text. The trigger then never fires.

Before::

    trigger: {element_visible: {css: "#opening-hours", percent: 100}}

After::

    trigger: {element_visible: {css: "#opening-hours", percent: 75}}

Source: GTM's runtime, measured 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import VisibilitySettings
from tagkit.plan.written import written_triggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK266", "whole-element", Severity.NOTE, "an element that must be in view as a whole")
_WHOLE = 100


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the percentage."""
    for conversion in plan.conversions:
        for trigger in written_triggers(conversion):
            settings = trigger.settings
            if isinstance(settings, VisibilitySettings) and settings.percent == _WHOLE:
                yield Finding(
                    RULE,
                    (*trigger.route, "element_visible", "percent"),
                    "on a window smaller than the element this never fires",
                    hint="ask for less, such as 75",
                )
