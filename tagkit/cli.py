"""The command line: a thin face. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TextIO

import typer

from tagkit import __version__

if TYPE_CHECKING:
    from tagkit.pipeline import Compared, Report
    from tagkit.plan.substitute import Given
    from tagkit.selection import Selection

CLEAN, FINDINGS, USAGE, FAILURE = 0, 1, 2, 3
"""Exit codes: nothing wrong · something found · called wrongly, or cannot write · our own fault."""


Only = Literal["gtm", "pixel"]
Form = Literal["text", "json", "github", "sarif", "junit"]
Format = Literal["auto", "text", "json", "github", "sarif", "junit"]
DiffFormat = Literal["auto", "text", "markdown", "json"]
Language = Literal["en", "pl"]
Platform = Literal["generic", "prestashop", "woocommerce", "magento", "shopify"]
Schema = Literal["plan", "catalog-entry", "gtm-container", "snippet-manifest"]

Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Say nothing but these: TK207, TK2 or a rule's name."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Do not say these; commas between several."),
]
Clients = Annotated[
    Path | None, typer.Option(metavar="TABLE", help="A CSV or YAML table of the plan's clients.")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A value for one of the plan's 'vars'."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]
_FOR_PEOPLE = ("text", "github")  # the others are documents: nothing else may be in them

app = typer.Typer(
    name="tagkit",
    help="Compile a YAML list of micro-conversions and anti-conversions into a Google Tag Manager "
    "container and Meta Pixel snippets.",
    rich_markup_mode=None,  # rich doubles the start-up
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)


def _version(asked: bool) -> None:  # noqa: FBT001
    if asked:
        typer.echo(f"tagkit {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


@app.command()
def init(  # noqa: PLR0913
    file: Annotated[Path, typer.Argument(help="The plan to write.")] = Path("plan.yaml"),
    name: Annotated[str | None, typer.Option(help="The name of the business.")] = None,
    url: Annotated[str | None, typer.Option(help="Its site: https://…")] = None,
    platform: Annotated[Platform | None, typer.Option(help="The shop's software.")] = None,
    currency: Annotated[str | None, typer.Option(help="ISO 4217, such as PLN.")] = None,
    language: Annotated[Language | None, typer.Option(help="The language of names.")] = None,
    measurement_id: Annotated[str | None, typer.Option(help="GA4: G-…")] = None,
    pixel_id: Annotated[str | None, typer.Option(help="Meta: digits.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a commented starter plan. Asks on a terminal, takes options elsewhere."""
    from tagkit.starter import Answers, ask, starter

    given = Answers(
        name=name,
        url=url,
        platform=platform,
        currency=currency,
        language=language,
        measurement_id=measurement_id,
        pixel_id=pixel_id,
    )
    if file.exists() and not force:
        _stop(f"{file} exists already; --force overwrites it")
    answers = ask(given) if sys.stdin.isatty() and sys.stderr.isatty() else given
    text, problem = starter(answers)
    if problem:
        _stop(problem)
    _write({file.name: text}, file.parent)
    typer.echo(f"wrote {file}; next: tagkit build {file} -o dist", err=True)


@app.command()
def validate(  # noqa: PLR0913
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Plans, containers, folders.", readable=False),
    ],  # readable: whether it is, our own reader says
    clients: Clients = None,
    format: Annotated[Format, typer.Option(help="How to print.")] = "auto",  # noqa: A002
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
    set: Set = None,  # noqa: A002
) -> None:
    """Check plans and GTM container exports; the content tells which a file is."""
    from tagkit.batch import command

    form, selection = _form(format), _selection(select, ignore)
    progress = form in _FOR_PEOPLE
    checked = command.validate(files, _given(set), clients, selection, progress=progress)
    if checked.refusal:
        _stop(checked.refusal)
    report = checked.report
    _print(report, form, strict=strict, to_stderr=False)
    if form in _FOR_PEOPLE and not report.diagnostics:
        what = "client" if clients else "file"
        count = f"{checked.number:,} {what if checked.number == 1 else what + 's'}"
        typer.echo(f"{count} checked, nothing found")
    if report.failed(strict=strict):
        raise typer.Exit(FINDINGS)


