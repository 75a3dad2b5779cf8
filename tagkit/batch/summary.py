"""Outcomes -> the table at the end, and the line that shows how far it is."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagkit.batch.work import State
from tagkit.report.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from tagkit.batch.work import Outcome

_HEAD = ("client", "conversions", "warnings", "size", "")
_MANY = 50
_ORDER = (State.NEW, State.CHANGED, State.UNCHANGED, State.BROKEN)


class Row(NamedTuple):
    """A line of the table."""

    client: str
    conversions: int
    warnings: int
    size: int
    state: State


def row(outcome: Outcome) -> Row:
    """What the table says of a client."""
    conversions, warnings = outcome.conversions, outcome.warnings
    return Row(outcome.client.name, conversions, warnings, outcome.size, outcome.state)


def table_of(rows: Iterable[Row]) -> str:
    """A line for each client, and one that counts them; of many, only what is to be looked at."""
    said = list(rows)
    listed = said if len(said) < _MANY else [row for row in said if _is_listed(row)]
    left = len(said) - len(listed)
    last = _sum(said) + (f" ({left:,} unchanged without warnings not listed)" if left else "")
    if not listed:
        return f"{last}\n"
    cells = [_HEAD, *map(_cells, listed)]
    widths = [max(len(cell[column]) for cell in cells) for column in range(len(_HEAD))]
    lines = [
        "  ".join(
            text.ljust(width) if column in (0, len(_HEAD) - 1) else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "".join(f"{line}\n" for line in [*lines, last])


def _is_listed(row: Row) -> bool:
    return row.state is not State.UNCHANGED or row.warnings > 0


def as_json(row: Row) -> dict[str, str | int | None]:
    """A client as reports in JSON have it."""
    return {
        "name": row.client,
        "state": row.state.value,
        "conversions": row.conversions,
        "warnings": row.warnings,
        "size": None if row.state is State.BROKEN else row.size,
    }


def _cells(row: Row) -> tuple[str, ...]:
    broken = row.state is State.BROKEN
    size = "-" if broken else _size(row.size)
    return safe(row.client), str(row.conversions or "-"), str(row.warnings), size, row.state.value


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(round(size / 1e3), 1)} kB"  # noqa: PLR2004


def _sum(rows: list[Row]) -> str:
    counts = Counter(row.state for row in rows)
    states = ", ".join(f"{counts[state]:,} {state}" for state in _ORDER if counts[state])
    return f"{len(rows):,} {'client' if len(rows) == 1 else 'clients'}: {states}"


def shown(outcomes: Iterable[Outcome], total: int, stream: TextIO) -> Iterator[Outcome]:
    """The outcomes, and on a terminal a line that says how many there were."""
    if not stream.isatty():
        yield from outcomes
        return
    try:
        for number, outcome in enumerate(outcomes, start=1):
            line = f"{number:,}/{total:,} {safe(outcome.client.name)}"
            wide = shutil.get_terminal_size().columns - 1
            stream.write(f"\r\x1b[K{line[:wide]}")
            stream.flush()
            yield outcome
    finally:
        stream.write("\r\x1b[K")
        stream.flush()
