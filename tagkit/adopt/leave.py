"""What adoption leaves in the container, and why; and why there can be no plan at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.adopt.model import Left
from tagkit.gtm import vocabulary
from tagkit.gtm.links import trigger_ids
from tagkit.gtm.meta_tags import template_tags

if TYPE_CHECKING:
    from collections.abc import Container as Collection
    from collections.abc import Iterator, Sequence

    from tagkit.adopt.reading import Reading
    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Entity

_UNIVERSAL = "Universal Analytics, which Google has switched off"
_REASONS = {
    "ua": _UNIVERSAL,
    "html": "Custom HTML that does not call fbq",
    "awct": "Google Ads is not part of a plan",
    "awcc": "Google Ads is not part of a plan",
    "sp": "Google Ads is not part of a plan",
    "awud": "Google Ads is not part of a plan",
    "gclidw": "the conversion linker is not part of a plan",
    "flc": "Floodlight is not part of a plan",
    "fls": "Floodlight is not part of a plan",
    "googtag": "a Google tag is part of a plan only with GA4 events",
    "gaawc": "a Google tag is part of a plan only with GA4 events",
    "img": "image tags are not part of a plan",
}
_CONTEXTS = {
    "SERVER": "a server container",
    "AMP": "a container for AMP pages",
    "ANDROID": "a container for Android apps",
    "IOS": "a container for iOS apps",
    "ANDROID_SDK_5": "a container for Android apps",
    "IOS_SDK_5": "a container for iOS apps",
}


def reason_for_none(reading: Reading) -> str:
    """Why there can be no plan of this container; empty when there can be one."""
    container = reading.container
    contexts = container.contexts
    if contexts and "WEB" not in contexts:
        what = next((_CONTEXTS[one] for one in contexts if one in _CONTEXTS), "not for web pages")
        return f"this is {what}; a plan is for web pages"
    if not reading.tags:
        return "the container has no tags"
    templates = {tag.route for tag, _ in template_tags(container)}
    if any(
        tag.type == "gaawe" or tag.route in templates or _calls_fbq(tag) for tag in reading.tags
    ):
        return ""
    if any(tag.type in ("googtag", "gaawc") for tag in reading.tags):
        return "the container has a Google tag, but no GA4 event tag and no Meta Pixel tag"
    old = sum(tag.type == "ua" for tag in reading.tags)
    if old:
        tags = "1 tag" if old == 1 else f"{old} tags"
        return f"the container has no GA4 and no Meta tags; {tags} of {_UNIVERSAL}"
    return "the container has no GA4 and no Meta tags"


def left_alone(
    reading: Reading, became: Collection[Route], lefts: Sequence[Left]
) -> Iterator[Left]:
    """Every tag that is not part of the plan, with the reason, in the file's order."""
    said = {left.route: left.reason for left in lefts}
    for tag in reading.tags:
        if tag.route in became:
            continue
        yield Left(tag.words, said.get(tag.route) or _reason(tag), tag.route)


def unused(reading: Reading, became: Collection[Route]) -> Iterator[Left]:
    """What is neither a tag nor used by a tag that is part of the plan, with the reason."""
    used = _reached(reading, [tag for tag in reading.tags if tag.route in became])
    others = _reached(reading, [tag for tag in reading.tags if tag.route not in became])
    for entity in reading.container.of("trigger", "variable"):
        if entity.route not in used:
            alone = entity.route in others
            yield Left(
                entity.words, "only what is left alone uses it" if alone else "no tag uses it"
            )
    for entity in reading.container.of("zone", "client", "transformation", "gtagConfig"):
        yield Left(entity.words, "such things are not part of a plan")
    for entity in reading.container.of("customTemplate"):
        yield Left(entity.words, "templates stay for what is made of them")


def _reached(reading: Reading, tags: Sequence[Entity]) -> Collection[Route]:
    """The triggers and variables that the tags use, and those that these use."""
    found: set[Route] = set()
    waiting = list(tags)
    while waiting:
        entity = waiting.pop()
        names = reading.uses.get(entity.route, ())
        uses = [reading.variables[name] for name in names if name in reading.variables]
        ids = [*reading.members.get(entity.route, ())]
        if entity.kind == "tag":
            ids += [
                *trigger_ids(entity, "firingTriggerId"),
                *trigger_ids(entity, "blockingTriggerId"),
            ]
        uses += [reading.triggers[one] for one in ids if one in reading.triggers]
        for other in uses:
            if other.route not in found:
                found.add(other.route)
                waiting.append(other)
    return found


def _calls_fbq(tag: Entity) -> bool:
    code = tag.parameter("html") if tag.type == "html" else None
    return code is not None and "fbq" in code.value


def _reason(tag: Entity) -> str:
    if _calls_fbq(tag):
        return "its code has fbq, but sends no event that can be read"
    if tag.type in _REASONS:
        return _REASONS[tag.type]
    if tag.type.startswith(vocabulary.TEMPLATE_TYPE_PREFIX):
        return "a tag of a custom template"
    known = vocabulary.TAG_TYPES.get(tag.type)
    name = getattr(known, "label", "") or getattr(known, "name", "") or tag.type
    return f"'{name}' is not part of a plan"
