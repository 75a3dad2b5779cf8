"""Values, code and conditions as texts that can be compared."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tagkit.gtm.comparisons import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagkit.gtm.comparisons import Comparison

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


def condition_text(comparison: Comparison, variable: Callable[[str], str]) -> str:
    """A condition in words: ``{{Page Path}} equals '/cart'``."""
    left, right = (named_in(side, variable) for side in (comparison.left, comparison.right))
    word = WORDS.get(comparison.type, comparison.type)
    # Only regular expressions can ignore case (measured).
    ends = comparison.ignore_case and comparison.type == "MATCH_REGEX"
    return f"{left} {'not: ' if comparison.negate else ''}{word} '{right}'" + (
        ", in any case" if ends else ""
    )
