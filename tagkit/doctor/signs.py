"""What tells platforms, plugins and cookie banners apart: ``signs.yaml``, read and asked."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.doctor.facts import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tagkit.doctor.facts import Facts

SURE = ("high", "medium", "low")


class Sign(NamedTuple):
    """One thing to look for. ``matches`` and ``is_`` turn what is found into what it says."""

    kind: str
    what: str
    sure: str = "high"
    attribute: str = ""
    matches: str = ""
    is_: str = ""

    @property
    def shown(self) -> str:
        """In a sentence."""
        return self.what if self.kind in ("global", "css") else f"{self.kind} {self.what}"


class PageOfShop(NamedTuple):
    """One of a shop's pages: product, cart …: by its markup, or as the platform names it."""

    name: str
    css: str
    named: tuple[str, ...]


class Thing(NamedTuple):
    """A platform, a plugin or a banner. ``only``: the platform that alone may have it.

    ``mark``: what the platform puts on each of its pages. ``pushes``: the data layer events that a
    plugin makes of what visitors do.
    """

    id: str
    name: str
    signs: tuple[Sign, ...]
    theme: tuple[Sign, ...] = ()
    version: tuple[Sign, ...] = ()
    page: tuple[Sign, ...] = ()
    pages: tuple[PageOfShop, ...] = ()
    in_catalog: bool = False
    mark: str = ""
    only: str = ""
    pushes: tuple[str, ...] = ()
    says: Mapping[str, str] = {}  # nothing changes it


class Signs(NamedTuple):
    """All that is known."""

    platforms: tuple[Thing, ...]
    plugins: tuple[Thing, ...]
    banners: tuple[Thing, ...]

    def asked(self) -> Asked:
        """What a page must be asked for all of it."""
        things = (*self.platforms, *self.plugins, *self.banners)
        signs = [
            s for thing in things for s in (*thing.signs, *thing.theme, *thing.version, *thing.page)
        ]
        pages = [page.css for thing in self.platforms for page in thing.pages if page.css]
        pages += [thing.mark for thing in self.platforms if thing.mark]
        return Asked(
            css=tuple(dict.fromkeys([*(s.what for s in signs if s.kind == "css"), *pages])),
            globals=tuple(dict.fromkeys(s.what for s in signs if s.kind == "global")),
            attributes=tuple(dict.fromkeys((s.what, s.attribute) for s in signs if s.attribute)),
        )


@cache
def known_signs() -> Signs:
    """What comes with tagkit."""
    import yaml

    data = yaml.safe_load(Path(__file__).with_name("signs.yaml").read_text("utf-8"))
    platforms = (_thing(key, said) for key, said in data["platforms"].items())
    plugins, banners = (
        tuple(_thing(said["name"], said) for said in data[kind]) for kind in ("plugins", "banners")
    )
    return Signs(tuple(platforms), plugins, banners)


def seen(signs: Iterable[Sign], facts: Facts) -> list[Sign]:
    """Those of the signs that are on the page, the surest first."""
    found = [sign for sign in signs if next(_texts(sign, facts), None) is not None]
    return sorted(found, key=lambda sign: SURE.index(sign.sure))


def read(signs: Iterable[Sign], facts: Facts) -> str:
    """What the first of the signs says that says something."""
    for sign in signs:
        for text in _texts(sign, facts):
            if sign.is_:
                return sign.is_
            if text:
                return text
    return ""


def _texts(sign: Sign, facts: Facts) -> Iterator[str]:
    """What the page has of a sign, which may be an empty text."""
    match sign.kind:
        case "global":
            value = facts.globals[sign.what]
            found = [] if value is None else [value]
        case "css" if sign.attribute:
            found = list(facts.attributes[sign.what, sign.attribute])
        case "css":
            found = [""] if facts.css[sign.what] > 0 else []
        case "address":
            yield from _groups(sign.what, facts.addresses)
            return
        case _:
            yield from _groups(sign.what, (script.code for script in facts.scripts))
            return
    yield from _groups(sign.matches, found) if sign.matches else found


def _groups(pattern: str, texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if found := re.search(pattern, text):
            said = found[1] if found.re.groups and found[1] else ""
            yield said.replace("\\/", "/")  # as JSON may write it


def _thing(key: str, said: Mapping[str, Any]) -> Thing:
    return Thing(
        id=key,
        name=said["name"],
        signs=tuple(map(_sign, said["signs"])),
        theme=tuple(map(_sign, said.get("theme", ()))),
        version=tuple(map(_sign, said.get("version", ()))),
        page=tuple(map(_sign, said.get("page", ()))),
        pages=tuple(
            PageOfShop(name, page.get("css", ""), tuple(page.get("named", ())))
            for name, page in said.get("pages", {}).items()
        ),
        in_catalog=said.get("catalog", False),
        mark=said.get("mark", ""),
        only=said.get("only", ""),
        pushes=tuple(said.get("pushes", ())),
        says=said.get("says", {}),
    )


def _sign(said: Mapping[str, str]) -> Sign:
    kind = next(kind for kind in ("global", "css", "address", "code") if kind in said)
    return Sign(
        kind,
        said[kind],
        said.get("sure", "high"),
        said.get("attribute", ""),
        said.get("matches", ""),
        said.get("is", ""),
    )
