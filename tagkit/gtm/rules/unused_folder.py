"""Nothing lies in a folder.

The import makes the folder all the same.

Before::

    "folder": [{"folderId": "1", "name": "GA4"}, {"folderId": "2", "name": "Old"}],
    "tag": [{"name": "Purchase", "parentFolderId": "1"}]

After::

    "folder": [{"folderId": "1", "name": "GA4"}],
    "tag": [{"name": "Purchase", "parentFolderId": "1"}]

Source: follows from ``parentFolderId``, the only reference to folders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text
from tagkit.gtm.links import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK445", "unused-folder", Severity.NOTE, "nothing lies in a folder")


def check(container: Container) -> Iterator[Finding]:
    """One finding with all of them."""
    used = {id_text(e.data.get("parentFolderId")) for e in container.of(*vocabulary.KINDS)}
    unused = [each for each in container.of("folder") if each.id and each.id not in used]
    if unused:
        yield Finding(
            RULE,
            unused[0].name_route,
            f"nothing lies in {listed(unused)}",
            hint="leave it out, or write its id in 'parentFolderId' of what belongs there",
        )
