"""What is ignored, by whom, and what is said about ignores themselves."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tagkit.cli import app
from tagkit.diagnostics import Rule, Severity
from tagkit.selection import matches

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "tagkit: 1\nbusiness: {name: Tea}\ngoogle_analytics: {measurement_id: G-1A2B3C4D5E}\n"
SCROLL = "{id: deep, trigger: {scroll: {percent: 90}}, google_analytics: {event: scroll}}"
LONG = "  - id: deep\n    trigger: {scroll: {percent: 90}}\n    google_analytics: {event: scroll}\n"
LIST = f"micro_conversions:\n  - {SCROLL}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(folder: Path, text: str, *options: str, name: str = "plan.yaml") -> list[tuple[str, int]]:
    """Code and line of each diagnostic."""
    (folder / name).write_text(text, "utf-8")
    output = CliRunner().invoke(app, ["validate", name, "--format", "json", *options]).output
    return [
        (d["code"], d["span"]["line"] if d["span"] else 0)
        for d in json.loads(output)["diagnostics"]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + LIST, [("TK207", 5)]),
        # At the end of the line, on the line above, with lines between that say nothing.
        (HEAD + LIST.rstrip() + "  # tagkit: ignore[TK207] the switch is off\n", []),
        (HEAD + LIST.replace("  -", "  # tagkit: ignore[TK207] off\n  -"), []),
        (HEAD + LIST.replace("  -", "  # tagkit: ignore[TK207] off\n\n  # more\n  -"), []),
        (HEAD + LIST.replace("\n  -", "\r\n  # tagkit: ignore[TK207] off\r\n  -"), []),
        # By the beginning of a code, by name, several, in another spelling.
        (HEAD + LIST.rstrip() + " # tagkit: ignore[TK20] off\n", []),
        (HEAD + LIST.rstrip() + " # tagkit: ignore[ga4-reserved-name]: off\n", []),
        (HEAD + LIST.rstrip() + " #tagkit:ignore [tk207] off\n", []),
        # Another code, another line.
        (HEAD + LIST.rstrip() + " # tagkit: ignore[TK210] off\n", [("TK207", 5), ("TK090", 5)]),
        (HEAD.replace("business", "# tagkit: ignore[TK207] off\nbusiness") + LIST,
         [("TK090", 2), ("TK207", 6)]),
        # On a line of its own it is about all that begins below it: an entry, a list.
        (HEAD + "# tagkit: ignore[TK207] off\n" + LIST, []),
        (HEAD + "micro_conversions:\n  # tagkit: ignore[TK207] off\n" + LONG, []),
        (HEAD + "micro_conversions:\n  # tagkit: ignore[TK207] off\n  - share\n" + LONG,
         [("TK090", 5), ("TK207", 9)]),
        (HEAD + "micro_conversions:\n" + LONG.replace("google", "# tagkit: ignore[TK207] off\n    google"), []),
        (HEAD + "micro_conversions:\n" + LONG.replace("    trigger", "    # tagkit: ignore[TK207] off\n    trigger"),
         [("TK090", 6), ("TK207", 8)]),
        (HEAD + "micro_conversions:\n  # tagkit: ignore[TK207] off\n  - {id: deep, trigger: {scroll: {percent: 90}},\n     google_analytics: {event: scroll}}\n", []),
        # Without a reason, without a code, with a code nobody has, with one that must not be.
        (HEAD + LIST.rstrip() + " # tagkit: ignore[TK207]\n", [("TK207", 5), ("TK091", 5)]),
        (HEAD + LIST.rstrip() + " # tagkit: ignore[TK207] - \n", [("TK207", 5), ("TK091", 5)]),
        (HEAD + LIST.rstrip() + " # tagkit: ignore off\n", [("TK207", 5), ("TK094", 5)]),
        (HEAD + LIST.rstrip() + " # tagkit: ignore[] off\n", [("TK207", 5), ("TK094", 5)]),
        (HEAD + LIST.rstrip() + " # tagkit: ignore[TK297] x\n", [("TK207", 5), ("TK092", 5)]),
        (HEAD + LIST + "  - shar # tagkit: ignore[TK301] x\n",
         [("TK207", 5), ("TK301", 6), ("TK093", 6)]),
        # In a text it is no comment; in a word it is another.
        (HEAD + LIST.replace("deep,", 'deep, name: "# tagkit: ignore[TK207] x",'), [("TK207", 5)]),
        (HEAD + LIST.rstrip() + " # tagkit: ignored[TK207] off\n", [("TK207", 5)]),
        (HEAD + LIST.rstrip() + " # see tagkit: ignore[TK207] off\n", [("TK207", 5)]),
        # In the plan.
        (HEAD + "checks: {ignore: {TK207: off}}\n" + LIST, []),
        (HEAD + "checks: {ignore: {TK2: off}}\n" + LIST, []),
        (HEAD + "checks: {ignore: {TK207: off, TK210: x}}\n" + LIST, [("TK090", 4)]),
        (HEAD + "checks: {ignore: {TK297: off}}\n" + LIST, [("TK092", 4), ("TK207", 6)]),
        (HEAD + "checks: {ignore: {TK103: off}}\n" + LIST, [("TK093", 4), ("TK207", 6)]),
        (HEAD + "checks: {ignore: {TK207: ' '}}\n" + LIST, [("TK105", 4)]),
        (HEAD + "checks: {select: [TK4]}\n" + LIST, []),
        (HEAD + "checks: {select: [ga4-reserved-name]}\n" + LIST, [("TK207", 6)]),
        # A word that means nothing hides all the others, not itself.
        (HEAD + "checks: {select: [TK9]}\n" + LIST, [("TK092", 4)]),
        (HEAD + "checks: {select: [TK999]}\n" + LIST, [("TK092", 4)]),
        # What is said of ignores can be ignored, if something is said.
        (HEAD + "checks: {ignore: {TK090: x, TK210: y, TK207: z}}\n" + LIST, []),
        (HEAD + "checks: {ignore: {TK090: x, TK207: z}}\n" + LIST, [("TK090", 4)]),
        (HEAD + "checks: {ignore: {TK: all of it}}\n" + LIST, []),
        # Behind the sign of a block.
        (HEAD + "micro_conversions:\n  - id: a\n    trigger: page_view\n    parameters:\n"
         "      p:\n        javascript: | # tagkit: ignore[TK236] x\n"
         "          function() { return document.querySelector('#email').value; }\n", []),
        (HEAD + "checks: {select: [TK4, TK0, ga4]}\n" + LIST, [("TK092", 4)]),
        # Where reading stopped, nobody knows whether an ignore is of use.
        (HEAD + "checks: {ignore: {TK210: off}}\nmicro_conversions: 7\n", [("TK102", 5)]),
        # Not selected, so not asked.
        (HEAD + "checks: {select: [TK0], ignore: {TK207: off}}\nmicro_conversions: [share]\n", []),
    ],
)  # fmt: skip
def test_a_plan(folder: Path, text: str, expected: list[tuple[str, int]]) -> None:
    assert said(folder, text) == expected


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  - {id: deep, # tagkit: ignore[TK207] x\n" + SCROLL[11:], 6),
        ("  - " + SCROLL + "\n# tagkit: ignore[TK207] x\n", 5),
    ],
)
def test_an_ignore_beside_the_place_is_told_where_it_belongs(
    folder: Path, text: str, line: int
) -> None:
    (folder / "plan.yaml").write_text(HEAD + "micro_conversions:\n" + text)
    output = CliRunner().invoke(app, ["validate", "plan.yaml"]).output
    assert f"that is found in line {line}: put this at the end of it" in output


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--ignore", "TK207"], []),
        (["--ignore", "TK210,TK20"], []),
        (["--ignore", "TK210", "--ignore", "ga4-reserved-name"], []),
        (["--select", "TK4"], []),
        (["--select", "TK2", "--ignore", "TK21"], [("TK207", 5)]),
        (["--select", "TK2", "--ignore", "TK207"], []),
    ],
)
def test_options(folder: Path, options: list[str], expected: list[tuple[str, int]]) -> None:
    assert said(folder, HEAD + LIST, *options) == expected


def test_an_error_that_stops_the_work_is_said_whatever_is_selected(folder: Path) -> None:
    plan = HEAD + "micro_conversions: [shar]\n"
    assert said(folder, plan, "--select", "TK4", "--ignore", "TK3") == [("TK301", 4)]


def test_an_unknown_code_is_a_usage_error(folder: Path) -> None:
    (folder / "plan.yaml").write_text(HEAD + LIST)
    result = CliRunner().invoke(app, ["validate", "plan.yaml", "--ignore", "TK20,TK2077"])
    assert (result.exit_code, "there is no rule 'TK2077'; did you mean" in result.output) == (
        2, True,
    )  # fmt: skip


def test_what_is_ignored_is_built(folder: Path) -> None:
    (folder / "plan.yaml").write_text(HEAD + LIST)
    build = ["build", "plan.yaml", "-o", "dist"]
    codes = [CliRunner().invoke(app, [*build, *more]).exit_code for more in ([], ["--ignore=TK2"])]
    assert codes == [1, 0]
    assert (folder / "dist" / "gtm-container.json").exists()


def test_strict_counts_what_is_left(folder: Path) -> None:
    plan = HEAD + "micro_conversions: [payment_declined]  # tagkit: ignore[TK215] on purpose\n"
    (folder / "plan.yaml").write_text(plan)
    assert CliRunner().invoke(app, ["validate", "--strict", "plan.yaml"]).exit_code == 0


def container(folder: Path, **notes: str) -> dict[str, Any]:
    """A container whose two tags lie in folders that are not there."""
    (folder / "plan.yaml").write_text(HEAD + "micro_conversions: [share, sign_up]\n")
    CliRunner().invoke(app, ["build", "plan.yaml", "-o", "dist"])
    data: dict[str, Any] = json.loads((folder / "dist" / "gtm-container.json").read_text())
    for tag in data["containerVersion"]["tag"]:
        if tag["name"] in ("TK - GA4 - share", "TK - GA4 - sign_up"):
            tag["parentFolderId"] = "999"
            tag["notes"] = notes.get(tag["name"].rsplit(" ", 1)[-1], "")
    return data


@pytest.mark.parametrize(
    ("notes", "codes"),
    [
        ({}, ["TK411", "TK411"]),
        ({"share": "Ours.\ntagkit: ignore[TK411] the folder is in the shop's container"},
         ["TK411"]),
        ({"share": "tagkit: ignore[TK411]"}, ["TK091", "TK411", "TK411"]),
        ({"share": "tagkit: ignore[TK41,TK43] x"}, ["TK090", "TK411"]),
    ],
)  # fmt: skip
def test_notes_of_a_container(folder: Path, notes: dict[str, str], codes: list[str]) -> None:
    text = json.dumps(container(folder, **notes))
    assert sorted(code for code, _ in said(folder, text, name="c.json")) == codes


RULE = Rule("TK207", "ga4-reserved-name", Severity.ERROR, "")


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("TK207", True), ("tk207", True), ("TK", True), ("TK2", True), ("ga4-reserved-name", True),
        ("TK21", False), ("T", False), ("", False), ("TK2070", False), ("ga4", False),
        ("GA4-reserved-name", False),
    ],
)  # fmt: skip
def test_matches(what: str, answer: bool) -> None:
    assert matches(RULE, what) is answer


@pytest.mark.parametrize("between", ["\n", " "])
def test_thousands_of_ignores_take_linear_time(folder: Path, between: str) -> None:
    start = time.process_time()
    ignores = "".join(f"# tagkit: ignore[TK207] off{between}" for _ in range(3000))
    codes = {code for code, _ in said(folder, f"{HEAD}{ignores}\n{LIST}")}
    assert codes == (set() if between == "\n" else {"TK090"})  # in one line, the first counts
    assert time.process_time() - start < 60


def test_each_of_a_thousand_lines_has_its_ignore(folder: Path) -> None:
    lines = "".join(
        f"  - {SCROLL.replace('deep', f'deep{number}')} # tagkit: ignore[TK207] off\n"
        for number in range(1000)
    )
    found = said(folder, f"{HEAD}micro_conversions:\n{lines}")
    assert "TK207" not in {code for code, _ in found}
    assert "TK090" not in {code for code, _ in found}
