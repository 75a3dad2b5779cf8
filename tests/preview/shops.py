"""A running shop on a port of this machine, whose answers a test writes."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HTML = "text/html; charset=utf-8"


@dataclass
class Said:
    """What the shop answers. `raw` in place of all else is sent as it is."""

    body: bytes | str = b""
    status: int = 200
    headers: list[tuple[str, str]] = field(default_factory=list)
    content_type: str | None = HTML
    raw: bytes | None = None


@dataclass
class Heard:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes


class RunningShop:
    def __init__(self) -> None:
        self.pages: dict[str, Said | Callable[[Heard], Said]] = {}
        self.heard: list[Heard] = []
        shop = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                heard = Heard(
                    self.command, self.path, dict(self.headers.items()), self.rfile.read(length)
                )
                shop.heard.append(heard)
                said = shop.pages.get(heard.target.partition("?")[0], Said("no", 404))
                said = said(heard) if callable(said) else said
                if said.raw is not None:
                    self.wfile.write(said.raw)
                    self.close_connection = True
                    return
                body = said.body.encode() if isinstance(said.body, str) else said.body
                self.send_response(said.status)
                if said.content_type:
                    self.send_header("Content-Type", said.content_type)
                for name, value in said.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = answer  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: Any) -> None:
                """Whoever hangs up in the middle is meant to."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.origin = f"http://{self.host}"

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
