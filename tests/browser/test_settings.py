"""The settings of a site, in a browser."""

from __future__ import annotations

import pytest

from tests.browser.plans import built, container, snippets

PLAN = """
tagkit: 1
business: {{name: Tea, currency: PLN}}
google_analytics: {{measurement_id: G-1A2B3C4D5E{ga4}}}
meta_pixel: {{pixel_id: {pixel}{meta}}}
micro_conversions:
  - {{id: one, trigger: {{event: one}}{one}}}
"""
WAYS = ["container", "snippets"]
URL = "https://shop.example/"


def plan(ga4: str = "", meta: str = "", pixel: str = '"111"', one: str = "") -> str:
    return PLAN.format(ga4=ga4, meta=meta, pixel=pixel, one=one)


def opened(open_page, text: str, way: str, **options):
    if way == "container":
        return open_page(container(text), "<p>x</p>", **options)
    return open_page(None, f"<!doctype html><head>{snippets(text)}</head><p>x</p>", **options)


@pytest.mark.parametrize("way", WAYS)
def test_several_pixels(way, open_page):
    page = opened(open_page, plan(pixel='["111", "222"]'), way)
    page.push({"event": "one"})
    hits = [(hit["pixel"], hit["event"]) for hit in page.meta(page_views=True)]
    assert sorted(hits) == [
        ("111", "One"), ("111", "PageView"), ("222", "One"), ("222", "PageView"),
    ]  # fmt: skip
    assert len({hit["eid"] for hit in page.meta()}) == 1


@pytest.mark.parametrize("way", WAYS)
def test_event_id_from_the_shop(way, open_page):
    page = opened(open_page, plan(meta=", event_id: {data_layer: eid}"), way)
    page.push({"event": "one", "eid": "shop-7"})
    assert [hit["eid"] for hit in page.meta()] == ["shop-7"]


@pytest.mark.parametrize("way", WAYS)
def test_no_event_id(way, open_page):
    page = opened(open_page, plan(meta=", event_id: false"), way)
    page.push({"event": "one"})
    assert [hit.get("eid") for hit in page.meta()] == [None]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("setting", "views"), [("load", 1), ("history", 2), ("off", 0)], ids=["load", "history", "off"]
)
def test_page_views(way, setting, views, open_page):
    page = opened(open_page, plan(meta=f", page_view: {setting}"), way)
    page.push({"event": "one"})
    page.page.evaluate("() => history.pushState({}, '', '/next')")
    page.settle()
    assert page.meta_events(page_views=True).count("PageView") == views


@pytest.mark.parametrize("way", WAYS)
def test_data_use_and_matching(way, open_page):
    text = plan(meta=", limited_data_use: true, advanced_matching: {em: {data_layer: mail}}")
    mail = "<script>dataLayer = [{mail: 'a@b.example'}]</script>"
    if way == "container":
        page = open_page(container(text), "<p>x</p>", head_before_gtm=mail)
    else:
        page = open_page(None, f"<!doctype html><head>{mail}{snippets(text)}</head><p>x</p>")
    page.push({"event": "one"})
    hit = page.meta()[0]
    assert hit["dpo"]
    assert hit["ud"]["em"]


@pytest.mark.parametrize("way", WAYS)
def test_once_a_page(way, open_page):
    page = opened(open_page, plan(one=", once: page"), way)
    page.push({"event": "one"}, {"event": "one"})
    assert page.meta_events() == ["One"]


def test_paused(open_page):
    text = plan(one=", paused: true")
    page = opened(open_page, text, "container")
    page.push({"event": "one"})
    assert page.meta() == page.ga4() == []
    assert "one.html" not in "".join(built(text))


def test_environments(open_page):
    ga4 = ", environments: [{hostname: [shop.example, localhost], measurement_id: G-TESTTEST}]"
    page = opened(open_page, plan(ga4=ga4), "container")
    page.push({"event": "one"})
    assert {hit["measurementId"] for hit in page.ga4(page_views=True)} == {"G-TESTTEST"}


