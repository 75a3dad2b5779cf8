"""What a tag of the Meta Pixel does beside starting it and sending events: a plan has no words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.adopt.code import OURS
from tagkit.gtm.markup import blocks_of
from tagkit.gtm.meta_tags import EVENT_COMMANDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.gtm.fbq_calls import Call

_KNOWN = EVENT_COMMANDS.keys() | {"init", "dataProcessingOptions"}
_SET = ("autoConfig", "agent")
_ELEMENT = re.compile(r"<([a-z][a-z0-9-]{0,30})(?=[\s/>])", re.IGNORECASE)


def lost_in(html: str, calls: Iterable[Call]) -> Iterator[str]:
    """What is not in the plan of this code, for a person to decide."""
    if OURS in html:
        return
    if any(call.command and not _is_said(call) for call in calls):
        yield "its code tells fbq other things, too"
    elements = ", ".join(f"<{name}>" for name in dict.fromkeys(_elements(html)))
    if elements:
        yield f"its HTML has {elements}, too, which the plan does not have"


def _is_said(call: Call) -> bool:
    """Whether the plan, or a comment at its pixel, says what the call does."""
    first = call.arguments[0].plain if call.arguments else None
    if call.command == "consent":
        return first == "revoke"
    return call.command in _KNOWN or (call.command == "set" and first in _SET)


def _elements(html: str) -> Iterator[str]:
    """The elements that do something: GTM shows no ``noscript``, as scripts run where it is."""
    at = 0
    for block in blocks_of(html):
        yield from _named(html[at : block.at])
        at = block.inside + len(block.content)
        if block.name == "script":
            if "src" in block.attributes or (not block.runs and block.content.strip()):
                yield "script"
        elif block.name not in ("!--", "noscript"):
            yield block.name
    yield from _named(html[at:])


def _named(markup: str) -> Iterator[str]:
    yield from (name.lower() for name in _ELEMENT.findall(markup))
