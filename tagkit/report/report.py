"""What was found in some documents, whichever command looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Severity, place
from tagkit.paths import relative

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tagkit.diagnostics import Diagnostic, Document, Finding, Related, Rule
    from tagkit.selection import Selection
    from tagkit.source import Source


class Report:
    """What was found in some documents: the diagnostics, and the sources they point into.

    ``selection`` says which of them are wanted; None is all. ``more`` is what the command did,
    for JSON.
    """

    def __init__(self, selection: Selection | None = None) -> None:
        self.selection = selection
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, Source] = {}
        self.more: dict[str, Any] = {}
        self._of: dict[str, list[Diagnostic]] = {}

    def add(self, found: Iterable[Finding], document: Document, *, whole: bool = True) -> bool:
        """The findings of one document, with their places; whether one of them is an error.

        What was said of the document before is said no more. ``whole``: all rules were asked, so
        that an ignore without a finding is of no use.
        """
        diagnostics = place(found, document)
        texts = [source.text for source in document.sources]
        if self.selection or any("ignore" in text or "select" in text for text in texts):
            from tagkit.selection import UNUSED, Selection, chosen

            diagnostics = chosen(diagnostics, document, self.selection or Selection(), _every_rule)
            diagnostics = [d for d in diagnostics if whole or d.rule is not UNUSED]
        before = self._of.get(document.name, ())
        self.diagnostics = [d for d in self.diagnostics if d not in before] + diagnostics
        self._of[document.name] = diagnostics
        self.sources |= {source.name: source for source in document.sources}
        return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)

    def failed(self, *, strict: bool = False) -> bool:
        """Whether there is an error; with ``strict``, a warning is one."""
        return failed(self.diagnostics, strict=strict)

    def seen_from(self, folder: str) -> Report:
        """The same, with the files' names relative to a folder."""
        seen = Report()
        seen.sources = {relative(name, folder): self.sources[name] for name in self.sources}
        seen.diagnostics = [
            d._replace(
                file=relative(d.file, folder),
                related=_all_relative(d.related, folder),
                through=_all_relative(d.through, folder),
            )
            for d in self.diagnostics
        ]
        return seen


def failed(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Whether one of them is an error; with ``strict``, a warning is one."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(diagnostic.severity in fatal for diagnostic in diagnostics)


def _every_rule() -> Iterable[Rule]:
    from tagkit.manual import every_rule

    return every_rule()


def _all_relative(places: Iterable[Related], folder: str) -> tuple[Related, ...]:
    return tuple(place._replace(file=relative(place.file, folder)) for place in places)
