"""The program, before it has commands."""

from __future__ import annotations

from typing import Annotated

import typer

from tagkit import __version__

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
