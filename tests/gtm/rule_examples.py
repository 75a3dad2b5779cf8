"""Containers that each rule is silent on, and what it says of others, and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gtm_samples import (
    IDS,
    built_in,
    condition,
    container,
    custom_event,
    event,
    folder,
    html,
    row,
    table,
    tag,
    text,
    trigger,
    variable,
    without,
)

from tagkit.gtm.rules import (
    ContainerRule,
    account_id_not_a_number,
    built_in_not_listed,
    consent_without_types,
    constant_empty,
    conversion_id_prefix,
    custom_event_argument,
    custom_template_missing,
    dangling_folder,
    dangling_tag,
    dangling_trigger,
    dangling_variable,
    duplicate_id,
    duplicate_name,
    empty_list,
    envelope_incomplete,
    measurement_id_shape,
    measurement_id_twice,
    misspelt_list,
    name_characters,
    not_an_export,
    old_format,
    other_context,
    parameter_missing,
    rest_api_spelling,
    unknown_built_in,
    unknown_type,
)

if TYPE_CHECKING:
    from tagkit.diagnostics import Route

Data = dict[str, Any]
Loud = tuple[Data, "Route", str]
VERSION = "containerVersion"

CODE_REFERENCE = "<script>var a = '{{Price}}'; var b = {a: {b: 1}};</script>"
TEMPLATE = {**IDS, "templateId": "5", "name": "Pixel", "templateData": "___INFO___"}


def tags(*found: Data, **more: object) -> Data:
    return container(tag=list(found), **more)


def variables(*found: Data, **more: object) -> Data:
    return container(variable=list(found), **more)


def version(**keys: object) -> Data:
    data = container()
    data[VERSION] |= keys
    return data


def masked(account: str) -> Data:
    return json.loads(json.dumps(container(tag=[html()])).replace(IDS["accountId"], account))


def needed(**consent: object) -> Data:
    return tags(html(consentSettings={"consentStatus": "NEEDED", **consent}))


def consent_type(*types: str) -> Data:
    return {"type": "LIST", "list": [{"type": "TEMPLATE", "value": one} for one in types]}


def reference(key: str, value: str) -> Data:
    return {"type": "TAG_REFERENCE", "key": key, "value": value}


def constant(value: str, name: str = "Measurement ID") -> Data:
    return variable("c", text("value", value), name=name)


ON_A = html(firingTriggerId=["20"])
API = {
    "type": "template",
    "key": "html",
    "value": "<p></p>",
}

SILENT: dict[ContainerRule, list[Data]] = {
    not_an_export: [container(), {**container(), "exportFormatVersion": 1.3}],
    old_format: [container(), {**container(), "exportFormatVersion": True}],
    other_context: [container(), container("BROWSER")],
    envelope_incomplete: [
        container(),
        {
            "exportFormatVersion": 1.3,
            "exportTime": "2015-10-01 10:00:00",
            VERSION: without(container()[VERSION], "path"),
        },
    ],
    rest_api_spelling: [
        tags(html(), trigger=[custom_event()]),
        # No word of GTM's in any spelling: the schema says that.
        tags(html(tagFiringOption="ONCE_PER_PAGE")),
        tags(html(parameter=[{"type": 7, "key": "html"}])),
    ],
    account_id_not_a_number: [tags(html()), masked("0"), tags({**html(), "accountId": 6})],
    misspelt_list: [tags(html()), version(tagIds=["GTM-A"], tagManagerUrl="https://x.example")],
    dangling_trigger: [
        tags(ON_A, trigger=[custom_event()]),
        tags(html(firingTriggerId=["2147479572", "2147479573", "2147479574"])),
        tags(html(firingTriggerId=[20]), trigger=[custom_event()]),
        tags(without(html(), "firingTriggerId")),
    ],
    dangling_folder: [
        tags(html(parentFolderId="1"), folder=[folder()]),
        tags(html()),
    ],
    dangling_tag: [
        tags(html(name="A"), html(name="B", tagId="11", setupTag=[{"tagName": "A"}])),
        tags(tag("gaawe", reference("measurementId", "none"))),
    ],
    dangling_variable: [
        tags(html(CODE_REFERENCE), variable=[variable("uv", name="Price")]),
        tags(html("{{Page URL}}"), builtInVariable=[built_in("PAGE_URL", "Page URL")]),
        tags(html("{{Page URL}}")),
        container(trigger=[custom_event()]),
        tags(html(notes="{{Not code}}", name="{{Odd}}")),
        tags(html("function(){ return {a: {b: 1}} }")),
        container(customTemplate=[{**TEMPLATE, "templateData": "{{nothing}}"}]),
    ],
    built_in_not_listed: [
        tags(html("{{Page URL}}"), builtInVariable=[built_in("PAGE_URL", "Page URL")]),
        tags(html("{{Page URL}}"), variable=[variable("u", name="Page URL")]),
        container("SERVER", tag=[html("{{Click URL}}")]),
        # Exports of 2015 say it in the container block.
        {
            **container(),
            VERSION: {
                **container()[VERSION],
                "tag": [html("{{Page URL}}")],
                "container": {
                    **container()[VERSION]["container"],
                    "enabledBuiltInVariable": ["PAGE_URL"],
                },
            },
        },
    ],
    unknown_built_in: [
        container(builtInVariable=[built_in("SERVER_PAGE_LOCATION_URL", "Page URL")]),
        container(builtInVariable=[without(built_in("", ""), "type")]),
    ],
    custom_template_missing: [
        tags(tag("cvt_200000001_5"), customTemplate=[TEMPLATE]),
        # The author masked the container's id in one of the two places.
        tags(tag("cvt_1234_5"), customTemplate=[TEMPLATE]),
        tags(
            tag("cvt_5TP8W"),
            customTemplate=[{**TEMPLATE, "galleryReference": {"galleryTemplateId": "5TP8W"}}],
        ),
        tags(
            tag("cvt_5TP8W"),
            customTemplate=[{**TEMPLATE, "templateData": '{"id": "cvt_5TP8W"}'}],
        ),
    ],
    name_characters: [
        tags(html(name="GA4 - [x] | a.b (c) / d & e + f, 'g' 50% = ü 🟤 > *")),
        container(customTemplate=[{**TEMPLATE, "name": "Pixel: web"}]),
    ],
    duplicate_name: [
        tags(html(name="A"), trigger=[custom_event(name="A")]),
        variables(variable("uv", name="a"), variable("uv", name="A", variableId="31")),
        variables(variable("u", name="Page URL")),
    ],
    duplicate_id: [
        tags(html(), trigger=[custom_event(triggerId="10")]),
        tags(without(html(), "tagId"), without(html(), "tagId")),
    ],
    consent_without_types: [
        needed(consentType=consent_type("ad_storage")),
        tags(html()),
        needed(consentType="ad_storage"),
    ],
    measurement_id_twice: [
        tags(event()),
        tags(tag("gaawe", reference("measurementId", "GA4"))),
        tags(event(text("measurementId", "none"))),
        tags(event(reference("measurementId", ""))),
    ],
    constant_empty: [
        variables(constant("x")),
        variables(variable("c")),
        variables(variable("c", {"type": "TEMPLATE", "key": "value", "value": 5})),
        variables(variable("jsm", text("value", ""))),
    ],
    conversion_id_prefix: [
        tags(tag("awct", text("conversionId", "123456789"))),
        tags(tag("awct", text("conversionId", "{{AW-ID}}"))),
        tags(tag("googtag", text("tagId", "AW-123456789"))),
    ],
    custom_event_argument: [
        container(trigger=[custom_event()]),
        container(trigger=[trigger("PAGEVIEW", filter=[condition("EQUALS", "{{Event}}", "a")])]),
    ],
    unknown_type: [
        tags(html(), tag("cvt_1_2"), tag("twitter_website_tag"), tag("WEBHOOK")),
        container("SERVER", variable=[variable("ed"), variable("rh")]),
    ],
    empty_list: [container(), tags(html())],
    measurement_id_shape: [
        tags(event()),
        tags(tag("gaawe", text("measurementIdOverride", "{{Not here}}"))),
        tags(
            tag("gaawe", text("measurementIdOverride", "{{Measurement ID}}")),
            variable=[constant("G-AAAAAAAAAA")],
        ),
        tags(tag("gaawe", reference("measurementId", "GA4"))),
    ],
    parameter_missing: [
        tags(event(), html(), tag("brandnew")),
        tags(tag("gaawe", text("eventName", "a"), reference("measurementId", "GA4"))),
        variables(constant("")),
    ],
}

LOUD: dict[ContainerRule, list[Loud]] = {
    not_an_export: [
        ({}, (), "this is not a GTM container export"),
        ({"tagkit": 1, "macro_conversions": ["purchase"]}, (), "this is not a GTM container"),
        (container()[VERSION], (), "this is a container version as the REST API returns it"),
        ({"tag": [html()]}, (), "this is a container version as the REST API returns it"),
        (without(container(), "exportFormatVersion"), (), "'exportFormatVersion' is missing"),
    ],
    old_format: [
        (
            {**container(), "exportFormatVersion": 1.3, "exportTime": "2015-10-01 10:00:00"},
            ("exportFormatVersion",),
            "the file is in format 1.3 (of 2015), GTM writes 2 today",
        ),
        (
            {**container(), "exportFormatVersion": 1, "exportTime": None},
            ("exportFormatVersion",),
            "the file is in format 1, GTM writes 2 today",
        ),
    ],
    other_context: [
        (
            container("SERVER"),
            (VERSION, "container", "usageContext", 0),
            "this is a server container, not one for web pages",
        ),
        (
            container("AMP"),
            (VERSION, "container", "usageContext", 0),
            "this is a container for AMP pages",
        ),
    ],
    envelope_incomplete: [
        (
            {**container(), VERSION: without(container()[VERSION], "container")},
            (VERSION,),
            "the container version has no 'container', which every export has",
        ),
        (
            {**container(), VERSION: without(container()[VERSION], "accountId", "containerId")},
            (VERSION,),
            "the container version has no 'accountId' and no 'containerId'",
        ),
        (without(container(), "exportTime"), (), "the file has no 'exportTime'"),
        (
            {**container(), VERSION: without(container()[VERSION], "path")},
            (VERSION,),
            "the container version has no 'path'",
        ),
        (
            version(container=without(container()[VERSION]["container"], "usageContext")),
            (VERSION, "container"),
            "the block 'container' has no 'usageContext'",
        ),
    ],
    rest_api_spelling: [
        (
            tags(html(parameter=[API, API])),
            (VERSION, "tag", 0, "parameter", 0, "type"),
            "parameter type 'template' looks like the REST API's spelling (with 1 other word);",
        ),
        (
            tags(html(parameter=[{**API, "type": "tag_reference"}])),
            (VERSION, "tag", 0, "parameter", 0, "type"),
            "parameter type 'tag_reference' looks like",
        ),
        (
            container(trigger=[trigger("youTubeVideo")]),
            (VERSION, "trigger", 0, "type"),
            "trigger type 'youTubeVideo' looks like the REST API's spelling; the importer wants",
        ),
        (
            tags(html(tagFiringOption="oncePerEvent")),
            (VERSION, "tag", 0, "tagFiringOption"),
            "firing option 'oncePerEvent'",
        ),
        (
            tags(html(consentSettings={"consentStatus": "notSet"})),
            (VERSION, "tag", 0, "consentSettings", "consentStatus"),
            "consent status 'notSet'",
        ),
        (
            container(
                trigger=[trigger("PAGEVIEW", filter=[condition("cssSelector", "{{a}}", "")])]
            ),
            (VERSION, "trigger", 0, "filter", 0, "type"),
            "condition type 'cssSelector'",
        ),
        (
            container(builtInVariable=[built_in("pageUrl", "Page URL")]),
            (VERSION, "builtInVariable", 0, "type"),
            "built-in variable type 'pageUrl'",
        ),
        (
            container("web"),
            (VERSION, "container", "usageContext", 0),
            "usage context 'web'",
        ),
        (
            variables(variable("uv", formatValue={"caseConversionType": "lowercase"})),
            (VERSION, "variable", 0, "formatValue", "caseConversionType"),
            "case conversion 'lowercase'",
        ),
    ],
    account_id_not_a_number: [
        (
            masked("ACCOUNT_ID"),
            (VERSION, "accountId"),
            "accountId 'ACCOUNT_ID' is not a number (and so in 2 other places)",
        ),
        (masked("<<@ACCOUNT_ID>>"), (VERSION, "accountId"), "accountId '<<@ACCOUNT_ID>>' is not"),
        (masked("٣"), (VERSION, "accountId"), "accountId '٣' is not a number"),
        (masked(""), (VERSION, "accountId"), "accountId is empty (and so in 2 other places)"),
        (
            tags({**html(), "containerId": "server-container"}),
            (VERSION, "tag", 0, "containerId"),
            "containerId 'server-container' is not a number",
        ),
    ],
    misspelt_list: [
        (version(tags=[html()]), (VERSION, "tags"), "GTM does not read 'tags', so nothing in it"),
        (version(built_in_variables=[]), (VERSION, "built_in_variables"), "GTM does not read"),
    ],
    dangling_trigger: [
        (
            tags(ON_A),
            (VERSION, "tag", 0, "firingTriggerId", 0),
            "tag 'Tag' fires on trigger 20, which is not in the file",
        ),
        (
            tags(html(blockingTriggerId=["21"])),
            (VERSION, "tag", 0, "blockingTriggerId", 0),
            "tag 'Tag' is blocked by trigger 21, which is not in the file",
        ),
        (
            container(
                trigger=[
                    trigger(
                        "TRIGGER_GROUP",
                        parameter=[
                            table("triggerIds", {"type": "TRIGGER_REFERENCE", "value": "8"})
                        ],
                    )
                ]
            ),
            (VERSION, "trigger", 0, "parameter", 0, "list", 0, "value"),
            "trigger 'Trigger' waits for trigger 8, which is not in the file",
        ),
        (
            tags(html(firingTriggerId=["2147479554"])),
            (VERSION, "tag", 0, "firingTriggerId", 0),
            "tag 'Tag' fires on trigger 2147479554, which is not in the file and no built-in",
        ),
    ],
    dangling_folder: [
        (
            tags(html(parentFolderId="77"), folder=[folder()]),
            (VERSION, "tag", 0, "parentFolderId"),
            "tag 'Tag' lies in folder 77, which is not in the file",
        ),
        (
            variables(variable("uv", parentFolderId="2")),
            (VERSION, "variable", 0, "parentFolderId"),
            "variable 'Variable' lies in folder 2",
        ),
    ],
    dangling_tag: [
        (
            tags(html(setupTag=[{"tagName": "Base"}])),
            (VERSION, "tag", 0, "setupTag", 0, "tagName"),
            "tag 'Tag' runs after tag 'Base', which is not in the file",
        ),
        (
            tags(html(teardownTag=[{"tagName": "End"}])),
            (VERSION, "tag", 0, "teardownTag", 0, "tagName"),
            "tag 'Tag' runs before tag 'End', which is not in the file",
        ),
        (
            tags(tag("gaawe", reference("measurementId", "GA4"))),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "tag 'Tag' refers to tag 'GA4', which is not in the file",
        ),
    ],
    dangling_variable: [
        (
            tags(html(CODE_REFERENCE)),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "'{{Price}}', used in tag 'Tag', is no variable in the file",
        ),
        (
            tags(
                event(
                    table(
                        "eventSettingsTable",
                        row(parameter="a", parameterValue="{{X}}"),
                        row(parameter="b", parameterValue="{{X}}"),
                    )
                )
            ),
            (VERSION, "tag", 0, "parameter", 2, "list", 0, "map", 1, "value"),
            "'{{X}}', used in tag 'Tag' and in 1 other place, is no variable in the file",
        ),
        (
            container(trigger=[trigger("TIMER", interval={"type": "TEMPLATE", "value": "{{T}}"})]),
            (VERSION, "trigger", 0, "interval", "value"),
            "'{{T}}', used in trigger 'Trigger'",
        ),
        (
            tags(html("{{ Price }}"), variable=[variable("uv", name="Price")]),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "'{{ Price }}', used in tag 'Tag'",
        ),
        (
            variables(
                variable("uv", formatValue={"convertNullToValue": {"value": "{{N}}"}}),
            ),
            (VERSION, "variable", 0, "formatValue", "convertNullToValue", "value"),
            "'{{N}}', used in variable 'Variable'",
        ),
    ],
    built_in_not_listed: [
        (
            tags(html("{{Page URL}} {{Page URL}}")),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "'{{Page URL}}', used in tag 'Tag', is a built-in variable that the file does not",
        ),
        (
            container(
                "SERVER",
                trigger=[trigger("ALWAYS", filter=[condition("EQUALS", "{{Client Name}}", "")])],
            ),
            (VERSION, "trigger", 0, "filter", 0, "parameter", 0, "value"),
            "'{{Client Name}}', used in trigger 'Trigger', is a built-in variable",
        ),
    ],
    unknown_built_in: [
        (
            container(builtInVariable=[built_in("AD_STORAGE", "Ad Storage")]),
            (VERSION, "builtInVariable", 0, "type"),
            "GTM has no built-in variable 'AD_STORAGE'",
        ),
    ],
    custom_template_missing: [
        (
            tags(tag("cvt_5TP8W"), customTemplate=[TEMPLATE]),
            (VERSION, "tag", 0, "type"),
            "tag 'Tag' is made from the custom template 'cvt_5TP8W', which is not in the file",
        ),
        (
            variables(variable("cvt_200000001_6"), customTemplate=[TEMPLATE]),
            (VERSION, "variable", 0, "type"),
            "variable 'Variable' is made from the custom template 'cvt_200000001_6'",
        ),
    ],
    name_characters: [
        (
            tags(html(name="GA4: a")),
            (VERSION, "tag", 0, "name"),
            "tag 'GA4: a' has ':' in its name, which GTM does not allow",
        ),
        (
            variables(variable("uv", name="a{b}")),
            (VERSION, "variable", 0, "name"),
            "variable 'a{b}' has '{' in its name, which no export of GTM has",
        ),
    ],
    duplicate_name: [
        (
            variables(variable("uv", name="A"), variable("uv", name="A", variableId="31")),
            (VERSION, "variable", 1, "name"),
            "there are two variables with the name 'A'",
        ),
        (
            variables(variable("u", name="Page URL"), builtInVariable=[built_in("PAGE_URL", "")]),
            (VERSION, "variable", 0, "name"),
            "variable 'Page URL' has the name of an enabled built-in variable",
        ),
    ],
    duplicate_id: [
        (
            tags(html(name="A"), html(name="B")),
            (VERSION, "tag", 1, "tagId"),
            "tag 'B' has the id 10, as has 'A'",
        ),
    ],
    consent_without_types: [
        (
            needed(),
            (VERSION, "tag", 0, "consentSettings"),
            "tag 'Tag' needs consent, but names no consent type",
        ),
        (
            needed(consentType={"type": "LIST"}),
            (VERSION, "tag", 0, "consentSettings", "consentType"),
            "tag 'Tag' needs consent, but names no consent type",
        ),
    ],
    measurement_id_twice: [
        (
            tags(event(reference("measurementId", "GA4"))),
            (VERSION, "tag", 0, "parameter", 2, "value"),
            "tag 'Tag' has both 'measurementId' ('GA4') and 'measurementIdOverride'",
        ),
    ],
    constant_empty: [
        (
            variables(constant("", name="Pixel ID")),
            (VERSION, "variable", 0, "parameter", 0, "value"),
            "variable 'Pixel ID' is a constant without a value",
        ),
        (
            variables(variable("c", {"type": "TEMPLATE", "key": "value"})),
            (VERSION, "variable", 0, "parameter", 0),
            "variable 'Variable' is a constant without a value",
        ),
    ],
    conversion_id_prefix: [
        (
            tags(tag("awct", text("conversionId", "AW-123456789"))),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "tag 'Tag' has the conversion ID 'AW-123456789'; it is the number alone",
        ),
    ],
    custom_event_argument: [
        (
            container(
                trigger=[custom_event(customEventFilter=[condition("EQUALS", "{{Event}}", "a")])]
            ),
            (VERSION, "trigger", 0, "customEventFilter", 0, "parameter", 0, "value"),
            "trigger 'Trigger' tests '{{Event}}' where GTM tests the event's name",
        ),
    ],
    unknown_type: [
        (
            tags(tag("capi"), tag("capi", tagId="11")),
            (VERSION, "tag", 0, "type"),
            "tag 'Tag' is of type 'capi', which tagkit does not know",
        ),
    ],
    empty_list: [
        (container(folder=[]), (VERSION, "folder"), "'folder' is an empty list; GTM leaves it out"),
        (
            tags(html(blockingTriggerId=[])),
            (VERSION, "tag", 0, "blockingTriggerId"),
            "tag 'Tag' has an empty 'blockingTriggerId'",
        ),
        (
            tags(event(table("eventSettingsTable"))),
            (VERSION, "tag", 0, "parameter", 2, "list"),
            "'eventSettingsTable' of tag 'Tag' is an empty list",
        ),
    ],
    measurement_id_shape: [
        (
            tags(tag("gaawe", text("measurementIdOverride", "GTM-ABC"))),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "'GTM-ABC' is no measurement ID, so tag 'Tag' will send nothing",
        ),
        (
            tags(
                tag("gaawe", text("measurementIdOverride", "{{Measurement ID}}")),
                tag("gaawe", text("measurementIdOverride", "{{Measurement ID}}"), tagId="11"),
                variable=[constant("VALUE_HERE")],
            ),
            (VERSION, "variable", 0, "parameter", 0, "value"),
            "'VALUE_HERE' is no measurement ID, so tag 'Tag' and 1 other tag will send nothing",
        ),
    ],
    parameter_missing: [
        (
            tags(tag("gaawe")),
            (VERSION, "tag", 0, "parameter"),
            (
                "tag 'Tag' (Google Analytics: GA4 Event) has no 'eventName' and no "
                "'measurementIdOverride'"
            ),
        ),
        (
            tags(without(tag("html"), "parameter")),
            (VERSION, "tag", 0),
            "tag 'Tag' (Custom HTML) has no 'html'",
        ),
        (
            tags(event(event_name="")),
            (VERSION, "tag", 0, "parameter", 0, "value"),
            "'eventName' of tag 'Tag' (Google Analytics: GA4 Event) is empty",
        ),
        (
            container(trigger=[trigger("TRIGGER_GROUP", parameter=[table("triggerIds")])]),
            (VERSION, "trigger", 0, "parameter", 0),
            "'triggerIds' of trigger 'Trigger' (Trigger Group) is empty",
        ),
    ],
}
