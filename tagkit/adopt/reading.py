"""A container as adoption reads it: paused tags count, names and ids are looked up once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tagkit.adopt.model import stop
from tagkit.gtm.comparisons import comparisons_of
from tagkit.gtm.container import container_of, items, mapping, text
from tagkit.gtm.export_file import CONSENT_TYPES

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Entity

REFERENCE = re.compile(r"\{\{([^{}\r\n]+)\}\}")


class Reading:
    """The entities of a container by what others call them."""

    def __init__(self, data: Any) -> None:  # noqa: ANN401
        self.container = container_of(_running(data))
        self.paused = {
            tag.route for tag in container_of(data).of("tag") if tag.data.get("paused") is True
        }
        self.variables = {v.name: v for v in self.container.of("variable")}
        self.triggers = {t.id: t for t in self.container.of("trigger")}
        self.tags = tuple(self.container.of("tag"))
        self.tags_by_name = {tag.name: tag for tag in self.tags}
        self.uses: dict[Route, list[str]] = {}
        for reference in self.container.references:
            self.uses.setdefault(reference.entity.route, []).append(reference.name)
        self.members: dict[Route, list[str]] = {}
        for parameter in self.container.parameters:
            if parameter.type == "TRIGGER_REFERENCE":
                self.members.setdefault(parameter.entity.route, []).append(parameter.value)
        self.tests: dict[tuple[int, str], list[Comparison]] = {}
        for comparison in comparisons_of(self.container):
            key = (id(comparison.trigger.data), comparison.field)
            self.tests.setdefault(key, []).append(comparison)

    def tests_of(self, trigger: Entity, field: str) -> list[Comparison]:
        """The conditions of a trigger in one of its fields, all of them."""
        found = self.tests.get((id(trigger.data), field), [])
        if len(found) != len(items(trigger.data.get(field))):
            stop(f"{trigger.words} has a condition without two sides")
        return found


def plain(parameter: object) -> str:
    """The value of a parameter object, "" if there is none."""
    return text(mapping(parameter).get("value"))


def setting(entity: Entity, key: str) -> str:
    """The value of a parameter of the entity, "" if there is none."""
    parameter = entity.parameter(key)
    return parameter.value if parameter else ""


def rows_of(entity: Entity, key: str) -> list[tuple[str, str]]:
    """The rows of a table of names and values."""
    table = entity.parameter(key)
    rows = []
    for row in items(table.data.get("list") if table else None):
        cells = {
            text(mapping(cell).get("key")): plain(cell) for cell in items(mapping(row).get("map"))
        }
        name = cells.get("parameter", cells.get("name", ""))
        if name:
            rows.append((name, cells.get("parameterValue", cells.get("value", ""))))
    return rows


def consent_of(tag: Entity) -> tuple[str, ...]:
    """The consent that the tag needs beyond what it does by itself."""
    said = mapping(tag.data.get("consentSettings"))
    if said.get("consentStatus") != "NEEDED":
        return ()
    types = tuple(plain(one) for one in items(mapping(said.get("consentType")).get("list")))
    unknown = [kind for kind in types if kind not in CONSENT_TYPES]
    if unknown:
        stop(f"it needs the consent '{unknown[0]}', which is none of Google's types")
    return tuple(dict.fromkeys(types))


def _running(data: Any) -> Any:  # noqa: ANN401
    """The same with no tag paused: readers leave those out."""
    root = mapping(data)
    version = mapping(root.get("containerVersion")) or root
    tags = [
        {key: value for key, value in tag.items() if key != "paused"}
        if isinstance(tag, dict)
        else tag
        for tag in items(version.get("tag"))
    ]
    lighter = {**version, "tag": tags} if "tag" in version else version
    return {**root, "containerVersion": lighter} if "containerVersion" in root else lighter
