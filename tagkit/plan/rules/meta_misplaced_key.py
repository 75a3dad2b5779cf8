"""Something among an event's properties that Meta takes elsewhere only.

An event ID counts in the fourth argument of ``fbq``: among the properties it is one of them, and
nothing is de-duplicated. The keys of advanced matching count in ``init``, where they are hashed:
among the properties they go out in clear and match nobody. Nothing warns of either.

Before::

    parameters: {eventID: {pushed: event_id}}

After::

    meta_pixel: {pixel_id: "1234567890123456", event_id: {pushed: event_id}}   # of the plan

Source: Meta, de-duplication and advanced matching; recorded behaviour of fbevents.js 2.9.203.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import bare
from tagkit.personal_data import looks_like
from tagkit.pixel.properties import MATCHING_KEYS
from tagkit.plan import meta_events as of_meta
from tagkit.values import Cookie, DataLayer, Element, Global, Pushed, identity
from tagkit.words import both

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.model import Parameter, Resolved

RULE = Rule(
    "TK245", "meta-misplaced-key", Severity.WARNING, "a property that Meta takes elsewhere only"
)


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the key; one finding for all the keys of advanced matching of an event."""
    for _, meta in of_meta.meta_events(plan):
        keys = []
        for parameter in meta.properties:
            if bare(parameter.name) == "eventid" and not _sent_to_ga4(parameter, plan):
                yield Finding(
                    RULE, parameter.route,
                    f"'{parameter.name}' among what an event sends is not its event ID",
                    hint="write meta_pixel: {event_id: …} at the top of the plan", at_key=True,
                )  # fmt: skip
            elif parameter.name in MATCHING_KEYS and of_meta.literal_of(parameter) is None:
                keys.append(parameter)
        if _about_a_person(keys):
            names = both([f"'{key.name}'" for key in keys])
            go = "goes" if len(keys) == 1 else "go"
            yield Finding(
                RULE, keys[0].route,
                f"{names} {go} to Meta in clear here, advanced matching would hash it",
                hint=f"write meta_pixel: {{advanced_matching: {{{keys[0].name}: …}}}} "
                "at the top of the plan",
                at_key=True,
            )  # fmt: skip


def _sent_to_ga4(parameter: Parameter, plan: Resolved) -> bool:
    """Whether it is for GA4, whose server container wants it, and Meta's events have it, too."""
    meta = plan.meta
    alone = of_meta.for_meta_alone(parameter)
    if meta is None or meta.event_id is None or alone:
        return False
    return identity(parameter.source) == identity(meta.event_id)


def _about_a_person(keys: list[Parameter]) -> bool:
    """``ph`` may be acidity, ``fn`` a file name: two of them, or a telling source, are a person."""
    return len(keys) > 1 or any(key.name == "em" or _tells(key) for key in keys)


def _tells(parameter: Parameter) -> bool:
    match of_meta.bare(parameter.source):
        case DataLayer(key=name) | Pushed(key=name) | Cookie(name=name) | Global(path=name):
            return bool(looks_like(name))
        case Element(css=css):
            return bool(looks_like(css))
    return False
