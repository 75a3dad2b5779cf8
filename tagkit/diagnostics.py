"""What is wrong, and where.

A stage says ``Finding``s: a rule, a route into the document, a sentence. Only ``place`` turns
routes into lines and columns, and gives ``Diagnostic``s, which reporters print.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.source import Json, Source

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
    TK4xx container, TK5xx tests, TK60x merge, TK62x doctor. ``name`` is in kebab-case.
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


class Spot(NamedTuple):
    """A route into one certain file.

    ``related`` are places without which it is not understood, ``remarks`` what has no place: a
    value that the command line gives.
    """

    source: Source
    route: Route
    related: tuple[tuple[Spot, str], ...] = ()
    remarks: tuple[str, ...] = ()


class Document(Protocol):
    """What findings are about: a file (``Source``), or several made into one (``Merged``)."""

    @property
    def name(self) -> str:
        """The file that was asked for."""

    @property
    def data(self) -> Json:
        """What it says."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files it is made of, the one that was asked for last."""

    def spot(self, route: Route, *, key: bool = False) -> Spot:
        """In which file a value or its key was written, and where."""

    def through(self, source: Source) -> tuple[Spot, ...]:
        """The places that led to a file, the nearest first; none for the one asked for."""

    def written(self, route: Route) -> str:
        """The very text of a value."""


class Finding(NamedTuple):
    """What a stage says: a route, no line numbers.

    ``at_key`` points at the key rather than the value (an unknown key). ``related`` are other
    places with a word each. ``span`` is set for what is not in the document and so has no route (a
    duplicate key, a syntax error, a comment); so are its related places. ``severity`` is the
    rule's unless given. ``source``: the route is one into this file, and not into the document
    that is made of it and others.
    """

    rule: Rule
    route: Route
    message: str
    hint: str | None = None
    at_key: bool = False
    related: tuple[tuple[Route | Span | Spot, str], ...] = ()
    span: Span | None = None
    severity: Severity | None = None
    source: Source | None = None


class Related(NamedTuple):
    """Another place, what is there, and the file it is in. ``span`` is None for all of a file."""

    span: Span | None
    word: str
    file: str

    @property
    def place(self) -> str:
        """As it is printed: plan.yaml:4:9."""
        return f"{self.file}:{self.span.line}:{self.span.column}" if self.span else self.file


class Diagnostic(NamedTuple):
    """What a reader sees: a place in a file. ``span`` is None for a file as a whole.

    ``through`` are the places that led to the file, where it is not the one that was asked for:
    the nearest first, without them it is the same finding. ``clients`` is how many of a batch have
    it, when a file that several extend is the cause; the places are those of the first.
    """

    rule: Rule
    severity: Severity
    file: str
    span: Span | None
    route: Route
    message: str
    hint: str | None
    related: tuple[Related, ...] = ()
    through: tuple[Related, ...] = ()
    clients: int = 1

    @property
    def reached_from(self) -> tuple[str, ...]:
        """The places that led to the file, as they are printed."""
        places = tuple(at.place for at in self.through)
        if self.clients > 1 and places:
            others = self.clients - 1
            word = "other" if others == 1 else "others"
            return (*places[:-1], f"{places[-1]} and {others:,} {word}")
        return places


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


def place(findings: Iterable[Finding], document: Document) -> list[Diagnostic]:
    """Findings with their files, lines and columns, sorted by place, equal ones once.

    The only border between routes and lines. A file that could not be read has no places.
    """
    placed = {_placed(finding, document) for finding in findings}
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


def _placed(f: Finding, document: Document) -> Diagnostic:
    at = Spot(f.source, f.route) if f.source else document.spot(f.route, key=f.at_key)
    home = at.source
    related = [_related(other, word, f, document) for other, word in f.related]
    return Diagnostic(
        rule=f.rule,
        severity=f.severity or f.rule.severity,
        file=home.name,
        span=f.span or (home.locate(at.route, key=f.at_key) if home.text else None),
        route=at.route,
        message=_cut(with_remarks(f.message, at), lines=1),
        hint=f.hint and _cut(f.hint, lines=_MOST_LINES),
        related=(*related, *(_seen(spot, word) for spot, word in at.related)),
        through=tuple(_seen(spot, "reached from here") for spot in document.through(home)),
    )


def with_remarks(message: str, at: Spot) -> str:
    """A message, with what belongs to it and has no place."""
    return f"{message} ({', '.join(at.remarks)})" if at.remarks else message


def _related(at: Route | Span | Spot, word: str, f: Finding, document: Document) -> Related:
    if isinstance(at, Spot):
        return _seen(at, word)
    if isinstance(at, Span):
        return Related(at, _cut(word, lines=1), (f.source or document).name)
    return _seen(Spot(f.source, at) if f.source else document.spot(at), word)


def _seen(spot: Spot, word: str) -> Related:
    return Related(spot.source.locate(spot.route), _cut(word, lines=1), spot.source.name)


def _order(span: Span | None) -> tuple[int, int]:
    return (span.line, span.column) if span else (0, 0)
