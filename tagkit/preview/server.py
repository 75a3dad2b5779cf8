"""The server: of this machine alone, for this machine's browser alone."""

from __future__ import annotations

import socket
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from tagkit import __version__
from tagkit.preview import own
from tagkit.preview.exchange import HOME, Answer, Asked
from tagkit.preview.pages import message_page

if TYPE_CHECKING:
    from tagkit.preview.exchange import Shop
    from tagkit.preview.session import Session

ADDRESS = "127.0.0.1"
_LARGEST_BODY = 50_000_000
_NO_BODY = (204, 304)


class PreviewServer(ThreadingHTTPServer):
    """Answers the browser; several requests at a time."""

    daemon_threads = True
    request_queue_size = 128  # a page asks for much at once; who finds no room waits a second
    # One that was stopped a moment ago may leave its port to the next; on Windows the same option
    # would let two servers have one port.
    allow_reuse_address = not hasattr(socket, "SO_EXCLUSIVEADDRUSE")

    def __init__(self, session: Session, shop: Shop, port: int = 0) -> None:
        self.session, self.shop = session, shop
        super().__init__((ADDRESS, port), _Handler)

    @property
    def url(self) -> str:
        """Where the panel is."""
        return f"http://{ADDRESS}:{self.server_port}{HOME}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has left is no error; ours are answered where they happen."""


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version = f"tagkit/{__version__}"
    sys_version = ""
    timeout = 60  # of a connection that says nothing

    def _serve(self) -> None:
        refusal = self._refusal()
        if refusal is None:
            body = self.rfile.read(self._length())
            if len(body) == self._length():  # the shop must not get half an order
                self._send(self._answer(body))
            else:
                self.close_connection = True
        else:  # what was sent along is not read, so nothing can follow it
            self._send(refusal, ends=True)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _serve  # noqa: N815

    def _refusal(self) -> Answer | None:
        """A page elsewhere that calls itself by our address must learn nothing (DNS rebinding)."""
        port = self.server.server_port
        if self.headers.get("Host") not in (f"{ADDRESS}:{port}", f"localhost:{port}"):
            text = f"The preview answers at {ADDRESS}:{port} only."
            return message_page(HTTPStatus.FORBIDDEN, "Another address", text)
        if self._is_foreign() and not self._is_link():
            text = "Only pages of the preview can ask for this."
            return message_page(HTTPStatus.FORBIDDEN, "Another site", text)
        if not self.path.startswith("/"):
            text = "The preview is no proxy for other hosts."
            return message_page(HTTPStatus.BAD_REQUEST, "No such address", text)
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            text = "The length of what is sent must be told."
            return message_page(HTTPStatus.LENGTH_REQUIRED, "No length", text)
        if int(length) > _LARGEST_BODY:
            text = "The preview passes on at most 50 MB."
            return message_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too large", text)
        return None

    def _is_foreign(self) -> bool:
        """Whether a page of another origin asks; another port of this machine is one as well."""
        site = self.headers.get("Sec-Fetch-Site")
        if site is not None:
            return site in ("cross-site", "same-site")
        origin = self.headers.get("Origin")
        return origin is not None and origin != f"http://{self.headers['Host']}"

    def _is_link(self) -> bool:
        is_safe = self.command in ("GET", "HEAD")
        return is_safe and self.headers.get("Sec-Fetch-Mode") == "navigate"

    def _length(self) -> int:
        return int(self.headers.get("Content-Length", "0"))

    def _answer(self, body: bytes) -> Answer:
        server = self.server
        origin = f"http://{self.headers['Host']}"
        asked = Asked(self.command, self.path, origin, self.headers, body)
        try:
            if asked.path.startswith(HOME):
                return own.answer(asked, server.session, server.shop)
            built = server.session.built
            return server.shop.answer(asked, built.consent_default if built else "")
        except Exception as error:  # noqa: BLE001 # the edge: the browser is told, the rest goes on
            text = f"This is a bug of tagkit's: {type(error).__name__}: {error}"
            return message_page(HTTPStatus.INTERNAL_SERVER_ERROR, "The preview failed", text)

    def _send(self, answer: Answer, *, ends: bool = False) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        if not isinstance(answer.body, bytes):
            ends = True
        elif answer.status not in _NO_BODY:
            self.send_header("Content-Length", str(len(answer.body)))
        if ends:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD" or answer.status in _NO_BODY:
            return
        for piece in (answer.body,) if isinstance(answer.body, bytes) else answer.body:
            self.wfile.write(piece)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Nothing: the panel shows what happens."""
