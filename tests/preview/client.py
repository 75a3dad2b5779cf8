"""Asks the preview by hand, as no browser would."""

from __future__ import annotations

import http.client
import socket
from dataclasses import dataclass


@dataclass
class Answered:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name: str) -> str | None:
        return next(iter(self.all(name)), None)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Client:
    def __init__(self, port: int) -> None:
        self.port = port
        self.origin = f"http://127.0.0.1:{port}"

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return Answered(response.status, response.getheaders(), response.read())
        finally:
            connection.close()

    def raw(self, text: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as opened:
            opened.sendall(text)
            opened.shutdown(socket.SHUT_WR)
            pieces = []
            while piece := opened.recv(65536):
                pieces.append(piece)
        return b"".join(pieces)
