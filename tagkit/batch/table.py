"""A table of clients, CSV or YAML -> a client for each row, and what is wrong with the table.

The first line of a CSV names the columns; ``client`` is the folder, the others are variables of the
plan. Commas, semicolons (as spreadsheets write where the comma is decimal) and tabs are told apart
by that line. An empty cell gives no value, so that the variable's default holds.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tagkit.batch.clients import Cell, Client
from tagkit.diagnostics import Finding, Findings, Rule, Severity, Span, place
from tagkit.nearest import nearest
from tagkit.source import Source, load
from tagkit.textfile import read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from tagkit.diagnostics import Diagnostic
    from tagkit.source import Json

_E = Severity.ERROR
COLUMNS = Rule("TK325", "table-columns", _E, "a table of clients whose columns are not usable")
ROWS = Rule("TK326", "table-rows", _E, "a row of a table of clients that is not usable")
RULES = (COLUMNS, ROWS)

CLIENT = "client"
TABLE_LIMIT = 50_000_000
ROW_LIMIT = 100_000
_SHOWN = 20  # rows with mistakes: the others have the same
_SEPARATORS = ",;\t"
_SAYS = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_DECIMAL = re.compile(r"-?[0-9]+,[0-9]{1,2}")
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2,3}")  # a number of more than 11 digits
_AS_TEXT = "its digits are lost: format the column as text, and enter it again"
_QUOTED = re.compile(r'"[^"]*"')
_FORM = f"the first line names the columns: '{CLIENT}' (the folder) and the plan's variables"


class Table(NamedTuple):
    """The clients of a table, and what is wrong with it; with an error there are none."""

    source: Source
    clients: Collection[Client]
    diagnostics: list[Diagnostic]


def read_table(path: Path, name: str, plan: Path) -> Table:
    """The clients in a file; what its columns are called is not compared with the plan here."""
    found = Findings()
    text = read(path, found, limit=TABLE_LIMIT)
    source = Source(name, "", None)
    clients: Collection[Client] = ()
    if text is not None and path.suffix.lower() in (".yaml", ".yml", ".json"):
        source = load(text, name, found)
        clients = () if found.fatal else _of_list(source, plan, found)
    elif text is not None:
        text = text.removeprefix("\ufeff")
        source = Source(name, text, None)
        clients = _of_lines(source, plan, found)
    return Table(source, () if found.fatal else clients, place(found, source))


# --- CSV ------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    cells: list[str]
    line: int  # of its beginning
    end: int


class _Layout(NamedTuple):
    separator: str
    skipped: int
    names: list[str]
    heads: list[Span]


class _Lines:
    """The clients of a CSV that has been checked: read anew each time, so that none is kept."""

    def __init__(self, source: Source, plan: Path, layout: _Layout, count: int) -> None:
        self._made_of, self._count = (source, plan, layout), count

    def __iter__(self) -> Iterator[Client]:
        return _clients(*self._made_of, Findings())

    def __len__(self) -> int:
        return self._count

    def __contains__(self, client: object) -> bool:
        return any(client == other for other in self)


def _of_lines(source: Source, plan: Path, found: Findings) -> Collection[Client]:
    separator, skipped = _separator(source.text)
    header = next(_rows(source, separator, skipped, found), None)
    if header is None:
        return ()
    names = [cell.strip() for cell in header.cells]
    found += _columns(source, header, names, separator)
    if found.fatal:
        return ()
    layout = _Layout(separator, skipped, names, _places(source, header, separator))
    count = sum(1 for _ in _clients(source, plan, layout, found))
    if not count and not found.fatal:
        span, hint = _line(source, header), "write one row a client"
        found.append(Finding(ROWS, (), "the table has no client", hint, span=span))
    return _Lines(source, plan, layout, count)


def _clients(source: Source, plan: Path, layout: _Layout, found: Findings) -> Iterator[Client]:
    separator, skipped, names, heads = layout
    at = names.index(CLIENT)
    count = wrong = 0
    for row in islice(_rows(source, separator, skipped, found), 1, None):
        if not any(cell.strip() for cell in row.cells):
            continue
        if problem := _row(row, names):
            wrong += 1
            if wrong <= _SHOWN:
                span = _line(source, row)
                found.append(Finding(ROWS, (), problem, _hint(separator), span=span))
            continue
        if count == ROW_LIMIT:
            message, hint = (
                f"the table has more than {ROW_LIMIT:,} clients",
                "split it into several",
            )
            found.append(Finding(ROWS, (), message, hint, span=_line(source, row)))
            return
        count += 1
        named, places = row.cells[at].strip(), _places(source, row, separator)
        cells = {
            name: Cell(text, text, places[i], heads[i], True, _has_comma(text, separator))  # noqa: FBT003
            for i, name in enumerate(names)
            if name and i != at and (text := row.cells[i].strip())
        }
        for name, cell in cells.items():
            if _SHORTENED.fullmatch(cell.written) and (wrong := wrong + 1) <= _SHOWN:
                message = f"a spreadsheet shortened '{name}' to '{cell.written}'"
                found.append(Finding(ROWS, (), message, _AS_TEXT, span=cell.span))
        yield Client(named, plan, cells, source.name, places[at])
    if wrong > _SHOWN:
        message = f"{wrong - _SHOWN:,} more rows have such mistakes"
        found.append(Finding(ROWS, (), message, "mend the first ones", span=Span(1, 1, 1, 2)))


def _has_comma(text: str, separator: str) -> bool:
    """Whether a comma in a cell may be a decimal comma; in ``1,234`` it may part thousands."""
    return separator == ";" or _DECIMAL.fullmatch(text) is not None


def _separator(text: str) -> tuple[str, int]:
    """What parts the cells, and how many lines say nothing else (Excel's ``sep=;``)."""
    if says := _SAYS.match(text):
        return says[1], 1
    first = next((line for line in islice(StringIO(text), 100) if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(_SEPARATORS, key=bare.count), 0


def _rows(source: Source, separator: str, skipped: int, found: Findings) -> Iterator[_Row]:
    lines = StringIO(source.text, newline="")
    for _ in range(skipped):
        next(lines)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = _Row([], skipped + line, skipped + line)
            message = f"this row cannot be read: {_reason(str(error))}"
            hint = 'a cell with a quote in it is written "like ""this"""'
            found.append(Finding(ROWS, (), message, hint, span=_line(source, row)))
            return
        if any(cells):
            yield _Row(cells, skipped + line, skipped + reader.line_num)
        line = reader.line_num + 1


def _reason(said: str) -> str:
    if "unexpected end" in said:
        return "a quote that begins here is not closed"
    if "expected after" in said:
        return "something stands after a closing quote"
    if "field larger" in said:
        return "a cell is too long; perhaps a quote is not closed"
    return said


def _columns(source: Source, header: _Row, names: list[str], separator: str) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name and name in names[:index]:
            span = _places(source, header, separator)[index]
            yield Finding(COLUMNS, (), f"there are two columns '{name}'", "delete one", span=span)
    if CLIENT not in names:
        hint = f"call the column with the folders' names '{CLIENT}'"
        close = nearest(CLIENT, [name for name in names if name])
        message = f"the table has no column '{CLIENT}'"
        if close:
            hint = f"rename the column {close.removeprefix('did you mean ').rstrip('?')}"
        yield Finding(COLUMNS, (), message, f"{hint}; {_FORM}", span=_line(source, header))


def _row(row: _Row, names: list[str]) -> str | None:
    """What is wrong with a row, in words."""
    count = len(row.cells)
    if count < len(names):
        missing = next((n for n in names[count:] if n), "")
        if missing:
            return f"the row has {count} cells, '{missing}' is missing"
    if any(cell.strip() for cell in row.cells[len(names) :]):
        return f"the row has {count} cells, but there are {len(names)} columns"
    for name, cell in zip(names, row.cells, strict=False):
        if not name and cell.strip():
            return f"'{cell.strip()[:40]}' stands in a column without a name"
    if not row.cells[names.index(CLIENT)].strip():
        return "this row does not name its client"
    return None


def _hint(separator: str) -> str:
    called = {",": "commas", ";": "semicolons", "\t": "tabs"}.get(separator, f"'{separator}'")
    return f"the first line parts its cells with {called}; one in a cell needs quotes around it"


def _line(source: Source, row: _Row) -> Span:
    return Span(row.line, 1, row.line, max(len(source.line(row.line)), 1) + 1)


def _places(source: Source, row: _Row, separator: str) -> list[Span]:
    """The places of the cells; the line of each where quotes make it hard to tell."""
    line = source.line(row.line)
    if row.line != row.end or '"' in line:
        return [_line(source, row)] * len(row.cells)
    places, start = [], 1
    for cell in row.cells:
        column = start + len(cell) - len(cell.lstrip())
        places.append(Span(row.line, column, row.line, column + max(len(cell.strip()), 1)))
        start += len(cell) + len(separator)
    return places


# --- YAML -----------------------------------------------------------------------------------------


def _of_list(source: Source, plan: Path, found: Findings) -> list[Client]:
    rows = source.data
    if not isinstance(rows, list):
        hint = f"write a list: '- {{{CLIENT}: acme, …}}'"
        found.say(COLUMNS, (), "a table of clients is a list of mappings", hint=hint)
        return []
    clients = []
    for index, row in enumerate(rows):
        name = row.get(CLIENT) if isinstance(row, dict) else None
        if not isinstance(row, dict) or not isinstance(name, str):
            _say_nameless(source, index, name, found)
            continue
        cells = dict(_cells(source, index, row, found))
        at = source.locate((index, CLIENT))
        clients.append(Client(name, plan, cells, source.name, at))
    if not rows:
        found.say(ROWS, (), "the table has no client", hint="write one row a client")
    return clients


def _say_nameless(source: Source, index: int, name: Json, found: Findings) -> None:
    if isinstance(name, bool | int | float):
        route, written = (index, CLIENT), source.written((index, CLIENT))
        message = f"the client's name {written} is no text"
        found.say(ROWS, route, message, hint=f'put it in quotes: {CLIENT}: "{written}"')
    else:
        message = "this row does not name its client"
        found.say(ROWS, (index,), message, hint=f"write '{CLIENT}: acme'")


def _cells(
    source: Source, index: int, row: Mapping[str, Json], found: Findings
) -> Iterator[tuple[str, Cell]]:
    for name, data in row.items():
        route = (index, name)
        if name == CLIENT or data is None or data == "":
            continue
        if isinstance(data, list | dict):
            message = f"'{name}' holds a {'list' if isinstance(data, list) else 'mapping'}"
            found.say(ROWS, route, message, hint="a cell is one text or number")
        else:
            head = source.locate(route, key=True)
            yield name, Cell(data, source.written(route), source.locate(route), head)
