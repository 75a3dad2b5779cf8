"""What a plan says of a container as it is, in the container that is built."""

from __future__ import annotations

from .building import HERE, built, conditions, container, named, own, parameters, plan, read

DATA = container(read(HERE / "as_it_is.yaml"))


def of(conversion: str, platform: str = "GA4") -> dict[str, object]:
    return named(DATA["tag"], f"TK - {platform} - {conversion}")


def test_a_ga4_event_says_its_own() -> None:
    tag = of("any_step")
    given = parameters(tag)
    assert given["eventName"] == "{{Event}}"
    assert given["measurementIdOverride"] == "G-OTHER12345"
    assert given["sendEcommerceData"] == "true"
    assert given["userProperties"] == [("step", "{{Event}}")]
    assert given["userDataVariable"] == "{{User data}}"
    assert given["enhancedUserId"] == "true"
    assert "eventSettingsVariable" not in given
    assert tag["tagFiringOption"] == "UNLIMITED"
    assert tag["consentSettings"]["consentStatus"] == "NEEDED"


def test_the_google_tag_has_other_settings() -> None:
    given = parameters(of("Google tag"))
    assert given["tagId"] == "{{Measurement ID}}"
    assert given["configSettingsTable"] == [("user_id", "{{TK - DLV - user.id}}")]


def test_a_meta_event_says_its_own() -> None:
    named_by = parameters(of("any_step", "Meta"))["html"]
    assert '"track", {{TK - Lookup' in named_by.replace("trackSingle", "track").replace(
        '"111111111111111", ', ""
    )
    one = parameters(of("innermost", "Meta"))["html"]
    assert 'w.fbq("trackSingleCustom", "111111111111111", "Innermost"' in one
    assert "222222222222222" not in one
    assert "{eventID: id}" in one
    assert "eventID" not in named_by


def test_the_pixel_waits_for_what_it_is_told() -> None:
    assert of("Base pixel", "Meta")["consentSettings"] == {"consentStatus": "NOT_NEEDED"}


def test_the_innermost_node_is_tested_as_gtm_sees_it() -> None:
    trigger = named(DATA["trigger"], "TK - innermost - click")
    assert conditions(trigger) == [
        "{{Click Element}} CSS_SELECTOR svg",
        "{{Click Text}} EQUALS Buy",
    ]


def test_a_condition_compares_with_a_variable() -> None:
    trigger = named(DATA["trigger"], "TK - outbound - link_click")
    assert conditions(trigger) == ["not {{Click URL}} CONTAINS {{Page Hostname}}"]
    assert conditions(trigger, "autoEventFilter") == ["{{Page Path}} STARTS_WITH /blog/"]


def test_a_version_that_is_said_is_gtms_own_variable() -> None:
    variable = named(DATA["variable"], "TK - DLV - ecommerce.price")
    assert variable["type"] == "v"


def test_a_pixel_from_a_source_has_no_snippets() -> None:
    data = plan(own(), meta_pixel={"pixel_id": {"gtm": "{{Pixel}}"}})
    assert list(built(data)) == ["gtm-container.json"]
    base = parameters(named(container(data)["tag"], "TK - Meta - Base pixel"))["html"]
    assert "w.fbq('init', {{Pixel}});" in base
