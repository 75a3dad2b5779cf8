"""What is wrong with a merge, or with taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm import vocabulary
from tagkit.gtm.container import mapping, text
from tagkit.gtm.google_analytics import analytics_of
from tagkit.gtm.links import listed
from tagkit.gtm.meta_tags import constants, meta_events, pixel_starts, said
from tagkit.gtm.rules import not_an_export, other_context
from tagkit.gtm.rules.dangling_variable import offer
from tagkit.plan.model import ContainerIds
from tagkit.textfile import CONTAINER_LIMIT
from tagkit.words import both, kind, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tagkit.diagnostics import Findings, Route
    from tagkit.gtm.container import Container, Data, Entity
    from tagkit.gtm.merge.drawn import Drawn
    from tagkit.gtm.meta_tags import Start
    from tagkit.program.model import Program
    from tagkit.source import Json

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE
OTHER_CONTAINER = Rule("TK601", "merge-other-container", _W, "the plan is for another container")
NOT_FOR_PAGES = Rule("TK602", "merge-not-for-pages", _E, "the container is not for web pages")
NAME_TAKEN = Rule("TK603", "merge-name-taken", _W, "a name of ours is somebody else's there")
CONFIGURED = Rule(
    "TK604", "merge-measurement-id-taken", _W, "another Google tag has the measurement ID"
)
STARTED = Rule("TK605", "merge-pixel-taken", _W, "another tag starts the pixel")
SENT = Rule("TK606", "merge-event-sent", _W, "another tag sends the event to the same place")
BUILT_IN_NAME = Rule(
    "TK607", "merge-built-in-name", _W, "a variable has the name of a built-in variable"
)
STILL_NEEDED = Rule("TK608", "merge-still-needed", _W, "what tagkit made is used by others")
TOO_LARGE = Rule("TK609", "merge-too-large", _E, "the result is too large to be imported")
LEFT_OVER = Rule("TK610", "merge-left-over", _N, "an earlier plan left something behind")
LOOKALIKE = Rule("TK611", "merge-lookalike", _N, "something may be tagkit's and stays")
NOTHING = Rule("TK612", "merge-nothing-found", _N, "nothing of tagkit's is in the container")
NO_ROOM = Rule("TK613", "merge-no-room", _E, "an entity of ours has no place there")
LACKING = Rule("TK614", "merge-variable-lacking", _W, "the export lacks a variable of the plan")
RULES = (
    OTHER_CONTAINER,
    NOT_FOR_PAGES,
    NAME_TAKEN,
    CONFIGURED,
    STARTED,
    SENT,
    BUILT_IN_NAME,
    STILL_NEEDED,
    TOO_LARGE,
    LEFT_OVER,
    LOOKALIKE,
    NOTHING,
    NO_ROOM,
    LACKING,
)


def is_export(target: Container, found: Findings) -> bool:
    """Whether the file is an export, which an answer of the API is not."""
    if isinstance(mapping(target.root).get("containerVersion"), dict):
        return True
    found += [f for f in not_an_export.check(target) if f.severity is None][:1]
    if not found:
        found.say(not_an_export.RULE, (), "'containerVersion' is no mapping, as in every export")
    return False


def fits(target: Container, found: Findings) -> bool:
    """Whether it is an export of a container for web pages."""
    if not is_export(target, found):
        return False
    if not target.contexts or "WEB" in target.contexts:
        return True
    hint = "a plan makes containers for web pages; export the one that the site loads"
    for other in other_context.check(target):
        found.append(other._replace(rule=NOT_FOR_PAGES, hint=hint))
        return False
    route = (*target.version_route, "container", "usageContext")
    words = both(target.contexts)
    found.say(NOT_FOR_PAGES, route, f"this is a container for {words}, not for pages", hint=hint)
    return False


def has_room(target: Container, made: Drawn, found: Findings) -> bool:
    """Whether all of ours can be put in: lists are lists, names are not those of built-ins."""
    before = len(found)
    for name in {name for name, _ in made.entities} | {"builtInVariable"}:
        value = target.version.get(name, [])
        if not isinstance(value, list):
            found.say(
                NO_ROOM,
                (*target.version_route, name),
                f"'{name}' is {kind(cast('Json', value))}, and would have to be a list",
                hint="export the container again, GTM writes a list",
            )
    for which, name in made.entities:
        if which == "variable" and name in target.built_ins:
            found.say(
                NO_ROOM,
                (*target.version_route, "builtInVariable"),
                f"the plan has a variable {quoted(name)}, here a built-in variable is called so",
                hint="put {prefix} into 'naming: {variable: …}' of the plan",
            )
    for built_in in made.built_ins:
        for variable in target.of("variable"):
            if variable.name == built_in["name"]:
                found.say(
                    BUILT_IN_NAME,
                    variable.name_route,
                    f"the plan needs the built-in variable '{variable.name}', and gets this "
                    "variable, which has its name",
                    hint="give it another name in GTM, if it does something else",
                )
    return not any(finding.rule is NO_ROOM for finding in found[before:])


def is_importable(written: str, found: Findings) -> bool:
    """Whether GTM takes a file of this size."""
    size = len(written.encode())
    if size <= CONTAINER_LIMIT:
        return True
    message = f"with the plan the container has {size / 1e6:.1f} MB; GTM imports at most 10 MB"
    found.say(TOO_LARGE, (), message, hint="export single folders, or take out what is unused")
    return False


def check(
    target: Container,
    ours: Collection[Route],
    overwritten: Sequence[tuple[Entity, Data]],
    program: Program,
) -> Iterator[Finding]:
    """Where ours and theirs get into each other's way."""
    yield from _of_other_container(target, program)
    for there, data in overwritten:
        yield Finding(
            NAME_TAKEN,
            there.name_route,
            f"{there.words} is overwritten: {_whose(there, data)}",
            hint="rename it in GTM if it is not tagkit's, or choose another 'naming: {prefix: …}'",
        )
    yield from _of_analytics(target, ours, program)
    yield from _of_pixels(target, ours, program)


