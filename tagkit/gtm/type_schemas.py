"""What each type says of its parameters, as parts of the container schema.

``definitions`` has one part per type and per shape of table, ``cases`` the if/then that leads to
it. Only what the vocabulary knows is judged; a key it does not know may hold anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tagkit.gtm.vocabulary import EntityType, Key, TriggerType

Schema = dict[str, object]

_ENTITY_TYPES: Mapping[str, Mapping[str, EntityType]] = {
    "tag": vocabulary.TAG_TYPES,
    "variable": vocabulary.VARIABLE_TYPES,
    "client": vocabulary.CLIENT_TYPES,
    "transformation": vocabulary.TRANSFORMATION_TYPES,
}


_GROUP = 6


def definitions() -> Schema:
    """The parts, by the name that ``cases`` refers to."""
    return {
        **_tables(),
        **{
            _part(kind, name): _parameters(
                f"{kind} of type {name}", entity_type.parameters, entity_type.either
            )
            for kind, types in _ENTITY_TYPES.items()
            for name, entity_type in types.items()
            if entity_type.parameters
        },
        **{
            _part("trigger", name): _trigger_type(f"trigger of type {name}", trigger_type)
            for name, trigger_type in vocabulary.TRIGGER_TYPES.items()
            if _says_something(trigger_type)
        },
    }


def cases(kind: str) -> list[Schema]:
    """For each type of a kind that has a part: if it is of this type, then that part holds.

    In groups, so that a validator that asks every ``if`` has fewer to ask.
    """
    if kind == "trigger":
        names = [name for name, one in vocabulary.TRIGGER_TYPES.items() if _says_something(one)]
    else:
        types = _ENTITY_TYPES.get(kind, {})
        names = [name for name, one in types.items() if one.parameters]
    return [
        {
            "if": {"properties": {"type": {"enum": group}}, "required": ["type"]},
            "then": {
                "allOf": [
                    when_type(name, {"$ref": f"#/$defs/{_part(kind, name)}"}) for name in group
                ]
            },
        }
        for group in (names[start : start + _GROUP] for start in range(0, len(names), _GROUP))
    ]


def when_type(value: str, then: Schema) -> Schema:
    """If the type is this, then …."""
    return {
        "if": {"properties": {"type": {"const": value}}, "required": ["type"]},
        "then": then,
    }


def _part(kind: str, name: str) -> str:
    return f"{kind}_{name}"


def _says_something(trigger_type: TriggerType) -> bool:
    return bool(trigger_type.parameters or trigger_type.required_fields)


def contains(keys: tuple[str, ...]) -> Schema:
    """A list of parameters that has one of the keys; the title goes on after 'lacks'."""
    match: Schema = {"const": keys[0]} if len(keys) == 1 else {"enum": list(keys)}
    return {
        "contains": {
            "title": f"a parameter '{keys[0]}'",
            "properties": {"key": match},
            "required": ["key"],
        }
    }


def key_in(names: list[str]) -> Schema:
    """A parameter that has one of these keys."""
    match: Schema = {"const": names[0]} if len(names) == 1 else {"enum": names}
    return {"properties": {"key": match}, "required": ["key"]}


def _tables() -> Schema:
    """One definition per shape of row. A row that has all its keys may have more."""
    rows = {
        key.row
        for types in _ENTITY_TYPES.values()
        for entity_type in types.values()
        for key in entity_type.parameters.values()
        if key.row
    }
    return {
        "text_value": _not_of(
            _all_but(*vocabulary.TEXT_TYPES), "one text", {"enum": list(vocabulary.TEXT_TYPES)}
        ),
        "list_value": _not_of(_all_but("LIST"), "a list", {"const": "LIST"}),
        "row": _not_of(_all_but("MAP"), "a row", {"const": "MAP"}),
        **{_table_name(row): _table(row) for row in sorted(rows)},
        **{
            f"list_of_{item}": {
                "allOf": [{"$ref": "#/$defs/list_value"}],
                "properties": {
                    "list": {"items": _not_of(_all_but(item), "an item", {"const": item})}
                },
            }
            for item in ("TRIGGER_REFERENCE",)
        },
    }


def _table_name(row: tuple[str, ...]) -> str:
    return "table_" + "_".join(row)


def _table(row: tuple[str, ...]) -> Schema:
    complete: Schema = {"allOf": [contains((key,)) for key in row]}
    keys = " and ".join(f"'{key}'" for key in row)
    hint = f"each row of this table has {keys}"
    known: Schema = {"properties": {"key": {"title": "row key", "enum": list(row), "x-hint": hint}}}
    return {
        "title": f"table with rows of {keys}",
        "allOf": [{"$ref": "#/$defs/list_value"}],
        "properties": {
            "list": {
                "items": {
                    "allOf": [{"$ref": "#/$defs/row"}],
                    "properties": {
                        "map": {"if": {"not": complete}, "then": {"items": known}},
                    },
                }
            }
        },
    }


def _all_but(*types: str) -> list[str]:
    return [name for name in vocabulary.PARAMETER_TYPES if name not in types]


def _not_of(types: Iterable[str], title: str, instead: Schema) -> Schema:
    """A parameter of none of these types; a word that is no type at all is said elsewhere."""
    return {
        "if": {"properties": {"type": {"enum": list(types)}}, "required": ["type"]},
        "then": {"properties": {"type": {"title": title, **instead}}},
    }


def _parameters(
    title: str, parameters: Mapping[str, Key], either: Iterable[tuple[str, ...]] = ()
) -> Schema:
    needed: list[tuple[str, ...]] = [(name,) for name, key in parameters.items() if key.required]
    needed += list(either)
    found: Schema = {"items": {"allOf": _shapes(parameters)}}
    if needed:
        found["allOf"] = [contains(keys) for keys in needed]
    of_type: Schema = {"title": title, "properties": {"parameter": found}}
    if needed:
        of_type["required"] = ["parameter"]
    return of_type


def _shapes(parameters: Mapping[str, Key]) -> list[Schema]:
    """What the value of each known key looks like: one text, a list, or a table."""
    definitions: dict[str, list[str]] = {}
    for name, key in parameters.items():
        definitions.setdefault(_shape_of(key), []).append(name)
    return [
        {"if": key_in(names), "then": {"$ref": f"#/$defs/{definition}"}}
        for definition, names in definitions.items()
    ]


def _shape_of(key: Key) -> str:
    if key.row:
        return _table_name(key.row)
    if key.item:
        return f"list_of_{key.item}"
    return "list_value" if key.is_list else "text_value"


def _trigger_type(title: str, trigger_type: TriggerType) -> Schema:
    of_type: Schema = {"title": title}
    if trigger_type.parameters:
        of_type = _parameters(title, trigger_type.parameters)
    if trigger_type.required_fields:
        of_type["required"] = list(trigger_type.required_fields)
    if "customEventFilter" in trigger_type.required_fields:
        of_type["properties"] = {
            "customEventFilter": {
                "title": "one condition on the event's name",
                "x-hint": "exactly one, on '{{_event}}'; further conditions belong in 'filter'",
                "minItems": 1,
                "maxItems": 1,
            }
        }
    return of_type
