"""The cases of ``cases.yaml``, and what the doctor says of them.

All pages are opened once, and asked what any case asks; each case then judges the facts.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tagkit.catalog import Catalog
from tagkit.diagnostics import Findings
from tagkit.doctor.browse import browse
from tagkit.doctor.command import Wanted, examine
from tagkit.doctor.facts import Asked
from tagkit.doctor.judge import asked
from tagkit.doctor.target import target_of
from tagkit.report import json as as_json
from tagkit.scenarios.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagkit.doctor.facts import Page
    from tagkit.doctor.target import Target

HERE = Path(__file__).parent
PAGES, EXPECTED = HERE / "pages", HERE / "expected"
CASES: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "cases.yaml").read_text("utf-8"))
_DETECT = yaml.safe_load((HERE / "detect.yaml").read_text("utf-8"))
_KEPT = ("code", "severity", "file", "span", "message", "hint")


class Few(Catalog):
    """The catalog's entries of `detect.yaml`, with the ways that stand there."""

    ids = tuple(sorted(_DETECT))

    def entry(self, name: str) -> dict[str, Any]:
        return {**super().entry(name), "detect": _DETECT[name]}


@contextmanager
def among_the_pages() -> Iterator[None]:
    """Names are printed from there."""
    before = Path.cwd()
    os.chdir(PAGES)
    try:
        yield
    finally:
        os.chdir(before)


def said_of(name: str, folder: Path) -> dict[str, Any]:
    """What the doctor says of a case; its plan is written into the folder."""
    plan = folder / "plan.yaml"
    plan.write_text(CASES[name].get("plan", ""), "utf-8")
    wanted = Wanted(CASES[name]["pages"], Options(), plan if "plan" in CASES[name] else None)
    done = examine(wanted, Few(), _opened)
    report = done.report
    said = json.loads(as_json.report(report.diagnostics, report.sources, report.more))
    return {"findings": [_finding(one) for one in said["diagnostics"]], "doctor": said["doctor"]}


def _finding(one: dict[str, Any]) -> dict[str, Any]:
    kept = {key: one[key] for key in _KEPT}
    span = one["span"]
    return {**kept, "file": Path(one["file"]).name, "span": span and [span["line"], span["column"]]}


def _opened(targets: Sequence[Target], _asked: Asked) -> list[Page]:
    return [_all_pages()[target.name] for target in targets]


@cache
def _all_pages() -> dict[str, Page]:
    targets = [target_of(path.name, Findings()) for path in sorted(PAGES.glob("*.html"))]
    css = [css for case in CASES.values() for css in case.get("selectors", ())]
    pages = browse(
        [target for target in targets if target],
        asked(Few(), Asked(css=tuple(dict.fromkeys(css)))),
        Options(),
        lax=False,
    )
    return {page.name: page for page in pages}
