"""A program: conversions with their triggers, conditions and parameters spelled out.

No ids, no names of entities, no quirks of a destination: emitters add those.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagkit.plan.model import (
        Business,
        ConsentSettings,
        ContainerIds,
        Ga4Settings,
        MetaSettings,
        Naming,
        Once,
        Settings,
        TriggerKind,
    )
    from tagkit.values import Condition, Conditions, Source

Rows = tuple[tuple[str, "Source"], ...]
"""Names and where their values come from, in order."""


class Firing(NamedTuple):
    """One trigger with its conditions. ``event`` is for EVENT only, ``members`` for ALL only."""

    kind: TriggerKind
    settings: Settings
    conditions: Conditions
    event: Condition | None = None
    members: tuple[Firing, ...] = ()


class Ga4Send(NamedTuple):
    """A GA4 event. ``ecommerce``: the whole ecommerce object goes along."""

    event: str
    ecommerce: bool
    rows: Rows
    key_event: bool


class MetaSend(NamedTuple):
    """A Meta event."""

    event: str
    standard: bool
    rows: Rows


class Action(NamedTuple):
    """One conversion: when, unless, and what is sent.

    ``consent`` is all that Meta's event waits for, ``hold`` what of it the pixel does not.
    """

    id: str
    name: str
    group: str
    firings: tuple[Firing, ...]
    exceptions: tuple[Conditions, ...]
    once: Once
    listeners: tuple[str, ...]
    ga4: Ga4Send | None
    meta: MetaSend | None
    consent: tuple[str, ...]
    hold: tuple[str, ...]
    paused: bool
    written_as: str
    needs: str


class Program(NamedTuple):
    """All conversions of a site, and how it is set up."""

    business: Business
    ga4: Ga4Settings | None
    meta: MetaSettings | None
    ga4_parameters: Rows
    ga4_user_properties: Rows
    meta_matching: Rows
    consent: ConsentSettings
    pixel_consent: tuple[str, ...]
    naming: Naming
    container: ContainerIds
    actions: tuple[Action, ...]
