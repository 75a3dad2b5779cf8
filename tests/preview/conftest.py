"""A preview that runs, a shop for it to fetch, and the browser of tests/browser."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.preview.run import prepare
from tests.browser.conftest import chromium

from .client import Client
from .panel import Panel
from .shops import RunningShop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tagkit.preview.server import PreviewServer
    from tests.browser import harness

__all__ = ["chromium"]

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and "open_panel" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


PLAN = """\
tagkit: 1
business: {name: Tea House, url: https://tea.example, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
consent: {mode: advanced, update_event: banner_answered}
macro_conversions: [purchase]
micro_conversions: [view_item, add_to_cart, newsletter_signup, phone_click]
anti_conversions: [form_error]
"""
PAGE = """<!doctype html><html lang="en"><head><title>Tea</title></head><body>
<button id="buy" onclick='dataLayer.push({event: "add_to_cart", ecommerce: {currency: "PLN",
value: 49.9, items: [{item_id: "T1", item_name: "Sencha", price: 49.9, quantity: 1}]}})'>Buy</button>
<button id="typo" onclick='dataLayer.push({event: "addToCart"})'>Typo</button>
<a href="more.html">More</a></body></html>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    return tmp_path


@pytest.fixture
def running_shop() -> Iterator[RunningShop]:
    shop = RunningShop()
    yield shop
    shop.stop()


@pytest.fixture
def preview(folder: Path) -> Iterator[Callable[..., Client]]:
    """Starts a preview of the plan in `folder`; options as the command has them."""
    servers: list[tuple[PreviewServer, threading.Thread]] = []

    def start(*, url: str | None = None, page: str | None = None, **options: Any) -> Client:
        at = folder / page if page else None
        server, _ = prepare(folder / "plan.yaml", {}, url=url, page=at, port=0, **options)
        assert server is not None
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        servers.append((server, thread))
        return Client(server.server_port)

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def open_panel(chromium: harness.Tabs) -> Iterator[Callable[..., Panel]]:
    """Opens the panel of a preview in a profile of its own; no page may complain."""
    panels: list[Panel] = []

    def open_one(client: Client, **options: Any) -> Panel:
        panels.append(Panel(chromium.browser, client, **options))
        return panels[-1]

    yield open_one
    complaints = [said for panel in panels for said in panel.complaints]
    for panel in panels:
        panel.context.close()
    assert complaints == []


@pytest.fixture
def panel(preview: Callable[..., Client], open_panel: Callable[..., Panel]) -> Panel:
    """Beside the demo shop."""
    return open_panel(preview())


@pytest.fixture
def beside_page(
    folder: Path, preview: Callable[..., Client], open_panel: Callable[..., Panel]
) -> Panel:
    (folder / "tea.html").write_text(PAGE, "utf-8")
    (folder / "more.html").write_text(PAGE.replace("Buy", "Buy more"), "utf-8")
    return open_panel(preview(page="tea.html"))
