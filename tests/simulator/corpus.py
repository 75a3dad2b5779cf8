"""Loads containers of other people in the simulator, makes everything happen, and counts.

``python -m tests.simulator FOLDER…`` prints a line per container.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tagkit.gtm.built_ins import BUILT_INS, WEB
from tagkit.gtm.vocabulary.tag_types import OTHER_TAG_TYPES, TAG_TYPES
from tagkit.gtm.vocabulary.trigger_types import TRIGGER_TYPES
from tagkit.gtm.vocabulary.variable_types import VARIABLE_TYPES
from tests.browser.harness import SNIPPET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Error, Request, Route

URL = "https://shop.example/path?utm_source=x"
SCRIPT = "https://www.googletagmanager.com/gtm.js"
PAGE = """<!doctype html><html><head><title>Shop</title>{head}</head><body>
<h1 id="title" class="product-title">Tea</h1><span class="price">49.90</span>
<a id="inner" class="button" href="#x"><i>inner</i></a> <a id="tel" href="tel:+48">call</a>
<button id="button" class="btn add-to-cart" type="button">Buy</button>
<form id="form" onsubmit="return false"><input name="email" value="a@b.example">
<button id="send">Send</button></form>
<iframe src="about:blank"></iframe><div style="height: 4000px"></div><p id="end">end</p>
</body></html>"""
# Everything that a page can do to a container, and the events it has triggers for.
EVERYTHING = """events => {
  const shop = {currency: 'PLN', value: 49.9, transaction_id: 'T1', items: [{item_id: '1',
    item_name: 'Tea', price: 49.9, quantity: 1}], purchase: {actionField: {id: 'T1', revenue: '5'},
    products: [{id: '1'}]}};
  const push = (message) => window.dataLayer.push(message);
  const gtag = function () { window.dataLayer.push(arguments); };
  gtag('consent', 'default', {ad_storage: 'denied', analytics_storage: 'denied'});
  push({user: {id: 1}, page: {type: 'product'}, pageType: 'product'});
  events.forEach((event) => {
    push({ecommerce: null});
    push({event, ecommerce: shop, value: 49.9, eventModel: {value: 1}});
  });
  gtag('consent', 'update', {ad_storage: 'granted', analytics_storage: 'granted'});
  gtag('event', 'purchase', {value: 1});
  ['#inner i', '#tel', '#button', '#send'].forEach((css) => {
    const element = document.querySelector(css);
    if (element) element.click();
  });
  history.pushState({a: 1}, '', '/other#part');
  history.replaceState(null, '', '/path');
  window.scrollTo(0, 3000);
  push(function () { this.set('a', this.get('b')); });
  push(['a.push', 1]);
  window.setTimeout(() => { throw new Error('an error of the page'); }, 0);
  [null, 'text', 5, [], {}].forEach(push);
}"""
READ = """() => ({
  events: window.__tagkit.events.length,
  fired: window.__tagkit.events.reduce((sum, event) => sum + event.tags.length, 0),
  uncovered: window.__tagkit.uncovered, errors: window.__tagkit.errors,
  ga4: window.__tagkit.ga4.length, meta: window.__tagkit.meta.length,
  network: window.__tagkit.network.length,
})"""
EVENT_NAME = re.compile(r"[A-Za-z_][\w.-]*")


@dataclass
class Outcome:
    """What became of one container."""

    name: str
    entities: int = 0
    known: int = 0
    uncovered: list[dict[str, str]] = field(default_factory=list)
    uncovered_known: list[dict[str, str]] = field(default_factory=list)
    log: dict[str, Any] = field(default_factory=dict)
    uncaught: list[str] = field(default_factory=list)
    own_scripts: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def containers(folder: Path) -> Iterator[tuple[str, Any]]:
    """The exports of a folder that are for the web, or of no known kind."""
    for path in sorted(folder.glob("*.json")):
        try:
            data = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError:
            continue
        version = data.get("containerVersion") if isinstance(data, dict) else None
        container = version.get("container") if isinstance(version, dict) else None
        context = container.get("usageContext", ["WEB"]) if isinstance(container, dict) else ["WEB"]
        if [str(kind).upper() for kind in context] == ["WEB"]:
            yield path.stem, data


def vocabulary_types(kind: str) -> set[str]:
    """The types of the vocabulary that a web container may have."""
    if kind == "tag":
        named = {name for name, entity in TAG_TYPES.items() if WEB in entity.contexts}
        return named | set(OTHER_TAG_TYPES)
    if kind == "trigger":
        return {name for name, entity in TRIGGER_TYPES.items() if WEB in entity.contexts}
    if kind == "builtInVariable":
        return {
            name
            for name, entity in BUILT_INS.items()
            if not entity.contexts or WEB in entity.contexts
        }
    return {name for name, entity in VARIABLE_TYPES.items() if WEB in entity.contexts}


def entities(data: Any) -> Iterator[tuple[str, str]]:
    """(kind, type) of every entity."""
    version = data.get("containerVersion", {}) if isinstance(data, dict) else {}
    for kind in ("tag", "trigger", "variable", "builtInVariable"):
        listed = version.get(kind) if isinstance(version, dict) else None
        for entity in listed if isinstance(listed, list) else ():
            if isinstance(entity, dict):
                yield kind, str(entity.get("type"))


def event_names(data: Any) -> list[str]:
    """Names that custom event triggers wait for; of a pattern the first word."""
    found: dict[str, None] = {}
    version = data.get("containerVersion", {}) if isinstance(data, dict) else {}
    triggers = version.get("trigger") if isinstance(version, dict) else None
    for trigger in triggers if isinstance(triggers, list) else ():
        for text in re.findall(r'"arg1", "value": "([^"]+)"', json.dumps(trigger)):
            for name in EVENT_NAME.findall(text)[:1]:
                found[name] = None
    return list(found)[:150]


def run(browser: Browser, name: str, data: Any, simulator: str) -> Outcome:
    """One container on a page on which everything happens."""
    outcome = Outcome(name)
    count(outcome, data)
    context = browser.new_context()
    page = context.new_page()
    page.on("pageerror", lambda error: note(outcome, error))
    page.on("dialog", lambda dialog: dialog.dismiss())
    script = f"{simulator}\nTagkitSimulator.start({json.dumps(data)});"
    page_html = PAGE.format(head=SNIPPET % '"GTM-X"')

    def serve(route: Route, request: Request) -> None:
        if request.url.startswith("https://shop.example/"):
            route.fulfill(content_type="text/html; charset=utf-8", body=page_html)
        elif request.url.startswith(SCRIPT):
            route.fulfill(content_type="text/javascript; charset=utf-8", body=script)
        else:
            if re.search(r"google-analytics|doubleclick|facebook\.com/tr|fbevents", request.url):
                outcome.left.append(request.url)
            route.fulfill(status=200, content_type="text/javascript", body="")

    context.route("**/*", serve)
    try:
        page.goto(URL, wait_until="load")
        page.wait_for_function(
            "window.__tagkit && window.__tagkit.events.length > 3", timeout=20_000
        )
        page.evaluate(EVERYTHING, event_names(data))
        page.wait_for_timeout(150)
        outcome.log = page.evaluate(READ)
    finally:
        context.close()
    known = {
        kind: vocabulary_types(kind) for kind in ("tag", "trigger", "variable", "builtInVariable")
    }
    known["variable"] |= known["builtInVariable"]
    outcome.uncovered = outcome.log["uncovered"]
    outcome.uncovered_known = [
        entry for entry in outcome.uncovered if entry["type"] in known[entry["kind"]]
    ]
    return outcome


def count(outcome: Outcome, data: Any) -> None:
    for kind, type_ in entities(data):
        outcome.entities += 1
        outcome.known += type_ in vocabulary_types(kind)


def note(outcome: Outcome, error: Error) -> None:
    """An error is the simulator's when its own script threw it; else the container's or the page's."""
    frames = re.findall(r"\n\s+at (.*)", error.stack or "")
    ours = bool(frames) and SCRIPT in frames[0] and "eval at" not in frames[0]
    if "an error of the page" in str(error.message):
        return
    if "Failed to execute 'appendChild'" in str(error.message):
        ours = False  # the script that goes in cannot be parsed
    (outcome.uncaught if ours else outcome.own_scripts).append(error.stack or error.message)


def line(outcome: Outcome) -> str:
    types = Counter(f"{entry['kind']} {entry['type']}" for entry in outcome.uncovered)
    uncovered = ", ".join(f"{name} x{number}" for name, number in sorted(types.items())) or "-"
    log = outcome.log
    return (
        f"{outcome.name[:60]:60} {outcome.entities:5} {log['events']:5} {log['fired']:5} "
        f"{log['ga4']:4} {log['meta']:4} {len(outcome.own_scripts):4} {len(outcome.uncaught):4}  {uncovered}"
    )


HEAD = (
    f"{'container':60} {'enti.':>5} {'event':>5} {'tags':>5} {'ga4':>4} {'meta':>4} "
    f"{'own':>4} {'unc.':>4}  not covered"
)

__all__ = ["HEAD", "Outcome", "containers", "line", "run"]
