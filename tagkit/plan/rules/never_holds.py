"""A condition that can never hold.

A browser's path begins with ``/`` and has no query, a host name is in lower case and has no
``https://``, GTM's page URL ends before the ``#``; and nothing is two things at once. Such a
condition is not refused by anybody: the conversion just never happens.

Before::

    where: {page_path: "cart?step=2"}

After::

    where: {page_path: /cart, query: {step: "2"}}

Source: the URL standard (url.spec.whatwg.org); GTM's runtime, measured 2026-11.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.logic import contradictions, impossible, impossible_pattern, is_anything
from tagkit.plan.model import EventSettings
from tagkit.plan.written import (
    all_triggers,
    is_written,
    place_of_value,
    written_tests,
    written_triggers,
)
from tagkit.values import Op
from tagkit.words import quoted, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.plan.model import Conversion, Resolved, Test

RULE = Rule("TK258", "never-holds", Severity.WARNING, "a condition that can never hold")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the value; of two that contradict each other, at the second."""
    for conversion in plan.conversions:
        for test in written_tests(conversion):
            yield from _alone(test)
        yield from _events(conversion)
        yield from _together(conversion)


def _alone(test: Test) -> Iterator[Finding]:
    if test.negate:
        if is_anything(test):
            yield Finding(
                RULE,
                test.route,
                "everything is like that, so 'not' leaves nothing",
                hint="write what is meant to be left out",
            )
        return
    for index, value in enumerate(test.values):
        if reason := impossible(test, value):
            yield Finding(
                RULE,
                place_of_value(test, index),
                f"nothing ever fits {quoted(value)}: {reason.why}",
                hint=reason.hint,
            )


def _events(conversion: Conversion) -> Iterator[Finding]:
    for trigger in written_triggers(conversion):
        settings = trigger.settings
        if not isinstance(settings, EventSettings) or settings.op is not Op.MATCHES:
            continue
        for pattern in settings.names:
            if reason := impossible_pattern(pattern):
                yield Finding(
                    RULE,
                    (*trigger.route, "event", "matches"),
                    f"nothing ever fits {quoted(pattern)}: {reason.why}",
                    hint=reason.hint,
                )


def _together(conversion: Conversion) -> Iterator[Finding]:
    lists = [trigger.where for trigger in all_triggers(conversion.triggers)]
    seen: set[Route] = set()
    for tests in (*lists, *conversion.unless):
        if len(tests) < 2:  # noqa: PLR2004
            continue
        for one, other in contradictions(tests):
            if other.route in seen or not is_written(one.route, conversion):
                continue
            seen.add(other.route)
            yield Finding(
                RULE,
                other.route,
                f"nothing fits both '{_said(one)}' and '{_said(other)}'",
                hint="all conditions must hold; any of several values is a list: [a, b]",
                related=((one.route, "the other is here"),),
            )
            break


def _said(test: Test) -> str:
    """The test in the words of the plan."""
    listed = ", ".join(test.values)
    said = f"{test.op}: {shortened(listed if len(test.values) == 1 else f'[{listed}]')}"
    return f"not: {said}" if test.negate else said
