"""Read the parts of a plan that are not conversions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.plan.banners import IN_DATA_LAYER, ON_PAGE
from tagkit.plan.model import (
    Business,
    ConsentDefault,
    ConsentSettings,
    ContainerIds,
    Environment,
    Ga4Settings,
    MetaSettings,
    Naming,
    RegionalConsent,
)
from tagkit.plan.sources import parameters_of, source_of
from tagkit.values import EventId, Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.plan.scope import Scope

PLACEHOLDER_MEASUREMENT_ID = "G-XXXXXXXXXX"
"""Written when a plan names no destination; a person replaces it in the container."""
PLACEHOLDER_PIXEL_ID = "PIXEL-ID"
"""As above; fbevents.js refuses it, so that nothing reaches a stranger's pixel."""


def business_of(data: Mapping[str, Any]) -> Business:
    """Whose conversions these are."""
    return Business(
        name=data["name"],
        url=data.get("url", ""),
        platform=data.get("platform", "generic"),
        currency=data.get("currency", ""),
        language=data.get("language", "en"),
    )


def ga4_of(data: Mapping[str, Any], scope: Scope) -> Ga4Settings:
    """GA4 for the whole site."""
    route: Route = ("google_analytics",)
    properties = data.get("user_properties", {})
    parameters = data.get("event_parameters", {})
    said = data["measurement_id"]
    by_source = isinstance(said, dict)
    settings = data.get("settings", {})
    return Ga4Settings(
        measurement_id="" if by_source else said,
        environments=tuple(_environments(data.get("environments", []), route)),
        server_container_url=data.get("server_container_url", ""),
        send_page_view=data.get("send_page_view", True),
        debug=data.get("debug", False),
        user_properties=parameters_of(properties, scope, (*route, "user_properties")),
        event_parameters=parameters_of(parameters, scope, (*route, "event_parameters")),
        settings=parameters_of(settings, scope, (*route, "settings")),
        identified_by=source_of(said, scope, (*route, "measurement_id")) if by_source else None,
    )


def _environments(data: Any, route: Route) -> Iterator[Environment]:  # noqa: ANN401
    for index, environment in enumerate(data):
        said, place = environment["hostname"], (*route, "environments", index, "hostname")
        for number, host in enumerate(_listed(said)):
            at = (*place, number) if isinstance(said, list) else place
            yield Environment(host, environment["measurement_id"], at)


def meta_of(data: Mapping[str, Any], scope: Scope) -> MetaSettings:
    """The pixel for the whole site."""
    route = ("meta_pixel",)
    said = data.get("event_id", "auto")
    event_id: Source | None = None
    if isinstance(said, dict):
        event_id = source_of(said, scope, (*route, "event_id"))
    elif said == "auto":
        event_id = EventId()
    limited = data.get("limited_data_use", False)
    matching, pixel = data.get("advanced_matching", {}), data["pixel_id"]
    by_source = isinstance(pixel, dict)
    return MetaSettings(
        pixel_ids=() if by_source else _listed(pixel),
        event_id=event_id,
        page_view=data.get("page_view", "load"),
        automatic_events=data.get("automatic_events", False),
        # 0, 0 lets Meta find the place (Meta: data processing options)
        limited_data_use=(limited["country"], limited["state"])
        if isinstance(limited, dict)
        else ((0, 0) if limited else None),
        conversions_api=data.get("conversions_api"),
        advanced_matching=parameters_of(matching, scope, (*route, "advanced_matching")),
        identified_by=source_of(pixel, scope, (*route, "pixel_id")) if by_source else None,
        consent=tuple(data["consent"]) if "consent" in data else None,
    )


def consent_of(data: Mapping[str, Any]) -> ConsentSettings:
    """How consent decides what is sent."""
    said = data.get("default")
    default = None
    if said is not None:
        default = ConsentDefault(
            granted=tuple(said.get("granted", ())),
            wait_for_update=said.get("wait_for_update", 500),
            ads_data_redaction=said.get("ads_data_redaction", False),
            url_passthrough=said.get("url_passthrough", False),
            regions=tuple(
                RegionalConsent(tuple(region["regions"]), tuple(region.get("granted", ())))
                for region in said.get("regions", [])
            ),
        )
    banner = data.get("banner", "")
    events = [*IN_DATA_LAYER.get(banner, ()), *_listed(data.get("update_event", []))]
    return ConsentSettings(
        mode=data.get("mode", "advanced"),
        update_events=tuple(dict.fromkeys(events)),
        page_events=ON_PAGE.get(banner, ()),
        default=default,
    )


def naming_of(data: Mapping[str, Any]) -> Naming:
    """Patterns of entity names."""
    return Naming(**data)


def container_of(data: Mapping[str, Any]) -> ContainerIds:
    """The container the file is for."""
    return ContainerIds(**data)


def _listed(said: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(said) if isinstance(said, list) else (said,)
