"""The address that the container sees: the shop's, not the preview's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .shops import Said

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .client import Client
    from .panel import Panel
    from .shops import RunningShop

    Start = Callable[..., Client]
    Open = Callable[..., Panel]

PAGE = "<head></head><button onclick=\"dataLayer.push({event: 'asked'})\">Ask</button>"


def write_plan(folder: Path, host: str, start: str) -> None:
    """A measurement ID and a conversion of that host alone."""
    (folder / "plan.yaml").write_text(
        f"""\
tagkit: 1
business: {{name: Tea House, url: https://www.tea.example/pl/}}
google_analytics:
  measurement_id: G-1A2B3C4D5E
  environments: [{{hostname: {host}, measurement_id: G-OTHER12345}}]
macro_conversions:
  - id: asked
    name: Asked
    trigger: {{event: asked, where: {{page_hostname: {host}, page_url: {{starts_with: "{start}/"}}}}}}
    google_analytics: {{event: asked}}
""",
        "utf-8",
    )


def test_a_page_and_the_demo_shop_are_the_business_s(
    folder: Path, preview: Start, open_panel: Open
) -> None:
    write_plan(folder, "www.tea.example", "https://www.tea.example")
    (folder / "tea.html").write_text(PAGE, "utf-8")
    for client in (preview(page="tea.html"), preview()):
        panel = open_panel(client)
        panel.page.frames[1].evaluate("dataLayer.push({event: 'asked'})")
        panel.fired("Asked")
        panel.conversion("Asked").locator("summary").click()
        expect(panel.conversion("Asked")).to_contain_text("G-OTHER12345")


def test_a_running_shop_is_its_own(
    folder: Path, running_shop: RunningShop, preview: Start, open_panel: Open
) -> None:
    write_plan(folder, "127.0.0.1", running_shop.origin)
    running_shop.pages["/tea"] = Said(PAGE)
    panel = open_panel(preview(url=f"{running_shop.origin}/tea?a=1"))
    panel.shop.get_by_role("button", name="Ask").click()
    panel.fired("Asked")
    assert panel.page.frames[1].evaluate("document.referrer") == ""


def test_an_address_that_looks_like_another_host(
    running_shop: RunningShop, preview: Start, open_panel: Open
) -> None:
    running_shop.pages["/other.example/tea"] = Said(PAGE)
    panel = open_panel(preview(url=f"{running_shop.origin}//other.example/tea"))
    panel.at("//other.example/tea")
    running_shop.pages["/more.example/x"] = Said(PAGE)
    panel.go("//more.example/x")
    panel.shop.get_by_role("button", name="Ask").click()
    expect(panel.event("asked")).to_have_count(1)


def test_a_frame_inside_a_page_has_the_container_if_it_asks_for_it(
    running_shop: RunningShop, preview: Start, open_panel: Open
) -> None:
    google = "<script async src='https://www.googletagmanager.com/gtm.js?id=GTM-ABC'></script>"
    running_shop.pages["/"] = Said(f"{PAGE}<iframe src=/plain></iframe><iframe src=/gtm></iframe>")
    running_shop.pages["/plain"] = Said(PAGE)
    running_shop.pages["/gtm"] = Said(f"<head>{google}</head>")
    panel = open_panel(preview(url=running_shop.origin))
    started = {
        frame.url.rpartition("/")[2]: frame.evaluate("Boolean(window.__tagkitStarted)")
        for frame in panel.page.frames[1:]
    }
    assert started == {"": True, "plain": False, "gtm": True}


@pytest.mark.parametrize(
    "business", ["name: Tea House", "name: Tea House, url: https://tea.example:8443/a"]
)
def test_a_plan_may_name_no_address(folder: Path, preview: Start, business: str) -> None:
    plan = (folder / "plan.yaml").read_text("utf-8")
    plan = plan.replace("name: Tea House, url: https://tea.example", business)
    (folder / "plan.yaml").write_text(plan, "utf-8")
    wanted = "https://tea.example:8443" if "url" in business else ""
    assert f'"origin": "{wanted}"' in preview().ask("/__tagkit__/gtm.js").text.replace(
        '":"', '": "'
    )
