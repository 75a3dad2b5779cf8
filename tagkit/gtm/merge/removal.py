"""What of ours can go without breaking what stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text
from tagkit.gtm.merge.marks import name_of
from tagkit.gtm.merge.uses import uses_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.merge.memory import Name


def needed(
    container: Container, leaving: Collection[Route], used: Collection[Name]
) -> dict[Route, Entity]:
    """What of ``leaving`` must stay, and the entity for which it must.

    Not for others that mentioned it before it was there (``used``): so they were found, so they
    are left.
    """
    uses = uses_of(container)
    found: dict[Route, Entity] = {}
    waiting = [e for e in container.of(*vocabulary.KINDS) if e.route not in leaving]
    while waiting:
        user = waiting.pop()
        for one in uses.get(user.route, ()):
            excused = name_of(one) in used and user.route not in found
            if one.route in leaving and one.route not in found and not excused:
                found[one.route] = user
                waiting.append(one)
    folders: dict[str, list[Entity]] = {}
    for folder in container.of("folder"):
        folders.setdefault(folder.id, []).append(folder)
    for entity in container.of(*vocabulary.KINDS):
        if entity.route in leaving and entity.route not in found:
            continue
        for folder in folders.get(id_text(entity.data.get("parentFolderId")), ()):
            if folder.route in leaving:
                found.setdefault(folder.route, entity)
    return found
