"""Every command and option: what is printed where, and the exit code."""

from __future__ import annotations

import errno
import json
import os
import pty
import runpy
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import typer
from typer.testing import CliRunner

from tagkit import __version__, cli, pipeline, starter
from tagkit.catalog import Catalog

GOOD = """\
tagkit: 1
business: {name: Tea House, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
micro_conversions: [share, add_to_cart]
"""
OTHER = GOOD.replace("G-1A2B3C4D5E", "G-OTHER12345").replace("1234567890123456", "6543210987654321")
WARNED = GOOD.replace("add_to_cart", "payment_declined")
WRONG = GOOD.replace("share", "shar")
FILES = [
    "gtm-container.json", "meta-pixel/base.html", "meta-pixel/share.html",
    "meta-pixel/add_to_cart.html", "meta-pixel/events.js", "meta-pixel/manifest.json",
]  # fmt: skip


class Said:
    """What a run printed."""

    def __init__(self, result: Any) -> None:
        self.out, self.err, self.code = result.stdout, result.stderr, result.exit_code


def run(*arguments: str, **options: Any) -> Said:
    return Said(CliRunner().invoke(cli.app, list(arguments), **options))


def process(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tagkit", *arguments]
    options = {"capture_output": True, "text": True, "timeout": 60, **options}
    return subprocess.run(command, check=False, **options)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    for name, text in {"plan.yaml": GOOD, "warned.yaml": WARNED, "wrong.yaml": WRONG}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def written(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


# --- in general


@pytest.mark.parametrize(
    "command", ["", "init", "validate", "build", "diff", "merge", "preview", "catalog", "schema"]
)
def test_help(command: str) -> None:
    said = run(*command.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Usage: tagkit")


def test_every_command_is_in_the_help() -> None:
    names = {command.callback.__name__ for command in cli.app.registered_commands}
    assert names == {
        "adopt", "build", "catalog", "diff", "doctor", "explain", "init", "merge", "preview", "schema",
        "test", "validate",
    }  # fmt: skip
    assert all(f"\n  {name}" in run("--help").out for name in names)


def test_version() -> None:
    assert run("--version").out == f"tagkit {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        "", "brew", "--brew", "build", "build plan.yaml", "build plan.yaml -o", "validate",
        "build plan.yaml -o dist --only tea", "validate plan.yaml --format xml", "schema",
        "schema tea", "catalog --language de", "catalog a b", "init --platform tea",
        "init --language de", "diff", "diff plan.yaml", "diff plan.yaml plan.yaml --format github",
        "diff plan.yaml wrong.yaml", "diff plan.yaml none.json", "build plan.yaml -o -", "build plan.yaml plan.yaml -o - --only gtm",
    ],
)  # fmt: skip
def test_called_wrongly(arguments: str, folder: Path) -> None:
    before = written(folder)
    said = run(*arguments.split())
    assert said.code == cli.USAGE
    assert "Traceback" not in said.out + said.err
    assert written(folder) == before


# --- validate


def test_validate_says_that_nothing_is_found() -> None:
    said = run("validate", "plan.yaml")
    assert (said.code, said.out, said.err) == (0, "1 file checked, nothing found\n", "")


def test_validate_several() -> None:
    Path("plan.yaml").write_text(OTHER, "utf-8")
    said = run("validate", "plan.yaml", "wrong.yaml", "warned.yaml")
    assert (said.code, said.err) == (cli.FINDINGS, "")
    assert said.out.splitlines()[0] == (
        "wrong.yaml:5:21: error[TK301]: no conversion 'shar' in the catalog"
    )
    assert said.out.endswith("1 error, 1 warning in 2 files\n")


def test_validate_two_good_ones() -> None:
    (Path("other.yaml")).write_text(OTHER, "utf-8")
    assert run("validate", "plan.yaml", "other.yaml").out == "2 files checked, nothing found\n"


@pytest.mark.parametrize(("flags", "code"), [([], 0), (["--strict"], cli.FINDINGS)])
def test_strict(flags: list[str], code: int) -> None:
    assert run("validate", "warned.yaml", *flags).code == code


def test_notes_are_not_strict() -> None:
    plan = GOOD.replace("[share", '[{use: share, parameters: {a: {gtm: "{{A}}"}}}')
    Path("noted.yaml").write_text(plan, "utf-8")
    said = run("validate", "noted.yaml", "--strict")
    assert (said.code, "note[TK216]" in said.out) == (0, True)


def test_validate_a_container() -> None:
    run("build", "plan.yaml", "-o", "dist")
    assert run("validate", "dist/gtm-container.json").out == "1 file checked, nothing found\n"


def test_the_content_tells_a_container_from_a_plan(folder: Path) -> None:
    run("build", "plan.yaml", "-o", "dist")
    container = (folder / "dist" / "gtm-container.json").read_text("utf-8")
    Path("renamed.yaml").write_text(container, "utf-8")
    Path("broken.txt").write_text(container.replace('"gaawe"', '"gaawf"'), "utf-8")
    assert run("validate", "renamed.yaml").code == 0
    assert "TK4" in run("validate", "broken.txt").out


SPAN = {"type": ["object", "null"], "required": ["line", "column", "end_line", "end_column"]}
FROZEN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["version", "diagnostics"],
    "properties": {
        "version": {"const": 1},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    "code", "name", "severity", "file", "span", "path", "message", "hint",
                ],
                "properties": {
                    "code": {"pattern": "^TK[0-9]{3}$"},
                    "name": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
                    "severity": {"enum": ["error", "warning", "note"]},
                    "file": {"type": "string"},
                    "span": SPAN | {
                        "additionalProperties": False,
                        "properties": {key: {"type": "integer", "minimum": 1}
                                       for key in SPAN["required"]},
                    },
                    "path": {"type": "array", "items": {"type": ["string", "integer"]}},
                    "message": {"type": "string"},
                    "hint": {"type": ["string", "null"]},
                },
            },
        },
    },
}  # fmt: skip


