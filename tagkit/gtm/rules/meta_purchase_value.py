"""A purchase without value or currency, or a value without a currency.

Meta requires both of a Purchase: without them it counts no revenue, and campaigns cannot optimise
for value. The browser sends the event all the same. A value whose currency is not said is not used.

Before::

    fbq('track', 'Purchase', {value: {{Value}}});

After::

    fbq('track', 'Purchase', {value: {{Value}}, currency: 'EUR'});

Source: Meta Pixel reference; fbevents.js: "Required parameter 'value' is missing for event
'Purchase'"; diagnostics of Events Manager ("missing currency parameter").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.meta_tags import constants, meta_events, said
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK480",
    "meta-purchase-value",
    Severity.WARNING,
    "a purchase without value or currency, or a value without a currency",
)


def check(container: Container) -> Iterator[Finding]:
    """Each event whose properties can all be seen; once per tag and name."""
    known = constants(container)
    seen: set[tuple[str, str]] = set()
    for event in meta_events(container):
        name = said(event.name, known) or ""
        missing = [key for key in ("value", "currency") if not event.has(key)]
        # A value of an event of one's own need be no money.
        if not missing or (name != "Purchase" and (event.custom or missing != ["currency"])):
            continue
        if (event.tag.id or event.tag.name, name) in seen:
            continue
        seen.add((event.tag.id or event.tag.name, name))
        what = f"'{name}'" if name else "an event"
        has_value = " with a value" if missing == ["currency"] else ""
        yield Finding(
            RULE,
            event.route,
            f"{event.tag.words} sends {what}{has_value} without {both(missing)}",
            hint=f"add {both([_HINTS[key] for key in missing])}",
        )


_HINTS = {"value": "value: {{…}}, a number", "currency": "currency: 'EUR', an ISO 4217 code"}
