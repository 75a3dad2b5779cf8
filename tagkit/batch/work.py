"""One client -> what became of it: built or taken as it is, written or only compared."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tagkit.batch import stamp
from tagkit.batch.across import Destination, destinations
from tagkit.batch.gone import origin_of
from tagkit.diagnostics import Related, Severity, Spot
from tagkit.files import CannotWriteError, Change, Changed, changes, leftovers, remove, write
from tagkit.report.report import failed
from tagkit.source import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tagkit.artefacts import Target
    from tagkit.batch.clients import Client
    from tagkit.diagnostics import Diagnostic, Route, Span
    from tagkit.documents import Bases
    from tagkit.files import Files
    from tagkit.pipeline import Plan
    from tagkit.plan.substitute import Given
    from tagkit.report.report import Report
    from tagkit.selection import Selection
    from tagkit.source import Json

_NAMES = ("id", "use", "name", "key")  # by which reports call what is on a route


class State(StrEnum):
    """What a run did to the files of a client, or would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BROKEN = "broken"
    CHECKED = "checked"
    CONTAINER = "container"  # checked, but nothing is built of it


class Settings(NamedTuple):
    """How all clients of a run are built. ``writes`` is false when files are only compared.

    ``inputs`` are the folders, or the table, of which all clients are built.
    """

    output: str
    targets: tuple[Target, ...]
    given: Mapping[str, Given]
    selection: Selection | None = None
    strict: bool = False
    writes: bool = True
    templates: Path | None = None
    key: str = ""
    inputs: tuple[Path, ...] = ()


class Outcome(NamedTuple):
    """What became of one client.

    ``sources`` are the files that were read. ``refusal`` says why files could not be
    written, ``bug`` what went wrong in tagkit itself.
    """

    client: Client
    state: State
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: tuple[Source, ...] = ()
    destinations: tuple[Destination, ...] = ()
    conversions: int = 0
    size: int = 0
    changed: tuple[Changed, ...] = ()
    refusal: str | None = None
    bug: str | None = None

    @property
    def warnings(self) -> int:
        """How many of the findings are warnings."""
        return sum(d.severity is Severity.WARNING for d in self.diagnostics)


class Row(Source):
    """A client's row of a table, as a file that values of variables stand in."""

    def __init__(self, client: Client) -> None:
        super().__init__(client.file, client.name, None)
        self._cells = client.cells

    def locate(self, route: Route, *, key: bool = False) -> Span:
        """The place of the value of a variable, or that of the variable's name."""
        cell = self._cells[str(route[0])]
        return cell.head if key else cell.span

    def written(self, route: Route) -> str:
        """The very text of a value."""
        return self._cells[str(route[0])].written


def values_of(client: Client, given: Mapping[str, Given]) -> dict[str, Given]:
    """The values of the variables of a client's plan: those of its row, and the given ones."""
    from tagkit.plan.substitute import Given

    row = Row(client)
    return {
        **{
            name: Given(cell.data, Spot(row, (name,)), cell.is_text, cell.with_comma)
            for name, cell in client.cells.items()
        },
        **given,
    }


def build_client(settings: Settings, bases: Bases, client: Client) -> Outcome:
    """Build one client, unless its files are there already; what goes wrong stays its own."""
    try:
        return _build(settings, bases, client)
    except CannotWriteError as error:
        return Outcome(client, State.BROKEN, refusal=str(error))
    except Exception as error:  # noqa: BLE001 # the edge of a client: the others go on
        return Outcome(client, State.BROKEN, bug=_said(error))


def validate_client(
    selection: Selection | None, given: Mapping[str, Given], bases: Bases, client: Client
) -> Outcome:
    """Check one document."""
    from tagkit.documents import is_container
    from tagkit.pipeline import validate_file
    from tagkit.report.report import Report

    report = Report(selection)
    try:
        document = validate_file(client.plan, report, bases, values_of(client, given))
    except Exception as error:  # noqa: BLE001 # the edge of a document: the others go on
        return Outcome(client, State.BROKEN, bug=_said(error))
    found = _seen_from(client, report.diagnostics)
    sources = _light(report.sources.values(), found)
    going = () if failed(found) else destinations(document)
    state = State.CONTAINER if is_container(document.data) else State.CHECKED
    return Outcome(client, state, found, sources, going)


