"""The shops of the table: a folder each, with its pages and what shall fire on them (site.yaml)."""

from __future__ import annotations

import json
import mimetypes
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import jinja2
import yaml

from tagkit.catalog import Catalog
from tests.browser.harness import SHOP, Answer
from tests.browser.plans import built

Json = dict[str, Any]
HERE = Path(__file__).parent
CATALOG = Catalog()
CONVERSIONS = CATALOG.ids


@dataclass(frozen=True)
class Scene:
    """What a visitor does on one page of a shop, and what shall come of it.

    `fires` are the conversions, each once; `sent` what GA4 and Meta get, event by event.
    """

    name: str
    site: Site
    open: str
    steps: tuple[Json, ...]
    fires: tuple[str, ...]
    sent: tuple[Json, ...] = ()

    def __str__(self) -> str:
        return f"{self.site.folder.name}: {self.name}"


@dataclass(frozen=True)
class Site:
    """A column of the table: a platform with one of its themes."""

    folder: Path
    said: Json = field(hash=False)

    @property
    def name(self) -> str:
        return str(self.said["name"])

    @property
    def platform(self) -> str:
        return str(self.said["platform"])

    def cell(self, conversion: str) -> str:
        """What the table says: fires, needs a push, or not there."""
        said = self.said["conversions"][conversion]
        if said.get("absent"):
            return "not there"
        return "needs a push" if said.get("push") else "fires"

    def scene_of(self, conversion: str) -> Scene:
        """The cell of the table, as a scene."""
        said = self.said["conversions"][conversion]
        if said.get("push") or said.get("absent"):
            pushed = CATALOG.entry(conversion)["push"]
            steps = [{"push": message} for message in ({"ecommerce": None}, pushed)]
            fires = (conversion, *said.get("also", ()))
            return Scene(conversion, self, said["open"], tuple(steps), fires)
        return self._scene(conversion, {"fires": [conversion], **said})

    @property
    def cases(self) -> list[Scene]:
        """The further scenes."""
        return [self._scene(said["name"], said) for said in self.said.get("cases", ())]

    def _scene(self, name: str, said: Json) -> Scene:
        fires = (*said.get("fires", ()), *said.get("also", ()))
        sent = [said[to] | {"to": to} for to in ("google_analytics", "meta_pixel") if to in said]
        steps = tuple(said.get("steps", ()))
        return Scene(name, self, said["open"], steps, fires, tuple(sent))

    @property
    def quiet(self) -> list[Scene]:
        """Each page, opened and left alone."""
        fires: Json = self.said.get("quiet", {})
        return [
            Scene(f"open {address}", self, address, (), tuple(fires.get(address, ())))
            for address, answer in self.said["pages"].items()
            if address.startswith("/") and _file(answer).endswith(".html")
        ]

    @cached_property
    def routes(self) -> dict[str, Answer]:
        """Address -> what the shop's server says."""
        env = jinja2.Environment(
            loader=jinja2.FileSystemLoader([self.folder, HERE / "shared"]),
            undefined=jinja2.StrictUndefined,
            autoescape=False,  # noqa: S701 # pages of our own
        )
        routes = {}
        for address, answer in self.said["pages"].items():
            method, _, path = address.rpartition(" ")
            key = f"{method} {path}" if method else SHOP + path[1:] if "?" in path else path
            routes[key] = self._answer(env, answer)
        return routes

    def _answer(self, env: jinja2.Environment, answer: Any) -> Answer:
        """A page, or a file that tagkit builds of the bare list."""
        if isinstance(answer, dict) and "built" in answer:
            text = built_of(self.platform, self._business)[answer["built"]]
            kind = mimetypes.guess_type(answer["built"])[0]
            return Answer(text, content_type=f"{kind}; charset=utf-8")
        return _answer(env, answer)

    @property
    def _business(self) -> str:
        return json.dumps(self.said.get("business", {}))

    @cached_property
    def container(self) -> Json:
        """A container with all conversions of the catalog, from a bare list."""
        return container(self.platform, self._business)


def _file(answer: Any) -> str:
    return str(answer.get("file", "") if isinstance(answer, dict) else answer)


def _answer(env: jinja2.Environment, answer: Any) -> Answer:
    said: Json = answer if isinstance(answer, dict) else {"file": answer}
    status = said.get("status", 200)
    if "redirect" in said:  # a 302 of a mocked request would go out to the network
        return Answer(headers={"refresh": f"0; url={said['redirect']}"}, content_type="text/plain")
    if "json" in said:
        text = json.dumps(said["json"], ensure_ascii=False)
        return Answer(text, status, content_type="application/json; charset=utf-8")
    if "text" in said:
        return Answer(said["text"], status, content_type=said.get("type", "text/plain"))
    kind = mimetypes.guess_type(said["file"])[0] or "text/plain"
    text = env.get_template(said["file"]).render(said.get("values", {}))
    return Answer(
        text, status, said.get("headers", {}), f"{kind}; charset=utf-8", said.get("bare", False)
    )


def container(platform: str, business: str = "{}") -> Json:
    """The container that is built of a bare list of all conversions."""
    read: Json = json.loads(built_of(platform, business)["gtm-container.json"])
    return read


@cache
def built_of(platform: str, business: str = "{}") -> dict[str, str]:
    """What is built of a bare list of all conversions."""
    plan: Json = {
        "tagkit": 1,
        "business": {
            "name": "Leaf & Kettle",
            "platform": platform,
            "currency": "PLN",
            **json.loads(business),
        },
        "google_analytics": {"measurement_id": "G-1A2B3C4D5E"},
        "meta_pixel": {"pixel_id": "1234567890123456"},
    }
    for kind in ("macro", "micro", "anti"):
        plan[f"{kind}_conversions"] = [n for n in CONVERSIONS if CATALOG.entry(n)["kind"] == kind]
    return built(json.dumps(plan))


@cache
def sites() -> tuple[Site, ...]:
    """All of them, in the order of the table."""
    order = ("prestashop", "woocommerce", "magento", "shopify")
    found = [
        Site(path.parent, yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(HERE.glob("*/site.yaml"))
    ]
    return tuple(sorted(found, key=lambda site: order.index(site.platform)))
