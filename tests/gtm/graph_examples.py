"""Containers for the rules of how entities refer to each other."""

from __future__ import annotations

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
    tag,
    text,
    trigger,
    variable,
    without,
)
from rule_examples import TEMPLATE, VERSION, constant, reference, tags, variables

from tagkit.gtm.rules import (
    ContainerRule,
    blocked_by_own_trigger,
    circular_reference,
    container_size,
    duplicate_content,
    paused_tag,
    second_setup_tag,
    similar_name,
    tag_without_trigger,
    unused_folder,
    unused_template,
    unused_trigger,
    unused_variable,
)

if TYPE_CHECKING:
    from rule_examples import Loud

Data = dict[str, Any]


def layer(name: str, key: str = "page.type", **more: object) -> Data:
    return variable("v", text("name", key), name=name, **more)


def script(name: str, code: str, **more: object) -> Data:
    return variable("jsm", text("javascript", code), name=name, **more)


def runs(name: str, *before: str, **more: object) -> Data:
    """A tag with setup tags."""
    return html(name=name, setupTag=[{"tagName": one} for one in before], **more)


def waiting(*ids: str) -> Data:
    return {
        "type": "LIST",
        "key": "triggerIds",
        "list": [{"type": "TRIGGER_REFERENCE", "value": one} for one in ids],
    }


def group(trigger_id: str, name: str, *members: str) -> Data:
    return trigger("TRIGGER_GROUP", name, triggerId=trigger_id, parameter=[waiting(*members)])


def without_triggers(data: Data) -> Data:
    return without(data, "firingTriggerId")


def template_data(code: str) -> Data:
    said = f"___INFO___\n{{}}\n\n___SANDBOXED_JS_FOR_WEB_TEMPLATE___\n\n{code}\n\n___NOTES___\n\nx"
    return {**TEMPLATE, "templateData": said}


USED, UNUSED = layer("Used"), layer("Unused", "b")
STOPPED = {"tagName": "Base", "stopOnSetupFailure": True}
SALE = event(event_name="purchase", name="Sale", firingTriggerId=["20"])
SALE_AGAIN = {**SALE, "name": "Sale, copy", "tagId": "11", "notes": "x", "priority": text("", "5")}
OTHER_EVENT = custom_event("other", triggerId="21", name="Other")
SAME_EVENT = custom_event(triggerId="21", name="Same")
LONG = "x" * 170_000
COPY = layer("B")
COUNTED = condition("EQUALS", "{{Used}}", "1")

