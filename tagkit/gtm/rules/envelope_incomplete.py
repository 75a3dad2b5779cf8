"""The block that says which container this is, is missing or has gaps.

The importer answers a file without its envelope with "Not Found" and nothing else. One such file
was accepted after ``exportTime``, ``path``, the block ``container`` and ids were added; which of
them it was is not known. So the block and the ids are an error, the rest is a warning.

Before::

    {"exportFormatVersion": 2, "containerVersion": {"tag": [...]}}

After::

    {"exportFormatVersion": 2, "exportTime": "2026-01-15 10:00:00",
     "containerVersion": {"path": "accounts/1/containers/2/versions/0", "accountId": "1",
                          "containerId": "2", "containerVersionId": "0",
                          "container": {"accountId": "1", "containerId": "2", "name": "Shop",
                                        "publicId": "GTM-ABC", "usageContext": ["WEB"], ...},
                          "tag": [...]}}

Source: a builder's notes on what the importer said (2026-10); the envelope of 178 exports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import mapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK402",
    "envelope-incomplete",
    Severity.ERROR,
    "the block that says which container this is has gaps",
)

_VERSION_2 = 2


def check(container: Container) -> Iterator[Finding]:
    """One finding for what the importer needs, one per place for what it may need."""
    root = mapping(container.root)
    version = container.version
    if not isinstance(root.get("containerVersion"), dict):
        return
    has_path = "path" in version or root.get("exportFormatVersion") != _VERSION_2
    missing = _missing(version, ("container", "accountId", "containerId"))
    if missing:
        path = "" if has_path else " and no 'path'"
        yield Finding(
            RULE,
            container.version_route,
            f"the container version has no {missing}{path}, which every export has; "
            "the importer has answered such a file with 'Not Found'",
            hint="copy the block from an export of any container; the ids may be any numbers",
        )
    if "exportTime" not in root:
        yield _may_matter((), "the file has no 'exportTime'", '"exportTime": "2026-01-15 10:00:00"')
    if not has_path and not missing:
        yield _may_matter(
            container.version_route,
            "the container version has no 'path'",
            '"path": "accounts/…/containers/…/versions/0"',
        )
    gaps = _missing(container.info, ("accountId", "containerId", "publicId", "usageContext"))
    if gaps and container.info:
        yield _may_matter(
            (*container.version_route, "container"),
            f"the block 'container' has no {gaps}",
            '"usageContext": ["WEB"]' if gaps == "'usageContext'" else "the same as in an export",
        )


def _missing(block: dict[str, object], keys: Iterable[str]) -> str:
    return " and no ".join(f"'{key}'" for key in keys if key not in block)


def _may_matter(route: tuple[str | int, ...], message: str, example: str) -> Finding:
    return Finding(
        RULE,
        route,
        f"{message}, which every export has; the importer has refused files without",
        hint=f"write {example}",
        severity=Severity.WARNING,
    )
