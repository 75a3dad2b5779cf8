"""A condition that always holds.

It looks as if it narrowed the conversion down, and lets everything through.

Before::

    where: {page_path: {starts_with: /}}

After: without it, or with what was meant::

    where: {page_path: /}

Source: GTM's runtime, measured 2026-11. On a data layer value ``matches: .*`` means that there is
one, which is something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.logic import always, impossible
from tagkit.plan.written import written_tests
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK259", "always-holds", Severity.WARNING, "a condition that always holds")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the value; an exception of nothing else is blocks-everything's."""
    for conversion in plan.conversions:
        blocking = {
            test.route for tests in conversion.unless if all(map(always, tests)) for test in tests
        }
        for test in written_tests(conversion):
            if test.route in blocking or not always(test):
                continue
            reason = impossible(test, test.values[0])
            yield Finding(
                RULE,
                test.route,
                f"nothing ever fits {quoted(test.values[0])}, so 'not' leaves out nothing: "
                f"{reason.why}"
                if reason
                else "this is so on every page, so the condition changes nothing",
                hint=reason.hint if reason else "leave it out, or write what was meant",
            )
