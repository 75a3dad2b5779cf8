"""The way of an adoption: read, say, put together, check, and say less where the check refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.adopt.assemble import Assembled, assemble, identity, mode_of, together
from tagkit.adopt.google import google_of
from tagkit.adopt.leave import left_alone, reason_for_none, unused
from tagkit.adopt.meta import meta_of
from tagkit.adopt.model import Left
from tagkit.adopt.reading import Reading
from tagkit.adopt.recognise import catalog_plan, currencies_in, platform_in, prefix_of
from tagkit.adopt.triggers import Triggers
from tagkit.adopt.variables import Sources
from tagkit.adopt.yamlwriter import literal, quoted, written
from tagkit.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagkit.adopt.google import Google
    from tagkit.adopt.meta import Meta
    from tagkit.adopt.model import Piece
    from tagkit.diagnostics import Diagnostic, Route

_ROUNDS = 30
"""How often a plan is said anew without what the check refused; then it is given up."""


class Adoption(NamedTuple):
    """The plan as text, empty when there is none and ``reason`` says why.

    ``became``: tags and the conversion each is part of. ``left``: what stays as it is.
    ``kept``: variables that the plan refers to in the container, with the reason.
    """

    text: str
    reason: str
    became: tuple[tuple[str, str], ...] = ()
    left: tuple[Left, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


class _Refused(NamedTuple):
    """What the check did not take: tags, variables, and what may be ignored where."""

    tags: dict[Route, str]
    variables: dict[str, str]
    ignores: dict[Route, list[str]]


def adopt(data: Any, check: Callable[[str], list[Diagnostic]]) -> Adoption:  # noqa: ANN401
    """The plan of a container. ``check`` gives the errors of a plan's text."""
    reading = Reading(data)
    if reason := reason_for_none(reading):
        return Adoption("", reason, left=tuple(left_alone(reading, {}, [])))
    refused = _Refused({}, {}, {})
    for _ in range(_ROUNDS):
        assembled, sources, lefts = _attempt(reading, refused)
        if assembled is None:
            none = "none of its tags can be said in a plan"
            return Adoption("", none, left=tuple(left_alone(reading, {}, lefts)))
        text = written(assembled.plan, assembled.comments)
        errors = check(text)
        if not errors:
            return _done(text, reading, assembled, sources, lefts)
        if not _refuse(errors, assembled, sources, refused):
            first = errors[0]
            place = f" (line {first.span.line})" if first.span else ""
            return Adoption("", f"the plan would not be valid: {first.message}{place}")
    return Adoption("", "the plan is still not valid after many attempts")


def _attempt(reading: Reading, refused: _Refused) -> tuple[Assembled | None, Sources, list[Left]]:
    sources = Sources(reading, refused.variables)
    triggers = Triggers(reading, sources)
    google = google_of(reading, sources, triggers)
    meta = meta_of(reading, sources, triggers)
    lefts = [*google.left, *meta.left]
    for part in (google.pieces, meta.pieces):
        for piece in list(part):
            route = piece.tags[0].route
            if route in refused.tags:
                part.remove(piece)
                if not any(left.route == route for left in lefts):
                    lefts.append(Left(piece.tags[0].words, refused.tags[route], route))
    if not google.pieces and not meta.pieces:
        return None, sources, lefts
    if not google.pieces and not google.google_tags:
        google = google._replace(settings={}, comments={})
    known, business = _known(reading, google, meta)
    assembled = assemble(
        reading.container, google, meta, sources, known, business, prefix_of(reading)
    )
    for route, lines in refused.ignores.items():
        place = _existing(assembled.plan, route)
        assembled.comments[place] = [*assembled.comments.get(place, []), *lines]
    return assembled, sources, lefts


