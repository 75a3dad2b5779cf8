"""The consent default for pages whose banner sets none: a snippet to put above GTM's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.export_file import CONSENT_TYPES
from tagkit.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.files import Files
    from tagkit.plan.model import ConsentSettings

FILE = "consent-default.html"
_MARK = "Made by tagkit. -->"


def consent_default(consent: ConsentSettings) -> Files:
    """consent-default.html when the plan asks for one.

    In a tag it would come too late: Custom HTML waits for the body, and its gtag() commands are
    not sure to be heard before the next trigger (support.google.com/tagmanager/answer/10718549).
    """
    default = consent.default
    if default is None:
        return {}
    regional = [
        {**_states(region.granted), "region": list(region.regions)} for region in default.regions
    ]
    everywhere = {**_states(default.granted), "wait_for_update": default.wait_for_update}
    html = render(
        "gtm/consent_default.html.j2",
        defaults=[*regional, everywhere],
        ads_data_redaction=default.ads_data_redaction,
        url_passthrough=default.url_passthrough,
    )
    return {FILE: html + "\n"}


def stale_default(folder: Path) -> list[str]:
    """The file in a folder, if it is one of ours, which its first line says."""
    try:
        with (folder / FILE).open(encoding="utf-8") as file:
            return [FILE] if _MARK in file.readline(1000) else []
    except (OSError, ValueError):
        return []


def _states(granted: tuple[str, ...]) -> dict[str, object]:
    """A state for every type: one that nobody set counts as granted."""
    return {kind: "granted" if kind in granted else "denied" for kind in CONSENT_TYPES}
