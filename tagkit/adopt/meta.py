"""Meta Pixel tags as conversions and ``meta_pixel`` of the plan."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagkit.adopt.code import held_until, is_own_base, sent_by
from tagkit.adopt.google import piece_of
from tagkit.adopt.lost import lost_in
from tagkit.adopt.model import CannotSayError, Json, Left, Piece, stop
from tagkit.adopt.pixel import revokes, told, unlike_every_page
from tagkit.adopt.properties import event_id_of, properties_of, source_of_value
from tagkit.adopt.reading import REFERENCE, consent_of, setting
from tagkit.adopt.recognise import prefix_of
from tagkit.gtm.container import id_text, items
from tagkit.gtm.fbq_calls import CODE, calls_in
from tagkit.gtm.meta_tags import EVENT_COMMANDS, event_of_call, meta_events, template_tags
from tagkit.gtm.tags import CONSENT_EVENT
from tagkit.pixel.standard_events import STANDARD_EVENTS
from tagkit.plan.conversions import META_CONSENT

if TYPE_CHECKING:
    from tagkit.adopt.reading import Reading
    from tagkit.adopt.triggers import Triggers
    from tagkit.adopt.variables import Sources
    from tagkit.gtm.container import Entity
    from tagkit.gtm.fbq_calls import Value
    from tagkit.gtm.meta_tags import MetaEvent

PIXEL_ID = re.compile(r"[1-9][0-9]{0,25}")
PLACEHOLDER = "1"


class Meta(NamedTuple):
    """The Meta part of a plan: ``settings`` is empty when there is none.

    ``waits``: something of it waits for consent. ``updates``: events after which tagkit's own tags
    look at the consent again.
    """

    settings: dict[str, Json]
    comments: dict[str, list[str]]
    pieces: list[Piece]
    left: list[Left]
    bases: list[Entity]
    waits: bool
    updates: tuple[str, ...] = ()


def meta_of(reading: Reading, sources: Sources, triggers: Triggers) -> Meta:
    """All that the plan can say of the Meta Pixel in this container."""
    return _Meta(reading, sources, triggers).read()


class _Meta:
    def __init__(self, reading: Reading, sources: Sources, triggers: Triggers) -> None:
        self._reading, self._sources, self._triggers = reading, sources, triggers
        self._calls = {
            tag.route: calls_in(setting(tag, "html"))
            for tag in reading.tags
            if tag.type == "html" and "fbq" in setting(tag, "html")
        }
        self._templates = {tag.route: kind for tag, kind in template_tags(reading.container)}
        self._events: dict[object, list[MetaEvent]] = {}
        self._unsaid: dict[object, str] = {}
        for event in meta_events(reading.container):
            if event.template:
                self._events.setdefault(event.tag.route, []).append(event)
        for tag in reading.tags:
            if tag.route in self._calls:
                self._read_code(tag)
        self._left: list[Left] = []
        self._comments: dict[str, list[str]] = {}
        self._settings: dict[str, Json] = {}
        self._updates: list[str] = []
        self._page_view_tags: tuple[Entity, ...] = ()
        self._is_own = False

    def _read_code(self, tag: Entity) -> None:
        try:
            calls = sent_by(setting(tag, "html"))
        except CannotSayError as reason:
            self._unsaid[tag.route] = str(reason)
            return
        found = [event_of_call(tag, tag.route, call) for call in calls]
        if found:
            self._events[tag.route] = [event for event in found if event is not None]

    def read(self) -> Meta:
        tags = [t for t in self._reading.tags if t.route in self._calls or t.route in self._events]
        starts = self._starts(tags)
        if not starts and not any(t.route in self._events for t in tags):
            for tag in tags:
                reason = self._unsaid.get(
                    tag.route, "its code has fbq, but sends no event that can be read"
                )
                self._left.append(Left(tag.words, reason, tag.route))
            return Meta({}, {}, [], self._left, [], waits=False)
        self._identify(starts)
        bases = list(dict.fromkeys(tag.route for tag, _ in starts if tag.route in self._calls))
        self._base_settings(tags)
        needs = [set(consent_of(t)) for t in tags if t.route in bases and self._asks(t)]
        self._base_needs = set.intersection(*needs) if needs else set()
        self._revoked = revokes(call for calls in self._calls.values() for call in calls)
        if self._revoked:
            self._base_needs |= set(META_CONSENT)
            self._decide("it waited for fbq('consent', 'grant'), here for Google's consent mode")
        for tag in tags:
            if tag.route in bases and not is_own_base(setting(tag, "html")):
                for what in unlike_every_page(tag, self._reading):
                    self._decide(what)
        pieces: list[Piece] = []
        page_views = []
        for tag in tags:
            if tag.route in self._calls and is_own_base(setting(tag, "html")):
                self._own_base(tag)
                continue
            try:
                found = self._pieces(tag)
            except CannotSayError as reason:
                self._left.append(Left(tag.words, str(reason), tag.route))
                continue
            page_views += [piece for piece in found if self._is_page_view(piece)]
            pieces += found
        self._page_view(pieces, page_views)
        self._event_id(pieces)
        asked = {piece.consent for piece in pieces}
        usual = set(next(iter(asked)) if len(asked) == 1 else META_CONSENT)
        wanted = self._base_needs if self._is_own else set.intersection(*map(set, asked or {()}))
        if any(asked) and wanted != usual:
            self._settings["consent"] = sorted(wanted)
        kept = [*self._page_view_tags, *(tag for tag in tags if tag.route in bases)]
        waits = any(piece.consent for piece in pieces) or bool(self._base_needs)
        return Meta(
            self._settings, self._comments, pieces, self._left, kept, waits, tuple(self._updates)
        )

    def _decide(self, what: str, key: str = "pixel_id") -> None:
        self._comments.setdefault(key, []).append(f"decide: {what}")

    def _asks(self, tag: Entity) -> bool:
        try:
            consent_of(tag)
        except CannotSayError:
            return False
        return True

    # --- the pixel

    def _starts(self, tags: list[Entity]) -> list[tuple[Entity, str]]:
        """The pixels that tags start, as they are written."""
        found = []
        for tag in tags:
            if tag.route in self._templates:
                key = "pixelId" if self._templates[tag.route] == "meta" else "pixelIds"
                found += [(tag, one.strip()) for one in setting(tag, key).split(",") if one.strip()]
                continue
            for call in self._calls.get(tag.route, ()):
                if call.command == "init" and call.arguments:
                    written = _written(call.arguments[0])
                    if written:
                        found.append((tag, written))
        return found

    def _identify(self, starts: list[tuple[Entity, str]]) -> None:
        counted = Counter(written for _, written in starts)
        self._pixels: list[str] = []
        for written in counted:
            literal = self._sources.literal(written)
            pixel = (literal or "").strip()
            if PIXEL_ID.fullmatch(pixel) and pixel not in self._pixels:
                self._pixels.append(pixel)
        if self._pixels:
            one = len(self._pixels) == 1
            self._settings["pixel_id"] = self._pixels[0] if one else self._pixels
            return
        for written, _ in counted.most_common():
            if REFERENCE.search(written):
                said = self._sources.of(written)
                self._settings["pixel_id"] = said if isinstance(said, dict) else {"gtm": written}
                self._pixels = [written]
                return
        self._settings["pixel_id"] = PLACEHOLDER
        why = (
            "no tag of this container starts a pixel"
            if not counted
            else (f"'{next(iter(counted))}' is no pixel ID")
        )
        self._comments["pixel_id"] = [f"decide: {why}; write its ID here"]

    def _base_settings(self, tags: list[Entity]) -> None:
        self._settings["event_id"] = False
        pixels = [self._known(one) for one in self._pixels]
        said = told(tags, self._templates, self._calls, self._sources, pixels)
        self._settings |= said.settings
        for key, lines in said.comments.items():
            self._comments.setdefault(key, []).extend(lines)

    # --- events

    def _pieces(self, tag: Entity) -> list[Piece]:
        events = self._events.get(tag.route, [])
        calls = self._calls.get(tag.route, ())
        if tag.route in self._unsaid:
            raise CannotSayError(self._unsaid[tag.route])
        if not events:
            if not any(call.command == "init" for call in calls):
                stop("its code has fbq, but sends no event that can be read")
            for what in lost_in(setting(tag, "html"), calls):
                self._decide(f"{tag.words}: {what}")
            return []
        alike: dict[str, list[MetaEvent]] = {}
        for event in events:  # one event to several pixels is one event
            said = (event.name, event.properties, event.event_id, event.whole, event.custom)
            alike.setdefault(repr(said), []).append(event)
        return [self._piece(tag, same[0], same) for same in alike.values()]

    def _piece(self, tag: Entity, event: MetaEvent, same: list[MetaEvent]) -> Piece:
        html = setting(tag, "html") if tag.type == "html" else ""
        if event.template and setting(tag, "consent") not in ("", "true"):
            stop("the template asks for consent by itself")
        if event.template and event.name.kind == CODE:
            stop("the template makes the event from the data layer")
        decide = list(lost_in(html, self._calls.get(tag.route, ())))
        name, key = self._name(event)
        meta: dict[str, Json] = {key: name}
        meta["properties"] = properties_of(event, self._sources, html)
        if (event_id := event_id_of(event, self._sources, html)) is not None:
            meta["event_id"] = event_id
        if pixels := self._some_pixels(same):
            meta["pixel_id"] = pixels[0] if len(pixels) == 1 else pixels
        said = name if isinstance(name, str) else ""
        piece = piece_of(self._reading, self._triggers, tag, said, decide)
        piece.meta = meta
        own = set(consent_of(tag)) | held_until(html)
        waits = html or self._revoked
        piece.consent = tuple(sorted(own | (self._base_needs if waits else set())))
        return piece

    def _name(self, event: MetaEvent) -> tuple[Json, str]:
        said = source_of_value(event.name, self._sources, "")
        key = "custom" if event.custom else "event"
        if isinstance(said, str):
            if not said.strip():
                stop("it sends an event without a name")
            return said, "event" if said in STANDARD_EVENTS else "custom"
        if not isinstance(said, dict):
            stop(f"it sends an event whose name is {said}")
        return said, key

    def _some_pixels(self, events: list[MetaEvent]) -> list[str]:
        """The pixels that get an event, when these are not all."""
        if any(event.pixel is None for event in events):
            return []
        said = [_written(event.pixel) for event in events if event.pixel is not None]
        pixels = list(dict.fromkeys(self._known(p) for one in said for p in one.split(",")))
        known = [self._known(one) for one in self._pixels]
        if not known:
            stop(f"it goes to the pixel '{pixels[0]}', and no pixel has a valid ID here")
        if set(pixels) == set(known):
            return []
        if not set(pixels) < set(known):
            stop(f"it goes to the pixel '{pixels[0]}', and the plan's is '{known[0]}'")
        return pixels

    def _known(self, written: str) -> str:
        return (self._sources.literal(written.strip()) or written).strip()

    def _is_page_view(self, piece: Piece) -> bool:
        meta = piece.meta or {}
        return (
            meta.get("event") == "PageView"
            and not meta.get("properties")
            and not meta.keys() & {"event_id", "pixel_id"}
            and piece.triggers == ["page_view"]
            and not (piece.unless or piece.paused or piece.consent)
            and piece.once != "unlimited"
        )

    def _own_base(self, tag: Entity) -> None:
        """What tagkit wrote at another time says by itself what its plan said."""
        self._is_own = True
        calls = self._calls[tag.route]
        if any(call.command in EVENT_COMMANDS for call in calls):
            off = "disablePushState" in setting(tag, "html")
            self._settings["page_view"] = "load" if off else "history"
        else:
            self._settings["page_view"] = "off"
        for number in items(tag.data.get("firingTriggerId")):
            trigger = self._reading.triggers.get(id_text(number))
            if trigger is None or trigger.type != "CUSTOM_EVENT":
                continue
            names = self._reading.tests_of(trigger, "customEventFilter")
            self._updates += [t.right for t in names if t.right != CONSENT_EVENT]

    def _page_view(self, pieces: list[Piece], page_views: list[Piece]) -> None:
        """PageView of every page is the pixel's own; any other is a conversion."""
        others = [p for p in pieces if (p.meta or {}).get("event") == "PageView"]
        if "page_view" in self._settings:
            return
        waits = any(piece.consent for piece in pieces)
        if len(page_views) == 1 and len(others) == 1 and len(pieces) > 1 and not waits:
            pieces.remove(page_views[0])
            self._page_view_tags = page_views[0].tags
            for what in page_views[0].decide:
                self._decide(f"{page_views[0].tags[0].words}: {what}")
            off = self._history_is_off()
            if not off:
                self._settings["page_view"] = "history"
        else:
            self._settings["page_view"] = "off"
            if others and not self._history_is_off():
                self._decide("the pixel sent PageView for a new address, too", "page_view")

    def _history_is_off(self) -> bool:
        return any(
            "disablePushState" in setting(tag, "html") or setting(tag, "disablePushState") == "true"
            for tag in self._reading.tags
            if tag.route in self._calls or tag.route in self._templates
        )

    def _event_id(self, pieces: list[Piece]) -> None:
        """The event ID that most events have is the plan's; the others say their own."""
        ids = [piece.meta.get("event_id") for piece in pieces if piece.meta]
        given = [one for one in ids if one is not None]
        if 2 * len(given) <= len(ids):
            return
        usual = Counter(map(repr, given)).most_common(1)[0][0]
        self._settings["event_id"] = next(one for one in given if repr(one) == usual)
        if (prefix := prefix_of(self._reading)) and usual == repr(
            {"gtm": f"{{{{{prefix} - CJS - event ID}}}}"}
        ):
            self._settings["event_id"] = "auto"
        for piece in pieces:
            if piece.meta is None:
                continue
            own = piece.meta.pop("event_id", None)
            if own is None:
                piece.meta["event_id"] = False
            elif repr(own) != usual:
                piece.meta["event_id"] = own


def _written(value: Value) -> str:
    """A pixel's ID as GTM would have it in a field."""
    if value.reference:
        return f"{{{{{value.reference}}}}}"
    return value.text
