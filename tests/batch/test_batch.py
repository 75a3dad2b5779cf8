"""Many plans in one run: what is built, what is said, what is left alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tagkit import cli
from tagkit.batch.parallel import ProcessEndedError, in_processes
from tests.batch.batches import plan, write_clients, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_clients(tmp_path / "clients", 8)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    said = CliRunner().invoke(cli.app, list(arguments))
    assert said.exit_code in (0, 1, 2), said.stderr
    return said.exit_code, said.stdout, said.stderr


def build(*arguments: str) -> tuple[int, str, str]:
    return run("build", "clients", "-o", "dist", *arguments)


def test_a_folder_is_all_plans_in_it(folder: Path) -> None:
    (folder / "clients/_base.yaml").write_text("no plan", "utf-8")
    (folder / "clients/notes.txt").write_text("no plan", "utf-8")
    (folder / "clients/package.json").write_text('{"name": "x"}', "utf-8")
    (folder / "clients/base.yaml").write_text("no plan", "utf-8")
    (folder / "clients/c00.yaml").write_text(plan(0) + "extends: base.yaml\n", "utf-8")
    code, out, err = build()
    assert (code, out) == (1, "")  # 'extends' is unknown so far
    assert err.endswith("8 clients: 7 new, 1 broken\n")


def test_each_client_is_built_as_by_itself(folder: Path) -> None:
    build()
    for number in range(8):
        run("build", f"clients/c{number:02}.yaml", "-o", f"alone/c{number:02}")
    assert written(folder / "dist") == written(folder / "alone")


def test_the_table() -> None:
    _, _, err = build()
    lines = err.splitlines()
    assert lines[0].split() == ["client", "conversions", "warnings", "size"]
    assert lines[1].split()[:3] == ["c00", "2", "0"]
    assert lines[1].endswith("kB  new")
    assert lines[-1] == "8 clients: 8 new"


def test_what_is_unchanged_is_not_touched(folder: Path) -> None:
    build()
    before = {path: path.stat().st_mtime_ns for path in (folder / "dist").rglob("*")}
    assert build()[2].endswith("8 clients: 8 unchanged\n")
    assert {path: path.stat().st_mtime_ns for path in (folder / "dist").rglob("*")} == before


@pytest.mark.parametrize("what", ["edit", "delete", "add", "stamp", "lie"])
def test_what_was_tampered_with_is_built_again(what: str, folder: Path) -> None:
    build()
    good = written(folder / "dist")
    file, mark = folder / "dist/c03/gtm-container.json", folder / "dist/.tagkit/c03.json"
    match what:
        case "edit":
            file.write_text("{}", "utf-8")
        case "delete":
            file.unlink()
        case "add":
            (folder / "clients/c03.yaml").write_text(plan(3) + "# more\n", "utf-8")
        case "stamp":
            mark.write_text('{"key": [', "utf-8")
        case "lie":
            mark.write_text(json.dumps(json.loads(mark.read_text()) | {"read": 1}), "utf-8")
    assert build()[0] == 0
    assert written(folder / "dist") == good


def test_a_changed_plan_changes_its_client_only(folder: Path) -> None:
    build()
    (folder / "clients/c03.yaml").write_text(plan(3).replace("share", "sign_up"), "utf-8")
    assert build()[2].endswith("8 clients: 1 changed, 7 unchanged\n")
    assert not (folder / "dist/c03/meta-pixel/share.html").exists()


def test_findings_are_said_again_when_nothing_changed(folder: Path) -> None:
    text = plan(3).replace("add_to_cart", "payment_declined")
    (folder / "clients/c03.yaml").write_text(text, "utf-8")
    for form in ("text", "json", "github", "sarif", "junit"):
        first = (
            build("--format", form)[2].replace(" new", " unchanged").replace('"new"', '"unchanged"')
        )
        assert "TK215" in first
        assert build("--format", form)[2].split() == first.split() or form == "text"
    assert build("--strict")[0] == 1


def test_one_broken_client_does_not_stop_the_rest(folder: Path) -> None:
    (folder / "clients/c00.yaml").write_text("tagkit: [", "utf-8")
    (folder / "clients/c05.yaml").write_text(plan(5).replace("share", "shar"), "utf-8")
    code, _, err = build()
    assert (code, err.splitlines()[-1]) == (1, "8 clients: 6 new, 2 broken")
    assert err.index("c00.yaml:1") < err.index("c05.yaml:5")


def test_check_writes_nothing_and_says_what_differs(folder: Path) -> None:
    code, out, _ = build("--check")
    assert (code, (folder / "dist").exists()) == (1, False)
    assert out.splitlines()[0] == "create    dist/c00/gtm-container.json"
    build()
    assert build("--check")[:2] == (0, "")
    file = folder / "dist/c03/meta-pixel/base.html"
    file.write_text("mine", "utf-8")
    assert build("--check")[:2] == (1, "update    dist/c03/meta-pixel/base.html\n")
    assert file.read_text("utf-8") == "mine"


def test_check_of_one_plan() -> None:
    assert run("build", "clients/c00.yaml", "-o", "one", "--check")[0] == 1
    run("build", "clients/c00.yaml", "-o", "one")
    assert run("build", "clients/c00.yaml", "-o", "one", "--check")[:2] == (0, "")


def test_shared_ids_are_said_at_the_second(folder: Path) -> None:
    (folder / "clients/c05.yaml").write_text(plan(3), "utf-8")
    _, out, _ = run("validate", "clients")
    assert "clients/c05.yaml:3:36: warning[TK321]: 'c03' sends to the measurement ID" in out
    assert "= see clients/c03.yaml:3:36: the first one" in out
    assert "clients/c05.yaml:4:24: warning[TK322]: 'c03' sends to the pixel" in out
    assert run("validate", "clients", "--ignore", "TK32")[1] == "8 files checked, nothing found\n"
    said = [build("--format", form)[2] for form in ("json", "github", "sarif", "junit")]
    assert all("TK321" in text for text in said)


def test_shared_ids_may_be_ignored_in_the_plan(folder: Path) -> None:
    ignores = "checks: {ignore: {TK321: one property, TK322: one pixel}}\n"
    (folder / "clients/c05.yaml").write_text(plan(3) + ignores, "utf-8")
    assert run("validate", "clients")[1] == "8 files checked, nothing found\n"
    assert run("validate", "clients/c05.yaml")[1] == "1 file checked, nothing found\n"


@pytest.mark.parametrize("name", ["C03.yaml", "c03.yml", "CON.yaml", "x..yaml", "...yaml"])
def test_names_that_cannot_be_folders(name: str, folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more" / name).write_text(plan(50), "utf-8")
    code, _, err = run("build", "clients", f"more/{name}", "-o", "dist")
    assert (code, (folder / "dist").exists()) == (1, False)
    assert f"more/{name}: error[TK32" in err


def test_a_folder_without_plans(folder: Path) -> None:
    (folder / "none").mkdir()
    code, _, err = run("build", "none", "-o", "dist")
    assert (code, err.splitlines()[0]) == (
        1,
        "none: error[TK002]: there is no plan in this folder",
    )


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    (folder / "dist").mkdir()
    (folder / "dist/c03").write_text("a file", "utf-8")
    code, _, err = build()
    assert (code, err.count("tagkit: cannot write dist/c03")) == (2, 1)
    assert "8 clients: 7 new, 1 broken" in err


def test_named_twice_is_built_once() -> None:
    assert run("build", "clients", "clients/c00.yaml", "-o", "dist")[2].endswith(
        "8 clients: 8 new\n"
    )


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("moment", [0.15, 0.3, 0.5, 0.8])
def test_a_killed_run_leaves_whole_files(moment: float, folder: Path) -> None:
    write_clients(folder / "clients", 60)
    build()
    old = written(folder / "dist")
    for path in (folder / "clients").iterdir():
        path.write_text(path.read_text("utf-8").replace("share", "sign_up"), "utf-8")
    build_it = [sys.executable, "-m", "tagkit", "build", "clients", "-o"]
    subprocess.run([*build_it, "new"], check=True, capture_output=True)
    new = written(folder / "new")
    process = subprocess.Popen([*build_it, "dist"], start_new_session=True, stderr=-3)
    time.sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    for _ in range(100):  # the processes of the pool end by themselves
        if not alive(process.pid):
            break
        time.sleep(0.05)
    else:
        pytest.fail("a process outlives the run")
    now = {n: text for n, text in written(folder / "dist").items() if ".tagkit-tmp" not in n}
    assert [n for n, text in now.items() if text not in (old.get(n), new.get(n))] == []
    assert build()[0] == 0
    assert written(folder / "dist") == new


def double(number: int) -> int:
    return 2 * number


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 100, 1000])
def test_results_come_in_order(count: int) -> None:
    assert list(in_processes(double, iter(range(count)), 2)) == [2 * n for n in range(count)]


def test_validate_refuses_the_folders_that_build_refuses(folder: Path) -> None:
    (folder / "clients/C03.yml").write_text(plan(50), "utf-8")
    (folder / "clients/CON.yaml").write_text(plan(51), "utf-8")
    code, out, _ = run("validate", "clients")
    assert (code, out.count("error[TK324]"), out.count("error[TK323]")) == (1, 1, 1)
    said = out.split("\n\n")
    assert set(said[0].splitlines()) <= set(build()[2].splitlines())


def test_an_export_beside_its_plan_needs_no_folder(folder: Path) -> None:
    run("build", "clients/c00.yaml", "-o", "one")
    export = (folder / "one/gtm-container.json").read_text("utf-8")
    (folder / "clients/c00.json").write_text(export, "utf-8")
    assert run("validate", "clients")[1] == "9 files checked, nothing found\n"


def test_plans_of_one_name_may_be_checked_at_once(folder: Path) -> None:
    (folder / "more").mkdir()
    (folder / "more/c00.yaml").write_text(plan(50), "utf-8")
    files = ["clients/c00.yaml", "more/c00.yaml"]  # as pre-commit names them
    assert run("validate", *files)[1] == "2 files checked, nothing found\n"


def test_two_runs_at_once(folder: Path) -> None:
    write_clients(folder / "clients", 30)
    build()
    good = written(folder / "dist")
    for path in (folder / "dist").rglob("*.json"):
        path.unlink()
    command = [sys.executable, "-m", "tagkit", "build", "clients", "-o", "dist"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    ended = sorted((process.wait(60), process.communicate()[1]) for process in both)
    assert [code for code, _ in ended] in ([0, 0], [0, 2])
    refused = "tagkit: another tagkit is building into dist\n"
    assert all(said == refused for code, said in ended if code)
    assert written(folder / "dist") == good


def test_a_run_waits_for_no_other(folder: Path) -> None:
    build()
    hold = "import sys; from pathlib import Path; from tagkit.batch.lock import locked\n"
    hold += "with locked(Path('dist/.tagkit/lock'), 'dist'): print(flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout
        other.stdout.readline()
        (folder / "dist/c03/gtm-container.json").unlink()
        assert build()[::2] == (2, "tagkit: another tagkit is building into dist\n")
        assert build("--check")[0] == 1
        other.kill()
    assert build()[0] == 0


def test_a_lock_that_cannot_be_written(folder: Path) -> None:
    (folder / "dist/.tagkit/lock").mkdir(parents=True)
    assert build()[::2] == (2, "tagkit: cannot write dist/.tagkit/lock: is a directory\n")


def killed_at(number: int, victim: int) -> int:
    if number == victim:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_process_that_the_system_ends() -> None:
    results = in_processes(partial(killed_at, victim=40), range(100), 2)
    done: list[int] = []
    with pytest.raises(ProcessEndedError):
        done.extend(results)
    assert done == list(range(len(done)))


@pytest.mark.parametrize("arguments", [["build", "-o", "dist"], ["validate"]])
def test_a_run_whose_process_is_ended_says_what_is_done(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(work: Any, clients: Any) -> Any:
        yield from map(work, list(clients)[:3])
        raise ProcessEndedError

    monkeypatch.setattr("tagkit.batch.run.in_processes", ended)
    result = CliRunner().invoke(cli.app, [*arguments, "clients"])
    last = result.stderr.splitlines()[-1]
    said = "tagkit: a process was ended by the system (out of memory?), 3 of 8 were done until then"
    stays = "; run it again: what was built stays" if arguments[0] == "build" else ""
    assert (result.exit_code, last) == (3, said + stays)
    assert "bug" not in result.stderr
    assert ("3 clients: 3 new\n" in result.stderr) == bool(stays)


def test_shared_ids_are_counted_as_warnings(folder: Path) -> None:
    (folder / "clients/c05.yaml").write_text(plan(3), "utf-8")

    def counts(*arguments: str) -> list[str]:
        return [line.split()[2] for line in build(*arguments)[2].splitlines()[-9:-1]]

    assert counts() == ["0"] * 5 + ["2"] + ["0"] * 2
    assert counts() == ["0"] * 5 + ["2"] + ["0"] * 2
    assert counts("--ignore", "TK321") == ["0"] * 5 + ["1"] + ["0"] * 2


def test_of_many_clients_only_what_is_to_be_seen_is_listed(folder: Path) -> None:
    write_clients(folder / "clients", 50)
    assert len(build()[2].splitlines()) == 52
    assert build()[2] == "50 clients: 50 unchanged (50 unchanged without warnings not listed)\n"
    (folder / "clients/c04.yaml").write_text("tagkit: [", "utf-8")
    (folder / "clients/c05.yaml").write_text(plan(3), "utf-8")
    (folder / "clients/c06.yaml").write_text(plan(6).replace("share", "sign_up"), "utf-8")
    for _ in range(2):
        lines = build()[2].splitlines()
    assert [line.split()[0] for line in lines[-4:]] == ["client", "c04", "c05", "50"]
    assert lines[-1].endswith("49 unchanged, 1 broken (48 unchanged without warnings not listed)")


def test_json_has_the_clients(folder: Path) -> None:
    (folder / "clients/c01.yaml").write_text("tagkit: [", "utf-8")
    (folder / "clients/c05.yaml").write_text(plan(3), "utf-8")
    for state in ("new", "unchanged"):
        said = json.loads(build("--format", "json")[2])
        assert list(said) == ["version", "clients", "diagnostics"]
        first, second = said["clients"][:2]
        sizes = [file.stat().st_size for file in (folder / "dist/c00").rglob("*.*")]
        assert first == {
            "name": "c00", "state": state, "conversions": 2, "warnings": 0, "size": sum(sizes),
        }  # fmt: skip
        assert (second["state"], second["size"]) == ("broken", None)
        assert [client["warnings"] for client in said["clients"]] == [0, 0, 0, 0, 0, 2, 0, 0]
