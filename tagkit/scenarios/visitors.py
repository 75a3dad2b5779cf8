"""What the catalog knows a visitor to do on the demo shop -> scenarios of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.plan.settings import PLACEHOLDER_PIXEL_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tagkit.catalog import Catalog
    from tagkit.plan.model import Conversion, Resolved

_CHANGES = frozenset(
    """
    value parameters google_analytics meta_pixel
    """.split()
)
"""Keys by which a plan changes what a conversion of the catalog sends."""


def visitors_of(plan: Resolved, catalog: Catalog) -> Callable[[str], Mapping[str, Any] | None]:
    """The scenario of a conversion by its id, as ``read`` takes it; None where there is none.

    The conversion fires, and of those of the catalog no other than its visitor makes by the way;
    what a plan has of its own may fire, too. What is sent is looked at where the plan leaves it as
    the catalog has it.
    """
    conversions = {conversion.id: conversion for conversion in plan.conversions}
    by_entry: dict[str, list[str]] = {}
    for conversion in plan.conversions:
        if conversion.catalog_id:
            by_entry.setdefault(conversion.catalog_id, []).append(conversion.id)
    own = [conversion.id for conversion in plan.conversions if not conversion.catalog_id]
    has_pixel = plan.meta is not None and plan.meta.pixel_ids != (PLACEHOLDER_PIXEL_ID,)

    def scenario(name: str) -> Mapping[str, Any] | None:
        conversion = conversions.get(name)
        entry = catalog.entry(conversion.catalog_id) if conversion and conversion.catalog_id else {}
        visitor = entry.get("visitor")
        if conversion is None or visitor is None:
            return None
        made = [conversion.catalog_id or "", *visitor.get("also", ())]
        fires = [one for entry_id in made for one in by_entry.get(entry_id, ())]
        expect = {"fires": fires, "others": own, **_sent(visitor["expect"], conversion)}
        if not has_pixel:  # fbevents.js refuses the placeholder, so Meta gets nothing
            expect.pop("meta_pixel", None)
        return {
            "name": name,
            "open": visitor["open"],
            "steps": visitor.get("steps", []),
            "expect": expect,
        }

    return scenario


def _sent(expect: Mapping[str, Any], conversion: Conversion) -> dict[str, Any]:
    """What of the catalog's expectations holds for the plan's conversion."""
    if _CHANGES & conversion.said:
        return {}
    sent = {"google_analytics": conversion.ga4, "meta_pixel": conversion.meta}
    return {key: expect[key] for key, event in sent.items() if event and key in expect}
