"""``tests:`` of a plan or of a file of their own -> scenarios. The data has passed the schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagkit.scenarios.model import Does, Expectation, Place, Scenario, Sent, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tagkit.diagnostics import Document, Route

    Visitors = Callable[[str], Mapping[str, Any] | None]
    """What the catalog knows a visitor to do, by the id of a conversion, as a scenario."""


def read_scenarios(document: Document, visitors: Visitors = lambda _: None) -> list[Scenario]:
    """The scenarios of a document, in order; one that is named and not known is left out."""
    data = document.data
    listed = data.get("tests") if isinstance(data, dict) else None
    scenarios = []
    for index, said in enumerate(listed if isinstance(listed, list) else ()):
        route: Route = ("tests", index)
        if isinstance(said, dict) and "name" in said:
            scenarios.append(_Reader(document, route).scenario(said))
        elif isinstance(said, str) and (known := visitors(said)):
            scenarios.append(_Reader(document, route, inside=False).scenario(known))
    return scenarios


class _Reader:
    """Reads below a route; what is not ``inside`` the document has the place of its name there."""

    def __init__(self, document: Document, route: Route, *, inside: bool = True) -> None:
        self._document = document
        self._route = route
        self._inside = inside

    def _place(self, *steps: str | int) -> Place:
        spot = self._document.spot((*self._route, *steps) if self._inside else self._route)
        return Place(spot.source.name, spot.source.locate(spot.route))

    def scenario(self, said: Mapping[str, Any]) -> Scenario:
        """The scenario in a mapping."""
        opened = self._place("open")
        steps = [Step(Does.OPEN, said["open"].strip(), opened)]
        for index, step in enumerate(said.get("steps") or []):
            for word, value in step.items():
                steps.append(self._step(Does(word), value, ("steps", index, word)))
        if "expect" in said:
            steps.append(self._step(Does.EXPECT, said["expect"], ("expect",)))
        return Scenario(
            name=said["name"],
            steps=tuple(steps),
            place=self._place("name"),
            home=Path(opened.file).parent,
            consent=said.get("consent", "granted"),
            address=said.get("address", ""),
        )

    def _step(self, does: Does, value: Any, route: Route) -> Step:  # noqa: ANN401
        place = self._place(*route)
        if does is not Does.EXPECT:
            return Step(does, value, place)
        return Step(does, None, place, self._expectation(value, place, route))

    def _expectation(self, said: Mapping[str, Any], place: Place, route: Route) -> Expectation:
        ga4, meta = said.get("google_analytics"), said.get("meta_pixel")
        return Expectation(
            place=self._place(*route, "fires") if "fires" in said else place,
            fires=_counts(said["fires"]) if "fires" in said else None,
            ga4=self._sent(ga4, (*route, "google_analytics"), "parameters", "measurement_id"),
            meta=self._sent(meta, (*route, "meta_pixel"), "properties", "pixel_id"),
            no_ga4=ga4 == "none",
            no_meta=meta == "none",
            others=frozenset(said.get("others", ())),
        )

    def _sent(self, said: Any, route: Route, values: str, to: str) -> tuple[Sent, ...] | None:  # noqa: ANN401
        if said is None:
            return None
        return tuple(
            self._event(event, self._place(*route, index), values, to)
            for index, event in enumerate(said if isinstance(said, list) else ())
        )

    def _event(self, said: Any, place: Place, values: str, to: str) -> Sent:  # noqa: ANN401
        if isinstance(said, str):
            return Sent(said, {}, place)
        return Sent(
            said["event"],
            said.get(values, {}),
            place,
            said.get("user_properties", {}),
            said.get(to, ""),
            said.get("times"),
            said.get("event_id"),
        )


def _counts(fires: list[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name, number in _named(fires):
        counts[name] = counts.get(name, 0) + number
    return counts


def _named(fires: list[Any]) -> Iterator[tuple[str, int]]:
    for said in fires:
        yield from said.items() if isinstance(said, dict) else [(said, 1)]
