"""The way of the data: load, validate, resolve, check, compile, emit, check.

Every stage takes a value and gives one; what is wrong with the input goes to ``found``.
"""

from __future__ import annotations

import json
import os
from enum import StrEnum
from typing import TYPE_CHECKING, Any, cast

from tagkit.diagnostics import Diagnostic, Finding, Findings, Severity, place
from tagkit.source import (
    BYTE_ORDER_MARK,
    CONTAINER_LIMIT,
    FOREIGN,
    PLAN_LIMIT,
    TOO_LARGE,
    Source,
    load,
    load_json,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tagkit.adopt.adoption import Adoption
    from tagkit.diagnostics import Rule
    from tagkit.files import Files
    from tagkit.plan.model import Resolved
    from tagkit.program.model import Program
    from tagkit.schema import SchemaName
    from tagkit.selection import Selection
    from tagkit.source import Json

GTM_FILE = "gtm-container.json"
_LARGE = 400_000
"""Characters of a container's JSON from which on it may be too large for GTM, which takes half."""


class Target(StrEnum):
    """What can be built."""

    GTM = "gtm"
    PIXEL = "pixel"


class BrokenOutputError(Exception):
    """We wrote something that our own checks refuse: a bug."""


class Report:
    """What was found in some documents: the diagnostics, and the sources they point into.

    ``selection`` says which of them are wanted; None is all.
    """

    def __init__(self, selection: Selection | None = None) -> None:
        self.selection = selection
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, Source] = {}

    def add(self, found: Iterable[Finding], source: Source) -> bool:
        """The findings of one document, with their places; whether one of them is an error.

        What was said of the document before is said no more.
        """
        diagnostics = place(found, source)
        if self.selection or "ignore" in source.text or "select" in source.text:
            from tagkit.selection import Selection, chosen

            diagnostics = chosen(diagnostics, source, self.selection or Selection(), _every_rule)
        if source.name in self.sources:
            self.diagnostics = [d for d in self.diagnostics if d.file != source.name]
        self.diagnostics += diagnostics
        self.sources[source.name] = source
        return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)

    def failed(self, *, strict: bool = False) -> bool:
        """Whether there is an error; with ``strict``, a warning is one."""
        fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(diagnostic.severity in fatal for diagnostic in self.diagnostics)

    def seen_from(self, folder: str) -> Report:
        """The same, with the files' names relative to a folder."""
        seen = Report()
        seen.sources = {_relative(name, folder): self.sources[name] for name in self.sources}
        seen.diagnostics = [d._replace(file=_relative(d.file, folder)) for d in self.diagnostics]
        return seen


def validate_files(paths: Iterable[Path], selection: Selection | None = None) -> Report:
    """Check plans and containers; which of the two a file is, its content tells."""
    report = Report(selection)
    for path in paths:
        found = Findings()
        report.add(found, _validate(path, found))
    return report


def build(path: Path, targets: Iterable[Target], report: Report) -> Files | None:
    """The files of a plan; None when it has an error. What was found goes to ``report``."""
    found = Findings()
    source = _load_plan(path, found)
    resolved = None if _is_other(source, found) else _understand(source, found)
    if report.add(found, source) or resolved is None:
        return None
    of_output = Findings()
    files = emit(resolved, targets, of_output)
    if of_output:
        report.add([*found, *of_output], source)
    return files


def adopt(path: Path, report: Report) -> Adoption | None:
    """The plan of a container; None when the file is none. What was found goes to ``report``."""
    from tagkit.adopt.adoption import adopt as adopt_container
    from tagkit.gtm.check import readable

    found = Findings()
    text = read(path, found, limit=CONTAINER_LIMIT)
    source = Source(_shown(path), "", None) if text is None else _load(path, text, found)
    if not found.fatal and not _is_container(source.data):
        from tagkit.schema import NO_FIT

        hint = "'adopt' takes an export of GTM: Admin > Export Container"
        found.say(NO_FIT, (), "this is no GTM container export", hint=hint)
    if report.add(found, source):
        return None
    return adopt_container(readable(source.data), _errors_of)


