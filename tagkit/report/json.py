"""JSON for other programs: a frozen shape, whatever our own types become.

``{"version": 1, "diagnostics": [{code, name, severity, file, span, path, message, hint}]}``; a
span has line, column, end_line, end_column, from 1, in code points, end exclusive; it is null for
a file as a whole, as the hint is where there is none. A change of the shape is a new version.
What stands in a base plan has one key more, "reached_from": the places that led to it, from the
nearest to that in the plan that was asked for, each {file, line, column}; and of a batch in which
several clients have it "clients", how many.

The report of a ``build`` of many has "clients" beside "diagnostics": of each, in order, {name,
state, conversions, warnings, size}; the state is new, changed, unchanged or broken, the size in
bytes of all files, null of one that is broken.
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
    through = [
        {"file": at.file, "line": at.span.line, "column": at.span.column}
        for at in d.through
        if at.span
    ]
    shape: dict[str, Any] = {
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
    if through:
        shape["reached_from"] = through
    if d.clients > 1:
        shape["clients"] = d.clients
    return shape
