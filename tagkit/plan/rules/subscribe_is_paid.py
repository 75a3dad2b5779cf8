"""A newsletter counted as Meta's Subscribe, which is a paid subscription.

Campaigns that optimise for Subscribe then look for people who sign up for free, and the value of
subscriptions is wrong.

Before::

    - {use: newsletter_signup, meta_pixel: {event: Subscribe}}

After::

    - newsletter_signup        # CompleteRegistration

Source: Meta Pixel reference: Subscribe, "start a paid subscription for a product or service".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.meta_events import literal_of, meta_events, place_of
from tagkit.plan.model import EventSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Conversion, MetaEvent, Resolved

RULE = Rule("TK246", "subscribe-is-paid", Severity.WARNING, "a newsletter counted as Subscribe")

# texts, compiled when there is a Subscribe: few plans have one
_NEWSLETTER = r"newsletter|biuletyn|mailing|mail[ _-]?list"
_PAID = r"paid|premium|\b(?:plus|pro|plan)\b|p[łl]atn|abonament|prenumerat|member|trial"


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the event's name."""
    for conversion, meta in meta_events(plan):
        if not meta.standard or meta.name != "Subscribe":
            continue
        texts = _texts(conversion, meta)
        if re.search(_PAID, texts) or not re.search(_NEWSLETTER, texts):
            continue
        yield Finding(
            RULE, place_of(conversion, meta),
            f"'{conversion.id}' looks like a newsletter, Meta's Subscribe is a paid subscription",
            hint="write event: CompleteRegistration, or Lead, or custom: NewsletterSignup",
        )  # fmt: skip


def _texts(conversion: Conversion, meta: MetaEvent) -> str:
    texts = [conversion.id, conversion.name]
    if conversion.ga4:
        texts.append(conversion.ga4.name)
    for trigger in conversion.triggers:
        if isinstance(trigger.settings, EventSettings):
            texts += trigger.settings.names
    texts += [str(literal_of(p)) for p in meta.properties if p.name == "content_name"]
    return "\n".join(texts).lower().replace("_", " ")
