"""Plans, built and run: in a container, and as snippets on a page without GTM."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.plans import built

if TYPE_CHECKING:
    from tests.browser.conftest import OpenPage
    from tests.browser.harness import Page

HEAD = """
tagkit: 1
business: {name: Tea, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
"""
SHOP = "https://shop.example/"


def micro(*entries: str) -> str:
    return HEAD + "micro_conversions:\n" + "\n".join(f"  - {entry}" for entry in entries)


@dataclass(frozen=True)
class Scene:
    """A plan, a page, what the visitor does, what is sent."""

    name: str
    plan: str
    body: str = ""
    url: str = SHOP
    status: int = 200
    title: str = "Shop"
    do: tuple[tuple[str, Any], ...] = ()
    ga4: tuple[tuple[str, dict[str, Any]], ...] = ()
    meta: tuple[tuple[str, dict[str, Any]], ...] = ()
    only: str = ""
    head: str = ""
    wait: float = field(default=0)


def html(scene: Scene, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{scene.title}</title>{scene.head}{head}</head>"
        f"<body>{scene.body}</body></html>"
    )


ITEMS = [{"item_id": "T1", "item_name": "Sencha", "price": 20, "quantity": 2}]
CART = {"event": "add_to_cart", "ecommerce": {"currency": "EUR", "value": 40, "items": ITEMS}}
TEXT_CART = {
    "event": "add_to_cart",
    "ecommerce": {"value": "1 234,50 zł", "items": [{**ITEMS[0], "price": "617.25"}]},
}
CONTENTS = [{"id": "T1", "quantity": 2, "item_price": 20}]

SCENES = [
    Scene(
        "ecommerce object",
        micro("add_to_cart"),
        do=(("push", {"ecommerce": None}), ("push", CART)),
        ga4=(("add_to_cart", {"value": 40, "currency": "EUR"}),),
        meta=(
            (
                "AddToCart",
                {
                    "value": 40,
                    "currency": "EUR",
                    "content_ids": ["T1"],
                    "contents": CONTENTS,
                    "content_type": "product",
                },
            ),
        ),
    ),
    Scene(
        "numbers that the shop writes as text, no currency",
        micro("add_to_cart"),
        do=(("push", TEXT_CART),),
        ga4=(("add_to_cart", {"value": 1234.5, "currency": "PLN"}),),
        meta=(("AddToCart", {"value": 1234.5, "currency": "PLN"}),),
    ),
    Scene(
        "two carts without a reset between them: no stale items",
        micro("add_to_cart"),
        do=(
            (
                "push",
                {
                    "event": "add_to_cart",
                    "ecommerce": {"value": 1, "items": [{"item_id": "A"}, {"item_id": "B"}]},
                },
            ),
            ("push", {"event": "add_to_cart", "ecommerce": {"items": [{"item_id": "C"}]}}),
        ),
        ga4=(("add_to_cart", {"value": 1}), ("add_to_cart", {"currency": "PLN"})),
        meta=(
            ("AddToCart", {"value": 1, "content_ids": ["A", "B"]}),
            ("AddToCart", {"content_ids": ["C"]}),
        ),
    ),
    Scene(
        "phone link, the icon in it clicked",
        micro("phone_click", "email_click"),
        body='<a href="tel:+48 123"><i id="icon">x</i> call</a>',
        do=(("click", "#icon"),),
        ga4=(("phone_click", {"contact_method": "phone"}),),
        meta=(("Contact", {"contact_method": "phone"}),),
    ),
    Scene(
        "e-mail link; mailto without an address is a share",
        micro("email_click", "share"),
        body='<a id="a" href="mailto:a@b.example">m</a>'
        '<a id="b" href="mailto:?subject=x&body=y">s</a>',
        do=(("click", "#a"), ("click", "#b")),
        ga4=(
            ("email_click", {"contact_method": "email"}),
            ("share", {"method": "email", "item_id": "/"}),
        ),
        meta=(("Contact", {"contact_method": "email"}), ("Share", {"method": "email"})),
    ),
    Scene(
        "file download",
        micro("file_download"),
        body='<a id="a" href="/files/Guide.PDF?v=2" onclick="return false">the  guide</a>'
        '<a id="b" href="/page.html" onclick="return false">page</a>',
        do=(("click", "#a"), ("click", "#b")),
        ga4=(
            (
                "download_click",
                {"file_name": "/files/Guide.PDF", "file_extension": "PDF", "link_text": "the guide"},
            ),
        ),
        meta=(("FileDownload", {"file_name": "/files/Guide.PDF", "file_extension": "PDF"}),),
    ),
    Scene(
        "a catalog entry narrowed",
        micro("{use: file_download, where: {click_url: {ends_with: [.pdf, .epub]}}}"),
        body='<a id="a" href="/a.pdf" onclick="return false">a</a>'
        '<a id="b" href="/a.zip" onclick="return false">b</a>',
        do=(("click", "#b"), ("click", "#a")),
        ga4=(("download_click", {"file_name": "/a.pdf"}),),
        meta=(("FileDownload", {"file_name": "/a.pdf"}),),
    ),
    Scene(
        "own click, inner element, url of the tile",
        micro(
            '{id: tile, trigger: {click: {css: ".tile"}}, '
            "parameters: {where_to: {click: url}, words: {click: text}, kind: {click: id}}}"
        ),
        body='<div class="tile" id="t1"><a href="/x" onclick="return false"><b id="in">Go</b></a></div>',
        do=(("click", "#in"),),
        ga4=(("tile", {"where_to": SHOP + "x", "words": "Go", "kind": "t1"}),),
        meta=(("Tile", {"where_to": SHOP + "x", "words": "Go", "kind": "t1"}),),
    ),
    Scene(
        "more information by its words, in Polish",
        micro("more_info_click"),
        body='<button id="a"><span id="s">Dowiedz się więcej</span> &raquo;</button><button id="b">Kup</button>',
        do=(("click", "#b"), ("click", "#s")),
        ga4=(("more_info_click", {}),),
        meta=(("MoreInfoClick", {}),),
    ),
    Scene(
        "page not found by status",
        HEAD + "anti_conversions: [page_not_found]",
        url=SHOP + "gone",
        status=404,
        ga4=(("page_not_found", {"page_path": "/gone"}),),
        meta=(("PageNotFound", {"page_path": "/gone"}),),
        wait=1.6,
    ),
    Scene(
        "page not found by title",
        HEAD + "anti_conversions: [page_not_found]",
        title="404 - Nie znaleziono strony",
        ga4=(("page_not_found", {"page_path": "/"}),),
        meta=(("PageNotFound", {"page_path": "/"}),),
        wait=1.6,
    ),
    Scene(
        "native form validation, then sent",
        HEAD + "anti_conversions: [form_error]\nmicro_conversions: [contact_form]",
        body='<form id="contact" onsubmit="return false"><input id="m" name="mail" type="email" required>'
        '<textarea name="t"></textarea><button id="go">Send</button></form>',
        do=(("click", "#go"), ("sleep", 1.2), ("fill", ("#m", "a@b.example")), ("click", "#go")),
        ga4=(
            (
                "form_error",
                {"form_id": "contact", "error_field": "mail", "error_reason": "valueMissing"},
            ),
            ("generate_lead", {"lead_source": "contact_form", "form_id": "contact"}),
        ),
        meta=(("FormError", {"form_id": "contact"}), ("Contact", {"contact_method": "form"})),
        wait=2.5,
    ),
    Scene(
        "empty search: the shop's own push",
        HEAD + "anti_conversions: [empty_search]",
        do=(
            (
                "push",
                {"event": "view_search_results", "search_term": "matcha", "results_count": 12},
            ),
            ("push", {"event": "view_search_results", "search_term": "xyz", "results_count": 0}),
        ),
        ga4=(("empty_search", {"search_term": "xyz"}),),
        meta=(("SearchNoResults", {}),),
    ),
    Scene(
        "out of stock: the shop's own event, or a product that says so",
        HEAD + "anti_conversions: [out_of_stock]",
        do=(
            ("push", {"event": "view_item", "ecommerce": {"items": [{"item_id": "A", "item_stock_status": "Out of stock"}]}}),
            ("push", {"ecommerce": None}),
            ("push", {"event": "view_item", "ecommerce": {"items": [{"item_id": "B"}]}}),
            ("push", {"event": "out_of_stock", "item_id": "C", "item_name": "Cup"}),
        ),
        ga4=(("out_of_stock", {"item_id": "A"}), ("out_of_stock", {"item_id": "C", "item_name": "Cup"})),
        meta=(("OutOfStockView", {}), ("OutOfStockView", {"content_name": "Cup"})),
    ),
    Scene(
        "generate_lead is told apart by its source",
        micro("newsletter_signup", "contact_form"),
        do=(
            ("push", {"event": "generate_lead", "lead_source": "newsletter", "form_id": "f"}),
            ("push", {"event": "generate_lead", "lead_source": "contact_form", "form_id": "g"}),
        ),
        ga4=(
            ("newsletter_signup", {"form_id": "f"}),
            ("generate_lead", {"lead_source": "contact_form", "form_id": "g"}),
        ),
        meta=(
            ("CompleteRegistration", {"content_name": "newsletter"}),
            ("Contact", {"contact_method": "form"}),
        ),
    ),
    Scene(
        "conditions: any of, not, numbers, regex, undefined is not text",
        micro(
            "{id: a, trigger: {event: e}, where: {data_layer: {kind: [one, two]}}}",
            "{id: b, trigger: {event: e}, where: {data_layer: {kind: {not: [one, two]}}}}",
            "{id: c, trigger: {event: e}, where: {data_layer: {n: {greater: 5, less_or_equal: 10}}}}",
            "{id: d, trigger: {event: e}, where: {data_layer: {kind: {matches: '.+'}}}}",
            "{id: f, trigger: {event: e}, where: {data_layer: {kind: {contains: ONE, ignore_case: true}}}}",
            "{id: g, trigger: {event: e}, where: {page_path: {starts_with: /tea}, query: {q: x y}}}",
            "{id: h, trigger: {event: {matches: '^E'}}}",
        ),
        url=SHOP + "tea/green?q=x+y#f",
        do=(
            ("push", {"event": "e", "kind": "one", "n": 10}),
            ("push", {"event": "e", "kind": None, "n": "11"}),
            ("push", {"event": "e", "kind": "three", "n": 5}),
        ),
        ga4=(
            ("a", {}), ("c", {}), ("d", {}), ("f", {}), ("g", {}),
            ("b", {}), ("d", {}), ("g", {}),
            ("b", {}), ("d", {}), ("g", {}),
        ),
    ),
    Scene(
        "a key nobody pushed satisfies no text condition",
        micro(
            "{id: a, trigger: {event: e}, where: {data_layer: {nothing: {matches: '.*'}}}}",
            "{id: b, trigger: {event: e}, where: {data_layer: {nothing: {contains: fine}}}}",
            "{id: c, trigger: {event: e}, where: {data_layer: {nothing: {not: x}}}}",
        ),
        do=(("push", {"event": "e"}),),
        ga4=(("c", {}),),
        meta=(("C", {}),),
    ),
    Scene(
        "unless, once, trigger group",
        micro(
            "{id: a, trigger: {event: e}, unless: {data_layer: {inner: true}}}",
            "{id: b, trigger: {event: e}, once: page}",
            "{id: c, trigger: {all: [{event: x}, {event: y}]}}",
            "{id: d, trigger: {click: '#z'}, unless: [{page_path: /no}, {page_path: /}]}",
        ),
        body='<button id="z">z</button>',
        do=(
            ("push", {"event": "e", "inner": True}),
            ("push", {"event": "e", "inner": False}),
            ("click", "#z"),
            ("push", {"event": "y"}),
            ("push", {"event": "x"}),
            ("push", {"event": "x"}),
        ),
        ga4=(("b", {}), ("a", {}), ("c", {})),
        meta=(("B", {}), ("A", {}), ("C", {})),
    ),
    Scene(
        "sources",
        HEAD
        + """
variables:
  author: {data_layer: page.author, default: nobody}
  band: {regex_lookup: {input: {data_layer: n}, table: {"[0-4]|5": low, "\\\\d+": high}, default: none}}
micro_conversions:
  - id: all
    trigger: {event: e}
    value: 2.5
    parameters:
      text: plain
      number: 3
      yes: true
      dl: {data_layer: page.type, default: other}
      dl1: {data_layer: flat, version: 1}
      typed: {data_layer: count, type: integer}
      shout: {data_layer: word, format: {case: upper, undefined_as: none}}
      no_word: {data_layer: nothing, format: {undefined_as: none}}
      query: {url: query.q}
      host: {url: host}
      frag: {url: fragment}
      ck: {cookie: tea}
      el: {css: "#price"}
      at: {css: "#price", attribute: data-cents, type: number}
      lost: {css: "#nothing"}
      js: {javascript: "function() { return document.title + '!'; }"}
      gl: {global: window.shop.size}
      named: {variable: author}
      banded: {variable: band}
      mapped: {lookup: {input: {data_layer: word}, table: {green: zielona}, default: inna}}
""",
        url=SHOP + "p?q=a%20b#part",
        head="<script>document.cookie='tea=sencha'; window.shop = {size: 7};</script>",
        body='<b id="price" data-cents="1999"> 19,99\n zł </b>',
        do=(("push", {"event": "e", "page": {"author": "Jan"}, "flat": "f", "count": "12", "word": "green", "n": 5}),),
        ga4=(
            (
                "all",
                {
                    "text": "plain", "number": 3, "yes": "true", "dl": "other", "dl1": "f",
                    "typed": 12, "shout": "GREEN", "no_word": "none", "query": "a b",
                    "host": "shop.example", "frag": "part", "ck": "sencha", "el": "19,99 zł",
                    "at": 1999, "js": "Shop!", "gl": 7, "named": "Jan", "banded": "low",
                    "mapped": "zielona", "value": 2.5, "currency": "PLN",
                },
            ),
        ),
        meta=(
            (
                "All",
                {
                    "text": "plain", "number": 3, "yes": True, "dl": "other", "dl1": "f",
                    "typed": 12, "shout": "GREEN", "no_word": "none", "query": "a b",
                    "host": "shop.example", "frag": "part", "ck": "sencha", "el": "19,99 zł",
                    "at": 1999, "js": "Shop!", "gl": 7, "named": "Jan", "banded": "low",
                    "mapped": "zielona", "value": 2.5, "currency": "PLN",
                },
            ),
        ),
    ),
    Scene(
        "visible, scrolled, timed, history, error",
        micro(
            "{id: seen, trigger: {element_visible: {css: '#late', percent: 10}}}",
            "{id: deep, trigger: {scroll: {percent: 90}}, parameters: {depth: {built_in: scroll_depth_threshold}}}",
            "{id: stay, trigger: {timer: {interval: 300, limit: 1}}}",
            "{id: moved, trigger: {history_change: {where: {page_path: /next}}}}",
            "{id: broke, trigger: js_error, parameters: {what: {built_in: error_message}}}",
        ),
        body='<div style="height:3000px"></div>',
        do=(
            ("sleep", 0.5),
            ("js", "() => history.pushState({}, '', '/next')"),
            ("js", "() => setTimeout(() => { throw new Error('boom'); }, 0)"),
            ("sleep", 0.2),
            ("js", "() => { document.body.insertAdjacentHTML('afterbegin', '<p id=late>late</p>'); scrollTo(0, 0); }"),
            ("sleep", 0.4),
            ("js", "() => scrollTo(0, 9999)"),
            ("sleep", 0.5),
        ),
        ga4=(("stay", {}), ("moved", {}), ("broke", {}), ("seen", {}), ("deep", {"depth": 90})),
        meta=(("Stay", {}), ("Moved", {}), ("Broke", {}), ("Seen", {}), ("Deep", {"depth": 90})),
    ),
]  # fmt: skip


def perform(page: Page, scene: Scene) -> None:
    for action, what in scene.do:
        match action:
            case "push":
                page.push(what)
            case "click":
                page.click(what)
            case "fill":
                page.page.fill(*what)
            case "sleep":
                page.page.wait_for_timeout(what * 1000)
            case "js":
                page.page.evaluate(what)
    if scene.wait:
        page.page.wait_for_timeout(scene.wait * 1000)
    page.settle()


def sent(hits: list[dict[str, Any]], kind: str) -> list[tuple[str, dict[str, Any]]]:
    if kind == "ga4":
        return [(h["event"], h["parameters"]) for h in hits]
    return [(h["event"], h["cd"]) for h in hits]


def within(
    wanted: tuple[tuple[str, dict[str, Any]], ...], got: list[tuple[str, dict[str, Any]]]
) -> None:
    """The same events, as often; those of one name in the same order."""
    wanted, got = sorted(wanted, key=lambda hit: hit[0]), sorted(got, key=lambda hit: hit[0])
    assert [name for name, _ in got] == [name for name, _ in wanted], got
    for (name, values), (_, all_values) in zip(wanted, got, strict=True):
        for key, value in values.items():
            assert all_values.get(key) == value, (name, key, all_values)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_container(scene: Scene, open_page: OpenPage) -> None:
    container = json.loads(built(scene.plan)["gtm-container.json"])
    page = open_page(container, html(scene), url=scene.url, status=scene.status)
    perform(page, scene)
    within(scene.ga4, sent(page.ga4(), "ga4"))
    if scene.meta:
        within(scene.meta, sent(page.meta(), "meta"))
        ids = [hit["eid"] for hit in page.meta()]
        assert all(ids)
        assert len(set(ids)) == len(ids)
    assert [e for e in page.errors() if "boom" not in e] == []


@pytest.mark.parametrize("scene", [s for s in SCENES if s.meta], ids=lambda scene: scene.name)
@pytest.mark.parametrize("combined", [True, False], ids=["combined", "single"])
def test_snippets(scene: Scene, combined: bool, open_page: OpenPage) -> None:
    files = built(scene.plan)
    manifest = json.loads(files["meta-pixel/manifest.json"])
    if combined:
        code = f"<script>{files['meta-pixel/events.js']}</script>"
    else:
        code = "".join(files[f"meta-pixel/{c['file']}"] for c in manifest["conversions"])
    page = open_page(
        None, html(scene, files["meta-pixel/base.html"] + code), url=scene.url, status=scene.status
    )
    perform(page, scene)
    within(scene.meta, sent(page.meta(), "meta"))
    assert [e for e in page.errors() if "boom" not in e] == []


STALE = [
    Scene(
        "keys of an older push decide nothing",
        micro("sign_up", "newsletter_signup", "contact_form"),
        do=(
            ("push", {"event": "sign_up", "method": "newsletter", "form_id": "old"}),
            ("push", {"event": "sign_up"}),
            ("push", {"event": "generate_lead", "lead_source": "newsletter"}),
            ("push", {"event": "generate_lead"}),
        ),
        ga4=(
            ("newsletter_signup", {"form_id": "old"}),
            ("sign_up", {"method": "site"}),
            ("newsletter_signup", {"form_id": None}),
            ("generate_lead", {"form_id": None}),
        ),
        meta=(
            ("CompleteRegistration", {"content_name": "newsletter"}),
            ("CompleteRegistration", {"content_name": "account"}),
            ("CompleteRegistration", {"content_name": "newsletter"}),
            ("Contact", {}),
        ),
    ),
    Scene(
        "a product in stock after one that is not, without a reset",
        HEAD + "anti_conversions: [out_of_stock]",
        do=(
            ("push", {"event": "view_item", "ecommerce": {"items": [{"item_id": "A", "item_stock_status": "oos"}]}}),
            ("push", {"event": "view_item", "ecommerce": {"items": [{"item_id": "B"}]}}),
        ),
        ga4=(("out_of_stock", {"item_id": "A"}),),
        meta=(("OutOfStockView", {}),),
    ),
    Scene(
        "a key below null is undefined, not false",
        micro("{id: a, trigger: {event: e}, parameters: {c: {data_layer: ecommerce.coupon}}}"),
        do=(("push", {"ecommerce": None}), ("push", {"event": "e"})),
        ga4=(("a", {"c": None}),),
        meta=(("A", {"c": None}),),
    ),
    Scene(
        "prices as text",
        micro("add_to_cart"),
        do=(
            ("push", {"event": "add_to_cart", "ecommerce": {"items": [
                {"item_id": "A", "price": "1 234,50 zł", "quantity": 2}, {"item_id": "B", "price": "1,234.50"}]}}),
        ),
        ga4=(("add_to_cart", {"value": 3703.5}),),
        meta=(
            ("AddToCart", {"value": 3703.5, "contents": [
                {"id": "A", "quantity": 2, "item_price": 1234.5}, {"id": "B", "quantity": 1, "item_price": 1234.5}]}),
        ),
    ),
    Scene(
        "items of another source",
        micro("{id: quote, trigger: {event: q}, parameters: {items: {data_layer: lines, type: items}}}"),
        do=(
            ("push", CART),
            ("push", {"event": "q", "lines": [{"item_id": "Z", "price": 5}]}),
        ),
        ga4=(("quote", {}),),
        meta=(("Quote", {"content_ids": ["Z"], "contents": [{"id": "Z", "quantity": 1, "item_price": 5}]}),),
    ),
    Scene(
        "words nobody clicks on, and files in somebody's query",
        micro("more_info_click", "file_download"),
        body='<h2 id="h">Details</h2><a id="s" href="/search?q=a.pdf" onclick="return false">s</a>'
        '<a id="d" download="x.csv" href="data:text/csv;base64,c2VjcmV0" onclick="return false">d</a>',
        do=(("click", "#h"), ("click", "#s"), ("click", "#d")),
        only="nothing",
    ),
    Scene(
        "what was typed is not the text of a click",
        micro("{id: field, trigger: {click: {css: 'input'}}, parameters: {t: {click: text}}}"),
        body='<input id="i" value="jan@x.example"><input id="b" type="submit" value="Send">',
        do=(("click", "#i"), ("click", "#b")),
        ga4=(("field", {"t": ""}), ("field", {"t": "Send"})),
        meta=(("Field", {}), ("Field", {"t": "Send"})),
    ),
]  # fmt: skip


@pytest.mark.parametrize("scene", STALE, ids=lambda scene: scene.name)
def test_leaks(scene: Scene, open_page: OpenPage) -> None:
    files = built(scene.plan)
    page = open_page(json.loads(files["gtm-container.json"]), html(scene), url=scene.url)
    perform(page, scene)
    within(scene.ga4, sent(page.ga4(), "ga4"))
    within(scene.meta, sent(page.meta(), "meta"))
    code = files["meta-pixel/base.html"] + f"<script>{files['meta-pixel/events.js']}</script>"
    bare = open_page(None, html(scene, code), url=scene.url)
    perform(bare, scene)
    within(scene.meta, sent(bare.meta(), "meta"))
    assert page.errors() == bare.errors() == []


def test_gtag_events_on_a_page_without_gtm(open_page: OpenPage) -> None:
    """A shop that sends to GA4 by gtag.js and to Meta by our snippets."""
    files = built(micro("add_to_cart", "sign_up"))
    code = files["meta-pixel/base.html"] + f"<script>{files['meta-pixel/events.js']}</script>"
    page = open_page(None, f"<!doctype html><head>{code}</head><p>x</p>")
    page.gtag("event", "add_to_cart", {"value": 7, "currency": "EUR", "items": [{"item_id": "G"}]})
    page.gtag("event", "sign_up", {"method": "email"})
    (cart, sign_up) = page.meta()
    assert (cart["event"], cart["cd"]["value"], cart["cd"]["content_ids"]) == (
        "AddToCart",
        7,
        ["G"],
    )
    assert sign_up["event"] == "CompleteRegistration"
