"""A variable's name differs from another one only in case or blanks.

``{{Page url}}`` and ``{{Page URL}}`` are two variables, and easily taken for each other. A
variable with the very name of a built-in variable stands in its way: a container cannot have both.

Before::

    {"name": "Page url", "type": "u"},    # beside the built-in variable "Page URL"
    {"name": "price", "type": "v"}, {"name": "Price", "type": "v"}

After::

    {"name": "URL - full", "type": "u"},
    {"name": "price", "type": "v"}, {"name": "Price with tax", "type": "v"}

Source: references match names exactly (9,725 in 178 exports); ``duplicate-name`` has the
importer's message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.links import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK448",
    "similar-name",
    Severity.NOTE,
    "a variable's name differs from another one only in case or blanks",
)

_HINT = "give it a name that cannot be taken for the other"


def check(container: Container) -> Iterator[Finding]:
    """Each variable whose name is nearly that of a built-in or of an earlier variable."""
    contexts = set(container.contexts) or {vocabulary.WEB}
    built_ins = {
        folded(built_in.name): built_in.name
        for built_in in vocabulary.BUILT_INS.values()
        if contexts.intersection(built_in.contexts)
    }
    earlier: dict[str, Entity] = {}
    for variable in container.of("variable"):
        if not variable.name:
            continue
        key = folded(variable.name)
        first = earlier.setdefault(key, variable)
        built_in = built_ins.get(key)
        if built_in and variable.name not in container.built_ins:
            does = "has" if variable.name == built_in else "nearly has"
            yield Finding(
                RULE,
                variable.name_route,
                f"{variable.words} {does} the name of the built-in variable '{built_in}'",
                hint=_HINT,
            )
        # An equal name is said by duplicate-name.
        elif first is not variable and first.name != variable.name:
            yield Finding(
                RULE,
                variable.name_route,
                f"{variable.words} differs from '{first.name}' only in case or blanks",
                hint=_HINT,
                related=((first.name_route, "the other one"),),
            )
