"""What each tag sends: GA4 events, what a Google tag sets, Meta events, pixels that are started.

All of it as values by name, read alike from every kind of tag, so that two are compared by one
piece of code. A paused tag is read as if it were not: that it is paused is said by itself.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.gtm.container import Entity
from tagkit.gtm.diff.model import Subject
from tagkit.gtm.diff.phrases import reads
from tagkit.gtm.diff.texts import named
from tagkit.gtm.fbq_calls import REFERENCE
from tagkit.gtm.google_analytics import Row, analytics_of, rows_of
from tagkit.gtm.meta_tags import meta_events, pixel_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagkit.diagnostics import Route
    from tagkit.gtm.container import Container
    from tagkit.gtm.diff.match import Pair
    from tagkit.gtm.diff.model import Words
    from tagkit.gtm.diff.side import Side
    from tagkit.gtm.fbq_calls import Value
    from tagkit.gtm.google_analytics import Event, GoogleTag
    from tagkit.gtm.meta_tags import MetaEvent, Start

GA4, GOOGLE_TAG, META, PIXEL, TAG = "GA4", "Google tag", "Meta", "Meta pixel", "tag"

Slot = tuple[str, str]
"""What a value is for: ``("parameter", "value")``, ``("destination", "")``."""
PARAMETER, PROPERTY, SETTING = "parameter", "user property", "setting"
DESTINATION, NAME = ("destination", ""), ("name", "")
ECOMMERCE, PAGE_VIEW = ("ecommerce", ""), ("page view", "")
EVENT_ID, CUSTOM = ("event ID", ""), ("custom", "")

READING = frozenset({"gaawe", "googtag", "gaawc"})
"""The types of tags whose parameters become values here; and these are the ones that do."""
READ = frozenset(
    "eventName measurementId measurementIdOverride tagId sendEcommerceData sendPageView "
    "eventSettingsTable eventParameters userProperties configSettingsTable fieldsToSet "
    "eventSettingsVariable configSettingsVariable".split()
)
META_READ = frozenset(
    "eventName standardEventName customEventName eventNameStandard eventNameCustom "
    "variableEventName pixelId pixelIds objectPropertyList objectPropertiesList eventId".split()
)
"""The same of the templates for the Meta Pixel."""


class Source(NamedTuple):
    """Where a value comes from: as both sides write it, what it is, as this file writes it.

    ``reads``: what the variable reads that is all of it. ``gone``: that has another name now.
    ``by``: the settings variable that it stands in, "" for the tag itself.
    """

    said: str
    meant: str
    shown: str
    names: tuple[str, ...] = ()
    reads: Words = ()
    gone: bool = False
    by: str = ""


class Sending(NamedTuple):
    """One event of one tag, or what else it does. ``key`` is the same when it is the same event."""

    tag: Entity
    platform: str
    name: str
    key: tuple[str, ...]
    sources: Mapping[Slot, Source]

    @property
    def subject(self) -> Subject:
        """What a sentence about it begins with; of Google tags and pixels, the id may change."""
        name = self.tag.name if self.platform in (GOOGLE_TAG, PIXEL) else self.name
        return Subject(self.platform, name, self.tag.name)

    @property
    def has_ecommerce(self) -> bool:
        """Whether GA4 adds what the ecommerce object holds."""
        return ECOMMERCE in self.sources and self.name in ECOMMERCE_EVENTS


def paired(
    before: Iterable[Sending], after: Iterable[Sending]
) -> tuple[list[tuple[Sending, Sending]], list[Sending], list[Sending]]:
    """What is the same event, or all that a tag has of its kind; what is lost; what has come."""
    left, right = list(before), list(after)
    same: list[tuple[Sending, Sending]] = []
    for one in tuple(left):
        other = next((two for two in right if two.key == one.key), None)
        if other is not None:
            same.append((one, other))
            left.remove(one)
            right.remove(other)
    for platform in dict.fromkeys(one.platform for one in left):
        lost = [one for one in left if one.platform == platform]
        come = [one for one in right if one.platform == platform]
        if len(lost) == len(come) == 1:
            same.append((lost[0], come[0]))
            left.remove(lost[0])
            right.remove(come[0])
    return same, left, right


class Sendings:
    """What the tags of a side send, read when the first is asked for."""

    def __init__(self, side: Side) -> None:
        self._side = side

    def of(self, tag: Entity) -> list[Sending]:
        """What this tag sends; nothing for a tag of which that is not known."""
        return self._by_tag.get(tag.route, [])

    def subjects(self, tag: Entity) -> tuple[Subject, ...]:
        """What is spoken of when something happens to the tag as a whole."""
        found = self.of(tag)
        pixels = [sending for sending in found if sending.platform == PIXEL]
        subjects = dict.fromkeys(sending.subject for sending in pixels or found)
        return tuple(subjects) or (Subject(TAG, tag.name, tag.name),)

    def __iter__(self) -> Iterator[Sending]:
        for found in self._by_tag.values():
            yield from found

    @cached_property
    def _by_tag(self) -> dict[Route, list[Sending]]:
        container = _awake(self._side.container)
        found: dict[Route, list[Sending]] = {}
        analytics = analytics_of(container)
        for sending in (
            *(self._event(event) for event in analytics.events),
            *(self._google_tag(google_tag) for google_tag in analytics.google_tags),
            *self._pixels(pixel_starts(container)),
            *(self._meta(event) for event in meta_events(container)),
        ):
            found.setdefault(sending.tag.route, []).append(sending)
        return found

    # --- Google Analytics

    def _event(self, event: Event) -> Sending:
        tag = event.tag
        sources = {NAME: self._source(event.name), DESTINATION: self._destination(event)}
        if event.ecommerce:
            sources[ECOMMERCE] = self._source("true")
        for row in event.shared:  # own rows come later, and win
            sources[PARAMETER, row.name] = self._row(row, by=row.entity.name)
        for row in event.own:
            sources[PARAMETER, row.name] = self._row(row)
        for row in rows_of(tag, "userProperties"):
            sources[PROPERTY, row.name] = self._row(row)
        return Sending(tag, GA4, event.name, (GA4, sources[NAME].said), sources)

    def _destination(self, event: Event) -> Source:
        own = event.tag.parameter("measurementIdOverride")
        if own is not None:
            return self._source(own.value, event.destination)
        by_tag = event.tag.parameter("measurementId")
        if by_tag is None:
            return self._source("")
        source = self._source(event.destination)
        return source._replace(
            said=f"as tag '{self._side.tag_label(by_tag.value)}'", by=by_tag.value
        )

    def _google_tag(self, google_tag: GoogleTag) -> Sending:
        written = google_tag.tag.parameter("tagId") or google_tag.tag.parameter("measurementId")
        destination = self._source(written.value if written else "", google_tag.destination)
        sources = {DESTINATION: destination}
        if google_tag.page_view is not False:
            sources[PAGE_VIEW] = self._source("true")
        for row in google_tag.rows:
            own = row.entity.route == google_tag.tag.route
            sources[SETTING, row.name] = self._row(row, by="" if own else row.entity.name)
        for row in rows_of(google_tag.tag, "userProperties"):
            sources[PROPERTY, row.name] = self._row(row)
        key = (GOOGLE_TAG, destination.meant)
        return Sending(google_tag.tag, GOOGLE_TAG, google_tag.destination, key, sources)

    def _row(self, row: Row, by: str = "") -> Source:
        return self._source(row.value)._replace(by=by)

    # --- Meta

    def _pixels(self, starts: Iterable[Start]) -> Iterator[Sending]:
        for start in starts:
            if not start.template:  # a template's tag starts it for the event it sends
                pixel = self._value(start.pixel)
                key = (PIXEL, pixel.meant)
                yield Sending(start.tag, PIXEL, pixel.shown, key, {DESTINATION: pixel})

    def _meta(self, event: MetaEvent) -> Sending:
        name = self._value(event.name)
        sources = {NAME: name}
        if event.pixel is not None:
            sources[DESTINATION] = self._value(event.pixel)
        if event.event_id is not None:
            sources[EVENT_ID] = self._value(event.event_id)
        if event.custom:
            sources[CUSTOM] = self._source("true")
        for sent in event.properties:
            sources[PARAMETER, sent.name] = self._value(sent.value)
        return Sending(event.tag, META, name.shown, (META, name.said), sources)

    # --- values

    def _source(self, value: str, literal: str = "") -> Source:
        return source_of(self._side, value, literal)

    def _value(self, value: Value) -> Source:
        """A value in code; what is computed there is not known, and equal to all such."""
        if value.kind == REFERENCE:
            return self._source(f"{{{{{value.text}}}}}")
        source = self._source(value.text)
        # A reference in quotes is a text, whatever it refers to.
        if not source.names:
            return source
        said, meant = (f"{value.kind} {one}" for one in (source.said, source.meant))
        return source._replace(said=said, meant=meant, shown=f'"{source.shown}"', reads=())


def of_several_pixels(
    pairs: Iterable[Pair], sent: tuple[Sendings, Sendings]
) -> set[tuple[int, Route]]:
    """The tags, with their side, that start more than one pixel on one side at least."""
    return {
        (number, tag.route)
        for pair in pairs
        if any(
            len({one.key for one in side.of(tag) if one.platform == PIXEL}) > 1
            for side, tag in zip(sent, pair, strict=True)
            if tag
        )
        for number, tag in enumerate(pair)
        if tag
    }


def shared_sources(side: Side, variable: Entity) -> dict[Slot, Source]:
    """The rows of a settings variable."""
    tables = {
        "eventSettingsTable": PARAMETER,
        "configSettingsTable": SETTING,
        "userProperties": PROPERTY,
    }
    return {
        (kind, row.name): source_of(side, row.value)
        for table, kind in tables.items()
        for row in rows_of(variable, table)
    }


def source_of(side: Side, value: str, literal: str = "") -> Source:
    """A value of this side; ``literal`` is it when it is written out behind a constant."""
    names = named(value)
    shown = value if "{{" in (literal or "{{") else literal
    alone = side.variable(names[0]) if len(names) == 1 and value == f"{{{{{names[0]}}}}}" else []
    return Source(
        side.said(value),
        side.meant(value),
        shown,
        names,
        reads(alone[0]) if alone else (),
        any(side.is_gone(name) for name in names),
    )


def _awake(container: Container) -> Container:
    """The container with all its tags running."""
    tags = tuple(
        Entity(tag.kind, tag.route, {**tag.data, "paused": False})
        if tag.data.get("paused") is True
        else tag
        for tag in container.of("tag")
    )
    return replace(container, entities={**container.entities, "tag": tags})