def _errors_of(text: str) -> list[Diagnostic]:
    """The errors of a plan that is not in a file."""
    found = Findings()
    if len(text) > PLAN_LIMIT:
        found.say(TOO_LARGE, (), "a plan has at most 5 MB", hint="adopt parts of the container")
        return place(found, Source("plan.yaml", "", None))
    source = load(text, "plan.yaml", found)
    _understand(source, found)
    report = Report()
    report.add(found, source)
    return [one for one in report.diagnostics if one.severity is Severity.ERROR]


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

    container = emit_gtm(program, epoch=_epoch())
    _check_own(container, SchemaName.GTM_CONTAINER)
    text = laid_out(container)
    if len(text) > _LARGE:
        found += _too_large(container)
    return {GTM_FILE: text, **consent_default(program.consent)}


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


def _validate(path: Path, found: Findings) -> Source:
    name = _shown(path)
    text = read(path, found, limit=CONTAINER_LIMIT)
    if text is None:
        return Source(name, "", None)
    source = _load(path, text, found)
    if _is_container(source.data):
        if text.startswith("\ufeff"):
            message = "the file starts with a byte order mark, which no export of GTM's has"
            hint = "save it as UTF-8 without one; whether GTM reads it is not known"
            found.say(BYTE_ORDER_MARK, (), message, hint=hint)
        _check_container(source, found)
    else:
        _understand(source, found)
    return source


def _load(path: Path, text: str, found: Findings) -> Source:
    """A document as JSON where it is JSON, else as YAML."""
    name, is_json = _shown(path), path.suffix.lower() == ".json"
    if is_json or text.lstrip("\ufeff \t\r\n").startswith("{"):
        said = Findings()
        source = load_json(text, name, said)
        if is_json or not said:
            found += said
            return source
    if len(text) > PLAN_LIMIT:
        found.say(TOO_LARGE, (), "a plan has at most 5 MB", hint="split it into several plans")
        return Source(name, text, None)
    return load(text, name, found)


def _is_container(data: Any) -> bool:  # noqa: ANN401
    if not isinstance(data, dict) or "tagkit" in data:
        return False
    from tagkit.gtm.container import is_container

    return is_container(data)


def _is_other(source: Source, found: Findings) -> bool:
    """Whether it is a container, of which nothing can be built."""
    if not _is_container(source.data):
        return False
    from tagkit.schema import NO_FIT

    hint = "'build' takes a plan; 'tagkit validate' checks a container"
    found.say(NO_FIT, (), "this is a GTM container, not a plan", hint=hint)
    return True


def _check_container(source: Source, found: Findings) -> None:
    from tagkit.gtm.check import check_container, readable, unsaid
    from tagkit.schema import SchemaName, validate

    rules, shape = list(check_container(source.data)), Findings()
    data = cast("Json", readable(source.data))
    validate(data, SchemaName.GTM_CONTAINER, shape, source=source)
    found += [*unsaid(shape, rules), *rules]


def _load_plan(path: Path, found: Findings) -> Source:
    text = read(path, found, limit=PLAN_LIMIT)
    return Source(_shown(path), "", None) if text is None else _load(path, text, found)


def _understand(source: Source, found: Findings) -> Resolved | None:
    """The plan in a document; None when it is not shaped as one."""
    if found.fatal or not _may_be_plan(source.data):
        from tagkit.foreign import foreign

        if instead := foreign(source.text, None if found.fatal else source.data):
            found[:] = [Finding(FOREIGN, (), f"this is {instead.what}", instead.hint)]
            return None
    from tagkit.catalog import Catalog
    from tagkit.plan.half_characters import check_characters
    from tagkit.plan.resolve import resolve
    from tagkit.plan.rules import check_plan
    from tagkit.schema import SchemaName, validate

    if found.fatal or not validate(source.data, SchemaName.PLAN, found, source=source):
        return None
    check_characters(source, found)
    resolved = resolve(source.data, Catalog(), found)
    found += check_plan(resolved)
    return resolved


def _every_rule() -> Iterable[Rule]:
    from tagkit.manual import every_rule

    return every_rule()


def _may_be_plan(data: Any) -> bool:  # noqa: ANN401
    """Whether it has one of a plan's keys, or is a list as a plan may be."""
    if isinstance(data, dict):
        return "tagkit" in data or "business" in data
    return isinstance(data, list) and not any(
        isinstance(i, dict) and "use" not in i and "id" not in i for i in data[:1]
    )


def _shown(path: Path) -> str:
    """The path as diagnostics show it: relative where it can be, with forward slashes."""
    return _relative(str(path), os.curdir) if path.is_absolute() else path.as_posix()


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def _epoch() -> int | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds; None when it is not a number."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(said) if said.isdecimal() and len(said) <= 10 else None  # noqa: PLR2004