def _build(settings: Settings, bases: Bases, client: Client) -> Outcome:
    from tagkit.pipeline import read_plan
    from tagkit.report.report import Report

    folder = Path(settings.output) / client.name
    mark = stamp.path_of(Path(settings.output), client.name)
    key = stamp.key_of(settings.key, client)
    before = stamp.read(mark, key, folder, client)
    if before and not failed(before.diagnostics, strict=settings.strict):
        unchanged = tuple(Changed(Change.UNCHANGED, folder / name) for name in before.files)
        return Outcome(
            client,
            State.UNCHANGED,
            before.diagnostics,
            _on_disk(before),
            before.destinations,
            before.conversions,
            before.size,
            unchanged,
        )
    report = Report(settings.selection)
    plan = read_plan(client.plan, report, bases, values_of(client, settings.given))
    files = None
    if not report.failed(strict=settings.strict):
        files = build_files(plan, settings.targets, settings.templates, report)
    found = _seen_from(client, report.diagnostics)
    sources = _light(report.sources.values(), found)
    if files is None or failed(found, strict=settings.strict):
        return Outcome(client, State.BROKEN, found, sources, (), _conversions(plan))
    going = destinations(plan.document)
    changed, conversions = _deliver(settings, files, folder), _conversions(plan)
    size = sum(len(text.encode()) for text in files.values())
    if settings.writes:
        read = {source.name: source.text for source in plan.document.sources}
        made = stamp.Stamp(found, going, conversions, size, tuple(files), tuple(read))
        origin = origin_of(client, Path(settings.output))
        stamp.write(mark, key, client, made, read, files, origin)
    state = _state(changed)
    return Outcome(client, state, found, sources, going, conversions, size, tuple(changed))


def stale_files(folder: Path, targets: Collection[Target]) -> list[str]:
    """What an earlier build wrote, which is stale unless it is written again."""
    from tagkit.artefacts import Target
    from tagkit.consent_default import stale_default
    from tagkit.pixel.stale import stale_snippets
    from tagkit.shopify.emit import stale_pixel

    snippets = stale_snippets(folder) if Target.PIXEL in targets else []
    if Target.GTM not in targets:
        return snippets
    return snippets + stale_default(folder) + stale_pixel(folder)


def build_files(
    plan: Plan, targets: Iterable[Target], templates: Path | None, report: Report
) -> Files | None:
    """The files of a plan, None when it has none; broken templates go to the report."""
    from tagkit.artefacts import BrokenOutputError
    from tagkit.pipeline import emit_plan

    if templates is None:
        return emit_plan(plan, targets, report)
    from tagkit import templating
    from tagkit.paths import shown_name
    from tagkit.rendering import use_templates

    use_templates(templates)
    try:
        return emit_plan(plan, targets, report)
    except templating.BrokenTemplateError as error:
        broken = error
    except BrokenOutputError as error:
        said = f"what these templates give is no container that GTM takes: {error}"
        broken = templating.BrokenTemplateError(None, None, said, "compare them with tagkit's")
    templating.say(broken, templates, shown_name(templates), report, plan.document)
    return None


def _deliver(settings: Settings, files: Files, folder: Path) -> list[Changed]:
    stale = stale_files(folder, settings.targets)
    if not settings.writes:
        return changes(files, folder, stale)
    remove(leftovers(folder))  # nobody else writes here: the run holds the lock
    return write(files, folder, stale)


def _state(changed: list[Changed]) -> State:
    said = {c.change for c in changed}
    if said <= {Change.UNCHANGED}:
        return State.UNCHANGED
    return State.NEW if said == {Change.CREATE} else State.CHANGED


def _conversions(plan: Plan) -> int:
    return len(plan.resolved.conversions) if plan.resolved else 0


def _light(sources: Iterable[Source], found: Iterable[Diagnostic]) -> tuple[Source, ...]:
    """What reports need of the files that were read: the text and names where findings are."""
    routes: dict[str, list[Route]] = {}
    for d in found:
        routes.setdefault(d.file, []).append(d.route)
    return tuple(
        Source(s.name, s.text, _along(s.data, routes[s.name]), is_json=s.is_json)
        if s.name in routes
        else Source(s.name, "", None)
        for s in sources
    )


def _along(data: Json, routes: Iterable[Route]) -> Json:
    """The data with nothing in it but what lies on the routes, and the names of that."""
    deeper: dict[str | int, list[Route]] = {}
    for route in routes:
        if route:
            deeper.setdefault(route[0], []).append(route[1:])
    match data:
        case dict():
            kept = (key for key in data if key in deeper or key in _NAMES)
            return {key: _along(data[key], deeper.get(key, ())) for key in kept}
        case list():
            return [_along(held, deeper[i]) if i in deeper else None for i, held in enumerate(data)]
    return data


def _on_disk(before: stamp.Stamp) -> tuple[Source, ...]:
    """The files that a stamp knows to be the same: as they were read."""
    from tagkit.documents import reread

    needed = {d.file for d in before.diagnostics}
    read = (
        reread(Path(name)) if name in needed else Source(name, "", None) for name in before.read
    )
    return _light(read, before.diagnostics)


def _seen_from(client: Client, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings; those outside of the client's table say by which row they were reached."""
    if client.span is None:
        return tuple(found)
    row = Related(client.span, "reached from here", client.file)
    return tuple(
        d if d.file == client.file else d._replace(through=(*d.through, row)) for d in found
    )


def _said(error: Exception) -> str:
    import traceback

    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    return f"{type(error).__name__}: {error} ({where})"
