"""Requests -> what GA4 and Meta were sent.

GA4: any address with ``v=2`` and ``tid=G-…``, Google's own or that of a server container; a POST
body holds an event a line. Meta: ``facebook.com/tr``, in the address or in a form.

Source: requests recorded on Google's and Meta's runtimes (2026-11): ``ep.`` is text, ``epn.`` a
number, ``cu`` the currency, ``pr1`` an item, ``_p`` the page load, ``gcs=G1xy`` whether ad_storage
and analytics_storage are granted; ``cd[…]`` a property, ``eid`` the event's ID.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from tagkit.replay.bodies import LONGEST, body_of, form_of, mapping, pairs, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.replay.coercion import Value
    from tagkit.replay.har import Entry

GA4, META = "GA4", "Meta"

_GOOGLES = re.compile(
    r"(?:.+\.)?(?:google\.[a-z.]+|doubleclick\.net|googletagmanager\.com|googleadservices\.com)",
    re.IGNORECASE,
)
"""Hosts of Google's that are sent copies of a hit, for advertising."""
_GA4_AT_GOOGLE = re.compile(r"(?:.+\.)?analytics\.google\.com", re.IGNORECASE)
"""Where GA4's hits go with Google signals."""
_META_HOST = re.compile(r"(?:.*\.)?facebook\.com", re.IGNORECASE)
_META_PATH = re.compile(r"/tr/?")
_ITEM = re.compile(r"pr\d{1,3}")
_ITEM_KEYS = {"id": "item_id", "nm": "item_name", "pr": "price", "qt": "quantity"}
_SHORT = {
    "cu": "currency",
    "uid": "user_id",
    "dl": "page_location",
    "dt": "page_title",
    "dr": "page_referrer",
    "ul": "language",
}
"""Parameters that go by a short name."""
_MILLISECONDS = re.compile(r"[0-9]{1,9}")
_CONSENT = re.compile(r"G1([01-])([01-])")


class Hit(NamedTuple):
    """One event that GA4 or Meta was sent.

    ``ads`` and ``analytics``: whether that storage was granted; None where the hit does not say.
    ``load`` tells page loads apart, ``seconds`` is None without a time. ``is_unread``: a body was
    sent, and the HAR does not have it.
    """

    to: str
    event: str
    id: str
    parameters: Mapping[str, Value]
    entry: Entry
    time: str
    seconds: float | None
    load: str
    page: str
    ads: bool | None
    analytics: bool | None
    event_id: str
    blocked: bool
    is_unread: bool = False


def hits_of(entry: Entry) -> Iterator[Hit]:
    """The events in a request; nothing for one that is no hit."""
    data = mapping(entry.data)
    request = mapping(data.get("request"))
    url = text(request.get("url"))
    if not url or len(url) > LONGEST or request.get("method") == "OPTIONS":  # asks for leave
        return
    to, query = _address(url)
    if (to, query) == _address(text(mapping(data.get("response")).get("redirectURL"))):
        return  # the browser asks for it again, there
    if to == META:
        said = {**pairs(query), **form_of(request)}
        if said.get("id") or _is_unread(request):
            yield _meta({"id": "", **said}, entry)._replace(is_unread=_is_unread(request))
    elif to == GA4:
        said = pairs(query)
        if said.get("v") == "2" and said.get("tid", "").startswith("G-"):
            yield from _ga4(said, request, entry)


def _address(url: str) -> tuple[str, str]:
    """Whose hits go to an address, "" when nobody's do, and its query."""
    try:
        split = urlsplit(url)
        host = split.hostname or ""
    except ValueError:
        return "", ""
    if _META_HOST.fullmatch(host) and _META_PATH.fullmatch(split.path):
        return META, split.query
    is_google = _GOOGLES.fullmatch(host) and not _GA4_AT_GOOGLE.fullmatch(host)
    return "" if is_google or "tid=" not in split.query else GA4, split.query


