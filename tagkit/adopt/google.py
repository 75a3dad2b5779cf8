"""GA4 event tags and the Google tag as conversions and ``google_analytics`` of the plan."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tagkit.adopt.model import CannotSayError, Json, Left, Piece, stop
from tagkit.adopt.reading import REFERENCE, consent_of, plain, rows_of, setting
from tagkit.ga4.ecommerce import ECOMMERCE_EVENTS
from tagkit.gtm.container import id_text, items, mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.adopt.reading import Reading
    from tagkit.adopt.triggers import Triggers
    from tagkit.adopt.variables import Sources
    from tagkit.gtm.container import Entity

MEASUREMENT_ID = re.compile(r"G-[A-Z0-9]{4,20}")
PLACEHOLDER = "G-XXXXXXXXXX"
_EVERY_PAGE = frozenset({"2147479553", "2147479573", "2147479572"})
_ONCE = {"ONCE_PER_LOAD": "page", "UNLIMITED": "unlimited"}


class Google(NamedTuple):
    """The GA4 part of a plan: ``settings`` is empty when there is none.

    ``comments``: by key of the settings, what a person has to decide.
    """

    settings: dict[str, Json]
    comments: dict[str, list[str]]
    pieces: list[Piece]
    left: list[Left]
    google_tags: list[Entity]


def google_of(reading: Reading, sources: Sources, triggers: Triggers) -> Google:
    """All that the plan can say of GA4 in this container."""
    return _Google(reading, sources, triggers).read()


class _Google:
    def __init__(self, reading: Reading, sources: Sources, triggers: Triggers) -> None:
        self._reading, self._sources, self._triggers = reading, sources, triggers
        self._events = [tag for tag in reading.tags if tag.type == "gaawe"]
        self._google_tags = [tag for tag in reading.tags if tag.type in ("googtag", "gaawc")]
        self._by_name = {tag.name: tag for tag in self._google_tags}
        self._left: list[Left] = []
        self._comments: dict[str, list[str]] = {}

    def read(self) -> Google:
        destinations = Counter(map(self._destination, self._events))
        ours = [tag for tag in self._google_tags if self._is_ga4(tag)]
        for tag in self._google_tags:
            if tag not in ours:
                reason = f"'{self._id_of(tag)}' is no GA4 measurement ID: it is of another product"
                self._left.append(Left(tag.words, reason, tag.route))
        if not self._events and not ours:
            return Google({}, {}, [], self._left, [])
        most = [one for one, _ in destinations.most_common() if one] or list(map(self._id_of, ours))
        self._usual = next(iter(most), "")
        settings: dict[str, Json] = {"measurement_id": self._identified(self._usual)}
        if not self._usual:
            self._decide("measurement_id", "no tag names a measurement ID")
        main = next((tag for tag in ours if self._id_of(tag) == self._usual), None)
        adopted = [main] if main else []
        shared = self._shared_variable()
        self._google_tag(main, settings, shared)
        for tag in ours:
            if tag is not main:
                self._left.append(
                    Left(tag.words, "the plan has one Google tag, this is another", tag.route)
                )
        self._share(settings, shared, main)
        pieces = []
        for tag in self._events:
            try:
                pieces.append(self._piece(tag))
            except CannotSayError as reason:
                self._left.append(Left(tag.words, str(reason), tag.route))
        return Google(settings, self._comments, pieces, self._left, adopted)

    def _decide(self, key: str, what: str) -> None:
        self._comments.setdefault(key, []).append(f"decide: {what}")

    # --- where it is sent

    def _id_of(self, tag: Entity) -> str:
        return setting(tag, "tagId") or setting(tag, "measurementId")

    def _is_ga4(self, tag: Entity) -> bool:
        said = self._sources.literal(self._id_of(tag))
        return said is None or not said.startswith(("AW-", "UA-", "GTM-", "DC-"))

    def _destination(self, tag: Entity) -> str:
        own = setting(tag, "measurementIdOverride")
        by_tag = self._by_name.get(setting(tag, "measurementId"))
        return own or (self._id_of(by_tag) if by_tag else "")

    def _identified(self, written: str) -> Json:
        """A measurement ID: written out where it is known, else where it comes from."""
        if not written:
            return PLACEHOLDER
        literal = self._sources.literal(written)
        if literal is not None and MEASUREMENT_ID.fullmatch(literal.strip()):
            return literal.strip()
        if not REFERENCE.search(written):
            message = f"'{written}' is no GA4 measurement ID"
            if written == self._usual:
                self._decide("measurement_id", f"{message}")
                return PLACEHOLDER
            raise CannotSayError(message)
        if literal is not None:
            return {"gtm": written}
        return self._sources.of(written)

    # --- the Google tag

    def _google_tag(
        self, tag: Entity | None, settings: dict[str, Json], shared: Entity | None
    ) -> None:
        if tag is None:
            settings["send_page_view"] = False
            self._decide(
                "send_page_view", "no Google tag here has this ID; is page_view sent elsewhere?"
            )
            return
        rows: dict[str, str] = {}
        properties = rows_of(tag, "userProperties")
        for key, kind in (("eventSettingsVariable", "gtes"), ("configSettingsVariable", "gtcs")):
            variable = self._variable(setting(tag, key), kind)
            if variable and kind == "gtcs":
                rows |= rows_of(variable, "configSettingsTable")
            elif variable and variable is not shared:
                rows |= rows_of(variable, "eventSettingsTable")
                properties += rows_of(variable, "userProperties")
            elif not variable and setting(tag, key):
                self._decide("measurement_id", f"what {setting(tag, key)} adds is not in this file")
        for key in ("configSettingsTable", "eventSettingsTable", "fieldsToSet"):
            rows |= rows_of(tag, key)
        page_view = rows.pop("send_page_view", setting(tag, "sendPageView") or "true")
        if page_view.lower() == "false":
            settings["send_page_view"] = False
        elif "{{" in page_view:
            self._decide("measurement_id", f"{page_view} said whether page_view is sent")
        if setting(tag, "enableSendToServerContainer") == "true":
            rows.setdefault("server_container_url", setting(tag, "serverContainerUrl"))
        if rows.get("debug_mode") == "true":
            settings["debug"] = True
            del rows["debug_mode"]
        url = rows.get("server_container_url", "")
        if re.fullmatch(r"https://[^ {]+", url):
            settings["server_container_url"] = rows.pop("server_container_url")
        if rows:
            try:
                settings["settings"] = dict(self._rows(list(rows.items())))
            except CannotSayError as reason:
                self._decide("measurement_id", f"settings are left out, {reason}")
        if properties:
            names = ", ".join(f"'{name}'" for name, _ in properties)
            self._decide("measurement_id", f"{tag.words} set the user properties {names}")
        self._of_google_tag(tag)

    def _of_google_tag(self, tag: Entity) -> None:
        """What of the Google tag itself the plan's does not have."""
        for what in _circumstances(tag):
            self._decide("measurement_id", f"{tag.words}: {what}")
        if items(tag.data.get("blockingTriggerId")):
            self._decide("measurement_id", f"{tag.words} had exceptions, the plan's has none")
        if mapping(tag.data.get("consentSettings")).get("consentStatus") == "NEEDED":
            self._decide("measurement_id", f"{tag.words} needed consent of its own")
        fires = {str(one) for one in items(tag.data.get("firingTriggerId"))}
        if tag.route in self._reading.paused:
            self._decide("measurement_id", f"{tag.words} was paused")
        elif not fires & _EVERY_PAGE:
            said = "the plan's Google tag starts on every page"
            self._decide("measurement_id", f"{said}, {tag.words} had triggers of its own")

    # --- what is sent with every event

    def _variable(self, written: str, kind: str) -> Entity | None:
        whole = REFERENCE.fullmatch(written)
        variable = self._reading.variables.get(whole[1]) if whole else None
        return variable if variable is not None and variable.type == kind else None

    def _shared_variable(self) -> Entity | None:
        """The settings variable that most events have."""
        used = Counter(setting(tag, "eventSettingsVariable") for tag in self._events)
        for written, number in used.most_common(1):
            if 2 * number >= len(self._events):
                return self._variable(written, "gtes")
        return None

    def _share(
        self, settings: dict[str, Json], variable: Entity | None, main: Entity | None
    ) -> None:
        """What most events have from one settings variable becomes the plan's."""
        self._shared = ""
        if variable is None:
            return
        try:
            parameters = dict(self._rows(rows_of(variable, "eventSettingsTable")))
            properties = dict(self._rows(rows_of(variable, "userProperties")))
        except CannotSayError as reason:
            self._left.append(Left(variable.words, str(reason), variable.route))
            return
        if parameters:
            settings["event_parameters"] = parameters
        if properties:
            settings["user_properties"] = properties
        if parameters or properties:
            self._shared = f"{{{{{variable.name}}}}}"
            if main is not None and setting(main, "eventSettingsVariable") != self._shared:
                self._decide(
                    "event_parameters" if parameters else "user_properties",
                    f"these go with page_view, too: {main.words} did not use {self._shared}",
                )

    def _rows(self, rows: list[tuple[str, str]]) -> Iterator[tuple[str, Json]]:
        for name, value in rows:
            literal = self._sources.literal(name)
            if literal is None:
                stop(f"the name of a parameter is '{name}'")
            yield literal, self._sources.of(value)

    # --- an event

    def _piece(self, tag: Entity) -> Piece:
        written = setting(tag, "eventName")
        event = self._sources.literal(written)
        if event is not None:
            event = event.strip()
        if event == "":
            stop("it has no event name")
        ga4: dict[str, Json] = {"event": event or self._sources.of(written)}
        destination = self._destination(tag)
        if destination and destination != self._usual:
            ga4["measurement_id"] = self._identified(destination)
        ecommerce = setting(tag, "sendEcommerceData") == "true"
        if ecommerce and setting(tag, "getEcommerceDataFrom") not in ("", "dataLayer"):
            stop("its ecommerce data comes from a variable")
        if ecommerce != (event in ECOMMERCE_EVENTS):
            ga4["ecommerce"] = ecommerce
        parameters: dict[str, Json] = {}
        properties: dict[str, Json] = {}
        shared = setting(tag, "eventSettingsVariable")
        decide = []
        if shared != self._shared and shared:
            variable = self._variable(shared, "gtes")
            if variable is None:
                stop(f"what {shared} adds to it is not in this file")
            parameters |= self._rows(rows_of(variable, "eventSettingsTable"))
            properties |= self._rows(rows_of(variable, "userProperties"))
        if self._shared and shared != self._shared:
            ga4["event_parameters"] = False
        parameters |= self._rows(rows_of(tag, "eventSettingsTable"))
        parameters |= self._rows(rows_of(tag, "eventParameters"))
        properties |= self._rows(rows_of(tag, "userProperties"))
        if properties:
            ga4["user_properties"] = properties
        user = setting(tag, "userDataVariable")
        if user and setting(tag, "enhancedUserId") == "true":
            ga4["user_data"] = self._sources.of(user)
        if consent := consent_of(tag):
            ga4["consent"] = list(consent)
        if not destination:
            decide.append("the tag does not say where it sends to")
        piece = piece_of(self._reading, self._triggers, tag, event or "", decide)
        piece.ga4, piece.parameters = ga4, parameters
        return piece


