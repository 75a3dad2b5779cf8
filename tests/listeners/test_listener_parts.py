"""The one script: each part once, after what it needs; and when a part is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit import cli, rendering
from tagkit.listeners import needs_of, script_of, template_of
from tagkit.resources import TEMPLATES
from tests.batch.batches import plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOME = TEMPLATES / "listeners"
PARTS = sorted(path.name.removesuffix(".js.j2") for path in (HOME / "_lib").iterdir())
LISTENERS = sorted(
    str(path.relative_to(HOME)).removesuffix(".js.j2")
    for path in HOME.glob("*/*.js.j2")
    if path.parent.name != "_lib"
)


@pytest.fixture(autouse=True)
def _ours() -> Iterator[None]:
    yield
    rendering.use_templates(None)


def defined(script: str) -> list[str]:
    """The functions of a part, or of a script, where indentation is gone."""
    return re.findall(r"^(?:  )?function (\w+)", script, re.MULTILINE)


def test_no_listeners_no_script() -> None:
    assert script_of([]) == ""


def test_each_part_and_each_listener_once() -> None:
    script = script_of([*LISTENERS, *LISTENERS])

    found = re.findall(r"^listen\('(.+?)'", script, re.MULTILINE)
    assert sorted(found) == LISTENERS
    ours = [name for name in found if name.startswith("generic/")]
    assert found[-len(ours) :] == ours  # a platform's listeners stand before
    assert script.count("function watchSubmits(") == script.count("function attr(") == 1


TEXTS = {part: rendering.part(template_of(part)) for part in PARTS}


def closure(*names: str) -> set[str]:
    """The parts, and those they need."""
    known, waiting = set[str](), ["say", *names]
    while waiting:
        part = waiting.pop()
        if part not in known:
            known.add(part)
            waiting += [need for need, _ in needs_of(TEXTS[part])]
    return known


@pytest.mark.parametrize("name", PARTS)
def test_a_part_says_what_it_needs(name: str) -> None:
    """A function of another part is used only by those who need that part."""
    called = set(re.findall(r"(?<![.\w])(\w+)\(", TEXTS[name]))
    given = {function for part in PARTS for function in defined(TEXTS[part])}
    known = {function for part in closure(name) for function in defined(TEXTS[part])}

    assert called & given <= known


@pytest.mark.parametrize("platform", sorted({name.partition("/")[0] for name in LISTENERS}))
def test_no_two_parts_of_a_container_share_a_name(platform: str) -> None:
    listeners = [name for name in LISTENERS if name.startswith((platform, "generic"))]
    texts = [rendering.part(f"listeners/{name}.js.j2") for name in listeners]
    parts = closure(*(need for text in texts for need, _ in needs_of(text)))
    names = [name for part in parts for name in declared(TEXTS[part])]

    assert sorted(names) == sorted(set(names))


def declared(text: str) -> list[str]:
    """The functions and variables of a part itself."""
    variables = re.findall(r"^  var (.+?);$", text, re.MULTILINE)
    first = [re.findall(r"(?:^|, )([A-Za-z]\w*)(?= =|,|$)", line)[:1] for line in variables]
    return [*defined(text), *(name for names in first for name in names)]


@pytest.mark.parametrize("name", LISTENERS)
def test_a_listener_says_what_it_needs(name: str) -> None:
    text = rendering.part(f"listeners/{name}.js.j2")
    all_parts = "".join(rendering.part(template_of(part)) for part in PARTS)
    own = set(re.findall(r"function (\w+)\(", text)) | set(re.findall(r"\bvar (\w+)", text))
    used = set(re.findall(r"(?<![.\w'])(\w+)\(", text)) & set(defined(all_parts)) - own

    assert used <= set(defined(script_of([name])))
    assert f"\nlisten('{name}', function () {{\n" in text


def build(folder: Path, templates: dict[str, str]) -> tuple[int, str]:
    (folder / "plan.yaml").write_text(plan(1), "utf-8")
    for name, text in templates.items():
        file = folder / "own/listeners" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    arguments = ["build", "plan.yaml", "-o", "dist", "--templates", "own"]
    result = CliRunner().invoke(cli.app, arguments)
    return result.exit_code, result.stderr


def test_a_part_of_the_authors_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = {
        "generic/form_error.js.j2": "/* needs: mine */\nlisten('generic/form_error', mine);\n",
        "_lib/mine.js.j2": "/* needs: watch */\n  function mine() { watch(mine, 1); }\n",
    }

    assert build(tmp_path, own)[0] == 0
    rendering.use_templates(tmp_path / "own")
    order = [
        name for name in defined(script_of(["generic/form_error"])) if name in {"watch", "mine"}
    ]
    assert order == ["watch", "mine"]


def test_parts_that_need_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert build(tmp_path, {"_lib/poll.js.j2": "/* needs: vendors */\n"})[0] == 0
    rendering.use_templates(tmp_path / "own")
    assert defined(script_of(["generic/chat_click"])).count("watchVendors") == 1


@pytest.mark.parametrize("used", ["form_error", "share"])
def test_a_part_that_is_not_there(
    used: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "/* mine */\n/* needs: say, wotch */\n"
    code, err = build(tmp_path, {f"generic/{used}.js.j2": text})
    said = f"{used}.js.j2:2:1: error[TK328]: there is no template 'listeners/_lib/wotch.js.j2'"

    assert (code, said in err, "did you mean 'listeners/_lib/watch.js.j2'?" in err) == (
        1,
        True,
        True,
    )
