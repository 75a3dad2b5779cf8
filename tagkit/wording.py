"""A validator's error -> findings in the author's words.

Each keyword of JSON Schema has a function here that looks at the value, the place and the schema,
and says what was expected and what was found.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tagkit import schema as rules
from tagkit.mistake import Mistake, allowed, applied, description, forbids, is_known, noted
from tagkit.nearest import nearest
from tagkit.validators import Schema, resolve
from tagkit.words import both, count, either, kind, quoted, show, some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jsonschema import ValidationError
    from jsonschema.protocols import Validator

    from tagkit.diagnostics import Document, Finding, Route
    from tagkit.source import Json

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}
_YES_NO = dict.fromkeys(("yes", "on", "true"), "true") | dict.fromkeys(
    ("no", "off", "false"), "false"
)
_FEW = 6
_SHORT = 40


def word(
    error: ValidationError, data: Json, validator: Validator, source: Document | None = None
) -> Iterator[Finding]:
    """What there is to say about one error."""
    route = tuple(error.absolute_path)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    is_key = isinstance(error.instance, str) and _at(data, route) is not error.instance
    mistake = Mistake(
        keyword=str(error.validator or "false"),
        wanted=error.validator_value,
        value=error.instance,
        route=route,
        schema=schema,
        validator=validator,
        branches=tuple(error.context or ()),
        key=str(error.instance) if is_key else None,
        source=source,
    )
    message = mistake.note("x-message")
    if message and (mistake.keyword not in _OF_KEYS or isinstance(schema["x-message"], dict)):
        for said in _findings(mistake, data):
            text = message.replace("{value}", show(mistake.value))
            yield said._replace(message=text, hint=mistake.note("x-hint") or said.hint)
    else:
        yield from _findings(mistake, data)


def _findings(m: Mistake, data: Json) -> Iterator[Finding]:
    if m.keyword in _ALTERNATIVES:
        yield from _alternatives(m, data)
    else:
        yield from _WORDS.get(m.keyword, _no_fit)(m)


def _no_fit(m: Mistake) -> Iterator[Finding]:
    yield m.say(rules.NO_FIT, f"{show(m.value)} does not fit here", m.hint())


def _misplaced(m: Mistake) -> Iterator[Finding]:
    name = m.route[-1] if m.route else None
    if isinstance(name, str) and m.key is None:
        message = f"{quoted(name)} does not belong here"
        yield m.say(rules.MISPLACED, message, m.hint(), at_key=True)
    else:
        yield m.say(rules.MISPLACED, f"{show(m.value)} does not belong here", m.hint())


def _not(m: Mistake) -> Iterator[Finding]:
    if forbids({"not": m.wanted}):
        yield from _misplaced(m)
    elif isinstance(m.value, dict) and m.wanted.keys() == {"required"}:
        *others, last = m.wanted["required"]
        message = f"{quoted(last)} does not belong here"
        if others:
            message += f" beside {both([quoted(name) for name in others])}"
        yield m.say(rules.MISPLACED, message, m.hint(), step=last, at_key=True)
    else:
        yield m.say(rules.MISPLACED, f"{show(m.value)} is not allowed here", m.hint())


def _unknown_keys(m: Mistake) -> Iterator[Finding]:
    inside = m.keyword == "unevaluatedProperties"
    schemas = list(applied(m.schema, m.value, m.validator)) if inside else [m.schema]
    known = allowed(schemas)
    name = m.schema.get("x-name")
    keys = f"{name} has {some(known)}" if name else f"known here: {some(known)}"
    unknown = [key for key in m.value if not is_known(key, schemas)]
    if not unknown:  # one of several forms knows each, but none that it has
        yield m.say(rules.MISPLACED, "these keys do not belong together", m.hint(last=keys))
    for key in unknown:
        hint = m.note("x-hint") or (keys if known else "no key is known here")
        hint = nearest(key, known) or hint
        message = f"unknown key {quoted(key)}"
        yield m.say(rules.UNKNOWN_KEY, message, hint, step=key, at_key=True)


def _missing_keys(m: Mistake) -> Iterator[Finding]:
    place = f" in {quoted(m.route[-1])}" if m.route and isinstance(m.route[-1], str) else ""
    known = _properties(m)
    for key in m.wanted:
        if key not in m.value:
            about = resolve(known.get(key, True), m.root)
            hint = noted(about, "x-hint", "required") or m.note("x-hint") or description(about)
            hint = hint or f"add {quoted(key)}"
            yield m.say(rules.MISSING_KEY, f"missing key {quoted(key)}{place}", hint, at_key=True)


def _properties(m: Mistake) -> dict[str, Schema]:
    """The schemas of the keys that are known here."""
    schemas = applied(m.schema, m.value, m.validator)
    return {k: v for schema in schemas for k, v in schema.get("properties", {}).items()}


def _missing_companions(m: Mistake) -> Iterator[Finding]:
    for key, companions in m.wanted.items():
        for companion in companions:
            if key in m.value and companion not in m.value:
                message = f"{quoted(key)} needs {quoted(companion)} beside it"
                yield m.say(rules.MISSING_KEY, message, m.hint(), step=key, at_key=True)


def _type(m: Mistake) -> Iterator[Finding]:
    wanted = [m.wanted] if isinstance(m.wanted, str) else m.wanted
    if isinstance(m.value, float) and "integer" in wanted and "number" not in wanted:
        found = show(m.value)
    else:
        found = kind(m.value)
    words = either([_TYPES[name] for name in wanted])
    message = m.expected(words, found)
    yield m.say(rules.WRONG_TYPE, message, m.hint(own=_type_hint(m, wanted), last=f"write {words}"))


def _type_hint(m: Mistake, wanted: list[str]) -> str | None:
    value = m.value
    written = m.source.written(m.route) if m.source else show(value)
    match value:
        case str() if "boolean" in wanted and value.lower() in _YES_NO:
            return f"write {_YES_NO[value.lower()]}"
        case str() if {"number", "integer"} & set(wanted) and _is_number(value):
            return f"write it without quotes: {value}"
        case bool() | int() | float() if "string" in wanted:
            return f'quote it: "{written}"'
        case list() if "object" in wanted:
            return "a mapping is written 'key: value', without dashes"
        case str() | bool() | int() | float() if "array" in wanted and len(written) <= _SHORT:
            return f"write a list: [{written}]"
        case _:
            return None


def _enum(m: Mistake) -> Iterator[Finding]:
    choices = [show(choice) for choice in m.wanted]
    words = [choice for choice in m.wanted if isinstance(choice, str)]
    own = nearest(m.value, words) if isinstance(m.value, str) else None
    if own is None and m.value is not None and not isinstance(m.value, str | list | dict):
        written = m.source.written(m.route) if m.source else show(m.value)
        own = f'quote it: "{written}"' if written in words else None
    if len(choices) <= _FEW:
        message = m.expected(either(choices), show(m.value))
    else:
        message = f"{show(m.value)} is not known here"
        own = own or m.note("x-hint") or f"known here: {some(map(str, m.wanted))}"
    yield m.say(rules.UNKNOWN_VALUE, message, own or m.hint(last=f"write {either(choices)}"))


def _const(m: Mistake) -> Iterator[Finding]:
    message = m.expected(show(m.wanted), show(m.value))
    yield m.say(rules.UNKNOWN_VALUE, message, m.hint(last=f"write {show(m.wanted)}"))


def _pattern(m: Mistake) -> Iterator[Finding]:
    wanted = m.schema.get("x-pattern") or m.schema.get("title")
    found = show(m.value)
    message = m.expected(wanted, found) if wanted else f"{found} has the wrong form"
    examples = m.schema.get("examples")
    own = f"for example {show(examples[0])}" if examples else None
    last = f"write {wanted}" if wanted else None
    yield m.say(rules.WRONG_FORM, message, m.hint(own=own, last=last))


def _number(words: str) -> Callable[[Mistake], Iterator[Finding]]:
    def say(m: Mistake) -> Iterator[Finding]:
        message = m.expected(f"{words} {show(m.wanted)}", show(m.value))
        yield m.say(rules.OUT_OF_RANGE, message, m.hint(last=f"write {words} {show(m.wanted)}"))

    return say


def _length(m: Mistake) -> Iterator[Finding]:
    if not m.value:
        yield m.say(rules.WRONG_LENGTH, "this text is empty", m.hint(last="write some text"))
        return
    limit = "least" if m.keyword == "minLength" else "most"
    wanted = count(m.wanted, "character")
    message = m.expected(f"at {limit} {wanted}", str(len(m.value)))
    last = "write more" if m.keyword == "minLength" else "shorten it"
    yield m.say(rules.WRONG_LENGTH, message, m.hint(last=last))


def _items(m: Mistake) -> Iterator[Finding]:
    if not m.value:
        yield m.say(rules.WRONG_COUNT, "this list is empty", m.hint(last="write an item in it"))
        return
    limit = "least" if m.keyword == "minItems" else "most"
    number = m.wanted if m.wanted is not False else len(m.schema.get("prefixItems", ()))
    message = f"expected at {limit} {count(number, 'item')}, found {len(m.value)}"
    last = "add what is missing" if m.keyword == "minItems" else "leave some out"
    yield m.say(rules.WRONG_COUNT, message, m.hint(last=last))


def _keys(m: Mistake) -> Iterator[Finding]:
    known = allowed(list(applied(m.schema, m.value, m.validator)))
    present = [quoted(key) for key in m.value]
    if m.schema.get("minProperties") == m.schema.get("maxProperties") == 1:
        found = f"{len(present)}: {both(present[:_FEW])}" if present else "none"
        message = f"expected exactly one key, found {found}"
    elif not present:
        message = "this mapping is empty"
    else:
        limit = "least" if m.keyword == "minProperties" else "most"
        message = f"expected at {limit} {count(m.wanted, 'key')}, found {len(present)}"
    own = f"one of {some(known)}" if known else None
    yield m.say(rules.WRONG_COUNT, message, m.hint(own=own), at_key=True)


def _repeated(m: Mistake) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for index, item in enumerate(m.value):
        text = _canonical(item)
        if text in seen:
            first = (((*m.route, seen[text]), "the first one"),)
            what = f"{show(item)} stands" if isinstance(item, str) else "the same item stands"
            message = f"{what} in this list a second time"
            hint = m.note("x-hint") or "delete it"
            yield m.say(rules.REPEATED, message, hint, step=index, related=first)
        else:
            seen[text] = index


def _contains(m: Mistake) -> Iterator[Finding]:
    wanted = m.schema.get("contains")
    part = resolve(wanted if isinstance(wanted, dict) else True, m.root)
    about = part if isinstance(part, dict) else {}
    name = about.get("x-name") or about.get("title")
    if "const" in about:
        name = name or show(about["const"])
    name = name or "an item of a certain kind"
    hint = m.note("x-hint") or noted(about, "x-hint", "contains")
    if m.keyword == "contains":
        yield m.say(rules.MISSING_ITEM, f"this list lacks {name}", hint)
    else:
        limit = "least" if m.keyword == "minContains" else "most"
        yield m.say(rules.WRONG_COUNT, f"expected at {limit} {m.wanted} of these: {name}", hint)


def _alternatives(m: Mistake, data: Json) -> Iterator[Finding]:
    branches: dict[Any, list[ValidationError]] = {}
    for error in m.branches:
        branches.setdefault(error.relative_schema_path[0], []).append(error)
    possible = [errors for errors in branches.values() if not any(map(_rules_out, errors))]
    if not branches:
        yield m.say(rules.NO_FIT, "this can be understood in more than one way", m.hint())
    elif not possible:
        yield from _none_of(m, branches.values())
    elif all(error.validator == "required" and not error.relative_path for error in m.branches):
        wanted: list[Any] = [error.validator_value for error in m.branches]
        names = {str(key): None for keys in wanted for key in keys}
        missing = [quoted(key) for key in names if key not in m.value]
        yield m.say(rules.MISSING_KEY, f"missing key {either(missing)}", m.hint(), at_key=True)
    else:
        for error in min(possible, key=lambda errors: (any(map(_is_tag, errors)), len(errors))):
            yield from word(error, data, m.validator, m.source)


def _none_of(m: Mistake, branches: Iterable[list[ValidationError]]) -> Iterator[Finding]:
    wanted: dict[str, None] = {}
    only_types = True
    for errors in branches:
        error = next(filter(_rules_out, errors))
        value: Any = error.validator_value
        match error.validator:
            case "type":
                names = [value] if isinstance(value, str) else value
                wanted |= {_TYPES[name]: None for name in names}
            case "enum" | "const":
                only_types = False
                choices = value if error.validator == "enum" else [value]
                wanted |= {show(choice): None for choice in choices}
    if not wanted:
        yield from _misplaced(m)
        return
    found = kind(m.value) if only_types else show(m.value)
    rule = rules.WRONG_TYPE if only_types else rules.UNKNOWN_VALUE
    words = either(list(wanted))
    yield m.say(rule, f"expected {words}, found {found}", m.hint(last=f"write {words}"))


def _rules_out(error: ValidationError) -> bool:
    """Whether the author cannot have meant this alternative."""
    return not error.relative_path and (
        error.validator in ("type", "enum", "const")
        or (error.validator == "not" and forbids({"not": error.validator_value}))
    )


def _is_tag(error: ValidationError) -> bool:
    """Whether a key of the mapping says that this alternative is not meant."""
    return len(error.relative_path) == 1 and error.validator in ("enum", "const")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?", text, re.ASCII) is not None


def _canonical(value: Json) -> str:
    """The same text for values that JSON calls equal: 1 and 1.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list):
        return f"[{','.join(map(_canonical, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{k!r}:{_canonical(v)}' for k, v in sorted(value.items()))}}}"
    return json.dumps(value)


def _at(data: Json, route: Route) -> Json:
    """The value at a route that is there."""
    value: Any = data
    for step in route:
        value = value[step]
    found: Json = value
    return found


_ALTERNATIVES = ("anyOf", "oneOf")
_OF_KEYS = ("required", "additionalProperties", "unevaluatedProperties", "dependentRequired")
_WORDS: dict[str, Callable[[Mistake], Iterator[Finding]]] = {
    "additionalProperties": _unknown_keys,
    "const": _const,
    "contains": _contains,
    "dependentRequired": _missing_companions,
    "enum": _enum,
    "exclusiveMaximum": _number("less than"),
    "exclusiveMinimum": _number("more than"),
    "false": _misplaced,
    "items": _items,
    "maxContains": _contains,
    "maxItems": _items,
    "maxLength": _length,
    "maxProperties": _keys,
    "maximum": _number("at most"),
    "minContains": _contains,
    "minItems": _items,
    "minLength": _length,
    "minProperties": _keys,
    "minimum": _number("at least"),
    "multipleOf": _number("a multiple of"),
    "not": _not,
    "pattern": _pattern,
    "required": _missing_keys,
    "type": _type,
    "unevaluatedProperties": _unknown_keys,
    "uniqueItems": _repeated,
}
