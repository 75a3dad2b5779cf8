"""A value that only GTM knows, in a conversion that Meta's snippets also send.

``gtm:`` and JavaScript with ``{{…}}`` refer to variables of the container. On a site without GTM
they have no value: the snippets leave the property out.

Before::

    parameters: {author: {gtm: "{{DLV - author}}"}}

After, when the snippets are used::

    parameters: {author: {data_layer: page.author}}

Source: our own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.plan.portable import only_in_gtm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Resolved

RULE = Rule("TK216", "only-in-gtm", Severity.NOTE, "a value that only GTM knows")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the parameter's key."""
    for conversion in plan.conversions:
        for parameter in conversion.meta.properties if conversion.meta else ():
            if only_in_gtm(parameter.source):
                yield Finding(
                    RULE, parameter.route,
                    f"only GTM knows this value, the snippets leave '{parameter.name}' out",
                    hint="name another source if you use the snippets, on a site without GTM",
                    at_key=True,
                )  # fmt: skip
