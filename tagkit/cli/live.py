"""The command that shows a plan at work while one clicks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tagkit.cli.options import Set, values_given
from tagkit.cli.output import print_report, stop
from tagkit.exit_codes import FINDINGS


def preview(  # noqa: PLR0913
    plan: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan.", readable=False)],
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="A running shop in place of the demo shop.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A page on disk.", readable=False)
    ] = None,
    port: Annotated[int, typer.Option(help="A port of this machine; 0: any free one.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
    set: Set = None,  # noqa: A002
) -> None:
    """Try a plan by hand: a panel beside the shop shows what fires; nothing is sent."""
    from tagkit.preview.run import CannotPreviewError, prepare, serve

    try:
        server, report = prepare(plan, values_given(set), url=url, page=page, port=port)
    except CannotPreviewError as error:
        stop(str(error))
    print_report(report, "text", strict=False, to_stderr=True)
    if server is None:
        raise typer.Exit(FINDINGS)
    typer.echo(f"{server.url} shows {server.shop.shown}; Ctrl-C stops it")
    serve(server, opens=not no_open)
