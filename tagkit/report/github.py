"""Annotations beside the code, and a log to read: workflow commands of GitHub Actions.

``::error file=…,line=4,col=19,endLine=4,endColumn=28,title=TK302 …::message%0Ahint: …``. A note is
a notice. GitHub's log shows a command as "Error: message", without its place, and it makes at most
ten annotations of a kind in a step: so a plain line with the place comes before each command, and
one with the totals at the end. The runner reads stdout and stderr alike.

Source: actions/runner, ``ActionCommand.cs`` and ``ActionCommandManager.cs``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tagkit.diagnostics import Severity
from tagkit.report.text import counted, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.diagnostics import Diagnostic, Span
    from tagkit.source import Source

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SHOWN = 10  # annotations of a kind in a step; the others are in the log only
_IN_TEXT = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_TEXT | str.maketrans({":": "%3A", ",": "%2C"})


def report(diagnostics: Sequence[Diagnostic], _: Mapping[str, Source]) -> str:
    """A place and a command for each diagnostic, and a line that counts them; "" for none."""
    lines = [line for diagnostic in diagnostics for line in _lines(diagnostic)]
    return "".join(f"{line}\n" for line in [*lines, *_summary(diagnostics)])


def _lines(d: Diagnostic) -> Iterator[str]:
    place = f":{d.span.line}:{d.span.column}" if d.span else ""
    # A command may stand at the start of a line or, in its old form, anywhere in one.
    yield f"at {safe(d.file).replace('##[', '[')}{place}"
    title = f"{d.rule.code} {d.rule.name}"
    yield command(_COMMANDS[d.severity], d.file, d.span, title, _message(d))


def command(word: str, file: str, span: Span | None, title: str, message: str) -> str:
    """An annotation: error, warning or notice."""
    properties = {"file": file, **_region(span), "title": title}
    said = ",".join(f"{key}={value.translate(_IN_PROPERTY)}" for key, value in properties.items())
    return f"::{word} {said}::{message.translate(_IN_TEXT)}"


def _region(span: Span | None) -> dict[str, str]:
    if span is None:
        return {}
    lines = {"line": str(span.line), "endLine": str(span.end_line)}
    if span.line != span.end_line:  # GitHub takes columns within one line only
        return lines
    return {
        "line": str(span.line),
        "col": str(span.column),
        "endLine": str(span.end_line),
        "endColumn": str(span.end_column),
    }


def _message(d: Diagnostic) -> str:
    related = [f"see {at.place}: {at.word}" for at in d.related]
    through = [f"reached from {place}" for place in d.reached_from]
    return "\n".join([d.message, *related, *through, *([f"hint: {d.hint}"] if d.hint else [])])


def _summary(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    if not diagnostics:
        return
    most = max(Counter(d.severity for d in diagnostics).values())
    limit = f"; GitHub annotates the first {_SHOWN} of a kind" if most > _SHOWN else ""
    yield counted(diagnostics) + limit
