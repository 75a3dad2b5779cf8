"""A ``{{reference}}`` names no variable in the file.

The file imports, and GTM then complains at preview or publish, or the value is undefined. In an
export of part of a container the variable may live in the container it came from. A name must be
written exactly: case counts, and there is no space inside the braces. Placeholders such as
``{{YOUR_GA_ID}}`` and the braces of another template language in Custom HTML are read as
references, too.

Before::

    {"key": "value", "value": "{{DLV - Page type}}"}     # the variable is "DLV - page type"

After::

    {"key": "value", "value": "{{DLV - page type}}"}

Source: 9,725 of 9,842 references in exports resolve, the rest are partial exports and
placeholders; one author's report that the importer does not mind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.rules.built_in_not_listed import unlisted
from tagkit.nearest import closest
from tagkit.words import count, quoted, some

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container, Reference

RULE = Rule(
    "TK413", "dangling-variable", Severity.WARNING, "a {{reference}} names no variable in the file"
)

_NEAR = 0.8
_MANY = 5
_ABSENT = "add the variable, or see that the container you import into has it"


def check(container: Container) -> Iterator[Finding]:
    """One finding for each name, at the first place that uses it.

    Where one entity lacks many (part of a container was exported), one for all of them.
    """
    known = container.names["variable"] | container.built_ins | vocabulary.IMPLICIT_VARIABLES
    elsewhere = unlisted(container)
    uses: dict[str, list[Reference]] = {}
    for reference in container.references:
        if reference.name not in known and reference.name not in elsewhere:
            uses.setdefault(reference.name, []).append(reference)
    near = tuple(sorted(known.union(elsewhere) - vocabulary.IMPLICIT_VARIABLES))
    offers = {name: offer(name, near) for name in uses}
    lacking: dict[Route, list[str]] = {}
    for name, places in uses.items():
        if not offers[name]:
            lacking.setdefault(places[0].entity.route, []).append(name)
    for name, places in uses.items():
        together = lacking.get(places[0].entity.route, [])
        if offers[name] or len(together) <= _MANY:
            more = f" and in {count(len(places) - 1, 'other place')}" if len(places) > 1 else ""
            message = (
                f"'{{{{{name}}}}}', used in {places[0].entity.words}{more}, "
                "is no variable in the file"
            )
            yield Finding(RULE, places[0].route, message, hint=offers[name] or _ABSENT)
        elif name == together[0]:
            yield Finding(
                RULE,
                places[0].route,
                f"{places[0].entity.words} uses {len(together)} variables that are not in the "
                f"file: {some(quoted(one) for one in together)}",
                hint="add the variables, or see that the container you import into has them",
            )


def offer(name: str, known: tuple[str, ...]) -> str:
    """A hint that offers the variable that was meant; "" when none is near enough."""
    from difflib import SequenceMatcher

    near = closest(name.strip(), known)
    # In part of a container most names have no near one; a far-fetched offer misleads.
    if near and SequenceMatcher(None, name.casefold(), near.casefold()).ratio() > _NEAR:
        return f"did you mean '{{{{{near}}}}}'?"
    return ""
