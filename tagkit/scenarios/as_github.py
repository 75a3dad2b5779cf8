"""Results as annotations beside the code, and a log to read: see ``tagkit.report.github``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.report.github import command
from tagkit.scenarios.as_text import report as as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.scenarios.command import Done
    from tagkit.scenarios.model import Result


def report(done: Done) -> str:
    """The text, and a command for each failure."""
    commands = [line for result in done.results for line in _commands(result)]
    return as_text(done) + "".join(f"{line}\n" for line in commands)


def _commands(result: Result) -> Iterator[str]:
    for failure in result.failures:
        place = failure.place
        message = "\n".join([failure.message, *failure.trace, *failure.seen])
        yield command("error", place.file, place.span, result.scenario.name, message)
