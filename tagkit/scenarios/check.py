"""Do the names in scenarios mean something? Scenarios and the plan they try -> findings.

The data has passed the schema. No browser is started, and nothing of it is imported here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.nearest import nearest
from tagkit.plan.selectors import BAD_SELECTOR, problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagkit.catalog import Catalog
    from tagkit.diagnostics import Document, Route
    from tagkit.plan.model import Conversion, Resolved

_E = Severity.ERROR
UNKNOWN_FIRES = Rule("TK501", "fires-unknown", _E, "a scenario for a conversion the plan lacks")
UNKNOWN_EVENT = Rule("TK502", "event-not-sent", _E, "an event that no conversion sends")
NO_PAGE = Rule("TK503", "page-missing", _E, "a page of a scenario that is not there")
TWICE = Rule("TK504", "scenario-twice", _E, "two scenarios of one name")
EXPECTS_NOTHING = Rule("TK505", "expects-nothing", _E, "a scenario that cannot fail")
NO_VISITOR = Rule("TK506", "no-visitor", _E, "a scenario of the catalog that it has not")
NOTHING_TO_DROP = Rule("TK507", "scenario-drop", _E, "a 'drop' of a scenario no base plan has")
RULES = (
    UNKNOWN_FIRES,
    UNKNOWN_EVENT,
    NO_PAGE,
    TWICE,
    EXPECTS_NOTHING,
    NO_VISITOR,
    NOTHING_TO_DROP,
)

_ELSEWHERE = re.compile(r"https?://|shop:|back$", re.IGNORECASE)
_DEPTH = re.compile(r"\s*\d+(\.\d+)?\s*(%|px)\s*")
_TIME = re.compile(r"\s*\d+(\.\d+)?\s*(ms|s)\s*")
_FEW = 12
_ALWAYS = {"google_analytics": ("page_view",), "meta_pixel": ("PageView",)}


def check_scenarios(document: Document, plan: Resolved, catalog: Catalog) -> Iterator[Finding]:
    """What is wrong with the scenarios of a plan, or of a file beside it."""
    conversions = {conversion.id: conversion for conversion in plan.conversions}
    events = _events_of(plan.conversions)
    for index, said in enumerate(_listed(document)):
        route: Route = ("tests", index)
        if isinstance(said, str):
            yield from _visitor(said, conversions, catalog, route)
        else:
            yield from _shape(said, document, route)
            for expected, at in _expectations(said, route):
                yield from _fires(expected, conversions, at, "conversion", "the plan")
                yield from _sent(expected, events, at)
    yield from _twice(_listed(document))


def check_of_container(document: Document, names: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with the scenarios of a container with tags of these names."""
    tags = dict.fromkeys(names)
    for index, said in enumerate(_listed(document)):
        route: Route = ("tests", index)
        if isinstance(said, str):
            message = f"'{said}' is a conversion of the catalog, and a container has tags"
            hint = "write a mapping: name, open, steps, expect"
            yield Finding(NO_VISITOR, route, message, hint)
            continue
        yield from _shape(said, document, route)
        for expected, at in _expectations(said, route):
            yield from _fires(expected, tags, at, "tag", "the container")
    yield from _twice(_listed(document))


def _listed(document: Document) -> list[Any]:
    data = document.data
    listed = data.get("tests") if isinstance(data, dict) else None
    return listed if isinstance(listed, list) else []


def _visitor(
    name: str, conversions: Mapping[str, Conversion], catalog: Catalog, route: Route
) -> Iterator[Finding]:
    conversion = conversions.get(name)
    if conversion is None:
        hint = nearest(name, conversions) or _known(conversions, "the plan has")
        yield Finding(NO_VISITOR, route, f"no conversion '{name}' in the plan", hint)
    elif not (conversion.catalog_id and catalog.entry(conversion.catalog_id).get("visitor")):
        message = f"'{name}' is not of the catalog, so what its visitor does is not known"
        hint = f"write a mapping: {{name: …, open: …, steps: […], expect: {{fires: [{name}]}}}}"
        yield Finding(NO_VISITOR, route, message, hint)


def _shape(said: Mapping[str, Any], document: Document, route: Route) -> Iterator[Finding]:
    """What can be told of a scenario by itself."""
    if "drop" in said:
        message = f"there is no scenario '{said['drop']}' to drop"
        hint = "scenarios of base plans are dropped by their names; delete this entry"
        yield Finding(NOTHING_TO_DROP, (*route, "drop"), message, hint)
        return
    yield from _page(said["open"], document, (*route, "open"))
    steps = said.get("steps") or []
    for index, step in enumerate(steps):
        for word, value in step.items():
            yield from _step(word, value, document, (*route, "steps", index, word))
    if "expect" not in said and not any("expect" in step for step in steps):
        message = f"'{said['name']}' expects nothing, so it cannot fail"
        hint = "add expect: {fires: [add_to_cart]}, or {fires: []} where nothing is to fire"
        yield Finding(EXPECTS_NOTHING, (*route, "name"), message, hint)


