"""A naming pattern with a placeholder that does not exist.

Placeholders are replaced by nothing when they are misspelt, and names would no longer tell
entities apart.

Before::

    naming: {tag: "{prefix} {plattform} {id}"}

After::

    naming: {tag: "{prefix} {platform} {id}"}

Source: our own rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule(
    "TK214", "naming-pattern", Severity.ERROR, "a naming pattern with an unknown placeholder"
)

PLACEHOLDERS = {
    "tag": ("prefix", "platform", "id", "name", "event", "role"),
    "trigger": ("prefix", "id", "kind", "name", "role"),
    "variable": ("prefix", "kind", "name"),
    "folder": ("prefix", "group"),
}
NEEDED = {"tag": "platform", "variable": "name", "folder": "group"}
"""Without it, entities could not be told apart."""


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the pattern."""
    for part, known in PLACEHOLDERS.items():
        pattern = getattr(plan.naming, part)
        used = re.findall(r"\{([^{}]*)\}", pattern)
        for name in used:
            if name not in known:
                listed = ", ".join(f"{{{k}}}" for k in known)
                yield Finding(
                    RULE, ("naming", part), f"names of {part}s have no placeholder '{{{name}}}'",
                    hint=nearest(name, known) or f"there is {listed}",
                )  # fmt: skip
        if part in NEEDED and NEEDED[part] not in used:
            yield Finding(
                RULE, ("naming", part),
                f"without '{{{NEEDED[part]}}}' the names of {part}s are all alike",
                hint=f"put {{{NEEDED[part]}}} into the pattern",
            )  # fmt: skip
