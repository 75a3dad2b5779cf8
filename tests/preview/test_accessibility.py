"""axe-core finds nothing serious in any view of the panel, wide or narrow, light or dark."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .client import Client
    from .panel import Panel


def findings(panel: Panel) -> list[str]:
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("axe-playwright-python is not installed")
    # the shop in the frame is somebody else's
    found = Axe().run(panel.page, context={"exclude": [["#frame"]]}).response["violations"]
    return [
        f"{one['impact']} {one['id']}: {[node['target'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical", "moderate")
    ]


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(1280, "light", "EN"), (1280, "dark", "PL"), (390, "light", "PL"), (390, "dark", "EN")],
)
def test_nothing_serious(  # noqa: PLR0913
    folder: Path,
    preview: Callable[..., Client],
    open_panel: Callable[..., Panel],
    width: int,
    scheme: str,
    language: str,
) -> None:
    panel = open_panel(preview(), viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = panel.page
    assert findings(panel) == []
    panel.go("/product")
    panel.shop.locator("#add-to-cart").click()
    panel.fired("Added to the cart")
    page.get_by_role("button", name="Deny all").click()
    page.evaluate(
        "new BroadcastChannel('tagkit-preview').postMessage("
        "{page: 'x', kind: 'errors', value: {name: 'a tag', message: 'it broke'}})"
    )
    page.get_by_role("button", name=language, exact=True).click()
    panel.conversion("Added to the cart").locator("summary").click()
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("phone_click", "phone_klick"), "utf-8")
    expect(page.get_by_role("alert")).to_be_visible()
    for tab in ("log", "problems", "conversions"):
        page.click(f"#tab-{tab}")
        if tab == "log":
            panel.event("add_to_cart").locator("summary").first.click()
        assert findings(panel) == [], tab
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#copy")
    expect(page.locator("#scenario")).to_be_visible()
    assert findings(panel) == []
