"""Where a value comes from: the vocabulary that plans, programs and emitters share.

Named tuples, because a frozen dataclass costs half a millisecond of every start. Two values of
different kinds can be equal as tuples: ``identity`` tells them apart.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

Scalar = str | int | float | bool | None
"""A JSON scalar."""


class ValueType(StrEnum):
    """What a value is made into before it is sent: GA4 keeps a numeric text as text."""

    STRING = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CURRENCY = "currency"
    ITEMS = "items"


class Literal(NamedTuple):
    """The value itself."""

    value: Scalar


class DataLayer(NamedTuple):
    """A data layer key. Version 2 walks the dots, 1 reads the last pushed top-level key.

    ``said``: the author named the version, so it is GTM's own variable and nothing better.
    """

    key: str
    version: int = 2
    said: bool = False


class Pushed(NamedTuple):
    """A key of the event's own push; the data layer also remembers those of older pushes."""

    key: str


class OwnPush(NamedTuple):
    """The event's own push, whole, for all ``Pushed`` of a container.

    It has a field because a tuple without any is false.
    """

    key: str = "gtm.uniqueEventId"


class ToNumber(NamedTuple):
    """The function that reads the number in a text, for all sources that do: it is long."""

    label: str = "to number"


class Ecommerce(NamedTuple):
    """A field of the last pushed ecommerce object, or one made from its items for Meta.

    With ``of`` the items are another source's.
    """

    field: str
    of: Source | None = None


class Url(NamedTuple):
    """A part of the page's URL, or of another one. ``key`` is the query parameter."""

    part: str
    key: str = ""
    of: Source | None = None


class Cookie(NamedTuple):
    """A first-party cookie."""

    name: str
    decode: bool = False


class Element(NamedTuple):
    """The text, or an attribute, of the first element that matches."""

    css: str
    attribute: str = ""


class Clicked(NamedTuple):
    """A property of what was clicked: text, url, id, classes or target.

    ``css`` is the thing the trigger waits for. Without it, it is the nearest link or button:
    GTM's own click variables look at the innermost node, the icon in the link.
    """

    field: str
    css: str = ""


class BuiltIn(NamedTuple):
    """One of GTM's built-in variables, by its lower-case name: page_path."""

    name: str


class JavaScript(NamedTuple):
    """The author's own function() { … }, as written."""

    code: str


class Global(NamedTuple):
    """A global JavaScript variable."""

    path: str


class Lookup(NamedTuple):
    """A table that chooses a value by an input: the first row that fits."""

    source: Source
    rows: tuple[tuple[str, Source], ...]
    default: Source | None = None
    regex: bool = False
    full_match: bool = True
    ignore_case: bool = True
    replace: bool = False


class Gtm(NamedTuple):
    """Text with references to variables that live in the container: ``{{Name}}``."""

    text: str


class EventId(NamedTuple):
    """An id of this one event on this one page, the same for all destinations.

    It has a field because a tuple without any is false.
    """

    key: str = "gtm.uniqueEventId"


class Named(NamedTuple):
    """A source the author gave a name under ``variables``."""

    name: str
    source: Source


class Defaulted(NamedTuple):
    """A source, or a literal while the source is undefined."""

    source: Source
    default: Scalar


class Formatted(NamedTuple):
    """A source after GTM's format options. ``None`` in a field means: leave it as it is."""

    source: Source
    case: str | None = None
    null_as: Scalar = None
    undefined_as: Scalar = None
    true_as: Scalar = None
    false_as: Scalar = None


class Typed(NamedTuple):
    """A source made into a type; undefined when it cannot be."""

    source: Source
    type: ValueType


Source = (
    Literal
    | DataLayer
    | Pushed
    | Ecommerce
    | Url
    | Cookie
    | Element
    | Clicked
    | BuiltIn
    | JavaScript
    | Global
    | Lookup
    | Gtm
    | EventId
    | OwnPush
    | ToNumber
    | Named
    | Defaulted
    | Formatted
    | Typed
)
"""Where a value comes from."""


def identity(value: Source | Condition) -> str:
    """The same text for the same value, another one for every other: True is not 1 here."""
    return repr(value)


class Op(StrEnum):
    """How a condition compares. Text operators compare as text, and are case-sensitive."""

    EQUALS = "equals"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    MATCHES = "matches"
    CSS = "css"
    GREATER = "greater"
    GREATER_OR_EQUAL = "greater_or_equal"
    LESS = "less"
    LESS_OR_EQUAL = "less_or_equal"


class Condition(NamedTuple):
    """One comparison. ``ignore_case`` is for MATCHES only, as in GTM's runtime.

    ``refers``: the value is text with ``{{references}}`` to the container's variables.
    """

    subject: Source
    op: Op
    value: str
    negate: bool = False
    ignore_case: bool = False
    refers: bool = False


Conditions = tuple[Condition, ...]
"""All must hold."""
