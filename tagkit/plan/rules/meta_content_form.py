"""Products told to Meta in another form than Meta reads.

``content_ids`` is a list of ids, ``contents`` a list of products with ``id`` and ``quantity``
(GA4's items have ``item_id``), ``content_type`` is ``product`` or ``product_group``, or the name of
a travel, property or vehicle catalogue. Nothing warns; catalogue ads find no product.

Before::

    properties: {contents: {ecommerce: items}, content_type: products}

After::

    properties: {contents: {ecommerce: contents}, content_type: product}

Source: Meta Pixel reference, object properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import closest
from tagkit.pixel.properties import CONTENT_TYPES
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.plan.meta_events import bare, literal_of, meta_events
from tagkit.values import Ecommerce, Typed, ValueType
from tagkit.words import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Parameter, Resolved

RULE = Rule(
    "TK249", "meta-content-form", Severity.WARNING, "products in a form that Meta does not read"
)

_FORMS = {
    "content_ids": "a list of ids",
    "contents": "a list of products with id and quantity",
}


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the value. Of a custom event the author may make what he likes."""
    for _, meta in meta_events(plan):
        if not meta.standard or "content_ids" not in STANDARD_EVENTS.get(meta.name, ()):
            continue
        for parameter in meta.properties:
            if parameter.name in _FORMS:
                yield from _list(parameter)
            elif parameter.name == "content_type":
                yield from _type(parameter)


def _list(parameter: Parameter) -> Iterator[Finding]:
    name, value, inner = parameter.name, literal_of(parameter), bare(parameter.source)
    wrong = ""
    if value is not None:
        wrong = show(value)
    elif isinstance(inner, Ecommerce) and inner.field != name:
        wrong = f"the shop's {inner.field}"
    elif isinstance(parameter.source, Typed) and parameter.source.type is not ValueType.ITEMS:
        wrong = f"what type: {parameter.source.type} makes of it"
    if wrong:
        own = "['TEA-12']" if name == "content_ids" else "[{id: 'TEA-12', quantity: 1}]"
        yield Finding(
            RULE, parameter.route, f"'{name}' is {_FORMS[name]}, not {wrong}",
            hint=f"write {name}: {{ecommerce: {name}}}, or a function that returns {own}",
        )  # fmt: skip


def _type(parameter: Parameter) -> Iterator[Finding]:
    value = literal_of(parameter)
    if value is None or value in CONTENT_TYPES:
        return
    near = closest(str(value), CONTENT_TYPES)
    own = "write content_type: product, or leave it out; content_category can say what it is"
    yield Finding(
        RULE, parameter.route,
        f"'content_type' is product or product_group, not {show(value)}",
        hint=f"did you mean '{near}'?" if near else own,
    )  # fmt: skip
