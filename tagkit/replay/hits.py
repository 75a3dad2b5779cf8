"""Requests -> what GA4 and Meta were sent.

GA4: any address with ``v=2`` and ``tid=G-…``, Google's own or that of a server container; a POST
body holds an event a line. Meta: ``facebook.com/tr``, in the address or in a form.

Source: requests recorded on Google's and Meta's runtimes (2026-11): ``ep.`` is text, ``epn.`` a
number, ``cu`` the currency, ``pr1`` an item, ``_p`` the page load, ``gcs=G1xy`` whether ad_storage
and analytics_storage are granted; ``cd[…]`` a property, ``eid`` the event's ID.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tagkit.replay.coercion import Value
    from tagkit.replay.har import Entry

GA4, META = "GA4", "Meta"

_NOT_GA4 = ("google.com", "doubleclick.net", "googletagmanager.com", "googleadservices.com")
_META_HOST = re.compile(r"(?:.*\.)?facebook\.com", re.IGNORECASE)
_META_PATH = re.compile(r"/tr/?")
_ITEM = re.compile(r"pr\d{1,3}")
_ITEM_KEYS = {"id": "item_id", "nm": "item_name", "pr": "price", "qt": "quantity"}
_CONSENT = re.compile(r"G1([01-])([01-])")
_FORM = re.compile(
    r'name="([^"\r\n]*)"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n(.*?)(?=\r?\n--|\Z)', re.DOTALL
)
_LONGEST = 1_000_000


class Hit(NamedTuple):
    """One event that GA4 or Meta was sent.

    ``ads`` and ``analytics``: whether that storage was granted; None where the hit does not say.
    ``load`` tells page loads apart, ``seconds`` is None without a time.
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


def hits_of(entry: Entry) -> Iterator[Hit]:
    """The events in a request; nothing for one that is no hit."""
    request = _mapping(_mapping(entry.data).get("request"))
    url = _text(request.get("url"))
    if not url or len(url) > _LONGEST or request.get("method") == "OPTIONS":  # asks for leave
        return
    try:
        split = urlsplit(url)
        host = split.hostname or ""
    except ValueError:
        return
    if _META_HOST.fullmatch(host) and _META_PATH.fullmatch(split.path):
        said = {**_pairs(split.query), **_form(request)}
        if said.get("id"):
            yield _meta(said, entry)
    elif "tid=" in split.query and not host.endswith(_NOT_GA4):
        said = _pairs(split.query)
        if said.get("v") == "2" and said.get("tid", "").startswith("G-"):
            yield from _ga4(said, _body(request), entry)


def _ga4(said: dict[str, str], body: str, entry: Entry) -> Iterator[Hit]:
    lines = [_pairs(line) for line in body.splitlines()]
    events = [{**said, **line} for line in lines if "en" in line]
    for event in events or [{**said, **{k: v for line in lines for k, v in line.items()}}]:
        if event.get("en"):
            yield _ga4_event(event, entry)


def _ga4_event(said: dict[str, str], entry: Entry) -> Hit:
    parameters: dict[str, Value] = {}
    items: list[Any] = []
    for key, value in said.items():
        kind, _, name = key.partition(".")
        if kind in ("ep", "up") and name:
            parameters[name] = value
        elif kind in ("epn", "upn") and name:
            parameters[name] = _number(value)
        elif _ITEM.fullmatch(key):
            items.append(_item(value))
    if items:
        parameters["items"] = items
    for key, name in (("cu", "currency"), ("uid", "user_id")):
        if key in said:
            parameters[name] = said[key]
    found = _CONSENT.match(said.get("gcs", ""))
    ads, analytics = (_granted(found[1]), _granted(found[2])) if found else (None, None)
    load = said.get("_p") or _text(_mapping(entry.data).get("pageref"))
    return _hit(GA4, said["en"], said["tid"], parameters, entry, load, said.get("dl", ""),
                ads=ads, analytics=analytics)  # fmt: skip


def _granted(bit: str) -> bool | None:
    return None if bit == "-" else bit == "1"


def _item(text: str) -> dict[str, str]:
    fields = ((part[:2], part[2:]) for part in text.split("~"))
    return {_ITEM_KEYS[code]: value for code, value in fields if code in _ITEM_KEYS}


def _meta(said: dict[str, str], entry: Entry) -> Hit:
    parameters: dict[str, Value] = {
        key[3:-1]: value for key, value in said.items() if key.startswith("cd[") and key[-1] == "]"
    }
    load = _text(_mapping(entry.data).get("pageref")) or said.get("it", "")
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
    data = _mapping(entry.data)
    time = _text(data.get("startedDateTime"))
    error = _text(_mapping(data.get("response")).get("_error"))
    return Hit(to, event, id, parameters, entry, time, _seconds(time), load, page, ads, analytics,
               event_id, "BLOCKED" in error.upper())  # fmt: skip


def _seconds(time: str) -> float | None:
    try:
        moment = datetime.fromisoformat(time)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def _number(text: str) -> Value:
    try:
        return float(text)
    except ValueError:
        return text


def _pairs(query: str) -> dict[str, str]:
    if len(query) > _LONGEST:
        return {}
    return dict(parse_qsl(query, keep_blank_values=True))


def _body(request: Mapping[str, Any]) -> str:
    posted = _mapping(request.get("postData"))
    text = _text(posted.get("text"))
    encoding = posted.get("encoding") or posted.get("_encoding")
    if encoding != "base64":
        return text
    try:
        return base64.b64decode(text, validate=False).decode(errors="replace")
    except (binascii.Error, ValueError):
        return text


def _form(request: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a form that was sent: as a list, as text or as multipart."""
    posted = _mapping(request.get("postData"))
    listed = posted.get("params")
    if isinstance(listed, list) and listed:
        fields = [_mapping(field) for field in listed]
        return {_text(field.get("name")): _text(field.get("value")) for field in fields}
    text = _body(request)
    if text.lstrip().startswith("--"):
        return dict(_FORM.findall(text[:_LONGEST]))
    if text.lstrip().startswith("{"):
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return {key: _text(value) for key, value in _mapping(said).items()}
    return _pairs(text)


def _mapping(value: Any) -> Mapping[str, Any]:  # noqa: ANN401
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else ""
