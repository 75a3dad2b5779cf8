"""What is wrong, and where.

A stage says ``Finding``s: a rule, a route into the document, a sentence. Only ``place`` turns
routes into lines and columns, and gives ``Diagnostic``s, which reporters print.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.source import Source

_ONE_LINE = str.maketrans({"\n": "\\n", "\r": "\\r"})
"""What an author wrote may have lines; a message has one."""
_MOST_LINES = 4
_LONGEST, _START, _END = 600, 400, 150

Route = tuple[str | int, ...]
"""The way to a value in a document: ``("micro_conversions", 3, "trigger")``."""


class Severity(StrEnum):
    """How bad it is. An error stops the build; ``--strict`` makes a warning do so too."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Rule(NamedTuple):
    """One thing tagkit can say. Codes never change meaning and are never reused.

    The hundred is the stage: TK0xx load, TK1xx schema, TK2xx plan, TK3xx catalog and resolve,
    TK4xx container, TK5xx tests, TK6xx merge. ``name`` is in kebab-case.
    """

    code: str
    name: str
    severity: Severity
    summary: str


class Span(NamedTuple):
    """A piece of text: lines and columns from 1, in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Finding(NamedTuple):
    """What a stage says: a route, no line numbers.

    ``at_key`` points at the key rather than the value (an unknown key). ``related`` are other
    places with a word each. ``span`` is set for what is not in the document and so has no route (a
    duplicate key, a syntax error, a comment); so are its related places. ``severity`` is the
    rule's unless given.
    """

    rule: Rule
    route: Route
    message: str
    hint: str | None = None
    at_key: bool = False
    related: tuple[tuple[Route | Span, str], ...] = ()
    span: Span | None = None
    severity: Severity | None = None


class Diagnostic(NamedTuple):
    """What a reader sees: a place in a file. ``span`` is None for a file as a whole."""

    rule: Rule
    severity: Severity
    file: str
    span: Span | None
    route: Route
    message: str
    hint: str | None
    related: tuple[tuple[Span, str], ...] = ()


class Findings(list[Finding]):
    """A collector passed to a stage that can go on after a problem."""

    def say(
        self,
        rule: Rule,
        route: Route,
        message: str,
        *,
        hint: str | None = None,
        at_key: bool = False,
    ) -> None:
        """Add a finding with the rule's own severity."""
        self.append(Finding(rule, route, message, hint, at_key))

    @property
    def fatal(self) -> bool:
        """Whether any finding is an error."""
        return any((f.severity or f.rule.severity) is Severity.ERROR for f in self)


def place(findings: Iterable[Finding], source: Source) -> list[Diagnostic]:
    """Findings with their lines and columns, sorted by place, equal ones once.

    The only border between routes and lines. A file that could not be read has no places.
    """
    placed = {
        Diagnostic(
            rule=f.rule,
            severity=f.severity or f.rule.severity,
            file=source.name,
            span=f.span or (source.locate(f.route, key=f.at_key) if source.text else None),
            route=f.route,
            message=_cut(f.message, lines=1),
            hint=f.hint and _cut(f.hint, lines=_MOST_LINES),
            related=tuple(
                (at if isinstance(at, Span) else source.locate(at), _cut(word, lines=1))
                for at, word in f.related
            ),
        )
        for f in findings
    }
    return sorted(
        placed,
        key=lambda d: (d.file, *_order(d.span), d.rule.code, d.message),
    )


def _cut(text: str, *, lines: int) -> str:
    """The text in so many lines, without its middle when it is long: a name may be a script."""
    text = text.strip()
    if text.count("\n") + text.count("\r") >= lines:
        text = text.translate(_ONE_LINE)
    return text if len(text) <= _LONGEST else f"{text[:_START]} … {text[-_END:]}"


def _order(span: Span | None) -> tuple[int, int]:
    return (span.line, span.column) if span else (0, 0)
