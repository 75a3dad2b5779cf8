"""The judge itself: that it sees each thing that can go wrong, and minds nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .judging import build, compare, judge
from .meaning import meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent / "containers"


def read(name: str) -> Any:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))


def entities(data: Any, kind: str) -> list[dict[str, Any]]:
    return data["containerVersion"][kind]


def named(data: Any, kind: str, end: str) -> dict[str, Any]:
    return next(one for one in entities(data, kind) if one["name"].endswith(end))


def parameters(data: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every parameter of that key, wherever it stands."""
    if isinstance(data, dict):
        if data.get("key") == key:
            yield data
        for value in data.values():
            yield from parameters(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from parameters(value, key)


def of(entity: dict[str, Any], key: str) -> dict[str, Any]:
    return next(parameters(entity, key))


def trigger_of(data: Any, tag: str) -> dict[str, Any]:
    number = named(data, "tag", tag)["firingTriggerId"][0]
    return next(one for one in entities(data, "trigger") if one["triggerId"] == number)


def in_html(data: Any, tag: str, before: str, after: str) -> None:
    html = of(named(data, "tag", tag), "html")
    assert before in html["value"], html["value"]
    html["value"] = html["value"].replace(before, after)


# --- what goes wrong, each in a container that was built


def drop_condition(data: Any) -> None:
    trigger = trigger_of(data, "- form")
    trigger["filter"] = [one for one in trigger["filter"] if one["type"] != "GREATER"]


def change_operator(data: Any) -> None:
    trigger = trigger_of(data, "- visible_css")
    next(one for one in trigger["filter"] if one["type"] == "CONTAINS")["type"] = "STARTS_WITH"


def lose_negation(data: Any) -> None:
    del trigger_of(data, "- error")["filter"][0]["parameter"][-1]


def lose_ignore_case(data: Any) -> None:
    for condition in trigger_of(data, "- click_class")["filter"]:
        condition["parameter"] = [p for p in condition["parameter"] if p["key"] != "ignore_case"]


def lose_exception(data: Any) -> None:
    del named(data, "tag", "- regex_event")["blockingTriggerId"]


def other_event(data: Any) -> None:
    trigger = trigger_of(data, "- regex_event")
    of(trigger["customEventFilter"][0], "arg1")["value"] = "^rooms_.+"


def other_trigger(data: Any) -> None:
    trigger_of(data, "- history")["type"] = "PAGEVIEW"


def other_threshold(data: Any) -> None:
    for one in parameters(data, "verticalThresholdsPercent"):
        one["value"] = "25,50,75"


def lose_validation(data: Any) -> None:
    trigger_of(data, "- link_wait")["checkValidation"]["value"] = "false"


def lose_member(data: Any) -> None:
    of(trigger_of(data, "- group"), "triggerIds")["list"].pop()


def other_repeat(data: Any) -> None:
    of(trigger_of(data, "- visible_css"), "firingFrequency")["value"] = "ONCE"


def other_event_name(data: Any) -> None:
    of(named(data, "tag", "- dom"), "eventName")["value"] = "dome"


def rename_parameter(data: Any) -> None:
    of(named(data, "tag", "- scroll_both"), "parameter")["value"] = "treshold"


def change_source(data: Any) -> None:
    of(named(data, "tag", "- click_css"), "parameterValue")["value"] = "{{Click URL}}"


TRIGGERS = [
    drop_condition, change_operator, lose_negation, lose_ignore_case, lose_exception, other_event,
    other_trigger, other_threshold, lose_validation, lose_member, other_repeat, other_event_name,
    rename_parameter, change_source,
]  # fmt: skip


def other_default(data: Any) -> None:
    for one in parameters(data, "defaultValue"):
        one["value"] = "somebody"


def other_row(data: Any) -> None:
    for variable in entities(data, "variable"):
        for one in parameters(variable, "map"):
            one["list"].pop()


def other_key(data: Any) -> None:
    for variable in entities(data, "variable"):
        if variable["type"] == "v" and of(variable, "name")["value"] == "order.total":
            of(variable, "name")["value"] = "order.subtotal"


def other_version(data: Any) -> None:
    for one in parameters(data, "dataLayerVersion"):
        one["value"] = "2"


def other_firing_option(data: Any) -> None:
    named(data, "tag", "- sofa_seen")["tagFiringOption"] = "ONCE_PER_EVENT"


def other_consent(data: Any) -> None:
    named(data, "tag", "- home_seen")["consentSettings"] = {"consentStatus": "NOT_NEEDED"}


def other_destination(data: Any) -> None:
    for one in parameters(named(data, "tag", "- parts_seen"), "measurementIdOverride"):
        one["value"] = "G-0LDC0NF1G"


def lose_user_property(data: Any) -> None:
    tag = named(data, "tag", "- purchase")
    tag["parameter"] = [p for p in tag["parameter"] if p["key"] != "userProperties"]


OLD = [
    other_default, other_row, other_key, other_version, other_consent,
    other_destination, lose_user_property,
]  # fmt: skip


def lose_format(data: Any) -> None:
    for variable in entities(data, "variable"):
        variable.pop("formatValue", None)


def lose_user_data(data: Any) -> None:
    of(named(data, "tag", "- blog_read"), "enhancedUserId")["value"] = "false"


def lose_ecommerce(data: Any) -> None:
    of(named(data, "tag", "- purchase"), "sendEcommerceData")["value"] = "false"


def lose_shared(data: Any) -> None:
    tag = named(data, "tag", "- view_menu")
    tag["parameter"] = [p for p in tag["parameter"] if p["key"] != "eventSettingsVariable"]


def other_code(data: Any) -> None:
    for one in parameters(data, "javascript"):
        one["value"] = one["value"].replace("getHours", "getMinutes")


SETTINGS = [lose_format, lose_user_data, lose_ecommerce, lose_shared, other_code]


def value_as_text(data: Any) -> None:
    in_html(data, "- sofa_seen", "3.5", "'3.5'")


def other_property(data: Any) -> None:
    in_html(data, "- sofa_seen", '"in_stock"', '"instock"')


def other_meta_event(data: Any) -> None:
    in_html(data, "- search", '"Search"', '"Serach"')


def lose_event_id(data: Any) -> None:
    html = of(named(data, "tag", "- purchase"), "html")
    html["value"] = re.sub(r", \{eventID: id\}", "", html["value"])


def every_pixel(data: Any) -> None:
    html = of(named(data, "tag", "- contact"), "html")
    html["value"] = re.sub(r'"trackSingle", "\d+"', '"track"', html["value"])


def calculate_otherwise(data: Any) -> None:
    for one in (*parameters(data, "html"), *parameters(data, "javascript")):
        one["value"] = one["value"].replace(" + 1", " - 1")


def other_meta_source(data: Any) -> None:
    in_html(data, "- shop_visit", "{{Page Path}}", "{{Click Text}}")


def other_pixel_consent(data: Any) -> None:
    for tag in entities(data, "tag"):
        for one in tag.get("consentSettings", {}).get("consentType", {}).get("list", []):
            one["value"] = "analytics_storage"


META = [
    other_firing_option,
    value_as_text, other_property, other_meta_event, lose_event_id, every_pixel,
    calculate_otherwise, other_meta_source, other_pixel_consent,
]  # fmt: skip
PLANTED = [
    *((plant, "triggers_of_all_kinds") for plant in TRIGGERS),
    *((plant, "ga4_config_tag") for plant in OLD),
    *((plant, "ga4_settings_variables") for plant in SETTINGS),
    *((plant, "meta_code") for plant in META),
]


@pytest.mark.parametrize(
    ("plant", "name"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED]
)  # fmt: skip
def test_each_planted_error_is_seen(plant: Callable[[Any], None], name: str) -> None:
    data = read(name)
    adoption, verdicts = judge(data)
    known = sum(bool(verdict.differs) for verdict in verdicts)
    wrong = build(adoption.text)
    plant(wrong)
    found = list(compare(meanings(data), meanings(wrong, data)))
    assert sum(bool(verdict.differs) for verdict in found) > known


@pytest.mark.parametrize("name", ["triggers_of_all_kinds", "ga4_config_tag", "meta_code"])
def test_ids_and_order_do_not_count(name: str) -> None:
    data = read(name)
    other = json.loads(json.dumps(data))
    for kind in ("tag", "trigger", "variable"):
        entities(other, kind).reverse()
    for tag in entities(other, "tag"):
        for key in ("firingTriggerId", "blockingTriggerId"):
            if key in tag:
                tag[key] = [one if len(one) > 9 else f"7{one}" for one in tag[key]]
    for trigger in entities(other, "trigger"):
        trigger["triggerId"] = f"7{trigger['triggerId']}"
    for one in parameters(other, "triggerIds"):
        for member in one["list"]:
            member["value"] = f"7{member['value']}"
    assert not [v for v in compare(meanings(data), meanings(other)) if v.differs]


def test_names_of_variables_do_not_count() -> None:
    data = read("ga4_config_tag")
    other = json.loads(json.dumps(data).replace("DL ", "Layer: "))
    assert not [v for v in compare(meanings(data), meanings(other)) if v.differs]
