"""Results as JSON for other programs: a frozen shape.

``{"version": 1, "tests": [...], "seconds": 1.2, "diagnostics": [...]}``. A test has plan, name,
place, outcome (passed, failed), milliseconds, failures [{place, message, trace}], notes, fired,
google_analytics, meta_pixel, uncovered. A place has file, line, column; the latter are null for a
file as a whole. The diagnostics are those of ``validate``; with an error among them, nothing is
run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tagkit.report import json

if TYPE_CHECKING:
    from tagkit.scenarios.command import Done
    from tagkit.scenarios.model import Place, Result

_GA4 = ("event", "measurementId", "parameters", "userProperties", "items", "tag")
_META = ("event", "pixel", "cd", "eid", "tag")


def report(done: Done) -> str:
    """One object on lines of its own."""
    more = {"tests": [_test(one) for one in done.results], "seconds": round(done.seconds, 3)}
    return json.report(done.report.diagnostics, done.report.sources, more)


def _test(result: Result) -> dict[str, Any]:
    seen = result.seen
    return {
        "plan": result.subject,
        "name": result.scenario.name,
        "place": _place(result.scenario.place),
        "outcome": result.outcome.value,
        "milliseconds": result.milliseconds,
        "failures": [
            {"place": _place(one.place), "message": one.message, "trace": [*one.trace, *one.seen]}
            for one in result.failures
        ],
        "notes": list(result.notes),
        "fired": list(seen.fired),
        "google_analytics": [{key: hit[key] for key in _GA4 if key in hit} for hit in seen.ga4],
        "meta_pixel": [{key: hit[key] for key in _META if key in hit} for hit in seen.meta],
        "uncovered": list(seen.uncovered),
    }


def _place(place: Place) -> dict[str, Any]:
    span = place.span
    return {
        "file": place.file,
        "line": span.line if span else None,
        "column": span.column if span else None,
    }
