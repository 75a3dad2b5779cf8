"""Catalog entries in a container: those that tagkit built, and those of the same name."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.catalog import Catalog
from tagkit.currencies import ISO_4217
from tagkit.gtm.container import text
from tagkit.platform_pages import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.adopt.reading import Reading

_MADE = ("Made by tagkit", "Utworzone przez tagkit")
_CURRENCY = re.compile(r"""["']([A-Z]{3})["']""")
_LISTENER = re.compile(r"""["']([a-z]+)/[a-z_]+["']""")


class Entry(NamedTuple):
    """What the catalog knows of an event: macro, anti, funnel or secondary."""

    id: str
    kind: str


@cache
def entries_by_event() -> Mapping[str, Entry]:
    """The catalog's entries by the GA4 event they send, and by Meta's where it is theirs alone."""
    catalog, found = Catalog(), {}
    shared: set[str] = set()
    for name in catalog.ids:
        entry = catalog.entry(name)
        kind = entry["kind"] if entry["kind"] != "micro" else entry.get("role", "secondary")
        meta = entry.get("meta_pixel", {}).get("event", "")
        for event in (entry.get("google_analytics", {}).get("event", name), meta):
            if event in found:
                shared.add(event)
            if event:
                found[event] = Entry(name, kind)
    return {event: entry for event, entry in found.items() if event not in shared}


def prefix_of(reading: Reading) -> str:
    """What the names begin with in a container that tagkit built; empty in any other."""
    for tag in reading.tags:
        if text(tag.data.get("notes")).startswith(_MADE) and " - " in tag.name:
            return tag.name.partition(" - ")[0]
    return ""


def currencies_in(reading: Reading) -> list[str]:
    """The currency that the container's values are filled up with, or none."""
    codes = {
        code
        for variable in reading.variables.values()
        if variable.type == "jsm" and (code_of := variable.parameter("javascript"))
        for code in _CURRENCY.findall(code_of.value)
        if code in ISO_4217
    }
    return [*sorted(codes), ""]


def platform_in(reading: Reading) -> str:
    """The shop's platform whose listeners the container has; empty for those of any site."""
    for tag in reading.tags:
        if tag.type == "html" and (code := tag.parameter("html")):
            for platform in _LISTENER.findall(str(code.value)):
                if PLATFORMS.get(platform):
                    return str(platform)
    return ""


def catalog_plan(
    prefix: str, business: Mapping[str, str], settings: Mapping[str, Any]
) -> dict[str, Any]:
    """A plan of the whole catalog, to be built and compared with what is there."""
    catalog = Catalog()
    return {
        "tagkit": 1,
        "business": {"name": "Catalog", **business},
        **settings,
        "naming": {"prefix": prefix},
        "macro_conversions": list(catalog.ids),
    }
