"""Put conversions together to a plan: its lists, its comments, its order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tagkit.adopt.recognise import entries_by_event
from tagkit.adopt.roles import kinds_of, name_apart, name_ids
from tagkit.adopt.variables import references_in
from tagkit.plan.conversions import META_CONSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.adopt.google import Google
    from tagkit.adopt.meta import Meta
    from tagkit.adopt.model import Json, Piece
    from tagkit.adopt.variables import Sources
    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

_LISTS = {"macro": "macro_conversions", "anti": "anti_conversions"}
_MICRO = "micro_conversions"
_DIGITS = re.compile(r"[1-9][0-9]*")
_PUBLIC = re.compile(r"GTM-[A-Z0-9]{4,12}")
_ANALYTICS = ["analytics_storage"]


class Assembled(NamedTuple):
    """The plan as data, its comments, and which piece stands where.

    ``bases``: by their routes, the tags that the settings of the whole site come from.
    """

    plan: dict[str, Json]
    comments: dict[Route, list[str]]
    places: dict[Route, Piece]
    bases: dict[Route, str]


def assemble(  # noqa: PLR0913
    container: Container,
    google: Google,
    meta: Meta,
    sources: Sources,
    known: Mapping[str, str],
    business: Mapping[str, str],
    prefix: str,
) -> Assembled:
    """The plan. ``known``: pieces, by their identity, that are a catalog entry as it is.

    ``business`` has its platform and currency, when the entries need them; ``prefix`` is what names
    begin with where tagkit built the container.
    """
    mode = mode_of(google, meta)
    pieces = together(google.pieces, meta.pieces)
    if prefix:
        for piece in pieces:
            for platform in ("GA4", "Meta"):
                piece.name = piece.name.removeprefix(f"{prefix} - {platform} - ")
    name_ids(pieces)
    name_apart(pieces)
    comments: dict[Route, list[str]] = {}
    plan: dict[str, Json] = {"tagkit": 1, "business": {"name": _name(container), **business}}
    plan |= _settings(google, meta, mode, comments)
    if prefix not in ("", "TK"):
        plan["naming"] = {"prefix": prefix}
    if ids := _container(container):
        plan["container"] = ids
    plan["variables"] = {}  # before what uses them
    lists: dict[str, list[Json]] = {"macro_conversions": [], _MICRO: [], "anti_conversions": []}
    places: dict[Route, Piece] = {}
    kinds = kinds_of(pieces)
    identities = [identity(piece) for piece in pieces]
    for index, piece in enumerate(pieces):
        name = _LISTS.get(kinds[index], _MICRO)
        route: Route = (name, len(lists[name]))
        places[route] = piece
        role = kinds[index] if name == _MICRO else ""
        entry = _entry(piece, role, mode, both=bool(google.settings and meta.settings))
        in_catalog = known.get(identities[index])
        lists[name].append(in_catalog or entry)
        if piece.decide:
            comments[route] = [f"decide: {what}" for what in dict.fromkeys(piece.decide)]
        like = entries_by_event().get(piece.event)
        if not in_catalog and like and like.id == piece.event:
            said = f"decide: 'use: {like.id}' would measure it as the catalog does"
            comments.setdefault(route, []).append(said)
    plan |= {name: entries for name, entries in lists.items() if entries}
    plan["variables"] = _used(plan, sources)
    if not plan["variables"]:
        del plan["variables"]
    bases = {tag.route: "google_analytics" for tag in google.google_tags}
    bases |= {tag.route: "meta_pixel" for tag in meta.bases}
    return Assembled(plan, comments, places, bases)


def _settings(
    google: Google, meta: Meta, mode: str, comments: dict[Route, list[str]]
) -> dict[str, Json]:
    """The part of the plan that is about the whole site."""
    plan: dict[str, Json] = {}
    if google.settings:
        plan["google_analytics"] = google.settings
        _comment(comments, "google_analytics", google.comments)
    url = google.settings.get("server_container_url")
    if url and meta.settings.get("event_id"):
        # as a word of the plan it would send the event ID with every GA4 event
        rest = {k: v for k, v in google.settings.items() if k != "server_container_url"}
        own = {"server_container_url": url, **rest.pop("settings", {})}
        plan["google_analytics"] = {**rest, "settings": own}
    if meta.settings:
        plan["meta_pixel"] = meta.settings
        _comment(comments, "meta_pixel", meta.comments)
    consent: dict[str, Json] = {"mode": mode} if mode else {}
    if meta.updates:
        consent["update_event"] = meta.updates[0] if len(meta.updates) == 1 else [*meta.updates]
    if consent:
        plan["consent"] = consent
    if mode == "off":
        comments["consent",] = ["decide: the pixel did not wait for consent; advanced waits"]
    return plan


def identity(piece: Piece) -> str:
    """The same text for pieces that say the same."""
    said = [piece.event, piece.triggers, piece.unless, piece.once, piece.paused, piece.ga4,
            piece.parameters, piece.meta, piece.consent]  # fmt: skip
    return json.dumps(said, sort_keys=True)


def _comment(comments: dict[Route, list[str]], key: str, said: Mapping[str, list[str]]) -> None:
    for name, lines in said.items():
        comments[key, name] = lines


def _name(container: Container) -> str:
    for key in ("name", "publicId"):
        name = container.info.get(key)
        if isinstance(name, str) and name.strip():
            return name.strip()
    return "Adopted container"


def _container(container: Container) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, name, form in (("accountId", "account_id", _DIGITS),
                            ("containerId", "container_id", _DIGITS),
                            ("publicId", "public_id", _PUBLIC)):  # fmt: skip
        said = container.info.get(key)
        if isinstance(said, str) and form.fullmatch(said):
            found[name] = said
    return found


def mode_of(google: Google, meta: Meta) -> str:
    """The plan's consent mode; empty is the default."""
    if meta.settings and not meta.waits:
        return "off"
    wanted = [(piece.ga4 or {}).get("consent") for piece in google.pieces]
    return "basic" if wanted and all(one == _ANALYTICS for one in wanted) else ""