@pytest.mark.parametrize("name", ["plan.yaml", "wrong.yaml", "warned.yaml", "missing.yaml"])
def test_json(name: str) -> None:
    said = run("validate", name, "--format", "json")
    assert said.err == ""
    jsonschema.validate(json.loads(said.out), FROZEN)


def test_json_says_what_the_text_says() -> None:
    (one,) = json.loads(run("validate", "wrong.yaml", "--format", "json").out)["diagnostics"]
    assert one == {
        "code": "TK301",
        "name": "unknown-conversion",
        "severity": "error",
        "file": "wrong.yaml",
        "span": {"line": 5, "column": 21, "end_line": 5, "end_column": 25},
        "path": ["micro_conversions", 0],
        "message": "no conversion 'shar' in the catalog",
        "hint": "did you mean 'share'? 'tagkit catalog' lists them; one of your own is written as "
        "a mapping with an id and a trigger",
    }


def test_nothing_is_built_of_a_container() -> None:
    run("build", "plan.yaml", "-o", "dist")
    said = run("build", "dist/gtm-container.json", "-o", "again")
    assert said.code == cli.FINDINGS
    assert "error[TK113]: this is a GTM container, not a plan" in said.err


def test_paths_are_shown_relative(folder: Path) -> None:
    said = run("validate", str(folder / "wrong.yaml"))
    assert said.out.startswith("wrong.yaml:5:21:")


