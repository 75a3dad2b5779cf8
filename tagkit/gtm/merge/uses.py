"""Which entities of a container use which others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.links import sequence, trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity

_IN_TEMPLATE = re.compile(r"\{\{([^{}\r\n]+)\}\}")


def uses_of(container: Container) -> dict[Route, list[Entity]]:
    """What each entity uses; folders are not used, they are where things lie."""
    known: dict[tuple[str, str], list[Entity]] = {}
    for entity in container.of("tag", "variable"):
        known.setdefault((entity.kind, entity.name), []).append(entity)
    for trigger in container.of("trigger"):
        known.setdefault(("trigger", trigger.id), []).append(trigger)
    for built_in in container.of("builtInVariable"):
        name = vocabulary.BUILT_INS.get(built_in.type)
        known.setdefault(("variable", name.name if name else built_in.name), []).append(built_in)
    found: dict[Route, list[Entity]] = {}
    for user, kind, key in mentions(container):
        found.setdefault(user.route, []).extend(known.get((kind, key), ()))
    return found


def mentions(container: Container) -> Iterator[tuple[Entity, str, str]]:
    """Who mentions what, there or not: tags and variables by name, triggers by id."""
    for reference in container.references:
        yield reference.entity, "variable", reference.name
    for parameter in container.parameters:
        if parameter.type == "TRIGGER_REFERENCE":
            yield parameter.entity, "trigger", parameter.value
        elif parameter.type == "TAG_REFERENCE":
            yield parameter.entity, "tag", parameter.value
    for tag in container.of("tag"):
        for key in ("firingTriggerId", "blockingTriggerId"):
            for trigger in trigger_ids(tag, key):
                yield tag, "trigger", trigger
        for key in ("setupTag", "teardownTag"):
            for name in sequence(tag, key):
                yield tag, "tag", name
    for zone in container.of("zone"):
        for one in items(mapping(zone.data.get("boundary")).get("customEvaluationTriggerId")):
            yield zone, "trigger", id_text(one)
    for template in container.of("customTemplate"):
        # a field's default value may name a variable
        for name in _IN_TEMPLATE.findall(text(template.data.get("templateData"))):
            yield template, "variable", name
