"""Values, code and conditions as texts that can be compared."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tagkit.gtm.comparisons import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagkit.gtm.comparisons import Comparison

_NOT = {
    "EQUALS": "does not equal",
    "CONTAINS": "does not contain",
    "STARTS_WITH": "does not start with",
    "ENDS_WITH": "does not end with",
    "MATCH_REGEX": "does not match",
    "GREATER": "is not greater than",
    "GREATER_OR_EQUALS": "is not at least",
    "LESS": "is not less than",
    "LESS_OR_EQUALS": "is not at most",
    "CSS_SELECTOR": "does not match the CSS selector",
}
_NAMED = re.compile(r"\{\{([^{}\r\n]+)\}\}")


def named_in(value: str, name: Callable[[str], str]) -> str:
    """The text with something else for each ``{{name}}``."""
    return _NAMED.sub(lambda found: name(found[1]), value) if "{{" in value else value


def named(value: str) -> tuple[str, ...]:
    """The names in a text."""
    return tuple(_NAMED.findall(value)) if "{{" in value else ()


def plain(value: object) -> str:
    """Any JSON as text that is equal for equal values."""
    if isinstance(value, str):
        return value
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def lines_of(code: str) -> str:
    """Code without what blanks are in it: none at the ends of lines, no empty lines."""
    kept = (" ".join(line.split()) for line in code.splitlines())
    return "\n".join(line for line in kept if line)


def operator(comparison: Comparison) -> str:
    """What stands between the two sides: ``equals``, ``does not contain``."""
    kind = comparison.type
    if comparison.negate:
        return _NOT.get(kind, f"not {kind}")
    return WORDS.get(kind, kind)


def condition_text(comparison: Comparison, variable: Callable[[str], str]) -> str:
    """A condition in words: ``{{Page Path}} equals '/cart'``."""
    left, right = (named_in(side, variable) for side in (comparison.left, comparison.right))
    # Only regular expressions can ignore case (measured).
    ends = comparison.ignore_case and comparison.type == "MATCH_REGEX"
    return f"{left} {operator(comparison)} '{right}'" + (", in any case" if ends else "")