@app.command()
def build(  # noqa: PLR0913
    plans: Annotated[
        list[Path],
        typer.Argument(metavar="PLAN...", help="A plan, several, or folders.", readable=False),
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="A folder; - for stdout.")],
    only: Annotated[Only | None, typer.Option(help="Build one of the two.")] = None,
    clients: Clients = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Templates in place of tagkit's.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would change, write nothing.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="As --dry-run; fail when something would change.")
    ] = False,
    format: Annotated[Format, typer.Option(help="How to print the report.")] = "auto",  # noqa: A002
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
    set: Set = None,  # noqa: A002
) -> None:
    """Build the GTM container and the Meta Pixel snippets of a plan, or of many."""
    from tagkit.batch import command

    if not output.strip():
        _stop("-o is empty; name a folder, or - for stdout")
    if output == "-" and (only is None or check or clients or command.is_batch(plans)):
        _stop("-o - writes one artefact: name one plan, and --only gtm or --only pixel")
    form = _form(format)
    quiet = form not in _FOR_PEOPLE  # the report is then all there is on stderr
    selection, given = _selection(select, ignore), _given(set)
    asked = command.Asked(
        output, given, only, clients, templates, selection, strict, dry_run, check
    )
    done = command.build(plans, asked, progress=not quiet)
    if done.refusal:
        _stop(done.refusal)
    if done.artefact is not None:
        sys.stdout.buffer.write(done.artefact.encode())
        sys.stdout.flush()
    said = done.listed if asked.compares else [*done.remarks, *done.listed]
    if asked.compares or not quiet:
        typer.echo("".join(f"{line}\n" for line in said), nl=False, err=not asked.compares)
    _print(done.report, form, strict=strict, to_stderr=True)
    if not quiet:
        typer.echo(done.table, nl=False, err=True)
    for problem in done.problems:
        typer.echo(f"tagkit: {problem}", err=True)
    if done.code:
        raise typer.Exit(done.code)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="A plan or a container.", readable=False)],
    new: Annotated[Path, typer.Argument(help="Another.", readable=False)],
    format: Annotated[DiffFormat, typer.Option(help="How to print.")] = "auto",  # noqa: A002
    everything: Annotated[
        bool, typer.Option("--all", help="Of a live container, what others own counts, too.")
    ] = False,
    set: Set = None,  # noqa: A002
) -> None:
    """Compare plans and containers by meaning. Exit code 1: they differ; 2: no comparison."""
    from tagkit.pipeline import Report, compare

    report = Report()
    compared = compare(old, new, report, everything=everything, given=_given(set))
    if compared is None:
        report.diagnostics = [d for d in report.diagnostics if d.severity == "error"]
        _print(report, "text", strict=False, to_stderr=True)
        raise typer.Exit(USAGE)
    said = _difference(compared, str(old), str(new), format)
    sys.stdout.buffer.write(said.encode(errors="replace"))
    sys.stdout.flush()
    if compared.difference:
        raise typer.Exit(FINDINGS)


@app.command()
def merge(  # noqa: PLR0913
    files: Annotated[
        list[Path],
        typer.Argument(metavar="[PLAN] EXPORT", help="A plan and an export.", readable=False),
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="A file; - for stdout.")],
    uninstall: Annotated[
        bool, typer.Option("--uninstall", help="Take out what tagkit made, or the plan's part.")
    ] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what an earlier plan left there.")
    ] = False,
    format: Annotated[Format, typer.Option(help="How to print the report.")] = "auto",  # noqa: A002
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
    set: Set = None,  # noqa: A002
) -> None:
    """Put a plan's entities into an export, as GTM's import would; or take them out."""
    from tagkit import pipeline

    if len(files) != 2 and not (uninstall and len(files) == 1):  # noqa: PLR2004 - plan and export
        _stop("merge takes a plan and an export; with --uninstall, an export or both")
    if prune and uninstall:
        _stop("--prune is for merging; --uninstall removes all of it")
    if not output.strip():
        _stop("-o is empty; name a file, or - for stdout")
    given = _given(set)
    *plan, export = files
    if plan and output != "-" and Path(output).resolve() == plan[0].resolve():
        _stop(f"-o {output} would overwrite the plan; name another file")
    report, form = pipeline.Report(_selection(select, ignore)), _form(format)
    merged = (
        pipeline.uninstall(export, report, *plan, given=given)
        if uninstall
        else pipeline.merge(plan[0], export, report, prune=prune, given=given)
    )
    if merged is None or report.failed(strict=strict):
        _print(report, form, strict=strict, to_stderr=True)
        raise typer.Exit(FINDINGS)
    _to_file(merged.text, output)
    for_people = form in _FOR_PEOPLE
    if for_people:
        typer.echo("".join(f"{line}\n" for line in merged.lines()), nl=False, err=True)
    _print(report, form, strict=strict, to_stderr=True)
    if for_people:
        typer.echo(merged.counted(), err=True)


@app.command()
def catalog(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One entry.")] = None,  # noqa: A002
    language: Annotated[Language, typer.Option(help="The language of texts.")] = "en",
) -> None:
    """List the conversions of the catalog, or show one."""
    from tagkit.catalog import Catalog
    from tagkit.catalog_pages import listing, page
    from tagkit.nearest import nearest

    entries = Catalog()
    if id is None:
        typer.echo(listing(entries, language))
    elif id in entries:
        typer.echo(page(entries.entry(id), language))
    else:
        known = entries.other_names.get(id)
        hint = f"did you mean '{known}'?" if known else nearest(id, entries.ids)
        _stop(f"no conversion '{id}' in the catalog" + (f"; {hint}" if hint else ""))


@app.command()
def explain(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE...]", help="TK207, TK2 or a rule's name.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="All pages as one Markdown document.")
    ] = False,
) -> None:
    """Show the manual page of a rule; without a code, list all rules."""
    from tagkit.manual import document, every_rule, listing, page
    from tagkit.selection import matches, unknown

    rules = every_rule()
    for word in what or ():
        if hint := unknown(word, rules):
            _stop(f"there is no rule '{word}'; {hint}")
    wanted = [rule for rule in rules if not what or any(matches(rule, word) for word in what)]
    if markdown:
        typer.echo(document(wanted))
    else:
        typer.echo("\n\n\n".join(map(page, wanted)) if what else listing(wanted))


