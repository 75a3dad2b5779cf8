"""By hand, on the demo shop in the panel, every conversion of the catalog can be made to happen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tagkit.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Frame

    from .client import Client
    from .panel import Panel

CATALOG = Catalog()


@pytest.fixture
def every_plan(folder: Path) -> None:
    plan: dict[str, Any] = {
        "tagkit": 1,
        "business": {"name": "Leaf & Kettle", "currency": "PLN"},
        "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
        "meta_pixel": {"pixel_id": "1234567890123456"},
    }
    for kind in ("macro", "micro", "anti"):
        plan[f"{kind}_conversions"] = [n for n in CATALOG.ids if CATALOG.entry(n)["kind"] == kind]
    (folder / "plan.yaml").write_text(json.dumps(plan), "utf-8")


def do(frame: Frame, step: dict[str, Any]) -> None:
    ((kind, value),) = step.items()
    match kind:
        case "fill":
            for selector, text in value.items():
                frame.fill(selector, text)
        case "submit":  # as a person does
            frame.locator(f"{value} :is(button, [type=submit])").last.click()
        case "click":
            frame.click(value)
        case _:
            assert kind == "wait"


FIRED = """rows => rows.map((row) => [row.querySelector('.name').textContent,
    Number((/fired (\\d+)/.exec(row.querySelector('.state').textContent) || [0, 1])[1])
        * row.classList.contains('fired')])"""


def fired(panel: Panel) -> dict[str, int]:
    """How often each has fired so far."""
    return dict(panel.page.locator(".conversion").evaluate_all(FIRED))


@pytest.mark.usefixtures("every_plan")
def test_all_of_them(preview: Callable[..., Client], open_panel: Callable[..., Panel]) -> None:
    """In one session, for a new visitor costs a page; what is in the cart is forgotten."""
    panel = open_panel(preview())
    frame = panel.page.frame("tagkit-shop")
    assert frame
    names = {name: CATALOG.entry(name)["name"]["en"] for name in CATALOG.ids}
    for name in CATALOG.ids:
        visitor = CATALOG.entry(name)["visitor"]
        before = fired(panel)
        panel.page.evaluate("sessionStorage.clear()")
        panel.go(visitor["open"].removeprefix("shop:"))
        for step in visitor["steps"]:
            do(frame, step)
        panel.fired(names[name], before[names[name]] + 1)
        expect(panel.conversion(names[name]).locator(".place.sent")).to_have_count(2)
        new = {other: times - before[other] for other, times in fired(panel).items()}
        wanted = {names[other] for other in (name, *visitor.get("also", []))}
        assert new == {other: int(other in wanted) for other in new}, name
    panel.tab("Problems")
    expect(panel.page.locator("#no-problems")).to_be_visible()
