"""What a plan means: its names looked up, its defaults and its catalog entries filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Rule, Severity
from tagkit.nearest import nearest
from tagkit.plan.conversions import Written, conversion_of
from tagkit.plan.model import Kind, Resolved
from tagkit.plan.scope import Scope
from tagkit.plan.settings import (
    PLACEHOLDER_MEASUREMENT_ID,
    PLACEHOLDER_PIXEL_ID,
    business_of,
    consent_of,
    container_of,
    ga4_of,
    meta_of,
    naming_of,
)
from tagkit.plan.sources import variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.catalog import Catalog
    from tagkit.diagnostics import Findings, Route
    from tagkit.plan.model import Conversion

NO_CONVERSIONS = Rule(
    "TK208", "no-conversions", Severity.ERROR, "a plan in which nothing is to be measured"
)
NO_DESTINATION = Rule(
    "TK209", "no-destination", Severity.WARNING, "a plan that names neither GA4 nor Meta"
)
UNKNOWN_CONVERSION = Rule(
    "TK301", "unknown-conversion", Severity.ERROR, "a conversion that is not in the catalog"
)
NO_ID = Rule("TK305", "no-id", Severity.ERROR, "a conversion with neither 'use' nor 'id'")
RULES = (
    NO_CONVERSIONS,
    NO_DESTINATION,
    UNKNOWN_CONVERSION,
    NO_ID,
)

_LISTS = {
    "macro_conversions": Kind.MACRO,
    "micro_conversions": Kind.MICRO,
    "anti_conversions": Kind.ANTI,
}


def resolve(data: Any, catalog: Catalog, found: Findings) -> Resolved:  # noqa: ANN401
    """The plan with every name looked up. ``data`` has passed the plan schema.

    What does not resolve is said to ``found`` and left out, so that all of it is seen at once.
    """
    plan = data if isinstance(data, dict) else {"business": {"name": "Tracking plan"}}
    business = business_of(plan["business"])
    scope = Scope(found, business.language, plan.get("variables", {}))
    for name in scope.declared:
        variable(name, scope, ("variables", name))

    ga4 = ga4_of(plan["google_analytics"], scope) if "google_analytics" in plan else None
    meta = meta_of(plan["meta_pixel"], scope) if "meta_pixel" in plan else None
    if ga4 is None and meta is None:
        found.say(
            NO_DESTINATION, (), "the plan names neither GA4 nor Meta, so both get placeholders",
            hint='add google_analytics: {measurement_id: G-…} and meta_pixel: {pixel_id: "…"}',
        )  # fmt: skip
        ga4 = ga4_of({"measurement_id": PLACEHOLDER_MEASUREMENT_ID}, scope)
        meta = meta_of({"pixel_id": PLACEHOLDER_PIXEL_ID}, scope)

    conversions: list[Conversion] = []
    written = list(_written(data))
    if not written:
        found.say(
            NO_CONVERSIONS, (), "the plan has no conversions",
            hint="add micro_conversions: [add_to_cart]; 'tagkit catalog' lists what there is",
        )  # fmt: skip
    for said, kind, route in written:
        entry = _entry(said, catalog, found, route)
        if entry is not None:
            own = {} if isinstance(said, str) else said
            in_catalog = own.get("id") in catalog
            written_as = Written(own, entry, kind, business, scope, route, in_catalog)
            conversions.append(conversion_of(written_as))
    return Resolved(
        business=business,
        ga4=ga4,
        meta=meta,
        consent=consent_of(plan.get("consent", {})),
        naming=naming_of(plan.get("naming", {})),
        container=container_of(plan.get("container", {})),
        conversions=tuple(
            c._replace(ga4=c.ga4 if ga4 else None, meta=c.meta if meta else None)
            for c in conversions
        ),
        # who names a variable wrongly hears that, and not that the right one is unused
        variables=() if found.fatal else tuple((name, scope.read[name]) for name in scope.declared),
        selectors=tuple(scope.selectors),
    )


def _written(data: Any) -> Iterator[tuple[Any, Kind | None, Route]]:  # noqa: ANN401
    if isinstance(data, list):
        yield from ((said, None, (index,)) for index, said in enumerate(data))
        return
    for name, kind in _LISTS.items():
        for index, said in enumerate(data.get(name) or []):
            yield said, kind, (name, index)


def _entry(said: Any, catalog: Catalog, found: Findings, route: Route) -> dict[str, Any] | None:  # noqa: ANN401
    """The catalog entry it is made from; empty for the author's own; None when it is no one's."""
    name = said if isinstance(said, str) else said.get("use")
    if name is None and "id" in said:
        return {}
    if name is None:
        found.say(
            NO_ID, route, "this conversion has neither 'use' nor 'id'",
            hint="write use: add_to_cart (from the catalog) or id: my_own and a trigger",
        )  # fmt: skip
        return None
    if name in catalog:
        return catalog.entry(name)
    known = catalog.other_names.get(name.lower().replace("-", "_"))
    close = f"did you mean '{known}'?" if known else nearest(name, catalog.ids)
    found.say(
        UNKNOWN_CONVERSION,
        route if isinstance(said, str) else (*route, "use"),
        f"no conversion '{name}' in the catalog",
        hint=f"{close + ' ' if close else ''}'tagkit catalog' lists them; "
        "one of your own is written as a mapping with an id and a trigger",
    )
    return None
