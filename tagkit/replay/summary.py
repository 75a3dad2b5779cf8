"""What fired, as a table for people and as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.words import count

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator


class Row(NamedTuple):
    """One conversion in a recording.

    ``unsure``: events that may have fired it, for a condition that only the page decides.
    ``first`` is where it fired first, ``broken`` how often the contract was broken then.
    ``undecided`` are its triggers that only a page decides; ``in_the_data``: it has others, too.
    """

    id: str
    fired: int
    unsure: int = 0
    first: str = ""
    broken: int = 0
    has_contract: bool = False
    undecided: tuple[str, ...] = ()
    in_the_data: bool = True
    paused: bool = False
    facts: tuple[str, ...] = ()


class Summary(NamedTuple):
    """What a recording shows: a row for each conversion of the plan.

    ``number`` counts the pushes or requests, ``hits`` those of GA4 and Meta among these, ``folded``
    the events that are nobody's business.
    """

    kind: str
    rows: tuple[Row, ...]
    number: int
    pages: int
    folded: Counter[str]
    hits: int | None = None

    def shape(self) -> dict[str, Any]:
        """For JSON: a frozen shape."""
        return {
            "replay": {
                "recording": self.kind,
                "entries": self.number,
                "pages": self.pages,
                "conversions": [
                    {
                        "id": row.id,
                        "fired": row.fired,
                        "perhaps": row.unsure,
                        "first": row.first or None,
                        "contract_broken": row.broken,
                        "not_decided": list(row.undecided),
                        "remarks": list(row.facts),
                    }
                    for row in self.rows
                ],
                "not_judged": dict(sorted(self.folded.items())),
            }
        }

    def table(self) -> str:
        """For people: the conversions that fired, then those that did not."""
        rows = [_cells(row) for row in self.rows]
        heads = ("conversion", "fired", "first", "contract")
        widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
        lines = [_line(heads, widths), *(_line(row, widths) for row in rows)]
        return "\n".join([*lines, *self._remarks()]) + "\n"

    def _remarks(self) -> Iterator[str]:
        thing = "push" if self.kind == "data layer" else "entry"
        many = "pushes" if self.kind == "data layer" else "entries"
        number = f"{self.number:,} {thing if self.number == 1 else many}"
        fired = sum(1 for row in self.rows if row.fired)
        yield ""
        pages = f" on {count(self.pages, 'page')}" if self.pages else ""
        yield f"{number}{pages}: {fired} of {len(self.rows)} conversions fired"
        if self.hits == 0:
            yield "none of the requests is a hit of GA4 or Meta"
        if self.folded:
            events = count(sum(self.folded.values()), "event")
            yield f"not judged: {events} of GTM, page views and consent"


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cells(row: Row) -> tuple[str, str, str, str]:
    contract = "-"
    if row.broken:
        contract = f"broken {row.broken}x" if row.broken > 1 else "broken"
    elif row.has_contract and (row.fired or row.unsure):
        contract = "kept"
    facts = list(row.facts)
    if row.undecided and not (row.fired or row.unsure or row.paused):
        facts.append(f"on the page: {', '.join(row.undecided)}")
    return row.id, _fired(row), row.first or "-", "; ".join([contract, *facts])


def _fired(row: Row) -> str:
    if row.paused:
        return "paused"
    if row.unsure:
        return f"{row.fired} to {row.fired + row.unsure}"
    if row.fired:
        return str(row.fired)
    return "never" if row.in_the_data else "not decided"
