"""A tag names more than one tag to run before it, or after it.

GTM uses the first entry of ``setupTag`` and of ``teardownTag``; the others do not run.

Before::

    "setupTag": [{"tagName": "Consent"}, {"tagName": "Pixel - Base"}]

After::

    "setupTag": [{"tagName": "Pixel - Base"}]    # which has "Consent" as its own setup tag

Source: read in the GTM runtime and measured, 2026-11; Google's API reference, "at most one".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.links import sequence
from tagkit.words import some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK449",
    "second-setup-tag",
    Severity.WARNING,
    "a tag names more than one tag to run before or after it",
)

_WORDS = {"setupTag": "before", "teardownTag": "after"}


def check(container: Container) -> Iterator[Finding]:
    """Each list with more than one entry, at the second."""
    for tag in container.of("tag"):
        for key, when in _WORDS.items():
            first, *others = sequence(tag, key) or [""]
            if others:
                unused = some(f"'{name}'" for name in others)
                yield Finding(
                    RULE,
                    (*tag.route, key, 1),
                    f"of the tags to run {when} {tag.words} GTM runs the first, '{first}', "
                    f"and not {unused}",
                    hint=f"keep one, and give that one a '{key}' of its own",
                )
