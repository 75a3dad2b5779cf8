"""Commands that try a plan or a container before anyone imports it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from tagkit.cli.options import Clients, Ignore, Select, Set, Strict, selection_of, values_given
from tagkit.cli.output import FOR_PEOPLE, Format, colour, form_of, print_report, stop
from tagkit.exit_codes import FINDINGS

if TYPE_CHECKING:
    from tagkit.scenarios.command import Done

TestForm = Literal["text", "json", "junit", "github"]


def test(  # noqa: PLR0913
    plans: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PLAN...]",
            help="Plans, folders; plan.yaml when left out. With --container: scenarios.",
            readable=False,
        ),
    ] = None,
    scenarios: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Scenarios in place of the plans' own.")
    ] = None,
    container: Annotated[
        Path | None, typer.Option(metavar="EXPORT", help="Try an export, from whatever source.")
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Judge a recorded data layer or a HAR in place of scenarios."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("-k", "--only", metavar="NAME", help="Those whose names hold this."),
    ] = None,
    clients: Clients = None,
    browser: Annotated[
        str,
        typer.Option(metavar="BROWSER", help="A path, or chromium, chrome, edge, firefox, webkit."),
    ] = "",
    jobs: Annotated[int, typer.Option(min=0, help="Scenarios at a time; 0: two a core.")] = 0,
    timeout: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="How long a page may take to load.")
    ] = 30,
    headed: Annotated[bool, typer.Option("--headed", help="Show the browser.")] = False,
    slow: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="Wait between actions, to watch.")
    ] = 0,
    format: Annotated[  # noqa: A002
        Format, typer.Option(help="How to print; sarif is for --replay.")
    ] = "auto",
    strict: Strict = False,
    select: Select = None,
    ignore: Ignore = None,
    set: Set = None,  # noqa: A002
) -> None:
    """Try plans in a browser, by scenarios: what is to fire fires, and nothing else."""
    if replay:
        if container or clients or scenarios or only or len(plans or ()) > 1:
            stop("--replay takes one plan, and no scenarios")
        from tagkit.cli.replaying import replay as judge

        plan, selection = plans[0] if plans else Path("plan.yaml"), selection_of(select, ignore)
        given = values_given(set)
        judge(plan, replay, form_of(format), strict=strict, selection=selection, given=given)
        return
    if strict or select or ignore or format == "sarif":
        stop("--strict, --select, --ignore and sarif go with --replay")
    from tagkit.scenarios import command
    from tagkit.scenarios.options import Options

    form = cast("TestForm", form_of(format))
    if container and (clients or set or len(plans or ()) > 1):
        stop("--container takes an export and a file of scenarios, no plans")
    options = Options(browser, jobs or 2 * (os.cpu_count() or 1), timeout, headed, slow)
    given, chosen = values_given(set), scenarios or (plans[0] if container and plans else None)
    asked = command.Asked(given, options, only or (), chosen, clients)
    if container:
        done = command.try_container(container, asked)
    else:
        done = command.try_plans(plans or [Path("plan.yaml")], asked)
    if done.refusal:
        print_report(done.report, "text", strict=False, to_stderr=True)
        stop(done.refusal)
    _print(done, form)
    if done.failed:
        raise typer.Exit(FINDINGS)


def _print(done: Done, form: TestForm) -> None:
    """The results on standard output; for people, what is wrong with the input goes to stderr."""
    if form in FOR_PEOPLE:
        found = done.report.diagnostics
        done.report.diagnostics = [one for one in found if one.severity == "error"]
        print_report(done.report, form, strict=False, to_stderr=True)
        if done.report.failed():
            return
    match form:
        case "json":
            from tagkit.scenarios import as_json

            said = as_json.report(done)
        case "junit":
            from tagkit.scenarios import as_junit

            said = as_junit.report(done)
        case "github":
            from tagkit.scenarios import as_github

            said = as_github.report(done)
        case _:
            from tagkit.scenarios import as_text

            said = as_text.report(done, colour=colour(sys.stdout))
    sys.stdout.buffer.write(said.encode(errors="replace"))
    sys.stdout.flush()
