"""The second lock: what pages of the preview may ask of other hosts.

The simulator keeps what it would send in the page; should something get past it, the browser
refuses it, because a Content-Security-Policy names only hosts that the shop itself mentions, and
none of those that measure.
"""

from __future__ import annotations

import re

_MEASURES = re.compile(
    r"(?:^|\.)(?:google-analytics\.com|analytics\.google\.com|googletagmanager\.com"
    r"|googletagservices\.com|googleadservices\.com|googlesyndication\.com|doubleclick\.net"
    r"|app-measurement\.com|adservice\.google\.[a-z.]+|facebook\.com|facebook\.net)$"
    r"|^(?:www\.)?google\.[a-z.]+$"
)
# What a shop has of those hosts that measures nothing, or could not be tried without.
_HARMLESS = {"www.google.com": ("/recaptcha/", "/maps/"), "www.facebook.com": ("/plugins/",)}
_HOST = re.compile(
    rb"//((?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?::[0-9]{1,5})?)(?![a-z0-9.-])", re.IGNORECASE
)
# A text has much behind two slashes that is no host; what was asked for is one: localhost:5173.
_ANY_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?")
_MOST = 400
_SCHEMES = "data: blob:"


def measures(host: str) -> bool:
    """Whether it is a host that Google or Meta measure by."""
    return _MEASURES.search(host.partition(":")[0].lower()) is not None


class Mentioned:
    """The hosts that the shop's own texts mention so far."""

    def __init__(self) -> None:
        self._hosts: dict[str, None] = {}

    def add(self, host: str) -> bool:
        """Take one host that was asked for; whether pages may ask it from now on."""
        host = host.lower()
        if _ANY_HOST.fullmatch(host):
            self._take(host)
        return host in self._hosts

    def read(self, text: bytes) -> None:
        """Take the hosts from a page, a style sheet or a script, with slashes escaped or not."""
        for found in _HOST.findall(text.replace(rb"\/", b"/")):
            self._take(found.decode("ascii").lower())

    def _take(self, host: str) -> None:
        sources = [f"{host}{path}" for path in _HARMLESS.get(host, ())]
        if len(self._hosts) < _MOST:
            self._hosts.update(dict.fromkeys(sources if measures(host) else [host]))

    def policy(self) -> str:
        """The Content-Security-Policy of a page: anything, but of hosts that are mentioned."""
        hosts = " ".join(sorted(self._hosts))
        own = f"'self' {_SCHEMES} {hosts}".rstrip()
        code = f"'unsafe-inline' 'unsafe-eval' {own}"
        return "; ".join(
            (
                f"default-src {code}",
                f"script-src {code}",
                f"img-src {own}",
                f"connect-src {own}",
                "frame-ancestors 'self'",
            )
        )
