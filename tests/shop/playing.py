"""Plays what visitors of the catalog do on the demo shop: `visitor:` of each entry.

A small player of the steps that the catalog uses, so that these tests judge the shop, the catalog and
the container, and not the runner of scenarios.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tagkit import shop
from tagkit.catalog import Catalog
from tests.browser.harness import SHOP, Answer, consent_default
from tests.browser.plans import built

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.browser.conftest import OpenPage
    from tests.browser.harness import Page

Json = dict[str, Any]
CATALOG = Catalog()
VISITORS: dict[str, Json] = {name: CATALOG.entry(name)["visitor"] for name in CATALOG.ids}
TYPES = ("ad_storage", "ad_user_data", "ad_personalization", "analytics_storage")
DENIED = dict.fromkeys(TYPES, "denied")
GRANTED = dict.fromkeys(TYPES, "granted")


@cache
def files(mode: str = "advanced", update_event: str | None = None) -> dict[str, str]:
    """What is built of a plan with all conversions of the catalog."""
    consent = {"mode": mode, **({"update_event": update_event} if update_event else {})}
    plan: Json = {
        "tagkit": 1,
        "business": {"name": "Leaf & Kettle", "currency": "PLN"},
        "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
        "meta_pixel": {"pixel_id": "1234567890123456"},
        "consent": consent,
    }
    for kind in ("macro", "micro", "anti"):
        plan[f"{kind}_conversions"] = [n for n in CATALOG.ids if CATALOG.entry(n)["kind"] == kind]
    return built(json.dumps(plan))


def container(**plan: str) -> Json:
    read: Json = json.loads(files(**plan)["gtm-container.json"])
    return read


def snippets(**plan: str) -> str:
    """The Meta Pixel of a site without GTM."""
    made = files(**plan)
    return made["meta-pixel/base.html"] + f"<script>{made['meta-pixel/events.js']}</script>"


class Shop(dict[str, Answer]):
    """All addresses of the shop, as routes of the harness: URL -> what its server says."""

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.options = options

    def get(self, url: str, default: Any = None) -> Any:  # the harness asks by URL, then by path
        if not url.startswith(SHOP):
            return default
        parts = urlsplit(url)
        page = shop.page(parts.path, parts.query, **self.options)
        return Answer(page.body.decode(), page.status, content_type=page.content_type)


def opened(
    open_page: OpenPage,
    address: str,
    way: str = "container",
    *,
    default: Mapping[str, str] | None = None,
    plan: Mapping[str, str] | None = None,
    **options: Any,
) -> Page:
    """A page of the shop (`shop:/cart`), measured by the container or by the pixel's snippets."""
    plan = plan or {}
    head = consent_default(default) if default else ""
    if way == "snippets":
        head += snippets(**plan)
    return open_page(
        container(**plan) if way == "container" else None,
        url=url_of(address),
        routes=Shop(**options),
        head_before_gtm=head,
    )


def url_of(address: str) -> str:
    return SHOP + address.removeprefix("shop:/")


def play(page: Page, steps: Sequence[Json]) -> None:
    """Do what a visitor does, and let the page come to rest after each step."""
    for step in steps:
        ((kind, value),) = step.items()
        match kind:
            case "click":
                page.page.click(value)
            case "fill":
                for selector, text in value.items():
                    page.page.fill(selector, text)
            case "submit":
                page.page.eval_on_selector(value, "(form) => form.requestSubmit()")
            case "wait":
                number, unit = value.split()
                page.page.wait_for_timeout(float(number) * (1 if unit == "ms" else 1000))
        page.settle()


# ---------------------------------------------------------------------- what was seen


def fired(page: Page) -> list[str]:
    """Ids of the conversions whose GA4 tag fired, once for each time."""
    return sorted(hit["tag"].removeprefix("TK - GA4 - ") for hit in page.ga4())


def parameters_of(hit: Json) -> Json:
    """What GA4 gets, with the items among it."""
    sent = hit.get("parameters")
    if sent is None:
        sent = {name: one["value"] for name, one in hit["params"].items()}
    return {**sent, "items": hit["items"]} if hit["items"] else sent


def meta_events(page: Page) -> list[str]:
    """Names of the events that reached Meta, but page views; Contact is what several are called."""
    return sorted(hit["event"] for hit in page.meta())


def meta_of(conversions: Sequence[str]) -> list[str]:
    """What these conversions are called at Meta."""
    called = [CATALOG.entry(name)["meta_pixel"] for name in conversions]
    return sorted(one.get("event") or one["custom"] for one in called)


def meta_sent(page: Page, event: str) -> list[Json]:
    return [hit["cd"] for hit in page.meta(event=event)]


def problems(page: Page) -> list[str]:
    """Errors, but Chromium's word about a page that the shop does not have."""
    return [
        said for said in page.errors() if "the server responded with a status of 404" not in said
    ]
