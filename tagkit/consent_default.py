"""The consent default for pages whose banner sets none: a snippet to put above GTM's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.export_file import CONSENT_TYPES
from tagkit.rendering import render

if TYPE_CHECKING:
    from tagkit.files import Files
    from tagkit.plan.model import ConsentSettings


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
    return {"consent-default.html": html + "\n"}


def _states(granted: tuple[str, ...]) -> dict[str, object]:
    """A state for every type: one that nobody set counts as granted."""
    return {kind: "granted" if kind in granted else "denied" for kind in CONSENT_TYPES}
