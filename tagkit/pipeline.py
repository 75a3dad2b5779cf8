"""The way of the data: load, validate, resolve, check, compile, emit, check.

Every stage takes a value and gives one; what is wrong with the input goes to ``found``.
"""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

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
    from collections.abc import Iterable, Iterator, Mapping

    from tagkit.diagnostics import Document, Related, Rule
    from tagkit.files import Files
    from tagkit.gtm.diff.model import Difference
    from tagkit.gtm.merge.changes import Merged
    from tagkit.plan.model import Resolved
    from tagkit.plan.substitute import Given
    from tagkit.program.model import Program
    from tagkit.schema import SchemaName
    from tagkit.selection import Selection
    from tagkit.source import Json

GTM_FILE = "gtm-container.json"
_LARGE = 400_000
"""Characters of a container's JSON from which on it may be too large for GTM, which takes half."""
_BUILD = "'build' takes a plan; 'tagkit validate' checks a container"
_MERGE = "write the plan first, then the export: Admin > Export Container"


class Target(StrEnum):
    """What can be built."""

    GTM = "gtm"
    PIXEL = "pixel"


class Compared(NamedTuple):
    """Two files that were compared, and what each is: a plan or a container."""

    difference: Difference
    old: str
    new: str


class BrokenOutputError(Exception):
    """We wrote something that our own checks refuse: a bug."""


class Report:
    """What was found in some documents: the diagnostics, and the sources they point into.

    ``selection`` says which of them are wanted; None is all. ``more`` is what the command did,
    for JSON.
    """

    def __init__(self, selection: Selection | None = None) -> None:
        self.selection = selection
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, Source] = {}
        self.more: dict[str, Any] = {}
        self._of: dict[str, list[Diagnostic]] = {}

    def add(self, found: Iterable[Finding], document: Document, *, whole: bool = True) -> bool:
        """The findings of one document, with their places; whether one of them is an error.

        What was said of the document before is said no more. ``whole``: all rules were asked, so
        that an ignore without a finding is of no use.
        """
        diagnostics = place(found, document)
        texts = [source.text for source in document.sources]
        if self.selection or any("ignore" in text or "select" in text for text in texts):
            from tagkit.selection import UNUSED, Selection, chosen

            diagnostics = chosen(diagnostics, document, self.selection or Selection(), _every_rule)
            diagnostics = [d for d in diagnostics if whole or d.rule is not UNUSED]
        before = self._of.get(document.name, ())
        self.diagnostics = [d for d in self.diagnostics if d not in before] + diagnostics
        self._of[document.name] = diagnostics
        self.sources |= {source.name: source for source in document.sources}
        return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)

    def failed(self, *, strict: bool = False) -> bool:
        """Whether there is an error; with ``strict``, a warning is one."""
        fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
        return any(diagnostic.severity in fatal for diagnostic in self.diagnostics)

    def seen_from(self, folder: str) -> Report:
        """The same, with the files' names relative to a folder."""
        seen = Report()
        seen.sources = {_relative(name, folder): self.sources[name] for name in self.sources}
        seen.diagnostics = [
            d._replace(
                file=_relative(d.file, folder),
                related=_all_relative(d.related, folder),
                through=_all_relative(d.through, folder),
            )
            for d in self.diagnostics
        ]
        return seen


