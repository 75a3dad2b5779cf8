"""The same container as GTM might write it after an import: other ids, times and order."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tagkit.gtm import vocabulary

if TYPE_CHECKING:
    from random import Random

Json = Any
_IN_NO_ORDER = (
    "parameter", "filter", "autoEventFilter", "customEventFilter", "firingTriggerId",
    "blockingTriggerId",
)  # fmt: skip


def shuffled(data: Json, random: Random) -> Json:
    data = deepcopy(data)
    version = data.get("containerVersion", data)
    ids = _Ids(version, random)
    for kind in vocabulary.KINDS:
        if isinstance(version.get(kind), list):
            for entity in version[kind]:
                if isinstance(entity, dict):
                    _renumber(kind, entity, ids, random)
            random.shuffle(version[kind])
    return _reordered(data, ids, random)


class _Ids:
    """A new number for each id."""

    def __init__(self, version: Json, random: Random) -> None:
        self.new: dict[tuple[str, str], str] = {}
        number = random.randrange(1, 5000)
        for kind, key in vocabulary.ID_KEYS.items():
            for entity in version.get(kind) or ():
                if isinstance(entity, dict) and key in entity:
                    number += random.randrange(1, 9)
                    self.new.setdefault((kind, str(entity[key])), str(number))

    def __call__(self, kind: str, number: Json) -> Json:
        return self.new.get((kind, str(number)), number)


def _renumber(kind: str, entity: Json, ids: _Ids, random: Random) -> None:
    key = vocabulary.ID_KEYS.get(kind)
    if key in entity:
        entity[key] = ids(kind, entity[key])
    if "parentFolderId" in entity:
        entity["parentFolderId"] = ids("folder", entity["parentFolderId"])
    for name in ("firingTriggerId", "blockingTriggerId"):
        if isinstance(entity.get(name), list):
            entity[name] = [ids("trigger", one) for one in entity[name]]
    for name in _IN_NO_ORDER:
        listed = entity.get(name)
        if isinstance(listed, list):
            keys = [item.get("key") for item in listed if isinstance(item, dict)]
            # of two parameters with one key the order may matter
            if name != "parameter" or len(keys) == len(set(keys)):
                random.shuffle(listed)


def _reordered(value: Json, ids: _Ids, random: Random) -> Json:
    """Keys in another order, references and own ids as they are now."""
    if isinstance(value, list):
        return [_reordered(inner, ids, random) for inner in value]
    if not isinstance(value, dict):
        return value
    found = {key: _reordered(inner, ids, random) for key, inner in value.items()}
    for key in ("accountId", "containerId", "fingerprint", "exportTime", "tagManagerUrl", "path"):
        if key in found:
            found[key] = "4711"
    if found.get("type") == "TRIGGER_REFERENCE":
        found["value"] = ids("trigger", found.get("value"))
    for key in ("type", "value"):
        code = found.get(key)
        if isinstance(code, str) and code.startswith("cvt_") and code.count("_") > 1:
            found[key] = f"cvt_4711_{ids('customTemplate', code.rpartition('_')[2])}"
    keys = list(found)
    random.shuffle(keys)
    return {key: found[key] for key in keys}
