"""Nothing in the file uses a variable.

It does nothing, and whoever reads the container has to find that out; sometimes it shows that a
parameter was forgotten. Not said of a constant, which may be there to be filled in, nor in a file
without tags or one in which nothing uses any of the variables: there they are what is handed on.

Before::

    "variable": [{"name": "DLV - tax"}, {"name": "DLV - value"}],
    "tag": [... "{{DLV - value}}" ...]

After::

    "variable": [{"name": "DLV - value"}],
    "tag": [... "{{DLV - value}}" ...]

Source: follows from how variables are referenced, ``{{name}}`` (9,725 references in 178 exports).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.links import folded, is_whole, listed, named_variables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK440", "unused-variable", Severity.NOTE, "nothing in the file uses a variable")


def check(container: Container) -> Iterator[Finding]:
    """One finding with all of them."""
    if not is_whole(container):
        return
    used = named_variables(container)
    variables = [each for each in container.of("variable") if each.name and each.type != "c"]
    unused = [each for each in variables if folded(each.name) not in used]
    if unused and len(unused) < len(variables):
        yield Finding(
            RULE,
            unused[0].name_route,
            f"nothing in the file uses {listed(unused)}",
            hint="delete what you do not need",
        )
