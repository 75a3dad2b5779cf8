"""Commands on containers that exist: what changed, and putting a plan into one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tagkit.cli.options import Ignore, Select, Set, Strict, selection_of, values_given
from tagkit.cli.output import (
    FOR_PEOPLE,
    DiffFormat,
    Format,
    difference,
    form_of,
    print_report,
    stop,
    write_text,
)
from tagkit.exit_codes import FINDINGS, USAGE


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
    from tagkit.pipeline import compare
    from tagkit.report.report import Report

    report = Report()
    compared = compare(old, new, report, everything=everything, given=values_given(set))
    if compared is None:
        report.diagnostics = [d for d in report.diagnostics if d.severity == "error"]
        print_report(report, "text", strict=False, to_stderr=True)
        raise typer.Exit(USAGE)
    said = difference(compared, str(old), str(new), format)
    sys.stdout.buffer.write(said.encode(errors="replace"))
    sys.stdout.flush()
    if compared.difference:
        raise typer.Exit(FINDINGS)


def adopt(
    export: Annotated[
        Path, typer.Argument(metavar="EXPORT", help="A GTM container export.", readable=False)
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="The plan; - for stdout.")],
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write the plan of a container that already exists; the report goes to stderr."""
    from tagkit.adopt.report import report as said_of
    from tagkit.pipeline import adopt as adopt_export
    from tagkit.report.report import Report

    if not output.strip():
        stop("-o is empty; name a file, or - for stdout")
    file, to_stdout = Path(output), output == "-"
    if not to_stdout and file.exists() and not force:
        stop(f"{file} exists already; --force overwrites it")
    report = Report()
    adoption = adopt_export(export, report)
    print_report(report, "text", strict=False, to_stderr=True)
    if adoption is None:
        raise typer.Exit(FINDINGS)
    if adoption.text:
        write_text(adoption.text, output)
    said = said_of(adoption, "the plan" if to_stdout else str(file))
    sys.stderr.buffer.write(said.encode(errors="replace"))
    sys.stderr.flush()
    if not adoption.text:
        raise typer.Exit(FINDINGS)


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
    from tagkit.report.report import Report

    if len(files) != 2 and not (uninstall and len(files) == 1):  # noqa: PLR2004 - plan and export
        stop("merge takes a plan and an export; with --uninstall, an export or both")
    if prune and uninstall:
        stop("--prune is for merging; --uninstall removes all of it")
    if not output.strip():
        stop("-o is empty; name a file, or - for stdout")
    given = values_given(set)
    *plan, export = files
    if plan and output != "-" and Path(output).resolve() == plan[0].resolve():
        stop(f"-o {output} would overwrite the plan; name another file")
    report, form = Report(selection_of(select, ignore)), form_of(format)
    merged = (
        pipeline.uninstall(export, report, *plan, given=given)
        if uninstall
        else pipeline.merge(plan[0], export, report, prune=prune, given=given)
    )
    if merged is None or report.failed(strict=strict):
        print_report(report, form, strict=strict, to_stderr=True)
        raise typer.Exit(FINDINGS)
    write_text(merged.text, output)
    for_people = form in FOR_PEOPLE
    if for_people:
        typer.echo("".join(f"{line}\n" for line in merged.lines()), nl=False, err=True)
    print_report(report, form, strict=strict, to_stderr=True)
    if for_people:
        typer.echo(merged.counted(), err=True)
