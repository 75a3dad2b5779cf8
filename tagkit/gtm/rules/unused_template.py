"""Nothing is made from a custom template.

Its code is imported, with the permissions it asks for, and nothing runs it. Not said of a file
without tags, which hands the template on.

Before::

    "tag": [{"name": "Purchase", "type": "gaawe", ...}],
    "customTemplate": [{"templateId": "7", "name": "Facebook Pixel", ...}]

After::

    "tag": [{"name": "Purchase", "type": "gaawe", ...}]

Source: follows from how templates are referenced, by type (590 uses in 178 exports).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.links import is_of, is_whole, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK446", "unused-template", Severity.NOTE, "nothing is made from a custom template")


def check(container: Container) -> Iterator[Finding]:
    """One finding with all of them."""
    if not is_whole(container):
        return
    types = {
        entity.type
        for entity in container.of("tag", "variable", "client", "transformation")
        if entity.type.startswith(vocabulary.TEMPLATE_TYPE_PREFIX)
    }
    unused = [
        template
        for template in container.of("customTemplate")
        if not any(is_of(each, template) for each in types)
    ]
    if unused:
        yield Finding(
            RULE,
            unused[0].name_route,
            f"nothing is made from {listed(unused)}",
            hint="delete what you do not need",
        )
