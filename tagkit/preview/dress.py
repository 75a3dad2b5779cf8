"""A page of the shop, with the simulator in place of Google Tag Manager.

Works on bytes: what is looked for and what is put in is ASCII, so that the page may be in UTF-8,
ISO-8859-2 or any other encoding that has ASCII in it.
"""

from __future__ import annotations

import re

from tagkit.preview.exchange import HOME

_GTM = re.compile(rb"(?:https?:)?(\\?/)\1www\.googletagmanager\.com\1gtm\.js", re.I)
_GTAG = re.compile(rb"(?:https?:)?(\\?/)\1www\.googletagmanager\.com\1gtag\1js", re.I)
_PIXEL = re.compile(
    rb"(?:https?:)?(\\?/)\1connect\.facebook\.net\1[A-Za-z_]+\1fbevents\.js", re.I
)
_STAND_INS = ((_GTM, b"gtm.js"), (_GTAG, b"nothing.js"), (_PIXEL, b"fbevents.js"))
_HEAD = re.compile(rb"<head\b[^>]*>", re.I)
_HTML = re.compile(rb"<html\b[^>]*>", re.I)
_DOCTYPE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<!doctype[^>]*>", re.I | re.S)
_CONSENT_DEFAULT = re.compile(
    rb"<script\b[^>]*>(?:(?!</script).)*?['\"]consent['\"]\s*,\s*['\"]default['\"].*?</script\s*>",
    re.I | re.S,
)
_POLICY = re.compile(
    rb"<meta\b[^>]*http-equiv\s*=\s*[\"']?content-security-policy(?:-report-only)?\b[^>]*>", re.I
)
_META = re.compile(rb"<meta\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", re.I)
_INTEGRITY = re.compile(
    rb"(<(?:script|link)\b[^>]*?)\sintegrity\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I
)

BRIDGE = f'<script src="{HOME}bridge.js"></script>'
# As Google's own snippet: the container comes after what the head says by itself.
SNIPPET = (
    "<script>(function(w,d){w.dataLayer=w.dataLayer||[];"
    "w.dataLayer.push({'gtm.start':Date.now(),event:'gtm.js'});"
    "var j=d.createElement('script');j.async=true;"
    f"j.src='{HOME}gtm.js';d.head.appendChild(j);}})(window,document);</script>"
)


def stand_ins(text: bytes) -> bytes:
    """A text in which Google's and Meta's scripts are named: ours in their place."""
    for pattern, name in _STAND_INS:
        ours = HOME.encode() + name
        text = pattern.sub(lambda found, ours=ours: ours.replace(b"/", found[1]), text)
    return text


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
    for pattern in (_HEAD, _HTML, _DOCTYPE):
        if found := pattern.search(page):
            if pattern is _DOCTYPE and found.start() != 0:
                continue
            return page[: found.end()] + head + page[found.end() :]
    return head + page
