"""How large a container is, at least, when GTM has compiled it, and whether it takes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import text
from tagkit.gtm.links import folded, named_variables
from tagkit.words import shortened, some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Entity

# Here and not with its manual page, as 'build' says it without reading all the rules.
CONTAINER_SIZE = Rule(
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


def too_large(container: Container) -> Iterator[tuple[Finding, str]]:
    """One finding, without a hint, when it is about as large as may be; what stands out in it."""
    if "WEB" not in container.contexts:
        return
    sizes = _sizes(container)
    size = sum(sizes.values())
    if size < _NEAR:
        return
    over = size > _LIMIT
    finding = Finding(
        CONTAINER_SIZE,
        container.version_route,
        f"the container has about {size // _KB} KB; GTM publishes at most 200 KB",
        severity=None if over else Severity.NOTE,
    )
    yield finding, _largest(container, sizes)


def _largest(container: Container, sizes: dict[Route, int]) -> str:
    entities = {each.route: each for each in container.of("tag", "variable", "customTemplate")}
    large = [route for route in entities if sizes.get(route, 0) >= _LARGE]
    large.sort(key=lambda route: -sizes[route])
    return some(_shown(entities[route], sizes[route]) for route in large)


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
