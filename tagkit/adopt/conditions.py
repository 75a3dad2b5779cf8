"""Conditions of a container's triggers as ``where`` and ``unless`` of the plan."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tagkit.adopt.model import Json, stop
from tagkit.adopt.reading import REFERENCE
from tagkit.program.conditions import (
    holds_when_undefined,
    split_selector,
    with_descendants,
)
from tagkit.values import BuiltIn, Condition, Op

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.adopt.variables import Sources
    from tagkit.gtm.comparisons import Comparison

_OPERATORS = {
    "EQUALS": "equals", "CONTAINS": "contains", "STARTS_WITH": "starts_with",
    "ENDS_WITH": "ends_with", "MATCH_REGEX": "matches", "CSS_SELECTOR": "css",
    "GREATER": "greater", "GREATER_OR_EQUALS": "greater_or_equal", "LESS": "less",
    "LESS_OR_EQUALS": "less_or_equal",
}  # fmt: skip
_NUMERIC = ("greater", "greater_or_equal", "less", "less_or_equal")
_ANYTHING = (".*", "^.*$", "^.*", ".*$")
_INNERMOST = ("click_text", "click_url", "click_id", "click_classes", "click_target")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MODIFIERS = ("ignore_case", "itself", "undefined")
_ALWAYS_THERE = ("page_url", "page_hostname", "page_path", "event")

Where = list[dict[str, Json]]
"""Mappings that must all hold."""


def where_of(tests: Iterable[Comparison], sources: Sources, *, click: bool = False) -> Where:
    """The conditions as few mappings. ``click``: they stand in a click on any element."""
    where: Where = []
    for comparison in tests:
        if always(comparison):
            continue
        path = _subject(comparison, sources)
        _put(where, path, _test(comparison, path, sources, click=click))
    return where


def short(where: Where) -> Json:
    """One mapping by itself, several as a list."""
    return where[0] if len(where) == 1 else where


def always(comparison: Comparison) -> bool:
    """Whether it holds whatever comes: text is compared as text, an undefined value, too."""
    if comparison.negate:
        return False
    if comparison.type == "MATCH_REGEX":
        if comparison.right in (".+", "^.+$"):
            return comparison.left in ("{{_event}}", "{{Event}}")
        return comparison.right in _ANYTHING
    return comparison.type in ("CONTAINS", "STARTS_WITH", "ENDS_WITH") and not comparison.right


def _subject(comparison: Comparison, sources: Sources) -> tuple[str, ...]:
    name = comparison.variable
    if not name:
        if not REFERENCE.search(comparison.left):
            stop(f"a condition tests '{comparison.left}', which is no variable")
        return ("gtm", comparison.left)
    source = sources.named(name)
    match source:
        case {"built_in": str() as built_in} if built_in in _testable():
            return (built_in,)
        case {"data_layer": str() as key, **rest} if not rest:
            return ("data_layer", key)
        case {"cookie": str() as key, **rest} if not rest:
            return ("cookie", key)
        case {"url": str() as part} if part.startswith("query.") and len(source) == 1:
            return ("query", part.removeprefix("query."))
        case {"variable": str() as label}:
            return ("variable", label)
        case {"gtm": str() as text}:
            return ("gtm", text)
        case dict():
            return ("variable", sources.declare(name, source))
    return ("gtm", f"{{{{{name}}}}}")


def _test(comparison: Comparison, path: tuple[str, ...], sources: Sources, *, click: bool) -> Json:
    operator, right = _OPERATORS.get(comparison.type), comparison.right
    if operator is None:
        stop(f"no word for the condition {comparison.type}")
    test: dict[str, Json] = {operator: right}
    if "{{" in right:
        if operator in (*_NUMERIC, "css") or not REFERENCE.search(right):
            stop(f"a condition compares with '{right}'")
        sources.of(right)
        test[operator] = {"gtm": right}
    elif operator in _NUMERIC:
        if not _NUMBER.fullmatch(right):
            stop(f"a condition compares a number with '{right}'")
        test[operator] = float(right) if "." in right else int(right)
    if operator == "matches" and comparison.ignore_case:
        test["ignore_case"] = True
    if path == ("click_element",) and operator == "css":
        base = without_descendants(right)
        test = {"css": base} if base else {"css": right, "itself": True}
    elif click and path[0] in _INNERMOST:
        test["itself"] = True
    if not comparison.negate and path[0] not in _ALWAYS_THERE and "{{" not in right:
        test |= _undefined(operator, right, ignore_case=comparison.ignore_case)
    if list(test) == ["equals"] and not isinstance(test["equals"], dict):
        said: Json = right
    else:
        said = test
    if not comparison.negate:
        return said
    modifiers = {k: v for k, v in test.items() if k in _MODIFIERS} if said is test else {}
    return {"not": {**test, **modifiers} if said is test else said}


def _undefined(operator: str, right: str, *, ignore_case: bool) -> dict[str, Json]:
    """GTM tests an undefined value as the text "undefined", which may be meant or not."""
    condition = Condition(BuiltIn(""), Op(operator), right, ignore_case=ignore_case)
    return {"undefined": True} if holds_when_undefined(condition) else {}


def without_descendants(selector: str) -> str:
    """The selector of which this one says "and all that is in it"; empty if it does not."""
    parts = split_selector(selector)
    base = ", ".join(part for part in parts if not part.endswith(" *"))
    if base and set(split_selector(with_descendants(base))) == set(parts):
        return base
    return ""


def _put(where: Where, path: tuple[str, ...], test: Json) -> None:
    """Add a test to the first mapping that has room for it."""
    for mapping in where:
        group = mapping
        for key in path[:-1]:
            group = group.setdefault(key, {})
        last = path[-1]
        if last not in group:
            group[last] = test
            return
        merged = _merged(group[last], test)
        if merged is not None:
            group[last] = merged
            return
    new: dict[str, Json] = {}
    where.append(new)
    for key in path[:-1]:
        new = new.setdefault(key, {})
    new[path[-1]] = test


def _merged(one: Json, other: Json) -> Json | None:
    """Both tests as one, where no operator is in both and nothing else tells them apart."""
    one, other = (test if isinstance(test, dict) else {"equals": test} for test in (one, other))
    flags = [any(key in test for key in _MODIFIERS) for test in (one, other)]
    inner = [test.get("not") for test in (one, other)]
    deep = any(isinstance(i, dict) and any(m in i for m in _MODIFIERS) for i in inner)
    if any(flags) or deep:
        return None
    return None if one.keys() & other.keys() else {**one, **other}


@cache
def _testable() -> frozenset[str]:
    """The built-in variables that a condition of the plan can test."""
    import json

    from tagkit.resources import SCHEMAS

    schema = json.loads((SCHEMAS / "plan.schema.json").read_text("utf-8"))
    return frozenset(schema["$defs"]["condition"]["properties"])