class Bases:
    """The files that plans extend: each is read once, for however many plans."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[Source, Findings]] = {}

    def read(self, name: str) -> tuple[Source, Findings]:
        """The file, and what was wrong with reading it."""
        if name not in self._read:
            found = Findings()
            self._read[name] = _load_plan(Path(name), found), found
        return self._read[name]


def validate_files(
    paths: Iterable[Path],
    selection: Selection | None = None,
    given: Mapping[str, Given] | None = None,
) -> Report:
    """Check plans and containers; which of the two a file is, its content tells.

    ``given`` are values for the variables of plans.
    """
    report, bases = Report(selection), Bases()
    for path in paths:
        validate_file(path, report, bases, given)
    return report


def validate_file(
    path: Path, report: Report, bases: Bases, given: Mapping[str, Given] | None = None
) -> Document:
    """The document in a file, checked."""
    found = Findings()
    document = _validate(path, found, bases, given)
    report.add(found, document)
    return document


class Plan(NamedTuple):
    """A plan as written and as resolved, None when it has an error; and what was found in it."""

    document: Document
    resolved: Resolved | None
    found: Findings


def build(
    path: Path,
    targets: Iterable[Target],
    report: Report,
    *,
    bases: Bases | None = None,
    given: Mapping[str, Given] | None = None,
) -> Files | None:
    """The files of a plan; None when it has an error. What was found goes to ``report``.

    ``bases`` keeps the files that several plans extend, ``given`` has values for its variables.
    """
    plan = read_plan(path, report, bases or Bases(), given)
    return emit_plan(plan, targets, report)


def read_plan(
    path: Path,
    report: Report,
    bases: Bases,
    given: Mapping[str, Given] | None = None,
    *,
    hint: str = _BUILD,
) -> Plan:
    """A plan, its bases and variables worked in; every file that was read is in the report.

    ``hint`` is for a container in its place.
    """
    found = Findings()
    source = _load_plan(path, found)
    if _is_other(source, found, hint):
        report.add(found, source)
        return Plan(source, None, found)
    document = _inherited(source, found, bases, given)
    resolved = _understand(document, found)
    return Plan(document, None if report.add(found, document) else resolved, found)


def emit_plan(plan: Plan, targets: Iterable[Target], report: Report) -> Files | None:
    """The files of a plan, None when it has an error; what is said of them goes to the report."""
    if plan.resolved is None:
        return None
    of_output = Findings()
    files = emit(plan.resolved, targets, of_output)
    if of_output:
        report.add([*plan.found, *of_output], plan.document)
    return files


def compare(
    old: Path,
    new: Path,
    report: Report,
    *,
    everything: bool = False,
    given: Mapping[str, Given] | None = None,
) -> Compared | None:
    """What is different between two plans or containers; None when one of them cannot be read.

    Where one is a plan, the other is what it has become in GTM: what others own in it does not
    count, unless ``everything`` does. ``given`` has values for variables of plans.
    """
    from tagkit.gtm.diff.compare import compare as compare_containers
    from tagkit.gtm.diff.ownership import Ours

    (before, prefix), (after, other_prefix) = (_side(path, report, given) for path in (old, new))
    if before is None or after is None:
        return None
    plans = [found is not None for found in (prefix, other_prefix)]
    ours = None
    if plans[0] != plans[1]:
        if _is_not_for_pages(after if plans[0] else before, report):
            return None
        if not everything:
            ours = Ours(live=int(plans[0]), prefix=prefix or other_prefix or "")
    kinds = ["plan" if is_plan else "container" for is_plan in plans]
    return Compared(compare_containers(before.data, after.data, ours), kinds[0], kinds[1])


def _is_not_for_pages(source: Source, report: Report) -> bool:
    """Whether it is a container that no plan can have become."""
    from tagkit.gtm.container import container_of
    from tagkit.gtm.rules import other_context

    hint = "a plan makes containers for web pages; compare it with the one that the site loads"
    return report.add(
        (
            found._replace(hint=hint, severity=Severity.ERROR)
            for found in other_context.check(container_of(source.data))
        ),
        source,
        whole=False,
    )


def _side(
    path: Path, report: Report, given: Mapping[str, Given] | None
) -> tuple[Source | None, str | None]:
    """A container, or that of a plan with the prefix of its names; None for what is neither."""
    found = Findings()
    text = read(path, found, limit=CONTAINER_LIMIT)
    source = Source(shown_name(path), "", None) if text is None else _load(path, text, found)
    if not found.fatal and is_container(source.data):
        from tagkit.gtm.container import holds_version
        from tagkit.gtm.rules.not_an_export import RULE

        if holds_version(source.data):
            return source, None
        message = "there is nothing to compare: 'containerVersion' is missing, or no mapping"
        found.say(RULE, (), message, hint="export the container in GTM: Admin > Export Container")
        report.add(found, source)
        return None, None
    document = _inherited(source, found, Bases(), given)
    resolved = None if text is None else _understand(document, found)
    if report.add(found, document) or resolved is None:
        return None, None
    from tagkit.gtm.emit import emit_gtm
    from tagkit.program.compile import compile_plan

    made = cast("Json", emit_gtm(compile_plan(resolved)))
    return Source(source.name, "", made), resolved.naming.prefix


def emit(resolved: Resolved, targets: Iterable[Target], found: Findings) -> Files:
    """The files of a resolved plan, checked as strictly as anybody's."""
    from tagkit.program.compile import compile_plan

    program = compile_plan(resolved)
    files: Files = {}
    for target in targets:
        files |= _gtm(program, found) if target is Target.GTM else _pixel(program)
    return files


