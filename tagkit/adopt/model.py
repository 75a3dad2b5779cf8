"""What adoption gives: conversions as a plan writes them, and what was left alone, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Entity

Json = Any
"""A piece of a plan: what its YAML says."""


class CannotSayError(Exception):
    """The plan language has no words for this; the text is the reason, for the report."""


def stop(reason: str) -> NoReturn:
    """Say that there are no words for something, and why."""
    raise CannotSayError(reason)


class Left(NamedTuple):
    """Something that stays in the container as it is, and why; ``route`` tells namesakes apart."""

    words: str
    reason: str
    route: Route = ()


@dataclass(slots=True)
class Piece:
    """One conversion to be, from one tag, or from one of GA4 and one of Meta.

    ``ga4`` and ``meta`` are what stands under ``google_analytics`` and ``meta_pixel``. ``consent``
    is what Meta's event waits for. ``decide`` are questions to the person who keeps the plan.
    """

    tags: tuple[Entity, ...]
    name: str
    event: str
    triggers: list[Json]
    unless: list[Json]
    once: str
    paused: bool
    ga4: dict[str, Json] | None = None
    parameters: dict[str, Json] = field(default_factory=dict)
    meta: dict[str, Json] | None = None
    consent: tuple[str, ...] = ()
    decide: list[str] = field(default_factory=list)
    ignore: dict[str, str] = field(default_factory=dict)
    id: str = ""
