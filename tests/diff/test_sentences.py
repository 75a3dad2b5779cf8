"""What each kind of change does to measurement, in words: one small container changed in one way."""

from __future__ import annotations

from typing import Any

import pytest

from tagkit.gtm.diff.compare import compare
from tagkit.gtm.diff.sentences import affected, sentence
from tests.gtm.gtm_samples import (
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
)

Json = Any
TEMPLATE = {
    "templateId": "7",
    "name": "Pixel",
    "templateData": "___INFO___\n{}\n___SANDBOXED_JS_FOR_WEB_TEMPLATE___\nsend(1);",
    "galleryReference": {"repository": "facebook-pixel", "galleryTemplateId": "5RM3Q"},
}
PAGE_PATH = [built_in("PAGE_PATH", "Page Path"), built_in("PAGE_URL", "Page URL")]


def shop(*tags: Json, triggers: Json = (), variables: Json = (), templates: Json = ()) -> Json:
    listed = {"tag": tags, "trigger": triggers, "variable": variables, "customTemplate": templates}
    kinds = {kind: list(entities) for kind, entities in listed.items() if entities}
    for number, entity in enumerate(entity for found in kinds.values() for entity in found):
        for key in ("tagId", "variableId"):
            if key in entity:
                entity[key] = str(500 + number)
    return container(**kinds, builtInVariable=PAGE_PATH)


def said(old: Json, new: Json) -> list[str]:
    def quoted(name: str) -> str:
        return f"'{name}'"

    return [
        sentence(effect, quoted)
        + (f" | {affected(effect.affects, quoted)}" if effect.affects else "")
        for effect in compare(old, new).effects
    ]


def on(number: str, **more: Json) -> Json:
    return {"firingTriggerId": [number], **more}


def rows(**values: str) -> Json:
    return table(
        "eventSettingsTable", *(row(parameter=k, parameterValue=v) for k, v in values.items())
    )


def pages(pattern: str, type_word: str = "MATCH_REGEX", **more: Json) -> Json:
    return trigger("PAGEVIEW", filter=[condition(type_word, "{{Page Path}}", pattern)], **more)


def pixel(code: str, **more: Json) -> Json:
    return html(f"<script>{code}</script>", name="Meta", **more)


def gallery(**values: str) -> Json:
    return tag("cvt_5RM3Q", *(text(k, v) for k, v in values.items()), name="Meta")


def google_tag(*parameters: Json, tag_id: str = "G-AAAAAAAAAA") -> Json:
    return tag("googtag", text("tagId", tag_id), *parameters, name="Base")


def configured(**settings: str) -> Json:
    listed = (row(parameter=k, parameterValue=v) for k, v in settings.items())
    return google_tag(table("configSettingsTable", *listed))


def dlv(key: str, name: str = "V") -> Json:
    return variable("v", text("name", key), name=name)


SHARED = text("eventSettingsVariable", "{{Shared}}")


def settings(**values: str) -> Json:
    return variable("gtes", rows(**values, z="9"), name="Shared")


def group(*numbers: str) -> Json:
    members = [{"type": "TRIGGER_REFERENCE", "value": number} for number in numbers]
    parameter = {"type": "LIST", "key": "triggerIds", "list": members}
    return trigger("TRIGGER_GROUP", name="Group", triggerId="99", parameter=[parameter])


def patterns(*keys: str) -> Json:
    listed = table("map", *(row(key=key, value=f"is {key}") for key in keys))
    return variable("remm", text("input", "{{V}}"), listed, name="L")