SILENT: dict[ContainerRule, list[Data]] = {
    unused_variable: [
        tags(html("{{Used}}"), variable=[USED]),
        # In the file of a recipe they are the product.
        variables(USED, UNUSED),
        tags(html(), variable=[USED, UNUSED]),
        # By another variable, a condition, a template's default, a format, a transformation.
        tags(html("{{Used}}"), variable=[USED, {**UNUSED, "name": "b"}, script("Used", "{{b}}")]),
        tags(html(), variable=[USED], trigger=[custom_event(filter=[COUNTED])]),
        tags(html(), variable=[USED], customTemplate=[template_data('"{{Used}}"')]),
        tags(
            html("{{A}}"),
            variable=[layer("A", formatValue={"convertNullToValue": text("", "{{Used}}")}), USED],
        ),
        container(
            "SERVER",
            tag=[tag("sgtmgaaw")],
            variable=[USED, UNUSED],
            transformation=[
                {
                    **IDS,
                    "transformationId": "1",
                    "name": "T",
                    "type": "tf_allow_params",
                    "parameter": [text("a", "{{Used}} {{Unused}}")],
                }
            ],
        ),
        # dangling-variable says what was meant.
        tags(html("{{Used}} {{ unused }}"), variable=[USED, UNUSED]),
        # To be filled in, or to be read by the app.
        tags(html("{{Used}}"), variable=[USED, constant("x", "Pixel ID")]),
        container("ANDROID", tag=[html("{{Used}}")], variable=[USED, UNUSED]),
    ],
    unused_trigger: [
        tags(SALE, trigger=[custom_event()]),
        tags(html(), trigger=[custom_event()]),
        container(trigger=[custom_event(), OTHER_EVENT]),
        tags(
            html(firingTriggerId=[20], blockingTriggerId=["21"]),
            trigger=[custom_event(), OTHER_EVENT],
        ),
        tags(
            html(firingTriggerId=["22"]),
            trigger=[custom_event(), OTHER_EVENT, group("22", "Both", "20", "21")],
        ),
        tags(
            SALE,
            trigger=[custom_event(), OTHER_EVENT],
            zone=[{"zoneId": "1", "boundary": {"customEvaluationTriggerId": ["21"]}}],
        ),
    ],
    tag_without_trigger: [
        tags(html()),
        tags(runs("Main", "Base"), without_triggers(html(name="Base"))),
        tags(
            html(name="Main", teardownTag=[{"tagName": "End"}]), without_triggers(html(name="End"))
        ),
        tags(without_triggers(html(paused=True))),
        # Its settings are used by name.
        tags(
            tag("gaawe", reference("measurementId", "Configuration")),
            without_triggers(tag("gaawc", name="Configuration")),
        ),
        # The schema's to say.
        tags(html(firingTriggerId="20")),
        container("IOS", tag=[without_triggers(html())]),
        container(variable=[USED]),
    ],
    paused_tag: [
        tags(html()),
        tags(html(paused=False)),
        tags(html(paused=True, notes="Until the shop has a consent banner.")),
        # It need not succeed.
        tags(html(name="Base", paused=True, notes="x"), runs("Main", "Base")),
        # It is not the first, so it is not run at all.
        tags(
            html(name="Base", paused=True, notes="x"),
            html(name="Other"),
            html(name="Main", setupTag=[{"tagName": "Other"}, STOPPED]),
        ),
        tags(
            html(name="Base", paused=True, notes="x"),
            html(name="Main", paused=True, notes="x", setupTag=[STOPPED]),
        ),
    ],
    circular_reference: [
        variables(layer("A", "{{B}}"), layer("B", "{{C}}"), layer("C")),
        # Two ways to one place are no circle.
        variables(layer("A", "{{B}}{{C}}"), layer("B", "{{D}}"), layer("C", "{{D}}"), layer("D")),
        variables(script("A", "function() {\n  // {{A}} was too long\n  /* {{A}} */ return 1; }")),
        variables(layer("A", "{{a}}")),
        tags(html("{{A}}"), variable=[layer("A")]),
        tags(runs("A", "B"), runs("B", "C", tagId="11"), html(name="C", tagId="12")),
        # First and afterwards is said from both sides.
        tags(runs("A", "B"), html(name="B", tagId="11", teardownTag=[{"tagName": "A"}])),
        # One member, or one twice: once per page, or at the second time.
        container(trigger=[group("22", "Group", "20", "20"), custom_event()]),
    ],
    unused_folder: [
        tags(html(parentFolderId="1"), folder=[folder()]),
        container(variable=[layer("A", parentFolderId=1)], folder=[folder()]),
        container(
            "SERVER", client=[{**IDS, "clientId": "1", "parentFolderId": "1"}], folder=[folder()]
        ),
    ],
    unused_template: [
        tags(tag("cvt_200000001_5"), customTemplate=[TEMPLATE]),
        tags(html(), variable=[variable("cvt_200000001_5")], customTemplate=[TEMPLATE]),
        tags(
            tag("cvt_AB12C"),
            customTemplate=[{**TEMPLATE, "galleryReference": {"galleryTemplateId": "AB12C"}}],
        ),
        container(
            "SERVER",
            tag=[html()],
            client=[{**IDS, "clientId": "1", "type": "cvt_1_5"}],
            customTemplate=[TEMPLATE],
        ),
        container(customTemplate=[TEMPLATE]),
    ],
    duplicate_content: [
        tags(SALE),
        tags(
            SALE, {**SALE_AGAIN, "firingTriggerId": ["21"]}, trigger=[custom_event(), OTHER_EVENT]
        ),
        tags(SALE, {**SALE_AGAIN, "paused": True}),
        tags(SALE, event(event_name="refund", firingTriggerId=["20"])),
        # Never both: one is blocked where the other is not.
        tags(SALE, {**SALE_AGAIN, "blockingTriggerId": ["21"]}),
        tags(SALE, {**SALE_AGAIN, "consentSettings": {"consentStatus": "NOT_NEEDED"}}),
        tags(SALE, {**SALE_AGAIN, "scheduleStartMs": "1700000000000"}),
        # Run before other tags, on their triggers.
        tags(without_triggers(SALE), without_triggers(SALE_AGAIN)),
        tags({**SALE, "parameter": {}}, {**SALE_AGAIN, "parameter": [[]], "type": ""}),
        variables(constant("G-A", "A"), constant("G-A", "B")),
        variables(layer("A", "a"), layer("B", "b")),
        variables(layer("A"), layer("B", formatValue={"caseConversionType": "LOWERCASE"})),
        variables(layer("A"), layer("B", formatValue={"convertNullToValue": text("", "x")})),
        # A trigger for each conversion is a way to work.
        container(trigger=[custom_event(), SAME_EVENT]),
    ],
    similar_name: [
        variables(layer("Price"), layer("Prices")),
        variables(layer("Full URL")),
        # duplicate-name says it.
        variables(layer("Price"), layer("Price")),
        container(variable=[layer("Page URL")], builtInVariable=[built_in("PAGE_URL", "Page URL")]),
        container("SERVER", variable=[layer("page url")]),
        variables(layer(""), layer("")),
    ],
    second_setup_tag: [
        tags(runs("Main", "Base"), html(name="Base")),
        tags(html(setupTag=[{"tagName": "A"}], teardownTag=[{"tagName": "B"}])),
        tags(html(setupTag=[])),
    ],
    container_size: [
        tags(html(LONG[:160_000])),
        tags(html(LONG, paused=True)),
        # Nothing uses it, so it is not in the code of the site.
        tags(html(), variable=[script("A", LONG)]),
        tags(html(notes=LONG)),
        tags(tag("cvt_1_5"), customTemplate=[template_data(f"// {LONG}\nlog();")]),
        container("SERVER", tag=[html(LONG)]),
    ],
    blocked_by_own_trigger: [
        tags(html(firingTriggerId=["20"], blockingTriggerId=["21"])),
        tags(html(blockingTriggerId=[])),
        tags(html(firingTriggerId=[""], blockingTriggerId=[""])),
        tags(html(firingTriggerId=["20"]), html(blockingTriggerId=["20"])),
    ],
}

