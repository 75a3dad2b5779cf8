r"""Half a character: JSON can write ``\ud83c`` alone, and no file can hold it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Document, Findings, Route
    from tagkit.source import Json

HALF_CHARACTER = Rule(
    "TK226", "half-character", Severity.ERROR, "a text with half a character, as JSON can write it"
)
RULES = (HALF_CHARACTER,)

_ESCAPE = r"\\u[dD][89a-fA-F]"
_HALF = "[\ud800-\udfff]"


def check_characters(document: Document, found: Findings) -> None:
    """Say which texts hold one. YAML's reader refuses them itself."""
    if not any(re.search(_ESCAPE, source.text) for source in document.sources):
        return
    for route, text, at_key in _texts(document.data, ()):
        if half := re.search(_HALF, text):
            found.say(
                HALF_CHARACTER, route, f"\\u{ord(half[0]):04x} is half a character", at_key=at_key,
                hint="write the character itself, or both halves: \\ud83c\\udf75",
            )  # fmt: skip


def _texts(data: Json, route: Route) -> Iterator[tuple[Route, str, bool]]:
    if isinstance(data, str):
        yield route, data, False
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*route, key), key, True
            yield from _texts(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts(value, (*route, index))
