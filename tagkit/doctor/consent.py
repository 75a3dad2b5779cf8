"""Whose cookie banner a page has, and whether a default of Consent Mode comes before GTM."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.doctor.signs import seen

if TYPE_CHECKING:
    from tagkit.doctor.facts import Entry, Facts
    from tagkit.doctor.signs import Signs


class Consent(NamedTuple):
    """The banners, and when the default comes: "before", "after", or "" for never.

    A banner's template in the container may set one, too, which the page does not tell.
    """

    banners: tuple[str, ...] = ()
    default: str = ""


def consent_of(facts: Facts, known: Signs) -> Consent:
    """What the page has of it."""
    banners = tuple(thing.name for thing in known.banners if seen(thing.signs, facts))
    return Consent(banners, next(filter(None, map(_default, facts.layers.values())), ""))


def _default(entries: tuple[Entry, ...]) -> str:
    """Where the first default is in a data layer."""
    begun = False
    for entry in entries:
        if entry.command == "consent" and entry.name == "default":
            return "after" if begun else "before"
        begun = begun or entry.event == "gtm.js"
    return ""
