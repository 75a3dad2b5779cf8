"""Which platform made a page, and which of a shop's pages it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tagkit.doctor.signs import SURE, read, seen

if TYPE_CHECKING:
    from tagkit.doctor.facts import Facts
    from tagkit.doctor.signs import Sign, Signs, Thing

OG_TYPE = ('meta[property="og:type"]', "content")
_PRODUCT = re.compile(r'"@type"\s*:\s*\[?\s*"Product(?:Group)?"')
_WEIGHT = {"high": 9, "medium": 3, "low": 1}
GENERIC = "generic"


class Platform(NamedTuple):
    """A page's platform. ``sure`` is empty when there is no sign of any.

    ``page``: product, cart …, empty when it is none of those. ``renamed``: the markup that themes
    of the platform have on such a page, and this one has not, though the platform says that it is.
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
    each = [(thing, seen(thing.signs, facts)) for thing in known.platforms]
    thing, found = max(each, key=lambda pair: sum(_WEIGHT[sign.sure] for sign in pair[1]))
    if not found:
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
        return by_name.name, by_name.css if thing.in_catalog else ""
    product = next((page for page in thing.pages if page.name == "product"), None)
    if product is not None and _is_product(facts):
        return product.name, product.css if thing.in_catalog else ""
    return "", thing.mark if thing.mark and facts.css[thing.mark] < 1 else ""


def _is_product(facts: Facts) -> bool:
    """Whether what search engines and networks read says that the page is about one product."""
    if any(value.startswith("product") for value in facts.attributes[OG_TYPE]):
        return True
    codes = (script.code for script in facts.scripts if script.type == "application/ld+json")
    return sum(len(_PRODUCT.findall(code)) for code in codes) == 1
