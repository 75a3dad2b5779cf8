"""A plan in an editor: what is offered, explained and underlined, by a real language server."""

from __future__ import annotations

import json
import re
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tagkit.catalog import Catalog
from tagkit.cli import app
from tagkit.schema import SchemaName
from tagkit.validators import bundle, parts, resolve

from .conftest import command
from .language_server import LanguageServer

if TYPE_CHECKING:
    from .language_server import Completion

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
GOOD = sorted((ROOT / "tests" / "plan" / "good").glob("*.yaml"))
# An editor sees one file: it cannot know that a key written with nothing takes out a base's.
GOOD = [path for path in GOOD if path.name != "without.yaml"]
MODELINE = "# yaml-language-server: $schema=plan.schema.json"
HEAD = "tagkit: 1\nbusiness: {name: Tea}\ngoogle_analytics: {measurement_id: G-1A2B3C4D5E}\n"
IDS = set(Catalog().ids)
ANTI = {name for name in IDS if Catalog().entry(name)["kind"] == "anti"}
KEYS = set(bundle("plan")["$defs"]["conversion"]["properties"])
NUMBERS = count()


class Written:
    """A plan in the editor; a | in its text is the cursor."""

    def __init__(self, server: LanguageServer, text: str, head: str = MODELINE + "\n") -> None:
        before, _, after = (head + text).partition("|")
        self._server = server
        self._place = before.count("\n"), len(before) - before.rfind("\n") - 1
        self._uri = server.open(f"{next(NUMBERS)}.yaml", before + after)

    @property
    def offered(self) -> dict[str, Completion]:
        return self._server.completions(self._uri, *self._place)

    @property
    def hover(self) -> str:
        return re.sub(r"\\(.)", r"\1", self._server.hover(self._uri, *self._place))

    @property
    def underlined(self) -> list[str]:
        return self._server.diagnostics(self._uri)


# --- what is offered ---------------------------------------------------------------------------


def test_keys_of_a_plan(server: LanguageServer) -> None:
    offered = Written(server, HEAD + "|").offered
    assert offered["consent"].told == "How consent decides what is sent: {mode: advanced}."
    assert {"meta_pixel", "micro_conversions", "variables"} <= set(offered)
    assert "business" not in offered  # it is there already


def test_a_new_file_begins_with_what_must_be_there(server: LanguageServer) -> None:
    written = Written(server, "|").offered["A plan"].text
    assert re.match(r"tagkit: 1\nbusiness:\n +name: ", written)


def test_keys_of_a_conversion(server: LanguageServer) -> None:
    own = Written(server, HEAD + "micro_conversions:\n  - id: guide\n    |").offered
    assert set(own) == KEYS - {"id"}
    assert all(offer.told for offer in own.values())


def test_keys_of_a_trigger(server: LanguageServer) -> None:
    own = HEAD + "micro_conversions:\n  - id: guide\n    trigger:"
    assert Written(server, own + "\n      |").offered["click"].text.startswith("click:")
    assert Written(server, own + " |").offered["page_view"].text == "page_view"
    assert {"css", "id", "where"} == set(Written(server, own + "\n      click:\n        |").offered)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        (
            "business:\n  platform: |",
            {"generic", "prestashop", "woocommerce", "magento", "shopify"},
        ),
        ("consent:\n  mode: |", {"advanced", "basic", '"off"'}),
        ("micro_conversions:\n  - use: |", IDS),
        ("meta_pixel:\n  event_id: |", {"auto", "true", "false"}),
    ],
)
def test_values(server: LanguageServer, text: str, offered: set[str]) -> None:
    assert set(Written(server, text).offered) == offered


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("macro_conversions:\n  - |", IDS - ANTI),
        ("micro_conversions:\n  - view_item\n  - |", IDS - ANTI),
        ("micro_conversions: [view_item, |]", IDS - ANTI),
        ("anti_conversions:\n  - |", ANTI),
    ],
)
def test_ids_of_the_catalog(server: LanguageServer, text: str, ids: set[str]) -> None:
    offered = Written(server, HEAD + text).offered
    assert set(offered) & IDS == ids
    for name in ids:
        assert offered[name].text == name
        assert offered[name].told == Catalog().entry(name)["description"]["en"]


