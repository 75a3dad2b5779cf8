"""``Subscribe`` is sent for a newsletter.

Meta means a paid subscription by it. Campaigns that optimise for subscriptions then look for people
who leave an address, and the numbers of both are worth nothing.

Before::

    fbq('track', 'Subscribe');              // the tag fires on newsletter_signup

After::

    fbq('track', 'CompleteRegistration');   // or Lead

Source: Meta Pixel reference (Subscribe: "start a paid subscription").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import id_text, items, text
from tagkit.gtm.meta_tags import constants, meta_events, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container
    from tagkit.gtm.meta_tags import MetaEvent

RULE = Rule(
    "TK488",
    "meta-subscribe-newsletter",
    Severity.WARNING,
    "Subscribe is sent for a newsletter",
)

_WORD = "newsletter"


def check(container: Container) -> Iterator[Finding]:
    """Each Subscribe whose tag, trigger or properties speak of a newsletter."""
    known = constants(container)
    triggers: dict[str, str] | None = None
    seen: set[str] = set()
    for event in meta_events(container):
        if event.tag.id in seen or said(event.name, known) != "Subscribe":
            continue
        triggers = _triggers(container) if triggers is None else triggers
        if _WORD in _words(event, triggers).lower():
            seen.add(event.tag.id)
            yield Finding(
                RULE,
                event.route,
                f"{event.tag.words} sends 'Subscribe' for a newsletter; "
                "Meta means a paid subscription by it",
                hint="send 'CompleteRegistration' or 'Lead'",
            )


def _words(event: MetaEvent, triggers: dict[str, str]) -> str:
    fires_on = [
        triggers.get(id_text(trigger), "")
        for trigger in items(event.tag.data.get("firingTriggerId"))
    ]
    return " ".join([event.tag.name, *fires_on, *(sent.value.text for sent in event.properties)])


def _triggers(container: Container) -> dict[str, str]:
    """The words of each trigger: its name and what its conditions compare with."""
    found = {trigger.id: [trigger.name] for trigger in container.of("trigger")}
    for parameter in container.parameters:
        if parameter.entity.kind == "trigger" and text(parameter.data.get("key")) == "arg1":
            found[parameter.entity.id].append(parameter.value)
    return {trigger: " ".join(words) for trigger, words in found.items()}
