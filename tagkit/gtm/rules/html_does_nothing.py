"""A part of a Custom HTML tag never takes effect.

A ``<script>``, ``<style>`` or comment that is not closed swallows what follows; the code inside
a ``<script src=…>`` never runs; code without ``<script>`` is shown to the visitor as text; a
script from ``http://`` is blocked on a page that came by https. ``<noscript>`` does nothing in GTM
at all: where GTM runs, JavaScript is on.

Before::

    fbq('track', 'Lead');

After::

    <script>fbq('track', 'Lead');</script>

Source: the HTML standard, "script-data state" and "script element"; GTM's runtime (__html) puts
the nodes into the body one by one and runs the scripts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.firing import is_web, running_tags
from tagkit.gtm.markup import blocks_of, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.markup import Block

RULE = Rule(
    "TK454", "html-does-nothing", Severity.WARNING, "a part of a Custom HTML tag has no effect"
)

_LOOKS_LIKE_CODE = re.compile(r"[;=(]|\bfunction\b")


def check(container: Container) -> Iterator[Finding]:
    """For each Custom HTML tag that runs, the first such thing; a NOTE of its noscript."""
    if not is_web(container):
        return
    for tag in running_tags(container):
        html = tag.parameter("html") if tag.type == "html" else None
        if html is None or not html.value.strip():
            continue  # an empty one is said by parameter-missing
        for message, hint, severity in _problems(html.value):
            yield Finding(
                RULE, html.value_route, f"{tag.words}: {message}", hint=hint, severity=severity
            )


def _problems(html: str) -> Iterator[tuple[str, str, Severity]]:
    if "<" not in html:
        if "{{" not in html and _LOOKS_LIKE_CODE.search(html):
            yield (
                "its code stands outside of <script>, so it is text on the page and never runs",
                "write it between <script> and </script>",
                Severity.WARNING,
            )
        return
    said_noscript = False
    for block in blocks_of(html):
        line = line_of(html, block.at)
        if block.name == "noscript" and not block.problem:
            if not said_noscript:
                yield (
                    f"<noscript> in line {line} has no effect: without JavaScript there is no GTM",
                    "leave it out, or put it into the page itself",
                    Severity.NOTE,
                )
            said_noscript = True
        elif found := _problem(block, line):
            yield (*found, Severity.WARNING)
            return


def _problem(block: Block, line: int) -> tuple[str, str] | None:
    if block.problem == ">":
        return (
            f"the tag <{block.name} in line {line} has no end, so the rest of the code is lost",
            "close its quotation marks, and write '>'",
        )
    if block.problem:
        name = "<!--" if block.name == "!--" else f"<{block.name}>"
        return (
            f"{name} in line {line} is not closed, so all that follows belongs to it",
            f"write {block.problem} where it ends",
        )
    if not block.is_javascript:
        return None
    source = block.attributes.get("src", "").strip()
    if source and _code(block.content):
        return (
            f"the code inside <script src=…> in line {line} never runs: a script has either",
            "put the code into a <script> of its own",
        )
    if source.lower().startswith("http://") and not source.lower().startswith(
        ("http://localhost", "http://127.0.0.1")
    ):
        return (
            f"the script '{source}' in line {line} is blocked on pages that came by https",
            "load it from https://",
        )
    return None


def _code(content: str) -> bool:
    from tagkit.javascript import pieces_of

    return next(pieces_of(content), None) is not None
