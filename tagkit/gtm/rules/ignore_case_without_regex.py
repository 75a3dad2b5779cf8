"""A condition asks to ignore the case, and only regular expressions can.

``equals``, ``contains``, ``starts with`` and ``ends with`` compare exactly; the flag is read with
``MATCH_REGEX`` alone.

Before::

    {"type": "CONTAINS", "parameter": [ …{{Click Text}}…, …buy…,
     {"type": "BOOLEAN", "key": "ignore_case", "value": "true"}]}

After::

    {"type": "MATCH_REGEX", "parameter": [ …{{Click Text}}…, …buy…,
     {"type": "BOOLEAN", "key": "ignore_case", "value": "true"}]}

Source: GTM's runtime; in exports the flag stands with MATCH_REGEX only (118 of 118).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.comparisons import WORDS, comparisons_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK461",
    "ignore-case-without-regex",
    Severity.WARNING,
    "a condition ignores the case, and its operator cannot",
)

_EXACT = ("EQUALS", "CONTAINS", "STARTS_WITH", "ENDS_WITH")


def check(container: Container) -> Iterator[Finding]:
    """Each condition that compares letters exactly in spite of the flag."""
    for comparison in comparisons_of(container):
        if not comparison.ignore_case or comparison.type not in _EXACT:
            continue
        if comparison.is_literal and comparison.right.lower() == comparison.right.upper():
            continue
        yield Finding(
            RULE,
            comparison.route,
            f"'ignore_case' of {comparison.trigger.words} has no effect: "
            f"'{WORDS[comparison.type]}' compares letters exactly",
            hint="use MATCH_REGEX, with a '\\' before signs such as '.' and '?'",
        )