def _is_base(tag: Entity) -> bool:
    return tag.type in ("googtag", "gaawc") or "fbevents.js" in setting(tag, "html")


def _circumstances(tag: Entity) -> Iterator[str]:
    """What of a tag has no words in a plan."""
    for key, what in (("scheduleStartMs", "not before"), ("scheduleEndMs", "not after")):
        said = id_text(tag.data.get(key))
        if said.isdecimal() and len(said) < 14:  # noqa: PLR2004 - a year of four digits
            day = datetime.fromtimestamp(int(said) / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
            yield f"the tag fired {what} {day}"
        elif said and said != "0":
            yield "the tag fired at certain times only"
    if tag.data.get("liveOnly") is True:
        yield "the tag fired only where the container is published, not in previews"
    priority = plain(tag.data.get("priority"))
    if priority not in ("", "0"):
        yield f"the tag's priority was {priority}"


def piece_of(
    reading: Reading, triggers: Triggers, tag: Entity, event: str, decide: list[str]
) -> Piece:
    """What a tag's conversion is whatever it sends."""
    triggers.notes.clear()
    for key, what in (("setupTag", "before"), ("teardownTag", "after")):
        for one in items(tag.data.get(key)):
            name = one.get("tagName") if isinstance(one, dict) else None
            other = reading.tags_by_name.get(text(name))
            if other is None or not _is_base(other):
                decide.append(f"the tag '{name}' ran {what} it")
    decide += _circumstances(tag)
    said = triggers.of(tag)
    unless = triggers.exceptions(tag)
    return Piece(
        tags=(tag,),
        name=tag.name,
        event=event,
        triggers=said,
        unless=unless,
        once=_ONCE.get(str(tag.data.get("tagFiringOption")), "event"),
        paused=tag.route in reading.paused,
        decide=[*decide, *triggers.notes],
    )
