"""A list of entities has a name that GTM does not read, so nothing in it is imported.

GTM calls each list by the singular: ``tag``, ``trigger``, ``variable``. A plural, or another case,
is an unknown key.

Before::

    {"containerVersion": {"tags": [...], "triggers": [...]}}

After::

    {"containerVersion": {"tag": [...], "trigger": [...]}}

Source: the keys of ``containerVersion`` in 178 exports and in Google's discovery document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK405", "misspelt-list", Severity.ERROR, "a list of entities has the wrong name")

_KINDS = {
    spelling: kind
    for kind in vocabulary.KINDS
    for spelling in (kind.lower(), f"{kind.lower()}s", f"{kind.lower()}es")
}


def check(container: Container) -> Iterator[Finding]:
    """Each list that is a kind's name but for case or plural."""
    for key, value in container.version.items():
        kind = _KINDS.get(key.lower().replace("_", "").replace("-", ""))
        if kind is not None and key != kind and isinstance(value, list):
            yield Finding(
                RULE,
                (*container.version_route, key),
                f"GTM does not read '{key}', so nothing in it is imported",
                hint=f"call it '{kind}'",
                at_key=True,
            )
