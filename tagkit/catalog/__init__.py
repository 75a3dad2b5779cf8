"""The catalog: one YAML file per conversion, with what it is called and how a site shows it."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Findings
from tagkit.resources import CATALOG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class BrokenCatalogError(Exception):
    """A catalog entry is not what its schema says: ours to mend, not the author's."""


class Catalog:
    """The entries of a folder. Each is read and checked when it is first asked for."""

    def __init__(self, folder: Path = CATALOG) -> None:
        self._folder = folder
        self._entries: dict[str, dict[str, Any]] = {}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entries, in alphabetical order."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.yaml")))

    @cached_property
    def other_names(self) -> Mapping[str, str]:
        """What people also call an entry -> its id. Reads every entry."""
        return {name: entry for entry in self.ids for name in self.entry(entry).get("also", ())}

    def __contains__(self, entry: object) -> bool:
        return entry in self.ids

    def entry(self, name: str) -> dict[str, Any]:
        """The entry of that id, which must be in ``ids``.

        Raises BrokenCatalogError when the file is not a catalog entry.
        """
        if name not in self._entries:
            self._entries[name] = self._read(name)
        return self._entries[name]

    def _read(self, name: str) -> dict[str, Any]:
        from tagkit.schema import SchemaName, validate
        from tagkit.source import load

        found = Findings()
        path = self._folder / f"{name}.yaml"
        source = load(path.read_text("utf-8"), path.name, found)
        if not found:
            validate(source.data, SchemaName.CATALOG_ENTRY, found)
        entry = source.data
        if found or not isinstance(entry, dict) or entry["id"] != name:
            said = "; ".join(f.message for f in found) or f"its id is not '{name}'"
            message = f"{path.name}: {said}"
            raise BrokenCatalogError(message)
        return entry


@cache
def shared_catalog() -> Catalog:
    """The catalog that comes with tagkit, read once for all plans of a run."""
    return Catalog()