def lacking(target: Container, after: Container, made: Collection[Route]) -> Iterator[Finding]:
    """Variables that the plan names and nobody has, each once."""
    known = after.names["variable"] | after.built_ins | vocabulary.IMPLICIT_VARIABLES
    named = (one.name for one in after.references if one.entity.route in made)
    near = tuple(sorted(target.names["variable"] | target.built_ins))
    route = target.version_route
    for name in dict.fromkeys(name for name in named if name not in known):
        yield Finding(
            LACKING,
            (*route, "variable") if "variable" in target.version else route,
            f"the plan refers to {{{{{name}}}}}, which the export does not have",
            hint=offer(name, near) or "make the variable in GTM, or correct its name in the plan",
        )


def left_over(entities: Sequence[Entity]) -> Iterator[Finding]:
    """What was made from an earlier plan and is in this one no more."""
    for found in _by_kind(entities):
        yield Finding(
            LEFT_OVER,
            found[0].name_route,
            f"{listed(found)}: made by tagkit, not from this plan; GTM's import leaves it there",
            hint="delete it in GTM, or merge with --prune",
        )


def still_needed(
    leaving: Mapping[Route, Entity], users: Mapping[Route, Entity]
) -> Iterator[Finding]:
    """What others use and so stays; ``users``: who needs it."""
    for route, entity in leaving.items():
        if user := users.get(route):
            verb = "lies in it" if entity.kind == "folder" else "uses it"
            yield Finding(
                STILL_NEEDED,
                entity.name_route,
                f"{entity.words} stays: {user.words} {verb}",
                hint=None if user.route in leaving else f"change {user.words} first",
            )


def look_like_ours(entities: Sequence[Entity]) -> Iterator[Finding]:
    """What bears a mark of ours and is not ours for sure: it stays."""
    for found in _by_kind(entities):
        why = "with tagkit's prefix, but nothing uses it"
        if found[0].kind == "tag":
            why = "with a note of tagkit's, but another name than its tags have: copied, it seems"
        yield Finding(
            LOOKALIKE,
            found[0].name_route,
            f"{listed(found)} stays, {why}",
            hint="delete it in GTM, if it is tagkit's",
        )


