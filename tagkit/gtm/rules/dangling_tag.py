"""A tag refers to another tag by a name that no tag in the file has.

Tags are referenced by name: the tag to run before (``setupTag``) or after (``teardownTag``), the
configuration of an old GA4 event (``measurementId``), the tags a transformation is for. When the
name does not resolve, the sequence does not run.

Before::

    {"name": "Purchase", "setupTag": [{"tagName": "Base pixel"}]}    # the tag is "Pixel - Base"

After::

    {"name": "Purchase", "setupTag": [{"tagName": "Pixel - Base"}]}

Source: 410 of 410 such names in exports resolve; Google's API reference, ``SetupTag.tagName``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK412", "dangling-tag", Severity.WARNING, "a tag is referenced that is not in the file"
)

# What a GA4 event says when it names no configuration tag.
_NO_TAG = "none"


def check(container: Container) -> Iterator[Finding]:
    """Each tag name that no tag has."""
    known = container.names["tag"]
    for route, words, name in _named(container):
        if name and name not in known:
            yield Finding(
                RULE,
                route,
                f"{words} tag '{name}', which is not in the file",
                hint="write the name of a tag exactly as that tag has it",
            )


def _named(container: Container) -> Iterator[tuple[Route, str, str]]:
    for tag in container.of("tag"):
        for key, does in (("setupTag", "runs after"), ("teardownTag", "runs before")):
            for index, item in enumerate(items(tag.data.get(key))):
                name = text(mapping(item).get("tagName"))
                yield (*tag.route, key, index, "tagName"), f"{tag.words} {does}", name
    for parameter in container.parameters:
        if parameter.type == "TAG_REFERENCE" and parameter.value != _NO_TAG:
            words = f"{parameter.entity.words} refers to"
            yield parameter.value_route, words, parameter.value
