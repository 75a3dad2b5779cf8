"""What an earlier build wrote and the plan no longer asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tagkit.pixel.emit import FOLDER

if TYPE_CHECKING:
    from pathlib import Path


def stale_snippets(folder: Path) -> list[str]:
    """The files that the manifest in a folder lists as ours, and it; none without a manifest."""
    from tagkit.diagnostics import Findings
    from tagkit.schema import SchemaName, validate

    try:
        manifest = json.loads((folder / FOLDER / "manifest.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    if not validate(manifest, SchemaName.SNIPPET_MANIFEST, Findings()):
        return []
    snippets = [conversion["file"] for conversion in manifest["conversions"]]
    names = [*snippets, manifest["base"], manifest["combined"], "manifest.json"]
    return [f"{FOLDER}/{name}" for name in names]