def nothing_of_ours(of_plan: bool) -> Iterator[Finding]:  # noqa: FBT001 - a word more in the text
    """Nothing was found to remove."""
    what = "of this plan's" if of_plan else "of tagkit's"
    yield Finding(NOTHING, (), f"there is nothing {what} in this container")


def _whose(there: Entity, data: Data) -> str:
    if there.type != text(data.get("type")):
        return f"it is of type '{there.type}', the plan's is '{text(data.get('type'))}'"
    if there.kind == "tag":
        return "it has no note of tagkit's"
    return "no tag of tagkit's uses it"


def _of_other_container(target: Container, program: Program) -> Iterator[Finding]:
    none, said_ids = ContainerIds(), program.container
    for key, wanted, placeholder in (
        ("publicId", said_ids.public_id, none.public_id),
        ("containerId", said_ids.container_id, none.container_id),
    ):
        there = text(target.info.get(key))
        if there and wanted not in {placeholder, there}:
            yield Finding(
                OTHER_CONTAINER,
                (*target.version_route, "container", key),
                f"the plan is for container {wanted}, and this is {there}",
                hint="check which of the two files is the wrong one",
            )
            return


def _of_analytics(
    target: Container, ours: Collection[Route], program: Program
) -> Iterator[Finding]:
    if program.ga4 is None:
        return
    ga4 = program.ga4
    ids = {ga4.measurement_id, *(e.measurement_id for e in ga4.environments)}
    analytics = analytics_of(target)
    for google_tag in analytics.google_tags:
        if google_tag.tag.route not in ours and google_tag.destination in ids:
            yield Finding(
                CONFIGURED,
                google_tag.destination_route,
                f"{google_tag.tag.words} configures '{google_tag.destination}', as the plan does, "
                "so page views may count twice",
                hint="pause one of the two, or 'google_analytics: {send_page_view: false}'",
            )
    names = {action.ga4.event for action in program.actions if action.ga4 and not action.paused}
    for event in analytics.events:
        if event.tag.route not in ours and event.destination in ids and event.literal_name in names:
            yield Finding(
                SENT,
                event.name_route,
                f"{event.tag.words} sends '{event.name}' to '{event.destination}', "
                "as the plan does",
                hint="pause it if both mean the same, else it counts twice",
            )


def _of_pixels(target: Container, ours: Collection[Route], program: Program) -> Iterator[Finding]:
    if program.meta is None:
        return
    known, pixels = constants(target), set(program.meta.pixel_ids)
    starts: dict[str, list[Start]] = {}
    for start in pixel_starts(target):
        pixel = said(start.pixel, known)
        if start.tag.route not in ours and pixel in pixels:
            starts.setdefault(pixel, []).append(start)
    for pixel, found in starts.items():
        tags = list({start.tag.route: start.tag for start in found}.values())
        verb, which = ("starts", "one of the two") if len(tags) == 1 else ("start", "all but one")
        yield Finding(
            STARTED,
            found[0].route,
            f"{listed(tags)} {verb} pixel {pixel}, as the plan does",
            hint=f"pause {which}: a second start is ignored, with all it carries",
        )
    names = {action.meta.event for action in program.actions if action.meta and not action.paused}
    names |= {"PageView"} if program.meta.page_view != "off" else set()
    for event in meta_events(target):
        name, pixel = said(event.name, known), said(event.pixel, known)
        if event.tag.route in ours or name not in names:
            continue
        if event.pixel is None or pixel in pixels:
            where = f"pixel {pixel}" if pixel else "every pixel that is started"
            yield Finding(
                SENT,
                event.route,
                f"{event.tag.words} sends '{name}' to {where}, as the plan does",
                hint="pause it if both mean the same, else it counts twice",
            )


def _by_kind(entities: Sequence[Entity]) -> Iterator[list[Entity]]:
    kinds = dict.fromkeys(entity.kind for entity in entities)
    return ([entity for entity in entities if entity.kind == kind] for kind in kinds)
