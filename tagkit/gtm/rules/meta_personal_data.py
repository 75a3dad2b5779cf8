"""A Meta event carries personal data among its properties.

What advanced matching gets is hashed by the pixel before it leaves the browser; properties go out
in clear, which Meta's terms forbid for contact details. Its servers may then drop the property, or
the event.

Before::

    fbq('track', 'Lead', {email: '{{Form - Email}}'});

After::

    fbq('init', '1234567890123456', {em: {{Form - Email}}});
    fbq('track', 'Lead');

Source: recorded behaviour of fbevents.js 2.9.203 (sent in clear); Meta Business Tools Terms 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.fbq_calls import LIST, OBJECT
from tagkit.gtm.meta_tags import constants, meta_events, said
from tagkit.gtm.visitors import is_of_the_site
from tagkit.personal_data import looks_like
from tagkit.words import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container

RULE = Rule(
    "TK486",
    "meta-personal-data",
    Severity.WARNING,
    "a Meta event carries personal data among its properties",
)

# Keys of advanced matching that are no words of their own.
_MATCHING = {
    "em": "an e-mail address",
    "ph": "a phone number",
    "fn": "a name",
    "ln": "a name",
    "zp": "an address",
    "db": "a date of birth",
}


def check(container: Container) -> Iterator[Finding]:
    """Each property that holds it by its name; a text that is written down is nobody's secret."""
    known = constants(container)
    variables = {variable.name: variable for variable in container.of("variable")}
    seen: set[tuple[str, str]] = set()
    for event in meta_events(container):
        for sent in event.properties:
            key = (event.tag.id or event.tag.name, sent.name)
            what = _MATCHING.get(sent.name) or looks_like(sent.name)
            if not what or key in seen or sent.value.kind in {LIST, OBJECT}:
                continue
            if said(sent.value, known) is not None:
                continue
            name = sent.value.reference
            if name and is_of_the_site(name, variables.get(name)):
                continue
            seen.add(key)
            yield Finding(
                RULE,
                sent.name_route,
                f"{event.tag.words} sends {what} in clear, as the property {quoted(sent.name)}",
                hint="leave it out; contact details belong into advanced matching, "
                "the third argument of fbq('init', …), which hashes them",
            )
