"""An entry of ``builtInVariable`` has a type that GTM does not have.

The list is closed and the importer stops at the first word it does not know: "Error deserializing
enum type [BuiltInVariableType]". Consent types are no built-in variables.

Before::

    "builtInVariable": [{"type": "AD_STORAGE", "name": "Ad Storage"}]

After::

    "builtInVariable": [{"type": "CLICK_URL", "name": "Click URL"}]

Source: reports of three authors; ``BuiltInVariable.type`` in Google's discovery document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK415", "unknown-built-in", Severity.ERROR, "a built-in variable that does not exist")


def check(container: Container) -> Iterator[Finding]:
    """Each type that is not in the list."""
    for built_in in container.of("builtInVariable"):
        if built_in.type and built_in.type not in vocabulary.BUILT_INS:
            yield Finding(
                RULE,
                (*built_in.route, "type"),
                f"GTM has no built-in variable '{built_in.type}'",
                hint=nearest(built_in.type, vocabulary.BUILT_INS) or "leave the entry out",
            )
