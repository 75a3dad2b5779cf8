"""On pages that real shops rendered, what saved_pages.yaml says and nothing else (skipped without them)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.platforms.sites import Scene, Site
from tests.platforms.test_platforms import listener_errors
from tests.shop.playing import meta_of, parameters_of

if TYPE_CHECKING:
    from tests.platforms.stage import Stage

Json = dict[str, Any]
PAGES = Path(__file__).parents[3] / "shared" / "pages"
SAID: Json = yaml.safe_load(Path(__file__).with_name("saved_pages.yaml").read_text("utf-8"))
FOLDERS = [folder for folder in SAID if "-" in folder]


def scene_of(folder: str, said: Json) -> Scene:
    """A saved page, and what a visitor does there; `then` is the page after it."""
    shown = [said, *([said["then"]] if "then" in said else [])]
    pages = {at(page): _answer(folder, page) for page in shown}
    steps = [*said.get("steps", ()), *({"navigate": at(page)} for page in shown[1:])]
    platform = folder.partition("-")[0]
    site = Site(PAGES / folder, {"name": folder, "platform": platform, "pages": pages})
    sent = tuple(said[to] | {"to": to} for to in ("google_analytics",) if to in said)
    name = ": ".join(filter(None, (said["file"], said.get("name"))))
    return Scene(name, site, at(said), tuple(steps), tuple(said.get("fires", ())), sent)


def at(page: Json) -> str:
    """The address that a page is shown at."""
    return str(page.get("at", f"/{page['file']}"))


def _answer(folder: str, page: Json) -> Json:
    html = (PAGES / folder / f"{page['file']}.html").read_text(encoding="utf-8")
    for text, more in page.get("put", {}).items():
        assert text in html
        html = html.replace(text, text + more, 1)
    status = 404 if page["file"] == "404" else 200
    return {"text": html, "type": "text/html; charset=utf-8", "status": status}


SCENES = [
    scene_of(folder, said)
    for folder in FOLDERS
    if (PAGES / folder).is_dir()
    for said in SAID[folder]["pages"]
]


@pytest.mark.skipif(not SCENES, reason="no saved shop pages: ../shared/pages is not there")
@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_a_saved_page(scene: Scene, stage: Stage) -> None:
    page = stage.play(scene)
    try:
        hits = [hit for hit in page.ga4() if hit["tag"]]
        assert Counter(hit["tag"].removeprefix("TK - GA4 - ") for hit in hits) == Counter(
            scene.fires
        )
        assert Counter(page.meta_events()) == Counter(meta_of(scene.fires))
        assert listener_errors(page) == []
        for sent in scene.sent:
            found = [parameters_of(hit) for hit in hits if hit["event"] == sent["event"]]
            assert found == [sent["parameters"]]
    finally:
        page.close()
