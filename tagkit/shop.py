"""The demo shop: a small tea shop on which every conversion of the catalog can be made to happen.

It has no server: ``page`` says what one would answer, whoever serves it (a test's browser, the
preview). Its templates, style and script are in ``templates/shop/``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tagkit.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

HTML = "text/html; charset=utf-8"
LANGUAGES = ("en", "pl")
CURRENCY = "PLN"

_FILES = {
    "/shop.js": ("shop.js", "text/javascript; charset=utf-8"),
    "/consent.js": ("consent.js", "text/javascript; charset=utf-8"),
    "/shop.css": ("shop.css", "text/css; charset=utf-8"),
    "/files/brewing-guide.pdf": ("brewing-guide.pdf", "application/pdf"),
}
_PAGES = {
    "/": "list",
    "/product": "product",
    "/product-sold-out": "product",
    "/cart": "cart",
    "/checkout": "checkout",
    "/thank-you": "thank-you",
    "/search": "search",
    "/contact": "contact",
    "/account": "account",
    "/delivery": "delivery",
}
PATHS = (*_PAGES, *_FILES)
"""All addresses of the shop; any other is a page that does not exist."""

_SCHEMA_ORG = "https://schema.org"
_LONGEST_TERM = 100


@dataclass(frozen=True, slots=True)
class Page:
    """What the shop answers."""

    status: int
    content_type: str
    body: bytes


def page(
    path: str,
    query: str = "",
    *,
    head: str = "",
    language: str = "en",
    update_event: str | None = None,
) -> Page:
    """The answer to one address; one that the shop does not have gets its page for that, and 404.

    ``head`` is HTML that stands in the head of each page: the consent default and the container.
    The shop's own memory of the visitor's choice stands above it, and of two the update counts.
    ``update_event`` is what the cookie banner pushes after a choice.
    """
    if path in _FILES:
        name, content_type = _FILES[path]
        return Page(200, content_type, (TEMPLATES / "shop" / name).read_bytes())
    asked = {key: values[0] for key, values in parse_qs(query).items()}
    name = _PAGES.get(path, "not-found")
    product = _product(path, asked) if name == "product" else None
    if name == "product" and product is None:
        name = "not-found"
    term = asked.get("q", "").strip()[:_LONGEST_TERM] if name == "search" else ""
    found = [one for one in _products() if term.lower() in one["name"].lower()]
    declined = name == "checkout" and asked.get("payment") == "declined"
    data = {
        "currency": CURRENCY,
        "decimal_point": _point(language),
        "products": {one["id"]: one for one in _products()},
        "product": product,
        "search": {"search_term": term, "results_count": len(found)} if term else None,
        "declined": declined,
    }
    words = _words(language)
    html = (
        _environment()
        .get_template(f"shop/{name}.html.j2")
        .render(
            page=name,
            language=language,
            t=lambda said: words.get(said, said),
            money=lambda amount: f"{amount:.2f} {CURRENCY}".replace(".", _point(language)),
            address=_address,
            head=head,
            update_event=update_event or "",
            data=data,
            products=found,
            product=product,
            schema_org=_schema_org(product, words) if product else None,
            term=term,
            declined=declined,
        )
    )
    return Page(404 if name == "not-found" else 200, HTML, html.encode())


def _product(path: str, asked: Mapping[str, str]) -> dict[str, Any] | None:
    """The product of a page; the first without an id, None for one that there is not."""
    wanted = asked.get("id")
    in_stock = path == "/product"
    fitting = [one for one in _products() if one["in_stock"] == in_stock]
    return next((one for one in fitting if wanted in (None, one["id"])), None)


def _address(product: Mapping[str, Any]) -> str:
    path = "/product" if product["in_stock"] else "/product-sold-out"
    return f"{path}?id={product['id']}"


def _schema_org(product: Mapping[str, Any], words: Mapping[str, str]) -> dict[str, Any]:
    """The product as search engines want to be told of it."""
    stock = "InStock" if product["in_stock"] else "OutOfStock"
    return {
        "@context": _SCHEMA_ORG,
        "@type": "Product",
        "sku": product["id"],
        "name": product["name"],
        "description": words.get(product["about"], product["about"]),
        "offers": {
            "@type": "Offer",
            "price": f"{product['price']:.2f}",
            "priceCurrency": CURRENCY,
            "availability": f"{_SCHEMA_ORG}/{stock}",
        },
    }


def _point(language: str) -> str:
    return "," if language == "pl" else "."


@cache
def _products() -> list[dict[str, Any]]:
    products: list[dict[str, Any]] = json.loads(_text("products.json"))
    return products


@cache
def _words(language: str) -> dict[str, str]:
    """English -> that language; the texts stand in the templates in English."""
    words: dict[str, str] = json.loads(_text("pl.json")) if language == "pl" else {}
    return words


def _text(name: str) -> str:
    return (TEMPLATES / "shop" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """HTML: what is put in is escaped. (``tagkit.rendering`` makes JavaScript.)."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