def test_a_path_on_another_drive(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def refuse(*_: object) -> str:
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert run("validate", str(folder / "wrong.yaml")).out.startswith(f"{folder}/wrong.yaml:5")


# --- build


def test_build(folder: Path) -> None:
    said = run("build", "plan.yaml", "-o", "dist")
    assert (said.code, said.out) == (0, "")
    assert said.err == "".join(f"create    dist/{name}\n" for name in FILES)
    assert sorted(written(folder / "dist")) == sorted(FILES)


def test_build_again_changes_nothing() -> None:
    run("build", "plan.yaml", "-o", "dist")
    said = run("build", "plan.yaml", "-o", "dist")
    assert said.err == "".join(f"unchanged dist/{name}\n" for name in FILES)


@pytest.mark.parametrize(
    ("only", "files"), [("gtm", FILES[:1]), ("pixel", FILES[1:])], ids=["gtm", "pixel"]
)
def test_only(only: str, files: list[str], folder: Path) -> None:
    assert run("build", "plan.yaml", "-o", "dist", "--only", only).code == 0
    assert sorted(written(folder / "dist")) == sorted(files)


@pytest.mark.parametrize(("only", "file"), [("gtm", FILES[0]), ("pixel", FILES[4])])
def test_standard_output(only: str, file: str, folder: Path) -> None:
    run("build", "plan.yaml", "-o", "dist")
    before = written(folder)
    said = process("build", "plan.yaml", "-o", "-", "--only", only)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.encode() == before[f"dist/{file}"]
    assert written(folder) == before


def test_findings_do_not_stand_in_the_artefact() -> None:
    said = run("build", "warned.yaml", "-o", "-", "--only", "gtm")
    assert json.loads(said.out)["exportFormatVersion"] == 2
    assert said.err.startswith("warned.yaml:5:28: warning[TK215]")


@pytest.mark.parametrize("output", ["-", "dist"])
def test_snippets_of_a_plan_without_a_pixel(output: str, folder: Path) -> None:
    Path("ga4.yaml").write_text(GOOD.replace("meta_pixel:", "# meta_pixel:"), "utf-8")
    said = run("build", "ga4.yaml", "-o", output, "--only", "pixel")
    assert (said.code, said.out) == (0, "")
    assert (
        said.err == "ga4.yaml has no meta_pixel with its ID written out, so there are no snippets\n"
    )
    assert not (folder / "dist").exists()


def test_dry_run(folder: Path) -> None:
    said = run("build", "plan.yaml", "-o", "dist", "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert said.out == "".join(f"create    dist/{name}\n" for name in FILES)
    assert not (folder / "dist").exists()


def test_dry_run_says_what_would_change(folder: Path) -> None:
    run("build", "plan.yaml", "-o", "dist")
    Path("plan.yaml").write_text(GOOD.replace("share, ", "sign_up, "), "utf-8")
    before = written(folder)
    said = run("build", "plan.yaml", "-o", "dist", "--dry-run").out.splitlines()
    assert written(folder) == before
    assert said == [
        "update    dist/gtm-container.json",
        "unchanged dist/meta-pixel/base.html",
        "create    dist/meta-pixel/sign_up.html",
        "unchanged dist/meta-pixel/add_to_cart.html",
        "update    dist/meta-pixel/events.js",
        "update    dist/meta-pixel/manifest.json",
        "remove    dist/meta-pixel/share.html",
    ]
    run("build", "plan.yaml", "-o", "dist")
    assert not (folder / "dist/meta-pixel/share.html").exists()
    assert (folder / "dist/meta-pixel/sign_up.html").exists()


def test_foreign_files_stay(folder: Path) -> None:
    run("build", "plan.yaml", "-o", "dist")
    for name in ("mine.html", "meta-pixel/mine.html", "meta-pixel/notes.txt"):
        (folder / "dist" / name).write_text("mine", "utf-8")
    Path("plan.yaml").write_text(GOOD.replace("share, ", ""), "utf-8")
    run("build", "plan.yaml", "-o", "dist")
    left = set(written(folder / "dist"))
    assert {"mine.html", "meta-pixel/mine.html", "meta-pixel/notes.txt"} < left
    assert "meta-pixel/share.html" not in left


def test_a_plan_that_drops_the_pixel_leaves_no_snippet(folder: Path) -> None:
    run("build", "plan.yaml", "-o", "dist")
    Path("plan.yaml").write_text(GOOD.replace("meta_pixel:", "# meta_pixel:"), "utf-8")
    run("build", "plan.yaml", "-o", "dist")
    assert list(written(folder / "dist")) == ["gtm-container.json"]


def test_only_gtm_leaves_the_snippets(folder: Path) -> None:
    run("build", "plan.yaml", "-o", "dist")
    Path("plan.yaml").write_text(GOOD.replace("share, ", ""), "utf-8")
    run("build", "plan.yaml", "-o", "dist", "--only", "gtm")
    assert (folder / "dist/meta-pixel/share.html").exists()


@pytest.mark.parametrize("manifest", ["", "{}", "[]", '{"conversions": [{"file": "../x"}]}', "\0"])
def test_a_manifest_that_is_not_ours_removes_nothing(manifest: str, folder: Path) -> None:
    (folder / "dist/meta-pixel").mkdir(parents=True)
    (folder / "dist/x").write_text("mine", "utf-8")
    (folder / "dist/meta-pixel/manifest.json").write_text(manifest, "utf-8")
    said = run("build", "plan.yaml", "-o", "dist")
    assert said.code == 0
    assert "remove" not in said.err
    assert (folder / "dist/x").read_text("utf-8") == "mine"


def test_an_error_writes_nothing(folder: Path) -> None:
    before = written(folder)
    said = run("build", "wrong.yaml", "-o", "dist")
    assert (said.code, said.out) == (cli.FINDINGS, "")
    assert "error[TK301]" in said.err
    assert written(folder) == before


@pytest.mark.parametrize("strict", [True, False])
def test_a_warning_writes_unless_strict(strict: bool, folder: Path) -> None:
    said = run("build", "warned.yaml", "-o", "dist", *(["--strict"] if strict else []))
    assert said.code == (cli.FINDINGS if strict else 0)
    assert "warning[TK215]" in said.err
    assert (folder / "dist").exists() != strict


def test_several_plans_have_a_folder_each(folder: Path) -> None:
    Path("other.yaml").write_text(GOOD, "utf-8")
    assert run("build", "plan.yaml", "other.yaml", "-o", "dist").code == 0
    made = written(folder / "dist")
    assert {name.split("/")[0] for name in made} == {".tagkit", "plan", "other"}
    other = made["other/meta-pixel/share.html"]
    assert other == made["plan/meta-pixel/share.html"]


def test_a_broken_plan_does_not_stop_the_others(folder: Path) -> None:
    said = run("build", "wrong.yaml", "plan.yaml", "missing.yaml", "-o", "dist")
    assert said.code == cli.FINDINGS
    assert {name.split("/")[0] for name in written(folder / "dist")} == {".tagkit", "plan"}
    assert "missing.yaml: error[TK001]" in said.err
    assert "2 errors in 2 files\n" in said.err
    assert said.err.endswith("3 clients: 1 new, 2 broken\n")


def test_two_plans_of_one_name(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "plan.yml").write_text(GOOD, "utf-8")
    said = run("build", "plan.yaml", "sub/plan.yml", "-o", "dist")
    assert said.code == cli.FINDINGS
    assert said.err.startswith("sub/plan.yml: error[TK324]: ")
    assert not (folder / "dist").exists()


# --- catalog, schema


def test_catalog() -> None:
    said = run("catalog")
    assert (said.code, said.err) == (0, "")
    assert [i for i in Catalog().ids if f"\n  {i} " not in said.out] == []


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("entry", Catalog().ids)
def test_catalog_entry(entry: str, language: str) -> None:
    said = run("catalog", entry, "--language", language)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{entry} · {Catalog().entry(entry)['name'][language]}\n")
    assert max(len(line) for line in said.out.splitlines() if '"' not in line) <= 88
    visitor = Catalog().entry(entry)["visitor"]
    assert f":\n  {visitor['name'][language]}\n  open: {visitor['open']}\n" in said.out


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("add_to_kart", "; did you mean 'add_to_cart'?"),
        ("addToCart", "; did you mean 'add_to_cart'?"),
        ("download", "; did you mean 'file_download'?"),
        ("quantum", ""),
    ],
)
def test_catalog_unknown(said: str, answer: str) -> None:
    result = run("catalog", said)
    assert (result.code, result.out) == (cli.USAGE, "")
    assert result.err == f"tagkit: no conversion '{said}' in the catalog{answer}\n"


