"""`tagkit merge`: files, streams, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tagkit import cli
from tests.merge.working import FULL, LAYOUTS, PLAN, dump, entity, html, names

EXPORT = LAYOUTS["crlf"]


class Said:
    def __init__(self, *arguments: str) -> None:
        result = CliRunner().invoke(cli.app, ["merge", *arguments])
        self.out, self.err, self.code = result.stdout, result.stderr, result.exit_code


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("plan.yaml", PLAN)
    write("wrong.yaml", PLAN.replace("share", "shar"))
    write("export.json", EXPORT)
    write("taken.json", taken())
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).write_bytes(text.encode())


def taken(**more: Any) -> str:
    value = json.loads(dump(FULL))
    value["containerVersion"]["tag"].append(html("50", "TK - GA4 - share", **more))
    return dump(value)


def test_there_and_back() -> None:
    said = Said("plan.yaml", "export.json", "-o", "merged.json")
    assert (said.code, said.out) == (0, "")
    lines = said.err.splitlines()
    assert lines[0] == "add       tag 'TK - Consent - Watch'"
    assert lines[-1] == "30 added; 7 of others untouched"
    said = Said("--uninstall", "merged.json", "-o", "clean.json")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines()[-1] == "30 removed; 7 of others untouched"
    assert Path("clean.json").read_bytes() == EXPORT.encode()
    Said("--uninstall", "plan.yaml", "merged.json", "-o", "merged.json")
    assert Path("merged.json").read_bytes() == EXPORT.encode()


def test_a_byte_order_mark_stays() -> None:
    write("export.json", "\ufeff" + EXPORT)
    Said("plan.yaml", "export.json", "-o", "merged.json")
    assert Path("merged.json").read_bytes().startswith(b"\xef\xbb\xbf{")
    Said("--uninstall", "merged.json", "-o", "clean.json")
    assert Path("clean.json").read_bytes() == ("\ufeff" + EXPORT).encode()


def test_to_stdout() -> None:
    said = Said("plan.yaml", "export.json", "-o", "-")
    assert "TK - GA4 - share" in names(said.out, "tag")
    assert sorted(path.name for path in Path().iterdir()) == [
        "export.json", "plan.yaml", "taken.json", "wrong.yaml",
    ]  # fmt: skip


def test_conflicts_are_listed_and_overwritten() -> None:
    said = Said("plan.yaml", "taken.json", "-o", "merged.json")
    assert said.code == 0
    assert "replace   tag 'TK - GA4 - share'" in said.err
    assert "taken.json:46:25: warning[TK603]: tag 'TK - GA4 - share' is overwritten: " in said.err
    assert Path("merged.json").exists()


def test_with_strict_nothing_is_written() -> None:
    said = Said("plan.yaml", "taken.json", "-o", "merged.json", "--strict")
    assert (said.code, "TK603" in said.err) == (cli.FINDINGS, True)
    assert not Path("merged.json").exists()
    said = Said("plan.yaml", "taken.json", "-o", "m.json", "--strict", "--ignore", "TK603")
    assert (said.code, Path("m.json").exists()) == (0, True)


def test_an_ignore_in_a_note_counts_and_others_are_not_said_to_be_useless() -> None:
    write("taken.json", taken(notes="tagkit: ignore[TK603, TK499] ours by hand"))
    said = Said("plan.yaml", "taken.json", "-o", "merged.json", "--strict")
    assert (said.code, "TK" in said.err.replace("TK - ", "")) == (0, False)


def test_json() -> None:
    said = Said("plan.yaml", "taken.json", "-o", "merged.json", "--format", "json")
    shape = json.loads(said.err)
    assert list(shape) == ["version", "changes", "others", "diagnostics"]
    assert shape["others"] == 7
    (one,) = [c for c in shape["changes"] if c["name"] == "TK - GA4 - share"]
    assert one == {"action": "replace", "kind": "tag", "name": "TK - GA4 - share", "id": "50",
                   "taken_id": None}  # fmt: skip
    assert [d["code"] for d in shape["diagnostics"]] == ["TK603"]
    said = Said("wrong.yaml", "export.json", "-o", "merged2.json", "--format", "json")
    assert list(json.loads(said.err)) == ["version", "diagnostics"]


@pytest.mark.parametrize("form", ["github", "sarif", "junit"])
def test_other_formats(form: str) -> None:
    said = Said("plan.yaml", "taken.json", "-o", "merged.json", "--format", form)
    assert (said.code, "TK603" in said.err) == (0, True)


def test_the_count_is_the_last_line() -> None:
    lines = Said("plan.yaml", "taken.json", "-o", "merged.json").err.splitlines()
    assert lines[-2:] == ["1 warning in taken.json", "29 added, 1 replaced; 7 of others untouched"]


@pytest.mark.parametrize("output", ["plan.yaml", "./plan.yaml", "../{}/plan.yaml"])
def test_the_plan_is_not_overwritten(output: str) -> None:
    output = output.format(Path.cwd().name)
    said = Said("plan.yaml", "export.json", "-o", output)
    assert (said.code, said.out) == (cli.USAGE, "")
    assert said.err == f"tagkit: -o {output} would overwrite the plan; name another file\n"
    assert Path("plan.yaml").read_bytes() == PLAN.encode()


def test_prune() -> None:
    write("old.yaml", PLAN.replace("- share", "- share\n  - phone_click"))
    Said("old.yaml", "export.json", "-o", "old.json")
    said = Said("plan.yaml", "old.json", "-o", "kept.json")
    assert "keep      tag 'TK - GA4 - phone_click'" in said.err
    assert (
        "note[TK610]: 2 tags: 'TK - GA4 - phone_click', 'TK - Meta - phone_click': made "
        in said.err
    )
    said = Said("plan.yaml", "old.json", "-o", "new.json", "--prune")
    assert "remove    tag 'TK - GA4 - phone_click'" in said.err
    assert "TK610" not in said.err


def refused(*arguments: str) -> str:
    before = {path: path.read_bytes() for path in Path().iterdir()}
    said = Said(*arguments, "-o", "merged.json")
    assert (said.code, said.out) == (cli.FINDINGS, "")
    assert {path: path.read_bytes() for path in Path().iterdir()} == before
    return said.err


@pytest.mark.parametrize(
    ("context", "word"),
    [("SERVER", "a server container"), ("AMP", "a container for AMP pages"),
     ("IOS", "a container for iOS apps")],
)  # fmt: skip
def test_not_for_pages(context: str, word: str) -> None:
    write("export.json", dump(FULL).replace('"WEB"', f'"{context}"'))
    said = refused("plan.yaml", "export.json")
    assert f"export.json:16:17: error[TK602]: this is {word}, not one for web pages" in said
    assert Said("--uninstall", "export.json", "-o", "clean.json").code == 0


def test_several_contexts() -> None:
    write("export.json", dump(FULL, None).replace('"WEB"', '"NEW", "WEB"'))
    assert Said("plan.yaml", "export.json", "-o", "merged.json").code == 0
    write("export.json", dump(FULL, None).replace('"WEB"', '"NEW"'))
    assert "this is a container for NEW, not for pages" in refused("plan.yaml", "export.json")


@pytest.mark.parametrize("way", [["plan.yaml"], ["--uninstall"], ["--uninstall", "plan.yaml"]])
@pytest.mark.parametrize(
    ("text", "message"),
    [
        (dump({**FULL["containerVersion"]}), "TK401]: this is a container version as the REST API"),
        (dump({**FULL, "containerVersion": 5}), "TK401]: 'containerVersion' is no mapping"),
        (dump({"exportFormatVersion": 2}), "TK401]: "),
        ('{"error": {"code": 404, "message": "no"}}', "TK023]: this is an error message of Goo"),
        (dump({"accountId": "1", "containerId": "2", "publicId": "GTM-A"}), "TK023]: this is an"),
        ("<!doctype html><html>", "TK023]: this is a web page"),
        (PLAN, "TK401]: this is not a GTM container export"),
        ('{"tagkit": 1}', "TK401]: this is not a GTM container export"),
        ("[]", "TK401]: this is not a GTM container export"),
        ("", "TK007]: "),
        (dump(FULL)[:-200], "TK010]: "),
        (dump(FULL).replace('"tag":', '"trigger":'), "TK012]: the key 'trigger' stands here a se"),
    ],
)  # fmt: skip
def test_no_export(way: list[str], text: str, message: str) -> None:
    write("export.json", text)
    assert f"error[{message}" in refused(*way, "export.json")


@pytest.mark.parametrize("value", ["null", "5", '"x"', "{}"])
def test_no_list(value: str) -> None:
    write("export.json", '{"containerVersion": {"accountId": "1", "folder": ' + value + "}}")
    assert "error[TK613]: 'folder' is " in refused("plan.yaml", "export.json")


def test_the_name_of_a_built_in() -> None:
    text = PLAN + "  - {id: b, trigger: page_view, parameters: {a: {variable: URL}}}\n"
    write("plan.yaml", text + 'naming: {variable: "Page {name}"}\nvariables: {URL: {cookie: a}}\n')
    said = refused("plan.yaml", "export.json")
    assert "error[TK613]: the plan has a variable 'Page URL', here a built-in variable" in said


def test_too_large() -> None:
    value = json.loads(dump(FULL))
    value["containerVersion"]["tag"].append(html("50", "Large", "x" * 9_990_000))
    write("export.json", dump(value))
    assert "error[TK609]: with the plan the container has 10.0 MB; " in refused(
        "plan.yaml", "export.json"
    )


def test_a_wrong_plan() -> None:
    assert "wrong.yaml:6:5: error[TK301]" in refused("wrong.yaml", "export.json")
    said = refused("export.json", "plan.yaml")
    assert "export.json:1:1: error[TK113]: this is a GTM container, not a plan" in said
    assert "plan.yaml:1:1: error[TK401]: this is not a GTM container export" in said
    assert said.count("hint: write the plan first, then the export") == 2
    assert "error[TK001]" in refused("none.yaml", "export.json")
    assert "error[TK001]" in refused("plan.yaml", "none.json")


@pytest.mark.parametrize(
    "arguments",
    ["", "plan.yaml -o x", "plan.yaml export.json", "a b c -o x", "--uninstall -o x",
     "--uninstall a b c -o x", "--uninstall --prune export.json -o x",
     "plan.yaml export.json -o", "plan.yaml export.json -o ."],
)  # fmt: skip
def test_called_wrongly(arguments: str) -> None:
    said = Said(*arguments.split())
    assert said.code == cli.USAGE
    assert "Traceback" not in said.err
    assert not Path("x").exists()


def test_an_empty_name() -> None:
    assert Said("plan.yaml", "export.json", "-o", "").code == cli.USAGE


def test_what_uninstalling_says() -> None:
    Said("plan.yaml", "export.json", "-o", "merged.json")
    value = json.loads(Path("merged.json").read_text("utf-8"))
    version = value["containerVersion"]
    (ours,) = [t for t in version["tag"] if t["name"] == "TK - GA4 - share"]
    version["tag"] += [
        html("60", "Second", setupTag=[{"tagName": "TK - GA4 - Google tag"}]),
        {**ours, "tagId": "61", "name": "Copy of share"},
    ]
    version["variable"].append(entity("variable", "62", "TK - Mine", type="j"))
    write("merged.json", dump(value))
    said = Said("--uninstall", "merged.json", "-o", "clean.json").err
    assert "warning[TK608]: tag 'TK - GA4 - Google tag' stays: tag 'Second' uses it" in said
    assert "warning[TK608]: variable 'TK - GA4 Measurement ID' stays: tag '" in said
    assert (
        "warning[TK608]: folder 'TK - Base' stays: tag 'TK - GA4 - Google tag' lies in it" in said
    )
    assert "note[TK611]: tag 'Copy of share' stays, with a note of tagkit's" in said
    assert "note[TK611]: variable 'TK - Mine' stays, with tagkit's prefix, but nothing uses" in said
    said = Said("--uninstall", "export.json", "-o", "clean.json").err
    assert "export.json:1:1: note[TK612]: there is nothing of tagkit's in this container" in said
    said = Said("--uninstall", "plan.yaml", "export.json", "-o", "clean.json").err
    assert "note[TK612]: there is nothing of this plan's in this container" in said
