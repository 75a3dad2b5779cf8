"""What the demo shop answers, without a browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from tagkit import shop
from tagkit.resources import TEMPLATES
from tests.shop.playing import VISITORS

FOLDER = TEMPLATES / "shop"
SAID = re.compile(r't\("([^"]+)"\)')
HTML_PATHS = [path for path in shop.PATHS if "." not in path]


class Parts(HTMLParser):
    """The tags of a page, with their attributes; what is not closed stays on the stack."""

    VOID = ("meta", "link", "input")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.stack: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def all(self, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for _, attrs in self.tags if attribute in attrs]


def html(path: str, query: str = "", **options: str) -> str:
    return shop.page(path, query, **options).body.decode()


def data_of(text: str) -> dict[str, object]:
    (written,) = re.findall(r'id="shop-data">(.*?)</script>', text)
    read: dict[str, object] = json.loads(written)
    return read


@pytest.mark.parametrize("language", shop.LANGUAGES)
@pytest.mark.parametrize("path", [*HTML_PATHS, "/nowhere"])
def test_a_page_is_whole(path: str, language: str) -> None:
    page = shop.page(path, language=language)
    assert (page.status, page.content_type) == (404 if path == "/nowhere" else 200, shop.HTML)
    parts = Parts(page.body.decode())
    assert parts.stack == []
    ids = parts.all("id")
    assert len(set(ids)) == len(ids)
    assert {*parts.all("for"), *parts.all("aria-labelledby"), *parts.all("aria-controls")} <= {*ids}
    labelled = {*parts.all("for")}
    assert [
        a["id"] for tag, a in parts.tags if tag in ("input", "textarea") and a["id"] not in labelled
    ] == []
    assert {*parts.all("lang")} == {language}
    assert sum(tag == "h1" for tag, _ in parts.tags) == 1


@pytest.mark.parametrize("path", [*HTML_PATHS, "/nowhere"])
def test_no_link_leads_nowhere(path: str) -> None:
    parts = Parts(html(path, "q=e"))
    for url in [*parts.all("href"), *parts.all("src"), *parts.all("action")]:
        if url.startswith("/"):
            assert shop.page(*([*url.split("?"), ""])[:2]).status == 200, url
        else:
            assert url.startswith(("#", "tel:", "mailto:", "data:")), url  # nothing of others


def test_every_text_is_there_in_polish() -> None:
    said = {text for file in FOLDER.glob("*.j2") for text in SAID.findall(file.read_text("utf-8"))}
    said |= {
        product["about"] for product in json.loads((FOLDER / "products.json").read_text("utf-8"))
    }
    polish = json.loads((FOLDER / "pl.json").read_text("utf-8"))
    assert set(polish) == said
    assert "Dodaj do koszyka" in html("/product", language="pl")
    assert "49,90 PLN" in html("/product", language="pl")
    assert "49.90 PLN" in html("/product")


def test_files() -> None:
    assert shop.page("/files/brewing-guide.pdf").body.startswith(b"%PDF-1.4\n")
    assert shop.page("/files/brewing-guide.pdf").content_type == "application/pdf"
    assert shop.page("/shop.js").content_type.startswith("text/javascript")
    assert shop.page("/shop.css").content_type.startswith("text/css")


def test_no_way_out_of_the_folder() -> None:
    for path in ("/../plan.en.yaml.j2", "/base.html.j2", "/products.json", "//", "", "/pl.json"):
        assert shop.page(path).status == 404


def test_the_head_stands_below_the_banners_memory() -> None:
    text = html("/", head="<script>container()</script>")
    assert text.index("/consent.js") < text.index("<script>container()") < text.index("/shop.js")


def test_what_the_banner_pushes() -> None:
    assert 'data-update-event="cookie_choice"' in html("/", update_event="cookie_choice")
    assert 'data-update-event="&#34;&gt;&lt;b&gt;"' in html("/", update_event='"><b>')
    assert 'data-update-event=""' in html("/")


def test_products() -> None:
    assert data_of(html("/product"))["product"]["name"] == "Sencha"  # type: ignore[index]
    assert "<h1>Kyusu</h1>" in html("/product", "id=POT-03")
    assert "<h1>Gyokuro</h1>" in html("/product-sold-out", "id=TEA-30")
    assert '"https://schema.org/OutOfStock"' in html("/product-sold-out")
    assert '"https://schema.org/InStock"' in html("/product")


@pytest.mark.parametrize(
    "path", ["/product?id=TEA-30", "/product?id=NO", "/product-sold-out?id=TEA-12"]
)
def test_a_product_that_there_is_not(path: str) -> None:
    assert shop.page(*path.split("?")).status == 404


@pytest.mark.parametrize(
    ("query", "search"),
    [
        ("", None),
        ("q=", None),
        ("q=+++", None),
        ("x=1", None),
        ("q=SEN", {"search_term": "SEN", "results_count": 1}),
        ("q=e&q=f", {"search_term": "e", "results_count": 2}),
        ("q=coffee", {"search_term": "coffee", "results_count": 0}),
        ("q=%ff%fe", {"search_term": "\ufffd\ufffd", "results_count": 0}),
        ("q=" + "x" * 5000, {"search_term": "x" * 100, "results_count": 0}),
    ],
)
def test_search(query: str, search: object) -> None:
    assert data_of(html("/search", query))["search"] == search


def test_a_query_is_text() -> None:
    term = "\"'><script>alert(1)</script><!--{{ 7*7 }}"
    text = html(
        "/search", "q=%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E%3C!--%7B%7B%207*7%20%7D%7D"
    )
    assert "alert(1)<" not in text
    assert text.count("<script") == text.count("</script>") == html("/search").count("<script")
    assert data_of(text)["search"] == {"search_term": term, "results_count": 0}
    fields = {attrs.get("id"): attrs for _, attrs in Parts(text).tags}
    assert fields["search-term"]["value"] == term


def test_visitors_come_to_pages_that_there_are() -> None:
    for name, visitor in VISITORS.items():
        path, _, query = visitor["open"].removeprefix("shop:").partition("?")
        assert shop.page(path, query).status == (404 if name == "page_not_found" else 200)