def test_shared_parameters_and_user_properties(open_page):
    ga4 = (
        ", send_page_view: false, server_container_url: https://s.example,"
        " event_parameters: {page_type: {data_layer: type}},"
        " user_properties: {member: {data_layer: member}}"
    )
    page = opened(open_page, plan(ga4=ga4), "container")
    page.push({"event": "one", "type": "list", "member": "yes"})
    hit = page.ga4(page_views=True)
    assert [h["event"] for h in hit] == ["one"]
    assert hit[0]["parameters"]["page_type"] == "list"
    assert hit[0]["userProperties"]["member"] == "yes"
    # the server's Conversions API tag needs the id that the pixel has
    assert hit[0]["parameters"]["event_id"] == page.meta()[0]["eid"]


def test_types_of_values(open_page):
    page = opened(
        open_page, plan(one=", value: 0.5, parameters: {n: 3, t: '3', b: false}"), "container"
    )
    page.push({"event": "one"})
    params = page.ga4()[0]["parameters"]
    assert {k: type(params[k]) for k in ("n", "t", "value", "currency")} == {
        "n": int, "t": str, "value": float, "currency": str,
    }  # fmt: skip


def test_wait_for_tags(open_page):
    text = plan(one=", where: {page_path: /none}").replace(
        "micro_conversions:",
        "micro_conversions:\n  - {id: away, trigger: {link_click: {css: '#a', wait_for_tags: true}}}",
    )
    for way in WAYS:
        page = opened(open_page, text, way, routes={"/next": "<p>next</p>"})
        page.page.evaluate(
            "() => document.body.insertAdjacentHTML('beforeend', '<a id=a href=/next>a</a>')"
        )
        page.page.click("#a")
        page.page.wait_for_url(URL + "next")
        assert page.meta_events() == ["Away"], way


@pytest.mark.parametrize("way", WAYS)
def test_form_submit(way, open_page):
    text = plan().replace(
        "micro_conversions:",
        "micro_conversions:\n"
        "  - {id: any_form, trigger: {form_submit: {id: f1}}, parameters: {form: {form: id}}}\n"
        "  - {id: checked, trigger: {form_submit: {css: form, check_validation: true}}}",
    )
    body = (
        '<form id="f1" onsubmit="event.preventDefault()"><button id="b1">x</button></form>'
        '<form id="f2" target="t" action="/x"><button id="b2">x</button></form><iframe name="t"></iframe>'
    )
    if way == "container":
        page = open_page(container(text), body)
    else:
        page = open_page(None, f"<!doctype html><head>{snippets(text)}</head><body>{body}</body>")
    page.click("#b1")
    assert [(h["event"], h["cd"]) for h in page.meta()] == [("AnyForm", {"form": "f1"})]
    page.click("#b2")
    assert page.meta_events() == ["AnyForm", "Checked"]


def test_sites_own_pixel_is_left_alone(open_page):
    """The site has its own pixel on the page; ours joins it and is initialised once."""
    own = (
        "<script>!function(f,b,e,v,n,t,s){if(f.fbq)return;n=f.fbq=function(){n.callMethod?"
        "n.callMethod.apply(n,arguments):n.queue.push(arguments)};if(!f._fbq)f._fbq=n;n.push=n;"
        "n.loaded=!0;n.version='2.0';n.queue=[];t=b.createElement(e);t.async=!0;t.src=v;"
        "s=b.getElementsByTagName(e)[0];s.parentNode.insertBefore(t,s)}(window,document,'script',"
        "'https://connect.facebook.net/en_US/fbevents.js');fbq('init','999');</script>"
    )
    page = open_page(container(plan()), "<p>x</p>", head_before_gtm=own)
    page.push({"event": "one"})
    assert ("111", "One") in [(hit["pixel"], hit["event"]) for hit in page.meta()]
