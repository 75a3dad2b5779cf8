"""JSON for other programs: a frozen shape, whatever our own types become.

``{"version": 1, "diagnostics": [{code, name, severity, file, span, path, message, hint}]}``; a
span has line, column, end_line, end_column, from 1, in code points, end exclusive; it is null for
a file as a whole, as the hint is where there is none. A change of the shape is a new version.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tagkit.diagnostics import Diagnostic
    from tagkit.source import Source


def report(
    diagnostics: Sequence[Diagnostic],
    _: Mapping[str, Source],
    more: Mapping[str, Any] | None = None,
) -> str:
    """One object on lines of its own; ``more`` is what a command has to say besides."""
    return written(
        {"version": 1, **(more or {}), "diagnostics": [_diagnostic(d) for d in diagnostics]}
    )


def written(shape: dict[str, Any]) -> str:
    """JSON text that can be encoded, whatever the texts in it hold."""
    text = json.dumps(shape, indent=2, ensure_ascii=False)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"  # \ud800 is JSON, too


def _diagnostic(d: Diagnostic) -> dict[str, Any]:
    return {
        "code": d.rule.code,
        "name": d.rule.name,
        "severity": d.severity.value,
        "file": d.file,
        "span": d.span
        and {
            "line": d.span.line,
            "column": d.span.column,
            "end_line": d.span.end_line,
            "end_column": d.span.end_column,
        },
        "path": list(d.route),
        "message": d.message,
        "hint": d.hint,
    }
