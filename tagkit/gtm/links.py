"""Who refers to whom in a container: what is named by something, what has nobody.

Variables and tags are referenced by name, triggers by id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.words import some

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagkit.gtm.container import Container, Entity

_IN_TEMPLATE = re.compile(r"\{\{([^{}\r\n]+)\}\}")
_BLANKS = re.compile(r"\s+")
# Of apps, the code reads variables and fires tags that nothing in the container names.
_KNOWN_CONTEXTS = frozenset({"WEB", "SERVER", "AMP"})


def is_whole(container: Container) -> bool:
    """Whether what nothing in the file names does nothing.

    Not in a file without tags, where the rest is what is handed on, and not in an app's.
    """
    return bool(container.entities["tag"]) and _KNOWN_CONTEXTS.issuperset(container.contexts)


def folded(name: str) -> str:
    """The name without case and blanks."""
    return _BLANKS.sub("", name).casefold()


def listed(entities: Sequence[Entity]) -> str:
    """How a message calls one or more of a kind: ``tag 'A'``, ``2 tags: 'A', 'B'``."""
    if len(entities) == 1:
        return entities[0].words
    kind = vocabulary.KIND_WORDS.get(entities[0].kind, entities[0].kind)
    names = some(f"'{entity.name or entity.id}'" for entity in entities)
    return f"{len(entities)} {kind}s: {names}"


def named_variables(container: Container) -> frozenset[str]:
    """What is between ``{{`` and ``}}``, folded; a variable's own mention of itself is left out."""
    found = {
        folded(reference.name)
        for reference in container.references
        if reference.entity.kind != "variable" or reference.entity.name != reference.name
    }
    for template in container.of("customTemplate"):
        # A field's default value may name a variable.
        names = _IN_TEMPLATE.findall(text(template.data.get("templateData")))
        found.update(folded(name) for name in names)
    return frozenset(found)


def named_triggers(container: Container) -> frozenset[str]:
    """The ids that tags, trigger groups and zones name."""
    found: set[str] = set()
    for tag in container.of("tag"):
        found.update(trigger_ids(tag, "firingTriggerId"))
        found.update(trigger_ids(tag, "blockingTriggerId"))
    for parameter in container.parameters:
        if parameter.type == "TRIGGER_REFERENCE":
            found.add(parameter.value)
    for zone in container.of("zone"):
        boundary = mapping(zone.data.get("boundary"))
        found.update(map(id_text, items(boundary.get("customEvaluationTriggerId"))))
    return frozenset(found)


def trigger_ids(tag: Entity, key: str) -> list[str]:
    """The ids in ``firingTriggerId`` or ``blockingTriggerId``, as text."""
    return [id_text(value) for value in items(tag.data.get(key))]


def sequence(tag: Entity, key: str) -> list[str]:
    """The names of tags in ``setupTag`` or ``teardownTag``."""
    return [text(mapping(item).get("tagName")) for item in items(tag.data.get(key))]


def is_of(type_code: str, template: Entity) -> bool:
    """Whether the type, ``cvt_…``, is this template."""
    code = type_code.removeprefix(vocabulary.TEMPLATE_TYPE_PREFIX)
    # The container's id may have been masked in one of the two places, so only the end counts.
    _, separator, template_id = code.rpartition("_")
    if separator:
        return template_id == template.id
    gallery = text(mapping(template.data.get("galleryReference")).get("galleryTemplateId"))
    return code == gallery or f'"{type_code}"' in text(template.data.get("templateData"))


def circles(edges: Mapping[str, Iterable[str]]) -> Iterator[list[str]]:
    """Ways from a name back to itself, each name in one of them at most."""
    done: set[str] = set()
    said: set[str] = set()
    for start in edges:
        if start in done:
            continue
        # Not by recursion, a chain may be long. A dict keeps the order of the path.
        path = {start: iter(edges[start])}
        while path:
            name, rest = next(reversed(path.items()))
            following = next(rest, None)
            if following is None:
                del path[name]
                done.add(name)
            elif following in path:
                circle = _end_of(path, following) if said.isdisjoint((name, following)) else []
                if circle and said.isdisjoint(circle):
                    said.update(circle)
                    yield circle
            elif following in edges and following not in done:
                path[following] = iter(edges[following])


def _end_of(path: dict[str, Iterator[str]], first: str) -> list[str]:
    found: list[str] = []
    for name in reversed(path):
        found.append(name)
        if name == first:
            break
    return found[::-1]
