"""What was done by hand becomes a scenario, and 'tagkit test' says the same of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from playwright.sync_api import expect

from tagkit.schema import SchemaName, validate
from tests.run_tagkit import run_tagkit

from .shops import Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .client import Client
    from .panel import Panel
    from .shops import RunningShop

    Start = Callable[..., Client]
    Open = Callable[..., Panel]


def copied(panel: Panel) -> dict[str, Any]:
    panel.page.click("#copy")
    expect(panel.page.locator("#scenario-note")).to_contain_text("Copied")
    text = panel.page.evaluate("navigator.clipboard.readText()")
    assert text == panel.page.input_value("#scenario-text")
    panel.page.keyboard.press("Escape")
    found: list[Any] = []
    document = yaml.safe_load(f"tests:\n{text}")
    assert validate(document, SchemaName.SCENARIO, found), found
    (scenario,) = document["tests"]
    return scenario  # type: ignore[no-any-return]


def passes(folder: Path, panel: Panel) -> None:
    text = panel.page.input_value("#scenario-text")
    (folder / "plan.tests.yaml").write_text(f"tests:\n{text}", "utf-8")
    done = run_tagkit("test", "plan.yaml", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_demo_shop(folder: Path, preview: Start, open_panel: Open) -> None:
    panel = open_panel(preview())
    panel.go("/product")
    panel.fired("Product viewed")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart")
    panel.page.get_by_role("switch", name="ad_storage").click()
    panel.shop.locator("a[href='/cart']").first.click()
    panel.at("/cart")
    panel.page.get_by_role("button", name="Grant all").click()
    panel.tab("Data layer")
    panel.page.fill("#message", '{"event": "newsletter_signup"}')
    panel.page.get_by_role("button", name="Push").click()
    panel.fired("Newsletter joined")
    scenario = copied(panel)
    assert scenario["open"] == "shop:/"
    assert scenario["consent"] == "none"
    kinds = [next(iter(step)) for step in scenario["steps"]]
    assert kinds == ["navigate", "click", "consent", "click", "consent", "push"]
    assert scenario["steps"][:2] == [{"navigate": "shop:/product"}, {"click": "#add-to-cart"}]
    assert scenario["expect"]["fires"] == ["view_item", "add_to_cart", "newsletter_signup"]
    hits = scenario["expect"]["google_analytics"]
    assert [hit["event"] for hit in hits] == ["view_item", "add_to_cart", "newsletter_signup"]
    assert hits[1]["parameters"]["value"] == 49.9
    assert {hit["event"] for hit in scenario["expect"]["meta_pixel"]} >= {
        "ViewContent",
        "AddToCart",
    }
    passes(folder, panel)


FORMS = """<!doctype html><html lang="en"><head><title>x</title></head><body>
<form id="f" onsubmit="dataLayer.push({event: 'newsletter_signup'}); return false">
<input name="email" aria-label="E-mail"><input type="password" id="pw" aria-label="Password">
<input name="phone" aria-label="Phone"><input id="nick" aria-label="Nick">
<input name="card-number" aria-label="Card"><textarea name="t" aria-label="Text"></textarea>
<select name="size"><option>S</option><option>L</option></select>
<label><input type="checkbox" name="ok"> I agree</label>
<input type="file" aria-label="File">
<button>Send</button></form>
<form class="search" onsubmit="return false"><input name="q" aria-label="Find"></form>
<div class="list"><ul><li><a href="#a">one</a></li><li><a href="#b">two</a></li></ul>
<button data-testid="go">Go</button><button class="x1234567 buy">Buy</button><button>Plain</button></div>
<div class="list"><button>Other</button><p><span onclick="1">Span</span></p></div>
<p style="height: 3000px">tall</p>
</body></html>"""


@pytest.fixture
def forms(folder: Path, preview: Start, open_panel: Open) -> Panel:
    (folder / "forms.html").write_text(FORMS, "utf-8")
    return open_panel(preview(page="forms.html"))


def test_what_is_typed_may_be_personal(folder: Path, forms: Panel) -> None:
    typed = {
        "E-mail": "ada@lovelace.example", "Password": "secret", "Phone": "+48 123 456 789",
        "Card": "4111 1111 1111 1111", "Text": "call 500 600 700", "Nick": "ada",
    }  # fmt: skip
    for label, value in typed.items():
        forms.shop.get_by_label(label, exact=True).fill(value)
    forms.shop.get_by_label("Nick", exact=True).fill("grace@hopper.example")
    forms.shop.get_by_label("Nick", exact=True).fill("600 700 800")
    forms.shop.locator("select").press("L")
    forms.shop.get_by_label("I agree").check()
    forms.shop.get_by_role("button", name="Send").click()
    forms.fired("Newsletter joined")
    scenario = copied(forms)
    assert scenario["open"] == "forms.html"
    assert scenario["steps"] == [
        {"fill": {'input[name="email"]': "visitor@example.com"}},
        {"fill": {"#pw": "a-password"}},
        {"fill": {'input[name="phone"]': "+48 600 000 000"}},
        {"fill": {'input[name="card-number"]': "4242424242424242"}},
        {"fill": {'textarea[name="t"]': "call 500 600 700"}},
        {"fill": {"#nick": "+48 600 000 000"}},
        {"fill": {'select[name="size"]': "L"}},
        {"click": 'input[name="ok"]'},
        {"click": "#f button"},
    ]
    text = forms.page.input_value("#scenario-text")
    assert [
        value for value in ("lovelace", "secret", "123 456", "4111", "hopper") if value in text
    ] == []
    passes(folder, forms)


def test_selectors(forms: Panel) -> None:
    for name in ("Go", "Buy", "Plain", "Other"):
        forms.shop.get_by_role("button", name=name, exact=True).click()
    forms.shop.get_by_text("Span").click()
    forms.shop.get_by_role("link", name="two").click()
    forms.shop.get_by_label("Find").press("Enter")
    assert [step.get("click") or step for step in copied(forms)["steps"]] == [
        'button[data-testid="go"]',
        "button.buy",
        "button:nth-of-type(3)",
        "div:nth-of-type(2) > button",
        "span",
        'a[href="#b"]',
        {"submit": "form.search"},
    ]


def test_back_to_the_start(forms: Panel) -> None:
    """Nothing but an opened page; and what is scrolled is noticed by what it fires."""
    scenario = copied(forms)
    assert "steps" not in scenario
    assert scenario["expect"] == {"fires": []}


def test_scrolling(folder: Path, preview: Start, open_panel: Open) -> None:
    plan = folder / "plan.yaml"
    deep = "{id: deep, name: Deep, trigger: {scroll: {percent: [50]}}}"
    plan.write_text(
        plan.read_text("utf-8").replace("phone_click]", f"phone_click, {deep}]"), "utf-8"
    )
    (folder / "forms.html").write_text(FORMS, "utf-8")
    panel = open_panel(preview(page="forms.html"))
    frame = panel.page.frame("tagkit-shop")
    assert frame
    frame.evaluate("scrollTo(0, 1800)")
    panel.fired("Deep")
    scenario = copied(panel)
    assert scenario["steps"] == [{"scroll": "50%"}]
    passes(folder, panel)


def test_consent_before_the_page(panel_of_shop: Panel) -> None:
    panel = panel_of_shop
    panel.page.get_by_role("button", name="Deny all").click()
    panel.page.click("#again")
    panel.at("/")
    expect(panel.page.locator("#switch-ad_storage")).not_to_be_checked()
    assert copied(panel)["consent"] == "denied"
    panel.page.get_by_role("switch", name="ad_storage").click()
    panel.page.click("#again")
    panel.at("/")
    assert copied(panel)["consent"] == {
        "analytics_storage": "denied", "ad_storage": "granted",
        "ad_user_data": "denied", "ad_personalization": "denied",
    }  # fmt: skip


@pytest.fixture
def panel_of_shop(preview: Start, open_panel: Open) -> Panel:
    return open_panel(preview())


def test_a_running_shop(
    running_shop: RunningShop, folder: Path, preview: Start, open_panel: Open
) -> None:
    running_shop.pages["/a"] = Said(FORMS)
    panel = open_panel(preview(url=f"{running_shop.origin}/a?x=1"))
    panel.shop.get_by_role("button", name="Go").click()
    scenario = copied(panel)
    assert scenario["open"] == f"{running_shop.origin}/a?x=1"
    assert scenario["steps"] == [{"click": 'button[data-testid="go"]'}]
    assert (folder / "plan.yaml").exists()


def test_long_values_are_laid_out_and_odd_ones_quoted(panel_of_shop: Panel) -> None:
    text = panel_of_shop.page.evaluate(
        """async () => {
          const { scenario } = await import('/__tagkit__/scenario.js');
          const long = 'x'.repeat(90);
          return scenario({
            start: { address: '/', consent: null },
            steps: [{ push: { event: 'yes', 'a b': [[1, [long]], {}], n: null, list: [] } },
              { consent: 'granted' }],
            plan: { conversions: [] },
          }, { shop: { opens: 'shop:/' }, name: 'it "is": #odd\\n' });
        }"""
    )
    (scenario,) = yaml.safe_load(text)
    assert scenario["name"] == 'it "is": #odd\n'
    assert scenario["steps"][0]["push"] == {
        "event": "yes", "a b": [[1, ["x" * 90]], {}], "n": None, "list": [],
    }  # fmt: skip


def test_a_browser_that_does_not_let_copy(panel_of_shop: Panel) -> None:
    panel = panel_of_shop
    panel.at("/")
    panel.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    panel.page.click("#copy")
    expect(panel.page.locator("#scenario-note")).to_contain_text("copy by hand")
    assert "shop:/" in panel.page.input_value("#scenario-text")


def test_the_way_back(folder: Path, panel_of_shop: Panel) -> None:
    panel = panel_of_shop
    panel.shop.locator("a[href='/cart']").first.click()
    panel.at("/cart")
    panel.page.evaluate("() => frames['tagkit-shop'].history.back()")
    panel.at("/")
    steps = copied(panel)["steps"]
    assert [next(iter(step)) for step in steps] == ["click", "navigate"]
    assert steps[1] == {"navigate": "back"}
    passes(folder, panel)


def test_before_any_page(panel_of_shop: Panel) -> None:
    panel_of_shop.at("/")
    panel_of_shop.page.route("**/", lambda route: route.abort())
    panel_of_shop.page.click("#again")
    panel_of_shop.page.click("#copy")
    expect(panel_of_shop.page.locator("#scenario-note")).to_have_text(
        "No page has been opened yet."
    )
    panel_of_shop.complaints.clear()
