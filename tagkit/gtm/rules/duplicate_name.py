"""Two entities of one kind have the same name.

The importer stops: "File format is invalid. Macros cannot have duplicate names." A variable must
not have the name of an enabled built-in variable either. A tag and a trigger may share a name.

Before::

    "variable": [{"variableId": "1", "name": "Price"}, {"variableId": "2", "name": "Price"}]

After::

    "variable": [{"variableId": "1", "name": "Price"}, {"variableId": "2", "name": "Price, old"}]

Source: three authors quote the message; 0 of 178 exports have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK421", "duplicate-name", Severity.ERROR, "two entities of one kind have the same name"
)

_KINDS = ("tag", "trigger", "variable", "folder", "client", "transformation")


def check(container: Container) -> Iterator[Finding]:
    """Each entity whose name was taken before."""
    for kind in _KINDS:
        first: dict[str, Entity] = {}
        for entity in container.of(kind):
            earlier = first.setdefault(entity.name, entity)
            if entity.name and earlier is not entity:
                yield Finding(
                    RULE,
                    entity.name_route,
                    f"there are two {kind}s with the name '{entity.name}'",
                    hint="give one of them another name",
                    related=((earlier.name_route, "the first one"),),
                )
    for variable in container.of("variable"):
        if variable.name in container.built_ins:
            yield Finding(
                RULE,
                variable.name_route,
                f"variable '{variable.name}' has the name of an enabled built-in variable",
                hint="give it another name, or use the built-in variable",
            )
