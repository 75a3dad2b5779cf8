"""What ``test --replay`` does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from tagkit.cli.output import FOR_PEOPLE, Form, print_report
from tagkit.exit_codes import FINDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.plan.substitute import Given
    from tagkit.selection import Selection


def replay(  # noqa: PLR0913
    plan: Path,
    recording: Path,
    form: Form,
    *,
    strict: bool,
    selection: Selection | None = None,
    given: Mapping[str, Given] | None = None,
) -> None:
    """Judge a recording by a plan, and print what it shows."""
    from tagkit.replay import command

    done = command.replay(plan, recording, selection=selection, given=given)
    print_report(done.report, form, strict=strict, to_stderr=False)
    if form in FOR_PEOPLE and done.summary is not None:
        from tagkit.report.text import safe

        lines = done.summary.table().splitlines()
        blank = "\n" if done.report.diagnostics else ""
        said = blank + "".join(f"{safe(line)}\n" for line in lines)
        sys.stdout.buffer.write(said.encode(errors="replace"))
        sys.stdout.flush()
    if done.report.failed(strict=strict):
        raise typer.Exit(FINDINGS)
