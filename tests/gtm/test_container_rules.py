"""Each rule on the containers of ``rule_examples``, and rules and schema together."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ga4_examples
import graph_examples
import meta_examples
import pytest
import real_examples
import rule_examples
import runtime_examples
from gtm_samples import (
    built_in,
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
from rule_examples import API, TEMPLATE, VERSION, constant, masked, needed, tags

from tagkit.diagnostics import Finding, Findings, Rule, Severity
from tagkit.gtm.check import check_container, readable, unsaid
from tagkit.gtm.container import container_of, is_container
from tagkit.gtm.rules import (
    CONTAINER_RULES,
    ContainerRule,
    circular_reference,
    container_size,
    dangling_trigger,
    dangling_variable,
    rest_api_spelling,
)
from tagkit.schema import SchemaName, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rule_examples import Loud

Data = dict[str, Any]
FAMILIES = (
    rule_examples,
    graph_examples,
    runtime_examples,
    ga4_examples,
    meta_examples,
    real_examples,
)


def merged(name: str) -> dict[ContainerRule, list[Any]]:
    found: dict[ContainerRule, list[Any]] = {}
    for family in FAMILIES:
        for rule, cases in getattr(family, name).items():
            found.setdefault(rule, []).extend(cases)
    return found


SILENT = merged("SILENT")
LOUD = merged("LOUD")


def named(cases: dict[ContainerRule, list[Any]]) -> list[Any]:
    return [
        pytest.param(rule, example, id=f"{rule.RULE.name}-{number}")
        for rule, examples in cases.items()
        for number, example in enumerate(examples)
    ]


@pytest.mark.parametrize(("rule", "data"), named(SILENT))
def test_silent(rule: ContainerRule, data: Data) -> None:
    assert list(rule.check(container_of(data))) == []


@pytest.mark.parametrize(("rule", "example"), named(LOUD))
def test_loud(rule: ContainerRule, example: Loud) -> None:
    data, route, message = example
    [finding] = rule.check(container_of(data))
    assert (finding.rule, finding.route) == (rule.RULE, route)
    assert finding.message.startswith(message)


@pytest.mark.parametrize("rule", CONTAINER_RULES, ids=lambda rule: rule.RULE.name)
def test_each_rule_has_a_page_and_examples(rule: ContainerRule) -> None:
    page = rule.__doc__ or ""
    assert all(part in page for part in ("Before::", "After::", "Source: "))
    assert rule.RULE.name.replace("-", "_") == rule.__name__.rsplit(".", 1)[-1]
    assert SILENT[rule]
    assert LOUD[rule]


def test_no_rule_is_left_out() -> None:
    folder_of_rules = Path(str(rest_api_spelling.__file__)).parent
    files = {path.stem for path in folder_of_rules.glob("*.py")} - {"__init__"}
    assert files == {rule.__name__.rsplit(".", 1)[-1] for rule in CONTAINER_RULES}


def test_codes_are_unique() -> None:
    codes = [rule.RULE.code for rule in CONTAINER_RULES]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("TK4") for code in codes)


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (container(), True),
        (container()[VERSION], True),
        ({"tag": [html()]}, True),
        ({"containerVersion": {}}, True),
        ({"tagkit": 1, "containerVersion": {}}, False),
        ({"business": {"name": "Shop"}, "tag": ["a"]}, False),
        ({}, False),
        ([], False),
        (None, False),
    ],
)
def test_is_container(data: object, *, answer: bool) -> None:
    assert is_container(data) is answer


def findings(data: Data) -> list[Finding]:
    said = list(check_container(data))
    shape = Findings()
    validate(readable(data), SchemaName.GTM_CONTAINER, shape)
    return [*unsaid(shape, said), *said]


@pytest.mark.parametrize(
    ("data", "rules"),
    [
        (needed(), ["TK430"]),
        (tags(tag("gaawe", text("eventName", "a"))), ["TK438"]),
        (container()[VERSION], ["TK401"]),
        ({}, ["TK401"]),
        (tags(html(parameter=[API])), ["TK403"]),
        (masked("ACCOUNT_ID"), ["TK404"]),
        (container(trigger=[trigger("customEvent")]), ["TK101", "TK403"]),
        ({**container(), VERSION: without(container()[VERSION], "container")}, ["TK402"]),
    ],
)
def test_schema_and_rules_do_not_say_the_same(data: Data, rules: list[str]) -> None:
    assert sorted(finding.rule.code for finding in findings(data)) == rules


def test_what_is_alike_is_said_once() -> None:
    tags_of_numbers = [html(tagId=number, name=f"Tag {number}") for number in range(1, 80)]
    fired = html(firingTriggerId=[1], tagId="99")
    data = tags(*tags_of_numbers, fired, trigger=[custom_event(triggerId="1")])
    numbers, trigger_id = findings(data)[:2]
    place = (VERSION, "tag", 0, "tagId")
    assert (numbers.rule.code, numbers.route) == ("TK102", place)
    assert numbers.message == "expected text, found a number (and so in 78 other places)"
    assert numbers.hint == 'quote it: "1"'
    assert [route for route, _ in numbers.related] == [
        (VERSION, "tag", index, "tagId") for index in (1, 2, 3)
    ]
    assert trigger_id.message == "expected text, found a number"


def test_a_copy_of_a_tag_is_one_finding() -> None:
    again = {"tagId": "11", "name": "Copy"}
    start = html("<script>fbq('init', '1234567890123456');</script>")
    google = tag("googtag", text("tagId", "G-AAAAAAAAAA"))
    for original in (start, google):
        found = [
            f for f in findings(tags(original, {**original, **again})) if f.rule.code != "TK495"
        ]
        assert [f.rule.code for f in found] == ["TK447"]


def test_a_clean_container_is_silent() -> None:
    data = tags(
        html("{{Price}} {{Page URL}}", firingTriggerId=["20"], parentFolderId="1"),
        event(tagId="11", name="Event"),
        trigger=[custom_event(parentFolderId="1")],
        variable=[variable("v", text("name", "price"), name="Price")],
        folder=[folder()],
        builtInVariable=[built_in("PAGE_URL", "Page URL")],
    )
    assert findings(data) == []


def test_the_file_is_not_changed() -> None:
    data = tags(html(parameter=[API]))
    before = json.dumps(data)
    list(check_container(data))
    assert json.dumps(data) == before


ODD = [None, True, 7, 1.5, "", "x", "{{x}}", [], {}, [[]], [{}], {"type": "LIST"}, ["2147479553"]]


@pytest.mark.parametrize("seed", range(200))
def test_any_shape_is_read(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    data = tags(
        html("{{Price}}", setupTag=[{"tagName": "A"}], consentSettings={"consentStatus": "NEEDED"}),
        event(table("eventSettingsTable", row(parameter="a", parameterValue="{{b}}"))),
        tag("awct", text("conversionId", "AW-1")),
        trigger=[custom_event()],
        variable=[constant("")],
        folder=[folder()],
        builtInVariable=[built_in("pageUrl", "Page URL")],
        customTemplate=[{**TEMPLATE, "galleryReference": {}}],
    )
    places = list(every_place(data))
    for holder, key in chance.sample(places, 12):
        holder[key] = chance.choice(ODD)
    said = list(check_container(data))
    assert all(isinstance(finding.rule, Rule) for finding in said)
    assert all(isinstance(f.severity or f.rule.severity, Severity) for f in said)


def every_place(data: Any) -> Iterator[tuple[Any, Any]]:
    keys = data.keys() if isinstance(data, dict) else range(len(data))
    for key in list(keys):
        yield data, key
        if isinstance(data[key], dict | list):
            yield from every_place(data[key])


@pytest.mark.parametrize("data", [*ODD, flag("x")])
def test_anything_is_read(data: object) -> None:
    assert [finding.rule.code for finding in check_container(data)] == ["TK401"]


@pytest.mark.parametrize("listed", [[], [built_in("PAGE_URL", "Page URL")]])
def test_a_built_in_variable_is_offered_for_a_name_in_another_case(listed: list[Data]) -> None:
    data = tags(html("{{Page Url}}"), builtInVariable=listed)
    [finding] = dangling_variable.check(container_of(data))
    assert finding.hint == "did you mean '{{Page URL}}'?"


def test_an_id_of_many_digits_is_an_id() -> None:
    data = tags(html(firingTriggerId=["9" * 5000]))
    [finding] = dangling_trigger.check(container_of(data))
    assert finding.route[-1] == 0


def test_two_circles_are_two_findings_and_a_long_chain_is_read() -> None:
    chain = [constant("x", "c0")]
    chain += [variable("v", text("name", f"{{{{c{n}}}}}"), name=f"c{n + 1}") for n in range(3000)]
    loops = [variable("v", text("name", f"{{{{{name}}}}}"), name=name) for name in "AB"]
    data = container(variable=[*reversed(chain), *loops])
    found = [finding.route[2] for finding in circular_reference.check(container_of(data))]
    assert found == [len(chain), len(chain) + 1]


def test_of_a_large_container_the_large_parts_are_named() -> None:
    [finding] = container_size.check(container_of(tags(html("x" * 250_000, name="Widget"), html())))
    assert finding.hint == "the largest: 'Widget' 244 KB"
    [finding] = container_size.check(container_of(tags(*[html("x" * 900)] * 250)))
    assert finding.hint == (
        "leave out what you can do without of 250 tags, or divide them among containers"
    )


@pytest.mark.parametrize(("rule", "example"), named(LOUD))
def test_each_finding_says_what_to_do(rule: ContainerRule, example: Loud) -> None:
    assert all(finding.hint for finding in rule.check(container_of(example[0])))
