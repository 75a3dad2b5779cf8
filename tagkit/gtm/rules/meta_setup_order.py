"""What must come before ``init`` comes after it.

Consent, limited data use and automatic events are settings of the start: the pixel takes them as
they are when ``init`` runs. Called later in the same script they come too late for what ``init``
and the first PageView have sent.

Before::

    fbq('init', '1234567890123456');
    fbq('consent', 'revoke');

After::

    fbq('consent', 'revoke');
    fbq('init', '1234567890123456');

Source: Meta, general data protection regulation; data processing options; automatic configuration.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import fbq_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.fbq_calls import Call

RULE = Rule(
    "TK494", "meta-setup-order", Severity.WARNING, "what must come before init comes after it"
)


def check(container: Container) -> Iterator[Finding]:
    """Each such call at the top of a script, where the order of the code is the order of events."""
    for tag, code, calls in fbq_tags(container):
        started: set[str] = set()
        said: set[str] = set()
        for call in calls:
            if call.depth:
                continue
            if call.command == "init":
                started |= {call.arguments[0].text if call.arguments else ""}
            shown = _late(call, started)
            if shown and shown not in said:
                said.add(shown)
                yield Finding(
                    RULE,
                    code.value_route,
                    f"{tag.words} calls {shown} after fbq('init', …), where it comes too late",
                    hint="move it above fbq('init', …)",
                )


def _late(call: Call, started: set[str]) -> str:
    if not started:
        return ""
    first = call.arguments[0].plain if call.arguments else None
    if call.command == "consent" and first == "revoke":
        return "fbq('consent', 'revoke')"
    if call.command == "dataProcessingOptions":
        return "fbq('dataProcessingOptions', …)"
    if call.command == "set" and first == "autoConfig":
        pixel = call.arguments[2].text if len(call.arguments) > 2 else ""  # noqa: PLR2004
        return "fbq('set', 'autoConfig', …)" if not pixel or pixel in started else ""
    return ""
