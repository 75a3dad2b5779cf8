"""What a table of types says of one type and of one parameter."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm.built_ins import WEB

if TYPE_CHECKING:
    from collections.abc import Mapping


class Key(NamedTuple):
    """One parameter of a type.

    ``required``: the type cannot work without it. ``always``: GTM itself always writes it.
    ``row``: the keys of each row, when the value is a LIST of MAPs; ``item``: the type of each
    item, when it is a LIST of plain values. ``values``: the words seen, where it is a choice.
    """

    type: str
    required: bool = False
    always: bool = False
    row: tuple[str, ...] = ()
    item: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the value is a table or a list of values."""
        return self.type == "LIST"


class EntityType(NamedTuple):
    """A tag, variable, client or transformation type; parameters in the order GTM writes them.

    ``either``: sets of parameters of which one must be there.
    """

    title: str
    contexts: tuple[str, ...]
    parameters: Mapping[str, Key]
    either: tuple[tuple[str, ...], ...] = ()
    deprecated: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters it cannot work without."""
        return tuple(name for name, key in self.parameters.items() if key.required)


class TriggerType(NamedTuple):
    """A trigger type; ``fields`` are those beside id, name, notes, folder and ``filter``.

    ``event`` is what the data layer sees, "" where the author names it.
    """

    title: str
    event: str
    contexts: tuple[str, ...]
    fields: tuple[str, ...] = ()
    parameters: Mapping[str, Key] = MappingProxyType({})
    required_fields: tuple[str, ...] = ()
    deprecated: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters it cannot work without."""
        return tuple(name for name, key in self.parameters.items() if key.required)


def choice(*values: str, always: bool = False, required: bool = False) -> Key:
    """A parameter that is one of these words."""
    return Key("TEMPLATE", required=required, always=always or required, values=values)


def table(*row: str, always: bool = False) -> Key:
    """A parameter with rows of these keys."""
    return Key("LIST", always=always, row=row)


TEXT = Key("TEMPLATE")
TEXT_ALWAYS = Key("TEMPLATE", always=True)
NEEDED = Key("TEMPLATE", required=True, always=True)
FLAG = Key("BOOLEAN")
FLAG_ALWAYS = Key("BOOLEAN", always=True)
NUMBER = Key("INTEGER")
NUMBER_ALWAYS = Key("INTEGER", always=True)
LIST = Key("LIST")
SETTINGS = table("parameter", "parameterValue")
NAMED = table("name", "value")
FIELDS = table("fieldName", "value")
DIMENSIONS = table("index", "dimension")
LOOKUP = table("key", "value")


def entity_type(title: str, context: str = WEB, /, **parameters: Key) -> EntityType:
    """A type of one kind of container."""
    return EntityType(title, (context,), MappingProxyType(parameters))


def shared_type(title: str, contexts: tuple[str, ...], /, **parameters: Key) -> EntityType:
    """A type of several kinds of container."""
    return EntityType(title, contexts, MappingProxyType(parameters))


def gone_type(title: str, context: str = WEB, /, **parameters: Key) -> EntityType:
    """A type that GTM no longer offers, and older exports have."""
    return EntityType(title, (context,), MappingProxyType(parameters), deprecated=True)
