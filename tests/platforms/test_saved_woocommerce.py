"""On pages that a real WooCommerce rendered, what saved_woocommerce.yaml says and nothing else (skipped without them)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.browser.harness import SHOP
from tests.platforms.sites import HERE, Scene, Site
from tests.platforms.test_platforms import listener_errors
from tests.shop.playing import meta_of, parameters_of

if TYPE_CHECKING:
    from tests.platforms.stage import Stage

Json = dict[str, Any]
PAGES = Path(__file__).parents[3] / "shared" / "pages"
SAID: Json = yaml.safe_load((HERE / "saved_woocommerce.yaml").read_text("utf-8"))
JQUERY = (HERE / "shared" / "woo" / "jquery.js").read_text("utf-8")


def scene_of(folder: str, said: Json) -> Scene:
    """A saved page, and what a visitor does there; `then` are pages that follow, `posted` is what a form gets."""
    shown = [said, *said.get("then", ())]
    pages = {at(page): _answer(folder, page["file"]) for page in shown} | said.get("also", {})
    if "posted" in said:
        pages[f"POST {at(said)}"] = _answer(folder, said["posted"])
    steps = [*said.get("steps", ()), *({"navigate": at(page)} for page in shown[1:])]
    site = Site(PAGES / folder, {"name": folder, "platform": "woocommerce", "pages": pages})
    sent = tuple(sent | {"to": "google_analytics"} for sent in said.get("sent", ()))
    name = ": ".join(filter(None, (said["file"], said.get("name"))))
    return Scene(name, site, at(said), tuple(steps), tuple(said.get("fires", ())), sent)


def at(page: Json) -> str:
    """The address that a page is shown at."""
    return str(page.get("at", f"/{page['file']}/"))


def _answer(folder: str, file: str) -> Json:
    """The page, at our address and without its own container; jQuery was not saved, so it gets ours."""
    html = (PAGES / folder / f"{file}.html").read_text("utf-8")
    html = html.replace("http://127.0.0.1:8082/", SHOP)
    html = html.replace("//www.googletagmanager.com/gtm.js", "/not-saved.js")
    if folder != "woocommerce-blocks":
        html = html.replace("<head>", f"<head><script>{JQUERY}</script>", 1)
    return {
        "text": html,
        "type": "text/html; charset=utf-8",
        "status": 404 if file == "404" else 200,
    }


SCENES = [
    scene_of(folder, said)
    for folder, pages in SAID["pages"].items()
    if (PAGES / folder).is_dir()
    for said in [*pages, *(SAID["parts"]["classic"] if "classic" in folder else ())]
]


@pytest.mark.skipif(not SCENES, reason="no saved shop pages: ../shared/pages is not there")
@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_saved_page(scene: Scene, stage: Stage) -> None:
    page = stage.play(scene)
    try:
        hits = [hit for hit in page.ga4() if hit["tag"]]
        fired = Counter(hit["tag"].removeprefix("TK - GA4 - ") for hit in hits)
        assert fired == Counter(scene.fires)
        assert Counter(page.meta_events()) == Counter(meta_of(scene.fires))
        assert listener_errors(page) == []
        for sent in scene.sent:
            found = [parameters_of(hit) for hit in hits if hit["event"] == sent["event"]]
            assert found == [sent["parameters"]]
    finally:
        page.close()
