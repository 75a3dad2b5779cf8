"""The command that looks at a shop before a plan is relied on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tagkit.cli.options import Ignore, Select, Set, Strict, selection_of, values_given
from tagkit.cli.output import FOR_PEOPLE, Format, form_of, print_report, stop
from tagkit.exit_codes import FINDINGS


def doctor(  # noqa: PLR0913
    pages: Annotated[
        list[str], typer.Argument(metavar="URL|FILE...", help="Pages of a shop, or saved pages.")
    ],
    plan: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="Judge them by this plan.", readable=False)
    ] = None,
    browser: Annotated[
        str,
        typer.Option(metavar="BROWSER", help="A path, or chromium, chrome, edge, firefox, webkit."),
    ] = "",
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="How long a page may take to load.")
    ] = 30,
    insecure: Annotated[bool, typer.Option("--insecure", help="Any certificate will do.")] = False,
    format: Annotated[Format, typer.Option(help="How to print.")] = "auto",  # noqa: A002
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
    set: Set = None,  # noqa: A002
) -> None:
    """Look at a shop's pages: what they are, what measures there, what can be detected."""
    from tagkit.doctor.command import Wanted, examine
    from tagkit.scenarios.options import Options

    form, options = form_of(format), Options(browser=browser, timeout=timeout)
    selection, given = selection_of(select, ignore), values_given(set)
    done = examine(Wanted(pages, options, plan, given, selection, lax=insecure))
    if done.refusal:
        print_report(done.report, "text", strict=False, to_stderr=True)
        stop(done.refusal)
    if form in FOR_PEOPLE and done.summary is not None:
        from tagkit.report.text import safe

        said = "".join(f"{safe(line)}\n" for line in done.summary.table().splitlines())
        sys.stdout.buffer.write(
            (said + "\n" * bool(done.report.diagnostics)).encode(errors="replace")
        )
        sys.stdout.flush()
    print_report(done.report, form, strict=strict, to_stderr=False)
    if done.report.failed(strict=strict):
        raise typer.Exit(FINDINGS)
