"""A container is about as large as GTM lets one publish, or larger.

A version of a web container has at most 200 KB when it is published; of a larger one no version
can be published. What counts is the JavaScript that GTM makes of it. Here its parts are added up
that are in it for certain: the settings of tags that are not paused, of triggers and of variables
that something uses, and the code of templates without comments. What GTM adds is left out, so the
real size is rather larger. From 80 % it is a note.

Before::

    {"name": "Widget", "type": "html", ... "value": "<script>/* 250 KB of code */</script>"}

After::

    {"name": "Widget", "type": "html", ... "value": "<script src='https://…/widget.js'></script>"}

Source: Google Tag Manager Help, 2772488; authors' reports of what happens above the limit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import text
from tagkit.gtm.links import folded, named_variables
from tagkit.words import count, shortened, some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK450",
    "container-size",
    Severity.WARNING,
    "a container is about as large as GTM lets one publish",
)

_KB = 1024
_LIMIT = 200 * _KB
_NEAR = _LIMIT * 8 // 10
_LARGE = _LIMIT // 20
_CODE = re.compile(
    r"^___SANDBOXED_JS_FOR_WEB_TEMPLATE___$(.*?)(?=^___[A-Z_]+___$|\Z)", re.MULTILINE | re.DOTALL
)
_COMMENT_OR_INDENT = re.compile(r"^\s*//.*$|^\s+", re.MULTILINE)


def check(container: Container) -> Iterator[Finding]:
    """One finding for the file."""
    if "WEB" not in container.contexts:
        return
    sizes = _sizes(container)
    size = sum(sizes.values())
    if size < _NEAR:
        return
    over = size > _LIMIT
    yield Finding(
        RULE,
        container.version_route,
        f"the container has about {size // _KB} KB; GTM publishes at most 200 KB",
        hint=_hint(container, sizes),
        severity=None if over else Severity.NOTE,
    )


def _hint(container: Container, sizes: dict[Route, int]) -> str:
    entities = {each.route: each for each in container.of("tag", "variable", "customTemplate")}
    large = [route for route in entities if sizes.get(route, 0) >= _LARGE]
    if not large:
        tags = count(len(container.entities["tag"]), "tag")
        return f"leave out what you can do without of {tags}, or divide them among containers"
    large.sort(key=lambda route: -sizes[route])
    return f"the largest: {some(_shown(entities[route], sizes[route]) for route in large)}"


def _shown(entity: Entity, size: int) -> str:
    return f"'{shortened(entity.name or entity.id)}' {size // _KB} KB"


def _sizes(container: Container) -> dict[Route, int]:
    """How many bytes of each entity are compiled, at least."""
    used = named_variables(container)
    sizes: dict[Route, int] = {}
    for parameter in container.parameters:
        entity = parameter.entity
        if entity.kind not in {"tag", "trigger", "variable"} or entity.data.get("paused"):
            continue
        if entity.kind == "variable" and folded(entity.name) not in used:
            continue
        sizes[entity.route] = sizes.get(entity.route, 0) + _bytes(parameter.value)
    for template in container.of("customTemplate"):
        found = _CODE.search(text(template.data.get("templateData")))
        if found:
            sizes[template.route] = len(
                _COMMENT_OR_INDENT.sub("", found[1]).encode(errors="replace")
            )
    return sizes


def _bytes(said: str) -> int:
    return len(said.encode(errors="replace"))
