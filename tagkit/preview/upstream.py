"""``--url URL``: a running shop, fetched page by page as the browser asks for it."""

from __future__ import annotations

import http.client
import ssl
import zlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tagkit.preview.dress import dressed, stand_ins
from tagkit.preview.exchange import Answer
from tagkit.preview.hosts import Mentioned
from tagkit.preview.pages import message_page
from tagkit.preview.rewrite import Site, request_headers, response_headers, to_local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.preview.exchange import Asked

_PAGES = ("text/html", "application/xhtml+xml")
_TEXTS = ("text/css", "application/json", "application/ld+json", "application/manifest+json",
          "application/xml", "text/xml", "text/plain", "image/svg+xml")  # fmt: skip
_SCRIPTS = ("text/javascript", "application/javascript", "application/x-javascript")
_ENCODINGS = {"": None, "identity": None, "gzip": 47, "x-gzip": 47, "deflate": 47}
"""What can be read here, with zlib's window: gzip or zlib, whichever it begins as."""
_RAW_DEFLATE = -15
_LARGEST_TEXT = 32_000_000
_PIECE = 65_536
_PARTIAL, _NO_BODY = 206, (204, 304)
_BAD_GATEWAY, _TIMEOUT = 502, 504


class UnreachableError(Exception):
    """The shop does not answer; the message says why, ``status`` is what a proxy says then."""

    def __init__(self, message: str, status: int = _BAD_GATEWAY) -> None:
        super().__init__(message)
        self.status = status


class Upstream:
    """One shop, and no other host: whoever asks for a path gets that path of this shop."""

    is_file = False

    def __init__(self, site: Site, start: str, timeout: float = 30) -> None:
        self.site, self.start, self._timeout = site, start, timeout
        self.shown = f"{site.origin}{start}"
        self.origin = site.origin
        self.opens = f"{site.origin}/"
        self._names = site.names()
        self.mentioned = Mentioned()

    def answer(self, asked: Asked, head: str) -> Answer:
        """The shop's answer, rewritten so that the browser stays here."""
        if asked.headers.get("Service-Worker"):
            text = "A service worker would answer in the preview's place."
            return message_page(404, "No service workers here", text)
        if asked.headers.get("Upgrade", "").lower() == "websocket":
            return message_page(501, "No web sockets here", "The preview passes on requests only.")
        try:
            connection, response = self._ask(asked)
        except UnreachableError as error:
            return message_page(error.status, "The shop does not answer", str(error))
        headers = response_headers(response.getheaders(), self._names, asked.origin)
        kind = response.headers.get_content_type()
        encoding = response.headers.get("Content-Encoding", "").strip().lower()
        if asked.method == "HEAD" or response.status in _NO_BODY:
            connection.close()
            return Answer(response.status, b"", headers)
        if kind in _PAGES:
            headers = (*headers, ("Content-Security-Policy", self.mentioned.policy()))
        is_text = kind in _PAGES or kind in _TEXTS or kind in _SCRIPTS
        if not is_text or encoding not in _ENCODINGS or response.status == _PARTIAL:
            return Answer(response.status, _pieces(connection, response), headers)
        try:
            content = response.read(_LARGEST_TEXT + 1)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return message_page(_BAD_GATEWAY, "The shop does not answer", self._why(error)[0])
        if len(content) > _LARGEST_TEXT:
            return Answer(response.status, _pieces(connection, response, content), headers)
        connection.close()
        try:
            content = _decoded(content, encoding)
        except zlib.error:
            text = f"What it sent for {asked.path} is broken: it cannot be decompressed."
            return message_page(_BAD_GATEWAY, "The shop's answer is broken", text)
        return self._text(response.status, content, kind, headers, asked, head)

    def _text(  # noqa: PLR0913
        self, status: int, content: bytes, kind: str,
        headers: tuple[tuple[str, str], ...], asked: Asked, head: str,
    ) -> Answer:  # fmt: skip
        fresh = [(n, v) for n, v in headers if n.lower() not in _SAID_ANEW]
        fresh.append(("Cache-Control", "no-store"))
        content = to_local(content, self._names, asked.origin)
        if kind in _PAGES or kind in _SCRIPTS or kind == "text/css":
            self.mentioned.read(content)
        if kind in _PAGES and asked.shows_a_page:
            content = dressed(content, head)
            fresh.append(("Content-Security-Policy", self.mentioned.policy()))
        elif kind in _PAGES or kind in _SCRIPTS:
            content = stand_ins(content)
        return Answer(status, content, tuple(fresh))

    def _ask(self, asked: Asked) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = _connection(self.site, self._timeout)
        headers = request_headers(asked.headers.items(), asked.origin, self.site)
        body = asked.body or (b"" if asked.method in ("POST", "PUT", "PATCH") else None)
        try:
            connection.request(asked.method, asked.target, body, headers)
            return connection, connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            connection.close()
            raise UnreachableError(*self._why(error)) from error

    def _why(self, error: Exception) -> tuple[str, int]:
        return why(error, self.site, self._timeout)


