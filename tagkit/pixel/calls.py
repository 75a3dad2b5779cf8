"""fbq calls as JavaScript: what the container's tags and the snippets have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.rendering import js, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from tagkit.plan.model import MetaSettings
    from tagkit.program.model import MetaSend, Rows
    from tagkit.values import Source


def sending(  # noqa: PLR0913
    meta: MetaSettings, send: MetaSend, name: str, properties: str, event_id: str, hold: str
) -> str:
    """The JavaScript that sends an event, or keeps it until the base code has started the pixel.

    In a queue of our own: another pixel of the site may have its fbq there already, and nothing
    may reach it before consent. ``event_id`` is an expression, or empty for none; ``hold`` names
    the consent the event waits for beyond the pixel's own. ``track`` goes to every pixel on the
    page; with several of our own each is addressed (Meta: track multiple events). ``name`` is an
    expression for the event's name, or empty when it is written out.
    """
    custom = "" if send.standard else "Custom"
    event = name or js(send.event)
    names = [f"{js('track' + custom)}, {event}"]
    pixels = send.pixel_ids or meta.pixel_ids
    if len(pixels) > 1 or send.pixel_ids:
        single = js(f"trackSingle{custom}")
        names = [f"{single}, {js(pixel)}, {event}" for pixel in pixels]
    given = ", {eventID: id}" if event_id else ""
    calls = [f"w.fbq({name}, properties{given});" for name in names]
    return render(
        "pixel/send.js.j2", properties=properties, event_id=event_id, calls=calls, hold=hold
    )


def object_of(rows: Rows, expression: Callable[[Source], str]) -> str:
    """The properties as a JavaScript object literal; fbevents.js leaves out undefined ones."""
    pairs = [f"{js(name)}: {expression(source)}" for name, source in rows]
    return f"{{{', '.join(pairs)}}}"


def start_values(meta: MetaSettings, matching: str, pixel: str = "") -> dict[str, object]:
    """What ``pixel/start.js.j2`` wants to know. ``pixel`` is an expression for the pixel's ID."""
    return {
        "pixels": [pixel] if pixel else [js(pixel) for pixel in meta.pixel_ids],
        "page_view": meta.page_view != "off",
        # fbevents.js sends PageView again on every history change unless told not to
        "disable_history": meta.page_view != "history",
        "automatic_events": meta.automatic_events,
        "limited_data_use": meta.limited_data_use,
        "matching": matching,
    }
