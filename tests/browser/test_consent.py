"""Consent: nothing reaches Meta before it, nothing is lost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tagkit.plan.banners import BANNERS, IN_DATA_LAYER, ON_PAGE
from tagkit.resources import SCHEMAS
from tests.browser.harness import consent_default
from tests.browser.plans import container, snippets

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage

HEAD = """
tagkit: 1
business: {name: Tea, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
micro_conversions:
  - {id: one, trigger: {event: one}, parameters: {n: {data_layer: n}}}
"""
DENIED = {
    "ad_storage": "denied",
    "ad_user_data": "denied",
    "ad_personalization": "denied",
    "analytics_storage": "denied",
}
GRANTED = dict.fromkeys(DENIED, "granted")
WAYS = ["container", "snippets"]


def opened(open_page: OpenPage, plan: str, way: str, default: dict[str, str] | None, **options):
    head = consent_default(default) if default else ""
    if way == "container":
        return open_page(container(plan), "<p>x</p>", head_before_gtm=head, **options)
    page = f"<!doctype html><head>{head}{snippets(plan)}</head><body><p>x</p></body>"
    return open_page(None, page, **options)


def numbers(page) -> list[object]:
    return [hit["cd"].get("n") for hit in page.meta()]


@pytest.mark.parametrize("way", WAYS)
def test_waits_and_loses_nothing(way, open_page):
    page = opened(open_page, HEAD, way, DENIED)
    page.push({"event": "one", "n": 1})
    assert page.meta(page_views=True) == []
    assert page.requests("facebook") == []
    page.consent("update", GRANTED)
    page.push({"event": "one", "n": 2})
    assert page.meta_events(page_views=True) == ["PageView", "One", "One"]
    assert numbers(page) == [1, 2]
    assert len({hit["eid"] for hit in page.meta()}) == 2
    assert page.errors() == []


@pytest.mark.parametrize("way", WAYS)
def test_granted_for_other_things_is_not_enough(way, open_page):
    page = opened(open_page, HEAD, way, DENIED)
    page.push({"event": "one", "n": 1})
    page.consent("update", {"analytics_storage": "granted", "ad_storage": "granted"})
    assert page.requests("facebook") == []
    page.consent("update", {"ad_user_data": "granted"})
    assert numbers(page) == [1]


@pytest.mark.parametrize("way", WAYS)
def test_withdrawn_and_given_again(way, open_page):
    page = opened(open_page, HEAD, way, GRANTED)
    page.push({"event": "one", "n": 1})
    page.consent("update", DENIED)
    page.push({"event": "one", "n": 2})
    assert numbers(page) == [1]
    page.consent("update", GRANTED)
    assert numbers(page) == [1, 2]


@pytest.mark.parametrize("way", WAYS)
def test_a_choice_remembered_from_before(way, open_page):
    """The banner sets the default and the update before anything else runs."""
    from tests.browser.harness import gtag

    head = consent_default(DENIED) + f"<script>{gtag('consent', 'update', GRANTED)}</script>"
    if way == "container":
        page = open_page(container(HEAD), "<p>x</p>", head_before_gtm=head)
    else:
        page = open_page(None, f"<!doctype html><head>{head}{snippets(HEAD)}</head><p>x</p>")
    page.push({"event": "one", "n": 1})
    assert page.meta_events(page_views=True) == ["PageView", "One"]


@pytest.mark.parametrize("way", WAYS)
def test_nobody_asks(way, open_page):
    page = opened(open_page, HEAD, way, None)
    page.push({"event": "one", "n": 1})
    assert page.meta_events(page_views=True) == ["PageView", "One"]


@pytest.mark.parametrize("way", WAYS)
def test_off(way, open_page):
    page = opened(open_page, HEAD + "consent: {mode: off}", way, DENIED)
    page.push({"event": "one", "n": 1})
    assert page.meta_events(page_views=True) == ["PageView", "One"]


@pytest.mark.parametrize("way", WAYS)
def test_a_conversion_that_wants_more(way, open_page):
    plan = HEAD + (
        "  - {id: two, trigger: {event: two}, parameters: {n: {data_layer: n}},"
        " consent: [ad_storage, ad_user_data, ad_personalization]}"
    )
    page = opened(open_page, plan, way, DENIED)
    page.push({"event": "two", "n": 1}, {"event": "one", "n": 2})
    page.consent("update", {"ad_storage": "granted", "ad_user_data": "granted"})
    assert page.meta_events() == ["One"]
    page.push({"event": "two", "n": 3})
    assert page.meta_events() == ["One"]
    page.consent("update", {"ad_personalization": "granted"})
    assert sorted(numbers(page)) == [1, 2, 3]


def test_update_event_of_the_banner():
    """A banner may tell GTM by its own means; then only its event is heard."""
    made = container(HEAD + "consent: {update_event: cookie_choice}")["containerVersion"]
    (base,) = [tag for tag in made["tag"] if tag["name"] == "TK - Meta - Base pixel"]
    heard = [
        trigger["customEventFilter"][0]["parameter"][1]["value"]
        for trigger in made["trigger"]
        if trigger["triggerId"] in base["firingTriggerId"] and "customEventFilter" in trigger
    ]
    assert sorted(heard) == ["cookie_choice", "tagkit.consent"]


@pytest.mark.parametrize("banner", BANNERS)
def test_a_banner_by_its_name(banner, open_page):
    """Its events are heard, beside the update of consent; what waited is sent once."""
    plan = HEAD + f"consent: {{banner: {banner}, update_event: own_choice}}"
    made = container(plan)["containerVersion"]
    (base,) = [tag for tag in made["tag"] if tag["name"] == "TK - Meta - Base pixel"]
    heard = {
        trigger["customEventFilter"][0]["parameter"][1]["value"]
        for trigger in made["trigger"]
        if trigger["triggerId"] in base["firingTriggerId"] and "customEventFilter" in trigger
    }
    said = IN_DATA_LAYER.get(banner, ())
    assert heard == {"tagkit.consent", "own_choice", *said}
    page = opened(open_page, plan, "container", DENIED)
    page.push({"event": "one", "n": 1})
    page.push(*({"event": event} for event in said))
    assert page.requests("facebook") == []
    page.consent("update", GRANTED)
    page.push(*({"event": event} for event in said))
    assert numbers(page) == [1]


@pytest.mark.parametrize("banner", ON_PAGE)
def test_a_banner_that_tells_the_page(banner, open_page):
    page = opened(open_page, HEAD + f"consent: {{banner: {banner}}}", "container", DENIED)
    counted = "dataLayer.filter((x) => x.event === 'tagkit.consent').length"
    page.js(f"document.dispatchEvent(new Event('{ON_PAGE[banner][0]}')); window.happened = 1")
    page.push({"event": "one", "n": 1})
    assert page.js(counted) == 1
    assert page.requests("facebook") == []


def test_the_banners_of_the_schema():
    schema = json.loads((SCHEMAS / "plan.schema.json").read_text("utf-8"))
    consent = schema["$defs"]["plan"]["properties"]["consent"]["properties"]
    assert consent["banner"]["enum"] == list(BANNERS)


def test_ga4_advanced_is_never_held(open_page):
    page = opened(open_page, HEAD, "container", DENIED)
    page.push({"event": "one", "n": 1})
    assert page.ga4_events(page_views=True) == ["page_view", "one"]


def test_ga4_basic_waits(open_page):
    page = opened(open_page, HEAD + "consent: {mode: basic}", "container", DENIED)
    page.push({"event": "one", "n": 1})
    assert page.ga4(page_views=True) == []
    page.consent("update", GRANTED)
    page.push({"event": "one", "n": 2})
    page.consent("update", GRANTED)
    assert page.ga4_events(page_views=True) == ["page_view", "one"]


def test_ga4_basic_when_granted_from_the_start(open_page):
    page = opened(open_page, HEAD + "consent: {mode: basic}", "container", GRANTED)
    page.push({"event": "one", "n": 2})
    assert page.ga4_events(page_views=True) == ["page_view", "one"]


def test_default_snippet(open_page):
    from tests.browser.plans import built

    plan = HEAD + "consent: {default: {regions: [{regions: [US], granted: [ad_storage]}]}}"
    files = built(plan)
    page = open_page(container(plan), "<p>x</p>", head_before_gtm=files["consent-default.html"])
    page.push({"event": "one", "n": 1})
    assert page.requests("facebook") == []
    page.consent("update", GRANTED)
    assert numbers(page) == [1]


@pytest.mark.parametrize("way", WAYS)
def test_changes_of_mind_before_the_library_is_there(way, open_page):
    """Three answers in one breath: Meta's library would stop at a revoke in its queue."""
    page = opened(open_page, HEAD, way, DENIED)
    page.push({"event": "one", "n": 1})
    from tests.browser.harness import gtag

    page.js(";".join(gtag("consent", "update", c) for c in (GRANTED, DENIED, GRANTED)))
    page.settle()
    page.push({"event": "one", "n": 2})
    assert numbers(page) == [1, 2]


@pytest.mark.parametrize("way", WAYS)
def test_what_the_pixel_does_not_need_does_not_stop_it(way, open_page):
    plan = HEAD + (
        "  - {id: two, trigger: {event: two}, parameters: {n: {data_layer: n}},"
        " consent: [ad_storage, ad_user_data, ad_personalization]}\nconsent: {mode: basic}"
    )
    page = opened(open_page, plan, way, DENIED)
    for _ in range(2):  # many banners say everything twice
        page.consent(
            "update", {**GRANTED, "ad_personalization": "denied", "analytics_storage": "denied"}
        )
    page.push({"event": "one", "n": 1}, {"event": "two", "n": 2})
    assert numbers(page) == [1]
    page.consent("update", GRANTED)
    assert numbers(page) == [1, 2]
    page.consent("update", {"ad_personalization": "denied"})
    page.push({"event": "two", "n": 3}, {"event": "one", "n": 4})
    assert numbers(page) == [1, 2, 4]
    page.consent("update", GRANTED)
    assert numbers(page) == [1, 2, 4, 3]


@pytest.mark.parametrize("way", WAYS)
def test_another_pixel_of_the_site_gets_nothing_before_consent(way, open_page):
    own = (
        "<script>!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?"
        "n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;"
        "n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;"
        "s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script',"
        "'https://connect.facebook.net/en_US/fbevents.js');fbq('init','999');</script>"
    )
    head = own + consent_default(DENIED)
    if way == "container":
        page = open_page(container(HEAD), "<p>x</p>", head_before_gtm=head)
    else:
        page = open_page(None, f"<!doctype html><head>{head}{snippets(HEAD)}</head><p>x</p>")
    page.push({"event": "one", "n": 1})
    assert page.meta(page_views=True) == []
    page.consent("update", GRANTED)
    assert ("1234567890123456", "One") in [(h["pixel"], h["event"]) for h in page.meta()]


def test_basic_mode_starts_ga4_before_its_events(open_page):
    plan = HEAD.replace("trigger: {event: one}", "trigger: page_view") + "consent: {mode: basic}"
    page = opened(open_page, plan, "container", GRANTED)
    assert page.ga4_events(page_views=True) == ["page_view", "one"]


@pytest.mark.parametrize("way", WAYS)
def test_a_default_for_another_region(way, open_page):
    head = consent_default({**DENIED, "region": ["US-CA"]}) + consent_default(GRANTED)
    if way == "container":
        page = open_page(container(HEAD), "<p>x</p>", head_before_gtm=head)
    else:
        page = open_page(None, f"<!doctype html><head>{head}{snippets(HEAD)}</head><p>x</p>")
    page.push({"event": "one", "n": 1})
    assert numbers(page) == [1]
