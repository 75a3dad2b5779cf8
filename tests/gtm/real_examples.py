"""What reading findings on real containers has taught the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gtm_samples import (
    built_in,
    condition,
    container,
    custom_event,
    event,
    flag,
    html,
    row,
    table,
    tag,
    text,
    trigger,
    variable,
    without,
)
from meta_samples import NEEDED, at, base, in_code, lead, script

from tagkit.gtm.rules import (
    built_in_not_listed,
    click_anywhere,
    conversion_id_prefix,
    dangling_variable,
    envelope_incomplete,
    exception_never_blocks,
    ga4_personal_data,
    google_tag_twice,
    meta_personal_data,
    meta_pixel_twice,
    meta_quoted_reference,
    once_for_many_events,
    selector_misses_inside,
    variable_of_another_event,
    vendor_without_consent,
)

if TYPE_CHECKING:
    from meta_samples import Data

    from tagkit.diagnostics import Route
    from tagkit.gtm.rules import ContainerRule

    Loud = tuple[Data, Route, str]

__all__ = ["LOUD", "SILENT"]

VERSION = "containerVersion"
ONCE = {"tagFiringOption": "ONCE_PER_LOAD", "firingTriggerId": ["20"]}
NOT = text("negate", "true")
HOST_OF_LINK = variable("aev", text("varType", "URL"), text("component", "HOST"), name="Host")
YES_OR_NO = "function() { if ({{E}}) { return true; } return false; }"
MAIL_LINK = "function() { return document.querySelector(\"a[href^='mailto:']\").href; }"
ADS = text("conversionId", "AW-123456789")


def clicks(*conditions: Data, kind: str = "CLICK", **more: object) -> Data:
    return container(
        tag=[html(firingTriggerId=["20"])],
        trigger=[trigger(kind, filter=list(conditions))],
        **more,
    )


def matching(pattern: str, **more: object) -> Data:
    names = [condition("MATCH_REGEX", "{{_event}}", pattern)]
    return custom_event(**{"customEventFilter": names, **more})


def once(name: str, *triggers: Data, **more: object) -> Data:
    return container(tag=[event(event_name=name, **{**ONCE, **more})], trigger=list(triggers))


def rows(*names: str) -> Data:
    return table("eventSettingsTable", *(row(parameter="a", parameterValue=n) for n in names))


SILENT: dict[ContainerRule, list[Data]] = {
    # What belongs there is another rule's.
    built_in_not_listed: [
        container(
            trigger=[custom_event(customEventFilter=[condition("EQUALS", "{{Event}}", "a")])]
        ),
    ],
    # A copy of the whole tag: duplicate-content says it.
    meta_pixel_twice: [container(tag=[base(), base(name="Copy")])],
    google_tag_twice: [
        container(
            tag=[
                tag("googtag", text("tagId", "G-AAAAAAAAAA")),
                tag("googtag", text("tagId", "G-AAAAAAAAAA"), name="Copy"),
            ]
        )
    ],
    vendor_without_consent: [
        container(
            tag=[
                base(firingTriggerId=["20"]),
                lead(
                    firingTriggerId=["21"], setupTag=[{"tagName": "Base"}], consentSettings=NEEDED
                ),
            ],
            trigger=[
                custom_event("klaro-meta-accepted"),
                trigger("SCROLL_DEPTH", triggerId="21"),
            ],
        ),
    ],
    # The shop's own number on a link; whether there is an address.
    meta_personal_data: [
        container(
            tag=[
                script("fbq('track', 'Contact', {phone: {{P}}, email: {{Click URL}}, ph: {{Y}}});")
            ],
            variable=[
                variable(
                    "jsm",
                    text("javascript", "function(){ return {{Click Element}}.href; }"),
                    name="P",
                ),
                variable("jsm", text("javascript", YES_OR_NO), name="Y"),
            ],
        )
    ],
    ga4_personal_data: [
        container(
            tag=[
                event(
                    table(
                        "eventSettingsTable",
                        row(parameter="email", parameterValue="{{M}}"),
                        row(parameter="phone", parameterValue="{{A}}"),
                    )
                )
            ],
            variable=[
                variable("jsm", text("javascript", MAIL_LINK), name="M"),
                variable("aev", text("varType", "URL"), name="A"),
            ],
        )
    ],
    click_anywhere: [
        clicks(condition("CONTAINS", "{{Click URL}}", "shop.pl", NOT), kind="LINK_CLICK"),
        clicks(condition("CONTAINS", "{{Click URL}}", "shop.pl")),
        clicks(
            condition("CONTAINS", "{{Click URL}}", "shop.pl", NOT),
            condition("STARTS_WITH", "{{Click URL}}", "http"),
        ),
        clicks(
            condition("CONTAINS", "{{Click URL}}", "shop.pl", NOT),
            condition("EQUALS", "{{Click Text}}", "Buy"),
        ),
        clicks(
            condition("CONTAINS", "{{Click URL}}", "shop.pl", NOT),
            condition("EQUALS", "{{Is a link}}", "true"),
            variable=[variable("jsm", name="Is a link")],
        ),
        clicks(condition("MATCH_REGEX", "{{Click URL}}", "^$|shop", NOT)),
        clicks(condition("EQUALS", "{{Page Path}}", "/cart", NOT)),
        container(
            trigger=[trigger("CLICK", filter=[condition("EQUALS", "{{Click URL}}", "a", NOT)])]
        ),
    ],
    once_for_many_events: [
        once("{{Event}}", matching("view_cart|begin_checkout"), tagFiringOption="ONCE_PER_EVENT"),
        once("{{Event}}", custom_event("purchase")),
        once(
            "{{Event}}",
            matching("a|b", filter=[condition("EQUALS", "{{Event}}", "a")]),
        ),
        once("purchase", custom_event("purchase")),
        once("add_to_cart", trigger("DOM_READY")),
        once("{{Event table}}", matching("a|b")),
        container(tag=[html(**ONCE)], trigger=[matching("a|b")]),
    ],
    selector_misses_inside: [
        clicks(condition("CONTAINS", "{{Click URL}}", "/a"), kind="LINK_CLICK"),
        clicks(condition("CONTAINS", "{{Click URL}}", "/a", NOT)),
        clicks(condition("MATCH_REGEX", "{{Click URL}}", "/a|^$")),
        clicks(condition("EQUALS", "{{Click ID}}", "buy")),
    ],
}
LOUD: dict[ContainerRule, list[Loud]] = {
    dangling_variable: [
        (
            container(tag=[event(rows("{{A}}", "{{B}}", "{{C}}", "{{D}}", "{{E}}", "{{F}}"))]),
            at(0, "parameter", 2, "list", 0, "map", 1, "value"),
            "tag 'Tag' uses 6 variables that are not in the file: 'A', 'B', 'C', 'D', 'E', 'F'",
        ),
    ],
    built_in_not_listed: [
        (
            container(trigger=[custom_event("{{Page Path}}")]),
            (VERSION, "trigger", 0, "customEventFilter", 0, "parameter", 1, "value"),
            "'{{Page Path}}', used in trigger 'Trigger', is a built-in variable",
        ),
    ],
    envelope_incomplete: [
        (
            {**container(), VERSION: without(container()[VERSION], "container", "path")},
            (VERSION,),
            "the container version has no 'container' and no 'path', which every export has",
        ),
    ],
    conversion_id_prefix: [
        (
            container(tag=[tag("awct", ADS), tag("sp", ADS), tag("awud", ADS)]),
            at(0, "parameter", 0, "value"),
            "tag 'Tag' has the conversion ID 'AW-123456789' (and so in 2 other tags); it is",
        ),
    ],
    exception_never_blocks: [
        (
            container(
                tag=[html(firingTriggerId=["20"], blockingTriggerId=["22", "21", "23"])],
                trigger=[
                    trigger("LINK_CLICK"),
                    trigger("CLICK", "A", triggerId="21"),
                    trigger("LINK_CLICK", "B", triggerId="22"),
                    trigger("CLICK", "C", triggerId="23"),
                ],
            ),
            at(0, "blockingTriggerId", 1),
            "trigger 'A' (Click - All Elements) and 1 other exception can never block tag 'Tag'",
        ),
    ],
    variable_of_another_event: [
        (
            container(
                trigger=[
                    trigger(
                        "PAGEVIEW",
                        filter=[
                            condition("CONTAINS", "{{Click URL}}", "/a"),
                            condition("CONTAINS", "{{Click Text}}", "a"),
                        ],
                    )
                ]
            ),
            (VERSION, "trigger", 0, "filter", 0),
            "trigger 'Trigger' (Page View) never fires",
        ),
    ],
    google_tag_twice: [
        (
            container(
                tag=[
                    tag("googtag", text("tagId", "{{ID}}")),
                    tag("gaawc", text("measurementId", "{{ID}}"), flag("sendPageView"), name="Old"),
                ],
                variable=[variable("c", text("value", "G-AAAAAAAAAA"), name="ID")],
            ),
            at(1, "parameter", 0, "value"),
            "tag 'Old' and tag 'Tag' both send page_view to 'G-AAAAAAAAAA'",
        ),
    ],
    meta_quoted_reference: [
        (
            container(
                tag=[lead(", {eventID: '{{Id}}'}")],
                variable=[variable("v", text("name", "id"), name="Id")],
            ),
            in_code(),
            "eventID: '{{Id}}' is in quotes in tag 'Lead': when it is not set, all events get",
        ),
    ],
    vendor_without_consent: [
        (
            container(tag=[base(firingTriggerId=["20"])], trigger=[custom_event("meta_activate")]),
            at(0, "consentSettings"),
            "tag 'Base' loads Meta Pixel on an event of the page's own: only the page can see",
        ),
        (
            container(tag=[base(firingTriggerId=["20"])], trigger=[custom_event("add_to_cart")]),
            at(0, "consentSettings"),
            "tag 'Base' loads Meta Pixel whatever the visitor has answered",
        ),
        (
            container(
                tag=[
                    base(firingTriggerId=["20"]),
                    lead(firingTriggerId=["21"], setupTag=[{"tagName": "Base"}]),
                ],
                trigger=[
                    custom_event("meta_activate"),
                    trigger("SCROLL_DEPTH", triggerId="21"),
                ],
            ),
            at(0, "consentSettings"),
            "tag 'Base' loads Meta Pixel whatever the visitor has answered",
        ),
    ],
    click_anywhere: [
        (
            clicks(condition("CONTAINS", "{{Click URL}}", "shop.pl", NOT)),
            (VERSION, "trigger", 0, "filter", 0),
            "trigger 'Trigger' fires on every click that hits no link, too: 'Click URL' is empty",
        ),
        (
            clicks(
                condition("EQUALS", "{{Page Path}}", "/links"),
                condition("EQUALS", "{{Host}}", "shop.pl", NOT),
                variable=[HOST_OF_LINK],
                builtInVariable=[built_in("PAGE_PATH", "Page Path")],
            ),
            (VERSION, "trigger", 0, "filter", 1),
            "trigger 'Trigger' fires on every click that hits no link, too: 'Host' is empty",
        ),
    ],
    once_for_many_events: [
        (
            once("{{Event}}", matching("view_cart|begin_checkout")),
            at(0, "tagFiringOption"),
            "tag 'Tag' sends '{{Event}}' once per page: of all events that fire it, only the first",
        ),
        (
            once(
                "{{Event}}",
                custom_event("a"),
                custom_event("b", triggerId="21"),
                firingTriggerId=["20", "21"],
            ),
            at(0, "tagFiringOption"),
            "tag 'Tag' sends '{{Event}}' once per page",
        ),
        (
            once("add_to_cart", custom_event("add_to_cart")),
            at(0, "tagFiringOption"),
            "tag 'Tag' fires once per page, so a second 'add_to_cart' on it is not sent",
        ),
    ],
    selector_misses_inside: [
        (
            clicks(
                condition("CONTAINS", "{{Click URL}}", "/a"),
                condition("STARTS_WITH", "{{Click URL}}", "http"),
            ),
            (VERSION, "trigger", 0, "filter", 0),
            "trigger 'Trigger' misses clicks on what is inside of a link, such as a picture",
        ),
    ],
}
