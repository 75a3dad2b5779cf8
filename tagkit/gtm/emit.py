"""Program -> a container export that GTM imports. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import tags
from tagkit.gtm.built_ins import BUILT_INS
from tagkit.gtm.export_file import ID_KEYS, SYSTEM_TRIGGERS, WEB_FEATURES
from tagkit.gtm.ids import fingerprint_of, ids_of
from tagkit.gtm.names import Names, clean
from tagkit.gtm.notes import folder_name, note_of
from tagkit.gtm.spelling import Entity, ordered
from tagkit.gtm.triggers import (
    ALL_PAGES,
    INITIALIZATION,
    LATER_ON_THE_PAGE,
    event_trigger,
    exception_of,
    trigger_of,
)
from tagkit.gtm.variables import Variables
from tagkit.values import BuiltIn, Literal, Lookup, Named

if TYPE_CHECKING:
    from tagkit.program.model import Action, Firing, Program


class _Draft(NamedTuple):
    """An entity that refers to others by name; ids come when all are known."""

    kind: str
    name: str
    group: str
    entity: Entity
    firing: list[str]
    blocking: list[str]
    members: list[str]


def emit_gtm(program: Program, *, epoch: int | None = None) -> Entity:
    """The container export as data, in GTM's key order.

    ``epoch`` (seconds, SOURCE_DATE_EPOCH) dates it; without it the dates derive from the content,
    so that one program gives one sequence of bytes.
    """
    return _Container(program, epoch).export()


def emit_named(program: Program) -> tuple[Entity, dict[str, dict[str, str]]]:
    """The same, and by the ids of conversions the names of their tags, by platform: GA4, Meta."""
    made = _Container(program, None)
    return made.export(), made.tags


class _Container:
    def __init__(self, program: Program, epoch: int | None) -> None:
        self._program = program
        self._epoch = epoch
        self._names = Names(program.naming)
        self._variables = Variables(self._names)
        self._drafts: dict[tuple[str, str], _Draft] = {}
        self.tags: dict[str, dict[str, str]] = {}

    def export(self) -> Entity:
        self._base_tags()
        for action in self._program.actions:
            self._action(action)
        self._listeners()
        for entity in self._variables.entities:
            self._add("variable", entity.pop("name"), "base", entity)
        return self._file()

    # --- what is on every page

    def _base_tags(self) -> None:
        program, mode = self._program, self._program.consent.mode
        holds = sorted({action.hold for action in program.actions if action.meta} - {()})
        waiting = {*program.pixel_consent} if program.meta else set()
        waiting |= {kind for hold in holds for kind in hold}
        if mode == "basic" and program.ga4:
            waiting.add("analytics_storage")
        self._updates = self._update_triggers() if waiting else []
        if waiting:
            types = program.pixel_consent if program.meta else ()
            watch = tags.consent_watch(types, program.consent.page_events)
            self._base_tag("Consent", "Watch", watch, [INITIALIZATION])
        for hold in holds:
            self._gate(hold, "")
        self._measurement_id = self._settings = ""
        if program.ga4:
            self._google_tag(mode)
        if program.meta:
            needs = program.pixel_consent
            consent = tags.needed(needs) if needs else tags.NOT_NEEDED
            firing = [ALL_PAGES, *self._updates]
            base = tags.meta_base(program, consent, self._variables)
            self._base_tag("Meta", "Base pixel", base, firing)

    def _google_tag(self, mode: str) -> None:
        settings = tags.event_settings(self._program, self._variables)
        self._measurement_id = self._variables.reference(self._measurement_source())
        if settings:
            name = self._names.variable("GA4", "Event settings")
            self._settings = self._variables.add(name, settings)
        firing, self._ga4_consent = [INITIALIZATION], tags.NOT_NEEDED
        if mode == "basic":
            # on Initialization with consent given before; else once, when the gate tells. A
            # Google tag that fires on every update would send page_view again
            self._ga4_consent = tags.needed(["analytics_storage"])
            self._gate(("analytics_storage",), tags.ANALYTICS_EVENT)
            allowed = self._on_event(tags.ANALYTICS_EVENT)
            firing.append(self._base_trigger(tags.ANALYTICS_EVENT, allowed))
        tag = tags.google_tag(
            self._program,
            self._measurement_id,
            self._settings,
            self._ga4_consent,
            self._variables,
        )
        self._base_tag("GA4", "Google tag", tag, firing)

    def _measurement_source(self) -> Named:
        ga4 = self._program.ga4
        assert ga4 is not None  # noqa: S101 # asked only for a plan with GA4
        live = ga4.identified_by or Literal(ga4.measurement_id)
        if not ga4.environments:
            return Named("GA4 Measurement ID", live)
        rows = tuple((e.hostname, Literal(e.measurement_id)) for e in ga4.environments)
        return Named("GA4 Measurement ID", Lookup(BuiltIn("page_hostname"), rows, live))

    def _update_triggers(self) -> list[str]:
        """When waiting tags look again: after an update, and as the page goes on loading.

        A banner that tells GTM by its template, not by gtag, leaves no update to be heard; for a
        visitor who chose earlier it has done so by then.
        """
        events = dict.fromkeys((tags.CONSENT_EVENT, *self._program.consent.update_events))
        return [
            *(self._base_trigger(event, self._on_event(event)) for event in events),
            *(self._base_trigger(kind.lower(), {"type": kind}) for kind in LATER_ON_THE_PAGE),
        ]

    def _on_event(self, event: str) -> Entity:
        return event_trigger(self._variables.literal_text(event))

    def _base_trigger(self, label: str, entity: Entity) -> str:
        name = self._names.trigger(id="consent", kind=label, name=label, role="base")
        return self._add("trigger", name, "base", entity, apart=label)

    def _gate(self, types: tuple[str, ...], event: str) -> None:
        firing = [INITIALIZATION, ALL_PAGES, *self._updates]
        self._base_tag(
            "Consent",
            f"Gate {' '.join(types)}",
            tags.gate(types, event, self._variables.reference(BuiltIn("event")) if event else ""),
            firing,
        )

    def _base_tag(self, platform: str, label: str, entity: Entity, firing: list[str]) -> None:
        name = self._names.tag(platform=platform, id=label, name=label, event=label, role="base")
        entity["notes"] = note_of(self._program.business.language, label)
        self._add("tag", name, "base", entity, firing=firing, apart=f"{platform} {label}")

    # --- conversions

    def _action(self, action: Action) -> None:
        if not (action.ga4 or action.meta):
            return
        firing = [self._firing(action, firing) for firing in action.firings]
        blocking = [self._exception(action, conditions) for conditions in action.exceptions]
        named = self.tags.setdefault(action.id, {})
        if action.ga4:
            entity = tags.ga4_event(
                action, action.ga4, self._measurement_id, self._settings,
                self._ga4_consent, self._variables,
            )  # fmt: skip
            named["GA4"] = self._of_action(
                action, "GA4", action.ga4.event, entity, firing, blocking
            )
        if action.meta:
            entity = tags.meta_event(action, action.meta, self._program, self._variables)
            named["Meta"] = self._of_action(
                action, "Meta", action.meta.event, entity, firing, blocking
            )

    def _listeners(self) -> None:
        """One tag for all: what they share is in the container once."""
        sent = (action for action in self._program.actions if action.ga4 or action.meta)
        wanted = {name for action in sent for name in action.listeners}
        if not wanted:
            return
        entity = tags.listeners(wanted)
        entity["notes"] = note_of(self._program.business.language, "Listeners")
        name = self._names.shared_tag("Listeners")
        self._add("tag", name, "base", entity, firing=[INITIALIZATION])

    def _of_action(  # noqa: PLR0913
        self,
        action: Action,
        platform: str,
        event: str,
        entity: Entity,
        firing: list[str],
        blocking: list[str] | None = None,
    ) -> str:
        name = self._names.tag(
            platform=platform, id=action.id, name=action.name, event=event, role=action.group
        )
        entity["notes"] = note_of(self._program.business.language, platform, action)
        return self._add(
            "tag", name, action.group, entity, firing=firing, blocking=blocking or [],
            apart=f"{platform} {action.id}",
        )  # fmt: skip

    def _firing(self, action: Action, firing: Firing) -> str:
        entity = trigger_of(firing, self._variables)
        members = [self._firing(action, member) for member in firing.members]
        return self._trigger(action, str(firing.kind), entity, members)

    def _exception(self, action: Action, conditions: tuple[object, ...]) -> str:
        return self._trigger(action, "unless", exception_of(conditions, self._variables), [])  # type: ignore[arg-type]

    def _trigger(self, action: Action, kind: str, entity: Entity, members: list[str]) -> str:
        name = self._names.trigger(id=action.id, kind=kind, name=action.name, role=action.group)
        return self._add("trigger", name, action.group, entity, members=members)

    def _add(  # noqa: PLR0913
        self,
        kind: str,
        name: str,
        group: str,
        entity: Entity,
        *,
        firing: list[str] | None = None,
        blocking: list[str] | None = None,
        members: list[str] | None = None,
        apart: str = "",
    ) -> str:
        name = self._free(kind, name, apart)
        self._drafts[kind, name] = _Draft(
            kind, name, group, entity, firing or [], blocking or [], members or []
        )
        return name

    def _free(self, kind: str, name: str, apart: str) -> str:
        """The name, or when it is taken, one that tells what it is, or a number."""
        if apart and (kind, name) in self._drafts:
            name = clean(f"{name} - {apart}")
        free, number = name, 1
        while (kind, free) in self._drafts:
            number += 1
            free = f"{name} {number}"
        return free

    # --- the file

    def _file(self) -> Entity:
        ours = self._program.container
        ids = {"accountId": ours.account_id, "containerId": ours.container_id}
        folders = {draft.group: self._folder(draft.group) for draft in self._drafts.values()}
        keys = [*self._drafts, *(("folder", name) for name in folders.values())]
        numbers = ids_of(keys)
        kinds: dict[str, list[Entity]] = {"tag": [], "trigger": [], "variable": [], "folder": []}
        for draft in self._drafts.values():
            folder = numbers["folder", folders[draft.group]]
            kinds[draft.kind].append(self._finished(draft, ids, numbers, folder))
        for name in sorted(set(folders.values())):
            folder_entity = {**ids, "folderId": numbers["folder", name], "name": name}
            kinds["folder"].append(self._dated("folder", folder_entity))
        for kind, entities in kinds.items():
            entities.sort(key=lambda entity, key=ID_KEYS[kind]: int(entity[key]))  # type: ignore[misc]
        built_ins = [
            {**ids, "type": built_in.type, "name": built_in.name}
            for built_in in BUILT_INS.values()
            if built_in.type in self._variables.built_ins
        ]
        return self._envelope({**kinds, "builtInVariable": built_ins})

    def _folder(self, group: str) -> str:
        return self._names.folder(folder_name(self._program.business.language, group))

    def _finished(
        self, draft: _Draft, ids: Entity, numbers: dict[tuple[str, str], str], folder: str
    ) -> Entity:
        entity = {
            **ids,
            ID_KEYS[draft.kind]: numbers[draft.kind, draft.name],
            "name": draft.name,
            **draft.entity,
            "parentFolderId": folder,
        }

        def trigger_id(name: str) -> str:
            return name if name in SYSTEM_TRIGGERS else numbers["trigger", name]

        if draft.kind == "tag":
            entity["firingTriggerId"] = sorted(map(trigger_id, draft.firing), key=int)
            entity["blockingTriggerId"] = sorted(map(trigger_id, draft.blocking), key=int)
        if draft.members:
            references = [
                {"type": "TRIGGER_REFERENCE", "value": trigger_id(name)} for name in draft.members
            ]
            entity["parameter"] = [{"type": "LIST", "key": "triggerIds", "list": references}]
        return self._dated(draft.kind, entity)

    def _dated(self, kind: str, entity: Entity) -> Entity:
        entity["fingerprint"] = fingerprint_of(entity, self._epoch)
        return ordered(kind, entity)

    def _envelope(self, kinds: dict[str, list[Entity]]) -> Entity:
        ours, business = self._program.container, self._program.business
        account, container = ours.account_id, ours.container_id
        path = f"accounts/{account}/containers/{container}"
        prints = [
            e["fingerprint"] for entities in kinds.values() for e in entities if "fingerprint" in e
        ]
        fingerprint = fingerprint_of([ours.name, business.name, path, *prints], self._epoch)
        url = "https://tagmanager.google.com/#"
        version = {
            "path": f"{path}/versions/0",
            "accountId": account,
            "containerId": container,
            "containerVersionId": "0",
            "container": ordered("container", {
                "path": path,
                "accountId": account,
                "containerId": container,
                "name": ours.name or business.name,
                "publicId": ours.public_id,
                "usageContext": ["WEB"],
                "fingerprint": fingerprint,
                "tagManagerUrl": f"{url}/container/{path}/workspaces?apiLink=container",
                "features": dict(WEB_FEATURES),
                "tagIds": [ours.public_id],
            }),
            **kinds,
            "fingerprint": fingerprint,
            "tagManagerUrl": f"{url}/versions/{path}/versions/0?apiLink=version",
        }  # fmt: skip
        moment = datetime.fromtimestamp(int(fingerprint) // 1000, UTC)
        return {
            "exportFormatVersion": 2,
            "exportTime": f"{moment:%Y-%m-%d %H:%M:%S}",
            "containerVersion": ordered("containerVersion", version),
        }
