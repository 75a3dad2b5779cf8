"""The catalog as text for people."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from tagkit.platform_pages import detection_lines, ways_of
from tagkit.push_code import push_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.catalog import Catalog

_SAID = {
    "en": {
        "macro": "Macro-conversions: the goal",
        "micro": "Micro-conversions: interest on the way",
        "anti": "Anti-conversions: what stands in the way",
        "parameters": "Parameters",
        "detected": "How it is detected",
        "push": "What the shop pushes",
        "visitor": "What a visitor does on the demo shop",
        "also": "Also called",
        "key_event": "a key event",
        "standard": "standard event",
        "custom": "custom event",
    },
    "pl": {
        "macro": "Makrokonwersje: cel",
        "micro": "Mikrokonwersje: zainteresowanie po drodze",
        "anti": "Antykonwersje: co stoi na przeszkodzie",
        "parameters": "Parametry",
        "detected": "Jak jest wykrywana",
        "push": "Co wysyła sklep",
        "visitor": "Co robi odwiedzający w sklepie pokazowym",
        "also": "Inne nazwy",
        "key_event": "kluczowe zdarzenie",
        "standard": "zdarzenie standardowe",
        "custom": "zdarzenie niestandardowe",
    },
}


def listing(catalog: Catalog, language: str) -> str:
    """All entries by kind, a line each."""
    said = _SAID[language]
    lines: list[str] = []
    for kind in ("macro", "micro", "anti"):
        entries = [e for e in map(catalog.entry, catalog.ids) if e["kind"] == kind]
        entries.sort(key=lambda entry: (entry.get("step", 99), entry["id"]))
        lines += [str(said[kind]), *(f"  {e['id']:<18} {e['name'][language]}" for e in entries), ""]
    return "\n".join(lines).rstrip()


def page(entry: dict[str, Any], language: str, platform: str | None = None) -> str:
    """One entry: what is sent, how it is detected (on one platform), what the shop must push."""
    return "\n".join(_page(entry, language, platform))


def _page(entry: dict[str, Any], language: str, platform: str | None) -> Iterator[str]:
    said: Any = _SAID[language]
    yield f"{entry['id']} · {entry['name'][language]}"
    yield textwrap.fill(entry["description"][language], 88)
    yield ""
    ga4, meta = entry["google_analytics"], entry["meta_pixel"]
    key_event = f" ({said['key_event']})" if ga4.get("key_event") else ""
    yield f"GA4   {ga4['event']}{key_event}"
    if "event" in meta:
        yield f"Meta  {meta['event']} ({said['standard']})"
    else:
        yield f"Meta  {meta['custom']} ({said['custom']})"
    if entry.get("parameters"):
        yield f"{said['parameters']}: {', '.join(entry['parameters'])}"
    if entry.get("also"):
        yield f"{said['also']}: {', '.join(entry['also'])}"
    detect = {platform: ways_of(entry, platform)} if platform else entry["detect"]
    for name, ways in detect.items():
        yield ""
        yield f"{said['detected']} ({name}):"
        yield from detection_lines(ways, language)
    if "push" in entry:
        yield ""
        yield f"{said['push']}:"
        yield textwrap.indent(push_code(entry, language), "  ")
    visitor = entry["visitor"]
    yield ""
    yield f"{said['visitor']}:"
    yield f"  {visitor['name'][language]}"
    yield f"  open: {visitor['open']}"
    for step in visitor["steps"]:
        ((does, what),) = step.items()
        yield f"  {does}: {json.dumps(what, ensure_ascii=False)}"
    if "notes" in entry:
        yield ""
        yield textwrap.fill(entry["notes"][language], 88)
