"""The simulator: what Google's gtm.js does with a container, from its export, in a browser.

It is JavaScript (``templates/simulator/``); this module only hands out its text. It sends nothing
to Google or Meta: what would be sent is recorded, see ``docs/simulator.md``.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tagkit.rendering import js
from tagkit.resources import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = (
    "values",
    "recorder",
    "datalayer",
    "consent",
    "tokens",
    "loops",
    "es5",
    "urls",
    "network",
    "pixel",
    "built_ins",
    "readers",
    "variables",
    "conditions",
    "triggers",
    "listeners",
    "listeners_clicks",
    "listeners_forms",
    "listeners_visibility",
    "listeners_page",
    "listeners_youtube",
    "google",
    "html",
    "tags",
    "restrictions",
    "firing",
    "checks",
    "runtime",
    "start",
)
"""The files of the runtime, in the order they build on each other."""

_WRAPPED = """\
(function (window) {
'use strict';

if (window.TagkitSimulator) return;
const document = window.document;

%s
})(window);
"""
_PIXEL = """\
(function (window) {
'use strict';

%s
standInForPixel(window, window.__tagkitReport || (() => {}), () => null,
  () => window.location.href);
})(window);
"""


@cache
def simulator() -> str:
    """The JavaScript that gives a page ``TagkitSimulator``; it starts nothing by itself."""
    return _WRAPPED % "\n".join(_read(part) for part in _PARTS)


@cache
def pixel() -> str:
    """The JavaScript that stands in for Meta's fbevents.js on a page without the simulator."""
    return _PIXEL % _read("pixel")


def start(container: Mapping[str, Any], options: Mapping[str, Any] | None = None) -> str:
    """JavaScript that takes the place of ``gtm.js?id=GTM-…`` in a page: runtime and start."""
    given = f"{js(container)}, {js(options or {})}"
    return f"{simulator()}\nTagkitSimulator.start({given});\n"


def _read(part: str) -> str:
    return (TEMPLATES / "simulator" / f"{part}.js").read_text(encoding="utf-8")
