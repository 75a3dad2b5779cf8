"""Entities refer to each other in a circle.

A variable that is asked for its value while GTM works it out is undefined. A trigger group that
waits for itself never fires. Tags that wait for each other have no order.

Before::

    {"name": "Value", "type": "smm", ... "input": "{{Currency}}"},
    {"name": "Currency", "type": "smm", ... "input": "{{Value}}"}

After::

    {"name": "Value", "type": "smm", ... "input": "{{Currency}}"},
    {"name": "Currency", "type": "v", ... "name": "ecommerce.currency"}

Source: the GTM runtime, 2026-11: recursion gives undefined, a group waits for all its members.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.links import circles, sequence
from tagkit.words import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container

RULE = Rule(
    "TK444", "circular-reference", Severity.WARNING, "entities refer to each other in a circle"
)

_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\\'\"])//[^\n]*", re.DOTALL)
_MOST = 7
_SEQUENCES = ("setupTag", "teardownTag")

Edges = dict[str, dict[str, "Route"]]


def check(container: Container) -> Iterator[Finding]:
    """Each circle once, where its first member names the next."""
    variables = _variables(container)
    for circle in circles(variables):
        yield Finding(
            RULE,
            _first_step(variables, circle),
            f"variable '{circle[0]}' {_way('refers', circle)}, where it is undefined",
            hint="take the reference out of one of them",
        )
    groups = _groups(container)
    for circle in circles(groups):
        names = [_trigger_name(container, step) for step in circle]
        yield Finding(
            RULE,
            _first_step(groups, circle),
            f"trigger group '{names[0]}' {_way('waits', names)}, so it never fires",
            hint="take it out of 'triggerIds'",
        )
    for key in _SEQUENCES:
        tags = _tags(container, key)
        for circle in circles(tags):
            yield Finding(
                RULE,
                _first_step(tags, circle),
                f"tag '{circle[0]}' {_way('leads', circle)} by '{key}', so there is no order",
                hint=f"take '{key}' out of one of them",
            )


def _way(verb: str, circle: list[str]) -> str:
    if len(circle) == 1:
        return f"{verb} {'for' if verb == 'waits' else 'to'} itself"
    names = [f"'{shortened(name)}'" for name in [*circle, circle[0]]]
    if len(names) > _MOST:
        names[_MOST - 2 : -1] = ["…"]
    return f"{verb} {'for' if verb == 'waits' else 'to'} itself ({' -> '.join(names)})"


def _first_step(edges: Edges, circle: list[str]) -> Route:
    following = circle[1] if len(circle) > 1 else circle[0]
    return edges[circle[0]][following]


def _variables(container: Container) -> Edges:
    edges: Edges = {variable.name: {} for variable in container.of("variable") if variable.name}
    values = {parameter.value_route: parameter for parameter in container.parameters}
    code: dict[Route, str] = {}
    for reference in container.references:
        entity = reference.entity
        if entity.kind != "variable" or reference.name not in edges or not entity.name:
            continue
        if entity.type == "jsm":
            # What stands in a comment is not worked out.
            route = reference.route
            if route not in code:
                code[route] = _COMMENT.sub("", values[route].value)
            if f"{{{{{reference.name}}}}}" not in code[route]:
                continue
        edges[entity.name].setdefault(reference.name, reference.route)
    return edges


def _groups(container: Container) -> Edges:
    edges: Edges = {trigger.id: {} for trigger in container.of("trigger") if trigger.id}
    for parameter in container.parameters:
        holder = parameter.entity
        if parameter.type == "TRIGGER_REFERENCE" and holder.kind == "trigger" and holder.id:
            edges[holder.id].setdefault(parameter.value, parameter.value_route)
    return edges


def _trigger_name(container: Container, trigger_id: str) -> str:
    return next(
        (each.name for each in container.of("trigger") if each.id == trigger_id and each.name),
        trigger_id,
    )


def _tags(container: Container, key: str) -> Edges:
    edges: Edges = {tag.name: {} for tag in container.of("tag") if tag.name}
    for tag in container.of("tag"):
        for index, name in enumerate(sequence(tag, key)):
            if tag.name and name:
                edges[tag.name].setdefault(name, (*tag.route, key, index, "tagName"))
    return edges
