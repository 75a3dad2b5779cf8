"""Results as text for people: a line for each scenario, and how it came to what is otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.report.text import safe
from tagkit.scenarios.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagkit.scenarios.model import Failure, Result

_GREEN, _RED, _YELLOW = "32", "31", "33"


def report(results: Sequence[Result], *, seconds: float, colour: bool = False) -> str:
    """A line for each scenario, those of several plans under the plan's name, and the total."""
    lines: list[str] = []
    several = len({result.subject for result in results}) > 1
    subject = ""
    for result in results:
        if several and result.subject != subject:
            subject = result.subject
            lines.append(f"{safe(subject)}:")
        lines += _result(result, colour=colour)
    lines.append(summary(results, seconds))
    return "".join(f"{line}\n" for line in lines)


def _result(result: Result, *, colour: bool) -> Iterator[str]:
    passed = result.outcome is Outcome.PASSED
    word = _paint("ok  " if passed else "FAIL", _GREEN if passed else _RED, on=colour)
    yield f"{word}  {safe(result.scenario.name)} ({result.milliseconds:,} ms)"
    for failure in result.failures:
        for line in lines_of(failure):
            yield f"      {line}"
    for note in result.notes:
        yield f"      {_paint('note:', _YELLOW, on=colour)} {safe(note)}"


def lines_of(failure: Failure) -> Iterator[str]:
    """A failure with its place, and below it how it came."""
    yield f"{safe(str(failure.place))}: {safe(failure.message)}"
    for line in failure.trace:
        yield f"  {safe(line)}"


def summary(results: Sequence[Result], seconds: float) -> str:
    """How many there were, and how many failed."""
    failed = sum(result.outcome is Outcome.FAILED for result in results)
    count = f"{len(results):,} scenario{'' if len(results) == 1 else 's'}"
    said = f"{failed:,} failed" if failed else "all passed" if results else "nothing to run"
    return f"{count}, {said} ({seconds:.1f} s)"


def _paint(text: str, code: str, *, on: bool) -> str:
    return f"\x1b[1;{code}m{text}\x1b[0m" if on else text
