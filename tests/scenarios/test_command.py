"""What ``tagkit test`` and ``validate`` say before, or without, a browser."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit.cli import app
from tagkit.scenarios import browser
from tagkit.scenarios.browser import NoBrowserError, choose
from tests.scenarios.running import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = f"{HEAD}micro_conversions: [view_item, add_to_cart]\n"
ONE = "tests:\n  - {name: One, open: shop:/, expect: {fires: []}}\n"
WRONG = "tests:\n  - {name: Two, open: shop:/, expect: {fires: [add_to_kart]}}\n"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def write(**files: str) -> None:
    for name, text in files.items():
        Path(name.replace("__", ".") + ".yaml").write_text(text, "utf-8")


def said(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


# --- files beside the plan --------------------------------------------------------------------


def test_a_file_beside_the_plan_is_checked_with_it() -> None:
    write(plan=PLAN, plan__tests=WRONG)
    code, out = said("validate", "plan.yaml")
    assert code == 1
    assert "plan.tests.yaml:2:48: error[TK501]: no conversion 'add_to_kart' in the plan" in out
    assert "1 error in plan.tests.yaml" in out


def test_a_file_of_scenarios_by_itself_is_held_against_its_plan() -> None:
    write(plan=PLAN, plan__tests=WRONG)
    assert "error[TK501]" in said("validate", "plan.tests.yaml")[1]
    write(plan="tagkit: 1")
    assert said("validate", "plan.tests.yaml")[0] == 0
    Path("plan.yaml").unlink()
    assert said("validate", "plan.tests.yaml") == (0, "1 file checked, nothing found\n")
    write(plan__tests="tests: [{name: A}]")
    assert "error[TK101]: missing key 'open'" in said("validate", "plan.tests.yaml")[1]


def test_a_folder_has_plans_and_not_their_scenarios() -> None:
    write(plan=PLAN, plan__tests=ONE)
    assert said("validate", ".") == (0, "1 file checked, nothing found\n")
    write(plan__tests=WRONG)
    assert "plan.tests.yaml:2:48: error[TK501]" in said("validate", ".")[1]


@pytest.mark.parametrize("tests", ["tests: {}", "tests: [", "- 1"])
def test_a_file_beside_the_plan_that_is_none(tests: str) -> None:
    write(plan=PLAN, plan__tests=tests)
    for command in ("validate", "test"):
        code, out = said(command, "plan.yaml")
        assert code == 1
        assert out.startswith("plan.tests.yaml")


# --- base plans -------------------------------------------------------------------------------


BASE = (
    PLAN
    + """tests:
  - add_to_cart
  - {name: First, open: shop:/, steps: [{push: {event: a}}], expect: {fires: []}}
  - {name: Second, open: shop:/, expect: {fires: []}}
