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
from tagkit.words import either

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
NEEDED = (
    ("tag", ("platform",)),
    ("tag", ("id", "name", "event")),
    ("trigger", ("id", "name")),
    ("variable", ("name",)),
    ("folder", ("group",)),
)
"""Without one of these, entities could not be told apart."""


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
    for part, needed in NEEDED:
        if not any(f"{{{name}}}" in getattr(plan.naming, part) for name in needed):
            listed = either([f"{{{name}}}" for name in needed])
            yield Finding(
                RULE, ("naming", part), f"without {listed} several {part}s would have one name",
                hint=f"put {listed} into the pattern",
            )  # fmt: skip
