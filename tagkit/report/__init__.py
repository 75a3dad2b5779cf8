"""Diagnostics -> text, one file per format. Reporters are pure: they print nothing themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tagkit.diagnostics import Diagnostic
from tagkit.report import json, text
from tagkit.source import Source

Reporter = Callable[[Sequence[Diagnostic], Mapping[str, Source]], str]
"""Diagnostics, in the order they are to appear, and the sources they point into, by name."""

FORMATS: dict[str, Reporter] = {
    "text": text.report,
    "json": json.report,
}
