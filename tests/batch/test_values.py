"""Tables, bases and ``--set``: where the values of a batch come from, and what is said of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.batch.batches import written
from tests.batch.test_batch import run

if TYPE_CHECKING:
    from pathlib import Path

BASE = """\
tagkit: 1
vars:
  brand: {type: string}
  lead: {type: number, default: 5}
  ga4: {type: string}
business: {name: "${brand}", currency: PLN}
google_analytics: {measurement_id: "${ga4}"}
micro_conversions:
  - add_to_cart
  - {id: guide, name: "Guide of ${brand}", value: "${lead}", trigger: {click: .guide}}
"""
TABLE = """\
client;brand;lead;ga4
herbata;Zielona Herbata;7,50;G-1A2B3C4D5E
rowery;Rowery;;G-5E4D3C2B1A
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    (tmp_path / "clients.csv").write_text(TABLE, "utf-8")
    return tmp_path


def build(*arguments: str) -> tuple[int, str, str]:
    return run("build", "base.yaml", "--clients", "clients.csv", "-o", "dist", *arguments)


def sent(folder: Path, client: str) -> tuple[str, str]:
    """The measurement ID of a container, and the value of its own conversion."""
    container = json.loads((folder / f"dist/{client}/gtm-container.json").read_bytes())
    text = json.dumps(container)
    tags = container["containerVersion"]["tag"]
    (tag,) = [t for t in tags if t["type"] == "gaawe" and "guide" in json.dumps(t)]
    table = next(p for p in tag["parameter"] if p["key"] == "eventSettingsTable")["list"]
    rows = [{cell["key"]: cell["value"] for cell in row["map"]} for row in table]
    value = next(row["parameterValue"] for row in rows if row["parameter"] == "value")
    value = value.removeprefix("{{TK - Constant - ").removesuffix("}}")
    ids = {number for number in ("G-1A2B3C4D5E", "G-5E4D3C2B1A") if number in text}
    return ids.pop(), value


def test_each_row_has_values_of_its_own(folder: Path) -> None:
    assert build()[0] == 0
    assert sent(folder, "herbata") == ("G-1A2B3C4D5E", "7.5")
    assert sent(folder, "rowery") == ("G-5E4D3C2B1A", "5")


def test_a_row_is_as_a_plan_that_says_the_same(folder: Path) -> None:
    build()
    (folder / "clients").mkdir()
    for name, values in {
        "herbata": "{brand: Zielona Herbata, lead: 7.5, ga4: G-1A2B3C4D5E}",
        "rowery": "{brand: Rowery, ga4: G-5E4D3C2B1A}",
    }.items():
        plan = f"extends: ../base.yaml\nvars: {values}\n"
        (folder / f"clients/{name}.yaml").write_text(plan, "utf-8")
    assert run("build", "clients", "-o", "alone")[0] == 0
    assert written(folder / "dist") == written(folder / "alone")


def test_a_table_in_yaml_has_numbers(folder: Path) -> None:
    rows = "- {client: a, brand: Tea, lead: 7.50, ga4: G-1A2B3C4D5E}\n"
    (folder / "clients.yaml").write_text(rows, "utf-8")
    run("build", "base.yaml", "--clients", "clients.yaml", "-o", "dist")
    assert sent(folder, "a") == ("G-1A2B3C4D5E", "7.5")
    (folder / "clients.yaml").write_text(rows.replace("7.50", "'7.50'"), "utf-8")
    code, _, err = run("build", "base.yaml", "--clients", "clients.yaml", "-o", "dist")
    assert code == 1
    assert "clients.yaml:1:33: error[TK313]: expected a number for the variable 'lead'" in err


def test_set_comes_before_the_table(folder: Path) -> None:
    assert build("--set", "lead=9")[0] == 0
    assert sent(folder, "herbata")[1] == sent(folder, "rowery")[1] == "9"
    assert build("--set", "lead=9")[2].endswith("2 clients: 2 unchanged\n")
    assert build("--set", "lead=8")[2].endswith("2 clients: 2 changed\n")


def test_what_set_has_wrong_is_said_once_for_all_clients() -> None:
    code, _, said = build("--set", "nope=1")
    assert (code, said.count("TK311"), said.count("clients.csv")) == (1, 1, said.count("reached"))
    assert "base.yaml:2:1: error[TK311]: --set gives a value for 'nope'" in said
    assert "hint: the plan's variables are brand, lead, ga4" in said
    code, _, said = build("--set", "lead=-3")
    assert (code, said.count("TK231"), said.count("(given by --set lead=-3)")) == (0, 1, 1)


