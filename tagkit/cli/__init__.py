"""The command line: a thin face. Each command imports what it needs when it runs."""

from __future__ import annotations

import os
import sys

from tagkit.cli import containers, examining, live, plans, reference, trying
from tagkit.cli.app import app
from tagkit.cli.output import cannot_print, fail
from tagkit.exit_codes import CLEAN, FAILURE, FINDINGS, USAGE

__all__ = ["CLEAN", "FAILURE", "FINDINGS", "USAGE", "app", "main"]

_COMMANDS = (
    plans.init,
    plans.validate,
    plans.build,
    containers.diff,
    containers.adopt,
    containers.merge,
    trying.test,
    live.preview,
    examining.doctor,
    reference.explain,
    reference.catalog,
    reference.schema,
)
for _command in _COMMANDS:
    app.command()(_command)


def main() -> None:
    """Run the command; the one place where a failure of our own becomes a sentence."""
    import errno

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: >&-
            nowhere = os.open(os.devnull, os.O_WRONLY)
            setattr(sys, name, os.fdopen(nowhere, "w", encoding="utf-8"))
    try:
        app()
    except Exception as error:  # noqa: BLE001 # the edge: a user never sees a traceback
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            cannot_print(error)
        fail(error)