def _step(word: str, value: Any, document: Document, route: Route) -> Iterator[Finding]:  # noqa: ANN401
    if word == "navigate":
        yield from _page(value, document, route)
    selectors: Iterable[str] = ()
    if word in ("click", "submit"):
        selectors = [value]
    elif word == "fill":
        selectors = value
    elif (word == "scroll" and not _DEPTH.fullmatch(value)) or (
        word == "wait" and not _TIME.fullmatch(value)
    ):
        selectors = [value]
    for selector in selectors:
        if problem := problem_of(selector):
            message = f"'{selector}' is not a CSS selector: {problem}"
            at = (*route, selector) if word == "fill" else route
            hint = "a browser's console tells: document.querySelector(…) must not throw"
            yield Finding(BAD_SELECTOR, at, message, hint, at_key=word == "fill")


def _page(page: str, document: Document, route: Route) -> Iterator[Finding]:
    if _ELSEWHERE.match(page.strip()):
        return
    name = re.split(r"[?#]", page)[0]
    folder = Path(document.spot(route).source.name).parent
    try:
        if (folder / name).is_file():
            return
        there = [entry.name for entry in (folder / name).parent.iterdir()]
    except (OSError, ValueError):  # a name too long, a zero byte
        there = []
    message = f"there is no page '{page}'"
    near = nearest(Path(name).name, there)
    hint = near or "a file is named from the folder of this one; or write shop:/ or https://…"
    yield Finding(NO_PAGE, route, message, hint)


def _expectations(
    said: Mapping[str, Any], route: Route
) -> Iterator[tuple[Mapping[str, Any], Route]]:
    for index, step in enumerate(said.get("steps") or []):
        if "expect" in step:
            yield step["expect"], (*route, "steps", index, "expect")
    if "expect" in said:
        yield said["expect"], (*route, "expect")


def _fires(
    expected: Mapping[str, Any], known: Mapping[str, Any], route: Route, what: str, where: str
) -> Iterator[Finding]:
    for index, said in enumerate(expected.get("fires") or []):
        for name in [said] if isinstance(said, str) else said:
            if name not in known:
                hint = nearest(name, known) or _known(known, f"{where} has")
                at = (*route, "fires", index)
                if isinstance(said, dict):
                    at = (*at, name)
                message = f"no {what} '{name}' in {where}"
                yield Finding(UNKNOWN_FIRES, at, message, hint, at_key=isinstance(said, dict))


def _events_of(conversions: Iterable[Conversion]) -> dict[str, set[str] | None]:
    """The events that are sent, by where to; None: any may be, one is named by a source."""
    ga4 = {c.ga4.name: c.ga4.named_by for c in conversions if c.ga4}
    meta = {c.meta.name: c.meta.named_by for c in conversions if c.meta}
    return {
        key: None if any(events.values()) else {*events, *_ALWAYS[key]}
        for key, events in (("google_analytics", ga4), ("meta_pixel", meta))
    }


def _sent(
    expected: Mapping[str, Any], events: Mapping[str, set[str] | None], route: Route
) -> Iterator[Finding]:
    for key, known in events.items():
        listed = expected.get(key)
        if known is None or not isinstance(listed, list):
            continue
        for index, said in enumerate(listed):
            name = said if isinstance(said, str) else said["event"]
            if name not in known:
                at = (*route, key, index)
                if isinstance(said, dict):
                    at = (*at, "event")
                where = "GA4" if key == "google_analytics" else "Meta"
                message = f"no conversion of the plan sends '{name}' to {where}"
                hint = nearest(name, sorted(known)) or _known(sorted(known), "it sends")
                yield Finding(UNKNOWN_EVENT, at, message, hint)


def _twice(listed: list[Any]) -> Iterator[Finding]:
    first: dict[str, Route] = {}
    for index, said in enumerate(listed):
        name = said if isinstance(said, str) else said.get("name")
        route: Route = ("tests", index) if isinstance(said, str) else ("tests", index, "name")
        if name is None:
            continue
        if name in first:
            message = f"two scenarios have the name '{name}'"
            related = ((first[name], "the first is here"),)
            hint = "say with 'name' what is different about this one"
            yield Finding(TWICE, route, message, hint, related=related)
        first.setdefault(name, route)


def _known(names: Iterable[str], words: str) -> str:
    listed = list(names)
    more = ", …" if len(listed) > _FEW else ""
    return f"{words} {', '.join(listed[:_FEW])}{more}" if listed else f"{words} none"
