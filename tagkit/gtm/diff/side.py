"""One side of a comparison: a container whose entities can be asked for what they mean."""

from __future__ import annotations

from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary
from tagkit.gtm.comparisons import comparisons_of, readings_of
from tagkit.gtm.container import Entity, container_of, id_text, items, mapping, text
from tagkit.gtm.diff.called import AsLabelled, AsMeant, AsWritten
from tagkit.gtm.diff.facts import UPKEEP, Facts, facts_of, sorted_facts
from tagkit.gtm.diff.texts import condition_text, named, named_in
from tagkit.gtm.links import is_of, sequence, trigger_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Container

KINDS = (
    "customTemplate",
    "builtInVariable",
    "variable",
    "trigger",
    "tag",
    "client",
    "transformation",
    "zone",
    "gtagConfig",
    "folder",
)
"""In this order they can be matched: what is referred to comes first, folders by what they hold."""


class Side:
    """A container, and what it is compared by. ``labels`` are what both sides call an entity."""

    def __init__(self, data: object) -> None:
        self.container = _container(data)
        self.entities: dict[str, tuple[Entity, ...]] = {
            kind: tuple(self.container.of(kind)) for kind in KINDS
        }
        self.entities["builtInVariable"] = tuple(self._built_ins())
        self._comparisons = {
            comparison.route: comparison for comparison in comparisons_of(self.container)
        }
        self._named: dict[tuple[str, str], list[Entity]] = {}
        self._numbered: dict[tuple[str, str], list[Entity]] = {}
        for kind, entities in self.entities.items():
            for entity in entities:
                self._named.setdefault((kind, entity.name), []).append(entity)
                if entity.id:
                    self._numbered.setdefault((kind, entity.id), []).append(entity)
        self.labels: dict[Route, str] = {}
        self.renamed: dict[tuple[str, str], str] = {}
        self.gone: set[tuple[str, str]] = set()
        self._templates: dict[str, Entity | None] = {}
        self._meanings: dict[Route, str] = {}
        self._facts: dict[Route, Facts] = {}
        self._written = AsWritten(self)
        self._both = AsLabelled(self)
        self._deep = AsMeant(self)

    def _built_ins(self) -> Iterator[Entity]:
        listed = self.container.entities["builtInVariable"]
        yield from listed
        known = {entity.type for entity in listed}
        route = (*self.container.version_route, "container", "enabledBuiltInVariable")
        for index, word in enumerate(items(self.container.info.get("enabledBuiltInVariable"))):
            built_in = vocabulary.BUILT_INS.get(text(word))
            if built_in and built_in.type not in known:
                data: dict[str, object] = {"type": built_in.type, "name": built_in.name}
                yield Entity("builtInVariable", (*route, index), data)

    # --- who is meant

    def named(self, kind: str, name: str) -> list[Entity]:
        """The entities of a kind with this name; more than one only in a broken file."""
        return self._named.get((kind, name), [])

    def numbered(self, kind: str, number: str) -> list[Entity]:
        """The entities of a kind with this id."""
        return self._numbered.get((kind, number), [])

    def template(self, code: str) -> Entity | None:
        """The custom template that a type is."""
        if code not in self._templates:
            found = (one for one in self.entities["customTemplate"] if is_of(code, one))
            self._templates[code] = next(found, None)
        return self._templates[code]

    def variable(self, name: str) -> list[Entity]:
        """What ``{{name}}`` is: a variable, else a built-in variable that is enabled."""
        return self.named("variable", name) or self.named("builtInVariable", name)

    def is_gone(self, name: str) -> bool:
        """Whether the variable of this name now has another."""
        return ("variable", name) in self.gone and not self.variable(name)

    @cached_property
    def naming_nothing(self) -> dict[str, list[Entity]]:
        """By name: who names a variable that is not there."""
        found: dict[str, list[Entity]] = {}
        for reference in self.container.references:
            name = reference.name
            if name not in vocabulary.IMPLICIT_VARIABLES and not self.variable(name):
                found.setdefault(name, []).append(reference.entity)
        return found

    # --- conditions

    def conditions(self, trigger: Entity) -> list[Comparison]:
        """The conditions of a trigger that have two sides."""
        return self._conditions.get(trigger.route, [])

    def condition(self, comparison: Comparison) -> str:
        """A condition as both sides would write it."""
        return condition_text(comparison, self._both.variable)

    @cached_property
    def _conditions(self) -> dict[Route, list[Comparison]]:
        found: dict[Route, list[Comparison]] = {}
        for comparison in self._comparisons.values():
            found.setdefault(comparison.trigger.route, []).append(comparison)
        return found

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """What each variable reads, in the words of the built-in ones."""
        return readings_of(self.container)

    # --- what they mean

    def facts(self, entity: Entity) -> Facts:
        """What it says, with other entities by their labels."""
        if entity.route not in self._facts:
            self._facts[entity.route] = facts_of(
                entity, self._comparisons, self._both, self._written
            )
        return self._facts[entity.route]

    def meant_facts(self, entity: Entity) -> Facts:
        """What it says, with other entities by what they do."""
        self._learn(self.uses(entity))
        return facts_of(entity, self._comparisons, self._deep, self._written)

    def call(self, entity: Entity, label: str, before: str) -> None:
        """Give an entity the label by which both sides know it, and its name on the other side."""
        self.labels[entity.route] = label
        if label != entity.name:
            self._facts.clear()  # others say it by its label
        if before != entity.name and len(self.named(entity.kind, entity.name)) == 1:
            self.renamed[entity.kind, entity.name] = before
            self.gone.add((entity.kind, before))

    def said(self, value: str) -> str:
        """A text as both sides would write it."""
        return named_in(value, self._both.variable)

    def meant(self, value: str) -> str:
        """A text with what its variables do in place of their names."""
        if "{{" in value:
            self._learn(self._uses_of_text(value))
        return named_in(value, self._deep.variable)

    def meaning(self, entity: Entity) -> str:
        """What it does, whatever it and all that it uses is called: equal texts, equal meaning."""
        self._learn([entity])
        return self._meanings[entity.route]

    def _learn(self, asked: Iterable[Entity]) -> None:
        """The meanings of these, after those of what they use; not by recursion."""
        waiting, opened = list(asked), set[object]()
        while waiting:
            entity = waiting[-1]
            if entity.route in self._meanings:
                waiting.pop()
                continue
            opened.add(entity.route)
            unknown = [
                one
                for one in self.uses(entity)
                if one.route not in self._meanings and one.route not in opened
            ]
            if unknown:
                waiting += unknown
                continue
            waiting.pop()
            self._meanings[entity.route] = self._meaning(entity)

    def _meaning(self, entity: Entity) -> str:
        facts = facts_of(entity, self._comparisons, self._deep, self._written)
        essence = [(key, said) for key, said in sorted_facts(facts) if key[0] not in UPKEEP]
        if entity.type == "c" and [key for key, _ in essence] == [
            ("parameter", "value"),
            ("type",),
        ]:
            return essence[0][1]  # a constant is as good as its text
        name = entity.name if entity.kind == "folder" else ""
        written = repr((entity.kind, name, essence)).encode("utf-8", "surrogatepass")
        return f"\0{blake2b(written, digest_size=12).hexdigest()}\0"

    def known_meaning(self, entity: Entity) -> str:
        """The meaning if it is known; inside a circle of references it is not."""
        return self._meanings.get(entity.route, "\0circle\0")

    # --- who uses whom

    def uses(self, entity: Entity) -> list[Entity]:
        """The entities that it refers to."""
        return self._uses.get(entity.route, [])

    def _uses_of_text(self, value: str) -> list[Entity]:
        return [entity for name in named(value) for entity in self.variable(name)]

    @cached_property
    def _uses(self) -> dict[Route, list[Entity]]:
        found: dict[Route, list[Entity]] = {}
        for reference in self.container.references:
            if used := self.variable(reference.name):
                found.setdefault(reference.entity.route, []).extend(used)
        for parameter in self.container.parameters:
            if parameter.type in ("TRIGGER_REFERENCE", "TAG_REFERENCE") and parameter.value:
                by_id = parameter.type == "TRIGGER_REFERENCE"
                used = (self.numbered if by_id else self.named)(
                    "trigger" if by_id else "tag", parameter.value
                )
                found.setdefault(parameter.entity.route, []).extend(used)
        for tag in self.entities["tag"]:
            used = found.setdefault(tag.route, [])
            for key in ("firingTriggerId", "blockingTriggerId"):
                for number in trigger_ids(tag, key):
                    used += self.numbered("trigger", number)
            for key in ("setupTag", "teardownTag"):
                for name in sequence(tag, key):
                    used += self.named("tag", name)
        for zone in self.entities["zone"]:
            boundary = mapping(zone.data.get("boundary"))
            for one in items(boundary.get("customEvaluationTriggerId")):
                found.setdefault(zone.route, []).extend(self.numbered("trigger", id_text(one)))
        for kind in ("tag", "variable", "client"):
            for entity in self.entities[kind]:
                if entity.type.startswith(vocabulary.TEMPLATE_TYPE_PREFIX):
                    template = self.template(entity.type)
                    if template:
                        found.setdefault(entity.route, []).append(template)
        return found

    @cached_property
    def users(self) -> dict[Route, list[Entity]]:
        """For each entity those that refer to it."""
        found: dict[Route, dict[Route, Entity]] = {}
        for entities in self.entities.values():
            for entity in entities:
                for used in self.uses(entity):
                    found.setdefault(used.route, {})[entity.route] = entity
        return {route: list(by_route.values()) for route, by_route in found.items()}

    def all_users(self, entity: Entity) -> list[Entity]:
        """All that depend on it, by whatever ways."""
        found: dict[Route, Entity] = {}
        waiting = [entity]
        while waiting:
            for user in self.users.get(waiting.pop().route, ()):
                if user.route not in found:
                    found[user.route] = user
                    if user.kind != "tag":  # a tag that runs after another does not depend on it
                        waiting.append(user)
        return list(found.values())

    def called(self, number: str) -> set[str]:
        """What a trigger may be known by: the label, and what it means."""
        self._learn(self.numbered("trigger", number))
        return {self._both.trigger(number), self._deep.trigger(number)}

    def tag_label(self, name: str) -> str:
        """What both sides call the tag of this name."""
        return self._both.tag(name)

    def label(self, entity: Entity) -> str:
        """What both sides call it."""
        return self.labels.get(entity.route, entity.name)


def _container(data: object) -> Container:
    """The container, with its enums as an export has them."""
    found = container_of(data)
    words = [parameter.type for parameter in found.parameters]
    words += [trigger.type for trigger in found.of("trigger")]
    words += [text(condition.data.get("type")) for condition in found.conditions]
    if all(word == word.upper() for word in words):
        return found
    from tagkit.gtm.check import readable  # loads all rules, for files that no GTM wrote

    return container_of(readable(data))
