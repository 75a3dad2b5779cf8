"""What tagkit takes for a selector, a browser does, too."""

from __future__ import annotations

import json

from tagkit.plan.selectors import problem_of

READ = [
    "a",
    "*",
    " a , b ",
    'a[href$=")],{"]',
    "li:has(> img, .a:not([x='\\'']))",
    ".w-1\\.5.sm\\:flex",
    "#a\\, > *",
    ":root > body ~ i + b :nth-child(2n + 1)",
    "a:is(b,c)::before",
    '[title="\\"{;"]',
    "zażółć, .żółw",
]
REFUSED = [
    "a[", "a, , b", ",a", "a,", ".a) b", "ul >",
    "> li", "+ a", "a ~", "a {color: red}", "a;", "a}", "a.", "a#", "a:", "a, b.", " ",
]  # fmt: skip


STRICTER = [":is(a", ":is(a]", "a[b", "a[href='x]", 'a[href="x]']
"""A browser closes or forgives these, at the very end of the text."""


def test_a_browser_agrees(open_page):
    page = open_page(None, "<!doctype html><p>x</p>")
    for selector in READ + REFUSED + STRICTER:
        matches = f"document.body.matches({json.dumps(selector)})"
        read = page.js(
            f"(() => {{ try {{ {matches}; return true }} catch (e) {{ return false }} }})()"
        )
        assert read == (selector not in REFUSED), selector
        assert (problem_of(selector) is None) == (selector in READ), selector
