from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import pytest
from gtm_samples import (
    IDS,
    built_in,
    condition,
    container,
    custom_event,
    event,
    flag,
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

from tagkit.gtm import schema
from tagkit.resources import SCHEMAS

if TYPE_CHECKING:
    from tagkit.diagnostics import Route

FILE = SCHEMAS / "gtm-container.schema.json"
SCHEMA = json.loads(FILE.read_text(encoding="utf-8"))
THOROUGH = jsonschema.Draft202012Validator(SCHEMA)
QUICK = jsonschema_rs.Draft202012Validator(SCHEMA)
Data = dict[str, Any]

PARAMETER = ("tag", 0, "parameter")
BASE = (text("eventName", "a"), text("measurementIdOverride", "G-A"))


def tags(*found: Data) -> Data:
    return container(tag=list(found))


def triggers(*found: Data) -> Data:
    return container(trigger=list(found))


def variables(*found: Data) -> Data:
    return container(variable=list(found))


FITS = {
    "nothing but the envelope": container(),
    "an AMP container": container("AMP"),
    "a container of 2015": {
        **container(folder=[folder()]),
        "exportFormatVersion": 1.3,
    },
    "a tag type of next year": tags(tag("brandnew", text("anything", "x"))),
    "a vendor tag with a capital letter": tags(tag("k50Init", text("siteId", "1"))),
    "a custom template": tags(tag("cvt_200000001_5", table("rows", row(a="1", b="2")))),
    "a parameter of next year": tags(event(table("brandNewTable", row(column="1")))),
    "a key of next year": tags(event(futureKey={"any": ["shape"]})),
    "a column of next year": tags(
        event(table("eventSettingsTable", row(parameter="a", parameterValue="1", scope="hit")))
    ),
    "a value that is left out": tags(event({"type": "TEMPLATE", "key": "userDataVariable"})),
    "a list that is left out": tags(event({"type": "LIST", "key": "eventSettingsTable"})),
    "a row that is left out": tags(event(table("eventSettingsTable", {"type": "MAP"}))),
    "a flag that is a variable": tags(event(text("sendEcommerceData", "{{Flag}}"))),
    "a flag as variable": tags(event(flag("sendEcommerceData", "{{Flag}}"))),
    "the old way to name a destination": tags(
        tag(
            "gaawe",
            text("eventName", "a"),
            {"type": "TAG_REFERENCE", "key": "measurementId", "value": "GA4"},
        )
    ),
    "rows of an old GA4 event": tags(event(table("eventParameters", row(name="a", value="1")))),
    "consent": tags(
        html(
            consentSettings={
                "consentStatus": "NEEDED",
                "consentType": {
                    "type": "LIST",
                    "list": [{"type": "TEMPLATE", "value": "ad_storage"}],
                },
            }
        )
    ),
    "setup, teardown, priority, paused": tags(
        html(
            setupTag=[{"tagName": "A", "stopOnSetupFailure": True}],
            teardownTag=[{"tagName": "B"}],
            priority={"type": "INTEGER", "value": "10"},
            paused=True,
            monitoringMetadata={"type": "MAP"},
        )
    ),
    "a link click": triggers(
        trigger(
            "LINK_CLICK",
            filter=[condition("CONTAINS", "{{Click URL}}", "tel:", flag("negate"))],
            waitForTags={"type": "BOOLEAN", "value": "false"},
            waitForTagsTimeout={"type": "TEMPLATE", "value": "2000"},
            uniqueTriggerId={"type": "TEMPLATE"},
        )
    ),
    "a trigger group": triggers(
        trigger(
            "TRIGGER_GROUP",
            parameter=[table("triggerIds", {"type": "TRIGGER_REFERENCE", "value": "7"})],
        )
    ),
    "a custom event": triggers(custom_event()),
    "a lookup table without rows": variables(
        variable("smm", flag("setDefaultValue"), text("input", "{{Event}}"))
    ),
    "a variable without parameters": variables(without(variable("uv"), "parameter")),
    "a client": container(
        "SERVER",
        client=[{**IDS, "clientId": "1", "name": "GA4", "type": "gaaw_client", "priority": 100}],
    ),
    "a built-in variable of next year": container(builtInVariable=[built_in("NEW_ONE", "New")]),
}

FAILS: dict[str, tuple[Data, Route]] = {
    "no envelope": (without(container(), "containerVersion"), ()),
    "no container block": (
        {**container(), "containerVersion": without(container()["containerVersion"], "container")},
        ("containerVersion",),
    ),
    "an id as number": (tags(html(tagId=10)), ("tag", 0, "tagId")),
    "an id as word": (triggers(custom_event(triggerId="one")), ("trigger", 0, "triggerId")),
    "a firing trigger as number": (
        tags(html(firingTriggerId=[7])),
        ("tag", 0, "firingTriggerId", 0),
    ),
    "a tag without type": (tags(without(html(), "type")), ("tag", 0)),
    "a type in capitals": (tags(tag("META_CONVERSION")), ("tag", 0, "type")),
    "a list that is a mapping": (container(tag={}), ("tag",)),
    "a parameter type in lower case": (
        tags(html(parameter=[{"type": "template", "key": "html", "value": "x"}])),
        (*PARAMETER, 0, "type"),
    ),
    "a parameter without key": (
        tags(event({"type": "TEMPLATE", "value": "x"})),
        (*PARAMETER, 2),
    ),
    "a flag as JSON boolean": (
        tags(event({"type": "BOOLEAN", "key": "sendEcommerceData", "value": True})),
        (*PARAMETER, 2, "value"),
    ),
    "a flag that is neither": (
        tags(event(flag("sendEcommerceData", "yes"))),
        (*PARAMETER, 2, "value"),
    ),
    "a number that is none": (
        variables(
            variable(
                "v", text("name", "a"), {"type": "INTEGER", "key": "dataLayerVersion", "value": "v"}
            )
        ),
        ("variable", 0, "parameter", 1, "value"),
    ),
    "an unknown firing option": (
        tags(html(tagFiringOption="ONCE_PER_PAGE")),
        ("tag", 0, "tagFiringOption"),
    ),
    "an unknown consent status": (
        tags(html(consentSettings={"consentStatus": "REQUIRED"})),
        ("tag", 0, "consentSettings", "consentStatus"),
    ),
    "consent without types": (
        tags(html(consentSettings={"consentStatus": "NEEDED"})),
        ("tag", 0, "consentSettings"),
    ),
    "an event without a name": (tags(tag("gaawe", BASE[1])), PARAMETER),
    "an event that goes nowhere": (tags(tag("gaawe", BASE[0])), PARAMETER),
    "an event without parameters": (tags(without(tag("gaawe"), "parameter")), ("tag", 0)),
    "a table that is text": (
        tags(event(text("eventSettingsTable", "x"))),
        (*PARAMETER, 2, "type"),
    ),
    "a text that is a table": (tags(tag("html", table("html"))), (*PARAMETER, 0, "type")),
    "the wrong row keys": (
        tags(event(table("eventSettingsTable", row(parameter="a", value="1")))),
        (*PARAMETER, 2, "list", 0, "map", 1, "key"),
    ),
    "a row that is text": (
        tags(event(table("eventSettingsTable", text("parameter", "a")))),
        (*PARAMETER, 2, "list", 0, "type"),
    ),
    "the wrong row keys of a lookup table": (
        variables(
            variable("smm", text("input", "{{Event}}"), table("map", row(parameter="a", value="b")))
        ),
        ("variable", 0, "parameter", 1, "list", 0, "map", 0, "key"),
    ),
    "an unknown trigger type": (triggers(trigger("FORM_SUBMIT")), ("trigger", 0, "type")),
    "a custom event without condition": (triggers(trigger("CUSTOM_EVENT")), ("trigger", 0)),
    "a custom event with two conditions": (
        triggers(custom_event(customEventFilter=[condition("EQUALS", "{{_event}}", "a")] * 2)),
        ("trigger", 0, "customEventFilter"),
    ),
    "an unknown condition": (
        triggers(trigger("PAGEVIEW", filter=[condition("NOT_EQUALS", "{{Event}}", "a")])),
        ("trigger", 0, "filter", 0, "type"),
    ),
    "a condition on a text": (
        triggers(trigger("PAGEVIEW", filter=[condition("EQUALS", "Page Path", "/")])),
        ("trigger", 0, "filter", 0, "parameter", 0, "value"),
    ),
    "a condition without a right side": (
        triggers(
            trigger(
                "PAGEVIEW", filter=[{"type": "EQUALS", "parameter": [text("arg0", "{{Event}}")]}]
            )
        ),
        ("trigger", 0, "filter", 0, "parameter"),
    ),
    "a field that is text": (
        triggers(trigger("LINK_CLICK", uniqueTriggerId="305")),
        ("trigger", 0, "uniqueTriggerId"),
    ),
    "a group of texts": (
        triggers(
            trigger(
                "TRIGGER_GROUP",
                parameter=[table("triggerIds", {"type": "TEMPLATE", "value": "7"})],
            )
        ),
        ("trigger", 0, "parameter", 0, "list", 0, "type"),
    ),
    "a timer without interval": (triggers(trigger("TIMER")), ("trigger", 0)),
    "a folder without name": (container(folder=[without(folder(), "name")]), ("folder", 0)),
    "a template without text": (
        container(customTemplate=[{**IDS, "templateId": "1", "name": "T"}]),
        ("customTemplate", 0),
    ),
}


def test_the_file_is_the_one_that_is_generated() -> None:
    assert FILE.read_text(encoding="utf-8") == schema.text()


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("data", FITS.values(), ids=FITS)
def test_fits(data: Data) -> None:
    assert [(list(e.absolute_path), e.message) for e in THOROUGH.iter_errors(data)] == []
    assert QUICK.is_valid(data)


@pytest.mark.parametrize(("data", "route"), FAILS.values(), ids=FAILS)
def test_fails_in_one_place(data: Data, route: Route) -> None:
    found = {tuple(error.absolute_path) for error in THOROUGH.iter_errors(data)}
    start: Route = () if route[:1] in {(), ("containerVersion",)} else ("containerVersion",)
    assert found == {(*start, *route)}
    assert not QUICK.is_valid(data)


def test_there_is_no_one_of() -> None:
    assert '"oneOf"' not in schema.text()
