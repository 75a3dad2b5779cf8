"""Run scenarios and print the results without what differs from run to run."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagkit.report import text
from tagkit.scenarios import as_text
from tagkit.scenarios.command import Asked, Done, try_plans
from tagkit.scenarios.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"
OPTIONS = Options(jobs=2, timeout=20)
HEAD = """tagkit: 1
business: {name: Tea, url: https://herbata.example}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
"""


def tried(plan: Path, options: Options = OPTIONS, **asked: Any) -> Done:
    """What came of the scenarios of a plan."""
    return apart(lambda: try_plans([plan], Asked({}, options, **asked)))


def apart(action: Callable[[], Any]) -> Any:
    """What an action gives: in the main thread, other tests keep an event loop of Playwright's."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(action).result()


def said(done: Done) -> str:
    """The results as text."""
    if done.refusal:
        return f"tagkit: {done.refusal}\n"
    if done.report.failed():
        return text.report(done.report.diagnostics, done.report.sources)
    return re.sub(r" \([\d,.]+ m?s\)", "", as_text.report(done))
