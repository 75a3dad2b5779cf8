"""shopify-pixel.js: what of a plan is in it, and that the catalog says of it what can be."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tagkit.catalog import Catalog
from tagkit.detection_words import FIRES, state_of
from tagkit.es5 import newer_than_es5
from tests.batch.test_batch import run
from tests.browser.plans import built

if TYPE_CHECKING:
    from pathlib import Path

FILE = "shopify-pixel.js"
ALERTS = {
    "CHECKOUT_ERROR", "CONTACT_ERROR", "DELIVERY_ERROR", "DISCOUNT_ERROR", "INPUT_INVALID", "INPUT_REQUIRED",
    "INVENTORY_ERROR", "MERCHANDISE_ERROR", "PAYMENT_ERROR",
}  # fmt: skip
"""npm @shopify/web-pixels-extension 2.18.0, AlertDisplayedType."""
ALERTED = {"coupon_refused", "form_error", "out_of_stock", "payment_declined"}
CATALOG = Catalog()
HEARD = [
    (name, way)
    for name in CATALOG.ids
    for way in CATALOG.entry(name)["detect"].get("shopify", ())
    if "customer_event" in way
]


def pixel(*conversions: Any, platform: str = "shopify", **more: Any) -> str | None:
    plan = {
        "tagkit": 1,
        "business": {"name": "Leaf", "platform": platform, "currency": "PLN"},
        "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
        "micro_conversions": list(conversions),
        **more,
    }
    return built(json.dumps(plan)).get(FILE)


def subscribed(script: str | None) -> list[str]:
    return re.findall(r"analytics\.subscribe\(['\"](\w+)", script or "")


@pytest.mark.parametrize(
    ("conversions", "events"),
    [
        (["purchase"], ["checkout_completed"]),
        (["begin_checkout", "view_item"], ["checkout_started"]),
        (["coupon_refused"], ["alert_displayed"]),
        (["purchase", "form_error", "out_of_stock"], ["checkout_completed", "alert_displayed"]),
        ([{"id": "order", "use": "purchase"}], ["checkout_completed"]),
    ],
)
def test_what_the_plan_asks_for_is_in_it(conversions: list[Any], events: list[str]) -> None:
    assert subscribed(pixel(*conversions)) == events


def test_only_the_alerts_of_the_plan() -> None:
    script = pixel("coupon_refused", "view_item")

    assert re.findall(r"\b[A-Z]+_[A-Z]+\b", script or "") == ["DISCOUNT_ERROR"]


@pytest.mark.parametrize(
    ("conversions", "platform"),
    [
        (["view_item", "add_to_cart"], "shopify"),
        (["purchase"], "generic"),
        ([{"use": "purchase", "paused": True}], "shopify"),
        ([{"use": "purchase", "trigger": {"event": "order"}}], "shopify"),
    ],
)
def test_no_checkout_no_pixel(conversions: list[Any], platform: str) -> None:
    assert pixel(*conversions, platform=platform) is None


def test_it_loads_the_container_of_the_plan() -> None:
    script = pixel("purchase", container={"public_id": "GTM-ABC1234"})

    assert 'CONTAINER = "GTM-ABC1234"' in (script or "")


def test_a_plan_without_consent_asks_for_none() -> None:
    script = pixel("purchase", consent={"mode": "off"})

    assert script
    assert "consent'" not in script
    assert "ProcessingAllowed" not in script


def test_it_is_a_script_that_each_browser_reads() -> None:
    script = pixel(*(name for name, _ in HEARD))

    assert script
    assert newer_than_es5(script) is None
    assert "<script" not in script


@pytest.mark.parametrize(("name", "way"), HEARD)
def test_the_container_waits_for_what_the_pixel_pushes(name: str, way: dict[str, Any]) -> None:
    event, waits = way["customer_event"], way["trigger"]["event"]

    assert CATALOG.entry(name)["push"]["event"] in ([waits] if isinstance(waits, str) else waits)
    assert set(event.get("alerts", ())) <= ALERTS
    assert (event["name"] == "alert_displayed") == ("alerts" in event)


def test_the_documents_say_that_it_is_heard() -> None:
    heard = {name for name, _ in HEARD}

    assert heard == {*ALERTED, "begin_checkout", "purchase"}
    assert {state_of(CATALOG.entry(name)["detect"]["shopify"])[0] for name in heard} == {FIRES}


PLAN = """\
tagkit: 1
business: {name: Leaf, platform: %s, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
macro_conversions: [purchase]
"""


def test_a_pixel_that_is_asked_for_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    plan, file = tmp_path / "plan.yaml", tmp_path / "dist" / FILE
    plan.write_text(PLAN % "shopify", "utf-8")
    assert run("build", "plan.yaml", "-o", "dist")[0] == 0
    assert file.exists()
    plan.write_text(PLAN % "generic", "utf-8")
    assert run("build", "plan.yaml", "-o", "dist")[0] == 0
    assert not file.exists()
    file.write_text("// the shop's own\n", "utf-8")
    assert run("build", "plan.yaml", "-o", "dist")[0] == 0
    assert file.exists()