def test_a_wrong_value_is_said_in_its_cell(folder: Path) -> None:
    (folder / "clients.csv").write_text(TABLE.replace("7,50", "free"), "utf-8")
    code, _, err = build()
    assert code == 1
    assert "clients.csv:2:25: error[TK313]: expected a number for the variable 'lead'" in err
    assert "2 | herbata;Zielona Herbata;free;G-1A2B3C4D5E" in err
    assert "see base.yaml:4:9: declared here" in err
    assert err.endswith("2 clients: 1 new, 1 broken\n")


def test_a_column_that_is_no_variable_is_said_once_where_it_is_named(folder: Path) -> None:
    (folder / "clients.csv").write_text(TABLE.replace("brand", "brnd"), "utf-8")
    code, _, err = build("--format", "json")
    found = json.loads(err)["diagnostics"]
    assert code == 1
    assert [(d["file"], d["span"]["line"], d["code"]) for d in found] == [
        ("base.yaml", 3, "TK314"),
        ("clients.csv", 1, "TK311"),
    ]
    assert "did you mean 'brand'?" in found[1]["hint"]


def test_a_value_that_a_row_lacks_is_said_with_the_row(folder: Path) -> None:
    (folder / "clients.csv").write_text(TABLE.replace("Zielona Herbata", ""), "utf-8")
    err = build()[2]
    assert "base.yaml:3:3: error[TK314]: the variable 'brand' has no value" in err
    assert "  = reached from clients.csv:2:1\n" in err
    assert err.endswith("2 clients: 1 new, 1 broken\n")


def test_what_the_plan_of_a_table_has_wrong_is_said_once(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE.replace("add_to_cart", "payment_declined"), "utf-8")
    for _ in ("built", "unchanged"):
        err = build()[2]
        assert err.count("TK215") == 1
        assert "  = reached from clients.csv:2:1 and 1 other\n" in err
    (folder / "clients.csv").write_text(TABLE.replace("herbata;", "\nherbata;"), "utf-8")
    err = build()[2]
    assert "  = reached from clients.csv:3:1 and 1 other\n" in err
    assert err.endswith("2 clients: 2 unchanged\n")


def test_an_id_of_two_rows_is_said_in_the_second(folder: Path) -> None:
    (folder / "clients.csv").write_text(TABLE.replace("5E4D3C2B1A", "1A2B3C4D5E"), "utf-8")
    for _ in ("built", "unchanged"):
        code, _, err = build()
        assert code == 0
        assert "clients.csv:3:16: warning[TK321]: 'herbata' sends to the measurement ID" in err
        assert "see clients.csv:2:30: the first one" in err


def test_an_id_that_all_have_from_the_base_is_one_finding(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE.replace('"${ga4}"', "G-1A2B3C4D5E"), "utf-8")
    (folder / "clients.csv").write_text("client,brand,ga4\na,A,x\nb,B,x\nc,C,x\n", "utf-8")
    err = build()[2]
    assert err.count("TK321") == 1
    assert "base.yaml:7:36: warning[TK321]: several clients of this plan" in err


def test_a_row_that_moved_is_not_built_again(folder: Path) -> None:
    (folder / "clients.csv").write_text(TABLE.replace("5E4D3C2B1A", "1A2B3C4D5E"), "utf-8")
    build()
    text = (folder / "clients.csv").read_text("utf-8").splitlines(keepends=True)
    moved = [text[0], "kawa;Kawa;3;G-2B3C4D5E6F\n", *text[1:]]
    (folder / "clients.csv").write_text("".join(moved), "utf-8")
    err = build()[2]
    assert err.endswith("3 clients: 1 new, 2 unchanged\n")
    assert "clients.csv:4:16: warning[TK321]" in err
    assert "see clients.csv:3:30: the first one" in err


def test_a_base_that_changed_changes_its_clients(folder: Path) -> None:
    build()
    (folder / "base.yaml").write_text(BASE.replace(".guide", ".leaflet"), "utf-8")
    assert build()[2].endswith("2 clients: 2 changed\n")


def clients_of_a_base(folder: Path, count: int) -> None:
    (folder / "clients").mkdir()
    (folder / "base.yaml").write_text(BASE.replace("add_to_cart", "payment_declined"), "utf-8")
    for number in range(count):
        plan = f"extends: ../base.yaml\nvars: {{brand: B{number}, ga4: G-{number:010}}}\n"
        (folder / f"clients/c{number}.yaml").write_text(plan, "utf-8")


@pytest.mark.parametrize("count", [1, 2, 9])
def test_what_is_wrong_with_a_base_is_said_once(count: int, folder: Path) -> None:
    clients_of_a_base(folder, count)
    for arguments in (["validate", "clients"], ["build", "clients", "-o", "dist"]) * 2:
        code, out, err = run(*arguments)
        said = out + err
        others = {1: "", 2: " and 1 other", 9: " and 8 others"}[count]
        assert code == 0
        assert said.count("TK215") == 1
        assert f"reached from clients/c0.yaml:1:10{others}\n" in said
    found = json.loads(run("validate", "clients", "--format", "json")[1])["diagnostics"]
    assert [d.get("clients", 1) for d in found if d["code"] == "TK215"] == [count]


