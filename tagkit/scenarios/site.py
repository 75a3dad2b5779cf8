"""What stands at an address while a scenario goes on: files, the demo shop, a running shop."""

from __future__ import annotations

import json
import mimetypes
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from tagkit.simulator import pixel

if TYPE_CHECKING:
    from collections.abc import Mapping

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
GTAG = (
    "window.dataLayer = window.dataLayer || [];"
    "window.gtag = window.gtag || function () { dataLayer.push(arguments); };"
)
_TYPES = (
    "ad_storage", "analytics_storage", "ad_user_data", "ad_personalization",
    "functionality_storage", "personalization_storage", "security_storage",
)  # fmt: skip
# A visitor who has chosen: a choice beats the page's own default.
_CHOSEN = """<script>%s gtag('consent', 'default', %s); gtag('consent', 'update', %s);</script>"""
# the demo shop's own memory of the choice: no banner stands in the way
_BANNER = "<script>localStorage.setItem('shop-consent', '%s');</script>"
TINY_GIF = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b"
)
_SCRIPT = "text/javascript; charset=utf-8"


class Answer(NamedTuple):
    """What is at an address."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    is_elsewhere: bool = False


def choice(said: str | Mapping[str, str]) -> dict[str, str] | None:
    """Consent as gtag takes it; None: the page's own."""
    if said == "none":
        return None
    return dict.fromkeys(_TYPES, said) if isinstance(said, str) else dict(said)


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
        self._consent = choice(scenario.consent)

    def choose(self, said: str | Mapping[str, str]) -> dict[str, str]:
        """The visitor chooses, which pages after this one know; what was chosen, for gtag."""
        chosen = choice(said) or {}
        self._consent = {**(self._consent or {}), **chosen}
        return chosen

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

    def answer(self, url: str, *, is_page: bool = True) -> Answer | None:
        """What stands there; None where the network is asked. ``is_page``: it is no frame's."""
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
            return self._own(url, parts.path, parts.query, is_page=is_page)
        return Answer(b"", "text/plain", 503, is_elsewhere=True)

    def _own(self, url: str, path: str, query: str, *, is_page: bool) -> Answer:
        if self._shop:
            from tagkit.shop import page

            event = self._subject.update_event or None
            head = self._chosen() + self.snippet()
            given = page(path, query, head=head, update_event=event)
            return Answer(given.body, given.content_type, given.status)
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
        if kind != "text/html" or not is_page:
            return Answer(body, kind)
        return Answer(self.with_container(body.decode(errors="replace")).encode())

    def with_container(self, html: str) -> str:
        """The page with the visitor's choice in its head, and GTM's snippet unless it has one."""
        head = self._chosen() + ("" if _GTM.search(html) else self.snippet())
        for mark in (_HEAD, _HTML):
            if found := mark.search(html):
                return html[: found.end()] + head + html[found.end() :]
        return head + html

    def _chosen(self) -> str:
        if not self._consent:
            return ""
        chosen = json.dumps(self._consent)
        said = _CHOSEN % (GTAG, chosen, chosen)
        answers = {*self._consent.values()}
        if self._shop and len(answers) == 1:
            said += _BANNER % ("all" if answers == {"granted"} else "none")
        return said

    def snippet(self) -> str:
        """What GTM's installation puts into the head of a page."""
        inner = self._subject.container.get("containerVersion", {}).get("container", {})
        return SNIPPET % json.dumps(str(inner.get("publicId", "GTM-XXXXXXX")))

    def script(self) -> str:
        """What stands in for Google's gtm.js; a page that asks twice starts it once."""
        begin = "if (!window.__tagkitStarted) { window.__tagkitStarted = true;\n"
        return f"{begin}{self._subject.script}\n}}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _split(page: str) -> tuple[str, str, str]:
    """A path, and what follows it from the ``?`` or ``#`` on."""
    found = re.search(r"[?#]", page)
    return (page[: found.start()], found[0], page[found.end() :]) if found else (page, "", "")


def _normal(path: Path) -> str:
    return os.path.normpath(path)