LOUD: dict[ContainerRule, list[Loud]] = {
    unused_variable: [
        (
            tags(html("{{Used}}"), variable=[USED, UNUSED]),
            (VERSION, "variable", 1, "name"),
            "nothing in the file uses variable 'Unused'",
        ),
        (
            tags(html("{{Used}}"), variable=[USED, UNUSED, script("Self", "{{Self}}")]),
            (VERSION, "variable", 1, "name"),
            "nothing in the file uses 2 variables: 'Unused', 'Self'",
        ),
        (
            container("SERVER", tag=[html("{{Used}}")], variable=[UNUSED, USED]),
            (VERSION, "variable", 0, "name"),
            "nothing in the file uses variable 'Unused'",
        ),
    ],
    unused_trigger: [
        (
            tags(SALE, trigger=[custom_event(), OTHER_EVENT]),
            (VERSION, "trigger", 1, "name"),
            "no tag fires on or is blocked by trigger 'Other'",
        ),
        (
            tags(SALE, trigger=[custom_event(triggerId="22"), custom_event(), OTHER_EVENT]),
            (VERSION, "trigger", 0, "name"),
            "no tag fires on or is blocked by 2 triggers: 'Trigger', 'Other'",
        ),
    ],
    tag_without_trigger: [
        (
            tags(html(), without_triggers(html(name="Idle"))),
            (VERSION, "tag", 1, "name"),
            "tag 'Idle' has no trigger, so it never fires",
        ),
        (
            tags(html(firingTriggerId=[])),
            (VERSION, "tag", 0, "name"),
            "tag 'Tag' has no trigger",
        ),
        (
            tags(*[without_triggers(html(name=name)) for name in "ABC"]),
            (VERSION, "tag", 0, "name"),
            "tag 'A' and 2 other tags have no trigger",
        ),
        # What a transformation is for does not make it fire.
        (
            container(
                "SERVER",
                tag=[without_triggers(html(name="A"))],
                transformation=[
                    {**IDS, "transformationId": "1", "parameter": [reference("", "A")]}
                ],
            ),
            (VERSION, "tag", 0, "name"),
            "tag 'A' has no trigger",
        ),
    ],
    paused_tag: [
        (
            tags(html(), html(name="Old", paused=True)),
            (VERSION, "tag", 1, "paused"),
            "paused, so it does not fire: tag 'Old'",
        ),
        (
            tags(*[html(name=name, paused=True) for name in "AB"]),
            (VERSION, "tag", 0, "paused"),
            "paused, so it does not fire: 2 tags: 'A', 'B'",
        ),
        (
            tags(html(name="Base", paused=True, notes="x"), html(name="Main", setupTag=[STOPPED])),
            (VERSION, "tag", 1, "setupTag", 0, "tagName"),
            "tag 'Main' never fires: it waits for 'Base' to succeed, which is paused",
        ),
    ],
    circular_reference: [
        (
            variables(layer("A", "{{A}}")),
            (VERSION, "variable", 0, "parameter", 0, "value"),
            "variable 'A' refers to itself, where it is undefined",
        ),
        (
            variables(layer("Z", "{{A}}"), layer("A", "{{B}}"), script("B", "return {{A}}")),
            (VERSION, "variable", 1, "parameter", 0, "value"),
            "variable 'A' refers to itself ('A' -> 'B' -> 'A'), where it is undefined",
        ),
        (
            variables(*[layer(str(n), f"{{{{{(n + 1) % 300}}}}}") for n in range(300)]),
            (VERSION, "variable", 0, "parameter", 0, "value"),
            "variable '0' refers to itself ('0' -> '1' -> '2' -> '3' -> '4' -> … -> '0'), where",
        ),
        # What is in a string is no comment.
        (
            variables(script("A", "return 'https://x.example/' + {{A}}")),
            (VERSION, "variable", 0, "parameter", 0, "value"),
            "variable 'A' refers to itself",
        ),
        (
            container(trigger=[group("22", "One", "23"), group("23", "Two", "20", "22")]),
            (VERSION, "trigger", 0, "parameter", 0, "list", 0, "value"),
            "trigger group 'One' waits for itself ('One' -> 'Two' -> 'One'), so it never fires",
        ),
        (
            tags(runs("A", "A")),
            (VERSION, "tag", 0, "setupTag", 0, "tagName"),
            "tag 'A' leads to itself by 'setupTag', so there is no order",
        ),
        (
            tags(*[html(name=a, teardownTag=[{"tagName": b}]) for a, b in ("AB", "BC", "CA")]),
            (VERSION, "tag", 0, "teardownTag", 0, "tagName"),
            "tag 'A' leads to itself ('A' -> 'B' -> 'C' -> 'A') by 'teardownTag'",
        ),
    ],
    unused_folder: [
        (
            tags(html(), folder=[folder()]),
            (VERSION, "folder", 0, "name"),
            "nothing lies in folder 'Folder'",
        ),
        (
            tags(
                html(parentFolderId="1"),
                folder=[folder(), *(folder(folderId=i, name=i) for i in "23")],
            ),
            (VERSION, "folder", 1, "name"),
            "nothing lies in 2 folders: '2', '3'",
        ),
    ],
    unused_template: [
        (
            tags(html(), customTemplate=[TEMPLATE]),
            (VERSION, "customTemplate", 0, "name"),
            "nothing is made from custom template 'Pixel'",
        ),
        (
            tags(tag("cvt_1_5"), customTemplate=[TEMPLATE, {**TEMPLATE, "templateId": "6"}]),
            (VERSION, "customTemplate", 1, "name"),
            "nothing is made from custom template 'Pixel'",
        ),
    ],
    duplicate_content: [
        (
            tags(SALE, SALE_AGAIN),
            (VERSION, "tag", 1, "name"),
            "tag 'Sale, copy' does what 'Sale' does, on the same trigger, so it is done twice",
        ),
        # The order of parameters does not matter; one shared trigger is enough.
        (
            tags(
                SALE,
                {**SALE_AGAIN, "parameter": SALE["parameter"][::-1], "firingTriggerId": ["21", 20]},
            ),
            (VERSION, "tag", 1, "name"),
            "tag 'Sale, copy' does what 'Sale' does",
        ),
        # Two triggers with one meaning.
        (
            tags(
                SALE,
                {**SALE_AGAIN, "firingTriggerId": ["21"]},
                trigger=[custom_event(), SAME_EVENT],
            ),
            (VERSION, "tag", 1, "name"),
            "tag 'Sale, copy' does what 'Sale' does",
        ),
        (
            variables(layer("A"), layer("B"), layer("C", "c")),
            (VERSION, "variable", 1, "name"),
            "variables 'A' and 'B' have the same settings",
        ),
        (
            variables(*[layer(name) for name in "ABCDEFG"]),
            (VERSION, "variable", 1, "name"),
            "variables 'A', 'B', 'C', 'D' and 3 others have the same settings",
        ),
    ],
    similar_name: [
        (
            variables(layer("Price"), layer("price ")),
            (VERSION, "variable", 1, "name"),
            "variable 'price ' differs from 'Price' only in case or blanks",
        ),
        (
            container(
                variable=[layer("Page Url")], builtInVariable=[built_in("PAGE_URL", "Page URL")]
            ),
            (VERSION, "variable", 0, "name"),
            "variable 'Page Url' nearly has the name of the built-in variable 'Page URL'",
        ),
        (
            variables(layer("Random Number")),
            (VERSION, "variable", 0, "name"),
            "variable 'Random Number' has the name of the built-in variable 'Random Number'",
        ),
    ],
    second_setup_tag: [
        (
            tags(runs("Main", "A", "B")),
            (VERSION, "tag", 0, "setupTag", 1),
            "of the tags to run before tag 'Main' GTM runs the first, 'A', and not 'B'",
        ),
        (
            tags(html(name="Main", teardownTag=[{"tagName": one} for one in "ABC"])),
            (VERSION, "tag", 0, "teardownTag", 1),
            "of the tags to run after tag 'Main' GTM runs the first, 'A', and not 'B', 'C'",
        ),
    ],
    container_size: [
        (
            tags(html(LONG)),
            (VERSION,),
            "the container has about 166 KB; GTM publishes at most 200 KB",
        ),
        (
            tags(html(LONG, name="A"), html("{{B}}", name="C"), variable=[script("B", LONG)]),
            (VERSION,),
            "the container has about 332 KB",
        ),
        (
            tags(tag("cvt_1_5"), customTemplate=[template_data(f"log('{LONG}');")]),
            (VERSION,),
            "the container has about 166 KB",
        ),
    ],
    blocked_by_own_trigger: [
        (
            tags(
                html(firingTriggerId=["20"], blockingTriggerId=["21", "20"]),
                trigger=[custom_event()],
            ),
            (VERSION, "tag", 0, "blockingTriggerId", 1),
            "tag 'Tag' fires on 'Trigger' and is blocked by it, so it never fires",
        ),
        (
            tags(html(firingTriggerId=["2147479553", 20], blockingTriggerId=["2147479553"])),
            (VERSION, "tag", 0, "blockingTriggerId", 0),
            "tag 'Tag' fires on 'All Pages' and is blocked by it, so it never fires on it",
        ),
    ],
}
