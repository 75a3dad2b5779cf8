"""Results as text for people: a line for each scenario, and how it came to what is otherwise."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from tagkit.report.text import safe
from tagkit.scenarios.model import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from tagkit.scenarios.command import Done
    from tagkit.scenarios.model import Failure, Result, Seen

_GREEN, _RED, _YELLOW = "32", "31", "33"


def report(done: Done, *, colour: bool = False) -> str:
    """A line for each scenario, those of several plans under the plan's name, and the total."""
    lines: list[str] = []
    several = len({result.subject for result in done.results}) > 1
    subject = None
    for result in done.results:
        if several and result.subject != subject:
            subject = result.subject
            lines.append(f"{safe(subject)}:")
        lines += _result(result, colour=colour)
        if done.looked:
            lines += _seen(result.seen)
    if not done.looked:
        lines.append(summary(done.results, done.seconds))
    return "".join(f"{line}\n" for line in lines)


def _result(result: Result, *, colour: bool) -> Iterator[str]:
    passed = result.outcome is Outcome.PASSED
    word = _paint("ok  " if passed else "FAIL", _GREEN if passed else _RED, on=colour)
    yield f"{word}  {safe(result.scenario.name)} ({result.milliseconds:,} ms)"
    for line in lines_of(result.failures):
        yield f"      {line}"
    for note in result.notes:
        yield f"      {_paint('note:', _YELLOW, on=colour)} {safe(note)}"


def lines_of(failures: Iterable[Failure]) -> Iterator[str]:
    """Failures with their places, below each how it came, and once what they have in common."""
    for seen, group in groupby(failures, key=lambda failure: failure.seen):
        for failure in group:
            yield f"{safe(str(failure.place))}: {safe(failure.message)}"
            yield from (f"  {safe(line)}" for line in failure.trace)
        yield from (f"  {safe(line)}" for line in seen)


def summary(results: Sequence[Result], seconds: float) -> str:
    """How many there were, and how many failed."""
    failed = sum(result.outcome is Outcome.FAILED for result in results)
    count = f"{len(results):,} scenario{'' if len(results) == 1 else 's'}"
    return f"{count}, {f'{failed:,} failed' if failed else 'all passed'} ({seconds:.1f} s)"


def _seen(seen: Seen) -> Iterator[str]:
    """What a container did of which nothing was expected."""
    yield from _listed("fired", seen.fired)
    yield from _listed("sent to GA4", _events(seen.ga4))
    yield from _listed("sent to Meta", _events(seen.meta))
    yield from _listed("not simulated", seen.uncovered)


def _events(hits: Iterable[Mapping[str, Any]]) -> list[str]:
    return [str(hit.get("event")) for hit in hits]


def _listed(title: str, names: Sequence[str]) -> Iterator[str]:
    yield f"{title}: {len(names) or 'nothing'}"
    for name, times in Counter(names).items():
        yield f"  {safe(name)}" + (f" ({times} times)" if times > 1 else "")


def _paint(text: str, code: str, *, on: bool) -> str:
    return f"\x1b[1;{code}m{text}\x1b[0m" if on else text
