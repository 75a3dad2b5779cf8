"""The example shops in a browser: nothing breaks, nothing fires without its action."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.browser.plans import built

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
SCRIPT = re.compile(r"<script>\n?(.*?)</script>", re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_a_quiet_page(example, open_page):
    files = built(example.read_text(encoding="utf-8"))
    body = "<h1>About us</h1><p>More text.</p><a href='/next'>next</a><form><input></form>"
    page = open_page(json.loads(files["gtm-container.json"]), body)
    page.page.wait_for_timeout(1500)
    page.settle()
    assert page.ga4_events(page_views=True) == ["page_view"]
    assert set(page.meta_events(page_views=True)) == {"PageView"}
    assert page.errors() == []

    head = files["meta-pixel/base.html"] + f"<script>{files['meta-pixel/events.js']}</script>"
    bare = open_page(None, f"<!doctype html><head>{head}</head><body>{body}</body>")
    bare.page.wait_for_timeout(1500)
    bare.settle()
    assert set(bare.meta_events(page_views=True)) == {"PageView"}
    assert bare.errors() == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_snippets_are_es5(example, open_page):
    """Old browsers still shop; and the same code stands in GTM, which refuses anything newer."""
    files = built(example.read_text(encoding="utf-8"))
    page = open_page(json.loads(files["gtm-container.json"]), "<p>x</p>")
    codes = [
        code for name, text in files.items() if ".html" in name for code in SCRIPT.findall(text)
    ]
    for code in [*codes, files["meta-pixel/events.js"]]:
        assert page.js(f"TagkitSimulator.es6Features({json.dumps(code)})") == [], code[:200]
        page.js(f"void new Function({json.dumps(code)})")
