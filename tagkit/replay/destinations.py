"""Which hits are a plan's: its measurement IDs and pixels, and the events of its conversions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.replay.coercion import UNDEFINED, text_of
from tagkit.replay.hits import GA4
from tagkit.replay.values import made_into
from tagkit.values import Literal, Source, Typed
from tagkit.words import quoted

if TYPE_CHECKING:
    from tagkit.plan.model import Conversion, Parameters, Resolved
    from tagkit.replay.coercion import Value
    from tagkit.replay.hits import Hit
    from tagkit.values import ValueType


class Destinations:
    """The IDs that a plan sends to, and which conversions send an event.

    Where an ID is read from the page, any is the plan's.
    """

    def __init__(self, plan: Resolved) -> None:
        self._conversions = plan.conversions
        self._ga4 = _measurement_ids(plan)
        self._meta = _pixels(plan)

    def has(self, hit: Hit) -> bool:
        """Whether the plan sends to it."""
        ids = self._ga4 if hit.to == GA4 else self._meta
        return ids is None or hit.id in ids

    def hint(self, hit: Hit) -> str | None:
        """Which IDs the plan has."""
        ids = self._ga4 if hit.to == GA4 else self._meta
        if not ids:
            return f"the plan sends nothing to {hit.to}"
        return f"the plan has {', '.join(sorted(ids))}; is there another container on the page?"

    def conversions(self, hit: Hit) -> tuple[int, ...]:
        """The conversions that may have sent it: by its name, then by their fixed parameters."""
        named = [
            i
            for i, one in enumerate(self._conversions)
            if _sends(one, hit) and _other_value(one, hit) is None
        ]
        if len(named) > 1:
            fitting = [i for i in named if _fits(self._conversions[i], hit)]
            most = max((len(_fixed(self._conversions[i], hit)) for i in fitting), default=0)
            named = [i for i in fitting if len(_fixed(self._conversions[i], hit)) == most] or named
        return tuple(named)

    def unnamed(self, to: str) -> tuple[int, ...]:
        """The conversions whose event is named by the page, so that any may be theirs."""
        return tuple(
            index
            for index, one in enumerate(self._conversions)
            if (event := one.ga4 if to == GA4 else one.meta) and event.named_by and not one.paused
        )

    def why_not(self, hit: Hit) -> tuple[str, str] | None:
        """The hit, and why it is not of the conversion that has an event of this name."""
        for one in self._conversions:
            event = one.ga4 if hit.to == GA4 else one.meta
            if not event or event.name != hit.event:
                continue
            other = _other_value(one, hit)
            if one.paused:
                return f"with {hit.id}", f"'{one.id}' is paused"
            if other is None or not _sends(one, hit):
                return f"with {hit.id}", f"'{one.id}' sends it to another ID"
            said, fixed = quoted(text_of(hit.parameters[other])), _fixed(one, hit)[other]
            return f"with {other} {said}", f"'{one.id}' sends it with {quoted(fixed)}"
        return None

    def names(self, to: str) -> tuple[str, ...]:
        """The names of the events that the plan sends there."""
        sent = (one.ga4 if to == GA4 else one.meta for one in self._conversions)
        return tuple(dict.fromkeys(event.name for event in sent if event and event.name))


def _measurement_ids(plan: Resolved) -> frozenset[str] | None:
    if plan.ga4 is None:
        return frozenset()
    own = [one.ga4.measurement_id for one in plan.conversions if one.ga4]
    if plan.ga4.identified_by is not None:
        return None
    ids = {plan.ga4.measurement_id, *(one.measurement_id for one in plan.ga4.environments)}
    for source in filter(None, own):
        if not isinstance(source, Literal):
            return None
        ids.add(text_of(source.value))
    return frozenset(ids)


def _pixels(plan: Resolved) -> frozenset[str] | None:
    if plan.meta is None:
        return frozenset()
    return None if plan.meta.identified_by is not None else frozenset(plan.meta.pixel_ids)


def _sends(conversion: Conversion, hit: Hit) -> bool:
    if conversion.paused:
        return False
    if hit.to == GA4:
        ga4 = conversion.ga4
        if ga4 is None or ga4.name != hit.event:
            return False
        own = ga4.measurement_id
        return not isinstance(own, Literal) or text_of(own.value) == hit.id
    meta = conversion.meta
    if meta is None or meta.name != hit.event:
        return False
    return not meta.pixel_ids or hit.id in meta.pixel_ids


def _parameters(conversion: Conversion, hit: Hit) -> Parameters:
    if hit.to == GA4:
        return conversion.ga4.parameters if conversion.ga4 else ()
    return conversion.meta.properties if conversion.meta else ()


def _fits(conversion: Conversion, hit: Hit) -> bool:
    """Whether the hit has what the conversion always sends."""
    return _fixed(conversion, hit).keys() <= hit.parameters.keys()


def _other_value(conversion: Conversion, hit: Hit) -> str | None:
    """The parameter that always has one value, and another in the hit."""
    for name, said in _fixed(conversion, hit).items():
        if name in hit.parameters and text_of(hit.parameters[name]) != said:
            return name
    return None


def _fixed(conversion: Conversion, hit: Hit) -> dict[str, str]:
    """The parameters that have the same value each time."""
    fixed = {one.name: _literal(one.source) for one in _parameters(conversion, hit)}
    return {name: said for name, said in fixed.items() if said is not None}


def _literal(source: Source) -> str | None:
    kinds: list[ValueType] = []
    while isinstance(source, Typed):
        kinds.append(source.type)
        source = source.source
    if not isinstance(source, Literal):
        return None
    value: Value = source.value
    for kind in reversed(kinds):
        value = made_into(kind, value)
    # how a list is written on the way is the destination's business
    return None if value is UNDEFINED or isinstance(value, list | dict) else text_of(value)
