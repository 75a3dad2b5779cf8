"""The shops of tests/platforms: the doctor knows each, and says what the table proves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.doctor.browse import browse
from tagkit.doctor.command import Examined, Wanted, examine
from tagkit.doctor.judge import asked
from tagkit.doctor.target import target_of
from tagkit.scenarios.options import Options
from tests.platforms.sites import CONVERSIONS, Site, sites

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("chromium")
BY_FOLDER = {site.folder.name: site for site in sites()}
CATALOG = Catalog()


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Examined]:
    """All the shops, saved as files and opened in one browser."""
    root = tmp_path_factory.mktemp("shops")
    saved = {name: _saved(site, root / name) for name, site in BY_FOLDER.items()}
    targets = [target_of(str(file), Findings()) for files in saved.values() for file in files]
    found = [target for target in targets if target]
    opened = {page.name: page for page in browse(found, asked(CATALOG), Options(), lax=False)}
    return {
        name: examine(
            Wanted([str(file) for file in files], Options()),
            CATALOG,
            lambda targets, _: [opened[target.name] for target in targets],
        )
        for name, files in saved.items()
    }


def _saved(site: Site, folder: Path) -> list[Path]:
    """The pages on which conversions begin, with the shop's scripts beside them."""
    folder.mkdir()
    opens = {said["open"].partition("?")[0] for said in site.said["conversions"].values()}
    pages = []
    for address, answer in site.routes.items():
        if not address.startswith("/") or "sandbox" in address:  # Shopify's frame of custom pixels
            continue
        if address.endswith((".js", ".css")):
            file = folder / address[1:]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(answer.html, "utf-8")
        elif address in opens and "html" in answer.content_type:
            pages.append(folder / f"{address.strip('/').replace('/', '-') or 'home'}.page.html")
            pages[-1].write_text(answer.html, "utf-8")
    return pages


@cache
def _fires(name: str) -> frozenset[str]:
    return frozenset(c for c in CONVERSIONS if BY_FOLDER[name].cell(c) == "fires")


@pytest.mark.parametrize("name", BY_FOLDER)
def test_the_platform_is_known_on_every_page(name: str, examined: dict[str, Examined]) -> None:
    summary = examined[name].summary
    assert summary is not None
    seen = {one.page.name: (one.platform.id, one.platform.sure) for one in summary.pages}
    assert set(seen.values()) == {(BY_FOLDER[name].platform, "high")}, seen


@pytest.mark.parametrize("name", BY_FOLDER)
def test_what_fires_is_not_said_to_be_impossible(name: str, examined: dict[str, Examined]) -> None:
    summary = examined[name].summary
    assert summary is not None
    states = {one.id: one.best.state for one in summary.conversions}
    never = {
        c: states[c] for c in _fires(name) if states[c] in ("needs a push", "not there", "cannot")
    }
    assert never == {}


@pytest.mark.parametrize("name", BY_FOLDER)
def test_nothing_is_said_of_a_theme_that_keeps_to_the_platform(
    name: str, examined: dict[str, Examined]
) -> None:
    said = [(d.rule.code, d.file, d.message) for d in examined[name].report.diagnostics]
    assert [one for one in said if one[0] in ("TK624", "TK625")] == []
