"""Templates of an author's own: in place of ours, and never half."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit import cli, rendering
from tagkit.resources import TEMPLATES
from tests.batch.batches import plan, write_clients, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASE = "pixel/base.html.j2"
BROKEN = {
    "<script>\nvar x = {{ pixell | js }};\n</script>": (":2:12: ", "not given 'pixell'"),
    "<script>\n{% if %}\n</script>": (":2:1: ", "expected an expression"),
    "<script>\n{% for p in pixels %}\n</script>": ("", "unexpected end of template"),
    "<script>\n{{ pixels | jss }}\n</script>": (":2:1: ", "no filter named 'jss'"),
    "<script>\n{{ pixels.a.b | js }}\n</script>": (":2:1: ", "has no attribute 'a'"),
    "<script>\n{{ 1 / 0 }}\n</script>": (":2:1: ", "division by zero"),
    "<script>\n{% include 'no.j2' %}\n</script>": (":2:13: ", "there is no template 'no.j2'"),
    "\n{% include '../../plan.yaml' %}": (":2:13: ", "no template '../../plan.yaml'"),
    "\n{% for n in 'no' %}\n{% include n %}{% endfor %}": (":3:1: ", "there is no template 'n'"),
    "\n{% include ['a', 'b'] %}": (":2:1: ", "there is no template 'b'"),
    "\n{{ part('pixel/stubs.js.j2') }}": (":2:10: ", "no template 'pixel/stubs.js.j2'"),
    "<script>\n{{ pixel_ids[9] | js }}": (":2:1: ", "object has no element 9"),
    "<script>\n{{ range | js }}": (":2:1: ", "a function is no value that JavaScript could have"),
    "<!-- x -->\n<script>\nvar x = 1;\n": (":2:1: ", "a '<script>' is not closed"),
    "<script>\nvar x;\nlet y = 1;\n</script>": (":3:1: ", "'let' is newer than ES5"),
    "<script>\nf((1);\n</script>": (":", "no browser can read the script"),
    "\n{{ part('pixel/base.html.j2') }}": (":2:1: ", "includes itself"),
    "{% set me = 'pixel/base.html.j2' %}\n{{ part(me) }}": (":2:1: ", "calls itself without end"),
    "{% macro m() %}\n{{ m() }}\n{% endmacro %}{{ m() }}": (":2:1: ", "itself without end"),
    "\n{{ 5 | dictsort }}": (":2:1: ", "'int' object has no attribute 'items'"),
    "\n{{ cycler() }}": (":2:1: ", "at least one item"),
    "\n{% for i in range(10 ** 9) %}{% endfor %}": (":2:1: ", "at most 100,000 numbers"),
    "\nvar a = {{ needs }};": (":2:1: ", "this is a list, and no text"),
    "\n{{ true }} {{ 1 | js }}": (":2:1: ", "this is true or false, and no text"),
    "\n{{ {} }}": (":2:1: ", "this is a mapping, and no text"),
    "\n{{ none }}": (":2:1: ", "this is nothing, and no text"),
    "\n{{ range }}": (":2:1: ", "this is a function, and no text"),
    "{% for a in pixels %}" * 30 + "{% endfor %}" * 30: (":1:1: ", "nested too deeply"),
    f"{{{{ {'(' * 500}1{')' * 500} }}}}": (":1:1: ", "nested too deeply"),
    "{{ 10 ** 5000 }}": (":1:1: ", "xceeds the limit"),
    "x": (":1:1: ", "no <script>"),
    "": (": ", "the file is empty"),
    "{% include 'pixel/base.html.j2' %}": (":1:1: ", "includes itself"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(plan(1), "utf-8")
    yield tmp_path
    rendering.use_templates(None)


def build(folder: Path, texts: dict[str, str], *more: str) -> tuple[int, str]:
    for name, text in texts.items():
        (folder / "own" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "own" / name).write_text(text, "utf-8")
    arguments = ["build", "plan.yaml", "-o", "dist", "--templates", "own", *more]
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.stderr


def test_one_template_is_replaced(folder: Path) -> None:
    ours = (TEMPLATES / BASE).read_text("utf-8")
    code, err = build(folder, {BASE: ours.replace("<!-- Meta", "<!-- MINE Meta")})
    assert (code, "error" in err) == (0, False)
    made = written(folder / "dist")
    assert b"<!-- MINE Meta" in made["meta-pixel/base.html"]
    assert [name for name, text in made.items() if b"MINE" in text] == ["meta-pixel/base.html"]


def test_all_of_ours_give_the_same_bytes(folder: Path) -> None:
    CliRunner().invoke(cli.app, ["build", "plan.yaml", "-o", "ours"])
    shutil.copytree(TEMPLATES, folder / "own", ignore=lambda *_: {"starter"})
    assert build(folder, {})[0] == 0
    assert written(folder / "dist") == written(folder / "ours")


@pytest.mark.parametrize(("text", "wanted"), BROKEN.items())
def test_broken(text: str, wanted: tuple[str, str], folder: Path) -> None:
    code, err = build(folder, {BASE: text})
    place, message = wanted
    assert (code, (folder / "dist").exists()) == (1, False)
    assert err.startswith(f"own/{BASE}{place}")
    assert message in err.splitlines()[0]
    assert "= hint: " in err or "empty" in err


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("var a = {{ needs }}; var b = {{ needs | js }};", "write {{ needs | js }}"),
        ("var a = {{ needs }}, b = {{ needs }};", "write {{ … | js }}"),
        ("{{ pixel_ids[9] }}", "it is given automatic_events, "),
        ("{{ part('stub.js.j2') }}", "did you mean 'pixel/stub.js.j2'?"),
        ("{% include 'pixle/own.j2' %}", "did you mean 'pixel/own.j2'?"),
        ("{% include 'pixle/' ~ 'own.j2' %}", "did you mean 'pixel/own.j2'?"),
        ("{% include '../../plan.yaml' %}", "name one of the folder's or of 'templates/'"),
    ],
)
def test_what_to_write(line: str, hint: str, folder: Path) -> None:
    code, err = build(folder, {BASE: f"<script>\n{line}\n</script>", "pixel/own.j2": "x"})
    assert (code, f"= hint: {hint}" in err) == (1, True)


def test_what_passes_without_js(folder: Path) -> None:
    text = "<script>a={{ 1 }}{{ 2.5 }}{{ 'b' }}{{ 'c' if not 1 }}{{ needs | js }};</script>"
    assert build(folder, {BASE: text})[0] == 0
    assert b"<script>a=12.5b[" in written(folder / "dist")["meta-pixel/base.html"]


@pytest.mark.parametrize("shown", ["other/../own", "own/", "."])
def test_a_folder_by_another_name(
    shown: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "other").mkdir()
    build(folder, {BASE: "<script>\n{{ 1 / 0 }}"})
    if shown == ".":
        monkeypatch.chdir(folder / "own")
    arguments = ["build", str(folder / "plan.yaml"), "-o", "dist", "--templates", shown]
    result = CliRunner().invoke(cli.app, arguments)
    assert (result.exit_code, "base.html.j2:2:1: error[TK328]" in result.stderr) == (1, True)


@pytest.mark.parametrize("text", ["function (", "</script>", "var f = () => 1;"])
def test_a_listener_that_the_plan_does_not_use(text: str, folder: Path) -> None:
    code, err = build(folder, {"listeners/generic/form_error.js.j2": text})
    assert (code, "form_error.js.j2:1:1: error[TK328]" in err) == (1, True)


def test_broken_for_many(folder: Path) -> None:
    write_clients(folder / "clients", 8)
    code, err = build(folder, {BASE: "<script>\n{{ pixels.a.b }}\n</script>"}, "clients")
    assert (code, err.count("error[TK328]")) == (1, 1)
    assert "= reached from plan.yaml:1:1 and 8 others\n" in err
    assert written(folder / "dist") == {}


def test_broken_for_one_of_many(folder: Path) -> None:
    write_clients(folder / "clients", 3)
    one = folder / "clients/c01.yaml"
    one.write_text(one.read_text("utf-8").replace("pixel_id:", "page_view: off, pixel_id:"))
    text = "<script>\nvar a = {% if page_view %}1{% else %}{{ 1 / 0 }}{% endif %};\n</script>"
    code, err = build(folder, {BASE: text}, "clients")
    assert (code, err.count("error[TK328]")) == (1, 1)
    assert "= reached from clients/c01.yaml:1:1\n" in err
    assert {name.partition("/")[0] for name in written(folder / "dist")} == {"plan", "c00", "c02"}


def test_broken_for_one_of_a_table(folder: Path) -> None:
    text = plan(1).replace(
        "meta_pixel: {", "vars: {view: load}\nmeta_pixel: {page_view: '${view}', "
    )
    (folder / "plan.yaml").write_text(text, "utf-8")
    (folder / "clients.csv").write_text("client,view\na,load\nb,off\n", "utf-8")
    broken = "<script>\nvar a = {% if page_view %}1{% else %}{{ 1 / 0 }}{% endif %};\n</script>"
    code, err = build(folder, {BASE: broken}, "--clients", "clients.csv")
    assert (code, err.count("error[TK328]")) == (1, 1)
    assert "= reached from plan.yaml:1:1\n" in err
    assert "= reached from clients.csv:3:1\n" in err


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("pixel/bases.html.j2", "did you mean 'pixel/base.html.j2'?"),
        ("base.html.j2", "did you mean 'pixel/base.html.j2'?"),
        ("starter/plan.en.yaml.j2", "'build' does not use it; delete it"),
    ],
)
def test_unknown(name: str, hint: str, folder: Path) -> None:
    code, err = build(folder, {name: "x", "README.md": "x"})
    assert (code, err.count("warning[TK327]")) == (0, 1)
    assert f"= hint: {hint}\n" in err
    assert build(folder, {}, "--strict")[0] == 1


def test_a_part_of_ones_own(folder: Path) -> None:
    texts = {BASE: "<script>{% include 'mine.j2' %}</script>", "mine.j2": "var mine;"}
    assert "TK327" not in build(folder, texts)[1]
    assert (folder / "dist/meta-pixel/base.html").read_text() == "<script>var mine;</script>\n"


def test_a_part_that_may_be_missing(folder: Path) -> None:
    text = (
        "<script>{% include 'no.j2' ignore missing %}{% include ['no.j2', './mine.j2'] %}</script>"
    )
    code, err = build(folder, {BASE: text, "mine.j2": "var mine;"})
    assert (code, "TK328" in err) == (0, False)
    assert (folder / "dist/meta-pixel/base.html").read_text() == "<script>var mine;</script>\n"


def test_a_part_that_is_broken_is_said_once(folder: Path) -> None:
    texts = {f"pixel/{name}.js.j2": "{% include 'm.j2' %}" for name in ("stub", "answer")}
    code, err = build(folder, {**texts, "m.j2": "var a;\n{{ 1 / 0 }}"})
    assert (code, err.count("error[TK328]")) == (1, 1)
    assert err.startswith("own/m.j2:2:1: ")


def test_a_byte_order_mark(folder: Path) -> None:
    text = "\ufeff<script>{% include 'mine.j2' %}</script>"
    assert build(folder, {BASE: text, "mine.j2": "\ufeffvar mine;"})[0] == 0
    assert (folder / "dist/meta-pixel/base.html").read_text() == "<script>var mine;</script>\n"
    assert ":1:9: " not in build(folder, {BASE: "\ufeff<script>"})[1]


FILLER = "f({{ 1 }});\n" * 9
LINES = {
    "plain": ("<script>\na();\nvar zz = ;\na();\n</script>", 3),
    "one of two alike": ("<script>\nif (a) {\n}\nb(\nif (b) {\n}\nlet x;\n</script>", 7),
    "the second of two alike": ("<script>\nf(1);\n}\n</script>\n<script>\n}\n</script>", 3),
    "closed twice": ("<script>\nif (a) {\n}\nb();\n}\nc();\n</script>", 5),
    "a value": (f"<script>\n{FILLER}var zz = {{{{ 1 | js }}}} + ;\n</script>", 11),
    "a loop": (
        "<script>\n{% for n in [1, 2] %}\nvar a = {{ n }};\nb = ;\n{% endfor %}\n</script>",
        4,
    ),
    "a part": ("<script>\na();\n{% include 'mine.j2' %}\nb();\n</script>", 3),
    "a comment": ("<script>\n{# one\ntwo #}\nvar a = {{ 1 }} + ;\n</script>", 4),
}


@pytest.mark.parametrize(("text", "line"), LINES.values(), ids=LINES)
def test_the_line_of_what_no_browser_can_read(text: str, line: int, folder: Path) -> None:
    code, err = build(folder, {BASE: text, "mine.j2": "m(\nn();\n]\n"})
    places = [said.partition(": error[")[0] for said in err.splitlines() if "TK328" in said]
    assert (code, places) == (1, [f"own/{BASE}:{line}:1"])


def test_no_folder(folder: Path) -> None:
    (folder / "own").write_text("x")
    assert build(folder, {}) == (2, "tagkit: there is no folder own of templates\n")


def test_templates_are_part_of_what_is_built(folder: Path) -> None:
    write_clients(folder / "clients", 3)
    ours = (TEMPLATES / BASE).read_text("utf-8")
    assert "4 clients: 4 new" in build(folder, {BASE: ours}, "clients")[1]
    assert "4 clients: 4 unchanged" in build(folder, {}, "clients")[1]
    assert "4 clients: 4 changed" in build(folder, {BASE: ours + "<!-- x -->\n"}, "clients")[1]
