"""A regular expression that fits more than was meant.

GTM looks for a match anywhere in the text: ``purchase`` also fits ``purchase_complete``. In
``^a|b$`` the anchors belong to one side each. A bare dot is any character.

Before::

    trigger: {event: {matches: purchase|refund}}
    where: {page_hostname: {matches: "^shop.example.com$"}}

After::

    trigger: {event: [purchase, refund]}
    where: {page_hostname: shop.example.com}

Source: GTM's runtime, measured 2026-11 (``new RegExp(pattern).test(text)``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.model import EventSettings
from tagkit.plan.written import built_in, place_of_value, written_tests, written_triggers
from tagkit.values import Op
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK261", "loose-regex", Severity.NOTE, "a regular expression that fits more than was meant"
)

_PLAIN = r"[\w/ :@%&=,;~-]+"
_NAMES = r"\w[\w.-]*(\|\w[\w.-]*)*"
_HALVES = r"\^([^|()\[\]$^]+)(\|[^|()\[\]$^]+)*\|([^|()\[\]^$]+)\$"
_ENDING = (
    "com|net|org|io|eu|pl|de|fr|cz|uk|example|html?|php|aspx?|jsp|pdf|docx?|xlsx?|pptx?|zip|csv"
)
_DOT = rf"(?:^|[A-Za-z0-9])\.(?:{_ENDING})(?![A-Za-z0-9*+?{{])"
_CLASS_OR_ESCAPE = r"(?s:\\.|\[(?:\\.|[^\]\\])*\])"
_LONGEST = 2_000
_ADDRESSES = ("page_url", "page_hostname", "page_path", "page_referrer", "click_url", "form_url")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the pattern."""
    for conversion in plan.conversions:
        for trigger in written_triggers(conversion):
            settings = trigger.settings
            if not isinstance(settings, EventSettings) or settings.op is not Op.MATCHES:
                continue
            for pattern in settings.names:
                if said := _of_event(pattern) or _halves(pattern):
                    place = (*trigger.route, "event", "matches")
                    yield Finding(RULE, place, *said, severity=Severity.WARNING)
        for test in written_tests(conversion):
            if test.op is not Op.MATCHES:
                continue
            for index, pattern in enumerate(test.values):
                alone = len(test.values) == 1 and not test.ignore_case
                said = _halves(pattern) or (_plain(pattern) if alone else None)
                if said is None and built_in(test) in _ADDRESSES:
                    said = _dot(pattern)
                if said:
                    yield Finding(RULE, place_of_value(test, index), *said)


def _of_event(pattern: str) -> tuple[str, str] | None:
    if not re.fullmatch(_NAMES, pattern):
        return None
    names = pattern.split("|")
    written = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
    return (
        f"this also fits '{names[0]}_2' and other names with {quoted(names[0])} in them",
        f"write event: {written}; or {{contains: …}} if any part of the name is meant",
    )


def _plain(pattern: str) -> tuple[str, str] | None:
    if not re.fullmatch(_PLAIN, pattern):
        return None
    return (
        f"{quoted(pattern)} is plain text, it fits wherever it stands in the value",
        f"write contains: {pattern}, or the text alone if it is all of the value",
    )


def _halves(pattern: str) -> tuple[str, str] | None:
    if not re.fullmatch(_HALVES, pattern):
        return None
    first, last = pattern[1], pattern[pattern.rindex("|") + 1]
    if first != last and not (first.isalnum() and last.isalnum()):
        return None  # ^tel:|\.pdf$ means what it says
    return (
        "'^' belongs to the first alternative only, and '$' to the last one",
        f"write ^({pattern[1:-1]})$ if each of them is meant as a whole",
    )


def _dot(pattern: str) -> tuple[str, str] | None:
    if len(pattern) > _LONGEST:
        return None
    bare = re.sub(_CLASS_OR_ESCAPE, lambda match: "\0" * len(match[0]), pattern)
    match = re.search(_DOT, bare)
    if match is None:
        return None
    dot = match.start() + match[0].index(".")
    return (
        f"the '.' in {quoted(match[0])} fits any character",
        f"write '{pattern[:dot]}\\{pattern[dot:]}'",
    )
