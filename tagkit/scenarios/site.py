"""What stands at an address while a scenario goes on: files, the demo shop, a running shop."""

from __future__ import annotations

import json
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from tagkit.simulator import pixel, start

if TYPE_CHECKING:
    from tagkit.scenarios.model import Scenario, Subject

SHOP = "shop:"
_URL = re.compile(r"https?://", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HTML = re.compile(r"<html\b[^>]*>|<!doctype[^>]*>", re.IGNORECASE)
_GTM = re.compile(r"gtm\.js\?id=|googletagmanager\.com/gtm\.js")
_MEASURING = re.compile(
    r"(^|\.)(googletagmanager\.com|google-analytics\.com|analytics\.google\.com|doubleclick\.net"
    r"|googleadservices\.com|googlesyndication\.com|facebook\.com|facebook\.net)$"
)
SNIPPET = """<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),
event:'gtm.js'});var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;
j.src='https://www.googletagmanager.com/gtm.js?id='+i;f.parentNode.insertBefore(j,f);
})(window,document,'script','dataLayer',%s);</script>"""
TINY_GIF = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)
_SCRIPT = "text/javascript; charset=utf-8"


class Answer(NamedTuple):
    """What is at an address."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200


class Site:
    """The addresses of one scenario, for one container."""

    def __init__(self, scenario: Scenario, subject: Subject) -> None:
        self._root = scenario.home.absolute()
        self._subject = subject
        self._address = scenario.address
        self._first = scenario.steps[0].value
        self._origin = _origin(scenario.address or subject.origin)
        self.is_running = bool(_URL.match(self._first))
        """Whether the page is one of a running shop: what it asks of other hosts is let through."""
        self._shop = self._first.startswith(SHOP)

    def url(self, page: str) -> str:
        """The address of a page as a scenario names it."""
        if _URL.match(page):
            return page
        if page.startswith(SHOP):
            self._shop = True
            return f"{self._origin}/{page.removeprefix(SHOP).lstrip('/')}"
        if page == self._first and self._address:
            return self._address
        self._shop = False
        path, mark, rest = _split(page)
        return f"{self._origin}/{quote(self._relative(path))}{mark}{rest}"

    def _relative(self, path: str) -> str:
        """A file's path below the root, which for a file that lies elsewhere is its folder."""
        file = Path(_normal(self._root / path))
        root = Path(_normal(self._root))
        if not file.is_relative_to(root):
            root = self._root = file.parent
        return file.relative_to(root).as_posix()

    def answer(self, url: str) -> Answer | None:
        """What stands there; None where the network is asked."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host.endswith("googletagmanager.com") and parts.path == "/gtm.js":
            return Answer(self.script().encode(), _SCRIPT)
        if host == "connect.facebook.net" and parts.path.endswith("/fbevents.js"):
            return Answer(pixel().encode(), _SCRIPT)
        if _MEASURING.search(host):
            is_script = parts.path.endswith((".js", "/js"))
            return Answer(b"", _SCRIPT) if is_script else Answer(TINY_GIF, "image/gif")
        if self.is_running:
            return None
        if f"{parts.scheme}://{parts.netloc}" == self._origin:
            return self._own(url, parts.path, parts.query)
        return Answer(b"", "text/plain", 503)

    def is_measuring(self, url: str) -> bool:
        """Whether it is a host of Google or Meta, which is never reached."""
        return bool(_MEASURING.search(urlsplit(url).hostname or ""))

    def is_ours(self, url: str) -> bool:
        """Whether it is answered from here."""
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}" == self._origin or self.is_measuring(url)

    def _own(self, url: str, path: str, query: str) -> Answer:
        if self._shop:
            from tagkit.shop import page

            given = page(path, query, head=self.snippet())
            body = given.body.encode() if isinstance(given.body, str) else given.body
            return Answer(body, given.content_type, given.status)
        if self._address and url.partition("#")[0] == self._address.partition("#")[0]:
            path = self._relative(_split(self._first)[0])
        file = Path(_normal(self._root / unquote(path).lstrip("/")))
        if not file.is_relative_to(_normal(self._root)):
            return Answer(b"", "text/plain", 404)
        try:
            body = file.read_bytes()
        except (OSError, ValueError):
            return Answer(b"", "text/plain", 404)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        if kind != "text/html":
            return Answer(body, kind)
        return Answer(self.with_container(body.decode(errors="replace")).encode())

    def with_container(self, html: str) -> str:
        """The page with GTM's snippet in its head, unless it has one."""
        if _GTM.search(html):
            return html
        for mark in (_HEAD, _HTML):
            if found := mark.search(html):
                return html[: found.end()] + self.snippet() + html[found.end() :]
        return self.snippet() + html

    def snippet(self) -> str:
        """What GTM's installation puts into the head of a page."""
        inner = self._subject.container.get("containerVersion", {}).get("container", {})
        return SNIPPET % json.dumps(str(inner.get("publicId", "GTM-XXXXXXX")))

    def script(self) -> str:
        """What stands in for Google's gtm.js; a page that asks twice starts it once."""
        begin = "if (!window.__tagkitStarted) { window.__tagkitStarted = true;\n"
        return f"{begin}{start(self._subject.container)}\n}}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _split(page: str) -> tuple[str, str, str]:
    """A path, and what follows it from the ``?`` or ``#`` on."""
    found = re.search(r"[?#]", page)
    return (page[: found.start()], found[0], page[found.end() :]) if found else (page, "", "")


def _normal(path: Path) -> str:
    import os

    return os.path.normpath(path)
