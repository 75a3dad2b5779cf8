"""A plan with ``extends`` and ``vars`` -> one document, as if it had been written without them.

The files are laid one on another, each once, a base below what extends it and of several bases the
earlier below the later; then ``${name}`` becomes the value of a variable, in the data. Each value
knows where it was written, so that whatever is said of it later points into the right file.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tagkit import textfile
from tagkit.diagnostics import Finding, Findings, Rule, Severity, Spot
from tagkit.nearest import nearest
from tagkit.plan.merge import Drops, merge
from tagkit.plan.merged import Layer, Merged, Node, Origin
from tagkit.plan.substitute import Given, substitute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.plan.merge import Drop
    from tagkit.source import Json, Source

    Read = Callable[[str], tuple[Source, Findings]]
    """The file of that name, and what was wrong with reading it."""

_E = Severity.ERROR
NO_BASE = Rule("TK307", "base-missing", _E, "a base plan that is not there")
CYCLE = Rule("TK308", "base-cycle", _E, "a plan that extends itself")
NOT_A_PLAN = Rule("TK309", "base-not-a-plan", _E, "a base that is no mapping, or a container")
NOTHING_TO_DROP = Rule(
    "TK310", "drop-unknown", _E, "a 'drop' of a conversion that no base plan has"
)
RULES = (NO_BASE, CYCLE, NOT_A_PLAN, NOTHING_TO_DROP)


def inherit(
    source: Source, read: Read, found: Findings, given: Mapping[str, Given] | None = None
) -> Merged:
    """The plan with its bases below it and the values of its variables in it.

    ``given`` are values of variables from outside: a table, the command line.
    """
    found[:] = [f._replace(source=f.source or source) for f in found]
    layers = _layers(source, read, found)
    drops = Drops.none()
    node = Node({}, Origin(source, ()))
    for layer in layers:
        node = merge(node, Node(layer.source.data, Origin(layer.source, ())), drops)
    if not found.fatal:
        found += map(_nothing_to_drop, drops.failed)
    if not found.fatal:
        node = substitute(node, [layer.source for layer in layers], given or {}, found)
    return Merged(tuple(layers), node)


class _Open(NamedTuple):
    """A file some of whose bases are still to come."""

    layer: Layer
    key: str
    bases: Iterator[tuple[Spot, str]]


def _layers(source: Source, read: Read, found: Findings) -> list[Layer]:
    """All the files, each once, a base before what extends it."""
    layers: list[Layer] = []
    first = Layer(source)
    path = [_Open(first, _key(source.name), _bases(first, found))]
    done: set[str] = set()
    while path:
        top = path[-1]
        at, name = next(top.bases, (None, ""))
        if at is None:
            layers.append(top.layer)
            done.add(top.key)
            path.pop()
            continue
        key = _key(name)
        if any(key == open_.key for open_ in path):
            found.append(_cycle(at, name, [*(o.layer.source.name for o in path)], path, key))
        elif key not in done:
            base, problems = read(name)
            layer = Layer(base, (at, *top.layer.through))
            if _is_plan(base, problems, at, found):
                path.append(_Open(layer, key, _bases(layer, found)))
            else:
                done.add(key)
                if not _is_missing(problems):
                    layers.insert(0, layer)  # it says nothing, but something is said of it
    return layers


def _bases(layer: Layer, found: Findings) -> Iterator[tuple[Spot, str]]:
    """The bases that a file names, as names from where we are; what ``extends`` is not, is said."""
    source = layer.source
    data = source.data if isinstance(source.data, dict) else {}
    own: dict[str, Json] = {key: data[key] for key in ("extends", "vars") if key in data}
    if not own or not _is_well_formed(own, source, found) or "extends" not in own:
        return
    said = own["extends"]
    listed: list[tuple[Route, Json]] = [(("extends",), said)]
    if isinstance(said, list):
        listed = [(("extends", index), name) for index, name in enumerate(said)]
    for route, name in listed:
        yield Spot(source, route), _beside(source.name, str(name))


def _is_well_formed(own: dict[str, Json], source: Source, found: Findings) -> bool:
    from tagkit.schema import SchemaName, validate

    shape = Findings()
    stub: Json = {"tagkit": 1, "business": {"name": "-"}, **own}
    validate(stub, SchemaName.PLAN, shape, source=source)
    found += [finding._replace(source=source) for finding in shape]
    return not shape


def _is_plan(base: Source, problems: Findings, at: Spot, found: Findings) -> bool:
    """Whether it can be built upon; if not, ``found`` says why."""
    if _is_missing(problems):
        message = f"there is no base plan '{base.name}'"
        hint = problems[0].hint or "the path starts from the folder of the file that says it"
        if "${" in base.name:
            hint = "variables do not stand in 'extends': write the path"
        found.append(Finding(NO_BASE, at.route, message, hint, source=at.source))
        return False
    found += [finding._replace(source=base) for finding in problems]
    if problems.fatal:
        return False
    if not isinstance(base.data, dict) or "containerVersion" in base.data:
        what = "a GTM container" if isinstance(base.data, dict) else "no mapping"
        message = f"'{base.name}' is {what}, so nothing can be built upon it"
        hint = "a base is a plan: a mapping with what its clients share"
        found.append(Finding(NOT_A_PLAN, at.route, message, hint, source=at.source))
        return False
    return True


def _is_missing(problems: Findings) -> bool:
    return any(problem.rule is textfile.MISSING for problem in problems)


def _cycle(at: Spot, name: str, chain: list[str], path: list[_Open], key: str) -> Finding:
    start = next(index for index, open_ in enumerate(path) if open_.key == key)
    shown = " > ".join([*chain[start:], name])
    return Finding(
        CYCLE, at.route, f"'{name}' extends itself: {shown}",
        "take one of them out of 'extends'", source=at.source,
    )  # fmt: skip


def _nothing_to_drop(drop: Drop) -> Finding:
    source, route = drop.origin[:2]
    if drop.before:
        message = f"'{drop.name}' is already dropped"
        related = ((drop.before.spot, "dropped here"),)
        hint = "delete this entry"
        return Finding(NOTHING_TO_DROP, route, message, hint, related=related, source=source)
    message = f"there is no conversion '{drop.name}' to drop"
    listed = ", ".join(drop.known[:_FEW]) + (", …" if len(drop.known) > _FEW else "")
    last = f"the bases have {listed}" if drop.known else "no base plan has any"
    hint = nearest(drop.name, drop.known) or last
    if "${" in drop.name:
        hint = "variables do not stand in 'drop': write the name"
    return Finding(NOTHING_TO_DROP, route, message, hint, source=source)


_FEW = 8


def _beside(name: str, said: str) -> str:
    """A name that a file says, from where we are, with forward slashes."""
    joined = os.path.normpath(os.path.join(os.path.dirname(name), said))  # noqa: PTH118, PTH120
    return joined.replace(os.sep, "/")


def _key(name: str) -> str:
    """Equal for all names of one file."""
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):  # a zero byte in the name
        return name
