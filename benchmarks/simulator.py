"""``python -m benchmarks.simulator``: the simulator's own work for a push, in Chromium.

A container of 200 tags (GA4 and Meta, made from a plan of 100 conversions) on an empty page,
without reports and with each report sent to a binding of Playwright's. Times are of
``dataLayer.push`` as the page sees it, means of ten pushes.
"""

from __future__ import annotations

import json
import statistics
from typing import TYPE_CHECKING, Any

from benchmarks.plans import plan
from tagkit.artefacts import Target, emit
from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.plan.resolve import resolve
from tagkit.simulator import start
from tagkit.source import load
from tests.browser.harness import launch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

TAGS = 200
ROUNDS = 60
BATCH = 10
WANTED = 1.0  # ms, median, with reports
REPORT = """window.__tagkitReport = (kind, value) => {
  window.__tagkitSend(JSON.stringify([kind, value]));
};"""
PUSHES = """([event, rounds, batch]) => {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    for (let i = 0; i < batch; i += 1) {
      const items = [{item_id: '1'}];
      window.dataLayer.push({event, ecommerce: {value: 1, currency: 'PLN', items}});
    }
    times.push((performance.now() - start) / batch);
  }
  return times;
}"""


def container() -> dict[str, Any]:
    """A container of 200 tags."""
    source = load(plan(TAGS // 2), "plan.yaml", Findings())
    resolved = resolve(source.data, Catalog(), Findings())
    data: dict[str, Any] = json.loads(
        emit(resolved, [Target.GTM], Findings())["gtm-container.json"]
    )
    tags = data["containerVersion"]["tag"]
    data["containerVersion"]["tag"] = [
        tag for tag in tags if not tag.get("consentSettings", {}).get("consentType")
    ]
    return data


def measure(browser: Browser, data: dict[str, Any], event: str, *, reports: bool) -> list[float]:
    """Milliseconds of a push of this event, a number for each batch."""
    context = browser.new_context()
    context.expose_binding("__tagkitSend", lambda _source, _text: None)
    page = context.new_page()
    if reports:
        page.add_init_script(REPORT)
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body="<h1>Shop</h1>"))
    page.goto("https://shop.example/")
    page.evaluate(start(data))
    page.evaluate("dataLayer.push({'gtm.start': Date.now(), event: 'gtm.js'})")
    page.wait_for_timeout(500)
    page.evaluate(PUSHES, [event, 5, BATCH])
    times: Sequence[float] = page.evaluate(PUSHES, [event, ROUNDS, BATCH])
    context.close()
    return sorted(times)


def first_event(data: dict[str, Any]) -> str:
    """An event that a conversion waits for."""
    for trigger in data["containerVersion"]["trigger"]:
        for condition in trigger.get("customEventFilter", ()):
            values = {entry["key"]: entry["value"] for entry in condition["parameter"]}
            if condition["type"] == "EQUALS" and not trigger.get("filter"):
                return str(values["arg1"])
    message = "no custom event in the plan"
    raise LookupError(message)


def main() -> None:
    """Measure and print."""
    from playwright.sync_api import sync_playwright

    data = container()
    count = len(data["containerVersion"]["tag"])
    with sync_playwright() as manager:
        browser = launch(manager)
        for said, event in (
            ("an event that fires nothing", "nothing"),
            ("an event that fires a conversion", first_event(data)),
        ):
            for reports in (False, True):
                times = measure(browser, data, event, reports=reports)
                how = "with reports" if reports else "without"
                print(
                    f"{count} tags, {said}, {how}: median {statistics.median(times):.2f} ms, "
                    f"95 of 100 {times[int(len(times) * 0.95)]:.2f} ms"
                )
        browser.close()
    print(f"wanted: a median of {WANTED} ms")


if __name__ == "__main__":
    main()
