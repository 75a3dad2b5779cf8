"""README and docs tell the truth: their plans are built, their commands are run and compared."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from tagkit.scenarios.browser import chromium_path
from tests.run_tagkit import run_tagkit

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = DOCUMENTS[0].read_text(encoding="utf-8")
TIME = re.compile(r"\([\d.,]+ m?s\)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def stories(document: Path) -> list[tuple[dict[str, str], str, str]]:
    """The files written so far, a command, and what the document says it prints."""
    files: dict[str, str] = {}
    told = []
    for kind, text in BLOCK.findall(document.read_text(encoding="utf-8")):
        if (kind == "yaml" and (name := re.match(r"# (\S+\.yaml)\n", text))) or (
            kind == "html" and (name := re.match(r"<!-- (\S+\.html) -->\n", text))
        ):
            files[name[1]] = text.split("\n", 1)[1]
        elif kind == "console":
            command, _, printed = text.partition("\n")
            told.append((dict(files), command.removeprefix("$ "), printed))
    return told


STORIES = [story for document in DOCUMENTS for story in stories(document)]


def test_there_are_some() -> None:
    assert len(STORIES) >= 3


def needs_browser() -> None:
    if chromium_path() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("there is no Chromium")


@pytest.mark.parametrize(("files", "command", "printed"), STORIES, ids=[s[1] for s in STORIES])
def test_command(files: dict[str, str], command: str, printed: str, tmp_path: Path) -> None:
    if command.startswith(("tagkit test", "tagkit doctor")):
        needs_browser()
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    program, *arguments = shlex.split(command)
    assert program == "tagkit"
    done = run_tagkit(*arguments, cwd=tmp_path)
    assert TIME.sub("(…)", done.stdout + done.stderr) == TIME.sub("(…)", printed)


def test_conditions_example_is_valid(tmp_path: Path) -> None:
    (block,) = [text for kind, text in BLOCK.findall(README) if text.startswith("where:")]
    indented = "".join(f"    {line}\n" for line in block.splitlines())
    plan = (
        "tagkit: 1\nbusiness: {name: x}\ngoogle_analytics: {measurement_id: G-AAAA}\n"
        f"micro_conversions:\n  - id: one\n    trigger: {{event: e}}\n{indented}"
    )
    (tmp_path / "plan.yaml").write_text(plan)
    assert run_tagkit("validate", "plan.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(BLOCK.sub("", document.read_text(encoding="utf-8")))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []
