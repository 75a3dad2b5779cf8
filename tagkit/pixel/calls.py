"""fbq calls as JavaScript: what the container's tags and the snippets have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.rendering import js

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagkit.plan.model import MetaSettings
    from tagkit.program.model import MetaSend, Rows
    from tagkit.values import Source


def event_calls(meta: MetaSettings, send: MetaSend) -> list[str]:
    """The first arguments of the fbq calls of an event, one call per pixel.

    ``track`` goes to every pixel on the page, also a stranger's; with several of our own each
    is addressed (Meta: track multiple events).
    """
    custom = "" if send.standard else "Custom"
    if len(meta.pixel_ids) == 1:
        return [f"{js('track' + custom)}, {js(send.event)}"]
    single = js("trackSingle" + custom)
    return [f"{single}, {js(pixel)}, {js(send.event)}" for pixel in meta.pixel_ids]


def object_of(rows: Rows, expression: Callable[[Source], str]) -> str:
    """The properties as a JavaScript object literal; fbevents.js leaves out undefined ones."""
    pairs = [f"{js(name)}: {expression(source)}" for name, source in rows]
    return f"{{{', '.join(pairs)}}}"


def start_values(meta: MetaSettings, matching: str) -> dict[str, object]:
    """What ``pixel/start.js.j2`` wants to know."""
    return {
        "pixels": [js(pixel) for pixel in meta.pixel_ids],
        "page_view": meta.page_view != "off",
        # fbevents.js sends PageView again on every history change unless told not to
        "disable_history": meta.page_view != "history",
        "automatic_events": meta.automatic_events,
        "limited_data_use": meta.limited_data_use,
        "matching": matching,
    }
