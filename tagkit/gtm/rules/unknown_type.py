"""A tag, variable, client or transformation has a type that tagkit does not know.

Not wrong in itself: GTM has vendor tags that no list names. A type that GTM does not have either
is refused: "unknown entity type".

Before::

    {"name": "Conversions API", "type": "capi"}

After::

    {"name": "Conversions API", "type": "cvt_5TP8W"}    # and its custom template

Source: the types of 178 exports; Google's list of tag types ("restrict tag deployment").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK435", "unknown-type", Severity.NOTE, "a type that tagkit does not know")

_TYPES = {
    "tag": vocabulary.TAG_TYPES.keys() | vocabulary.OTHER_TAG_TYPES,
    "variable": vocabulary.VARIABLE_TYPES.keys(),
    "client": vocabulary.CLIENT_TYPES.keys(),
    "transformation": vocabulary.TRANSFORMATION_TYPES.keys(),
}


def check(container: Container) -> Iterator[Finding]:
    """One finding for each unknown type, at its first use."""
    for kind, types in _TYPES.items():
        said: set[str] = set()
        for entity in container.of(kind):
            code = entity.type
            # A code with a capital first is none at all, which the schema says.
            is_code = code[:1].islower() and not code.startswith(vocabulary.TEMPLATE_TYPE_PREFIX)
            if is_code and code not in types and code not in said:
                said.add(code)
                yield Finding(
                    RULE,
                    (*entity.route, "type"),
                    f"{entity.words} is of type '{code}', which tagkit does not know; "
                    "GTM refuses a file with a type it does not have",
                    hint="see that the code is right; that of a custom template begins with 'cvt_'",
                )
