"""What an entity says, as a flat mapping: two entities mean the same when their facts are equal.

Left out is what does not count: ids, fingerprints, paths, GTM's own bookkeeping, what is written
and empty, and a flag that is off where the type has it off by default. Where order has no meaning
there is none: conditions and triggers are facts of their own, rows of settings go by their names.

Source: the grammar of 178 exports; what the runtime does with conditions, tables, defaults and
sequences was measured on it (2026-11).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.diff.texts import condition_text, lines_of, named_in, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.comparisons import Comparison
    from tagkit.gtm.container import Data, Entity
    from tagkit.gtm.vocabulary import EntityType, TriggerType

Key = tuple[str, ...]
"""What a fact is about: ``("parameter", "eventName")``, ``("fires on", "All Pages")``."""


class Fact(NamedTuple):
    """``said`` is compared, ``shown`` is what the file has. ``code``: lines of it may be shown."""

    said: str
    shown: str
    code: bool = False


Facts = dict[Key, Fact]


class Names(Protocol):
    """What stands for another entity where one is referred to."""

    def variable(self, name: str) -> str:
        """For a whole ``{{name}}``."""

    def trigger(self, number: str) -> str:
        """For an id in ``firingTriggerId``."""

    def tag(self, name: str) -> str:
        """For a name in ``setupTag``."""

    def folder(self, number: str) -> str:
        """For an id in ``parentFolderId``."""

    def template(self, code: str) -> str:
        """For a type that is a custom template."""


UPKEEP = frozenset({"folder", "notes"})
"""Facts that say nothing about what the entity does."""

# Ids and times; the name is the entity's key. Of uniqueTriggerId, GTM makes its own.
_LEFT_OUT = frozenset(
    "accountId containerId workspaceId path tagManagerUrl fingerprint name type "
    "uniqueTriggerId".split()
)
TYPES: Mapping[str, Mapping[str, EntityType | TriggerType]] = {
    "tag": vocabulary.TAG_TYPES,
    "trigger": vocabulary.TRIGGER_TYPES,
    "variable": vocabulary.VARIABLE_TYPES,
    "client": vocabulary.CLIENT_TYPES,
    "transformation": vocabulary.TRANSFORMATION_TYPES,
}
_CODE = frozenset({"html", "javascript"})
# Rows of a name and a value; of a regular expression table, order decides.
_NAMED_ROWS = frozenset(
    {
        ("parameter", "parameterValue"),
        ("name", "value"),
        ("fieldName", "value"),
        ("index", "dimension"),
        ("index", "metric"),
        ("key", "value"),
        ("paramName", "paramValue"),
        ("attributeKey", "attributeValue"),
    }
)
_IN_ORDER = frozenset({"remm"})
_FIRING = {"firingTriggerId": "fires on", "blockingTriggerId": "exception"}
_SEQUENCE = {"setupTag": "runs after", "teardownTag": "runs before"}
# A line that 'tagkit merge' keeps in notes for itself.
_MEMORY = "For 'tagkit merge --uninstall': "
_STOPS = ("stopOnSetupFailure", "stopTeardownOnFailure")


def facts_of(
    entity: Entity,
    comparisons: Mapping[tuple[str | int, ...], Comparison],
    names: Names,
    shown: Names,
) -> Facts:
    """The facts of an entity. ``comparisons`` are the container's conditions, by route."""
    return _Reading(entity, comparisons, names, shown).facts


