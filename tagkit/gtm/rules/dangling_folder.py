"""An entity lies in a folder that is not in the file.

A folder is named by its id (``parentFolderId``), which means nothing outside of the file, so the
importer cannot know which folder is meant.

Before::

    "tag": [{"name": "Purchase", "parentFolderId": "77"}], "folder": [{"folderId": "1"}]

After::

    "tag": [{"name": "Purchase", "parentFolderId": "1"}], "folder": [{"folderId": "1"}]

Source: 0 of 178 exports have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK411", "dangling-folder", Severity.ERROR, "an entity lies in a folder that is not in the file"
)


def check(container: Container) -> Iterator[Finding]:
    """Each entity in a folder that is not there."""
    for entity in container.of(*vocabulary.KINDS):
        folder = id_text(entity.data.get("parentFolderId"))
        if folder and folder not in container.ids["folder"]:
            yield Finding(
                RULE,
                (*entity.route, "parentFolderId"),
                f"{entity.words} lies in folder {folder}, which is not in the file",
                hint="add the folder, or leave 'parentFolderId' out",
            )
