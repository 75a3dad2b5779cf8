"""Commands that try a plan or a container before anyone imports it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from tagkit.cli.options import Set, values_given
from tagkit.cli.output import colour, print_report, stop
from tagkit.exit_codes import FINDINGS

TestFormat = Literal["auto", "text", "json", "junit", "github"]


def test(  # noqa: PLR0913
    plans: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PLAN...]", help="Plans with 'tests:'.", readable=False),
    ] = None,
    browser: Annotated[
        str, typer.Option(metavar="BROWSER", help="A path, or chromium, chrome, firefox …")
    ] = "",
    jobs: Annotated[int, typer.Option(help="Scenarios at a time; the default: the cores.")] = 0,
    timeout: Annotated[float, typer.Option(help="Seconds a page may take to load.")] = 30,
    headed: Annotated[bool, typer.Option("--headed", help="Show the browser.")] = False,
    slow: Annotated[float, typer.Option(help="Seconds to wait between actions.")] = 0,
    format: Annotated[TestFormat, typer.Option(help="How to print.")] = "auto",  # noqa: A002
    set: Set = None,  # noqa: A002
) -> None:
    """Try the scenarios of plans in a browser: what is to fire fires, and nothing else."""
    from tagkit.scenarios import command
    from tagkit.scenarios.options import Options

    options = Options(browser, jobs or os.cpu_count() or 1, timeout, headed, slow)
    done = command.test_plans(plans or [Path("plan.yaml")], values_given(set), options)
    print_report(done.report, "text", strict=False, to_stderr=True)
    if done.refusal:
        stop(done.refusal)
    from tagkit.scenarios.as_text import report

    said = report(done.results, seconds=done.seconds, colour=colour(sys.stdout))
    sys.stdout.buffer.write(said.encode(errors="replace"))
    sys.stdout.flush()
    if done.report.failed() or any(result.failures for result in done.results):
        raise typer.Exit(FINDINGS)