class _Reading:
    def __init__(
        self,
        entity: Entity,
        comparisons: Mapping[tuple[str | int, ...], Comparison],
        names: Names,
        shown: Names,
    ) -> None:
        self.entity, self.comparisons = entity, comparisons
        self.names, self.shown = names, shown
        self.facts: Facts = {}
        self.type = TYPES.get(entity.kind, {}).get(entity.type)
        self._type()
        own_id = vocabulary.ID_KEYS.get(entity.kind, "")
        for key, value in entity.data.items():
            if key not in _LEFT_OUT and key != own_id and not _is_empty(value):
                self._field(key, value)

    # --- the fields of an entity

    def _type(self) -> None:
        written = self.entity.data.get("type")
        if written is None:
            return
        code = plain(written)
        if code.startswith(vocabulary.TEMPLATE_TYPE_PREFIX):
            self.facts["type",] = Fact(self.names.template(code), self.shown.template(code))
        else:
            self.facts["type",] = Fact(code, self.type.title if self.type else code)

    def _field(self, key: str, value: object) -> None:
        match key, value:
            case "parameter", list():
                self._parameters(("parameter",), value)
            case (("customEventFilter" | "filter" | "autoEventFilter"), list()):
                self._conditions(key, value)
            case (("firingTriggerId" | "blockingTriggerId"), list()):
                for one in value:
                    self._reference(_FIRING[key], id_text(one))
            case (("setupTag" | "teardownTag"), list()):
                self._sequence(_SEQUENCE[key], value)
            case "consentSettings", dict():
                self._consent(value)
            case "formatValue", dict():
                self._format(value)
            case "boundary", dict():
                self._boundary(value)
            case "notes", str():
                kept = (line for line in value.splitlines() if not line.startswith(_MEMORY))
                self._plain(("notes",), "\n".join(kept))
            case "templateData", str():
                self._code(("template code",), value)
            case "parentFolderId", _:
                number = id_text(value)
                self.facts["folder",] = Fact(self.names.folder(number), self.shown.folder(number))
            case "priority", dict():
                if text(value.get("value")) != "0":
                    self._parameter(("priority",), value)
            case "monitoringMetadata", dict():
                self._parameter(("monitoring",), value)
            case _ if key in vocabulary.TRIGGER_FIELDS and isinstance(value, dict):
                self._trigger_field(key, value)
            case _:
                self._plain((key,), value)

    def _trigger_field(self, key: str, value: Data) -> None:
        waits = text(mapping(self.entity.data.get("waitForTags")).get("value")) == "true"
        if key == "waitForTagsTimeout" and not waits:
            return  # it is read by a trigger that waits, and by no other
        if value.get("type") == "BOOLEAN" and value.get("value") == "false":
            return
        self._parameter((key,), value)

    def _reference(self, word: str, number: str) -> None:
        self.facts[word, self.names.trigger(number)] = Fact("", self.shown.trigger(number))

    def _sequence(self, word: str, listed: list[object]) -> None:
        """The tags of it in their order: GTM runs the first, and keeps the others."""
        said, shown = [], []
        for item in listed:
            name = text(mapping(item).get("tagName"))
            stops = any(mapping(item).get(key) is True for key in _STOPS)
            end = ", and only if it succeeds" if stops else ""
            said.append(self.names.tag(name) + end)
            shown.append(self.shown.tag(name) + end)
        self.facts[word,] = Fact("\n".join(said), "\n".join(shown))

    def _consent(self, settings: Data) -> None:
        status = text(settings.get("consentStatus"))
        listed = [
            text(mapping(item).get("value"))
            for item in items(mapping(settings.get("consentType")).get("list"))
        ]
        if status == "NEEDED":
            self._plain(("consent",), f"needs {', '.join(sorted({*listed}))}")
        elif status == "NOT_NEEDED":
            self._plain(("consent",), "needs none")
        elif status not in ("", "NOT_SET"):
            self._plain(("consent",), plain(settings))

    def _format(self, settings: Data) -> None:
        for key, value in settings.items():
            if key == "number" or value == "NONE":
                continue  # GTM drops the one when it imports (measured), the other changes nothing
            if isinstance(value, dict):
                self._parameter(("format", key), value)
            elif not _is_empty(value):
                self._plain(("format", key), value)

    def _boundary(self, boundary: Data) -> None:
        """Where a zone holds."""
        self._conditions("boundary", items(boundary.get("condition")))
        for number in items(boundary.get("customEvaluationTriggerId")):
            self._reference("evaluated on", id_text(number))

    def _conditions(self, field: str, listed: list[object]) -> None:
        inner = (field, "condition") if field == "boundary" else (field,)
        for index, item in enumerate(listed):
            comparison = self.comparisons.get((*self.entity.route, *inner, index))
            if comparison is None:
                self._plain(("condition", field, plain(item)), item)
                continue
            said, shown = (
                condition_text(comparison, name.variable) for name in (self.names, self.shown)
            )
            self.facts["condition", field, said] = Fact("", shown)

    # --- parameters

    def _parameters(self, key: Key, listed: list[object]) -> None:
        seen: set[Key] = set()
        for item in listed:
            parameter = mapping(item)
            name = text(parameter.get("key"))
            inner = _free((*key, name), seen)
            if not parameter:
                self._plain(inner, item)
            elif not self._is_default(name, parameter):
                self._parameter(inner, parameter)

    def _is_default(self, name: str, parameter: Data) -> bool:
        known = self.type.parameters.get(name) if self.type else None
        if known is not None and known.type == "BOOLEAN" and not known.always:
            return parameter.get("value") == "false"
        if name == "defaultValue":
            has = self.entity.parameter("setDefaultValue")
            return has is not None and has.value == "false"
        # A flag of every Custom HTML tag and data layer variable, off unless it is on.
        return name in ("setDefaultValue", "supportDocumentWrite") and (
            parameter.get("value") == "false"
        )

    def _parameter(self, key: Key, parameter: Data) -> None:
        if isinstance(listed := parameter.get("list"), list):
            self._list(key, listed)
        elif isinstance(cells := parameter.get("map"), list):
            self._parameters(key, cells)
        elif parameter.get("type") == "TAG_REFERENCE" and (name := text(parameter.get("value"))):
            self.facts[key] = Fact(self.names.tag(name), self.shown.tag(name))
        elif not _is_empty(value := parameter.get("value")):
            written = plain(value)
            if key[-1] in _CODE or "\n" in written:
                self._code(key, written)
            else:
                self.facts[key] = Fact(named_in(written, self.names.variable), written)

    def _list(self, key: Key, listed: list[object]) -> None:
        if key[-1] == "triggerIds":
            for item in listed:
                self._reference("when all have fired", text(mapping(item).get("value")))
            return
        rows = [_row(item) for item in listed]
        if self._is_table(key, rows):
            seen: set[Key] = set()
            for item in listed:
                (_, named), (_, cell) = ((c, c.get("value")) for c in _cells(item))
                inner = _free((*key, plain("" if named is None else named)), seen)
                value = "" if cell is None else plain(cell)
                name = (*inner[:-1], named_in(inner[-1], self.names.variable))
                self.facts[name] = Fact(
                    named_in(value, self.names.variable), value, code="\n" in value
                )
            return
        said, shown = (
            "\n".join(self._row_text(item, name) for item in listed)
            for name in (self.names, self.shown)
        )
        if said:
            self.facts[key] = Fact(said, shown, code=True)

    def _is_table(self, key: Key, rows: list[Key]) -> bool:
        """Whether its rows go by their names: all of them a name and a value, in any order."""
        known = self.type.parameters.get(key[-1]) if self.type else None
        row = known.row if known and known.row else rows[0] if rows else ()
        return row in _NAMED_ROWS and self.entity.type not in _IN_ORDER and {*rows} == {row}

    def _row_text(self, item: object, names: Names) -> str:
        """A row, or an item of a list, on one line."""
        cells = _cells(item)
        if not cells:
            value = mapping(item).get("value", item)
            return _one_line(named_in(plain(value), names.variable))
        said = []
        for cell in cells:
            value = plain(cell.get("value", cell.get("list", cell.get("map", ""))))
            if cell.get("type") == "TAG_REFERENCE":
                value = names.tag(value)
            elif value.startswith(vocabulary.TEMPLATE_TYPE_PREFIX):
                value = names.template(value)
            else:
                value = named_in(value, names.variable)
            said.append(f"{text(cell.get('key'))}: {_one_line(value)}")
        return ", ".join(said)

    # --- values

    def _code(self, key: Key, code: str) -> None:
        said = lines_of(named_in(code, self.names.variable))
        self.facts[key] = Fact(said, code, code=True)

    def _plain(self, key: Key, value: object) -> None:
        written = plain(value)
        if written:
            self.facts[key] = Fact(written, written, code="\n" in written)


def _cells(item: object) -> list[Data]:
    return [mapping(cell) for cell in items(mapping(item).get("map"))]


def _row(item: object) -> Key:
    """The keys of the cells of a row that holds nothing but texts."""
    cells = _cells(item)
    flat = all("list" not in cell and "map" not in cell for cell in cells)
    return tuple(text(cell.get("key")) for cell in cells) if flat else ()


def _free(key: Key, seen: set[Key]) -> Key:
    """The key, with a number when it has been there before."""
    number, free = 1, key
    while free in seen:
        number += 1
        free = (*key[:-1], f"{key[-1]} ({number})")
    seen.add(free)
    return free


def _one_line(value: str) -> str:
    return value.replace("\n", " ")


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", [], {})


def sorted_facts(facts: Facts) -> Iterator[tuple[Key, str]]:
    """What is compared, in an order of its own."""
    return iter(sorted((key, fact.said) for key, fact in facts.items()))
