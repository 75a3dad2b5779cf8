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
        CustomerEvent,
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
    """One trigger with its conditions. ``event`` is for EVENT only, ``members`` for ALL only.

    ``pages``: where GTM listens; None leaves that to the conditions.
    """

    kind: TriggerKind
    settings: Settings
    conditions: Conditions
    event: Condition | None = None
    members: tuple[Firing, ...] = ()
    pages: Conditions | None = None


class Ga4Send(NamedTuple):
    """A GA4 event. ``ecommerce``: the whole ecommerce object goes along.

    ``consent`` and ``measurement_id``: None is the site's. ``shared``: with what every event has.
    """

    event: str
    ecommerce: bool
    rows: Rows
    key_event: bool
    named_by: Source | None = None
    measurement_id: Source | None = None
    consent: tuple[str, ...] | None = None
    user_properties: Rows = ()
    user_data: Source | None = None
    shared: bool = True


class MetaSend(NamedTuple):
    """A Meta event. ``event_id`` None: none is sent. ``pixel_ids``: only these, when any."""

    event: str
    standard: bool
    rows: Rows
    named_by: Source | None = None
    event_id: Source | None = None
    pixel_ids: tuple[str, ...] = ()


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
    customer_events: tuple[CustomerEvent, ...] = ()


class Program(NamedTuple):
    """All conversions of a site, and how it is set up."""

    business: Business
    ga4: Ga4Settings | None
    meta: MetaSettings | None
    ga4_parameters: Rows
    ga4_user_properties: Rows
    ga4_settings: Rows
    meta_matching: Rows
    consent: ConsentSettings
    pixel_consent: tuple[str, ...]
    naming: Naming
    container: ContainerIds
    actions: tuple[Action, ...]