def _known(reading: Reading, google: Google, meta: Meta) -> tuple[dict[str, str], dict[str, str]]:
    """Which pieces are catalog entries as they are, in a container that tagkit built.

    With them the business's platform and currency, as far as they need them. All entries are
    built as the same plan would have them, and read again.
    """
    prefix = prefix_of(reading)
    if not prefix:
        return {}, {}
    mode = mode_of(google, meta)
    settings: dict[str, Any] = {"consent": {"mode": mode}} if mode else {}
    if google.settings:
        settings["google_analytics"] = {"measurement_id": "G-CATALOG1"}
    if meta.settings:
        settings["meta_pixel"] = {"pixel_id": "1"}
        if meta.settings.get("event_id") is False:
            settings["meta_pixel"]["event_id"] = False
    own = {identity(piece) for piece in together(google.pieces, meta.pieces)}
    best: tuple[dict[str, str], dict[str, str]] = ({}, {})
    platform = platform_in(reading)
    for currency in currencies_in(reading):
        business = {"platform": platform, "currency": currency}
        business = {key: said for key, said in business.items() if said}
        found = {said: name for said, name in _catalog(prefix, business, settings) if said in own}
        if len(found) > len(best[0]):
            best = (found, business)
    gains = any(_gains_currency(piece) for piece in (*google.pieces, *meta.pieces))
    return ({}, {}) if gains and "currency" in best[1] else best


def _gains_currency(piece: Piece) -> bool:
    """Whether a currency of the business would be sent with it, which it has not."""
    said = (piece.parameters, (piece.meta or {}).get("properties", {}))
    return any("value" in names and "currency" not in names for names in said)


def _catalog(
    prefix: str, business: dict[str, str], settings: dict[str, Any]
) -> list[tuple[str, str]]:
    from tagkit.diagnostics import Findings
    from tagkit.gtm.emit import emit_gtm
    from tagkit.plan.resolve import resolve
    from tagkit.program.compile import compile_plan

    plan = catalog_plan(prefix, business, settings)
    built = emit_gtm(compile_plan(resolve(plan, Catalog(), Findings())))
    reading = Reading(built)
    sources = Sources(reading, {})
    triggers = Triggers(reading, sources)
    google = google_of(reading, sources, triggers)
    meta = meta_of(reading, sources, triggers)
    names = plan["macro_conversions"]
    pieces = together(google.pieces, meta.pieces)
    by_tag = {f"{prefix} - {where} - {name}": name for name in names for where in ("GA4", "Meta")}
    return [(identity(piece), by_tag.get(piece.name, "")) for piece in pieces]


def _existing(plan: Any, route: Route) -> Route:  # noqa: ANN401
    """The route as far as the plan goes: what is left out is found at what it belongs to."""
    here, depth = plan, 0
    for step in route:
        inside = isinstance(here, dict) and step in here
        if isinstance(here, list):
            inside = isinstance(step, int) and step < len(here)
        if not inside:
            break
        here, depth = here[step], depth + 1
    return route[:depth]


def _refuse(
    errors: list[Diagnostic], assembled: Assembled, sources: Sources, refused: _Refused
) -> bool:
    """Note what to leave out next time; whether there is anything to leave out."""
    from tagkit.selection import is_firm

    changed = False
    moves = False
    for error in errors:
        route = error.route
        piece = assembled.places.get(route[:2])
        label = route[1] if route[:1] == ("variables",) and len(route) > 1 else None
        if label is not None:
            name = sources.name_of(str(label))
            if name is None or name in refused.variables:
                continue
            refused.variables[name] = error.message
            changed = moves = True
        elif not is_firm(error.rule) and not moves:
            comment = f"tagkit: ignore[{error.rule.code}] as in the container"
            if comment in refused.ignores.get(route, []):
                continue
            refused.ignores.setdefault(route, []).append(comment)
            changed = True
        elif piece is not None:
            for tag in piece.tags:
                refused.tags.setdefault(tag.route, error.message)
            changed = moves = True
    if moves:
        refused.ignores.clear()  # their places have moved
    return changed


def _done(
    text: str, reading: Reading, assembled: Assembled, sources: Sources, lefts: list[Left]
) -> Adoption:
    became: dict[Route, list[str]] = {}
    for route, key in assembled.bases.items():
        became[route] = [key]
    for piece in assembled.places.values():
        for tag in piece.tags:
            became.setdefault(tag.route, []).append(piece.id)
    pairs = [
        (tag.words, ", ".join(dict.fromkeys(became[tag.route])))
        for tag in reading.tags
        if tag.route in became
    ]
    whole = [*left_alone(reading, became, lefts), *unused(reading, became)]
    kept = tuple((name, reason) for name, reason in sources.kept.items()
                 if _is_in(name, text))  # fmt: skip
    return Adoption(text, "", tuple(pairs), tuple(whole), kept)


def _is_in(name: str, text: str) -> bool:
    reference = literal(f"{{{{{name}}}}}")
    return reference in text or quoted(reference)[1:-1] in text
