"""A page of the shop, with the simulator in place of Google Tag Manager.

Works on bytes: what is looked for and what is put in is ASCII, so that the page may be in UTF-8,
ISO-8859-2 or any other encoding that has ASCII in it.
"""

from __future__ import annotations

import re
from functools import partial

from tagkit.preview.exchange import HOME

_I = re.IGNORECASE
_GTM = re.compile(rb"(?:https?:)?(\\?/)\1www\.googletagmanager\.com\1gtm\.js", _I)
_GTAG = re.compile(rb"(?:https?:)?(\\?/)\1www\.googletagmanager\.com\1gtag\1js", _I)
_PIXEL = re.compile(rb"(?:https?:)?(\\?/)\1connect\.facebook\.net\1[a-z_]+\1fbevents\.js", _I)
_STAND_INS = ((_GTM, b"gtm.js"), (_GTAG, b"nothing.js"), (_PIXEL, b"fbevents.js"))
_HEAD = re.compile(rb"<head\b[^>]*>", _I)
_HTML = re.compile(rb"<html\b[^>]*>", _I)
_DOCTYPE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<!doctype[^>]*>", _I | re.DOTALL)
_CONSENT_DEFAULT = re.compile(
    rb"<script\b[^>]*>(?:(?!</script).)*?['\"]consent['\"]\s*,\s*['\"]default['\"].*?</script\s*>",
    _I | re.DOTALL,
)
_POLICY = re.compile(rb".*\bhttp-equiv\s*=\s*[\"']?\s*content-security-policy", _I | re.DOTALL)
_META = re.compile(rb"<meta\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", _I)
_INTEGRITY = re.compile(
    rb"(<(?:script|link)\b[^>]*?)\sintegrity\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", _I
)

BRIDGE = f'<script src="{HOME}bridge.js"></script>'
# As Google's own snippet: the container comes after what the head says by itself. A frame inside a
# page is rarely one that a shop's owner would give the container to.
SNIPPET = (
    "<script>(function(w,d){if(w.__tagkitNested)return;w.dataLayer=w.dataLayer||[];"
    "w.dataLayer.push({'gtm.start':Date.now(),event:'gtm.js'});"
    "var j=d.createElement('script');j.async=true;"
    f"j.src='{HOME}gtm.js';d.head.appendChild(j);}})(window,document);</script>"
)


def stand_ins(text: bytes) -> bytes:
    """A text in which Google's and Meta's scripts are named: ours in their place."""
    for pattern, name in _STAND_INS:
        text = pattern.sub(partial(_escaped_alike, HOME.encode() + name), text)
    return text


def _escaped_alike(path: bytes, found: re.Match[bytes]) -> bytes:
    """Our path with its slashes as they are there, plain or escaped."""
    return path.replace(b"/", found[1])


def dressed(page: bytes, consent_default: str) -> bytes:
    """The page as the preview shows it.

    A page with Google's snippet gets the simulator where that is; one without gets it, with the
    plan's consent default, below its own consent default or else at the start of its head.
    """
    page = _META.sub(lambda found: b"" if _POLICY.match(found[0]) else found[0], page)
    page = _INTEGRITY.sub(rb"\1", page)
    has_gtm = _GTM.search(page) is not None
    page = stand_ins(page)
    if has_gtm:
        return _at_the_start(page, BRIDGE.encode())
    own = _CONSENT_DEFAULT.search(page)
    if own is None:
        return _at_the_start(page, (BRIDGE + consent_default + SNIPPET).encode())
    page = page[: own.end()] + SNIPPET.encode() + page[own.end() :]
    return _at_the_start(page, BRIDGE.encode())


def _at_the_start(page: bytes, head: bytes) -> bytes:
    """Into the head, or where the browser will begin one."""
    found = _HEAD.search(page) or _HTML.search(page) or _DOCTYPE.match(page)
    at = found.end() if found else 0
    return page[:at] + head + page[at:]