@pytest.mark.parametrize("name", ["plan", "catalog-entry", "gtm-container", "snippet-manifest"])
def test_schema(name: str) -> None:
    said = run("schema", name)
    assert (said.code, said.err) == (0, "")
    schema = json.loads(said.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert "schema.json#" not in said.out


# --- init


def test_init(folder: Path) -> None:
    (folder / "plan.yaml").unlink()
    said = run("init")
    assert (said.code, said.out) == (0, "")
    assert said.err == "wrote plan.yaml; next: tagkit build plan.yaml -o dist\n"
    assert run("validate", "plan.yaml").code == 0


def test_init_writes_a_plan_that_builds(folder: Path) -> None:
    for number, flags in enumerate(
        (
            [],
            ["--language", "pl"],
            ["--name", 'A: "b" #c {{d}} ż', "--url", "https://x.example/ö?{{a}}"],
            ["--platform", "shopify", "--currency", "EUR", "--measurement-id", "G-ABCDEF1234"],
            ["--pixel-id", "1234567890123456", "--language", "pl"],
        )
    ):
        name = f"new{number}.yaml"
        assert run("init", name, *flags).code == 0
        said = run("build", name, "-o", f"dist{number}")
        assert said.code == 0, said.err
        assert ("TK209" in said.err) == (number < 3)
        assert (folder / f"dist{number}" / "gtm-container.json").exists()


def test_init_keeps_what_is_there() -> None:
    said = run("init", "plan.yaml")
    assert (said.code, Path("plan.yaml").read_text("utf-8")) == (cli.USAGE, GOOD)
    assert said.err == "tagkit: plan.yaml exists already; --force overwrites it\n"
    assert run("init", "plan.yaml", "--force", "--name", "Mine").code == 0
    assert 'name: "Mine"' in Path("plan.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--measurement-id", "UA-1-1", "UA- (Universal Analytics) no longer works"),
        ("--pixel-id", "abc", "expected digits"),
        ("--currency", "zł", "three capital letters"),
        ("--url", "shop.example", "write it with https://"),
        ("--name", "a\x7fb", "control character"),
    ],
)
def test_init_refuses(option: str, value: str, word: str, folder: Path) -> None:
    said = run("init", "new.yaml", option, value)
    assert (said.code, said.out) == (cli.USAGE, "")
    assert said.err.startswith("tagkit: ")
    assert word in said.err
    assert said.err.startswith(f"tagkit: {option}: ") or option == "--name"
    assert not (folder / "new.yaml").exists()