def test_ids_of_a_bare_list(server: LanguageServer) -> None:
    assert set(Written(server, "- |").offered) >= IDS


# --- what is explained and what is underlined --------------------------------------------------


def test_hover(server: LanguageServer) -> None:
    said = Written(server, "google_analytics:\n  measure|ment_id: G-1A2B3C4D5E").hover
    assert "Measurement ID\n" in said
    assert "Admin > Data streams shows it." in said


def test_hover_on_an_id(server: LanguageServer) -> None:
    said = Written(server, HEAD + "micro_conversions:\n  - phone|_click").hover
    assert "`phone_click`: A phone link is clicked." in said


@pytest.mark.parametrize("plan", [*EXAMPLES, *GOOD], ids=lambda path: path.name)
def test_nothing_is_underlined_in_good_plans(server: LanguageServer, plan: Path) -> None:
    uri = server.open(f"{plan.parent.name}-{plan.name}", f"{MODELINE}\n{plan.read_text('utf-8')}")
    assert server.diagnostics(uri) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("busines: {name: Tea}", 5, "Property busines is not allowed"),
        ("micro_conversions:\n  - add_to_kart", 6, '"add_to_cart"'),
        ("micro_conversions:\n  - use: add_to_kart", 6, '"add_to_cart"'),
        ("micro_conversions:\n  - {id: guide, triger: page_view}", 6, "triger is not allowed"),
        ("consent: {mode: medium}", 5, '"advanced", "basic", "off"'),
    ],
)
def test_mistakes_are_underlined(server: LanguageServer, text: str, line: int, said: str) -> None:
    (found,) = Written(server, HEAD + text).underlined
    assert found.startswith(f"{line}: ")
    assert said in found


# --- how an editor is told ---------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "pl"])
def test_the_starter_plan(server: LanguageServer, tmp_path: Path, language: str) -> None:
    """It says which line to write; with the line or without, nothing in it is underlined."""
    plan = tmp_path / "plan.yaml"
    options = ["--language", language, "--measurement-id", "G-1A2B3C4D5E", "--pixel-id", "123"]
    assert CliRunner().invoke(app, ["init", str(plan), *options]).exit_code == 0
    text = plan.read_text("utf-8")
    assert MODELINE in text
    assert Written(server, text + "unknown: 1\n", head="").underlined == []  # it is a comment
    assert Written(server, text).underlined == []
    assert Written(server, text + "|").offered["checks"]


def test_the_readme_names_the_line() -> None:
    assert MODELINE in README


def test_the_settings_of_the_readme(tmp_path: Path) -> None:
    """VS Code hands these to the server."""
    (block,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    settings: dict[str, Any] = json.loads(block)
    schema = CliRunner().invoke(app, ["schema", "plan"]).output
    (tmp_path / "plan.schema.json").write_text(schema, "utf-8")
    server = LanguageServer(command(), tmp_path, schemas=settings["yaml.schemas"])
    try:
        uri = server.open("plan.yaml", HEAD)
        assert "anti_conversions" in server.completions(uri, 3, 0)
        assert server.completions(server.open("other.yaml", HEAD), 3, 0) == {}
    finally:
        server.stop()


# --- what the schemas tell ---------------------------------------------------------------------


@pytest.mark.parametrize("name", [SchemaName.PLAN, SchemaName.CATALOG_ENTRY])
def test_every_property_is_explained(name: str) -> None:
    """By its own title and description, or by those of what it refers to."""
    schema = bundle(name)
    bare = set()
    for part in parts(schema):
        for key, about in (part.get("properties", {}) | part.get("$defs", {})).items():
            told = {**_dict(resolve(about, schema)), **_dict(about)}
            if not (told.get("title") and told.get("description")) and "not" not in told:
                bare.add(key)
    assert bare == set()


def _dict(schema: Any) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else {}