def merge(
    plan: Path,
    export: Path,
    report: Report,
    *,
    prune: bool = False,
    given: Mapping[str, Given] | None = None,
) -> Merged | None:
    """The export with the plan's entities in it; None when that cannot be had."""
    from tagkit.gtm.merge.merge import merge as merge_into

    program, (source, mark) = _program(plan, report, given), _load_export(export, report)
    if program is None or source is None:
        return None
    found = Findings()
    merged = merge_into(program, source, found, epoch=_epoch(), prune=prune)
    return _said(merged, mark, report, found, source)


def uninstall(
    export: Path,
    report: Report,
    plan: Path | None = None,
    *,
    given: Mapping[str, Given] | None = None,
) -> Merged | None:
    """The export without what tagkit made, or without what is the plan's."""
    from tagkit.gtm.merge.uninstall import uninstall as uninstall_from

    program = _program(plan, report, given) if plan else None
    source, mark = _load_export(export, report)
    if source is None or (plan and program is None):
        return None
    found = Findings()
    merged = uninstall_from(source, found, program)
    return _said(merged, mark, report, found, source)


def _said(
    merged: Merged | None, mark: str, report: Report, found: Findings, source: Source
) -> Merged | None:
    if report.add(found, source, whole=False) or merged is None:
        return None
    report.more = merged.shape()
    return merged._replace(text=mark + merged.text)


def _program(plan: Path, report: Report, given: Mapping[str, Given] | None) -> Program | None:
    from tagkit.program.compile import compile_plan

    resolved = read_plan(plan, report, Bases(), given, hint=_MERGE).resolved
    return None if resolved is None else compile_plan(resolved)


def _load_export(path: Path, report: Report) -> tuple[Source | None, str]:
    """An export, and its byte order mark; None when it is none, or cannot be read."""
    from tagkit.foreign import foreign
    from tagkit.gtm.rules.not_an_export import RULE

    found, shown = Findings(), shown_name(path)
    text = read(path, found, limit=CONTAINER_LIMIT)
    if text is None:
        report.add(found, Source(shown, "", None))
        return None, ""
    source = load_json(text, shown, found)
    is_json = text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
    if instead := None if is_container(source.data) else foreign(source.text, source.data):
        found[:] = [Finding(FOREIGN, (), f"this is {instead.what}", instead.hint)]
    elif not is_json or not (found.fatal or is_container(source.data)):
        message = "this is not a GTM container export"
        found[:] = [Finding(RULE, (), message, _MERGE)]
    failed = report.add(found, source, whole=False)
    return None if failed else source, text[: len(text) - len(source.text)]


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


def _validate(
    path: Path, found: Findings, bases: Bases, given: Mapping[str, Given] | None
) -> Document:
    name = shown_name(path)
    text = read(path, found, limit=CONTAINER_LIMIT)
    if text is None:
        return Source(name, "", None)
    source = _load(path, text, found)
    if is_container(source.data):
        if text.startswith("\ufeff"):
            message = "the file starts with a byte order mark, which no export of GTM's has"
            hint = "save it as UTF-8 without one; whether GTM reads it is not known"
            found.say(BYTE_ORDER_MARK, (), message, hint=hint)
        _check_container(source, found)
        return source
    document = _inherited(source, found, bases, given)
    _understand(document, found)
    return document