def test_init_where_it_cannot(folder: Path) -> None:
    said = run("init", "plan.yaml/new.yaml")
    assert said.code == cli.USAGE
    assert said.err == "tagkit: cannot write plan.yaml/new.yaml: not a directory\n"
    assert run("init", str(folder), "--force").code == cli.USAGE


def on_a_terminal(answers: list[str], *arguments: str) -> tuple[int, str]:
    """Run on a pseudo terminal; type an answer whenever a question stands there."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover # another process
        os.execv(sys.executable, [sys.executable, "-m", "tagkit", *arguments])  # noqa: S606
    said, end = b"", time.monotonic() + 30
    waiting = list(answers)
    while time.monotonic() < end:
        try:
            chunk = os.read(terminal, 4096)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
        if waiting and said.endswith(b"]: "):
            os.write(terminal, waiting.pop(0).encode() + b"\n")
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), said.decode()


def test_init_asks_on_a_terminal(folder: Path) -> None:
    answers = ["Herbaciarnia", "https://herbata.example", "EUR", "pl", "G-ABCDEF1234", ""]
    code, said = on_a_terminal(answers, "init", "new.yaml", "--platform", "magento")
    assert (code, said.count("]: ")) == (0, len(answers))
    plan = (folder / "new.yaml").read_text("utf-8")
    for word in ('"Herbaciarnia"', "magento", '"EUR"', "language: pl", '"G-ABCDEF1234"'):
        assert word in plan


# --- what goes wrong around us


def test_our_own_failure_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def fail(*_: object) -> None:
        message = "kettle empty"
        raise RuntimeError(message)

    monkeypatch.setattr(pipeline, "validate_files", fail)
    monkeypatch.setattr(sys, "argv", ["tagkit", "validate", "plan.yaml"])
    for debug in ("", "1"):
        monkeypatch.setenv("TAGKIT_DEBUG", debug)
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert stopped.value.code == cli.FAILURE
        said = capsys.readouterr()
        assert said.out == ""
        assert "tagkit failed; this is a bug: RuntimeError: kettle empty (test_commands.py:" in (
            said.err
        )
        assert ("Traceback" in said.err) == bool(debug)
        assert f"tagkit {__version__}, Python 3" in said.err


def test_a_broken_output_of_ours_is_not_written(
    monkeypatch: pytest.MonkeyPatch, folder: Path, capsys: Any
) -> None:
    from tagkit.gtm import emit

    monkeypatch.setattr(emit, "emit_gtm", lambda *_, **__: {"exportFormatVersion": 3})
    monkeypatch.setattr(sys, "argv", ["tagkit", "build", "plan.yaml", "-o", "dist"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == cli.FAILURE
    assert "BrokenOutputError: " in capsys.readouterr().err
    assert not (folder / "dist").exists()


@pytest.mark.parametrize(
    "arguments",
    ["schema gtm-container", "catalog", "build plan.yaml -o - --only gtm", "validate many.yaml"],
)
def test_a_broken_pipe_is_silent(arguments: str, folder: Path) -> None:
    lines = "".join(f"  - unknown_{number}\n" for number in range(3000))
    text = GOOD.replace("micro_conversions: [share, add_to_cart]\n", "micro_conversions:\n")
    (folder / "many.yaml").write_text(text + lines, "utf-8")
    read, write = os.pipe()
    os.close(read)
    said = process(*arguments.split(), stdout=write, capture_output=False, stderr=subprocess.PIPE)
    os.close(write)
    assert said.stderr == ""
    assert said.returncode in (0, 1)


def test_standard_output_on_a_full_disk() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    for arguments in ("schema plan", "validate wrong.yaml", "build plan.yaml -o - --only gtm"):
        with Path("/dev/full").open("w") as full:
            said = process(*arguments.split(), stdout=full, capture_output=False,
                           stderr=subprocess.PIPE)  # fmt: skip
        assert said.returncode == cli.USAGE
        assert said.stderr == ("tagkit: cannot write to standard output: no space left on device\n")


def test_a_full_disk_is_no_bug_of_ours(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    turned_away: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "dup2", lambda *numbers: turned_away.append(numbers))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(fileno=lambda: 1))
    monkeypatch.setattr(cli, "app", full)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == cli.USAGE
    assert turned_away[0][1] == 1
    said = "tagkit: cannot write to standard output: no space left on device\n"
    assert capsys.readouterr().err == said


def test_an_output_folder_that_is_a_file(folder: Path) -> None:
    for flags in ([], ["--dry-run"]):
        said = run("build", "plan.yaml", "-o", "warned.yaml", *flags)
        assert (said.code, said.out) == (cli.USAGE, "")
        assert said.err == (
            "tagkit: cannot write warned.yaml/gtm-container.json: not a directory\n"
        )
    assert (folder / "warned.yaml").read_text("utf-8") == WARNED


def test_a_plan_of_six_megabytes(folder: Path) -> None:
    (folder / "large.yaml").write_text("# tea\n" * 1_000_000, "utf-8")
    said = run("validate", "large.yaml")
    assert (said.code, "error[TK004]: a plan has at most 5 MB" in said.out) == (1, True)


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(sys, "argv", ["tagkit", "--version"])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("tagkit", run_name="__main__")
    assert (stopped.value.code, capsys.readouterr().out) == (0, f"tagkit {__version__}\n")


def test_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is not known is asked; an empty answer is none."""
    asked = []

    def prompt(question: str, *, default: str, err: bool) -> str:
        assert err
        asked.append(question)
        return default and f" {default} "

    monkeypatch.setattr(typer, "prompt", prompt)
    said = starter.ask(starter.Answers(name="Mine", currency="EUR"))
    assert len(asked) == 5
    assert (said.name, said.currency, said.platform, said.pixel_id) == (
        "Mine", "EUR", "generic", None,
    )  # fmt: skip
    _, problem = starter.starter(starter.Answers(language="de"))
    assert problem == "there is no language 'de'; it is en or pl"


def test_control_c(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "validate_files", interrupted)
    monkeypatch.setattr(sys, "argv", ["tagkit", "validate", "plan.yaml"])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    said = capsys.readouterr()
    assert stopped.value.code == 130
    assert "Traceback" not in said.err


def test_init_refuses_what_was_answered(folder: Path) -> None:
    answers = ["", "", "", "", "de", "", ""]
    code, said = on_a_terminal(answers, "init", "new.yaml")
    assert code == cli.USAGE
    assert "tagkit: there is no language 'de'; it is en or pl" in said
    assert not (folder / "new.yaml").exists()


def test_colour_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in process("validate", "wrong.yaml").stdout
    code, said = on_a_terminal([], "validate", "wrong.yaml")
    assert (code, "\x1b[1;31merror" in said) == (cli.FINDINGS, True)


def test_no_colour_when_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_a_terminal([], "validate", "wrong.yaml")[1]


def test_an_output_without_a_name(folder: Path) -> None:
    before = written(folder)
    said = run("build", "plan.yaml", "-o", " ")
    assert (said.code, said.out, written(folder)) == (cli.USAGE, "", before)
