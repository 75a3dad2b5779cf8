"""What a plan says of a container, and the report beside it: one small container a case."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from .judging import judge

if TYPE_CHECKING:
    from tagkit.adopt.adoption import Adoption

LOADER = "var s = 'https://connect.facebook.net/en_US/fbevents.js';"


def text(key: str, value: str) -> dict[str, str]:
    return {"type": "TEMPLATE", "key": key, "value": value}


def table(key: str, rows: dict[str, str], *, name: str, value: str) -> dict[str, Any]:
    cells = [{"type": "MAP", "map": [text(name, k), text(value, v)]} for k, v in rows.items()]
    return {"type": "LIST", "key": key, "list": cells}


def condition(kind: str, left: str, right: str) -> dict[str, Any]:
    return {"type": kind, "parameter": [text("arg0", left), text("arg1", right)]}


def custom(number: str, name: str) -> dict[str, Any]:
    said = [condition("EQUALS", "{{_event}}", name)]
    return {"triggerId": number, "name": name, "type": "CUSTOM_EVENT", "customEventFilter": said}


def html(name: str, code: str, *fires: str, **more: Any) -> dict[str, Any]:
    parameters = [text("html", f"<script>{code}</script>")]
    return {"name": name, "type": "html", "parameter": parameters, "firingTriggerId": [*fires],
            **more}  # fmt: skip


def event(name: str, *fires: str, **more: Any) -> dict[str, Any]:
    parameters = [text("eventName", name), text("measurementIdOverride", "G-1A2B3C4D5E")]
    parameters += more.pop("parameters", [])
    return {"name": name, "type": "gaawe", "parameter": parameters, "firingTriggerId": [*fires],
            **more}  # fmt: skip


def adopted(**kinds: list[dict[str, Any]]) -> Adoption:
    for number, tag in enumerate(kinds["tag"], 1):
        tag["tagId"] = str(number)
    container = {"name": "Shop", "usageContext": ["WEB"]}
    return judge({"exportFormatVersion": 2,
                  "containerVersion": {"container": container, **kinds}})[0]  # fmt: skip


def reasons(adoption: Adoption) -> dict[str, str]:
    return {left.words: left.reason for left in adoption.left}


@pytest.mark.parametrize(
    "kind", ["ELEMENT_VISIBILITY", "SCROLL_DEPTH", "TIMER", "YOU_TUBE_VIDEO", "TRIGGER_GROUP"]
)
def test_an_exception_that_gtm_knows_by_its_number_is_no_exception_of_all(kind: str) -> None:
    settings = {"parameter": [text("elementSelector", ".a"), text("selectorType", "CSS"),
                              text("verticalThresholdOn", "true"), text("captureStart", "true"),
                              text("verticalThresholdUnits", "PERCENT"),
                              text("verticalThresholdsPercent", "50")],
                "interval": text("interval", "1000")}  # fmt: skip
    member = {"type": "TRIGGER_REFERENCE", "value": "2147479553"}
    group = {"parameter": [{"type": "LIST", "key": "triggerIds", "list": [member]}]}
    more = group if kind == "TRIGGER_GROUP" else settings
    fires = {"triggerId": "11", "name": "Fires", "type": kind, **json.loads(json.dumps(more))}
    blocks = {"triggerId": "12", "name": "Blocks", "type": kind, **json.loads(json.dumps(more))}
    tags = [event("seen", "11", blockingTriggerId=["12"]), event("other", "11")]
    adoption = adopted(tag=tags, trigger=[fires, blocks])
    assert "unless" not in adoption.text
    assert reasons(adoption)["tag 'seen'"] == f"no word for an exception of the type {kind}"


def pixel_tags(code: str) -> list[dict[str, Any]]:
    first = html("Pixel", f"{LOADER} {code} fbq('track', 'PageView');", "2147479553")
    return [first, html("Lead", "fbq('track', 'Lead');", "11")]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fbq('dataProcessingOptions', [], 0, 0); fbq('init', '12');", None),
        ("fbq('dataProcessingOptions', ['LDU'], 0, 0); fbq('init', '12');", "true"),
        (
            "fbq('dataProcessingOptions', ['LDU'], 1, 1000); fbq('init', '12');",
            "{country: 1, state: 1000}",
        ),
    ],
)
def test_limited_data_use_is_what_the_code_says(code: str, said: str | None) -> None:
    written = adopted(tag=pixel_tags(code), trigger=[custom("11", "lead")]).text
    assert f"limited_data_use: {said}" in written if said else "limited_data_use" not in written


def test_what_a_template_tells_the_pixel_is_kept() -> None:
    gallery = {"host": "github.com", "owner": "facebook", "galleryTemplateId": "5RM3Q",
               "repository": "GoogleTagManager-WebTemplate-For-FacebookPixel"}  # fmt: skip
    template = {"templateId": "31", "name": "Meta", "templateData": "", "galleryReference": gallery}
    matching = table(
        "advancedMatchingList", {"em": "{{Mail}}", "cn": "pl"}, name="name", value="value"
    )
    said = {"pixelId": "12", "standardEventName": "Lead", "eventName": "standard",
            "consent": "true", "advancedMatching": "true", "dpoLDU": "true", "dpoCountry": "1",
            "dpoState": "1000"}  # fmt: skip
    fields = [*(text(key, value) for key, value in said.items()), matching]
    tag = {"name": "Lead", "type": "cvt_5RM3Q", "parameter": fields, "firingTriggerId": ["11"]}
    written = adopted(tag=[tag], trigger=[custom("11", "lead")], customTemplate=[template]).text
    assert 'advanced_matching: {em: {gtm: "{{Mail}}"}, country: pl}' in written
    assert "limited_data_use: {country: 1, state: 1000}" in written


def test_a_pixel_that_waited_for_fbqs_consent_waits() -> None:
    tags = pixel_tags("fbq('consent', 'revoke'); fbq('init', '12');")
    tags.append(html("Yes", "fbq('consent', 'grant');", "12"))
    adoption = adopted(tag=tags, trigger=[custom("11", "lead"), custom("12", "yes")])
    assert "mode:" not in adoption.text
    assert "consent: []" not in adoption.text
    assert "did not wait" not in adoption.text
    said = "# decide: it waited for fbq('consent', 'grant'), here for Google's consent mode"
    assert said in adoption.text


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"firingTriggerId": ["12"]}, "the plan's pixel starts on every page"),
        ({"blockingTriggerId": ["11"]}, "tag 'Pixel' had exceptions, the plan's pixel has none"),
        ({}, ""),
    ],
)
def test_when_the_pixel_starts_is_said_where_it_was_not_every_page(
    more: dict[str, Any], said: str
) -> None:
    tags = pixel_tags("fbq('init', '12');")
    tags[0] |= more
    where = [condition("CONTAINS", "{{Page Path}}", "/shop")]
    page = {"triggerId": "12", "name": "Shop", "type": "PAGEVIEW", "filter": where}
    written = adopted(tag=tags, trigger=[custom("11", "lead"), page]).text
    assert (said in written) if said else "every page" not in written
    lost = "decide: the pixel sent PageView for a new address, too"
    assert (lost in written) is bool(more)  # the rest is the plan's `page_view: history`


def test_variables_in_code_are_said_to_stay() -> None:
    tags = pixel_tags("fbq('init', '12');")
    tags[1]["parameter"][0]["value"] = (
        "<script>fbq('track', 'Lead', {value: Number({{Total}}) * 2});</script>"
    )
    total = {"variableId": "21", "name": "Total", "type": "v",
             "parameter": [text("name", "total"), text("dataLayerVersion", "2")]}  # fmt: skip
    adoption = adopted(tag=tags, trigger=[custom("11", "lead")], variable=[total])
    assert dict(adoption.kept) == {"Total": "part of a longer text"}


def test_what_the_google_tag_sends_now_is_said() -> None:
    rows = table("eventSettingsTable", {"page_type": "x"}, name="parameter", value="parameterValue")
    shared = {"variableId": "21", "name": "Shared", "type": "gtes", "parameter": [rows]}
    google = {"name": "Google tag", "type": "googtag", "firingTriggerId": ["2147479553"],
              "parameter": [text("tagId", "G-1A2B3C4D5E")]}  # fmt: skip
    use = text("eventSettingsVariable", "{{Shared}}")
    said = "decide: these go with page_view, too: tag 'Google tag' did not use {{Shared}}"
    for own in (False, True):
        if own:
            google["parameter"].append(use)
        tags = [google, event("lead", "11", parameters=[use])]
        written = adopted(tag=tags, trigger=[custom("11", "lead")], variable=[shared]).text
        assert (said in written) is not own


IMAGE = '<img src="https://www.facebook.com/tr?id=12&ev=Extra&noscript=1">'


@pytest.mark.parametrize(
    ("code", "around", "said"),
    [
        ("fbq('track', 'Lead');", IMAGE, "its HTML has <img>, too, which the plan does not have"),
        ("fbq('track', 'Lead');", "<p>a</p><style>p {}</style><script src=/a.js></script>",
         "its HTML has <p>, <style>, <script>, too, which the plan does not have"),
        ("fbq('track', 'Lead');", '<script type="application/ld+json">{}</script>',
         "its HTML has <script>, too, which the plan does not have"),
        ("fbq('track', 'Lead');", f"<noscript>{IMAGE}</noscript><!-- {IMAGE} -->", ""),
        ("fbq('consent', 'grant'); fbq('track', 'Lead');", "",
         "its code tells fbq other things, too"),
        ("fbq('set', 'userData', {em: 'a'}); fbq('track', 'Lead');", "",
         "its code tells fbq other things, too"),
        ("fbq('set', 'agent', 'plugin'); fbq('track', 'Lead');", "", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("of", ["event", "pixel", "pixel alone"])
def test_what_else_a_tag_does_is_said(code: str, around: str, said: str, of: str) -> None:
    tags = pixel_tags("fbq('init', '12');")
    changed = tags[1]
    if of != "event":
        changed = tags[0]
        page_view = "" if of == "pixel alone" else " fbq('track', 'PageView');"
        code = f"{LOADER} fbq('init', '12'); {code}".replace(" fbq('track', 'Lead');", page_view)
    changed["parameter"][0]["value"] = f"<script>{code}</script>{around}"
    written = adopted(tag=tags, trigger=[custom("11", "lead")]).text
    words = said if of == "event" else f"tag 'Pixel': {said}"
    assert (f"# decide: {words}\n" in written) if said else "too" not in written


def test_customer_data_of_one_pixel_goes_to_no_other() -> None:
    one = "fbq('init', '11', {em: {{Mail}}, country: 'pl'}); "
    two = "fbq('init', '12', {country: 'pl'});"
    tags = pixel_tags(one + two)
    written = adopted(tag=tags, trigger=[custom("11", "lead")]).text
    assert "advanced_matching: {country: pl}" in written
    said = "only the pixel '11' was told em; 'advanced_matching' would tell every pixel"
    assert f"# decide: {said}\n" in written
    written = adopted(tag=pixel_tags(one), trigger=[custom("11", "lead")]).text
    assert 'advanced_matching: {em: {gtm: "{{Mail}}"}, country: pl}' in written
    assert "every pixel" not in written


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (("fbq('set', 'autoConfig', false, '11');",), "the pixel '12' sent automatic events"),
        (("fbq('set', 'autoConfig', false);",), ""),
        (("fbq('set', 'autoConfig', false, '11');", "fbq('set', 'autoConfig', 'false', '12');"),
         ""),
    ],
)  # fmt: skip
def test_automatic_events_are_off_for_the_pixels_that_had_none(
    ids: tuple[str, ...], said: str
) -> None:
    tags = pixel_tags(" ".join([*ids, "fbq('init', '11'); fbq('init', '12');"]))
    written = adopted(tag=tags, trigger=[custom("11", "lead")]).text
    assert "automatic_events" not in written
    assert (
        (f"# decide: {said}, the plan's send none\n" in written)
        if said
        else ("automatic events" not in written)
    )


def test_what_a_pixel_without_an_id_is_told_is_kept() -> None:
    code = "fbq('set', 'autoConfig', false); fbq('init', own(), {country: 'pl'});"
    written = adopted(tag=pixel_tags(code), trigger=[custom("11", "lead")]).text
    assert "automatic_events" not in written
    assert "advanced_matching: {country: pl}" in written


@pytest.mark.parametrize("kind", ["LINK_CLICK", "FORM_SUBMISSION"])
@pytest.mark.parametrize(
    ("waits", "pages", "also", "reason"),
    [
        ("checkValidation", ".*", [], "with Check validation"),
        ("waitForTags", "^/shop", [], "that waits for tags on some pages"),
        ("waitForTags", ".*", [], ""),
        ("waitForTags", "^/shop", [condition("MATCH_REGEX", "{{Page Path}}", "^/shop")], ""),
        ("", "^/shop", [], ""),  # GTM asks where it listens only of those that wait
    ],
)
def test_an_exception_blocks_only_where_gtm_listens(
    kind: str, waits: str, pages: str, also: list[Any], reason: str
) -> None:
    listens = [condition("MATCH_REGEX", "{{Page Path}}", pages)]
    own = {waits: {"type": "BOOLEAN", "key": waits, "value": "true"}} if waits else {}
    fires = {"triggerId": "11", "name": "Fires", "type": kind}
    blocks = {"triggerId": "12", "name": "Blocks", "type": kind, "filter": also,
              "autoEventFilter": listens, **own}  # fmt: skip
    tags = [event("seen", "11", blockingTriggerId=["12"]), event("other", "11")]
    adoption = adopted(tag=tags, trigger=[fires, blocks])
    said = f"no word for an exception {reason}, trigger 'Blocks'" if reason else None
    assert reasons(adoption).get("tag 'seen'") == said
    assert ("unless" in adoption.text) is not bool(reason)


def test_what_a_rule_says_twice_of_a_line_is_ignored_once() -> None:
    rows = table("eventSettingsTable", {"a b": "x", "c d": "y"}, name="parameter",
                 value="parameterValue")  # fmt: skip
    tags = [event("lead", "11", parameters=[rows])]
    written = adopted(tag=tags, trigger=[custom("11", "lead")]).text
    assert written.count("# tagkit: ignore[TK210] as in the container\n") == 1


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("window.fbq && window.", "", True),
        ("fbq && ", "", True),
        ("if (window.fbq) ", "", True),
        ("if (fbq) { ", " }", True),
        ("window.ok && fbq && ", "", False),
        ("ok.fbq && ", "", False),
        ("if (window.fbq && ok) ", "", False),
        ("if (!window.fbq) ", "", False),
        ("if (ok) if (fbq) ", "", False),
        ("if (ok) { if (fbq) { ", " } }", False),
    ],
)
def test_only_a_guard_that_asks_for_fbq_is_none(before: str, after: str, same: bool) -> None:
    tags = pixel_tags("fbq('init', '12');")
    tags[1] = html("Lead", f"{before}fbq('track', 'Lead');{after}", "11")
    adoption = adopted(tag=tags, trigger=[custom("11", "lead")])
    said = None if same else "fbq stands behind a condition in its code"
    assert reasons(adoption).get("tag 'Lead'") == said
