"""What stands for an entity where another refers to it: its name here, on both sides, its meaning.

Variables and tags are referred to by name, triggers and folders by id, templates by type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.diff.facts import Names

if TYPE_CHECKING:
    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.side import Side

NO_TRIGGER, NO_FOLDER = "a trigger that is not there", "a folder that is not there"


class AsWritten(Names):
    """Others by the names they have in this file."""

    def __init__(self, side: Side) -> None:
        self.side = side

    def variable(self, name: str) -> str:  # noqa: D102
        return f"{{{{{name}}}}}"

    def trigger(self, number: str) -> str:  # noqa: D102
        found = self.side.numbered("trigger", number)
        if not found:
            return vocabulary.SYSTEM_TRIGGERS.get(number, f"{NO_TRIGGER} ({number})")
        return " + ".join(entity.name for entity in found)

    def tag(self, name: str) -> str:  # noqa: D102
        return name

    def folder(self, number: str) -> str:  # noqa: D102
        found = self.side.numbered("folder", number)
        return " + ".join(entity.name for entity in found) or f"{NO_FOLDER} ({number})"

    def template(self, code: str) -> str:  # noqa: D102
        found = self.side.template(code)
        return f"custom template '{found.name}'" if found else code


class AsLabelled(AsWritten):
    """Others by the names that both sides know them by; what is not there is told apart."""

    def variable(self, name: str) -> str:  # noqa: D102
        side = self.side
        if not side.renamed and not side.gone:
            return f"{{{{{name}}}}}"
        if ("variable", name) in side.renamed:
            return f"{{{{{side.renamed['variable', name]}}}}}"
        return f"{{{{{name}}}}}\0" if side.is_gone(name) else f"{{{{{name}}}}}"

    def trigger(self, number: str) -> str:  # noqa: D102
        found = self.side.numbered("trigger", number)
        if not found:
            return vocabulary.SYSTEM_TRIGGERS.get(number, NO_TRIGGER)
        return " + ".join(sorted(self.side.label(entity) for entity in found))

    def tag(self, name: str) -> str:  # noqa: D102
        side = self.side
        if ("tag", name) in side.renamed:
            return side.renamed["tag", name]
        return f"{name}\0" if ("tag", name) in side.gone and not side.named("tag", name) else name

    def folder(self, number: str) -> str:  # noqa: D102
        found = self.side.numbered("folder", number)
        return " + ".join(sorted(self.side.label(entity) for entity in found)) or NO_FOLDER

    def template(self, code: str) -> str:  # noqa: D102
        found = self.side.template(code)
        return f"custom template '{self.side.label(found)}'" if found else code


class AsMeant(AsWritten):
    """Others by what they do."""

    def variable(self, name: str) -> str:  # noqa: D102
        return self._meant(self.side.variable(name)) or f"{{{{{name}}}}}"

    def trigger(self, number: str) -> str:  # noqa: D102
        found = self._meant(self.side.numbered("trigger", number))
        return found or vocabulary.SYSTEM_TRIGGERS.get(number, NO_TRIGGER)

    def tag(self, name: str) -> str:  # noqa: D102
        return self._meant(self.side.named("tag", name)) or name

    def folder(self, _: str) -> str:  # noqa: D102
        return ""  # where it lies changes nothing

    def template(self, code: str) -> str:  # noqa: D102
        found = self.side.template(code)
        return self._meant([found]) if found else code

    def _meant(self, found: list[Entity]) -> str:
        # of several with one name it is not known which is meant, so all are
        return "".join(sorted(self.side.known_meaning(entity) for entity in found))
