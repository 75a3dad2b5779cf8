"""Sources that are made by a JavaScript function: which template, over what, with what settings.

The templates in ``values/`` are bodies of functions of ``v``; GTM's Custom JavaScript variables
and the snippets share them, so that both send the same.
"""

from __future__ import annotations

from tagkit.values import (
    BuiltIn,
    Clicked,
    DataLayer,
    Defaulted,
    Ecommerce,
    Element,
    EventId,
    Literal,
    OwnPush,
    Pushed,
    Scalar,
    Source,
    ToNumber,
    Typed,
)

ECOMMERCE = DataLayer("ecommerce", 1)
"""Version 1 is the object last pushed; version 2 keeps items of earlier pushes (measured)."""
READS_NUMBERS = frozenset({"number", "integer", "ecommerce_value", "ecommerce_contents"})
"""Bodies that call ``toNumber``: the function that ``ToNumber`` is."""
CLICKABLE = (
    'a[href], area[href], button, summary, label, input, select, [role="button"], '
    '[role="link"], [onclick]'
)


def body_of(source: Source) -> tuple[str, Source | None, dict[str, Scalar]]:
    """The template of the function body that makes a source, what it is made from, its settings."""
    match source:
        case Literal(value=value):
            return "literal", None, {"value": value}
        case Typed(source=inner, type=kind):
            return str(kind), inner, {}
        case Defaulted(source=inner, default=default):
            return "defaulted", inner, {"default": default}
        case Ecommerce(field=field):
            made = ("value", "currency", "content_ids", "contents", "num_items")
            return f"ecommerce_{field if field in made else 'field'}", ECOMMERCE, {"field": field}
        case DataLayer(key=key):
            top, _, path = key.partition(".")
            return "walk", DataLayer(top), {"path": path}
        case Pushed(key=key):
            return "pushed", OwnPush(), {"path": key}
        case OwnPush(key=key):
            return "own_push", DataLayer(key), {}
        case ToNumber():
            return "to_number", None, {}
        case Element(css=css, attribute=attribute):
            return "element", None, {"css": css, "attribute": attribute}
        case Clicked(field=field, css=css):
            settings: dict[str, Scalar] = {"css": css or CLICKABLE, "field": field}
            return "clicked", BuiltIn("click_element"), settings
        case EventId(key=key):
            return "event_id", DataLayer(key), {}
    message = f"no function body for {source!r}"
    raise TypeError(message)
