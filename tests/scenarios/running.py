"""Run scenarios and print the results without what differs from run to run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tagkit.report import text
from tagkit.scenarios import as_text
from tagkit.scenarios.command import Asked, Done, test_plans
from tagkit.scenarios.options import Options

CASES = Path(__file__).parent / "cases"
OPTIONS = Options(jobs=2, timeout=20)
HEAD = """tagkit: 1
business: {name: Tea, url: https://herbata.example}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
"""


def tried(plan: Path, options: Options = OPTIONS, **asked: Any) -> Done:
    """What came of the scenarios of a plan."""
    return test_plans([plan], Asked({}, options, **asked))


def said(done: Done) -> str:
    """The results as text."""
    if done.refusal:
        return f"tagkit: {done.refusal}\n"
    if done.report.failed():
        return text.report(done.report.diagnostics, done.report.sources)
    return re.sub(r" \([\d,.]+ m?s\)", "", as_text.report(done))
