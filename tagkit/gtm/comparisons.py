"""The conditions of triggers as GTM's runtime evaluates them.

``String(left)`` against ``String(right)``, case-sensitive; a regular expression is searched for,
not anchored; ``greater`` and ``less`` compare numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.gtm.container import items, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Condition, Container, Entity

_ONE_REFERENCE = re.compile(r"\{\{([^{}\r\n]+)\}\}")
_NUMBER = re.compile(
    r"[+-]?(?:\d++(?:\.\d*+)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|Infinity)",
    re.IGNORECASE | re.ASCII,
)
NUMERIC = ("GREATER", "GREATER_OR_EQUALS", "LESS", "LESS_OR_EQUALS")
WORDS = {
    "EQUALS": "equals",
    "CONTAINS": "contains",
    "STARTS_WITH": "starts with",
    "ENDS_WITH": "ends with",
    "MATCH_REGEX": "matches",
    "GREATER": "is greater than",
    "GREATER_OR_EQUALS": "is at least",
    "LESS": "is less than",
    "LESS_OR_EQUALS": "is at most",
    "CSS_SELECTOR": "matches the CSS selector",
}


class Comparison(NamedTuple):
    """One condition. ``variable`` is the name, if its left side is one reference and no more."""

    trigger: Entity
    field: str
    type: str
    left: str
    right: str
    route: Route
    right_route: Route
    negate: bool
    ignore_case: bool

    @property
    def variable(self) -> str:
        """The name of the variable that is tested; "" if the left side is anything else."""
        match = _ONE_REFERENCE.fullmatch(self.left)
        return match[1] if match else ""

    @property
    def is_literal(self) -> bool:
        """Whether the right side is known here."""
        return "{{" not in self.right

    @property
    def words(self) -> str:
        """How a message calls it: "'Page Path' does not equal '/cart'"."""
        name = f"'{self.variable}'" if self.variable else f"'{self.left}'"
        return f"{name} {'not: ' if self.negate else ''}{WORDS.get(self.type, self.type)}"


@lru_cache(maxsize=1)
def comparisons_of(container: Container) -> tuple[Comparison, ...]:
    """Each condition that has two sides; an ``arg1`` that is left out is an empty text.

    Kept, as each rule asks for them.
    """
    return tuple(filter(None, map(_comparison, container.conditions)))


def _comparison(condition: Condition) -> Comparison | None:
    sides: dict[str, str] = {}
    routes: dict[str, Route] = {}
    for index, item in enumerate(items(condition.data.get("parameter"))):
        if isinstance(item, dict) and isinstance(item.get("value", ""), str):
            key = text(item.get("key"))
            route = (*condition.route, "parameter", index)
            sides.setdefault(key, text(item.get("value")))
            routes.setdefault(key, (*route, "value") if "value" in item else route)
    if "arg0" not in sides or "arg1" not in sides:
        return None
    return Comparison(
        trigger=condition.entity,
        field=condition.field,
        type=text(condition.data.get("type")),
        left=sides["arg0"].strip(),
        right=sides["arg1"],
        route=condition.route,
        right_route=routes["arg1"],
        negate=sides.get("negate") == "true",
        ignore_case=sides.get("ignore_case") == "true",
    )


def holds(comparison: Comparison, value: str) -> bool | None:
    """Whether the condition, negated or not, holds for this text; None where it cannot be told."""
    found = _compare(comparison, value)
    return None if found is None else found != comparison.negate


def _compare(comparison: Comparison, value: str) -> bool | None:
    right = comparison.right
    if not comparison.is_literal:
        return None
    match comparison.type:
        case "EQUALS":
            return value == right
        case "CONTAINS":
            return right in value
        case "STARTS_WITH":
            return value.startswith(right)
        case "ENDS_WITH":
            return value.endswith(right)
        case "MATCH_REGEX":
            return _search(comparison, value)
        case "GREATER" | "GREATER_OR_EQUALS" | "LESS" | "LESS_OR_EQUALS" as word:
            return _compare_numbers(word, number_of(value), number_of(right))
    return None


def _compare_numbers(word: str, left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return False
    if left == right:
        return word.endswith("_EQUALS")
    return (left > right) == word.startswith("GREATER")


def _search(comparison: Comparison, value: str) -> bool | None:
    from tagkit.plan.regex import found_in

    return found_in(comparison.right, value, ignore_case=comparison.ignore_case)


def number_of(written: str) -> float | None:
    """What JavaScript's ``Number`` makes of the text; None for NaN. Hexadecimals are not read."""
    bare = written.strip()
    if not bare:
        return 0.0
    return float(bare) if _NUMBER.fullmatch(bare) else None


# --- What a variable reads ------------------------------------------------------------------------

_URL_PARTS = {
    "URL": "PAGE_URL",
    "HOST": "PAGE_HOSTNAME",
    "PATH": "PAGE_PATH",
    "QUERY": "QUERY",
    "FRAGMENT": "FRAGMENT",
}
_CLICK_PARTS = ("ELEMENT", "CLASSES", "ID", "TARGET", "TEXT")


def readings_of(container: Container) -> Mapping[str, str]:
    """By name: what the variable reads, in the words of the built-in variables.

    A variable of the author's own that reads the same is counted with them; QUERY and FRAGMENT
    are parts of the page's URL that no built-in variable has.
    """
    found = {
        built_in.name: built_in.type
        for built_in in vocabulary.BUILT_INS.values()
        if vocabulary.WEB in built_in.contexts
    }
    for listed in container.of("builtInVariable"):
        if listed.name and listed.type in vocabulary.BUILT_INS:
            found[listed.name] = listed.type
    found["_event"] = "EVENT"
    for variable in container.of("variable"):
        found[variable.name] = _reading(variable)
    return found


def _reading(variable: Entity) -> str:
    if variable.data.get("formatValue"):
        return ""
    values = {
        key: parameter.value
        for key in ("component", "customUrlSource", "queryKey", "varType", "setDefaultValue")
        if (parameter := variable.parameter(key))
    }
    if variable.type == "e":
        return "EVENT"
    if variable.type == "u" and not values.get("customUrlSource") and not values.get("queryKey"):
        return _URL_PARTS.get(values.get("component", "URL"), "")
    if variable.type == "aev" and values.get("setDefaultValue") != "true":
        part = values.get("varType", "")
        if part == "URL" and values.get("component", "URL") == "URL":
            return "CLICK_URL"
        return f"CLICK_{part}" if part in _CLICK_PARTS else ""
    return ""