def _load(path: Path, text: str, found: Findings) -> Source:
    """A document as JSON where it is JSON, else as YAML."""
    name, is_json = shown_name(path), path.suffix.lower() == ".json"
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


def is_container(data: Any) -> bool:  # noqa: ANN401
    """Whether a document is a container, rather than a plan."""
    if not isinstance(data, dict) or "tagkit" in data:
        return False
    from tagkit.gtm import container

    return container.is_container(data)


def _is_other(source: Source, found: Findings, hint: str) -> bool:
    """Whether it is a container, of which nothing can be built."""
    if not is_container(source.data):
        return False
    from tagkit.schema import NO_FIT

    found.say(NO_FIT, (), "this is a GTM container, not a plan", hint=hint)
    return True


def _check_container(source: Source, found: Findings) -> None:
    from tagkit.gtm.check import check_container, readable, unsaid
    from tagkit.schema import SchemaName, validate

    rules, shape = list(check_container(source.data)), Findings()
    data = cast("Json", readable(source.data))
    validate(data, SchemaName.GTM_CONTAINER, shape, source=source)
    found += [*unsaid(shape, rules), *rules]


def reread(path: Path) -> Source:
    """A file that was read before: the same again."""
    return _load_plan(path, Findings())


def _load_plan(path: Path, found: Findings) -> Source:
    text = read(path, found, limit=PLAN_LIMIT)
    return Source(shown_name(path), "", None) if text is None else _load(path, text, found)


def _inherited(
    source: Source, found: Findings, bases: Bases, given: Mapping[str, Given] | None
) -> Document:
    """The plan with its base plans and variables worked in; a foreign file is said to be one."""
    if found.fatal or not may_be_plan(source.data):
        from tagkit.foreign import foreign

        if instead := foreign(source.text, None if found.fatal else source.data):
            found[:] = [Finding(FOREIGN, (), f"this is {instead.what}", instead.hint)]
    if found.fatal or not (given or _has_others(source)):
        return source
    from tagkit.plan.inherit import inherit

    return inherit(source, bases.read, found, given)


def _has_others(source: Source) -> bool:
    """Whether it may have bases, variables or something to drop."""
    data = source.data
    if isinstance(data, dict) and ("extends" in data or "vars" in data):
        return True
    return "${" in source.text or "drop" in source.text


def _understand(document: Document, found: Findings) -> Resolved | None:
    """The plan in a document; None when it is not shaped as one."""
    if found.fatal:
        return None
    from tagkit.catalog import shared_catalog
    from tagkit.plan.half_characters import check_characters
    from tagkit.plan.resolve import resolve
    from tagkit.plan.rules import check_plan
    from tagkit.schema import SchemaName, validate

    if not validate(document.data, SchemaName.PLAN, found, source=document):
        return None
    check_characters(document, found)
    resolved = resolve(document.data, shared_catalog(), found)
    found += check_plan(resolved)
    return resolved


def _every_rule() -> Iterable[Rule]:
    from tagkit.manual import every_rule

    return every_rule()


def may_be_plan(data: Any) -> bool:  # noqa: ANN401
    """Whether it has one of a plan's keys, or is a list as a plan may be."""
    if isinstance(data, dict):
        return not {"tagkit", "business", "extends"}.isdisjoint(data)
    return isinstance(data, list) and not any(
        isinstance(i, dict) and "use" not in i and "id" not in i for i in data[:1]
    )


def shown_name(path: Path) -> str:
    """The path as diagnostics show it: relative where it can be, with forward slashes."""
    return _relative(str(path), os.curdir) if path.is_absolute() else path.as_posix()


def _all_relative(places: Iterable[Related], folder: str) -> tuple[Related, ...]:
    return tuple(place._replace(file=_relative(place.file, folder)) for place in places)


def _relative(path: str, folder: str) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def _epoch() -> int | None:
    """SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds; None when it is not a number."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(said) if said.isdecimal() and len(said) <= 10 else None  # noqa: PLR2004