_SAID_ANEW = ("content-encoding", "cache-control", "etag", "last-modified", "expires", "vary",
              "accept-ranges", "content-md5", "digest", "content-security-policy")  # fmt: skip


def reach(url: str, timeout: float = 10) -> Upstream:
    """The shop at a URL, looked at once: where it sends visitors is where it is.

    Raises UnreachableError when it does not answer or is another site, ValueError for what is
    no address of a page.
    """
    site, start = _site_of(url)
    for _ in range(5):
        shop = Upstream(site, start)
        connection = _connection(site, timeout)
        try:
            connection.request("GET", start, headers={"Host": site.host, "Accept": "text/html"})
            response = connection.getresponse()
            location = response.getheader("Location") if 300 <= response.status < 400 else None  # noqa: PLR2004
        except (OSError, http.client.HTTPException) as error:
            raise UnreachableError(*why(error, site, timeout)) from error
        finally:
            connection.close()
        if not location or "://" not in location:
            return shop
        other, path = _site_of(location)
        if other == site:
            return shop
        if other.host not in site.hosts:
            message = f"{site.origin} sends visitors on to {other.origin}; write that address"
            raise UnreachableError(message)
        site, start = other, path
    message = f"{site.origin} sends visitors in circles"
    raise UnreachableError(message)


def _site_of(url: str) -> tuple[Site, str]:
    """The site of an address, and path with query."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    port = parts.port  # raises ValueError for one that is no number
    host = parts.hostname.encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    if port not in (None, 443 if parts.scheme == "https" else 80):
        host = f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return Site(parts.scheme, host), _ascii(parts.path or "/") + _ascii(query)


def _ascii(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="/%?=&+,;:@!$'()*~-._[]")


def _connection(site: Site, timeout: float) -> http.client.HTTPConnection:
    if site.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(site.host, timeout=timeout, context=context)
    return http.client.HTTPConnection(site.host, timeout=timeout)


def why(error: Exception, site: Site, timeout: float) -> tuple[str, int]:
    """Why the shop does not answer, in words, and the status that says so."""
    if isinstance(error, TimeoutError):
        return f"{site.origin} did not answer within {timeout:g} seconds", _TIMEOUT
    if isinstance(error, ssl.SSLCertVerificationError):
        said = error.verify_message
        return f"the certificate of {site.origin} is not one that can be trusted: {said}", 502
    if isinstance(error, ssl.SSLError):
        return f"{site.origin} does not speak TLS; is it http://{site.host}?", _BAD_GATEWAY
    if isinstance(error, http.client.IncompleteRead | ConnectionResetError):
        return f"{site.origin} broke off its answer", _BAD_GATEWAY
    if isinstance(error, http.client.HTTPException) or not isinstance(error, OSError):
        return f"{site.origin} answered with something that is not HTTP", _BAD_GATEWAY
    said = (error.strerror or str(error)).lower()
    return f"{site.origin} cannot be reached: {said}", _BAD_GATEWAY


def _decoded(content: bytes, encoding: str) -> bytes:
    window = _ENCODINGS[encoding]
    if window is None or not content:
        return content
    try:
        return zlib.decompressobj(window).decompress(content, _LARGEST_TEXT)
    except zlib.error:
        if encoding != "deflate":
            raise
        # as some servers have it
        return zlib.decompressobj(_RAW_DEFLATE).decompress(content, _LARGEST_TEXT)


def _pieces(
    connection: http.client.HTTPConnection, response: http.client.HTTPResponse, first: bytes = b""
) -> Iterator[bytes]:
    try:
        if first:
            yield first
        while piece := response.read1(_PIECE):
            yield piece
    except (OSError, http.client.HTTPException):
        return  # the browser sees that it is cut off
    finally:
        connection.close()
