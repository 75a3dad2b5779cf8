"""``python -m benchmarks.listeners [PAGE…]``: what the listeners cost a page, in Chromium.

Each page is loaded with and without the listeners of all conversions, in turns; what counts is the
least CPU time of its scripts and of the layout that they force, from the first byte until two
seconds after load, when every listener has looked. Without PAGE: the heaviest of the saved pages
beside the checkout, or a list of 2,000 products. The platform is that of the page's folder.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tagkit.artefacts import Target, emit
from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.plan.resolve import resolve
from tagkit.source import load
from tests.browser.harness import launch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
HEAVIEST = ROOT.parent / "shared/pages/woocommerce-classic-gtm4wp/order-received.html"
ADDRESS = "https://shop.example/order-received/7/"
ROUNDS = 15
WANTED = 5.0  # ms more
COUNTED = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
PLATFORMS = ("prestashop", "woocommerce", "magento", "shopify")
PRODUCT = "<li class=product><a href=/p>Tea</a> <b class=price>49,90 zł</b><button>Buy</button>"


def listeners_for(platform: str) -> str:
    """The listeners' tag of a container with every conversion."""
    catalog = Catalog()
    text = (
        f"tagkit: 1\nbusiness: {{name: Shop, platform: {platform}, currency: PLN}}\n"
        f"google_analytics: {{measurement_id: G-1A2B3C4D5E}}\n"
        f"micro_conversions: [{', '.join(catalog.ids)}]\n"
    )
    resolved = resolve(load(text, "plan.yaml", Findings()).data, catalog, Findings())
    files = emit(resolved, [Target.GTM], Findings())
    tags = json.loads(files["gtm-container.json"])["containerVersion"]["tag"]
    html = next(tag for tag in tags if tag["name"] == "TK - Listeners")["parameter"][0]["value"]
    return str(html)


def pages(paths: list[str]) -> dict[str, tuple[str, str]]:
    """Of each page its platform and its text."""
    found = [Path(path) for path in paths] or ([HEAVIEST] if HEAVIEST.exists() else [])
    if not found:
        text = f"<!doctype html><head><title>Teas</title></head><ul>{PRODUCT * 2000}</ul>"
        return {"2,000 products": ("generic", text)}
    said = {}
    for path in found:
        platform = path.parent.name.partition("-")[0]
        known = platform if platform in PLATFORMS else "generic"
        said[f"{path.parent.name}/{path.name}"] = known, path.read_text("utf-8")
    return said


def once(browser: Browser, text: str) -> float:
    """Milliseconds of a page's load."""
    context = browser.new_context()
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: (
            route.fulfill(content_type="text/html; charset=utf-8", body=text)
            if route.request.url == ADDRESS
            else route.abort()
        ),
    )
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(ADDRESS)
    page.wait_for_timeout(2000)
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    context.close()
    return sum(metrics[name] for name in COUNTED) * 1000


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as manager:
        browser = launch(manager)
        for name, (platform, text) in pages(sys.argv[1:]).items():
            tag = listeners_for(platform)
            start = "<script>window.dataLayer = window.dataLayer || [];</script>"
            with_them = text.replace("</head>", f"{start}{tag}</head>", 1)
            times: tuple[list[float], list[float]] = [], []
            for _ in range(ROUNDS):
                times[0].append(once(browser, text))
                times[1].append(once(browser, with_them))
            without, with_all = map(min, times)
            print(
                f"{name} ({len(text) / 1e3:.0f} KB), {platform}: {without:.1f} ms without, "
                f"{with_all:.1f} ms with {len(tag) / 1e3:.1f} KB of listeners: "
                f"{with_all - without:+.1f} ms, {with_all / without:.2f}x"
            )
        browser.close()
    print(f"wanted: at most {WANTED:.0f} ms more")


if __name__ == "__main__":
    main()
