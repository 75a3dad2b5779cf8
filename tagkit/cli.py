"""The command line: a thin face. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn, TextIO

import typer

from tagkit import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tagkit.pipeline import Report
    from tagkit.selection import Selection

CLEAN, FINDINGS, USAGE, FAILURE = 0, 1, 2, 3
"""Exit codes: nothing wrong · something found · called wrongly, or cannot write · our own fault."""


Only = Literal["gtm", "pixel"]
Form = Literal["text", "json", "github", "sarif", "junit"]
Format = Literal["auto", "text", "json", "github", "sarif", "junit"]
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
def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Plans or containers.", readable=False),
    ],  # readable: whether it is, our own reader says
    format: Annotated[Format, typer.Option(help="How to print.")] = "auto",  # noqa: A002
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
) -> None:
    """Check plans and GTM container exports; the content tells which a file is."""
    from tagkit.pipeline import validate_files

    report, form = validate_files(files, _selection(select, ignore)), _form(format)
    _print(report, form, strict=strict, to_stderr=False)
    if form in _FOR_PEOPLE and not report.diagnostics:
        typer.echo(f"{len(files)} {'file' if len(files) == 1 else 'files'} checked, nothing found")
    if report.failed(strict=strict):
        raise typer.Exit(FINDINGS)


@app.command()
def build(  # noqa: PLR0913
    plans: Annotated[
        list[Path],
        typer.Argument(metavar="PLAN...", help="One plan, or several.", readable=False),
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="A folder; - for stdout.")],
    only: Annotated[Only | None, typer.Option(help="Build one of the two.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would change, write nothing.")
    ] = False,
    format: Annotated[Format, typer.Option(help="How to print the report.")] = "auto",  # noqa: A002
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
) -> None:
    """Build the GTM container and the Meta Pixel snippets of a plan."""
    from tagkit.pipeline import Report, Target
    from tagkit.pipeline import build as build_plan

    if not output.strip():
        _stop("-o is empty; name a folder, or - for stdout")
    targets = [Target(only)] if only else list(Target)
    if output == "-" and (only is None or len(plans) > 1):
        _stop("-o - writes one artefact: name one plan, and --only gtm or --only pixel")
    folders = _folders(plans, output)
    selection = _selection(select, ignore)
    report, failed, form = Report(), False, _form(format)
    quiet = form not in _FOR_PEOPLE  # the report is then all there is on stderr
    for plan, folder in zip(plans, folders, strict=True):
        one = Report(selection)
        files = build_plan(plan, targets, one)
        report.diagnostics += one.diagnostics
        report.sources |= one.sources
        if files is None or one.failed(strict=strict):
            failed = True
        elif output == "-" and files:
            _to_stdout(files)
        else:
            if not files and not quiet:
                typer.echo(
                    f"{plan} has no meta_pixel with its ID written out, so there are no snippets",
                    err=True,
                )
            if output != "-":
                done = _deliver(files, folder, dry_run=dry_run, pixel=Target.PIXEL in targets)
                if dry_run or not quiet:
                    typer.echo("".join(f"{line}\n" for line in done), nl=False, err=not dry_run)
    _print(report, form, strict=strict, to_stderr=True)
    if failed:
        raise typer.Exit(FINDINGS)


@app.command()
def adopt(
    export: Annotated[
        Path, typer.Argument(metavar="EXPORT", help="A GTM container export.", readable=False)
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="The plan; - for stdout.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write the plan of a container that already exists; the report goes to stderr."""
    from tagkit.adopt.report import report as said_of
    from tagkit.pipeline import Report
    from tagkit.pipeline import adopt as adopt_export

    if not output.strip():
        _stop("-o is empty; name a file, or - for stdout")
    file, to_stdout = Path(output), output == "-"
    if not to_stdout and file.exists() and not force:
        _stop(f"{file} exists already; --force overwrites it")
    report = Report()
    adoption = adopt_export(export, report)
    _print(report, "text", strict=False, to_stderr=True)
    if adoption is None:
        raise typer.Exit(FINDINGS)
    if adoption.text and to_stdout:
        sys.stdout.buffer.write(adoption.text.encode())
        sys.stdout.flush()
    elif adoption.text:
        _write({file.name: adoption.text}, file.parent)
    said = said_of(adoption, "the plan" if to_stdout else str(file))
    sys.stderr.buffer.write(said.encode(errors="replace"))
    sys.stderr.flush()
    if not adoption.text:
        raise typer.Exit(FINDINGS)


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


def _folders(plans: Sequence[Path], output: str) -> list[Path]:
    """One plan goes into the folder, several into a folder each, by their names."""
    if len(plans) == 1:
        return [Path(output)]
    names = [plan.stem for plan in plans]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        _stop(f"two plans would be written to {Path(output) / twice[0]}; build them one by one")
    return [Path(output) / name for name in names]


def _deliver(files: dict[str, str], folder: Path, *, dry_run: bool, pixel: bool) -> list[str]:
    from tagkit.files import CannotWriteError, changes, write
    from tagkit.pixel.stale import stale_snippets

    try:
        stale = stale_snippets(folder) if pixel else []
        done = changes(files, folder, stale) if dry_run else write(files, folder, stale)
    except CannotWriteError as error:
        _stop(str(error))
    return [f"{changed.change:<9} {changed.path}" for changed in done]


def _to_stdout(files: dict[str, str]) -> None:
    from tagkit.pipeline import GTM_FILE

    text = files.get(GTM_FILE) or files["meta-pixel/events.js"]
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()


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

            return json.report(found, sources)
        case "github":
            from tagkit.report import github

            return github.report(found, sources)
        case "sarif":
            from tagkit.report import sarif

            return sarif.report(found, sources)
        case "junit":
            from tagkit.report import junit

            return junit.report(found, sources, strict=strict)


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