SEEN = trigger("ELEMENT_VISIBILITY", name="Seen", triggerId="22")
BOUGHT = trigger(
    "CUSTOM_EVENT", triggerId="21", customEventFilter=[condition("EQUALS", "{{_event}}", "buy")]
)
ONLY_ON_B = {**BOUGHT, "filter": [condition("CONTAINS", "{{Page Path}}", "/b")]}
BUY = event(event_name="purchase", name="Buy", **on("20"))
CASES: dict[str, tuple[Json, Json, list[str]]] = {
    "nothing": (shop(event()), shop(event()), []),
    "another name only": (shop(event(name="A")), shop(event(name="B")), []),
    "a literal behind a constant": (
        shop(event(rows(a="1"))),
        shop(event(rows(a="{{One}}")), variables=[variable("c", text("value", "1"), name="One")]),
        [],
    ),
    "another variable that reads the same": (
        shop(event(rows(a="{{V}}")), variables=[dlv("a"), dlv("a", "W")]),
        shop(event(rows(a="{{W}}")), variables=[dlv("a"), dlv("a", "W")]),
        [],
    ),
    "the old table for the new one": (
        shop(event(table("eventParameters", row(name="a", value="1")))),
        shop(event(rows(a="1"))),
        [],
    ),
    "what is paused measures nothing": (
        shop(event(rows(a="1"), paused=True)),
        shop(event(rows(b="1"), paused=True)),
        [],
    ),
    "a parameter fewer": (
        shop(event(rows(a="1", b="2", c="3"))),
        shop(event(rows(b="2"))),
        ["'sign_up' (GA4) no longer sends 'a' and 'c'"],
    ),
    "a parameter more": (
        shop(event(rows(a="1"))),
        shop(event(rows(a="1", b="{{V}}")), variables=[dlv("b")]),
        ["'sign_up' (GA4) also sends 'b' from the data layer's 'b'"],
    ),
    "ecommerce in place of parameters": (
        shop(event(rows(value="1", a="2"), event_name="purchase")),
        shop(event(flag("sendEcommerceData"), event_name="purchase")),
        [
            "'purchase' (GA4) no longer sends 'a'",
            "'purchase' (GA4) no longer sends 'value', unless the ecommerce data does",
            "'purchase' (GA4) sends the ecommerce data now",
        ],
    ),
    "a user property": (
        shop(event(table("userProperties", row(name="plan", value="free")))),
        shop(event(table("userProperties", row(name="plan", value="paid")))),
        ["'sign_up' (GA4) sets the user property 'plan' to 'paid' now, not to 'free'"],
    ),
    "another event name": (
        shop(event(event_name="signup")),
        shop(event(event_name="sign_up")),
        ["'signup' (GA4) is called 'sign_up' now"],
    ),
    "another destination of one": (
        shop(event()),
        shop(tag("gaawe", text("eventName", "sign_up"), text("measurementIdOverride", "G-BB"))),
        ["'sign_up' (GA4) goes to 'G-BB' now, not to 'G-AAAAAAAAAA'"],
    ),
    "one page more": (
        shop(event(**on("20")), triggers=[pages("^(/a|/b\\.html)$")]),
        shop(event(**on("20")), triggers=[pages("^(?:/a|/b\\.html|/c)$")]),
        ["'sign_up' (GA4) fires on one page more ('/c')"],
    ),
    "pages fewer": (
        shop(event(**on("20")), triggers=[pages("^(/a|/b|/c)$")]),
        shop(event(**on("20")), triggers=[pages("/a", "EQUALS")]),
        ["'sign_up' (GA4) fires on 2 pages fewer ('/b' and '/c')"],
    ),
    "pages more and fewer": (
        shop(event(**on("20")), triggers=[pages("^(/a|/b)$")]),
        shop(event(**on("20")), triggers=[pages("^(/a|/c)$")]),
        ["'sign_up' (GA4) fires on one page more ('/c') and one page less ('/b')"],
    ),
    "another page": (
        shop(event(**on("20")), triggers=[pages("/a", "EQUALS")]),
        shop(event(**on("20")), triggers=[pages("/b", "EQUALS")]),
        ["'sign_up' (GA4) fires on the page '/b' now, not on '/a'"],
    ),
    "a page by another trigger": (
        shop(event(**on("20")), triggers=[pages("/a", "EQUALS")]),
        shop(
            event(firingTriggerId=["20", "21"]),
            triggers=[pages("/a", "EQUALS"), pages("/b", "EQUALS", name="B", triggerId="21")],
        ),
        ["'sign_up' (GA4) fires on one page more ('/b')"],
    ),
    "a regular expression that is no list": (
        shop(event(**on("20")), triggers=[pages("^/a")]),
        shop(event(**on("20")), triggers=[pages("^/(a|b)")]),
        ["'sign_up' (GA4) fires if 'Page Path' matches '^/(a|b)' now, not '^/a'"],
    ),
    "one event more": (
        shop(event(**on("20")), triggers=[custom_event("a")]),
        shop(
            event(**on("20")),
            triggers=[trigger("CUSTOM_EVENT", customEventFilter=[
                condition("MATCH_REGEX", "{{_event}}", "^(a|b)$"),
            ])],
        ),
        ["'sign_up' (GA4) fires on one event more ('b')"],
    ),
    "a condition fewer": (
        shop(event(**on("20")), triggers=[pages("/a", "CONTAINS")]),
        shop(event(**on("20")), triggers=[trigger("PAGEVIEW")]),
        ["'sign_up' (GA4) fires whether or not 'Page Path' contains '/a'"],
    ),
    "a condition more on one of two triggers": (
        shop(event(firingTriggerId=["20", "21"]), triggers=[pages("/a"), BOUGHT]),
        shop(event(firingTriggerId=["20", "21"]), triggers=[pages("/a"), ONLY_ON_B]),
        ["'sign_up' (GA4) fires on the event 'buy' only if 'Page Path' contains '/b'"],
    ),
    "the same condition more on both triggers": (
        shop(event(firingTriggerId=["20", "21"]), triggers=[{**BOUGHT, "triggerId": "20"}, BOUGHT]),
        shop(event(firingTriggerId=["20", "21"]),
             triggers=[{**ONLY_ON_B, "triggerId": "20"}, ONLY_ON_B]),
        ["'sign_up' (GA4) fires only if 'Page Path' contains '/b'"],
    ),
    "a condition the other way round": (
        shop(event(**on("20")), triggers=[pages("/a", "CONTAINS")]),
        shop(event(**on("20")), triggers=[trigger("PAGEVIEW", filter=[
            {**condition("CONTAINS", "{{Page Path}}", "/a"), "parameter": [
                *condition("CONTAINS", "{{Page Path}}", "/a")["parameter"],
                {"type": "BOOLEAN", "key": "negate", "value": "true"}]}])]),
        ["'sign_up' (GA4) fires only if 'Page Path' does not contain '/a'",
         "'sign_up' (GA4) fires whether or not 'Page Path' contains '/a'"],
    ),
    "another kind of trigger": (
        shop(event(**on("20")), triggers=[pages("/a", "CONTAINS")]),
        shop(event(**on("20")), triggers=[{**pages("/a", "CONTAINS"), "type": "DOM_READY"}]),
        ["'sign_up' (GA4) fires on DOM ready now, not on page view"],
    ),
    "other settings of a trigger": (
        shop(event(**on("20")), triggers=[trigger("TIMER", interval={"type": "TEMPLATE", "value": "1"})]),
        shop(event(**on("20")), triggers=[trigger("TIMER", interval={"type": "TEMPLATE", "value": "2"})]),
        ["'sign_up' (GA4) fires on other settings: interval is '2' now, was '1'"],
    ),
    "one member of a trigger group": (
        shop(event(**on("99")), triggers=[pages("/a", "EQUALS"), group("20")]),
        shop(event(**on("99")), triggers=[pages("/b", "EQUALS"), group("20")]),
        ["'sign_up' (GA4) fires on the page '/b' now, not on '/a'"],
    ),
    "a member of a trigger group fewer": (
        shop(event(**on("99")), triggers=[pages("/a", "EQUALS"), BOUGHT, group("20", "21")]),
        shop(event(**on("99")), triggers=[pages("/a", "EQUALS"), BOUGHT, group("21")]),
        ["'sign_up' (GA4) no longer waits for 'Trigger'"],
    ),
    "a member of a trigger group more": (
        shop(event(**on("99")), triggers=[SEEN, BOUGHT, group("21")]),
        shop(event(**on("99")), triggers=[SEEN, BOUGHT, group("22", "21")]),
        ["'sign_up' (GA4) also waits for 'Seen'"],
    ),
    "another member of a trigger group": (
        shop(event(**on("99")), triggers=[SEEN, BOUGHT, group("22")]),
        shop(event(**on("99")), triggers=[SEEN, BOUGHT, group("21")]),
        ["'sign_up' (GA4) waits for 'Trigger' now, not for 'Seen'"],
    ),
    "a regular expression table in another order": (
        shop(event(rows(a="{{L}}")), variables=[dlv("a"), patterns("a", "b")]),
        shop(event(rows(a="{{L}}")), variables=[dlv("a"), patterns("b", "a")]),
        ["'L': map is in another order | 'a' of 'sign_up' (GA4)"],
    ),
    "a regular expression table with another row": (
        shop(event(rows(a="{{L}}")), variables=[dlv("a"), patterns("a", "b")]),
        shop(event(rows(a="{{L}}")), variables=[dlv("a"), patterns("b", "c")]),
        ["'L': map is different | 'a' of 'sign_up' (GA4)"],
    ),
    "no trigger left": (
        shop(BUY, triggers=[custom_event("purchase")]),
        shop({**BUY, "firingTriggerId": []}, triggers=[custom_event("purchase")]),
        ["'purchase' (GA4) no longer fires on anything: its triggers are gone"],
    ),
    "an exception that changed": (
        shop(event(blockingTriggerId=["20"]), triggers=[custom_event("a")]),
        shop(event(blockingTriggerId=["20"]), triggers=[custom_event("b")]),
        ["'sign_up' (GA4) is blocked on the event 'b' now, not on 'a'"],
    ),
    "consent of two kinds": (
        shop(event(consentSettings={"consentStatus": "NEEDED", "consentType": {"list": [
            text("", "ad_storage"), text("", "ad_user_data")]}})),
        shop(event(consentSettings={"consentStatus": "NEEDED", "consentType": {"list": [
            text("", "ad_storage")]}})),
        ["'sign_up' (GA4) no longer waits for consent to 'ad_user_data'"],
    ),
    "consent not set and not needed": (
        shop(event()), shop(event(consentSettings={"consentStatus": "NOT_NEEDED"})), [],
    ),
    "a tag before it": (
        shop(event(), html(name="First")),
        shop(event(setupTag=[{"tagName": "First"}]), html(name="First")),
        ["'sign_up' (GA4) runs after the tag 'First' now"],
    ),
    "the settings of a Google tag": (
        shop(configured(cookie_domain="a")),
        shop(configured(cookie_domain="a", send_page_view="false", server_container_url="https://s")),
        [
            "the Google tag 'Base' no longer sends 'page_view'",
            "the Google tag 'Base' also sets 'server_container_url' to 'https://s'",
        ],
    ),
    "another Google tag": (
        shop(google_tag()),
        shop(google_tag(tag_id="G-BB")),
        ["the Google tag 'Base' goes to 'G-BB' now, not to 'G-AAAAAAAAAA'"],
    ),
    "the old configuration tag takes its events along": (
        shop(tag("gaawc", text("measurementId", "G-A"), name="Base"), tag("gaawe", text("eventName", "e"),
             {"type": "TAG_REFERENCE", "key": "measurementId", "value": "Base"}, name="E")),
        shop(tag("gaawc", text("measurementId", "G-B"), name="Base"), tag("gaawe", text("eventName", "e"),
             {"type": "TAG_REFERENCE", "key": "measurementId", "value": "Base"}, name="E")),
        ["the Google tag 'Base' goes to 'G-B' now, not to 'G-A' | 'e' (GA4)"],
    ),
    "Meta: another pixel": (
        shop(pixel("fbq('init', '1');")),
        shop(pixel("fbq('init', '2');")),
        ["the Meta pixel of 'Meta' goes to '2' now, not to '1'"],
    ),
    "Meta: one of two pixels": (
        shop(pixel("fbq('init', '1'); fbq('init', '2');")),
        shop(pixel("fbq('init', '1');")),
        ["the Meta pixel '2' of 'Meta' no longer runs"],
    ),
    "Meta: a second pixel": (
        shop(pixel("fbq('init', '1');")),
        shop(pixel("fbq('init', '1'); fbq('init', '2');")),
        ["the Meta pixel '2' of 'Meta' is new, on All Pages"],
    ),
    "Meta: two pixels in place of one": (
        shop(pixel("fbq('init', '1');")),
        shop(pixel("fbq('init', '2'); fbq('init', '3');")),
        ["the Meta pixel '1' of 'Meta' no longer runs", "the Meta pixels '2' and '3' of 'Meta' are new, on All Pages"],
    ),
    "Meta: tags of one and of two pixels": (
        shop(event(), pixel("fbq('init', '1'); fbq('init', '2');"), html("<script>fbq('init', '3');</script>", name="B")),
        shop(event()),
        ["the Meta pixels '1' and '2' of 'Meta' and the Meta pixel of 'B' no longer run"],
    ),
    "Meta: a pixel twice": (
        shop(event(), pixel("fbq('init', '1'); fbq('init', '1');")),
        shop(event()),
        ["the Meta pixel of 'Meta' no longer runs"],
    ),
    "Meta: a property of code": (
        shop(pixel("fbq('track', 'Lead', {value: 1, currency: 'EUR'});")),
        shop(pixel("fbq('track', 'Lead', {value: '1'});")),
        ["'Lead' (Meta) no longer sends 'currency'"],
    ),
    "Meta: a standard event as a custom one": (
        shop(pixel("fbq('track', 'Lead', {}, {eventID: 'x'});")),
        shop(pixel("fbq('trackCustom', 'Lead');")),
        [
            "'Lead' (Meta) no longer has an event ID: a server's copy would count as another event",
            "'Lead' (Meta) is a custom event now",
        ],
    ),
    "Meta: a value without quotes": (
        shop(pixel("fbq('track', 'Lead', {value: {{V}}});"), variables=[dlv("a")]),
        shop(pixel("fbq('track', 'Lead', {value: '{{V}}'});"), variables=[dlv("a")]),
        ["'Lead' (Meta) sends 'value' from '\"{{V}}\"' now, not from the data layer's 'a'"],
    ),
    "Meta: the template of the gallery": (
        shop(gallery(eventName="standard", standardEventName="Lead", pixelId="1"), templates=[TEMPLATE]),
        shop(gallery(eventName="standard", standardEventName="Lead", pixelId="2"), templates=[TEMPLATE]),
        ["'Lead' (Meta) goes to '2' now, not to '1'"],
    ),
    "Meta: another version of the template": (
        shop(gallery(eventName="standard", standardEventName="Lead"), templates=[TEMPLATE]),
        shop(gallery(eventName="standard", standardEventName="Lead"),
             templates=[{**TEMPLATE, "templateData": TEMPLATE["templateData"].replace("1", "2")}]),
        ["the custom template 'Pixel' has other code | 'Lead' (Meta)"],
    ),
    "Meta: code around the same call": (
        shop(pixel("fbq('track', 'Lead');")),
        shop(pixel("if (ready) { fbq('track', 'Lead'); }")),
        ["'Lead' (Meta) has other code"],
    ),
    "the code of a tag": (shop(html("<p>a</p>")), shop(html("<p>b</p>")), ["the tag 'Tag' has other code"]),
    "the settings of another vendor's tag": (
        shop(tag("awct", text("conversionId", "1"), text("conversionLabel", "a"))),
        shop(tag("awct", text("conversionId", "{{One}}"), text("conversionLabel", "b")),
             variables=[variable("c", text("value", "1"), name="One")]),
        ["the tag 'Tag' has other settings: conversionLabel is 'b' now, was 'a'"],
    ),
    "a setting that is no value": (
        shop(event()),
        shop(event(text("userDataVariable", "{{V}}"), rows(a="1")), variables=[dlv("a")]),
        ["'sign_up' (GA4) also sends 'a' as '1'", "'sign_up' (GA4) has other settings: userDataVariable is new: '{{V}}'"],
    ),
    "an event of two tags": (
        shop(event(name="A"), event(name="B")),
        shop(event(name="A")),
        ["'sign_up' (GA4) is sent by one tag less, not by 'B'"],
    ),
    "a lookup that two variables go through": (
        shop(event(rows(a="{{L}}")), variables=[dlv("a"), variable("smm", text("input", "{{V}}"),
             table("map", row(key="1", value="x")), name="L")]),
        shop(event(rows(a="{{L}}")), variables=[dlv("b"), variable("smm", text("input", "{{V}}"),
             table("map", row(key="1", value="x")), name="L")]),
        ["'V' is the data layer's 'b' now, not 'a' | 'a' of 'sign_up' (GA4)"],
    ),
    "a condition gone that said not": (
        shop(event(**on("20")), triggers=[trigger("PAGEVIEW", filter=[
            condition("CONTAINS", "{{Page Path}}", "/a", flag("negate"))])]),
        shop(event(**on("20")), triggers=[trigger("PAGEVIEW", filter=[])]),
        ["'sign_up' (GA4) fires whether or not 'Page Path' contains '/a'"],
    ),
    "another event ID": (
        shop(pixel("fbq('track', 'Lead', {}, {eventID: {{V}}});"), variables=[dlv("id")]),
        shop(pixel("fbq('track', 'Lead', {}, {eventID: 'x-{{V}}'});"), variables=[dlv("id")]),
        ["'Lead' (Meta) has another event ID: from '\"x-{{V}}\"' now, not from the data layer's 'id'"],
    ),
    "a shared row that one of two has of its own": (
        shop(event(SHARED), event(SHARED, rows(a="1"), event_name="login", name="Own"),
             variables=[settings(a="2")]),
        shop(event(SHARED), event(SHARED, rows(a="1"), event_name="login", name="Own"),
             variables=[settings()]),
        ["'sign_up' (GA4) no longer sends 'a'"],
    ),
    "a variable that nobody uses": (shop(event(), variables=[dlv("a")]), shop(event(), variables=[dlv("b")]), []),
    "a built-in variable that is switched off": (
        shop(event(rows(a="{{Page Path}}"))),
        container(tag=[event(rows(a="{{Page Path}}"))], builtInVariable=PAGE_PATH[1:]),
        ["'Page Path' is not enabled, and is still used | 'a' of 'sign_up' (GA4)"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_said(name: str) -> None:
    old, new, expected = CASES[name]
    assert said(old, new) == expected
