# ruff: noqa: RUF001 - prices as shops write them
"""Numbers, items and what is kept until the next page, as the shared parts give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from listener_stage import Scene

from tagkit import rendering
from tagkit.listeners import script_of

if TYPE_CHECKING:
    from pathlib import Path

    from listener_stage import Stage

pytestmark = pytest.mark.browser

GIVES = """/* needs: ecommerce, keep, leave, visible */
listen('generic/share', function () {
  w.parts = { number: number, text: text, item: item, commerce: commerce, keep: keep, kept: kept, forget: forget, leave: leave, isLeft: isLeft, around: around };
});
"""
NUMBERS = {
    "'1 234,50 zł'": 1234.5,
    "'1.234,50 €'": 1234.5,
    "'$1,234.50'": 1234.5,
    "'1 234'": 1234,
    "'1\\u00a0234,50\\u00a0zł'": 1234.5,
    "'1\\u202f234,5 €'": 1234.5,
    "'1\\'234.50 CHF'": 1234.5,
    "'1.234 €'": 1234,
    "'1.234'": 1.23,
    "'49.900000'": 49.9,
    "'49,90'": 49.9,
    "'1,234'": 1234,
    "'12,5'": 12.5,
    "'0,500'": 0.5,
    "'1.234.567 ₫'": 1234567,
    "'1.234.567,89 €'": 1234567.89,
    "'₹1,23,456.00'": 123456,
    "'12.500 KWD'": 12.5,
    "'١٬٢٣٤٫٥٠ ر.س'": 1234.5,
    "'۴۹٫۹۰'": 49.9,
    "'od 12,50 zł'": 12.5,
    "'12,50 zł – 99,00 zł'": 12.5,
    "'49,- Kč'": 49,
    "'Rs. 1,234.50'": 1234.5,
    "1234.5": 1234.5,
    "33.333333": 33.33,
    "-5": -5,
    "['7', '8']": 7,
    "''": None,
    "'gratis'": None,
    "undefined": None,
    "null": None,
    "NaN": None,
    "{}": None,
}


@pytest.fixture
def given(stage: Stage, tmp_path: Path) -> Any:
    """What expressions over the parts give, one after the other on one page."""

    def run(*expressions: str, head: str = "") -> list[Any]:
        file = tmp_path / "listeners/generic/share.js.j2"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GIVES, "utf-8")
        rendering.use_templates(tmp_path)
        try:
            script = script_of(["generic/share"])
        finally:
            rendering.use_templates(None)
        steps = [("js", script)]
        steps += [("js", f"dataLayer.push({{ gives: {each} }})") for each in expressions]
        scene = Scene("parts", [], "<form class=a></form>", steps, head=head, when="later")
        layer = stage.play(scene).layer
        return [x["gives"] if x and "gives" in x else x for x in layer]

    return run


def test_numbers(given: Any) -> None:
    said = given(
        *(f"parts.number({text}) === undefined ? null : parts.number({text})" for text in NUMBERS)
    )

    assert dict(zip(NUMBERS, said, strict=True)) == NUMBERS


def test_items(given: Any) -> None:
    fields = (
        "{item_id: 7, item_name: ' A \\n \"B\" </script> 🍵 ', price: '49,90 zł', quantity: '2',"
        " index: '0', item_brand: '', item_variant: null, item_category: {name: 'Tea'}}"
    )

    assert given(f"parts.item({fields})") == [
        {
            "item_id": "7",
            "item_name": 'A "B" </script> 🍵',
            "price": 49.9,
            "quantity": 2,
            "index": 0,
            "item_category": "Tea",
        }
    ]


def test_commerce_is_said_once_a_second(given: Any) -> None:
    add = "parts.commerce('add_to_cart', {currency: 'PLN', items: [{item_id: '7', price: 0.1, quantity: 3}]}, {more: 1})"
    other = "parts.commerce('add_to_cart', {items: [{item_id: '8'}]})"
    said = given(add, add, add, other, f"(Date.now = () => 9e12, {add})")
    pushes = [x for x in said if x and x != "(undefined)"]
    message = {
        "event": "tagkit.add_to_cart",
        "ecommerce": {
            "currency": "PLN",
            "value": 0.3,
            "items": [{"item_id": "7", "price": 0.1, "quantity": 3}],
        },
        "more": 1,
    }
    bare = {"event": "tagkit.add_to_cart", "ecommerce": {"items": [{"item_id": "8"}]}}

    assert pushes == [
        {"ecommerce": None},
        message,
        {"ecommerce": None},
        bare,
        {"ecommerce": None},
        message,
    ]


# For tagkit's keys; the stage keeps its own record there.
NO_STORAGE = """<script>for (const verb of ['getItem', 'setItem', 'removeItem']) {
  const old = Storage.prototype[verb];
  Storage.prototype[verb] = function (key, x) {
    if (/^tagkit/.test(key)) { throw Error('no'); }
    return old.call(this, key, x);
  };
}</script>"""


def consent(*commands: str) -> str:
    pushes = "".join(f"gtag('consent', {command});" for command in commands)
    return f"<script>function gtag() {{ dataLayer.push(arguments); }} {pushes}</script>"


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("", {"a": 1}),
        (consent("'default', {analytics_storage: 'denied'}"), None),
        (consent("'default', {analytics_storage: 'granted'}"), {"a": 1}),
        (
            consent(
                "'default', {analytics_storage: 'denied', region: ['PL']}",
                "'default', {analytics_storage: 'granted'}",
            ),
            None,
        ),
        (
            consent(
                "'default', {analytics_storage: 'denied'}",
                "'update', {analytics_storage: 'granted'}",
            ),
            {"a": 1},
        ),
        (consent("'default', {ad_storage: 'denied'}"), {"a": 1}),
        (
            NO_STORAGE,
            None,
        ),
    ],
)
def test_kept_only_with_consent(given: Any, head: str, kept: Any) -> None:
    said = given(
        "(parts.keep('x', {a: 1}), parts.kept('x') || null)",
        "(parts.forget('x'), parts.kept('x') || null)",
        head=head,
    )

    assert said[-2:] == [kept, None]


def test_forms_that_are_left(given: Any) -> None:
    said = given(
        "(parts.leave('.a'), ['submits', 'errors'].map((x) => parts.isLeft(document.forms[0], x)))",
        "(parts.leave('.a', 'errors'), parts.isLeft(document.forms[0], 'errors'))",
        "parts.around(document, 'form')",
    )

    assert said == [[True, False], True, None]
