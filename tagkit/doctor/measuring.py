"""What already measures on a page: containers, GA4, Google Ads and pixels, and who put them there.

In the page's own text is what the shop or a plugin wrote; what is only in the document was put in
by a script, GTM among them. GTM loads a Google tag with ``cx`` or ``gtm`` in its address, and the
scripts of its Custom HTML tags have the type ``text/gtmscript`` while they wait.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tagkit.gtm.markup import blocks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.doctor.facts import Facts, Page

_GTM_ADDRESS = re.compile(r"/gtm\.js\?(?:[^\"'\s]*&)?id=(GTM-[A-Z0-9]+)")
_GTM_FRAME = re.compile(r"/ns\.html\?(?:[^\"'\s]*&)?id=(GTM-[A-Z0-9]+)")
_GTM_ID = re.compile(r"GTM-[A-Z0-9]{4,10}\b")
_GTM_STARTS = re.compile(r"gtm\.start|/gtm\.js")
_TAG_ADDRESS = re.compile(r"/gtag/(?:js|destination)\?(?:[^\"'\s]*&)?id=((?:G|AW|GT|DC)-[\w-]+)")
_FROM_GTM = re.compile(r"[?&](?:cx=c|gtm=)")
_CONFIG = re.compile(r"gtag\s*\(\s*[\"']config[\"']\s*,\s*[\"']((?:G|AW|GT|DC|UA)-[\w-]+)[\"']")
_INIT = re.compile(r"fbq\s*\(\s*[\"']init[\"']\s*,\s*[\"']?(\d{5,20})[\"']?")
_SHOPIFY_IDS = re.compile(r"google_tag_ids[\\\"':\s]*\[([^\]]*)\]")
_TAG = re.compile(r"\b(?:G|AW|GT)-[A-Z0-9]{4,}\b")
_PIXEL_ADDRESS = re.compile(r"/signals/config/(\d{5,20})")
_HIT_TAG = re.compile(r"[?&\n]tid=((?:G|AW|UA)-[\w-]+)")
_HIT_PIXEL = re.compile(r"facebook\.com/tr[/?][^\n]*?\bid=(\d{5,20})")

KINDS = {
    "GTM": "Tag Manager",
    "G": "GA4",
    "GT": "Google tag",
    "AW": "Google Ads",
    "DC": "Floodlight",
    "UA": "Universal Analytics",
    "pixel": "Meta Pixel",
}


class Destination(NamedTuple):
    """A container, a measurement ID, a pixel. ``times``: how often the page's text sets it up.

    ``own``: the page or a plugin does so, beside GTM; otherwise a script put it there.
    """

    id: str
    kind: str
    times: int
    own: bool
    by: str = ""


def destinations(page: Page) -> tuple[Destination, ...]:
    """All of them, by kind and then as they come."""
    facts = page.facts
    assert facts is not None  # noqa: S101 # who asks has looked
    own = _counted(_own(facts))
    later = dict.fromkeys(_later(facts, page.requests))
    found = [
        *(Destination(id_, _kind(id_), times, own=True) for id_, times in own.items()),
        *(Destination(id_, _kind(id_), 0, own=False) for id_ in later if id_ not in own),
    ]
    return tuple(sorted(found, key=lambda one: [*KINDS].index(one.kind)))


def _kind(id_: str) -> str:
    return "pixel" if id_.isdigit() else id_.partition("-")[0]


def _counted(found: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How often each is set up: a snippet and the script it puts in are one."""
    ways: dict[str, Counter[str]] = {}
    for id_, way in found:
        ways.setdefault(id_, Counter())[way] += 1
    return {id_: max(counter.values()) for id_, counter in ways.items()}


def _own(facts: Facts) -> Iterator[tuple[str, str]]:
    """IDs in the page's own text, with the way each is written there."""
    for block in blocks_of(facts.raw):
        if block.name == "noscript":
            yield from ((id_, "frame") for id_ in _GTM_FRAME.findall(block.content))
        if block.name != "script" or block.attributes.get("type") == "text/gtmscript":
            continue
        address = block.attributes.get("src", "").replace("&amp;", "&")
        yield from ((id_, "address") for id_ in _GTM_ADDRESS.findall(address))
        if not _FROM_GTM.search(address):
            yield from ((id_, "address") for id_ in _TAG_ADDRESS.findall(address))
        if not block.runs or address:
            continue
        code = block.content
        if _GTM_STARTS.search(code):
            yield from ((id_, "code") for id_ in dict.fromkeys(_GTM_ID.findall(code)))
        yield from ((id_, "code") for id_ in _CONFIG.findall(code))
        yield from ((id_, "code") for id_ in _INIT.findall(code))
        for ids in _SHOPIFY_IDS.findall(code):
            yield from ((id_, "app") for id_ in _TAG.findall(ids))
    for entry in facts.entries:  # gtag() of a plugin that puts its ID together
        if entry.command == "config" and _TAG.fullmatch(entry.name):
            yield entry.name, "pushed"


def _later(facts: Facts, requests: Iterable[str]) -> Iterator[str]:
    """IDs that only the document has, or a hit."""
    for script in facts.scripts:
        yield from _GTM_ADDRESS.findall(script.address)
        yield from _TAG_ADDRESS.findall(script.address)
        yield from _PIXEL_ADDRESS.findall(script.address)
        yield from _INIT.findall(script.code)
    yield from facts.pixels
    for hit in requests:
        yield from _HIT_TAG.findall(hit)
        yield from _HIT_PIXEL.findall(hit)
