"""Put conversions together to a plan: its lists, its comments, its order."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

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
    """The plan as data, its comments, and which piece stands where."""

    plan: dict[str, Json]
    comments: dict[Route, list[str]]
    places: dict[Route, Piece]


def assemble(
    container: Container, google: Google, meta: Meta, sources: Sources, known: Mapping[str, str]
) -> Assembled:
    """The plan. ``known``: pieces, by their identity, that are a catalog entry as it is."""
    pieces = _together(google.pieces, meta.pieces)
    name_ids(pieces)
    name_apart(pieces)
    comments: dict[Route, list[str]] = {}
    plan: dict[str, Json] = {"tagkit": 1, "business": {"name": _name(container)}}
    if google.settings:
        plan["google_analytics"] = google.settings
        _comment(comments, "google_analytics", google.comments)
    if meta.settings:
        plan["meta_pixel"] = meta.settings
        _comment(comments, "meta_pixel", meta.comments)
    mode = _mode(google, meta)
    if mode:
        plan["consent"] = {"mode": mode}
        if mode == "off":
            comments["consent",] = ["decide: the pixel did not wait for consent; advanced waits"]
    plan["container"] = _container(container)
    if not plan["container"]:
        del plan["container"]
    plan["variables"] = {}
    lists: dict[str, list[Json]] = {"macro_conversions": [], _MICRO: [], "anti_conversions": []}
    places: dict[Route, Piece] = {}
    kinds = kinds_of(pieces)
    for index, piece in enumerate(pieces):
        name = _LISTS.get(kinds[index], _MICRO)
        route: Route = (name, len(lists[name]))
        places[route] = piece
        role = kinds[index] if name == _MICRO else ""
        entry = _entry(piece, role, mode, both=bool(google.settings and meta.settings))
        lists[name].append(known.get(identity(piece), entry))
        if piece.decide:
            comments[route] = [f"decide: {what}" for what in dict.fromkeys(piece.decide)]
    plan |= {name: entries for name, entries in lists.items() if entries}
    plan["variables"] = _used(plan, sources)
    if not plan["variables"]:
        del plan["variables"]
    return Assembled(plan, comments, places)


def identity(piece: Piece) -> str:
    """The same text for pieces that say the same."""
    said = [piece.event, piece.triggers, piece.unless, piece.once, piece.paused, piece.ga4,
            piece.parameters, piece.meta, piece.consent]  # fmt: skip
    return json.dumps(said, sort_keys=True)


def _comment(comments: dict[Route, list[str]], key: str, said: Mapping[str, str]) -> None:
    for name, line in said.items():
        comments[key, name] = [line]


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


def _mode(google: Google, meta: Meta) -> str:
    if meta.settings and not meta.waits:
        return "off"
    wanted = [(piece.ga4 or {}).get("consent") for piece in google.pieces]
    if wanted and all(one == _ANALYTICS for one in wanted):
        for piece in google.pieces:
            if piece.ga4:
                del piece.ga4["consent"]
        return "basic"
    return ""


def _together(ga4: list[Piece], meta: list[Piece]) -> list[Piece]:
    """One conversion of a GA4 event and a Meta event that fire alike, where it is clear which."""
    of_meta: dict[str, list[Piece]] = {}
    for piece in meta:
        of_meta.setdefault(_when(piece), []).append(piece)
    of_ga4: dict[str, list[Piece]] = {}
    for piece in ga4:
        of_ga4.setdefault(_when(piece), []).append(piece)
    done: set[int] = set()
    for when, pieces in of_ga4.items():
        others = of_meta.get(when, [])
        if len(pieces) == 1 and len(others) == 1:
            one, other = pieces[0], others[0]
            one.meta, one.consent = other.meta, other.consent
            one.tags += other.tags
            one.decide += [line for line in other.decide if line not in one.decide]
            done.add(id(other))
    return [*ga4, *(piece for piece in meta if id(piece) not in done)]


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
        own = {k: v for k, v in piece.ga4.items() if (k, v) != ("event", piece.id)}
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
