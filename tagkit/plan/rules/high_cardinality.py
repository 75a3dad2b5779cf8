"""A parameter or user property with a new value in nearly every event.

GA4 sums up the rows of a custom dimension with more than 500 values a day as "(other)", also for
the values that are frequent. Times, random numbers, ids of visits, clicks and orders, whole
addresses and user agents fill it within hours, and GA4 reports most of them by itself.

Before::

    parameters: {address: {url: full}, order_id: {data_layer: order.id}}

After::

    parameters: {section: {url: path}, transaction_id: {data_layer: order.id}}

Source: support.google.com/analytics/answer/12226705 (high-cardinality dimensions).
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.ga4.names import NO_DIMENSION, USER_PROPERTIES
from tagkit.ga4.recommended import KNOWN_PARAMETERS
from tagkit.plan.leaves import leaves, sent_to_ga4
from tagkit.values import (
    BuiltIn,
    Clicked,
    Cookie,
    DataLayer,
    Global,
    JavaScript,
    Literal,
    Source,
    Url,
    ValueType,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.plan.leaves import Leaf
    from tagkit.plan.model import Parameter, Resolved

RULE = Rule(
    "TK234",
    "high-cardinality",
    Severity.NOTE,
    "a parameter or user property with a new value in nearly every event",
)

_TIME = "leave it out: GA4 notes the time of every event by itself"
_VISIT = "leave it out: GA4 counts visitors, visits and clicks by itself"
_CLICK = "leave it out: ad platforms read their click ids by themselves"
_ORDER = "call it transaction_id, GA4's own parameter for it"
_AGENT = "leave it out: GA4 reports browser and device by itself"
_ADDRESS = "send {url: path}: GA4 has the whole address in page_location already"
_REFERRER = "send its host alone: {url: host, of: {built_in: page_referrer}}"
_RANDOM = "leave it out"

_BY_NAME = {
    name: hint
    for hint, names in {
        _TIME: "timestamp time_stamp datetime date_time unix_time epoch_time",
        _VISIT: """client_id clientid ga_client_id visitor_id hit_id request_id page_view_id
            pageview_id uuid guid device_id fingerprint fbp""",
        _CLICK: "fbclid msclkid ttclid wbraid gbraid li_fat_id fbc",
        _ORDER: "order_id orderid order_number order_no invoice_number invoice_id",
        _AGENT: "user_agent useragent",
    }.items()
    for name in names.split()
}
_QUERY = dict.fromkeys(
    ("gclid", "dclid", "gclsrc", "fbclid", "msclkid", "ttclid", "wbraid", "gbraid", "li_fat_id"),
    _CLICK,
)
_COOKIES = {
    "_ga": _VISIT, "_gid": _VISIT, "_fbp": _VISIT, "_fbc": _CLICK, "_gcl_aw": _CLICK,
    "_gcl_au": _VISIT, "_clck": _VISIT, "PHPSESSID": _VISIT, "JSESSIONID": _VISIT,
}  # fmt: skip
_KEYS = {"gtm.start": _TIME, "gtm.uniqueEventId": _VISIT}
_BUILT_INS = {"page_url": _ADDRESS, "page_referrer": _REFERRER, "random_number": _RANDOM}
_EXPRESSIONS = {
    "location.href": _ADDRESS,
    "location": _ADDRESS,
    "document.location": _ADDRESS,
    "document.location.href": _ADDRESS,
    "document.URL": _ADDRESS,
    "document.referrer": _REFERRER,
    "navigator.userAgent": _AGENT,
    "Date.now()": _TIME,
    "newDate()": _TIME,
    "newDate": _TIME,
    "+newDate()": _TIME,
    "+newDate": _TIME,
    "newDate().getTime()": _TIME,
    "newDate().toISOString()": _TIME,
    "newDate().toString()": _TIME,
    "Math.random()": _RANDOM,
}
# compiled when first met, not at every start
_RETURNS = r"\s*function\s*\(\s*\)\s*\{\s*return\s++([^;{}]*+);?\s*+\}\s*+;?\s*+"
_HUMP = r"(?<=[a-z0-9])(?=[A-Z])"
_GOOGLES_OWN = ("page_location", "page_referrer")


def check(plan: Resolved) -> Iterator[Finding]:
    """Point at the source, or at the name; each name once."""
    if plan.ga4 is None:
        return
    said = set()
    for parameter in chain(sent_to_ga4(plan), plan.ga4.user_properties):
        name = parameter.name
        if name in said or name in _GOOGLES_OWN or name in NO_DIMENSION or name in USER_PROPERTIES:
            continue
        for finding in _of(parameter):
            said.add(name)
            yield finding
            break


def _of(parameter: Parameter) -> Iterator[Finding]:
    name, ends = parameter.name, list(leaves(parameter))
    for leaf in ends:
        if hint := _of_source(leaf.source):
            yield Finding(RULE, leaf.route, _message(name), hint=hint)
    if name in KNOWN_PARAMETERS:
        return
    plain = re.sub(_HUMP, "_", name).lower()
    by_name = _TIME if plain.endswith("_timestamp") else _BY_NAME.get(plain)
    if by_name and any(_is_free(leaf) for leaf in ends):
        yield Finding(RULE, parameter.route, _message(name), hint=by_name, at_key=True)


def _is_free(leaf: Leaf) -> bool:
    """Whether the site decides what the value is: an element's id has as many as there are."""
    fixed = isinstance(leaf.source, (Literal, Clicked, BuiltIn))
    return not fixed and leaf.type is not ValueType.BOOLEAN


def _message(name: str) -> str:
    return f"'{name}' has too many different values, GA4's reports show '(other)' in their place"


def _of_source(source: Source) -> str | None:
    match source:
        case BuiltIn(name=name):
            return _BUILT_INS.get(name)
        case Url(part="full" | "query", key="", of=None | BuiltIn(name="page_url")):
            return _ADDRESS
        case Url(part="full", of=BuiltIn(name="page_referrer")):
            return _REFERRER
        case Url(part="query", key=key) if key:
            return _QUERY.get(key)
        case Cookie(name=name):
            return _COOKIES.get(name) or (_VISIT if name.startswith("_ga_") else None)
        case DataLayer(key=key):
            return _KEYS.get(key)
        case Global(path=path):
            return _EXPRESSIONS.get(path.removeprefix("window."))
        case JavaScript(code=code):
            returned = re.fullmatch(_RETURNS, code)
            if returned is None:
                return None
            return _EXPRESSIONS.get("".join(returned[1].split()).removeprefix("window."))
    return None
