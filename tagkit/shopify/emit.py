"""Program -> a custom pixel for Shopify's Customer events. Pure.

GTM in a theme does not see the checkout. A custom pixel runs there, in a frame of its own: it
loads the same container and pushes to it what Shopify says has happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.files import Files
    from tagkit.program.model import Program

FILE = "shopify-pixel.js"
_MARK = "// Made by tagkit."


def emit_shopify(program: Program) -> Files:
    """The pixel with what the plan has of the checkout; no file when that is nothing."""
    events = [e for a in program.actions if not a.paused for e in a.customer_events]
    if not events:
        return {}
    pixel = render(
        "shopify/custom_pixel.js.j2",
        container=program.container.public_id,
        asks=program.consent.mode != "off",
        alerts={e.conversion: list(e.alerts) for e in events if e.alerts},
        events={e.conversion: e.name for e in events if not e.alerts},
    )
    return {FILE: pixel + "\n"}


def stale_pixel(folder: Path) -> list[str]:
    """The file in a folder, if it is one of ours, which its first line says."""
    try:
        with (folder / FILE).open(encoding="utf-8") as file:
            return [FILE] if file.read(len(_MARK)) == _MARK else []
    except (OSError, ValueError):
        return []
