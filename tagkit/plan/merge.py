"""Two plans -> one: what the second says goes over what the first says.

A mapping merges with a mapping, key by key; anything else replaces, and nothing (``meta_pixel:``)
removes what is below, but none of the lists of conversions. These merge by name, whichever of the
three lists they stand in, and ``drop: name`` takes one out; scenarios (``tests``) too, among
themselves. What is one thing of several shapes (a
trigger, a condition, where a value comes from) is replaced whole: half of one and half of another
would be neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.plan.merged import Node, Origin

if TYPE_CHECKING:
    from tagkit.source import Json

LISTS = ("macro_conversions", "micro_conversions", "anti_conversions")
_OWN = ("extends", "vars")  # of each file, and no part of what it says
_TESTS = "tests"
_WHOLE = frozenset({"trigger", "where", "unless", "event_id", "expect", "consent"})
_SOURCES = frozenset(
    """
    parameters properties event_parameters user_properties advanced_matching variables
    """.split()
)
"""Mappings of names to sources: by name, each source whole."""
_EITHER = {"event": "custom", "custom": "event"}
"""Of a conversion's ``meta_pixel``: who says one does not mean the other any more."""


class Drop(NamedTuple):
    """A ``drop`` of what is not there, and the names that are; ``before``: where it was dropped."""

    name: str
    origin: Origin
    known: tuple[str, ...]
    before: Origin | None


class Drops(NamedTuple):
    """What the plans so far dropped, by name and where, and what they could not drop."""

    done: dict[str, Origin]
    failed: list[Drop]

    @classmethod
    def none(cls) -> Drops:
        """Those before the first plan."""
        return cls({}, [])


def merge(base: Node, over: Node, drops: Drops) -> Node:
    """The plan ``over`` on top of ``base``; what it drops and cannot drop goes to ``drops``."""
    if not (isinstance(base.data, dict) and isinstance(over.data, dict)):
        return over
    below, above = _without(base, *_OWN), _without(over, *_OWN)
    names = [name for name in LISTS if name not in above or isinstance(above[name].data, list)]
    lists = _conversions(below, above, names, drops)
    said = {key: node for key, node in above.items() if key not in LISTS}
    if _TESTS in above and _TESTS in below:
        said[_TESTS] = _scenarios(below[_TESTS], above[_TESTS])
    odd = {name: above[name] for name in LISTS if name in above and name not in names}
    return _mapping(_over(below, said) | lists | odd, over.origin)


def name_of(item: Json) -> str | None:
    """The name by which plans that build on this one know a conversion."""
    if isinstance(item, dict):
        item = item.get("id", item.get("use"))
    return item if isinstance(item, str) else None


def _dropped_by(item: Json) -> str | None:
    """What an entry drops; one with anything else is no drop, and the schema says so."""
    name = item.get("drop") if isinstance(item, dict) and len(item) == 1 else None
    return name if isinstance(name, str) else None


def _conversions(
    below: dict[str, Node], above: dict[str, Node], names: list[str], drops: Drops
) -> dict[str, Node]:
    lists: dict[str, list[Node | None]] = {}
    homes: dict[str, tuple[str, int]] = {}
    for name in LISTS:
        node = below.get(name)
        if node is not None and isinstance(node.data, list):
            lists[name] = [*_items(node)]
            for index, item in enumerate(node.data):
                if (its := name_of(item)) is not None:
                    homes.setdefault(its, (name, index))
    added = [(name, item) for name in names if name in above for item in _items(above[name])]
    known = tuple(homes)
    for _, new in added:
        gone = _dropped_by(new.data)
        if gone is None:
            continue
        origin = new.origin.member("drop")
        if gone in homes:
            home, index = homes.pop(gone)
            lists[home][index] = None
            drops.done[gone] = origin
        else:
            drops.failed.append(Drop(gone, origin, known, drops.done.get(gone)))
    for name, new in added:
        if _dropped_by(new.data) is not None:
            continue
        home, index = homes.pop(name_of(new.data) or "", ("", 0))  # a second one is a second one
        earlier = lists[home][index] if home else None
        merged = _conversion(earlier, new, moves=home != name) if earlier else new
        if home == name:
            lists[home][index] = merged
            continue
        if home:
            lists[home][index] = None
        lists.setdefault(name, []).append(merged)
    return {
        name: _list(kept, above.get(name) or below.get(name))
        for name in names
        if (kept := [node for node in lists.get(name, ()) if node is not None])
        or name in above
        or name in lists
    }


