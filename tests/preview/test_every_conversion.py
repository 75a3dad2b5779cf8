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


def rows(panel: Panel) -> list[str]:
    names = panel.page.locator(".conversion.fired .name").all_inner_texts()
    return sorted(n for n in CATALOG.ids if CATALOG.entry(n)["name"]["en"] in names)


@pytest.mark.usefixtures("every_plan")
def test_all_of_them(preview: Callable[..., Client], open_panel: Callable[..., Panel]) -> None:
    panel = open_panel(preview())
    seen, wanted = {}, {}
    for name in CATALOG.ids:
        entry = CATALOG.entry(name)
        visitor = entry["visitor"]
        panel.page.click("#newcomer")
        panel.at("/")
        expect(panel.page.locator(".conversion.fired")).to_have_count(0)
        panel.go(visitor["open"].removeprefix("shop:"))
        frame = panel.page.frame("tagkit-shop")
        assert frame
        for step in visitor["steps"]:
            do(frame, step)
        row = panel.page.locator(
            ".conversion", has=panel.page.get_by_text(entry["name"]["en"], exact=True)
        )
        expect(row).to_have_class("conversion fired")
        expect(row.locator(".place.sent")).to_have_count(2)
        seen[name] = rows(panel)
        wanted[name] = sorted([name, *visitor.get("also", [])])
    assert seen == wanted
    panel.tab("Problems")
    expect(panel.page.locator("#no-problems")).to_be_visible()
