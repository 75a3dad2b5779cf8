"""Which platform made a page, and which of a shop's pages it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tagkit.doctor.signs import SURE, read, seen

if TYPE_CHECKING:
    from tagkit.doctor.facts import Facts
    from tagkit.doctor.signs import Sign, Signs, Thing

_WEIGHT = {"high": 9, "medium": 3, "low": 1}
GENERIC = "generic"


class Platform(NamedTuple):
    """A page's platform. ``sure`` is empty when there is no sign of any.

    ``page``: product, cart …, empty when it is none of those. ``renamed``: the platform says which
    page it is, and the markup that its themes have there is missing.
    """

    id: str = GENERIC
    name: str = ""
    sure: str = ""
    signs: tuple[str, ...] = ()
    theme: str = ""
    version: str = ""
    page: str = ""
    renamed: str = ""
    in_catalog: bool = False


def platform_of(facts: Facts, known: Signs) -> Platform:
    """The platform with the most to say for it."""
    best: tuple[int, Thing | None, list[Sign]] = (0, None, [])
    for thing in known.platforms:
        found = seen(thing.signs, facts)
        weight = sum(_WEIGHT[sign.sure] for sign in found)
        if weight > best[0]:
            best = weight, thing, found
    _, thing, found = best
    if thing is None:
        return Platform()
    page, renamed = _page_of(thing, facts)
    return Platform(
        thing.id,
        thing.name,
        _sure(found),
        tuple(sign.shown for sign in found),
        read(thing.theme, facts),
        read(thing.version, facts),
        page,
        renamed,
        thing.in_catalog,
    )


def _sure(found: list[Sign]) -> str:
    """As sure as the surest sign; one step more when several say the same."""
    at = SURE.index(found[0].sure)
    return SURE[max(at - 1, 0)] if len(found) > 1 else SURE[at]


def _page_of(thing: Thing, facts: Facts) -> tuple[str, str]:
    """Which page it is, and the markup that is missing there."""
    said = read(thing.page, facts)
    by_name = next((page for page in thing.pages if said and said in page.named), None)
    by_css = next((page for page in thing.pages if page.css and facts.css[page.css] > 0), None)
    if by_css is not None:
        return by_css.name, ""
    if by_name is not None:
        return by_name.name, by_name.css
    return "", ""
