"""Files -> documents: plans with what they extend, containers; and which of the two a file is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Finding, Findings
from tagkit.paths import shown_name
from tagkit.source import Source, load, load_json
from tagkit.textfile import FOREIGN, PLAN_LIMIT, TOO_LARGE, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tagkit.diagnostics import Document
    from tagkit.plan.model import Resolved
    from tagkit.plan.substitute import Given


class Bases:
    """The files that plans extend: each is read once, for however many plans."""

    def __init__(self) -> None:
        self._read: dict[str, tuple[Source, Findings]] = {}

    def read(self, name: str) -> tuple[Source, Findings]:
        """The file, and what was wrong with reading it."""
        if name not in self._read:
            found = Findings()
            self._read[name] = load_plan(Path(name), found), found
        return self._read[name]


def load_document(path: Path, text: str, found: Findings) -> Source:
    """A document as JSON where it is JSON, else as YAML."""
    name, is_json = shown_name(path), path.suffix.lower() == ".json"
    if is_json or text.lstrip("\ufeff \t\r\n").startswith("{"):
        said = Findings()
        source = load_json(text, name, said)
        if is_json or not said:
            found += said
            return source
    if len(text) > PLAN_LIMIT:
        found.say(TOO_LARGE, (), "a plan has at most 5 MB", hint="split it into several plans")
        return Source(name, text, None)
    return load(text, name, found)


def load_plan(path: Path, found: Findings, *, limit: int = PLAN_LIMIT) -> Source:
    """A file that is meant to be a plan, or a container where the limit is that of one."""
    text = read(path, found, limit=limit)
    return Source(shown_name(path), "", None) if text is None else load_document(path, text, found)


def reread(path: Path) -> Source:
    """A file that was read before: the same again."""
    return load_plan(path, Findings())


def is_container(data: Any) -> bool:  # noqa: ANN401
    """Whether a document is a container, rather than a plan."""
    if not isinstance(data, dict) or "tagkit" in data:
        return False
    from tagkit.gtm import container

    return container.is_container(data)


def may_be_plan(data: Any) -> bool:  # noqa: ANN401
    """Whether it has one of a plan's keys, or is a list as a plan may be."""
    if isinstance(data, dict):
        return not {"tagkit", "business", "extends"}.isdisjoint(data)
    return isinstance(data, list) and not any(
        isinstance(i, dict) and "use" not in i and "id" not in i for i in data[:1]
    )


def is_other(source: Source, found: Findings, hint: str) -> bool:
    """Whether it is a container, of which nothing can be built."""
    if not is_container(source.data):
        return False
    from tagkit.schema import NO_FIT

    found.say(NO_FIT, (), "this is a GTM container, not a plan", hint=hint)
    return True


def inherited(
    source: Source, found: Findings, bases: Bases, given: Mapping[str, Given] | None
) -> Document:
    """The plan with its base plans and variables worked in; a foreign file is said to be one."""
    if found.fatal or not may_be_plan(source.data):
        from tagkit.foreign import foreign

        if instead := foreign(source.text, None if found.fatal else source.data):
            found[:] = [Finding(FOREIGN, (), f"this is {instead.what}", instead.hint)]
    if found.fatal or not (given or _has_others(source)):
        return source
    from tagkit.plan.inherit import inherit

    return inherit(source, bases.read, found, given)


def _has_others(source: Source) -> bool:
    """Whether it may have bases, variables or something to drop."""
    data = source.data
    if isinstance(data, dict) and ("extends" in data or "vars" in data):
        return True
    return "${" in source.text or "drop" in source.text


def understand(document: Document, found: Findings) -> Resolved | None:
    """The plan in a document; None when it is not shaped as one."""
    if found.fatal:
        return None
    from tagkit.catalog import shared_catalog
    from tagkit.plan.half_characters import check_characters
    from tagkit.plan.resolve import resolve
    from tagkit.plan.rules import check_plan
    from tagkit.schema import SchemaName, validate

    if not validate(document.data, SchemaName.PLAN, found, source=document):
        return None
    check_characters(document, found)
    resolved = resolve(document.data, shared_catalog(), found)
    found += check_plan(resolved)
    if not found.fatal and isinstance(document.data, dict) and document.data.get("tests"):
        from tagkit.scenarios.check import check_scenarios

        found += check_scenarios(document, resolved, shared_catalog())
    return resolved
