"""What only all plans together tell: two of them send to the same place.

A plan says where it sends (``destinations``), with the place where it says so and whether it
ignores the finding there; ``Across`` compares those of all plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Diagnostic, Finding, Related, Rule, Severity, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.batch.clients import Client
    from tagkit.diagnostics import Document, Route, Span

_W = Severity.WARNING
SAME_PROPERTY = Rule("TK321", "same-measurement-id", _W, "two clients send to one GA4 property")
SAME_PIXEL = Rule("TK322", "same-pixel", _W, "two clients send to one Meta pixel")
RULES = (SAME_PROPERTY, SAME_PIXEL)


class Destination(NamedTuple):
    """An ID that a plan sends to, and the finding that a second plan with it would be."""

    number: str
    finding: Diagnostic


def destinations(document: Document) -> tuple[Destination, ...]:
    """Where a plan sends, but to what it ignores to be shared."""
    from tagkit.selection import ignores

    said = [
        Destination(number, diagnostic)
        for rule, route, number in _ids(document.data)
        for diagnostic in place([Finding(rule, route, "")], document)
    ]
    if not any("ignore" in source.text for source in document.sources):
        return tuple(said)
    return tuple(to for to in said if not ignores(document, to.finding))


def _ids(data: object) -> Iterator[tuple[Rule, Route, str]]:
    plan = data if isinstance(data, dict) else {}
    ga4, meta = plan.get("google_analytics"), plan.get("meta_pixel")
    if isinstance(ga4, dict) and isinstance(number := ga4.get("measurement_id"), str):
        yield SAME_PROPERTY, ("google_analytics", "measurement_id"), number
    pixels = meta.get("pixel_id") if isinstance(meta, dict) else None
    route: Route = ("meta_pixel", "pixel_id")
    if isinstance(pixels, str):
        yield SAME_PIXEL, route, pixels
    for index, pixel in enumerate(pixels if isinstance(pixels, list) else ()):
        if isinstance(pixel, str):
            yield SAME_PIXEL, (*route, index), pixel


class _First(NamedTuple):
    """Who named an ID first, and where."""

    client: str
    file: str
    span: Span | None


class Across:
    """The IDs of the clients so far."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], _First] = {}

    def add(self, client: Client, goes_to: Iterable[Destination]) -> Iterator[Diagnostic]:
        """A finding for each ID that a client before has.

        Clients of one table and one base share a place: that is one finding, given again.
        """
        for number, finding in goes_to:
            own = _First(client.name, finding.file, finding.span)
            first = self._first.setdefault((finding.rule.code, number), own)
            if first is not own:
                yield _shared(number, first, finding)


def _shared(number: str, first: _First, at: Diagnostic) -> Diagnostic:
    what = "pixel" if at.rule == SAME_PIXEL else "measurement ID"
    if (at.file, at.span) == (first.file, first.span):
        message = f"several clients of this plan send to one {what}, '{number}'"
        hint = "let each say its own: by a variable, or in its plan"
        return at._replace(message=message, hint=hint, through=())
    made = at._replace(
        message=f"'{first.client}' sends to the {what} '{number}', too",
        hint="give each client its own; if they share it, ignore this with the reason",
    )
    return made._replace(related=(Related(first.span, "the first one", first.file), *at.related))
