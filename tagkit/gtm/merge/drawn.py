"""Our entities as they go into a container: its account, its ids where it has them already."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm import vocabulary
from tagkit.gtm.container import id_text, items, mapping, text
from tagkit.gtm.emit import emit_gtm
from tagkit.gtm.ids import ids_of
from tagkit.gtm.merge.marks import KINDS
from tagkit.gtm.merge.uses import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.gtm.container import Container, Data, Entity
    from tagkit.gtm.merge.memory import Name
    from tagkit.program.model import Program

_LONGEST = 18  # of a number that could be an id; a longer one collides with none of ours
_LEFT_OUT = frozenset({"fingerprint", "accountId", "containerId"})
_FIRING = ("firingTriggerId", "blockingTriggerId")


class Drawn(NamedTuple):
    """Our entities by kind and name, and our built-in variables."""

    entities: dict[Name, Data]
    built_ins: list[Data]


def drawn(program: Program, target: Container, epoch: int | None) -> Drawn:
    """What the plan makes for this account and container, still with ids of its own."""
    ids = program.container
    here = ids._replace(
        account_id=_first(target, "accountId") or ids.account_id,
        container_id=_first(target, "containerId") or ids.container_id,
    )
    version = emit_gtm(program._replace(container=here), epoch=epoch)["containerVersion"]
    entities = {(kind, data["name"]): data for kind in KINDS for data in version.get(kind, ())}
    return Drawn(entities, version.get("builtInVariable", []))


def id_of(name: Name, data: Data) -> str:
    """The id of an entity of ours."""
    return id_text(data[vocabulary.ID_KEYS[name[0]]])


def ids_in(
    target: Container, ours: Mapping[Name, Data], known: Mapping[Name, Entity]
) -> dict[str, str]:
    """What each id of ours becomes: that of the entity it replaces, else one that is free."""
    taken = {int(number) for number in _mentioned(target) if _is_number(number)}
    free = ids_of((name for name in ours if not _has_id(known.get(name))), taken)
    return {
        id_of(name, data): free[name] if name in free else known[name].id
        for name, data in ours.items()
    }


def renumbered(name: Name, data: Data, ids: Mapping[str, str]) -> Data:
    """The entity with the new ids, its own and those it refers to."""
    new = dict(data)
    for key in (vocabulary.ID_KEYS[name[0]], "parentFolderId"):
        if key in new:
            new[key] = ids[id_text(new[key])]
    for key in _FIRING:
        if key in new:
            named = (ids.get(id_text(one), id_text(one)) for one in items(new[key]))
            new[key] = sorted(named, key=lambda one: (len(one), one))
    if name[0] == "trigger" and "parameter" in new:
        new["parameter"] = [_with_members(mapping(one), ids) for one in items(new["parameter"])]
    return new


def meaning(data: Data) -> Data:
    """The entity without what GTM writes anew or leaves out as it likes."""
    said = {
        key: value
        for key, value in data.items()
        if key not in _LEFT_OUT and value not in ({}, [], "")
    }
    if said.get("monitoringMetadata") == {"type": "MAP"}:
        del said["monitoringMetadata"]
    for key in _FIRING:
        if key in said:
            said[key] = sorted(map(id_text, items(said[key])))
    if "parameter" in said:
        said["parameter"] = sorted(items(said["parameter"]), key=_key)
    return said


def _with_members(parameter: Data, ids: Mapping[str, str]) -> Data:
    if parameter.get("key") != "triggerIds":
        return parameter
    members = [
        {**mapping(one), "value": ids[text(mapping(one).get("value"))]}
        for one in items(parameter.get("list"))
    ]
    return {**parameter, "list": members}


def _mentioned(target: Container) -> Iterator[str]:
    """Every id in the file, also of what is not in it: nobody else's reference may find ours."""
    for kind in vocabulary.KINDS:
        for entity in target.of(kind):
            yield entity.id
            yield id_text(entity.data.get("parentFolderId"))
    for _, kind, key in mentions(target):
        if kind == "trigger":
            yield key


def _first(target: Container, key: str) -> str:
    return id_text(target.version.get(key)) or id_text(target.info.get(key))


def _has_id(entity: Entity | None) -> bool:
    return entity is not None and entity.id != ""


def _is_number(number: str) -> bool:
    return number.isascii() and number.isdecimal() and len(number) <= _LONGEST


def _key(parameter: object) -> str:
    return text(mapping(parameter).get("key"))
