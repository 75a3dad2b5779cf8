"""What the tags that start the pixel tell it, as settings of the plan's ``meta_pixel``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.adopt.model import CannotSayError, Json
from tagkit.adopt.properties import source_of_value
from tagkit.adopt.reading import rows_of, setting
from tagkit.gtm.container import id_text, items
from tagkit.gtm.fbq_calls import OBJECT
from tagkit.gtm.meta_tags import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tagkit.adopt.reading import Reading
    from tagkit.adopt.variables import Sources
    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Entity
    from tagkit.gtm.fbq_calls import Call, Value

_MATCHING = ("em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id")
_EVERY_PAGE = frozenset({"2147479553", "2147479573", "2147479572"})
_ON_EVERY_PAGE = frozenset({"PAGEVIEW", "INIT", "CONSENT_INIT", "DOM_READY", "WINDOW_LOADED"})
_CODE = re.compile(r"\d{1,6}")


class Told(NamedTuple):
    """Settings, and by their keys what a person has to decide."""

    settings: dict[str, Json]
    comments: dict[str, list[str]]


def told(
    tags: Iterable[Entity],
    templates: Mapping[Route, str],
    calls: Mapping[Route, tuple[Call, ...]],
    sources: Sources,
    pixels: Sequence[str],
) -> Told:
    """What calls of fbq and fields of templates say of the pixel itself; ``pixels``: the plan's."""
    found = Told({}, {})
    off: set[str] = set()
    unnamed = pixels[0] if len(pixels) == 1 else ""
    matching: dict[str, dict[str, Json]] = {pixel: {} for pixel in pixels}
    for tag in tags:
        if tag.route in templates:
            own = _pixels_of(tag, templates[tag.route], sources)
            if setting(tag, "disableAutoConfig") == "true":
                off.update(own)
            said = _matching(_matching_fields(tag), sources, found.comments)
            if setting(tag, "dpoLDU") == "true":
                codes = (setting(tag, "dpoCountry"), setting(tag, "dpoState"))
                found.settings["limited_data_use"] = _limited(codes)
            for pixel in own:
                matching.setdefault(pixel, {}).update(said)
            continue
        for call in calls.get(tag.route, ()):
            if _is_auto_config_off(call):
                off.update(_those(call.arguments[2:3], sources) or ("", *pixels))
            if call.command == "init":
                said = _matching(_matching_of(call), sources, found.comments)
                for pixel in _those(call.arguments[:1], sources) or (unnamed,):
                    matching.setdefault(pixel, {}).update(said)
            if _limits_data_use(call):
                codes = (call.arguments[1].text, call.arguments[2].text)
                found.settings["limited_data_use"] = _limited(codes)
    _say_automatic(off, pixels, found)
    _say_matching(matching, found)
    return found


def _say_automatic(off: set[str], pixels: Sequence[str], found: Told) -> None:
    if not off:
        found.settings["automatic_events"] = True
        return
    if some := [pixel for pixel in pixels if pixel not in off]:
        listed = ", ".join(f"'{pixel}'" for pixel in some)
        what = f"the pixel {listed} sent automatic events, the plan's send none"
        found.comments.setdefault("pixel_id", []).append(f"decide: {what}")


def _say_matching(matching: dict[str, dict[str, Json]], found: Told) -> None:
    """What all pixels are told; a customer's data goes to no pixel that did not have it."""
    given = {key: value for told in matching.values() for key, value in told.items()}
    common = {
        key: value
        for key, value in given.items()
        if all(key in told and told[key] == value for told in matching.values())
    }
    if common:
        found.settings["advanced_matching"] = common
    for pixel, told in matching.items():
        if own := [key for key in told if key not in common]:
            which = f"the pixel '{pixel}'" if pixel else "a pixel that code names"
            what = f"only {which} was told {', '.join(own)}"
            found.comments.setdefault("pixel_id", []).append(
                f"decide: {what}; 'advanced_matching' would tell every pixel"
            )


def _those(given: Iterable[Value], sources: Sources) -> tuple[str, ...]:
    """The pixels that an argument of fbq names."""
    written = (f"{{{{{one.reference}}}}}" if one.reference else one.text for one in given)
    return tuple((sources.literal(one) or one).strip() for one in written if one)


def _pixels_of(tag: Entity, template: str, sources: Sources) -> tuple[str, ...]:
    listed = setting(tag, "pixelId" if template == "meta" else "pixelIds").split(",")
    return tuple((sources.literal(one.strip()) or one).strip() for one in listed if one.strip())


def revokes(calls: Iterable[Call]) -> bool:
    """Whether the pixel is told to wait for ``fbq('consent', 'grant')``."""
    return any(
        call.command == "consent" and call.arguments and call.arguments[0].plain == "revoke"
        for call in calls
    )


def unlike_every_page(tag: Entity, reading: Reading) -> Iterator[str]:
    """When a tag that starts the pixel fires, where the plan's pixel starts on every page."""
    fires = {id_text(one) for one in items(tag.data.get("firingTriggerId"))}
    plain = (reading.triggers[one] for one in fires if one in reading.triggers)
    if not fires & _EVERY_PAGE and not any(
        one.type in _ON_EVERY_PAGE and not items(one.data.get("filter")) for one in plain
    ):
        yield f"the plan's pixel starts on every page, {tag.words} had triggers of its own"
    if items(tag.data.get("blockingTriggerId")):
        yield f"{tag.words} had exceptions, the plan's pixel has none"


def _limits_data_use(call: Call) -> bool:
    """Whether it is Limited Data Use: an empty list says that it is not."""
    given = call.arguments
    return (
        call.command == "dataProcessingOptions" and len(given) > 2 and "LDU" in given[0].text  # noqa: PLR2004
    )


def _limited(codes: tuple[str, str]) -> Json:
    if not all(_CODE.fullmatch(code) for code in codes) or set(codes) == {"0"}:
        return True
    return {"country": int(codes[0]), "state": int(codes[1])}


def _matching_fields(tag: Entity) -> Iterator[tuple[str, Value]]:
    for switch, table in (
        ("advancedMatching", "advancedMatchingList"),
        ("enableEdvancedMatching", "userDataList"),
    ):
        if setting(tag, switch) == "true":
            for name, written in rows_of(tag, table):
                yield {"cn": "country"}.get(name, name), value_of(written)


def _matching_of(call: Call) -> Iterator[tuple[str, Value]]:
    given = call.arguments[1] if len(call.arguments) > 1 else None
    if given is not None and given.kind == OBJECT:
        yield from given.entries


def _matching(
    given: Iterable[tuple[str, Value]], sources: Sources, comments: dict[str, list[str]]
) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in given:
        if key not in _MATCHING:
            continue
        try:
            found[key] = source_of_value(value, sources, "")
        except CannotSayError:
            comments.setdefault("advanced_matching", []).append(f"decide: '{key}' was made by code")
    return found


def _is_auto_config_off(call: Call) -> bool:
    if call.command != "set" or len(call.arguments) < 2:  # noqa: PLR2004 - the name and the value
        return False
    name, value = call.arguments[:2]
    return name.plain == "autoConfig" and value.plain in ("false", "0")
