"""Pairs of entities -> what changed in them, in the words of GTM's screens where there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tagkit.gtm.diff.match import in_order
from tagkit.gtm.diff.model import Change, Detail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.diff.facts import Fact, Facts, Key
    from tagkit.gtm.diff.match import Pair
    from tagkit.gtm.diff.side import Side

ORDER = (
    "tag",
    "trigger",
    "variable",
    "builtInVariable",
    "customTemplate",
    "client",
    "transformation",
    "zone",
    "gtagConfig",
    "folder",
)
"""Kinds as a reader wants them."""

_TABLES = {
    "eventSettingsTable": "parameter",
    "eventParameters": "parameter",
    "userProperties": "user property",
    "configSettingsTable": "setting",
    "fieldsToSet": "field",
    "objectPropertyList": "property",
    "objectPropertiesList": "property",
    "map": "row",
    "dimension": "dimension",
}
_FIELDS = {
    "customEventFilter": "event",
    "filter": "only if",
    "autoEventFilter": "listens only if",
    "boundary": "only if",
}
_WORDS = {
    "tagFiringOption": "firing option",
    "visiblePercentageMin": "least visible percentage",
}


def changes_of(pairs: dict[str, list[Pair]], old: Side, new: Side) -> Iterator[Change]:
    """What is added, removed, renamed and changed, kind by kind, by name."""
    for kind in ORDER:
        for pair in in_order(pairs[kind]):
            if pair.both is None:
                yield Change("removed" if pair.old else "added", pair.old, pair.new)
                continue
            before, after = pair.both
            details = tuple(details_of(old.facts(before), new.facts(after)))
            if before.name != after.name:
                yield Change("renamed", before, after, details)
            elif details:
                yield Change("changed", before, after, details)


def details_of(before: Facts, after: Facts) -> list[Detail]:
    """The facts that differ; one trigger or condition for another as one change."""
    gone = [key for key in before if key not in after]
    come = [key for key in after if key not in before]
    found = [
        Detail(words_of(key), shown(fact), shown(after[key]), fact.code or after[key].code)
        for key, fact in before.items()
        if key in after and after[key].said != fact.said
    ]
    for group in {_group(key) for key in (*gone, *come)}:
        lost = [before[key] for key in gone if _group(key) == group]
        new = [after[key] for key in come if _group(key) == group]
        what = words_of(next(key for key in (*gone, *come) if _group(key) == group))
        if _is_set(group) and len(lost) == len(new) == 1:
            found.append(Detail(what, shown(lost[0]), shown(new[0])))
            continue
        found += [Detail(what, shown(fact), None, fact.code) for fact in lost]
        found += [Detail(what, None, shown(fact), fact.code) for fact in new]
    return sorted(found, key=lambda d: (d.what, d.old is None, d.old or "", d.new or ""))


def shown(fact: Fact) -> str:
    """The value, with a word when it names what has another name now."""
    return f"{fact.shown} (not there)" if "\0" in fact.said and not fact.code else fact.shown


def words_of(key: Key) -> str:
    """How a reader calls a fact."""
    match key:
        case ("condition", field, _):
            return _FIELDS.get(field, field)
        case ("parameter", table, *row) if row and table in _TABLES:
            return f"{_TABLES[table]} '{' '.join(row)}'"
        case ("parameter", name, *inner):
            return " ".join([name, *(f"'{one}'" for one in inner)])
        case ("format", name, *_):
            return f"format {name}"
        case (name, *_):
            return _WORDS.get(name, name)
    return ""


def _group(key: Key) -> Key:
    """What facts belong together: the triggers of a tag, the conditions of a trigger."""
    return key[:-1] if _is_set(key[:-1]) else key


def _is_set(group: Key) -> bool:
    return group[:1] == ("condition",) or group in (
        ("fires on",),
        ("exception",),
        ("when all have fired",),
        ("evaluated on",),
    )
