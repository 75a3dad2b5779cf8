"""What was seen on a page: what a browser was asked, and what it said. No judgement here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Link(NamedTuple):
    """Links whose address passes a regular expression."""

    pattern: str
    ignore_case: bool = False


class Asked(NamedTuple):
    """What a page is asked beside what every page tells: each thing once."""

    css: tuple[str, ...] = ()
    globals: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()

    def joined(self, other: Asked) -> Asked:
        """Both, in order."""
        return Asked(
            tuple(dict.fromkeys(self.css + other.css)),
            tuple(dict.fromkeys(self.globals + other.globals)),
            tuple(dict.fromkeys(self.links + other.links)),
            tuple(dict.fromkeys(self.attributes + other.attributes)),
        )

    def shape(self) -> dict[str, Any]:
        """As ``facts.js`` takes it."""
        return {
            "css": list(self.css),
            "globals": list(self.globals),
            "links": [[link.pattern, "i" if link.ignore_case else ""] for link in self.links],
            "attributes": [list(pair) for pair in self.attributes],
        }


class Script(NamedTuple):
    """A script of the document: its address, or its code."""

    address: str
    type: str
    code: str


class Entry(NamedTuple):
    """What was pushed to a data layer: an event, or a command of gtag() and its destination."""

    event: str = ""
    command: str = ""
    name: str = ""
    to: str = ""


class Facts(NamedTuple):
    """A page as it stood once it was quiet.

    ``css``, ``globals``, ``links``, ``attributes`` answer what was asked: how many elements match
    (-1: no selector), a global's value ("" when it is not one word, None when there is none), how
    many links, the values of an attribute. ``ids``, ``classes``, ``tags`` and ``named`` (data-x=y)
    are what elements of the page are called by. ``raw`` is the text that came.
    """

    url: str
    canonical: str
    title: str
    body_id: str
    body_classes: tuple[str, ...]
    elements: int
    letters: int
    frames: int
    is_frameset: bool
    css: Mapping[str, int]
    globals: Mapping[str, str | None]
    links: Mapping[Link, int]
    attributes: Mapping[tuple[str, str], Sequence[str]]
    scripts: tuple[Script, ...]
    addresses: tuple[str, ...]
    noscript: tuple[str, ...]
    layers: Mapping[str, tuple[Entry, ...]]
    pixels: tuple[str, ...]
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    tags: tuple[str, ...]
    named: tuple[str, ...]
    raw: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was pushed to any data layer."""
        return tuple(entry for entries in self.layers.values() for entry in entries)

    @property
    def is_empty(self) -> bool:
        """Whether a visitor sees nothing at all."""
        return not self.letters and self.elements <= _BARE and not self.frames


_BARE = 12
"""Elements that a page has which shows nothing: html, head, body, some of the head."""


class Page(NamedTuple):
    """One page that was asked for, and what came of it.

    ``problem``: why there are no facts, with what to do. ``at``: where it ended up, when that is
    elsewhere. ``is_file``: the network was not asked. ``blocked``: scripts that were not loaded.
    ``policy``: the Content-Security-Policy that came with the answer.
    """

    name: str
    facts: Facts | None = None
    problem: tuple[str, str | None] | None = None
    is_file: bool = False
    status: int = 0
    at: str = ""
    blocked: int = 0
    unfinished: bool = False
    errors: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    policy: str = ""


def facts_of(said: Mapping[str, Any], asked: Asked, raw: str) -> Facts:
    """What ``facts.js`` gave, as a value."""
    body = said["body"] or {"id": "", "classes": []}
    return Facts(
        url=said["url"],
        canonical=said["canonical"],
        title=said["title"],
        body_id=body["id"],
        body_classes=tuple(body["classes"]),
        elements=said["elements"],
        letters=said["text"],
        frames=said["frames"],
        is_frameset=said["frameset"],
        css=said["css"],
        globals=said["globals"],
        links=dict(zip(asked.links, said["links"], strict=True)),
        attributes=dict(zip(asked.attributes, said["attributes"], strict=True)),
        scripts=tuple(Script(**script) for script in said["scripts"]),
        addresses=tuple(said["addresses"]),
        noscript=tuple(said["noscript"]),
        layers={
            name: tuple(Entry(**entry) for entry in entries)
            for name, entries in said["layers"].items()
        },
        pixels=tuple(said["pixels"]),
        ids=tuple(said["ids"]),
        classes=tuple(said["classes"]),
        tags=tuple(said["tags"]),
        named=tuple(said["named"]),
        raw=raw,
    )
