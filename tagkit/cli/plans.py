"""Commands on plans: a starter, checks, what is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tagkit.cli.options import (
    Clients,
    Ignore,
    Language,
    Only,
    Platform,
    Select,
    Set,
    Strict,
    selection_of,
    values_given,
)
from tagkit.cli.output import FOR_PEOPLE, Format, form_of, print_report, stop, write_files
from tagkit.exit_codes import FAILURE, FINDINGS


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
        stop(f"{file} exists already; --force overwrites it")
    answers = ask(given) if sys.stdin.isatty() and sys.stderr.isatty() else given
    text, problem = starter(answers)
    if problem:
        stop(problem)
    write_files({file.name: text}, file.parent)
    typer.echo(f"wrote {file}; next: tagkit build {file} -o dist", err=True)


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

    form, selection = form_of(format), selection_of(select, ignore)
    progress = form in FOR_PEOPLE
    checked = command.validate(files, values_given(set), clients, selection, progress=progress)
    if checked.refusal:
        stop(checked.refusal)
    report = checked.report
    print_report(report, form, strict=strict, to_stderr=False)
    if checked.ended:
        typer.echo(f"tagkit: {checked.ended}", err=True)
        raise typer.Exit(FAILURE)
    if form in FOR_PEOPLE and not report.diagnostics:
        what = "client" if clients else "file"
        count = f"{checked.number:,} {what if checked.number == 1 else what + 's'}"
        typer.echo(f"{count} checked, nothing found")
    if report.failed(strict=strict):
        raise typer.Exit(FINDINGS)


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
        stop("-o is empty; name a folder, or - for stdout")
    if output == "-" and (only is None or check or clients or command.is_batch(plans)):
        stop("-o - writes one artefact: name one plan, and --only gtm or --only pixel")
    form = form_of(format)
    quiet = form not in FOR_PEOPLE  # the report is then all there is on stderr
    selection, given = selection_of(select, ignore), values_given(set)
    asked = command.Asked(
        output, given, only, clients, templates, selection, strict, dry_run, check
    )
    done = command.build(plans, asked, progress=not quiet)
    if done.refusal:
        stop(done.refusal)
    if done.artefact is not None:
        sys.stdout.buffer.write(done.artefact.encode())
        sys.stdout.flush()
    said = done.listed if asked.compares else [*done.remarks, *done.listed]
    if asked.compares or not quiet:
        typer.echo("".join(f"{line}\n" for line in said), nl=False, err=not asked.compares)
    print_report(done.report, form, strict=strict, to_stderr=True)
    if not quiet:
        typer.echo(done.table, nl=False, err=True)
    for problem in done.problems:
        typer.echo(f"tagkit: {problem}", err=True)
    if done.code:
        raise typer.Exit(done.code)
