"""Event IDs by which Meta cannot tell that the pixel and the server saw the same thing.

Meta counts an event of the pixel and one of the Conversions API once when both have the same name
and the same event ID. The ID that tagkit makes (``auto``) exists in the browser only: a server
knows it when GA4's events go through its container, or when the shop pushes an ID of its own. An
ID that is the same for all events tells none from another.

Before::

    meta_pixel: {pixel_id: "1234567890123456", conversions_api: true}

After::

    meta_pixel: {pixel_id: "1234567890123456", conversions_api: true, event_id: {pushed: event_id}}

Source: Meta, handling duplicate pixel and Conversions API events; Events Manager diagnostics ("same
event ID received for many event instances").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.meta_events import bare
from tagkit.values import EventId, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import MetaSettings, Resolved
    from tagkit.values import Source

RULE = Rule(
    "TK244", "meta-event-id", Severity.WARNING, "event IDs that browser and server do not share"
)

_SHARED = "write event_id: {pushed: event_id}, and let the shop push the ID its server sends"
_WITH_GA4 = "write event_id: auto, GA4's events take it to the server's container"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event ID, or at what says that a server sends, too."""
    meta, ga4 = plan.meta, plan.ga4
    if meta is None:
        return
    server = ga4.server_container_url if ga4 else ""
    if meta.event_id is not None and _constant(meta.event_id):
        yield Finding(
            RULE, ("meta_pixel", "event_id"),
            "all events get the same event ID, by which Meta cannot tell them apart",
            hint="write event_id: auto, or a source that differs, such as {pushed: event_id}",
        )  # fmt: skip
    elif meta.conversions_api:
        if problem := _not_shared(meta, server):
            hint = _WITH_GA4 if server else _SHARED
            yield Finding(RULE, ("meta_pixel", "conversions_api"), problem, hint=hint)
    elif meta.event_id is None and server and meta.conversions_api is None:
        yield Finding(
            RULE, ("meta_pixel", "event_id"),
            "without event IDs Meta counts twice what the server's container sends it, too",
            hint=f"{_WITH_GA4}; or conversions_api: false, when it sends Meta nothing",
            severity=Severity.NOTE,
        )  # fmt: skip


def _not_shared(meta: MetaSettings, server: str) -> str:
    if meta.event_id is None:
        return "no event ID is sent, Meta counts what the pixel and the server send twice"
    # GA4's events take the browser's ID to the server's container
    if isinstance(meta.event_id, EventId) and not server:
        return "the event IDs are made in the browser, the server cannot send the same ones"
    return ""


def _constant(source: Source) -> bool:
    return isinstance(bare(source), Literal)
