"""A naming pattern that does not tell entities apart.

A misspelt placeholder is replaced by nothing; and names that do not hold what is different about
a tag or trigger would be all alike, with numbers that change when a conversion is added.

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
from tagkit.words import both, either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK214", "naming-pattern", Severity.ERROR, "a naming pattern that tells nothing apart")

_OWN = r"\{prefix\}|(?:^|\})[^{}]*\w[^{}]*"
_PLACEHOLDER = r"\{([^{}]*)\}"
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
    misspelt = set()
    for part, known in PLACEHOLDERS.items():
        for name in re.findall(_PLACEHOLDER, getattr(plan.naming, part)):
            if name not in known:
                misspelt.add(part)
                placeholders = [f"{{{k}}}" for k in known]
                yield Finding(
                    RULE, ("naming", part), f"names of {part}s have no placeholder '{{{name}}}'",
                    hint=nearest(f"{{{name}}}", placeholders) or f"there is {both(placeholders)}",
                )  # fmt: skip
        if part not in misspelt and not re.search(_OWN, getattr(plan.naming, part)):
            yield Finding(
                RULE, ("naming", part),
                f"names of {part}s have nothing of their own: an import may overwrite others'",
                hint="put {prefix} or a word into the pattern",
            )  # fmt: skip
    for part, needed in NEEDED:
        if part not in misspelt and not any(
            f"{{{name}}}" in getattr(plan.naming, part) for name in needed
        ):
            listed = either([f"{{{name}}}" for name in needed])
            yield Finding(
                RULE, ("naming", part), f"without {listed} several {part}s would have one name",
                hint=f"put {listed} into the pattern",
            )  # fmt: skip
