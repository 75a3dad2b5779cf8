"""A resolved plan -> the files that are built of it, checked as strictly as anybody's."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.diagnostics import Finding
    from tagkit.files import Files
    from tagkit.plan.model import Resolved
    from tagkit.program.model import Program
    from tagkit.schema import SchemaName

GTM_FILE = "gtm-container.json"
_LARGE = 400_000
"""Characters of a container's JSON from which on it may be too large for GTM, which takes half."""


class Target(StrEnum):
    """What can be built."""

    GTM = "gtm"
    PIXEL = "pixel"


class BrokenOutputError(Exception):
    """We wrote something that our own checks refuse: a bug."""


def emit(resolved: Resolved, targets: Iterable[Target], found: Findings) -> Files:
    """The files of a resolved plan, checked as strictly as anybody's."""
    from tagkit.program.compile import compile_plan

    program = compile_plan(resolved)
    files: Files = {}
    for target in targets:
        files |= _gtm(program, found) if target is Target.GTM else _pixel(program)
    return files


def _gtm(program: Program, found: Findings) -> Files:
    from tagkit.consent_default import consent_default
    from tagkit.gtm.emit import emit_gtm
    from tagkit.rendering import laid_out
    from tagkit.schema import SchemaName
    from tagkit.shopify.emit import emit_shopify

    container = emit_gtm(program, epoch=epoch())
    _check_own(container, SchemaName.GTM_CONTAINER)
    text = laid_out(container)
    if len(text) > _LARGE:
        found += _too_large(container)
    return {GTM_FILE: text, **consent_default(program.consent), **emit_shopify(program)}


def _too_large(container: Any) -> Iterator[Finding]:  # noqa: ANN401
    """The one thing that can be wrong with a container of ours, said of its plan as a whole."""
    from tagkit.gtm.container import container_of
    from tagkit.gtm.size import too_large

    advice = "leave out conversions, or write a plan and a container for each part of the site"
    for finding, largest in too_large(container_of(container)):
        hint = f"{advice}; the largest: {largest}" if largest else advice
        yield finding._replace(route=(), hint=hint)


def _pixel(program: Program) -> Files:
    from tagkit.pixel.emit import FOLDER, emit_pixel
    from tagkit.schema import SchemaName

    files = emit_pixel(program)
    if files:
        _check_own(json.loads(files[f"{FOLDER}/manifest.json"]), SchemaName.SNIPPET_MANIFEST)
    return files


def _check_own(data: Any, schema: SchemaName) -> None:  # noqa: ANN401
    """Our own output, against its schema. The rules have seen all kinds of it in the tests."""
    from tagkit.schema import validate

    found = Findings()
    if not validate(data, schema, found):
        said = "; ".join(f"{'.'.join(map(str, f.route))}: {f.message}" for f in found[:3])
        raise BrokenOutputError(said)


def epoch() -> int | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds; None when it is not a number."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(said) if said.isdecimal() and len(said) <= 10 else None  # noqa: PLR2004
