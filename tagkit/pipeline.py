"""The way of the data: load, validate, resolve, check, compile, emit, check.

Every stage takes a value and gives one; what is wrong with the input goes to ``found``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from tagkit.artefacts import emit, epoch
from tagkit.diagnostics import Finding, Findings, Severity, place
from tagkit.documents import (
    Bases,
    inherited,
    is_container,
    is_other,
    load_document,
    load_plan,
    understand,
)
from tagkit.paths import scenarios_beside, shown_name
from tagkit.report.report import Report
from tagkit.source import Source, load, load_json
from tagkit.textfile import (
    BYTE_ORDER_MARK,
    CONTAINER_LIMIT,
    FOREIGN,
    PLAN_LIMIT,
    TOO_LARGE,
    read,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tagkit.adopt.adoption import Adoption
    from tagkit.artefacts import Target
    from tagkit.diagnostics import Diagnostic, Document
    from tagkit.files import Files
    from tagkit.gtm.diff.model import Difference
    from tagkit.gtm.merge.changes import Merged
    from tagkit.plan.model import Resolved
    from tagkit.plan.substitute import Given
    from tagkit.program.model import Program
    from tagkit.selection import Selection
    from tagkit.source import Json

_BUILD = "'build' takes a plan; 'tagkit validate' checks a container"
_MERGE = "write the plan first, then the export: Admin > Export Container"


class Compared(NamedTuple):
    """Two files that were compared, and what each is: a plan or a container."""

    difference: Difference
    old: str
    new: str


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
    """The document in a file, checked, and with a plan the scenarios beside it."""
    found = Findings()
    document, resolved = _validate(path, found, bases, given)
    report.add(found, document)
    if resolved is not None and not found.fatal and (file := scenarios_beside(path)):
        from tagkit.scenarios.beside import check_beside

        said = Findings()
        beside = check_beside(file, resolved, said)
        report.add(said, beside)
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
    source = load_plan(path, found)
    if is_other(source, found, hint):
        report.add(found, source)
        return Plan(source, None, found)
    document = inherited(source, found, bases, given)
    resolved = understand(document, found)
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


def adopt(path: Path, report: Report) -> Adoption | None:
    """The plan of a container; None when the file is none. What was found goes to ``report``."""
    from tagkit.adopt.adoption import adopt as adopt_container
    from tagkit.gtm.check import readable

    found = Findings()
    source = load_plan(path, found, limit=CONTAINER_LIMIT)
    if not found.fatal and not is_container(source.data):
        from tagkit.schema import NO_FIT

        hint = "'adopt' takes an export of GTM: Admin > Export Container"
        found.say(NO_FIT, (), "this is no GTM container export", hint=hint)
    if report.add(found, source):
        return None
    return adopt_container(readable(source.data), errors_of)


def errors_of(text: str) -> list[Diagnostic]:
    """The errors of a plan that is not in a file."""
    found = Findings()
    if len(text) > PLAN_LIMIT:
        found.say(TOO_LARGE, (), "a plan has at most 5 MB", hint="adopt parts of the container")
        return place(found, Source("plan.yaml", "", None))
    source = load(text, "plan.yaml", found)
    document = inherited(source, found, Bases(), None)
    understand(document, found)
    report = Report()
    report.add(found, document)
    return [one for one in report.diagnostics if one.severity is Severity.ERROR]


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
    source = load_plan(path, found, limit=CONTAINER_LIMIT)
    if not found.fatal and is_container(source.data):
        from tagkit.gtm.container import holds_version
        from tagkit.gtm.rules.not_an_export import RULE

        if holds_version(source.data):
            return source, None
        message = "there is nothing to compare: 'containerVersion' is missing, or no mapping"
        found.say(RULE, (), message, hint="export the container in GTM: Admin > Export Container")
        report.add(found, source)
        return None, None
    document = inherited(source, found, Bases(), given)
    resolved = understand(document, found)
    if report.add(found, document) or resolved is None:
        return None, None
    from tagkit.gtm.emit import emit_gtm
    from tagkit.program.compile import compile_plan

    made = cast("Json", emit_gtm(compile_plan(resolved)))
    return Source(source.name, "", made), resolved.naming.prefix


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
    merged = merge_into(program, source, found, epoch=epoch(), prune=prune)
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


def _validate(
    path: Path, found: Findings, bases: Bases, given: Mapping[str, Given] | None
) -> tuple[Document, Resolved | None]:
    name = shown_name(path)
    text = read(path, found, limit=CONTAINER_LIMIT)
    if text is None:
        return Source(name, "", None), None
    source = load_document(path, text, found)
    if is_container(source.data):
        if text.startswith("\ufeff"):
            message = "the file starts with a byte order mark, which no export of GTM's has"
            hint = "save it as UTF-8 without one; whether GTM reads it is not known"
            found.say(BYTE_ORDER_MARK, (), message, hint=hint)
        _check_container(source, found)
        return source, None
    if isinstance(source.data, dict) and [*source.data] == ["tests"]:
        from tagkit.scenarios.beside import check_alone

        check_alone(path, source, found, bases, given)
        return source, None
    document = inherited(source, found, bases, given)
    return document, understand(document, found)


def _check_container(source: Source, found: Findings) -> None:
    from tagkit.gtm.check import check_container, readable, unsaid
    from tagkit.schema import SchemaName, validate

    rules, shape = list(check_container(source.data)), Findings()
    data = cast("Json", readable(source.data))
    validate(data, SchemaName.GTM_CONTAINER, shape, source=source)
    found += [*unsaid(shape, rules), *rules]
