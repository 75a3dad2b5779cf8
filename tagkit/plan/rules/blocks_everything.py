"""An exception that blocks the conversion always.

``unless`` holds whenever the conversion's own conditions do, so it never happens.

Before::

    - id: cart
      trigger: {page_view: {where: {page_path: /cart}}}
      unless: {page_path: {starts_with: /cart}}

After: an exception for a part of them::

    - id: cart
      trigger: {page_view: {where: {page_path: /cart}}}
      unless: {query: {preview: "1"}}

Source: our own rule. GTM checks exceptions on the same event, and they win.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.logic import always, follows, key
from tagkit.values import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.plan.model import Resolved, Test

RULE = Rule(
    "TK260", "blocks-everything", Severity.WARNING, "an exception that blocks the conversion always"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the exception's first test."""
    for conversion in plan.conversions:
        if not conversion.triggers:
            continue
        lists = {frozenset(map(key, t.where)): t.where for t in conversion.triggers}
        for tests in conversion.unless:
            if tests and all(_holds(test, lists.values()) for test in tests):
                yield Finding(
                    RULE,
                    tests[0].route,
                    f"this exception holds whenever '{conversion.id}' happens, so it never counts",
                    hint="write an exception for a part of it, or leave it out",
                )


def _holds(test: Test, lists: Iterable[tuple[Test, ...]]) -> bool:
    """Whether the exception's test holds whenever all tests of any of the lists do."""
    if always(test):
        return True
    subject = identity(test.subject)
    return all(
        any(identity(said.subject) == subject and follows(test, said) for said in where)
        for where in lists
    )