def _is_unread(request: Mapping[str, Any]) -> bool:
    """Whether a body was sent that the HAR does not have."""
    posted = mapping(request.get("postData"))
    return request.get("method") == "POST" and not (posted.get("text") or posted.get("params"))


def _ga4(said: dict[str, str], request: Mapping[str, Any], entry: Entry) -> Iterator[Hit]:
    lines = [pairs(line) for line in body_of(request).splitlines()]
    events = [{**said, **line} for line in lines if line.get("en")]
    if not (events or lines or "en" in said) and _is_unread(request):
        yield _ga4_event({**said, "en": ""}, entry)._replace(is_unread=True)
    joined = {**said, **{k: v for line in lines for k, v in line.items()}}
    hits = [_ga4_event(event, entry) for event in events or [joined] if event.get("en")]
    later = sum(_engaged(event) for event in events[1:])
    for hit, event in zip_longest(hits, events[1:]):
        yield hit if hit.seconds is None else hit._replace(seconds=hit.seconds - later)
        later -= _engaged(event) if event else 0.0


def _engaged(event: Mapping[str, str]) -> float:
    """Seconds from the event before it, at least: events wait for each other, and go together."""
    found = _MILLISECONDS.fullmatch(event.get("_et", ""))
    return int(found[0]) / 1000 if found else 0.0


def _ga4_event(said: dict[str, str], entry: Entry) -> Hit:
    parameters: dict[str, Value] = {}
    items: list[Any] = []
    for key, value in said.items():
        kind, _, name = key.partition(".")
        if kind == "ep" and name:  # up and upn are the user's properties, which no contract has
            parameters[name] = value
        elif kind == "epn" and name:
            parameters[name] = _number(value)
        elif _ITEM.fullmatch(key):
            items.append(_item(value))
    if items:
        parameters["items"] = items
    parameters |= {name: said[key] for key, name in _SHORT.items() if key in said}
    found = _CONSENT.match(said.get("gcs", ""))
    ads, analytics = (_granted(found[1]), _granted(found[2])) if found else (None, None)
    load = said.get("_p") or text(mapping(entry.data).get("pageref"))
    return _hit(GA4, said["en"], said["tid"], parameters, entry, load, said.get("dl", ""),
                ads=ads, analytics=analytics)  # fmt: skip


def _granted(bit: str) -> bool | None:
    return None if bit == "-" else bit == "1"


def _item(said: str) -> dict[str, str]:
    fields = ((part[:2], part[2:]) for part in said.split("~"))
    return {_ITEM_KEYS[code]: value for code, value in fields if code in _ITEM_KEYS}


def _meta(said: dict[str, str], entry: Entry) -> Hit:
    parameters: dict[str, Value] = {
        key[3:-1]: value for key, value in said.items() if key.startswith("cd[") and key[-1] == "]"
    }
    load = text(mapping(entry.data).get("pageref")) or said.get("it", "")
    return _hit(META, said.get("ev", ""), said["id"], parameters, entry, load,
                said.get("dl", ""), event_id=said.get("eid", ""))  # fmt: skip


def _hit(  # noqa: PLR0913
    to: str,
    event: str,
    id: str,  # noqa: A002
    parameters: Mapping[str, Value],
    entry: Entry,
    load: str,
    page: str,
    *,
    ads: bool | None = None,
    analytics: bool | None = None,
    event_id: str = "",
) -> Hit:
    data = mapping(entry.data)
    time = text(data.get("startedDateTime"))
    error = text(mapping(data.get("response")).get("_error"))
    return Hit(to, event, id, parameters, entry, time, _seconds(time), load, page, ads, analytics,
               event_id, "BLOCKED" in error.upper())  # fmt: skip


def _seconds(time: str) -> float | None:
    try:
        moment = datetime.fromisoformat(time)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _number(said: str) -> Value:
    try:
        return float(said)
    except ValueError:
        return said