@app.command()
def schema(
    name: Annotated[Schema, typer.Argument(help="Which one.")],
) -> None:
    """Print a JSON schema, for editors and other tools."""
    import json

    from tagkit.editor_schema import editor_schema

    typer.echo(json.dumps(editor_schema(name), indent=2, ensure_ascii=False))


def main() -> None:
    """Run the command; the one place where a failure of our own becomes a sentence."""
    import errno
    import os

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: >&-
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))
    try:
        app()
    except Exception as error:  # noqa: BLE001 # the edge: a user never sees a traceback
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            _cannot_print(error)
        _fail(error)


def _selection(select: list[str] | None, ignore: list[str] | None) -> Selection | None:
    """What the options name; a word that means no rule stops the command."""
    if not select and not ignore:
        return None
    from tagkit.manual import every_rule
    from tagkit.selection import Selection, unknown

    wanted, unwanted = (
        tuple(word for said in given or () for word in said.replace(",", " ").split())
        for given in (select, ignore)
    )
    rules = list(every_rule())
    for word in (*wanted, *unwanted):
        if hint := unknown(word, rules):
            _stop(f"there is no rule '{word}'; {hint}")
    return Selection(wanted, unwanted)


def _given(said: list[str] | None) -> dict[str, Given]:
    """The values that ``--set`` gives."""
    if not said:
        return {}
    from tagkit.plan.substitute import given

    values, wrong = given(said)
    if wrong is not None:
        _stop(f"--set takes name=value, not '{wrong}'")
    return values


def _to_file(text: str, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.flush()
    else:
        _write({Path(output).name: text}, Path(output).parent)


def _write(files: dict[str, str], folder: Path) -> None:
    from tagkit.files import CannotWriteError, write

    try:
        write(files, folder)
    except CannotWriteError as error:
        _stop(str(error))


def _form(asked: Format) -> Form:
    """The format that `auto` stands for: GitHub's where its runner starts us."""
    import os

    if asked != "auto":
        return asked
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def _print(report: Report, form: Form, *, strict: bool, to_stderr: bool) -> None:
    if form in _FOR_PEOPLE and not report.diagnostics:
        return
    import os

    stream = sys.stderr if to_stderr else sys.stdout
    checkout = os.environ.get("GITHUB_WORKSPACE")
    if checkout and form in ("github", "sarif"):  # GitHub's paths start there
        report = report.seen_from(checkout)
    said = _said(report, form, strict=strict, colour=_colour(stream))
    stream.buffer.write(said.encode(errors="replace"))
    stream.flush()


def _said(report: Report, form: Form, *, strict: bool, colour: bool) -> str:
    found, sources = report.diagnostics, report.sources
    match form:
        case "text":
            from tagkit.report import text

            return text.report(found, sources, colour=colour)
        case "json":
            from tagkit.report import json

            return json.report(found, sources, report.more)
        case "github":
            from tagkit.report import github

            return github.report(found, sources)
        case "sarif":
            from tagkit.report import sarif

            return sarif.report(found, sources)
        case "junit":
            from tagkit.report import junit

            return junit.report(found, sources, strict=strict)


def _difference(compared: Compared, old: str, new: str, form: DiffFormat) -> str:
    if form == "auto":
        form = "markdown" if _form("auto") == "github" else "text"
    match form:
        case "json":
            from tagkit.gtm.diff import as_json

            return as_json.report(
                compared.difference,
                as_json.Side(old, compared.old),
                as_json.Side(new, compared.new),
            )
        case "markdown":
            from tagkit.gtm.diff import as_markdown

            return as_markdown.report(compared.difference, old, new)
        case _:
            from tagkit.gtm.diff import as_text

            return as_text.report(compared.difference, old, new, colour=_colour(sys.stdout))


def _colour(stream: TextIO) -> bool:
    """Whether to colour: no-color.org before force-color.org (any text but ""), then a terminal."""
    import os

    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def _stop(message: str) -> NoReturn:
    typer.echo(f"tagkit: {message}", err=True)
    raise typer.Exit(USAGE)


def _cannot_print(error: OSError) -> NoReturn:
    """Standard output goes to a disk that is full; files of our own have a message of theirs."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what waits is not tried again
    typer.echo(f"tagkit: cannot write to standard output: {str(error.strerror).lower()}", err=True)
    sys.exit(USAGE)


def _fail(error: Exception) -> NoReturn:
    import os
    import platform
    import traceback

    if os.environ.get("TAGKIT_DEBUG"):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    typer.echo(
        f"tagkit failed; this is a bug: {type(error).__name__}: {error} ({where})\n"
        f"tagkit {__version__}, Python {platform.python_version()}, {platform.system()}; "
        "TAGKIT_DEBUG=1 shows where it happened",
        err=True,
    )
    sys.exit(FAILURE)
