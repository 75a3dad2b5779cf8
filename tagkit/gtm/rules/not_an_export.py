"""The file is not what GTM exports, so there is nothing to import.

GTM's importer reads the file that Admin > Export Container writes: three keys, of which
``containerVersion`` holds the container. The REST API returns the inner part alone, and a zip, a
web page or some other JSON is no container at all.

Before::

    {"path": "accounts/1/containers/2/versions/3", "containerVersionId": "3", "tag": [...]}

After::

    {"exportFormatVersion": 2, "exportTime": "2026-01-15 10:00:00", "containerVersion": {...}}

Source: all 178 exports looked at have exactly these three keys; Google's API reference,
``accounts.containers.versions``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import is_container

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK401", "not-an-export", Severity.ERROR, "the file is not a container export")


def check(container: Container) -> Iterator[Finding]:
    """Say what the file is instead."""
    root = container.root
    if not isinstance(root, dict) or not is_container(root):
        yield Finding(
            RULE,
            (),
            "this is not a GTM container export",
            hint="export the container in GTM: Admin > Export Container",
        )
    elif "containerVersion" not in root:
        yield Finding(
            RULE,
            (),
            "this is a container version as the REST API returns it, not an export",
            hint="export the container in GTM, or wrap this: "
            '{"exportFormatVersion": 2, "exportTime": "…", "containerVersion": {…}}',
        )
    elif "exportFormatVersion" not in root:
        yield Finding(
            RULE,
            (),
            "'exportFormatVersion' is missing; every export has it",
            hint='write "exportFormatVersion": 2',
        )