def together(ga4: list[Piece], meta: list[Piece]) -> list[Piece]:
    """One conversion of a GA4 event and a Meta event that fire alike, where it is clear which."""
    of_meta: dict[str, list[Piece]] = {}
    for piece in meta:
        of_meta.setdefault(_when(piece), []).append(piece)
    of_ga4: dict[str, list[Piece]] = {}
    for piece in ga4:
        of_ga4.setdefault(_when(piece), []).append(piece)
    done: set[int] = set()
    both: list[Piece] = []
    for piece in ga4:
        when = _when(piece)
        others = of_meta.get(when, [])
        if len(of_ga4[when]) == 1 and len(others) == 1:
            other = others[0]
            done.add(id(other))
            tags, decide = piece.tags + other.tags, [*piece.decide, *other.decide]
            piece = replace(  # noqa: PLW2901
                piece, meta=other.meta, consent=other.consent, tags=tags, decide=decide
            )
        both.append(piece)
    return [*both, *(piece for piece in meta if id(piece) not in done)]


def _when(piece: Piece) -> str:
    triggers = sorted(json.dumps(one, sort_keys=True) for one in piece.triggers)
    return json.dumps([triggers, piece.unless, piece.once, piece.paused], sort_keys=True)


def _entry(piece: Piece, role: str, mode: str, *, both: bool) -> dict[str, Json]:
    entry: dict[str, Json] = {"id": piece.id}
    if piece.name and piece.name != piece.id:
        entry["name"] = piece.name
    if role:
        entry["role"] = role
    entry["trigger"] = piece.triggers[0] if len(piece.triggers) == 1 else piece.triggers
    if piece.unless:
        entry["unless"] = piece.unless[0] if len(piece.unless) == 1 else piece.unless
    if piece.once != "event":
        entry["once"] = piece.once
    if piece.parameters:
        entry["parameters"] = piece.parameters
    if piece.ga4 is not None:
        usual: list[tuple[str, Json]] = [("event", piece.id)]
        if mode == "basic":
            usual.append(("consent", _ANALYTICS))
        own = {k: v for k, v in piece.ga4.items() if (k, v) not in usual}
        if own:
            entry["google_analytics"] = own
    elif both:
        entry["google_analytics"] = False
    if piece.meta is not None:
        meta = dict(piece.meta)
        if not meta.get("properties") and not piece.parameters:
            meta.pop("properties", None)
        entry["meta_pixel"] = meta
    elif both:
        entry["meta_pixel"] = False
    if piece.meta is not None and mode != "off" and set(piece.consent) != set(META_CONSENT):
        entry["consent"] = list(piece.consent)
    if piece.paused:
        entry["paused"] = True
    return entry


def _used(plan: dict[str, Json], sources: Sources) -> dict[str, Json]:
    """The declared variables that something in the plan refers to, in their order."""
    wanted = set(_labels({**plan, "variables": {}}))
    waiting = list(wanted)
    while waiting:
        for label in references_in(sources.declared.get(waiting.pop(), {})):
            if label not in wanted:
                wanted.add(label)
                waiting.append(label)
    return {name: source for name, source in sources.declared.items() if name in wanted}


def _labels(data: Json) -> list[str]:
    """Every name that stands behind ``variable:``, in sources and in conditions."""
    found: list[str] = []
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "variable":
                found += [value] if isinstance(value, str) else list(value)
            found += _labels(value)
    elif isinstance(data, list):
        for one in data:
            found += _labels(one)
    return found
