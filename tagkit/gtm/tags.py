"""Program -> tags of a container: GA4, Meta, consent, listeners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.spelling import Entity, flag, integer, table, text
from tagkit.listeners import packed_script_of
from tagkit.pixel.calls import object_of, sending, start_values
from tagkit.plan.model import Once
from tagkit.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tagkit.gtm.variables import Variables
    from tagkit.program.model import Action, Ga4Send, MetaSend, Program, Rows

CONSENT_EVENT = "tagkit.consent"
"""What the consent watcher pushes after an update."""
ANALYTICS_EVENT = "tagkit.analytics_storage"
"""What the gate pushes, once, when GA4 may start in basic mode."""

NOT_NEEDED: Entity = {"consentStatus": "NOT_NEEDED"}


def needed(types: Sequence[str]) -> Entity:
    """Additional consent: the tag fires only while all of these are granted."""
    listed = {"type": "LIST", "list": [text(kind) for kind in types]}
    return {"consentStatus": "NEEDED", "consentType": listed}


def google_tag(
    program: Program, measurement_id: str, settings: str, consent: Entity, variables: Variables
) -> Entity:
    """The Google tag. Its settings are rows, never keys of their own."""
    ga4 = program.ga4
    assert ga4 is not None  # noqa: S101 # its caller asks only for a plan with GA4
    rows = []
    if not ga4.send_page_view:
        rows.append(("send_page_view", "false"))
    if ga4.server_container_url:
        url = variables.literal_text(ga4.server_container_url)
        rows.append(("server_container_url", url))
    if ga4.debug:
        rows.append(("debug_mode", "true"))
    rows += _texts(program.ga4_settings, variables)
    parameters = [text(measurement_id, "tagId")]
    if rows:
        parameters.append(table("configSettingsTable", ("parameter", "parameterValue"), rows))
    if settings:
        parameters.append(text(settings, "eventSettingsVariable"))
    return _tag("googtag", parameters, consent)


def event_settings(program: Program, variables: Variables) -> Entity | None:
    """What is sent with every GA4 event; None when there is nothing."""
    rows = list(_texts(program.ga4_parameters, variables))
    meta, ga4 = program.meta, program.ga4
    if ga4 and ga4.server_container_url and meta and meta.event_id is not None:
        # the server's Conversions API tag needs the browser's id
        rows.append(("event_id", variables.text_of(meta.event_id)))
    parameters = []
    if rows:
        parameters.append(table("eventSettingsTable", ("parameter", "parameterValue"), rows))
    properties = list(_texts(program.ga4_user_properties, variables))
    if properties:
        parameters.append(table("userProperties", ("name", "value"), properties))
    return {"type": "gtes", "parameter": parameters} if parameters else None


def ga4_event(  # noqa: PLR0913
    action: Action,
    send: Ga4Send,
    measurement_id: str,
    settings: str,
    consent: Entity,
    variables: Variables,
) -> Entity:
    """A GA4 event tag."""
    parameters = []
    if send.user_data is not None:
        parameters.append(text(variables.text_of(send.user_data), "userDataVariable"))
    parameters.append(flag("sendEcommerceData", send.ecommerce))
    if send.ecommerce:
        parameters.append(text("dataLayer", "getEcommerceDataFrom"))
    if send.user_data is not None:
        parameters.append(flag("enhancedUserId", value=True))
    rows = list(_texts(send.rows, variables))
    if rows:
        parameters.append(table("eventSettingsTable", ("parameter", "parameterValue"), rows))
    properties = list(_texts(send.user_properties, variables))
    if properties:
        parameters.append(table("userProperties", ("name", "value"), properties))
    name = variables.text_of(send.named_by) if send.named_by else send.event
    if send.measurement_id is not None:
        measurement_id = variables.text_of(send.measurement_id)
    parameters += [text(name, "eventName"), text(measurement_id, "measurementIdOverride")]
    if settings and send.shared:
        parameters.append(text(settings, "eventSettingsVariable"))
    if send.consent is not None:
        consent = needed(send.consent) if send.consent else NOT_NEEDED
    return _of_action(_tag("gaawe", parameters, consent), action)


def meta_base(program: Program, consent: Entity, variables: Variables) -> Entity:
    """Loads the pixel, once, when it may."""
    assert program.meta is not None  # noqa: S101 # its caller asks only for a plan with Meta
    matching = object_of(program.meta_matching, variables.js_of)
    pixel = program.meta.identified_by
    values = start_values(
        program.meta,
        matching if program.meta_matching else "",
        variables.js_of(pixel) if pixel is not None else "",
    )
    return {**_html(render("gtm/meta_base.html.j2", **values), consent), "priority": integer(100)}


def meta_event(action: Action, send: MetaSend, program: Program, variables: Variables) -> Entity:
    """A Meta event tag. It needs no consent: it only queues until the base tag has it."""
    assert program.meta is not None  # noqa: S101 # its caller asks only for a plan with Meta
    event_id = send.event_id
    send_code = sending(
        program.meta,
        send,
        variables.js_of(send.named_by) if send.named_by is not None else "",
        object_of(send.rows, variables.js_of),
        variables.js_of(event_id) if event_id is not None else "",
        " ".join(action.hold),
    )
    html = render("gtm/meta_event.html.j2", send=send_code)
    return _of_action(_html(html, NOT_NEEDED), action)


def consent_watch(types: Sequence[str], heard: Sequence[str]) -> Entity:
    """Makes an event of each consent update; holds the pixel while one of its types is denied.

    ``heard`` are JavaScript events of the banner.
    """
    html = render("gtm/consent_watch.html.j2", types=list(types), heard=list(heard))
    return {**_html(html, NOT_NEEDED), "priority": integer(200)}


def gate(types: Sequence[str], event: str, now: str) -> Entity:
    """Fires when all these types are granted: sends what waited, tells the container.

    ``now`` refers to the event that fires it: on Initialization nobody needs to be told.
    """
    key = " ".join(types)
    html = render("gtm/gate.html.j2", key=key, event=event, now=now)
    return {**_html(html, needed(types)), "priority": integer(150)}


def listeners(names: Iterable[str]) -> Entity:
    """The listeners: they turn what happens on the page into our data layer events."""
    html = render("gtm/listeners.html.j2", script=packed_script_of(names))
    return _html(html, NOT_NEEDED)


def _texts(rows: Rows, variables: Variables) -> Iterable[tuple[str, str]]:
    return ((name, variables.text_of(source)) for name, source in rows)


def _html(html: str, consent: Entity) -> Entity:
    parameters = [text(html, "html"), flag("supportDocumentWrite", value=False)]
    return _tag("html", parameters, consent)


def _tag(kind: str, parameters: list[Entity], consent: Entity) -> Entity:
    return {
        "type": kind,
        "parameter": parameters,
        "tagFiringOption": "ONCE_PER_EVENT",
        "monitoringMetadata": {"type": "MAP"},
        "consentSettings": consent,
    }


def _of_action(tag: Entity, action: Action) -> Entity:
    if action.once is not Once.EVENT:
        tag["tagFiringOption"] = "ONCE_PER_LOAD" if action.once is Once.PAGE else "UNLIMITED"
    if action.paused:
        tag["paused"] = True
    return tag