def test_the_base_beside_its_clients_is_no_client(folder: Path) -> None:
    clients_of_a_base(folder, 2)
    text = (folder / "base.yaml").read_text("utf-8")
    (folder / "clients/base.yaml").write_text(text, "utf-8")
    for number in range(2):
        plan = folder / f"clients/c{number}.yaml"
        plan.write_text(plan.read_text("utf-8").replace("../base", "base"), "utf-8")
    assert run("build", "clients", "-o", "dist")[2].endswith("2 clients: 2 new\n")


def test_plans_in_a_circle_are_not_passed_over(folder: Path) -> None:
    clients_of_a_base(folder, 2)
    for name, base in {"x": "y", "y": "x"}.items():
        (folder / f"clients/{name}.yaml").write_text(f"extends: [{base}.yaml]\n", "utf-8")
    code, out, _ = run("validate", "clients")
    assert code == 1
    assert out.count("TK308") == 2
    assert "'clients/x.yaml' extends itself: clients/x.yaml > clients/y.yaml" in out


def test_validate_of_a_table() -> None:
    assert run("validate", "base.yaml", "--clients", "clients.csv") == (
        0, "2 clients checked, nothing found\n", "",
    )  # fmt: skip
    code, out, _ = run("validate", "base.yaml", "--clients", "clients.csv", "--set", "lead=x")
    assert code == 1
    assert out.count("TK313") == 1
    refused = run("validate", "base.yaml", "clients.csv", "--clients", "clients.csv")
    assert refused[0] == 2
    assert "the table of one plan" in refused[2]


def test_diff_and_merge_take_plans_with_bases_and_values(folder: Path) -> None:
    clients_of_a_base(folder, 1)
    run("build", "clients", "-o", "dist")
    export = "dist/c0/gtm-container.json"
    assert run("diff", "clients/c0.yaml", export)[0] == 0
    code, out, _ = run("diff", "clients/c0.yaml", export, "--set", "lead=9")
    assert code == 1
    assert "'guide' (GA4) sends 'value' as '5' now, not as '9'" in out
    assert (
        run("merge", "--prune", "clients/c0.yaml", export, "-o", "merged.json", "--set", "lead=9")[
            0
        ]
        == 0
    )
    assert run("diff", "merged.json", "clients/c0.yaml", "--set", "lead=9")[0] == 0
    assert run("merge", "--uninstall", "clients/c0.yaml", "merged.json", "-o", "less.json")[0] == 0


@pytest.mark.parametrize(
    ("separator", "written", "value"),
    [
        (",", '"7,50"', "7.5"),
        (",", '"-12,5"', "-12.5"),
        ("\t", "7,50", "7.5"),
        (",", "7.50", "7.5"),
        (";", "1,234", "1.234"),
    ],
)
def test_a_decimal_comma(separator: str, written: str, value: str, folder: Path) -> None:
    row = separator.join(["herbata", "Herbata", written, "G-1A2B3C4D5E"])
    text = f"{separator.join(['client', 'brand', 'lead', 'ga4'])}\n{row}\n"
    (folder / "clients.csv").write_text(text, "utf-8")
    assert build()[0] == 0
    assert sent(folder, "herbata") == ("G-1A2B3C4D5E", value)


@pytest.mark.parametrize("written", ['"1,234"', '"1,234,50"', '",5"'])
def test_a_comma_that_may_be_something_else(written: str, folder: Path) -> None:
    text = f"client,brand,lead,ga4\nherbata,Herbata,{written},G-1A2B3C4D5E\n"
    (folder / "clients.csv").write_text(text, "utf-8")
    code, _, err = build()
    assert (code, "error[TK313]" in err) == (1, True)


@pytest.mark.parametrize(("written", "value"), [("PRAWDA", True), ("FAŁSZ", False), ("tak", None)])
def test_yes_and_no_of_a_polish_spreadsheet(written: str, value: object, folder: Path) -> None:
    plan = BASE.replace("  lead:", "  off: {type: boolean}\n  lead:").replace(
        "  - add_to_cart", '  - {use: add_to_cart, paused: "${off}"}'
    )
    (folder / "base.yaml").write_text(plan, "utf-8")
    text = f"client;brand;ga4;off\nherbata;Herbata;G-1A2B3C4D5E;{written}\n"
    (folder / "clients.csv").write_text(text, "utf-8")
    code, _, err = build()
    assert (code, "error[TK313]" in err) == ((0, False) if value is not None else (1, True))
    if value is not None:
        container = (folder / "dist/herbata/gtm-container.json").read_text("utf-8")
        assert ('"paused": true' in container) == value