def _scenarios(base: Node, over: Node) -> Node:
    """The scenarios of both by name; a drop of what is not there stays, for ``check`` to say."""
    if not (isinstance(base.data, list) and isinstance(over.data, list)):
        return over
    kept = {_scenario_name(item.data): item for item in _items(base)}
    added: list[Node] = []
    for new in _items(over):
        gone, name = _dropped_by(new.data), _scenario_name(new.data)
        if gone in kept:
            del kept[gone]
        elif gone is None and name is not None and name in kept:
            both = isinstance(kept[name].data, dict) and isinstance(new.data, dict)
            said = _over(_without(kept[name]), _without(new)) if both else {}
            kept[name] = _mapping(said, new.origin) if both else new
        else:
            added.append(new)
    return _list([*kept.values(), *added], over)


def _scenario_name(item: Json) -> str | None:
    name = item.get("name") if isinstance(item, dict) else item
    return name if isinstance(name, str) else None


def _conversion(base: Node, over: Node, *, moves: bool) -> Node:
    if isinstance(over.data, str):  # it is named, and nothing is said of it but its list
        if isinstance(base.data, str):
            return over if moves else base
        return _mapping(_without(base), over.origin) if moves else base
    if isinstance(base.data, str):
        base = Node({"use": base.data}, Origin(*base.origin[:2], {"use": base.origin}))
    name = name_of(base.data)
    said = _without(over)
    for key in ("use", "id"):
        if isinstance(base.data, dict) and key not in base.data and _data(said, key) == name:
            del said[key]
    return _mapping(_over(_without(base), said), over.origin)


def _data(said: dict[str, Node], key: str) -> Json:
    return said[key].data if key in said else None


def _over(
    below: dict[str, Node], above: dict[str, Node], *, sources: bool = False
) -> dict[str, Node]:
    said = () if sources else (key for key in _EITHER if _data(above, key) is not None)
    others = {_EITHER[key] for key in said}
    made = {k: v for k, v in below.items() if k not in others or k in above}
    for key, node in above.items():
        if _removes(node, made.get(key)):
            del made[key]
        else:
            made[key] = _value(key, made[key], node) if key in made and not sources else node
    return made


def _removes(node: Node, below: Node | None) -> bool:
    """Whether a key is written with nothing, where a base has it with something."""
    return node.data is None and below is not None and below.data is not None


def _value(key: str, base: Node, over: Node) -> Node:
    if key in _WHOLE or not (isinstance(base.data, dict) and isinstance(over.data, dict)):
        return over
    below, above = _without(base), _without(over)
    return _mapping(_over(below, above, sources=key in _SOURCES), over.origin)


def _without(node: Node, *keys: str) -> dict[str, Node]:
    """The members of a mapping."""
    data = node.data if isinstance(node.data, dict) else {}
    return {k: Node(v, node.origin.member(k)) for k, v in data.items() if k not in keys}


def _items(node: Node) -> list[Node]:
    data = node.data if isinstance(node.data, list) else []
    return [Node(item, node.origin.member(index)) for index, item in enumerate(data)]


def _mapping(said: dict[str, Node], origin: Origin) -> Node:
    members: dict[str | int, Origin] = {key: node.origin for key, node in said.items()}
    return Node({key: node.data for key, node in said.items()}, Origin(*origin[:2], members))


def _list(items: list[Node], said: Node | None) -> Node:
    origin = said.origin if said else items[0].origin
    members: dict[str | int, Origin] = {i: item.origin for i, item in enumerate(items)}
    return Node([item.data for item in items], Origin(*origin[:2], members))
