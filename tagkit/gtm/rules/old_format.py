"""The export is of an old format, from 2015 or 2016.

Exports of that time have ``exportFormatVersion`` 1.3, list the built-in variables in the block
``container`` and know nothing of consent, Google Analytics 4 or custom templates. Whether today's
GTM still reads them is not known: export the container again (Admin > Export Container).

Before::

    {"exportFormatVersion": 1.3, "exportTime": "2015-10-01 10:00:00", ...}

After::

    {"exportFormatVersion": 2, "exportTime": "2026-01-15 10:00:00", ...}

Source: 178 exports of 2015 to 2026; all since 2017 have 2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule("TK406", "old-format", Severity.NOTE, "an export of a format older than GTM's today")

_TODAY = 2


def check(container: Container) -> Iterator[Finding]:
    """Point at the format's number."""
    root = container.root
    version = root.get("exportFormatVersion") if isinstance(root, dict) else None
    if isinstance(version, int | float) and not isinstance(version, bool) and version < _TODAY:
        time = root.get("exportTime") if isinstance(root, dict) else None
        year = f" (of {time[:4]})" if isinstance(time, str) and time[:4].isdecimal() else ""
        yield Finding(
            RULE,
            ("exportFormatVersion",),
            f"the file is in format {version:g}{year}, GTM writes {_TODAY} today",
            hint="export the container again in GTM before you build on it",
        )
