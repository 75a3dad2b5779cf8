"""What was sent, held against what was to be sent. Pure."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.scenarios.model import Sent

_MISSING = object()
_LONGEST = 80


def differences(hit: Mapping[str, Any], sent: Sent) -> list[str]:
    """A sentence for each thing that is otherwise in a hit to GA4 or Meta."""
    parameters = hit.get("parameters", hit.get("cd")) or {}
    if hit.get("items") and "items" not in parameters:
        parameters = {**parameters, "items": hit["items"]}
    found = [
        line for key, wanted in sent.values.items() for line in _member(key, parameters, wanted)
    ]
    properties = hit.get("userProperties") or {}
    for key, wanted in sent.user_properties.items():
        found += [f"user property {line}" for line in _member(key, properties, wanted)]
    to = hit.get("measurementId", hit.get("pixel"))
    if sent.to and to != sent.to:
        found.append(f"it went to {to}, wanted {sent.to}")
    if sent.event_id is not None and bool(hit.get("eid")) != sent.event_id:
        found.append("it has no eventID" if sent.event_id else f"it has an eventID, '{hit['eid']}'")
    return found


def _member(key: str, parameters: Mapping[str, Any], wanted: Any) -> Iterator[str]:  # noqa: ANN401
    actual = parameters.get(key, _MISSING)
    if wanted is None:
        if actual not in (_MISSING, None):
            yield f"{key} is {shown(actual)}, and was not to be sent"
    elif actual is _MISSING:
        sent = ", ".join(parameters)
        yield f"{key} is not sent, wanted {shown(wanted)}" + (f"; sent are {sent}" if sent else "")
    else:
        yield from _compare(key, actual, wanted)


def _compare(key: str, actual: Any, wanted: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(wanted, dict) and isinstance(actual, dict):
        for inner, value in wanted.items():
            for line in _member(inner, actual, value):
                yield f"{key}.{line}"
    elif isinstance(wanted, list) and isinstance(actual, list):
        if len(wanted) != len(actual):
            yield f"{key} has {len(actual)} entries, wanted {len(wanted)}: {shown(actual)}"
            return
        for number, (have, want) in enumerate(zip(actual, wanted, strict=True)):
            yield from _compare(f"{key}[{number}]", have, want)
    elif _kind(actual) != _kind(wanted):
        yield f"{key}: {_said(actual)}, wanted {_named(wanted)}"
    elif not _same(actual, wanted):
        yield f"{key} is {shown(actual)}, wanted {shown(wanted)}"


def _same(actual: Any, wanted: Any) -> bool:  # noqa: ANN401
    """Whether they are equal; 0.1 + 0.2 is 0.3."""
    if _kind(wanted) == "number":
        return math.isclose(actual, wanted, rel_tol=1e-9)
    return bool(actual == wanted)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else type(value).__name__


def _said(value: object) -> str:
    return f"{shown(value)} is {_word(value)}"


def _named(value: object) -> str:
    article = _word(value)
    return f"the {article.removeprefix('a ')} {shown(value)}" if article else shown(value)


def _word(value: object) -> str:
    words = {"boolean": "true or false", "number": "a number", "str": "text", "list": "a list"}
    return words.get(_kind(value), "a mapping" if isinstance(value, dict) else "nothing")


def shown(value: object) -> str:
    """A value as a person reads it."""
    is_text = isinstance(value, str)
    text = f"'{value}'" if is_text else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
