"""The documents of the platforms: made from the catalog, true to it, in two languages."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from typer.testing import CliRunner

from tagkit.catalog import Catalog
from tagkit.cli import app
from tagkit.detection_words import in_words, state_of
from tagkit.platform_pages import PLATFORMS, document
from tagkit.push_code import push_code
from tests.golden.golden_files import DOCUMENTS, platform_documents

CATALOG = Catalog()
NAMES = [f"{platform}{suffix}.md" for platform in PLATFORMS for suffix in ("", ".pl")]


def said_by(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["catalog", *arguments])
    return result.exit_code, result.output


def pushed(code: str) -> list[Any]:
    """The values in a push's code; what is after // is for people."""
    bare = re.sub(r"  // [^\n]*", "", code)
    quoted = re.sub(r"([{,]\s*)([A-Za-z_]\w*):", r'\1"\2":', bare)
    plain = re.sub(r",(\s*[}\]])", r"\1", quoted)
    return [json.loads(one) for one in re.findall(r"dataLayer\.push\((.*?)\);", plain, re.DOTALL)]


def test_the_documents_are_up_to_date() -> None:
    """Regenerate with ``python -m tests.golden.regenerate``."""
    assert platform_documents() == {
        path.name: path.read_text("utf-8") for path in DOCUMENTS.glob("*.md")
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_document_has_every_conversion_once(name: str) -> None:
    text = platform_documents()[name]
    assert re.findall(r"^### (\w+) ·", text, re.MULTILINE) == re.findall(
        r"^\| \[`(\w+)`\]", text, re.MULTILINE
    )
    assert sorted(re.findall(r'^<a id="(\w+)">', text, re.MULTILINE)) == list(CATALOG.ids)


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("name", CATALOG.ids)
def test_the_code_pushes_what_the_catalog_has(name: str, language: str) -> None:
    entry = CATALOG.entry(name)
    code = push_code(entry, language)
    wanted = [entry["push"]] if "push" in entry else []
    assert pushed(code) == [{"ecommerce": None}] * code.count("ecommerce: null") + wanted
    assert ("ecommerce: null" in code) == ("ecommerce" in entry.get("push", {}))


def test_each_value_has_its_type() -> None:
    entry = {
        "parameters": {
            "value": {"ecommerce": "value", "required": True},
            "form": {"pushed": "form_id", "required": True},
            "fixed": "text",
        },
        "push": {
            "event": 'say "hello"',
            "form_id": "a",
            "is-new": True,
            "results_count": 0,
            "ecommerce": {"currency": "PLN", "value": 1, "items": [{"quantity": 2, "price": 1.5}]},
        },
    }
    assert push_code(entry, "en").splitlines() == [
        "dataLayer.push({ecommerce: null});  // nothing of the push before stays",
        "dataLayer.push({",
        '  event: "say \\"hello\\"",',
        '  form_id: "a",                     // text, required',
        '  "is-new": true,                   // true or false',
        "  results_count: 0,                 // whole number",
        "  ecommerce: {",
        '    currency: "PLN",                // text: a code of ISO 4217',
        "    value: 1,                       // number, without quotes, required",
        "    items: [{                       // list: one for each product",
        "      quantity: 2,                  // whole number",
        "      price: 1.5,                   // number, without quotes",
        "    }],",
        "  },",
        "});",
    ]


WAYS: list[tuple[dict[str, Any], str, tuple[str, ...]]] = [
    (
        {"trigger": {"event": ["a", "b"]}},
        "the shop's or a module's own push: 'a' or 'b'",
        (),
    ),
    (
        {"trigger": {"event": "a", "where": {"pushed": {"n": 0, "b": {"not": "c"}}}}},
        "the shop's or a module's own push: 'a', if 'n' is '0', if 'b' is not 'c'",
        (),
    ),
    (
        {
            "trigger": {
                "event": "a",
                "where": {
                    "data_layer": {"eventModel.send_to": {"not": {"matches": "^G-"}}},
                    "pushed": {"b": {"matches": "^c"}, "send_to": {"not": {"matches": "^G-"}}},
                },
            }
        },
        (
            "the shop's or a module's own push: 'a', if 'b' matches '^c', "
            "but none that a module sends to a GA4 property of its own"
        ),
        (),
    ),
    (
        {"trigger": {"event": "a", "where": {"pushed": {"n": {"less": 1}}, "page_path": "/"}}},
        'the shop\'s or a module\'s own push: \'a\', if \'{"page_path": "/", "n": {"less": 1}}\'',
        (),
    ),
    (
        {"trigger": {"event": "tagkit.a"}, "listener": "generic/a"},
        "tagkit's listener 'generic/a'",
        (),
    ),
    ({"trigger": {"click": "#a"}}, "a click on '#a'", ()),
    ({"trigger": {"form_submit": {"css": "#a"}}}, "the form '#a' is sent", ()),
    (
        {"trigger": {"link_click": {"where": {"click_url": {"matches": "^tel:"}}}}},
        "a click on a link whose address matches '^tel:'",
        (),
    ),
    (
        {"trigger": {"click": {"css": "a", "where": {"click_text": {"matches": "^more"}}}}},
        "a click on 'a' with the words '^more'",
        (),
    ),
    (
        {"trigger": {"click": {"css": "a", "wait_for_tags": True}}},
        'trigger: \'{"click": {"css": "a", "wait_for_tags": true}}\'',
        (),
    ),
    ({"trigger": {"scroll": {"percent": 5}}}, 'trigger: \'{"scroll": {"percent": 5}}\'', ()),
    (
        {
            "trigger": {"event": "tagkit.a"},
            "listener": "shop/a",
            "how": {"en": "It says so.", "pl": "Mówi."},
            "page": "body#a",
            "relies_on": [{"global": "shop.on"}, {"css": ".b"}],
        },
        "It says so.",
        ("page: 'body#a'", "relies on: the global 'shop.on', '.b'"),
    ),
]


@pytest.mark.parametrize(("way", "sentence", "lines"), WAYS)
def test_a_way_in_words(way: dict[str, Any], sentence: str, lines: tuple[str, ...]) -> None:
    assert in_words(way, "en", lambda text: f"'{text}'") == (sentence, lines)
    assert in_words(way, "pl").sentence


STATES: list[tuple[list[dict[str, Any]], tuple[str, str]]] = [
    ([{"sure": "high", "trigger": {"event": "a"}, "customer_event": {}}], ("fires", "high")),
    (
        [
            {"sure": "high", "trigger": {"event": "a"}, "customer_event": {}},
            {"sure": "low", "trigger": {"click": "#a"}},
        ],
        ("fires", "high"),
    ),
    ([{"sure": "high", "trigger": {"event": "a"}}], ("push", "")),
    ([{"sure": "high", "trigger": {"event": "a"}, "absent": {}}], ("absent", "")),
    (
        [
            {"sure": "high", "trigger": {"event": "a"}},
            {"sure": "low", "trigger": {"click": "#a"}},
            {"sure": "medium", "trigger": {"event": "tagkit.a"}, "listener": "x/a"},
        ],
        ("fires", "medium"),
    ),
]


@pytest.mark.parametrize(("ways", "state"), STATES)
def test_the_state_of_a_conversion(ways: list[dict[str, Any]], state: tuple[str, str]) -> None:
    assert state_of(ways) == state


class Small(Catalog):
    """One conversion that the platform has not, one that only the shop knows."""

    ids = ("add_to_wishlist", "purchase")

    def entry(self, name: str) -> dict[str, Any]:
        plain = {"sure": "high", "trigger": {"event": name}}
        absent = {**plain, "absent": {"en": "No lists here.", "pl": "Nie ma list."}}
        ways = {"generic": [plain], "shopify": [absent]} if "wish" in name else {"generic": [plain]}
        return {**super().entry(name), "detect": ways}


def test_what_the_platform_has_not_is_said() -> None:
    text = document(Small(), "shopify", "en")
    assert "| Added to the wish list | not there |  |" in text
    assert "  No lists here." in text
    assert "As on any site." in text  # purchase
    assert text.count("When: An order is placed.") == 1
    assert "nie ma jej" in document(Small(), "shopify", "pl")


def test_what_a_custom_pixel_hears_is_not_pushed_by_the_theme() -> None:
    section = document(CATALOG, "shopify", "en").partition("### purchase")[2].partition("### ")[0]
    assert "shopify-pixel.js" in section
    assert "dataLayer.push" not in section


def test_a_platform_in_a_terminal() -> None:
    code, said = said_by("--platform", "woocommerce")
    assert code == 0
    assert re.search(r"^purchase +needs a push$|^purchase +detected", said, re.MULTILINE)
    assert (
        "trigger" not in said_by("--platform", "woocommerce", "--language", "pl")[1].split("\n")[0]
    )
    assert max(map(len, said.splitlines())) < 400


def test_an_entry_on_one_platform() -> None:
    code, said = said_by("add_to_cart", "--platform", "shopify")
    assert code == 0
    assert re.findall(r"How it is detected \((\w+)\)", said) == ["shopify"]


@pytest.mark.parametrize("arguments", [["--markdown"], ["add_to_cart", "--platform", "magento"]])
def test_markdown_is_for_a_platform(arguments: list[str]) -> None:
    code, said = said_by(*arguments, "--markdown")
    assert (code, said) == (2, "tagkit: --markdown goes with --platform, and with no ID\n")
