"""Tables of clients: as spreadsheets write them, as people get them wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tagkit import cli
from tagkit.batch.table import Table, read_table
from tests.batch.batches import plan, written

if TYPE_CHECKING:
    from tagkit.batch.clients import Client

WANTED = [("acme", {"city": "Kraków, Wola", "ga": "G-1"}), ("brew", {"ga": "G-2"})]
GOOD = {
    "commas": 'client,city,ga\nacme,"Kraków, Wola",G-1\nbrew,,G-2\n',
    "mark": '\ufeffclient,city,ga\nacme,"Kraków, Wola",G-1\nbrew,,G-2\n',
    "semicolons": "client;city;ga\r\nacme;Kraków, Wola;G-1\r\nbrew;;G-2\r\n",
    "tabs": "client\tcity\tga\nacme\tKraków, Wola\tG-1\nbrew\t\tG-2",
    "old Mac": "client;city;ga\racme;Kraków, Wola;G-1\rbrew;;G-2\r",
    "sep": "sep=;\r\nclient;city;ga\r\nacme;Kraków, Wola;G-1\r\nbrew;;G-2\r\n",
    "order": "city;ga;client\nKraków, Wola;G-1;acme\n;G-2;brew\n",
    "blank": "\n client ; city ;ga;;\n\nacme; Kraków, Wola ;G-1;;\n;;;;\nbrew;;G-2;;\n;;;;\n",
    "quotes": '"client","city","ga"\n"acme","Kraków, Wola","G-1"\n"brew","","G-2"\n',
    "short": "client;ga;city\nacme;G-1;Kraków, Wola\nbrew;G-2;\n",
}
BAD = {
    "name;city\na;b\n": "1:1: TK325 the table has no column 'client'",
    "Client;city\na;b\n": "1:1: TK325 the table has no column 'client'",
    "client;city;city\na;b;c\n": "1:13: TK325 there are two columns 'city'",
    "client;city\na\n": "2:1: TK326 the row has 1 cells, 'city' is missing",
    "client,city\na,b,c\n": "2:1: TK326 the row has 3 cells, but there are 2 columns",
    "client;city;\na;b;c\n": "2:1: TK326 'c' stands in a column without a name",
    "client;city\n;b\n": "2:1: TK326 this row does not name its client",
    'client;city\na;"b\nc;d\n': "2:1: TK326 this row cannot be read: a quote that begins here is not closed",
    'client;city\na;"b"c\n': "2:1: TK326 this row cannot be read: something stands after a closing quote",
    "client;id\na;1,23457E+15\n": "2:3: TK326 a spreadsheet shortened 'id' to '1,23457E+15'",
    "client,id\na,1.2E+15\n": "2:3: TK326 a spreadsheet shortened 'id' to '1.2E+15'",
    "client;city\n": "1:1: TK326 the table has no client",
    "": "-: TK007 the file is empty",
    "\0": "-: TK006 this is no text file",
}
BAD_YAML = {
    "client: a\n": "1:1: TK325 a table of clients is a list of mappings",
    "[]\n": "1:1: TK326 the table has no client",
    "- {city: a}\n": "1:3: TK326 this row does not name its client",
    "- {client: [7]}\n": "1:3: TK326 this row does not name its client",
    "- {client: 12.50}\n": "1:12: TK326 the client's name 12.50 is no text",
    "- {client: true}\n": "1:12: TK326 the client's name true is no text",
    "- {client: a, city: [b]}\n": "1:21: TK326 'city' holds a list",
    "- {client: a\n": "1:3: TK010 ",
}


def read(text: str, name: str = "clients.csv") -> Table:
    Path(name).write_bytes(text.encode())
    return read_table(Path(name), name, Path("plan.yaml"))


def said(table: Table) -> str:
    d = table.diagnostics[0]
    place = f"{d.span.line}:{d.span.column}" if d.span else "-"
    return f"{place}: {d.rule.code} {d.message}"


def cells_of(client: Client) -> dict[str, str]:
    return {name: cell.written for name, cell in client.cells.items()}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_good(text: str) -> None:
    table = read(text)
    assert [(c.name, cells_of(c)) for c in table.clients] == WANTED
    assert len(table.clients) == 2
    assert not table.diagnostics


@pytest.mark.parametrize(("text", "wanted"), BAD.items())
def test_bad(text: str, wanted: str) -> None:
    table = read(text)
    assert (said(table), list(table.clients)) == (wanted, [])


def test_yaml() -> None:
    table = read("- {client: a, n: 1.10, yes: true, no: null}\n- {client: b}\n", "c.yaml")
    values = [(c.name, cells_of(c)) for c in table.clients]
    assert values == [("a", {"n": "1.10", "yes": "true"}), ("b", {})]
    assert [cell.data for cell in next(iter(table.clients)).cells.values()] == [1.1, True]


def test_places() -> None:
    client = next(iter(read("client; brand ;n\na;  Tea House;7,50\n").clients))
    brand, n = client.cells["brand"], client.cells["n"]
    assert (brand.head[:2], brand.span) == ((1, 9), (2, 5, 2, 14))
    assert (n.head, n.span) == ((1, 16, 1, 17), (2, 15, 2, 19))


@pytest.mark.parametrize(("text", "wanted"), BAD_YAML.items())
def test_bad_yaml(text: str, wanted: str) -> None:
    assert said(read(text, "c.yaml")).startswith(wanted)


def test_no_more_than_a_hundred_thousand() -> None:
    rows = "client\n" + "".join(f"c{n}\n" for n in range(100_000))
    assert len(read(rows).clients) == 100_000
    assert said(read(rows + "one\n")) == "100002:1: TK326 the table has more than 100,000 clients"


def test_many_mistakes_are_counted() -> None:
    table = read("client;city\n" + "a\n" * 5000)
    assert len(table.diagnostics) == 21
    assert said(table).endswith("4,980 more rows have such mistakes")


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    table = read("client" + text)
    assert bool(table.diagnostics) != bool(len(table.clients))


def build(text: str) -> tuple[int, str]:
    Path("plan.yaml").write_text(plan(1), "utf-8")
    Path("clients.csv").write_text(text, "utf-8")
    arguments = ["build", "plan.yaml", "--clients", "clients.csv", "-o", "dist"]
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.stderr


def test_build(tmp_path: Path) -> None:
    code, err = build("client\nacme\nbrew\n")
    assert (code, err.splitlines()[-1]) == (0, "2 clients: 2 new")
    assert err.count("TK321") == 1
    made = written(tmp_path / "dist")
    assert made["acme/gtm-container.json"] == made["brew/gtm-container.json"]


BAD_NAMES = [
    "../../x", "/etc", "a/b", "a\\b", "C:x", "..", ".", ".git", "CON", "con.txt", "Lpt1", "x.",
    "a?", "a\x07", "acme", "ACME", "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_cannot_be_folders(name: str, tmp_path: Path) -> None:
    code, err = build(f"client\nacme\n{name}\nother\n")
    assert (code, err.count("error[TK32")) == (1, 1)
    assert "clients.csv:3:1: error[TK32" in err
    assert not (tmp_path / "dist").exists()


def test_two_letters_that_look_alike_to_a_disk(tmp_path: Path) -> None:
    code, err = build("client\nże\nz\u0307e\n")
    assert (code, "error[TK324]" in err, (tmp_path / "dist").exists()) == (1, True, False)


def test_a_table_is_for_one_plan() -> None:
    result = CliRunner().invoke(cli.app, ["build", ".", "--clients", "c.csv", "-o", "d"])
    assert (result.exit_code, "name that plan" in result.stderr) == (2, True)


def test_validate_refuses_the_rows_that_build_refuses() -> None:
    build("client\nacme\nAcme\n../x\n")
    arguments = ["validate", "plan.yaml", "--clients", "clients.csv"]
    result = CliRunner().invoke(cli.app, [*arguments, "--ignore", "TK321,TK322"])
    assert result.exit_code == 1
    assert "clients.csv:3:1: error[TK324]" in result.stdout
    assert "clients.csv:4:1: error[TK323]" in result.stdout
    assert "4 | ../x" in result.stdout


def test_a_name_that_is_a_number_is_to_be_quoted() -> None:
    hint = read("- {client: 123}\n", "c.yaml").diagnostics[0].hint
    assert hint == 'put it in quotes: client: "123"'


def test_what_looks_like_a_shortened_number() -> None:
    table = read("client;a;b;c\nx;E+15;1E5;12E+15\n")
    assert not table.diagnostics
    table = read("client;id\n" + "a;1,23E+15\n" * 25)
    assert (len(table.diagnostics), said(table)[:22]) == (21, "1:1: TK326 5 more rows")