"""
)


def scenarios_of(text: str) -> object:
    from tagkit.diagnostics import Findings
    from tagkit.documents import Bases, inherited, load_plan

    write(base=BASE, client=f"tagkit: 1\nextends: base.yaml\n{text}")
    found = Findings()
    document = inherited(load_plan(Path("client.yaml"), found), found, Bases(), None)
    assert isinstance(document.data, dict)
    assert not found
    return document.data.get("tests")


BASES = [
    ("", ["add_to_cart", "First", "Second"]),
    ("tests: []", ["add_to_cart", "First", "Second"]),
    ("tests: [{drop: First}, add_to_cart]", ["add_to_cart", "Second"]),
    ("tests: [{drop: add_to_cart}, view_item]", ["First", "Second", "view_item"]),
    ("tests: [{drop: Third}]", ["add_to_cart", "First", "Second", "drop Third"]),
    ("tests: none", "none"),
]


@pytest.mark.parametrize(("text", "names"), BASES)
def test_scenarios_merge_by_name(text: str, names: object) -> None:
    merged = scenarios_of(text)
    if isinstance(merged, list):
        merged = [
            one if isinstance(one, str) else one.get("name", f"drop {one.get('drop')}")
            for one in merged
        ]
    assert merged == names


def test_a_client_changes_a_scenario() -> None:
    merged = scenarios_of("tests: [{name: First, open: shop:/cart, expect: {meta_pixel: none}}]")
    assert isinstance(merged, list)
    assert merged[1] == {
        "name": "First",
        "open": "shop:/cart",
        "steps": [{"push": {"event": "a"}}],
        "expect": {"meta_pixel": "none"},
    }


def test_a_page_is_named_from_the_file_that_says_it() -> None:
    Path("base").mkdir()
    Path("base/page.html").write_text("x", "utf-8")
    test = "tests: [{name: A, open: page.html, expect: {fires: []}}]\n"
    Path("base/base.yaml").write_text(PLAN + test, "utf-8")
    write(client="tagkit: 1\nextends: base/base.yaml\n")
    assert said("validate", "client.yaml")[0] == 0
    write(client="tagkit: 1\nextends: base/base.yaml\ntests: [{name: A, open: page.html}]\n")
    code, out = said("validate", "client.yaml")
    assert (code, out.partition("\n")[0]) == (
        1,
        "client.yaml:3:25: error[TK503]: there is no page 'page.html'",
    )


# --- refusals ---------------------------------------------------------------------------------


def test_a_plan_without_scenarios() -> None:
    write(plan=PLAN)
    hint = "write 'tests: [add_to_cart]' into the plan, or scenarios into plan.tests.yaml"
    assert said("test") == (2, f"tagkit: there are no scenarios to run; {hint}\n")


def test_a_name_that_no_scenario_has() -> None:
    write(plan=PLAN + ONE)
    assert said("test", "-k", "Onne") == (
        2,
        "tagkit: no scenario is called 'Onne'; did you mean 'One'?\n",
    )
    assert said("test", "--only", "xyz")[1].endswith("; there are: One\n")


def test_a_folder_without_plans() -> None:
    Path("empty").mkdir()
    code, out = said("test", "empty")
    assert (code, out[:32]) == (2, "tagkit: there is no plan in empt")


def test_clients_are_of_one_plan() -> None:
    write(plan=PLAN, other=PLAN)
    Path("clients.csv").write_text("client\nA\n", "utf-8")
    out = said("test", "plan.yaml", "other.yaml", "--clients", "clients.csv")
    assert out == (2, "tagkit: --clients is the table of one plan; name that plan\n")


def test_a_mistake_in_the_plan_is_said_and_nothing_is_run() -> None:
    write(plan=PLAN + WRONG)
    code, out = said("test")
    assert code == 1
    assert out.startswith("plan.yaml:7:48: error[TK501]: no conversion 'add_to_kart' in the plan")
    told = json.loads(said("test", "--format", "json")[1])
    assert (told["tests"], told["diagnostics"][0]["code"]) == ([], "TK501")
    assert "<failure" in said("test", "--format", "junit")[1]
    assert "::error file=plan.yaml,line=7" in said("test", "--format", "github")[1]


def test_a_mistake_in_a_file_of_scenarios() -> None:
    write(plan=PLAN, other=WRONG)
    assert said("test", "--scenarios", "other.yaml")[1].startswith("other.yaml:2:48: error[TK501]")
    assert "there is no such file" in said("test", "--scenarios", "no.yaml")[1]


CONTAINER = {"exportFormatVersion": 2, "containerVersion": {"tag": [{"name": "Tag A"}]}}


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (ONE.replace("[]", "[Tag B]"), "tests.yaml:2:48: error[TK501]: no tag 'Tag B' in the"),
        ("tests: [add_to_cart]", "tests.yaml:1:9: error[TK506]: 'add_to_cart' is a conversion"),
        ("tests: 1", "tests.yaml:1:8: error[TK102]"),
    ],
)
def test_scenarios_of_a_container(text: str, start: str) -> None:
    Path("export.json").write_text(json.dumps(CONTAINER), "utf-8")
    write(tests=text)
    code, out = said("test", "--container", "export.json", "tests.yaml")
    assert (code, out[: len(start)]) == (1, start)


def test_what_is_no_container() -> None:
    write(plan=PLAN + ONE)
    out = said("test", "--container", "plan.yaml")[1]
    assert "error[TK401]: this is not a GTM container export" in out
    both = said("test", "--container", "a.json", "plan.yaml", "other.yaml")
    assert both == (
        2,
        "tagkit: --container takes an export and a file of scenarios, no plans\n",
    )


# --- the browser ------------------------------------------------------------------------------


@pytest.fixture
def no_system_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAGKIT_CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)


def own(program: str) -> Callable[[str], str]:
    return lambda _: program


@pytest.mark.usefixtures("no_system_browser")
def test_which_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, fox = tmp_path / "chrome", tmp_path / "firefox-esr"
    for file in (program, fox):
        file.write_text("", "utf-8")
    arguments = {"args": browser.ARGUMENTS}
    assert choose("", own(str(program))) == ("chromium", arguments)
    assert choose("firefox", own(str(program))) == ("firefox", {})
    assert choose("chrome") == ("chromium", {"channel": "chrome", **arguments})
    path = {"executable_path": str(program)}
    assert choose(str(program)) == ("chromium", arguments | path)
    assert choose(str(fox)) == ("firefox", {"executable_path": str(fox)})
    monkeypatch.setenv("TAGKIT_CHROMIUM", str(program))
    assert choose("chromium") == ("chromium", arguments | path)


def test_a_shell_shows_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TAGKIT_CHROMIUM", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    monkeypatch.setattr("pathlib.Path.is_file", lambda _: True)
    assert choose().options["executable_path"] == "/bin/chromium-headless-shell"
    assert choose(headed=True).options["executable_path"] == "/bin/chromium"


@pytest.mark.usefixtures("no_system_browser")
@pytest.mark.parametrize(
    ("asked", "environment", "message"),
    [
        ("", "", "no browser found; install Chromium or Chrome, or run: playwright install"),
        ("webkit", "", "Playwright's webkit is not installed; run: playwright install webkit"),
        ("opera", "", "there is no browser 'opera'; name its program, or chromium, chrome, edge"),
        ("", "/no/such", "TAGKIT_CHROMIUM is '/no/such', and there is no such program"),
    ],
)
def test_no_browser(
    asked: str, environment: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if environment:
        monkeypatch.setenv("TAGKIT_CHROMIUM", environment)
    with pytest.raises(NoBrowserError) as raised:
        choose(asked, own("/no/such"))
    assert str(raised.value).startswith(message)


def test_playwright_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    write(plan=PLAN + ONE)
    for module in [name for name in sys.modules if name.startswith("tagkit.scenarios")]:
        if module.rpartition(".")[2] in ("run", "page", "steps"):
            monkeypatch.delitem(sys.modules, module)
            monkeypatch.delattr(
                sys.modules["tagkit.scenarios"], module.rpartition(".")[2], raising=False
            )
    for module in [name for name in sys.modules if name.partition(".")[0] == "playwright"]:
        monkeypatch.delitem(sys.modules, module)

    class Absent:
        def find_spec(self, name: str, *_: object) -> None:
            if name.partition(".")[0] == "playwright":
                raise ModuleNotFoundError(name=name)

    monkeypatch.setattr(sys, "meta_path", [Absent(), *sys.meta_path])
    code, out = said("test")
    assert (code, out) == (2, f"tagkit: {browser.NO_PLAYWRIGHT}\n")


def test_commands_that_try_nothing_import_no_browser() -> None:
    import subprocess

    code = (
        "import sys; from tagkit.cli import app\n"
        "try: app(['validate', 'plan.yaml'])\n"
        "except SystemExit: pass\n"
        "print([m for m in sys.modules if 'playwright' in m or m.startswith('tagkit.scenarios.')])"
    )
    write(plan=PLAN)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
