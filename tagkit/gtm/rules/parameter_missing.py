"""A parameter is missing without which its tag, trigger or variable cannot work.

A GA4 event without a name sends nothing, a lookup table without input finds nothing. GTM does not
let one save such a thing.

Before::

    {"type": "gaawe", "parameter": [{"key": "measurementIdOverride", "value": "G-AAAAAAAAAA", ...}]}

After::

    {"type": "gaawe", "parameter": [{"key": "measurementIdOverride", "value": "G-AAAAAAAAAA", ...},
                                    {"type": "TEMPLATE", "key": "eventName", "value": "sign_up"}]}

Source: all entities of these types in 178 exports have these parameters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import items

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.container import Container, Entity
    from tagkit.gtm.vocabulary import EntityType, TriggerType

RULE = Rule(
    "TK438", "parameter-missing", Severity.ERROR, "a parameter is missing that the type needs"
)

_TYPES: Mapping[str, Mapping[str, EntityType | TriggerType]] = {
    "tag": vocabulary.TAG_TYPES,
    "trigger": vocabulary.TRIGGER_TYPES,
    "variable": vocabulary.VARIABLE_TYPES,
    "client": vocabulary.CLIENT_TYPES,
    "transformation": vocabulary.TRANSFORMATION_TYPES,
}


def check(container: Container) -> Iterator[Finding]:
    """One finding for each entity, with all that it lacks; an empty value is a warning."""
    for kind, types in _TYPES.items():
        for entity in container.of(kind):
            known = types.get(entity.type)
            if known is None:
                continue
            needed: list[tuple[str, ...]] = [(key,) for key in known.required]
            needed += getattr(known, "either", ())
            yield from _check(entity, known.title, needed)


def _check(entity: Entity, title: str, needed: list[tuple[str, ...]]) -> Iterator[Finding]:
    missing = [keys[0] for keys in needed if not any(map(entity.parameter, keys))]
    if missing:
        lacks = " and no ".join(f"'{key}'" for key in missing)
        yield Finding(
            RULE,
            (*entity.route, "parameter") if "parameter" in entity.data else entity.route,
            f"{entity.words} ({title}) has no {lacks}",
            hint=f'add {{"type": "TEMPLATE", "key": "{missing[0]}", "value": "…"}}',
        )
    for keys in needed:
        found = next(filter(None, map(entity.parameter, keys)), None)
        # What a constant without value is, has a rule of its own.
        if found is None or entity.type == "c" or found.data.get("value"):
            continue
        if not items(found.data.get("list")):
            yield Finding(
                RULE,
                found.value_route,
                f"'{keys[0]}' of {entity.words} ({title}) is empty",
                hint="give it a value",
                severity=Severity.WARNING,
            )
