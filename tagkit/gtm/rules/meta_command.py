"""A call of fbq that the pixel does not understand.

Such a call does nothing: the library prints a line in the console and goes on. Commands are
case-sensitive; consent knows two words.

Before::

    fbq('trackcustom', 'GuideOpened');
    fbq('consent', 'granted');

After::

    fbq('trackCustom', 'GuideOpened');
    fbq('consent', 'grant');

Source: the dispatcher of fbevents.js 2.9.203 ("is not a valid fbq command") and its recorded
behaviour; two newer commands from Meta's own GTM template 2.0.9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.fbq_calls import TEXT
from tagkit.gtm.meta_tags import fbq_tags
from tagkit.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK478", "meta-command", Severity.WARNING, "a call of fbq that the pixel does not understand"
)

_COMMANDS = (
    "track trackCustom trackSingle trackSingleCustom init set consent dataProcessingOptions "
    "addPixelId trackShopify trackSingleSystem send on loadPlugin registerPlugin optIn optOut "
    "setUserProperties fire optinMetaEnabledCapi gateCheck"
).split()
_ANSWERS = ("grant", "revoke")


def check(container: Container) -> Iterator[Finding]:
    """Each command that is unknown, and each unknown answer to consent; once per tag and word."""
    for tag, code, calls in fbq_tags(container):
        said: set[str] = set()
        for call in calls:
            word = call.arguments[0] if call.arguments else None
            if call.command and call.command not in _COMMANDS:
                message = (
                    f"{tag.words} calls fbq('{call.command}', …), which the pixel does not know"
                )
                hint = nearest(call.command, _COMMANDS)
            elif call.command == "consent" and word and word.kind == TEXT and word.plain:
                if word.plain in _ANSWERS:
                    continue
                message = f"{tag.words} calls fbq('consent', '{word.plain}'), which does nothing"
                hint = None
            else:
                continue
            if message not in said:
                said.add(message)
                known = "write 'grant' or 'revoke'" if call.command == "consent" else None
                hint = hint or known or "an event is sent with 'track' or 'trackCustom'"
                yield Finding(RULE, code.value_route, message, hint=hint)
