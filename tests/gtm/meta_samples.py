"""Tags of the Meta Pixel, by hand and from a template, as data."""

from __future__ import annotations

from typing import Any

from gtm_samples import (
    IDS,
    container,
    flag,
    html,
    table,
    tag,
    text,
    trigger,
    variable,
    without,
)

Data = dict[str, Any]
ID, OTHER = "1234567890123456", "2222222222222222"
NEEDED = {
    "consentStatus": "NEEDED",
    "consentType": {"type": "LIST", "list": [{"type": "TEMPLATE", "value": "ad_storage"}]},
}
LOADER = (
    "!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?n.callMethod.apply"
    "(n,arguments):n.queue.push(arguments)};n.queue=[];t=b.createElement(e);t.src=v}(window,document,"
    "'script','https://connect.facebook.net/en_US/fbevents.js');"
)


def script(code: str, **more: object) -> Data:
    return html(f"<script>{code}</script>", **more)


def tags(*found: Data, **more: object) -> Data:
    numbered = [{**one, "tagId": str(10 + index)} for index, one in enumerate(found)]
    return container(tag=numbered, **more)


def code(*lines: str, **more: object) -> Data:
    """A container with one tag of this code."""
    return tags(script("\n".join(lines), name="Pixel"), **more)


def at(index: int, *rest: str | int) -> tuple[str | int, ...]:
    return ("containerVersion", "tag", index, *rest)


def in_code(index: int = 0) -> tuple[str | int, ...]:
    return at(index, "parameter", 0, "value")


def base(pixel: str = ID, name: str = "Base", **more: object) -> Data:
    return script(f"{LOADER} fbq('init', '{pixel}'); fbq('track', 'PageView');", name=name, **more)


def lead(options: str = "", name: str = "Lead", **more: object) -> Data:
    return script(f"fbq('track', 'Lead', {{}}{options});", name=name, **more)


META_TEMPLATE = {
    **IDS,
    "templateId": "5",
    "name": "Facebook Pixel",
    "templateData": '___WEB_PERMISSIONS___ [{"string": "https://connect.facebook.net/en_US/f.js"}]',
    "galleryReference": {
        "owner": "facebookarchive",
        "repository": "GoogleTagManager-WebTemplate-For-FacebookPixel",
    },
}
STAPE_TEMPLATE = {
    **META_TEMPLATE,
    "templateId": "6",
    "templateData": "enableConsentMode access_consent " + str(META_TEMPLATE["templateData"]),
    "galleryReference": {"repository": "fb-tag", "galleryTemplateId": "KFNBV"},
}


def meta(event: str, *rows: Data, **more: object) -> Data:
    """A tag of Meta's template, as GTM writes it."""
    return tag(
        "cvt_200000001_5",
        text("pixelId", ID),
        text("eventName", "standard"),
        text("standardEventName", event),
        flag("objectPropertiesFromVariable", "false"),
        flag("enhancedEcommerce", "false"),
        flag("consent", "true"),
        table("objectPropertyList", *rows),
        name=event,
        **more,
    )


def with_meta(*found: Data, **more: object) -> Data:
    return tags(*found, customTemplate=[META_TEMPLATE], **more)


def data_layer(name: str, default: str = "") -> Data:
    more = [flag("setDefaultValue"), text("defaultValue", default)] if default else []
    return variable("v", text("name", name), *more, name=name)


def javascript(name: str, body: str) -> Data:
    return variable("jsm", text("javascript", f"function() {{ {body} }}"), name=name)


def constant(name: str, value: str) -> Data:
    return variable("c", text("value", value), name=name)


def missing_ids(*with_id: str) -> Data:
    return tags(
        *(lead(", {eventID: {{Id}}}", name=name) for name in with_id),
        script("fbq('track', 'Contact')", name="Contact"),
    )


WINDOW_LOADED = trigger("WINDOW_LOADED", "Loaded")
NO_STATUS = without(html("<script src='//static.hotjar.com/c/x.js'></script>"), "consentSettings")

# What we write ourselves: the event waits in a queue until the base tag has started the pixel.
OURS = """
(function (w) {
  var properties = {"value": {{V}}, "currency": {{C}}}, id = {{Id}};
  function send() {
    w.fbq("track", "Purchase", properties, {eventID: id});
  }
  if (w.tagkitPixel) { send(); } else { (w.tagkitQueue = w.tagkitQueue || []).push(send); }
})(window);
"""
