"""A name has a character that GTM does not allow.

":" is answered with "name contains invalid character". Braces, angle brackets, quotes and
semicolons do not occur in any name GTM exported; a variable with braces in its name could not be
referenced.

Before::

    {"name": "GA4: add_to_cart"}

After::

    {"name": "GA4 - add_to_cart"}

Source: the API's message as one author quotes it; the names of 7,700 entities in 178 exports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK420", "name-characters", Severity.ERROR, "a name has a character GTM does not allow")

_REFUSED = ":"
# Of other kinds no refusal is known, only that no export has it.
_KNOWN_TO_BE_REFUSED = frozenset({"tag", "trigger", "variable"})
_UNSEEN = '{}<";'


def check(container: Container) -> Iterator[Finding]:
    """One finding for each name, with its first such character."""
    for entity in container.of("tag", "trigger", "variable", "folder", "client", "transformation"):
        refused = _REFUSED in entity.name
        unseen = next((character for character in entity.name if character in _UNSEEN), None)
        if refused:
            yield Finding(
                RULE,
                entity.name_route,
                f"{entity.words} has ':' in its name, which GTM does not allow",
                hint=f"for instance '{entity.name.replace(': ', ' - ').replace(':', ' - ')}'",
                severity=None if entity.kind in _KNOWN_TO_BE_REFUSED else Severity.WARNING,
            )
        elif unseen:
            yield Finding(
                RULE,
                entity.name_route,
                f"{entity.words} has '{unseen}' in its name, which no export of GTM has",
                hint="use letters, digits, spaces and - _ | . ( ) [ ] / & +",
                severity=Severity.WARNING,
            )
