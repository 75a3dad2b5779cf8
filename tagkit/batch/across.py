"""What only all plans together tell: two of them send to the same place.

A plan says where it sends (``destinations``), with the place where it says so and whether it
ignores the finding there; ``check_across`` compares those of all plans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.diagnostics import Diagnostic, Elsewhere, Finding, Rule, Severity, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.batch.clients import Client
    from tagkit.diagnostics import Route
    from tagkit.source import Source

_W = Severity.WARNING
SAME_PROPERTY = Rule("TK321", "same-measurement-id", _W, "two clients send to one GA4 property")
SAME_PIXEL = Rule("TK322", "same-pixel", _W, "two clients send to one Meta pixel")
RULES = (SAME_PROPERTY, SAME_PIXEL)


class Destination(NamedTuple):
    """An ID that a plan sends to, and the finding that a second plan with it would be."""

    number: str
    finding: Diagnostic


def destinations(source: Source) -> tuple[Destination, ...]:
    """Where a plan sends, but to what it ignores to be shared."""
    from tagkit.selection import ignores

    said = [
        Destination(number, diagnostic)
        for rule, route, number in _ids(source.data)
        for diagnostic in place([Finding(rule, route, "")], source)
    ]
    if "ignore" not in source.text:
        return tuple(said)
    return tuple(to for to in said if not ignores(source, to.finding))


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


def check_across(
    said: Iterable[tuple[Client, tuple[Destination, ...]]],
) -> Iterator[Diagnostic]:
    """A finding at every place but the first that names an ID another client has.

    Clients of one table and one base share a place: that is said once.
    """
    first: dict[tuple[str, str], tuple[Client, Diagnostic]] = {}
    for client, goes_to in said:
        for number, finding in goes_to:
            at = _of_client(client, number, finding)
            other, where = first.setdefault((finding.rule.code, number), (client, at))
            if other is not client:
                yield _shared(number, other, where, at)


def _of_client(client: Client, number: str, finding: Diagnostic) -> Diagnostic:
    """The finding, in the table where the ID comes from there."""
    if client.span and number in (client.values or {}).values():
        return finding._replace(file=client.file, span=client.span, route=())
    return finding


def _shared(number: str, other: Client, where: Diagnostic, at: Diagnostic) -> Diagnostic:
    what = "pixel" if at.rule is SAME_PIXEL else "measurement ID"
    if (at.file, at.span) == (where.file, where.span):
        message = f"all clients with this plan send to one {what}, '{number}'"
        return at._replace(message=message, hint="give each its own in the table of clients")
    return at._replace(
        message=f"'{other.name}' sends to the {what} '{number}', too",
        hint="give each client its own; if they share it, ignore this with the reason",
        elsewhere=(Elsewhere(where.file, where.span, "the first one"),),
    )
